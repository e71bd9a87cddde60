"""Who asks, and for which units: what every function of the store wants to know first.

Roles: an official sends the values of their units, a reviewer judges those in
their scope, an administrator sets deadlines and publishes, a reader sees what
is released. Where no sign-in is configured there is one local person who has
all roles; that nobody else looked is then written into the record.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, get_args

from govmaturity.store.errors import NotAllowedError
from govmaturity.units.registry import Registry

Role = Literal["official", "reviewer", "administrator", "reader"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)


@dataclass(frozen=True)
class Person:
    """One person who uses the store.

    Parameters
    ----------
    id, name : str
        The id never changes; the name is what records show.
    roles : frozenset of str
    units : frozenset of str, or None
        The units that an official or a reviewer answers for; None for all.
        `scope` makes it from codes of any tier.
    is_alone : bool
        Whether this is the one person of a workbench without sign-in, who may
        then approve what they sent themselves.
    """

    id: str
    name: str
    roles: frozenset[Role]
    units: frozenset[str] | None = frozenset()
    is_alone: bool = False

    def has(self, *roles: Role) -> bool:
        """Whether the person has one of these roles."""
        return not self.roles.isdisjoint(roles)

    def covers(self, unit: str) -> bool:
        """Whether a unit is in the person's scope."""
        return self.units is None or unit in self.units

    def sees(self, unit: str) -> bool:
        """Whether the person may see what of a unit is not released."""
        return self.has("administrator") or (self.has("official", "reviewer") and self.covers(unit))


LOCAL: Final = Person("local", "local", frozenset(ROLES), None, is_alone=True)
ANYBODY: Final = Person("anybody", "anybody", frozenset({"reader"}))


def scope(ids: Iterable[str], registry: Registry) -> frozenset[str]:
    """The units that codes of any tier stand for: a prefecture means itself and its counties."""
    found: set[str] = set()
    for id_ in ids:
        found.add(id_)
        if id_ in registry:
            found.update(registry.ever_within(id_))
    return frozenset(found)


def need(person: Person, *roles: Role, units: Iterable[str] = ()) -> None:
    """Refuse a person who has none of these roles, or to whom one of the units is not given.

    Raises
    ------
    NotAllowedError
        Naming the roles that may, or the units that are not the person's.
    """
    if not person.has(*roles):
        raise NotAllowedError("role", roles=roles)
    if person.has("administrator") and "administrator" in roles:
        return
    others = sorted({unit for unit in units if not person.covers(unit)})
    if others:
        raise NotAllowedError("units", units=others)
