"""Read the cells of a table: parse each, and check the value by itself."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Final

from govmaturity.framework.fields import Field
from govmaturity.framework.rules import Bounds
from govmaturity.intake.files.reader import Cell
from govmaturity.intake.files.worksheet import column_letters
from govmaturity.intake.issues import Code, Findings, Issue, Severity, Slot, shown
from govmaturity.intake.table.cells import parse, quick_number
from govmaturity.intake.table.entries import Entries, Entry, Key
from govmaturity.intake.table.layout import Table
from govmaturity.intake.table.wording import expected_of, range_in_signs, what_to_enter

_NAN: Final = float("nan")
_TOLD_PER_CENT: Final = ("read_percent_format", "read_percent_sign")


def read_wide(
    table: Table,
    keys: Mapping[int, Key],
    required: Container[str],
    entries: Entries,
    findings: Findings,
) -> None:
    """Read a table with a column per field.

    Parameters
    ----------
    table : Table
    keys : mapping of int to (unit, period)
        By the number of the row; other rows are not read.
    required : container of str
        The fields of which a blank cell is an error; else it is to be confirmed.
    entries, findings : Entries, Findings
        Take what is read and what is found.
    """
    rows = [(row, keys[row.number]) for row in table.rows if row.number in keys]
    for column, field in table.fields.items():
        reader = FieldReader(table, field)
        letters = column_letters(column)
        for row, key in rows:
            contents = row.contents
            ref = row.ref(column) if row.is_turned else f"{letters}{row.number}"
            content = contents[column - 1] if column <= len(contents) else None
            if content is None:
                if field.is_shortcut:  # entered by its parts: nothing is wanted here
                    continue
                entry = reader.blank(ref, key[0], is_required=field.id in required)
            elif isinstance(content, float):
                entry = reader.read_number(content, ref, key[0], column in row.percents)
            else:
                entry = reader.read(row.cell(column), ref, key[0])
            if row.number in table.doubtful:
                entry = entry.spoilt()
            entries.put(field, key, entry, findings)
        reader.tally.report(findings)


class FieldReader:
    """Reads cells of one field in one sheet; remarks gather in `tally`."""

    def __init__(self, table: Table, field: Field) -> None:
        self.tally = Tally(table.sheet.name, field)
        self._field = field
        self._sheet = table.sheet.name
        self._valid = _limits(field.valid)
        self._plausible = _limits(field.plausible)
        self._is_whole = field.is_whole
        self._is_shortcut = field.is_shortcut
        self._is_percent = field.is_percent
        self._looks = field.is_whole or field.is_shortcut or field.plausible != Bounds()
        self._has_words = field.measure == "yes_no" or bool(field.options)

    def blank(self, ref: str, unit: str, *, is_required: bool) -> Entry:
        """An entry for a cell in which nothing stands."""
        if is_required:
            self.tally.add("blank_required", "error", "", ref, unit)
        else:
            self.tally.add("blank", "confirm", "", ref, unit)
        return Entry(None, "missing", self._sheet, ref, is_faulty=is_required)

    def read(self, cell: Cell, ref: str, unit: str) -> Entry:
        """An entry for a cell in which something stands: readable, valid, plausible, whole."""
        low, high = self._valid
        number = None if self._has_words else quick_number(cell, self._field)
        if number is not None and low <= number <= high:
            self._look_at(number, ref, unit)
            if cell.is_percent:
                self.tally.note("read_percent_format", cell.value, ref)
            return Entry(number, "reported", self._sheet, ref, not cell.is_percent)
        parsed = parse(cell, self._field)
        is_bare = True
        for remark in parsed.remarks:
            if remark.severity == "info":
                is_bare = is_bare and remark.code not in _TOLD_PER_CENT
                self.tally.note(remark.code, cell.value, ref)
            else:
                found = "" if cell.value is None else shown(cell.value)
                self.tally.add(remark.code, remark.severity, found, ref, unit)
        value = parsed.value
        if value is None:
            if parsed.status == "missing" and not parsed.remarks:  # nothing that can be seen
                return self.blank(ref, unit, is_required=False)
            return Entry(None, parsed.status, self._sheet, ref, is_bare, parsed.is_faulty)
        if not low <= value <= high:
            self.tally.add("outside_valid", "error", shown(value), ref, unit)
            return Entry(None, "missing", self._sheet, ref, is_bare, is_faulty=True)
        self._look_at(value, ref, unit)
        return Entry(value, parsed.status, self._sheet, ref, is_bare)

    def read_number(self, number: float, ref: str, unit: str, is_percent: bool = False) -> Entry:
        """An entry for a cell that holds a number as it is: `read` without making a cell of it."""
        low, high = self._valid
        value = number + 0.0  # -0.0 becomes 0.0
        if is_percent:
            value = float(f"{number * 100:.15g}") if self._is_percent else _NAN
        if self._has_words or not low <= value <= high or value - value != 0:
            return self.read(Cell("number", number, is_percent), ref, unit)
        if self._looks:
            self._look_at(value, ref, unit)
        if is_percent:
            self.tally.note("read_percent_format", number, ref)
        return Entry(value, "reported", self._sheet, ref, not is_percent)

    def _look_at(self, value: float, ref: str, unit: str) -> None:
        if self._is_whole and not value.is_integer():
            self.tally.add("not_whole", "confirm", shown(value), ref, unit)
        low, high = self._plausible
        if not low <= value <= high:
            self.tally.add("outside_plausible", "confirm", shown(value), ref, unit)
        if self._is_shortcut:
            self.tally.add("shortcut", "confirm", "", ref, unit)


class Tally:
    """Remarks on the cells of one field; equal ones become one issue."""

    def __init__(self, sheet: str, field: Field) -> None:
        self._sheet = sheet
        self._field = field
        self._at: dict[tuple[Code, Severity, str], tuple[list[str], set[str]]] = {}
        self._notes: dict[Code, tuple[str, list[str]]] = {}

    def add(self, code: Code, severity: Severity, found: str, ref: str, unit: str) -> None:
        """Take a remark that has to be answered: one issue for each thing that was found."""
        refs, units = self._at.setdefault((code, severity, found), ([], set()))
        refs.append(ref)
        units.add(unit)

    def note(self, code: Code, value: object, ref: str) -> None:
        """Take a mere information: one issue for all, with the first one as its example."""
        noted = self._notes.get(code)
        if noted is None:
            self._notes[code] = (shown(value), [ref])
        else:
            noted[1].append(ref)

    def report(self, findings: Findings) -> None:
        """Hand over the issues."""
        usual = range_in_signs(self._field.plausible)
        expected = expected_of(self._field)
        slots: tuple[tuple[str, Slot], ...] = (
            ("enter", what_to_enter(self._field)),
            ("name", self._field.name),
            ("usual", usual),
        )
        id_ = self._field.id
        for (code, severity, found), (refs, units) in self._at.items():
            unit = next(iter(units)) if len(units) == 1 else ""
            wanted = usual if code == "outside_plausible" else expected
            where = (self._sheet, tuple(refs), unit, id_)
            findings.add_whole(Issue(code, severity, *where, found, wanted, slots))
        for code, (found, refs) in self._notes.items():
            where = (self._sheet, tuple(refs), "", id_)
            findings.add_whole(Issue(code, "info", *where, found, "", slots))


def _limits(bounds: Bounds) -> tuple[float, float]:
    low, high = bounds.min, bounds.max
    return (float("-inf") if low is None else low, float("inf") if high is None else high)
