"""The values of one file, field by field, each with the cell it came from."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from typing import NamedTuple

from govmaturity.framework.fields import Field
from govmaturity.intake.issues import Findings, Issue, Slot, shown
from govmaturity.values.table import Status

Key = tuple[str, str]
"""A unit and a period."""


class Entry(NamedTuple):
    """One value of one unit, period and field.

    `is_bare` says that nothing in the cell told per cent from share.
    """

    value: float | None
    status: Status
    sheet: str
    ref: str
    is_bare: bool = True
    is_faulty: bool = False

    @property
    def says_nothing(self) -> bool:
        return self.status == "missing" and not self.is_faulty

    @property
    def said(self) -> str:
        return shown(self.value) if self.value is not None else self.status

    @property
    def place(self) -> str:
        return f"{self.sheet}!{self.ref}" if self.sheet else self.ref

    def spoilt(self) -> Entry:
        """The same cell without its value: left missing because of an error."""
        return self._replace(value=None, status="missing", is_faulty=True)


@dataclass
class Entries:
    """What a file gives, while it is being read: by field, then by unit and period.

    `details` are what a long table says beside a value; `clashes` are the
    fields, units and periods that the file gives two different values.
    """

    columns: dict[str, dict[Key, Entry]] = field(default_factory=dict)
    details: dict[tuple[str, Key], dict[str, float | str]] = field(default_factory=dict)
    clashes: set[tuple[str, Key]] = field(default_factory=set)

    @property
    def has_no_value(self) -> bool:
        """Whether nothing is reported, and no faulty cell says why."""
        return not any(
            entry.status == "reported" or entry.is_faulty
            for column in self.columns.values()
            for entry in column.values()
        )

    def faulty(self, left_out: Container[Key]) -> tuple[tuple[str, str, str], ...]:
        """What is missing because of an error, as (unit, period, field)."""
        return tuple(
            (*key, id_)
            for id_, column in self.columns.items()
            for key, entry in column.items()
            if entry.is_faulty and key not in left_out
        )

    def put(self, field_: Field, key: Key, entry: Entry, findings: Findings) -> None:
        """Take an entry; two different values of one unit and period are an error."""
        column = self.columns.setdefault(field_.id, {})
        before = column.setdefault(key, entry)
        if before is entry or entry.says_nothing:
            return
        if before.says_nothing:
            column[key] = entry
            return
        if (before.value, before.status) == (entry.value, entry.status):
            return
        self.clashes.add((field_.id, key))
        cells = (before.ref, entry.ref) if before.sheet == entry.sheet else (entry.ref,)
        found = f"{before.said} ≠ {entry.said}"
        slots: tuple[tuple[str, Slot], ...] = (("first", before.place), ("name", field_.name))
        findings.add(
            Issue("two_values", "error", entry.sheet, cells, key[0], field_.id, found, "", slots)
        )
        column[key] = entry.spoilt()
