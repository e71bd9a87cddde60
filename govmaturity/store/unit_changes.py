"""Mergers, splits and renames of units that administrators record beside those that ship."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, insert, select

from govmaturity.store.base import Base
from govmaturity.store.database import tables as t
from govmaturity.store.errors import NotFoundError, RefusedError
from govmaturity.store.people import Person, need
from govmaturity.units.changes import COLUMNS, SUCCESSOR_NAMES, ChangeError, UnitChange, changes_of
from govmaturity.units.chosen import OWN_ID
from govmaturity.units.registry import Registry, registry

Rows = Sequence[Mapping[str, str]]
"""Changes as text, by the names of `units.changes.COLUMNS`."""


@dataclass(frozen=True)
class Recorded:
    """Changes recorded together, and why; `withdrawn` says why they no longer count."""

    id: int
    changes: tuple[UnitChange, ...]
    reason: str
    by_name: str
    at: str
    withdrawn: str | None


class UnitChanges:
    """What became of units: administrators record it, everybody reads it.

    A change holds from the start of its year. Nothing that was submitted
    moves: comparisons over time restate it (`analysis.change.back_series`).
    """

    def __init__(self, base: Base) -> None:
        self._base = base

    def record(self, person: Person, rows: Rows, reason: str) -> Recorded:
        """Record changes, all of them or none.

        Parameters
        ----------
        person : Person
            An administrator.
        rows : sequence of mappings
            Every unit that goes into a merger has a row, also one that gives it
            its code. Names and parents may be left out where they are known.
        reason : str
            The document that orders it, or where it is known from.

        Raises
        ------
        RefusedError
            If a row cannot be (`bad_change`), a unit is not known
            (`unknown_unit_change`), a merger names one unit alone
            (`merger_of_one`), something is recorded for a unit in that year
            already (`change_known`), or there is no row or no reason.
        """
        need(person, "administrator")
        if not rows:
            raise RefusedError("no_change")
        if not reason.strip():
            raise RefusedError("reason_missing")
        with self._base.writer.begin() as connection:
            known = _after(_in_force(_recorded(connection)))
            filled = [_filled(row, known) for row in rows]
            try:
                changes = changes_of(filled)
            except ChangeError as fault:
                raise RefusedError(
                    "bad_change",
                    line=fault.line,
                    field=fault.field,
                    found=fault.found,
                    expected=fault.expected,
                ) from None
            _refuse(changes, known)
            row = {"rows": filled, "reason": reason.strip()} | self._base.by(person)
            id_ = connection.execute(insert(t.unit_change).values(row)).inserted_primary_key
            codes = ", ".join(sorted({one.code for one in changes}))
            self._base.log(connection, person, "unit_change", codes, {"reason": reason.strip()})
        return next(one for one in self.all(person) if id_ and one.id == id_[0])

    def withdraw(self, person: Person, id_: int, reason: str) -> None:
        """Say that recorded changes no longer count, and why: they stay to be read."""
        need(person, "administrator")
        if not reason.strip():
            raise RefusedError("reason_missing")
        with self._base.writer.begin() as connection:
            found = next((one for one in _recorded(connection) if one.id == id_), None)
            if found is None:
                raise NotFoundError("unit_change_id", id_)
            if found.withdrawn is not None:
                raise RefusedError("change_withdrawn")
            row = {"change_id": id_, "reason": reason.strip()} | self._base.by(person)
            connection.execute(insert(t.unit_change_withdrawal).values(row))
            codes = ", ".join(sorted({one.code for one in found.changes}))
            details = {"reason": reason.strip()}
            self._base.log(connection, person, "unit_change_withdrawn", codes, details)

    def all(self, person: Person) -> tuple[Recorded, ...]:
        """Everything that was recorded, the latest first; for everybody."""
        del person
        with self._base.reader.begin() as connection:
            return tuple(reversed(_recorded(connection)))

    def registry(self, person: Person) -> Registry:
        """The units that there are this year; for everybody."""
        del person
        with self._base.reader.begin() as connection:
            return known_units(connection, self._base.clock())


def known_units(connection: Connection, at: str) -> Registry:
    """The registry after all recorded changes that hold at a time, UTC in ISO 8601."""
    year = int(at[:4])
    changes = _in_force(_recorded(connection))
    return _after(tuple(one for one in changes if one.year is None or one.year <= year))


def _after(changes: tuple[UnitChange, ...]) -> Registry:
    return registry().with_changes(changes) if changes else registry()


def _in_force(recorded: Sequence[Recorded]) -> tuple[UnitChange, ...]:
    return tuple(change for one in recorded if one.withdrawn is None for change in one.changes)


def _recorded(connection: Connection) -> tuple[Recorded, ...]:
    table, ended = t.unit_change, t.unit_change_withdrawal
    rows = connection.execute(
        select(table, ended.c.reason.label("withdrawn"))
        .join(ended, ended.c.change_id == table.c.id, isouter=True)
        .order_by(table.c.id)
    )
    return tuple(
        Recorded(row.id, changes_of(row.rows), row.reason, row.by_name, row.at, row.withdrawn)
        for row in rows
    )


_KNOWN_BY_REGISTRY: Final = ("name_zh", "name_en", "parent")


def _filled(row: Mapping[str, str], known: Registry) -> dict[str, str]:
    """A row with the names and the parent that the registry knows."""
    said = {name: (row.get(name) or "").strip() for name in (*COLUMNS, *SUCCESSOR_NAMES)}
    if said["code"] in known:
        unit = known.get(said["code"])
        for name in _KNOWN_BY_REGISTRY:
            said[name] = said[name] or str(getattr(unit, name) or "")
    return said


def _refuse(changes: Sequence[UnitChange], known: Registry) -> None:
    taken = {(one.code, one.year) for one in known.changes}
    mergers = Counter(one.successor for one in changes if one.kind == "merged")
    for change in changes:
        for code, is_named in ((change.code, False), (change.successor, change.into is not None)):
            if code and code not in known and not is_named and not OWN_ID.fullmatch(code):
                raise RefusedError("unknown_unit_change", unit=code)
        if change.kind == "none":
            raise RefusedError("change_of_nothing", unit=change.code)
        if change.kind == "merged" and mergers[change.successor] < 2:
            raise RefusedError("merger_of_one", unit=str(change.successor))
        if (change.code, change.year) in taken:
            raise RefusedError("change_known", unit=change.code, year=str(change.year))
