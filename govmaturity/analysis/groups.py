"""Groups that units fall into, for whoever analyses; scoring needs them too."""

from govmaturity.units.groups import REGISTRY_COLUMNS, group_of

__all__ = ["REGISTRY_COLUMNS", "group_of"]
