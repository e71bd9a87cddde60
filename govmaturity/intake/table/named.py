"""Units by name: for files without a column of codes."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from govmaturity.intake.table.headers import header_key
from govmaturity.units.registry import Registry


class Names:
    """All units of a registry by name; width, spaces and case do not count."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._ids: dict[str, list[str]] = defaultdict(list)
        for unit in registry:
            for name in filter(None, (unit.name_zh, unit.name_en)):
                self._ids[header_key(name)].append(unit.id)
        self._above = {
            unit.id: header_key(unit.name_zh) for unit in registry if unit.tier != "county"
        }

    def ids(self, name: str) -> tuple[str, ...]:
        """Ids of the units that have this name.

        Examples
        --------
        >>> from govmaturity.units.registry import registry
        >>> names_of(registry()).ids("天河 区"), len(names_of(registry()).ids("鼓楼区"))
        (('440106',), 4)
        """
        return tuple(self._ids.get(header_key(name), ()))

    def ids_within(self, name: str, parents: tuple[str, ...]) -> tuple[str, ...]:
        """Ids of the units of this name within provinces and cities named beside it.

        A province or city may go without its ending (广东). What begins no
        name of one, such as 省直辖县级行政区划, does not count.

        Examples
        --------
        >>> from govmaturity.units.registry import registry
        >>> names_of(registry()).ids_within("鼓楼区", ("江苏", "徐州市"))
        ('320302',)
        """
        candidates = self.ids(name)
        for parent in map(header_key, parents):
            above = {id_ for id_, whole in self._above.items() if whole.startswith(parent)}
            if above:
                candidates = tuple(
                    id_ for id_ in candidates if above & {id_, *self._registry.ancestors(id_)}
                )
        return candidates


@lru_cache(maxsize=4)
def names_of(registry: Registry) -> Names:
    """Return the names of a registry's units, gathered once."""
    return Names(registry)
