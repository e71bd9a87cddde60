"""Groups that units fall into: columns of the files they came in, or the registry's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from govmaturity.texts import Language
from govmaturity.units.registry import Registry

REGISTRY_COLUMNS: Final = ("province", "prefecture", "kind", "group")


def group_of(
    column: str,
    units: Sequence[str],
    attributes: pd.DataFrame,
    registry: Registry,
    language: Language = "zh",
) -> dict[str, str]:
    """Return the group of each unit.

    A column of the files is looked up first, then the registry's `province`,
    `prefecture` (the province where that tier is skipped), `kind` and `group`.

    Parameters
    ----------
    column : str
    units : sequence of unit ids
    attributes : DataFrame
        One row per unit, as in `Values.attributes`.
    registry : Registry
    language : {"zh", "en"}
        Of the registry's names.

    Returns
    -------
    dict
        Units without a group are left out.

    Raises
    ------
    ValueError
        If neither has the column; the message lists those there are.
    """
    if column in attributes.columns:
        found = attributes[column].dropna()
        return {unit: str(found[unit]) for unit in units if unit in found.index and found[unit]}
    if column not in REGISTRY_COLUMNS:
        known = ", ".join([*map(str, attributes.columns), *REGISTRY_COLUMNS])
        raise ValueError(f"unknown column {column!r}; expected one of: {known}")
    groups = {
        unit: _from_registry(column, unit, registry, language) for unit in units if unit in registry
    }
    return {unit: group for unit, group in groups.items() if group}


def _from_registry(column: str, unit: str, registry: Registry, language: Language) -> str:
    if column in ("kind", "group"):
        return str(getattr(registry.get(unit), column))
    above = registry.province_of(unit)
    if column == "prefecture":
        above = registry.prefecture_of(unit) or above
    return registry.name(above, language) if above else ""
