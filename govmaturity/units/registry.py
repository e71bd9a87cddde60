"""The registry of units: codes, names, what lies in what, what is never ranked.

Provinces, prefectures and counties of China with their six-digit codes
(GB/T 2260). Some counties hang directly below a province: those of
municipalities and those that a province runs itself. Read with the csv
module: whoever checks a file should not wait for pandas.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal

from govmaturity.texts import Language
from govmaturity.units.changes import UnitChange, read_changes

Tier = Literal["province", "prefecture", "county"]
FOLDER: Final = Path(__file__).resolve().parents[2] / "data" / "units"


@dataclass(frozen=True)
class Unit:
    """One province, prefecture, or district or county. `parent` is None for a province.

    `pinyin` is the Chinese name's, a blank between syllables; empty where it is
    not known. `kind` and `group` are key words in English; `assessed` is False for what
    is drawn and named but never ranked.
    """

    id: str
    name_zh: str
    name_en: str
    tier: Tier
    parent: str | None
    kind: str
    group: str
    assessed: bool
    pinyin: str = ""
    until: int | None = None


class Registry:
    """All units by id, how they lie within one another, and which ones there were before.

    Units that are no more have a name and lie somewhere; they are not among
    those listed, counted, found by name, or below another.
    """

    def __init__(self, units: Iterable[Unit], changes: Iterable[UnitChange] = ()) -> None:
        self.changes = tuple(changes)
        # Names what is known of changes, for whoever keeps what rests on them.
        self.version = sha256(repr(self.changes).encode()).hexdigest()[:12]
        known = {unit.id: unit for unit in units}
        known |= {unit.id: unit for unit in self._new(known)}
        self._old = {one.code: one for one in reversed(self.changes) if not one.keeps_code}
        # A code that a unit keeps is no old one, whatever else went where.
        kept = {one.code for one in self.changes if one.keeps_code}
        self._former = {
            code: replace(known[code], until=one.year) if code in known else _former(one)
            for code, one in self._old.items()
            if one.kind != "none" and code not in kept
        }
        self._units = {id_: unit for id_, unit in known.items() if id_ not in self._former}
        self._children: dict[str, list[str]] = {}
        self._named: dict[str, list[str]] = {}
        for unit in self._units.values():
            self._named.setdefault(unit.name_zh, []).append(unit.id)
            if unit.parent is not None:
                self._children.setdefault(unit.parent, []).append(unit.id)

    def _new(self, known: Mapping[str, Unit]) -> Iterator[Unit]:
        """Successors that were named because nobody knew them."""
        for one in self.changes:
            if one.successor and one.successor not in known and one.into:
                name, parent = one.into, one.parent or None
                yield Unit(one.successor, name.zh, name.en, "county", parent, "", "", True)

    def with_changes(self, changes: Iterable[UnitChange]) -> Registry:
        """This registry after more changes of units."""
        everybody = (*self._units.values(), *self._former.values())
        units = (replace(unit, until=None) for unit in everybody)
        return Registry(units, (*self.changes, *changes))

    def __contains__(self, id_: object) -> bool:
        return id_ in self._units or id_ in self._former

    def __iter__(self) -> Iterator[Unit]:
        return iter(self._units.values())

    def __len__(self) -> int:
        return len(self._units)

    def get(self, id_: str) -> Unit:
        """Return a unit, also one that is no more. Raises KeyError if there is none of that id."""
        return self._units.get(id_) or self._former[id_]

    def name(self, id_: str, language: Language) -> str:
        """Name of a unit; the Chinese one where there is no English one."""
        unit = self.get(id_)
        return (unit.name_en or unit.name_zh) if language == "en" else unit.name_zh

    def full_name(self, id_: str, language: Language) -> str:
        """Name of a unit after those of the units above it, the highest first."""
        line = reversed((id_, *self.ancestors(id_)))
        return " · ".join(self.name(one, language) for one in line)

    def named(self, name: str) -> tuple[str, ...]:
        """Ids of all units of a Chinese name; the same name stands in several provinces."""
        return tuple(self._named.get(_plain(name), ()))

    def children(self, id_: str) -> tuple[str, ...]:
        """Units right below one, in the order of their ids."""
        return tuple(self._children.get(id_, ()))

    def ancestors(self, id_: str) -> tuple[str, ...]:
        """Units above one, the nearest first."""
        found: list[str] = []
        parent = self.get(id_).parent
        while parent is not None:
            found.append(parent)
            parent = self.get(parent).parent
        return tuple(found)

    def descendants(self, id_: str) -> tuple[str, ...]:
        """Districts and counties inside a unit; a unit with nothing below gives itself."""
        below = self.children(id_)
        if not below:
            return (id_,)
        return tuple(unit for child in below for unit in self.descendants(child))

    def province_of(self, id_: str) -> str | None:
        """The province that a unit lies in; itself for a province."""
        return (id_, *self.ancestors(id_))[-1]

    def prefecture_of(self, id_: str) -> str | None:
        """The prefecture that a unit lies in; None where that tier is skipped."""
        for one in (id_, *self.ancestors(id_)):
            if self.get(one).tier == "prefecture":
                return one
        return None

    def next_tier(self, id_: str) -> Tier | None:
        """What drilling down from a unit shows: prefectures, counties, or nothing."""
        tiers = {self._units[child].tier for child in self.children(id_)}
        if not tiers:
            return None
        return "prefecture" if "prefecture" in tiers else "county"

    def provinces(self) -> tuple[str, ...]:
        """Ids of all provinces."""
        return tuple(unit.id for unit in self if unit.tier == "province")

    def ever_within(self, id_: str) -> frozenset[str]:
        """Districts and counties inside a unit, with those that are no more."""
        former = (one for one in self._former if id_ in (one, *self.ancestors(one)))
        return frozenset((*self.descendants(id_), *former))

    def was(self, id_: str, when: float) -> bool:
        """Whether a code that is no more was that of a unit at a time, in years."""
        if id_ not in self._former:
            return False
        until = self._former[id_].until
        return until is not None and when < until

    def old_code(self, id_: str) -> UnitChange | None:
        """What became of a code that is no more; None for all others."""
        return None if id_ in self._units else self._old.get(id_)

    def mergers_of(self, id_: str) -> tuple[UnitChange, ...]:
        """Changes after which a unit has another area than before, one for each year."""
        by_year: dict[int, UnitChange] = {}
        for one in self.changes:
            if one.successor == id_ and one.kind in ("merged", "split") and one.year:
                known = by_year.get(one.year)
                # What joined says more than that the code stayed.
                if known is None or known.keeps_code:
                    by_year[one.year] = one
        return tuple(by_year.values())

    def changed_since(self, when: float) -> frozenset[str]:
        """Units that have another area than they had at a time, in years."""
        return frozenset(
            one.successor
            for one in self.changes
            if one.successor and one.kind in ("merged", "split") and one.year and one.year > when
        )


def _former(change: UnitChange) -> Unit:
    name = change.name
    parent = change.parent or None
    return Unit(change.code, name.zh, name.en, "county", parent, "", "", True, until=change.year)


def names_agree(registered: str, given: str) -> bool:
    """Whether a name beside a code is that code's: equal but for width and blanks.

    No ending is forgiven: 赣县 and 赣县区 are two units, and a name that has
    changed is for the sender to confirm.

    Examples
    --------
    >>> names_agree("天河区", " 天河 区"), names_agree("赣县区", "赣县")
    (True, False)
    """
    return _plain(registered) == _plain(given)


def _plain(name: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))


@cache
def registry() -> Registry:
    """Return the project's registry, read once."""
    with (FOLDER / "registry.csv").open(encoding="utf-8", newline="") as file:
        units = [
            Unit(
                id=row["id"],
                name_zh=row["name_zh"],
                name_en=row["name_en"],
                tier="province"
                if row["tier"] == "province"
                else "prefecture"
                if row["tier"] == "prefecture"
                else "county",
                parent=row["parent"] or None,
                kind=row["kind"],
                group=row["group"],
                assessed=row["assessed"] == "true",
                pinyin=row["pinyin"],
            )
            for row in csv.DictReader(file)
        ]
    with (FOLDER / "changes.csv").open(encoding="utf-8", newline="") as file:
        return Registry(units, read_changes(file))
