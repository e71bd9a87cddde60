"""What came back, held against what the template asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from govmaturity.framework.fields import Field
from govmaturity.framework.model import Framework
from govmaturity.intake.files.reader import Row, Workbook
from govmaturity.intake.issues import Code, Findings, Issue, Slot, shown
from govmaturity.intake.table.entries import Key
from govmaturity.intake.table.headers import LONG, header_key, text_of
from govmaturity.intake.table.layout import Table
from govmaturity.intake.template.stamp import (
    FORMAT,
    ONE_UNIT_COLUMNS,
    Stamp,
    is_version_sheet,
)

_SHOWN: Final = 10
_SHOWN_DIGITS: Final = 8  # of a fingerprint
_OURS: Final = frozenset({*ONE_UNIT_COLUMNS, *LONG})


def refusals(stamp: Stamp, framework: Framework, period: str | None) -> tuple[Issue, ...]:
    """Say why a template cannot be taken here at all; empty if it can.

    Parameters
    ----------
    stamp : Stamp
    framework : Framework
        Against which the file is checked.
    period : str, optional
        Of which values are wanted; None takes the template's.

    Returns
    -------
    tuple of Issue
        All of them errors. Nothing else has to be said of such a file: what
        follows from the wrong template would only hide it.
    """
    if stamp.framework != framework.id:
        found, expected = stamp.framework, framework.id
        return (Issue("template_other_framework", "error", found=found, expected=expected),)
    issues = []
    if (stamp.version, stamp.fingerprint, stamp.format) != (
        framework.version,
        framework.fingerprint,
        FORMAT,
    ):
        found = _version(stamp.version, stamp.fingerprint)
        expected = _version(framework.version, framework.fingerprint)
        issues.append(Issue("template_old_version", "error", found=found, expected=expected))
    if period is not None and period != stamp.period:
        found, expected = stamp.period, period
        issues.append(Issue("template_other_period", "error", found=found, expected=expected))
    return tuple(issues)


def without_version_sheet(workbook: Workbook) -> Workbook:
    """The sheets in which values can be."""
    kept = tuple(sheet for sheet in workbook.sheets if not is_version_sheet(sheet))
    return replace(workbook, sheets=kept)


def is_untouched(tables: Sequence[Table]) -> bool:
    """Whether nothing stands in any of the cells that were to be filled in."""
    return not any(
        row.cell(column).kind != "blank"
        for table in tables
        for row in table.rows
        for column in ([table.long["value"]] if table.long else table.fields)
    )


def rows_of_one_unit(table: Table, stamp: Stamp, fields: Mapping[str, Field]) -> dict[int, Key]:
    """The unit and period of each row of the sheet for one unit, by the row's number.

    Headings of dimensions are left out: rows that name no field and have no value.
    """
    known = {header_key(id_) for id_ in fields}
    column, value = table.long["indicator"], table.long["value"]
    return {
        row.number: (stamp.units[0][0], stamp.period)
        for row in table.rows
        if header_key(text_of(row.cell(column))) in known or row.cell(value).kind != "blank"
    }


def compare(
    stamp: Stamp,
    fields: Mapping[str, Field],
    read: Sequence[tuple[Table, Mapping[int, Key]]],
    findings: Findings,
) -> set[Key]:
    """Say what is missing of the template, what was added, and what was changed.

    Parameters
    ----------
    stamp : Stamp
    fields : mapping of str to Field
    read : sequence of (table, keys)
        What was read, with the unit and period of each row by its number.
    findings : Findings
        Takes what is found.

    Returns
    -------
    set of (unit, period)
        Rows of another period than the template's: their values do not count.
    """
    if not stamp.is_intact:
        findings.add(Issue("template_changed", "confirm"))
    _compare_columns(stamp, fields, [table for table, _ in read], findings)
    for table, _ in read:
        if table.long and table.unit is None:
            _compare_heading(stamp, table, findings)
    _compare_units(stamp, read, findings)
    return _other_periods(stamp, read, findings)


def _compare_columns(
    stamp: Stamp, fields: Mapping[str, Field], tables: Sequence[Table], findings: Findings
) -> None:
    there: set[str] = set()
    for table in tables:
        if table.long:
            column = table.long["indicator"]
            there |= {header_key(text_of(row.cell(column))) for row in table.rows}
        else:
            there |= {header_key(field.id) for field in table.fields.values()}
    missing = [id_ for id_ in stamp.fields if header_key(id_) not in there and id_ in fields]
    sheet = tables[0].sheet.name if tables else ""
    is_long = any(table.long for table in tables)
    for id_ in missing:
        slots: tuple[tuple[str, Slot], ...] = (("name", fields[id_].name),)
        code: Code = "template_row_missing" if is_long else "template_column_missing"
        findings.add(Issue(code, "error", sheet, indicator=id_, slots=slots))
    expected = ", ".join(missing[:3] or stamp.fields[:3])
    for table in tables:
        for column, title in table.attributes.items():
            if not (table.long and header_key(title) in _OURS):
                cells, found = (table.header.ref(column),), shown(title)
                where = (table.sheet.name, cells, "", "")
                findings.add(Issue("template_column_unknown", "error", *where, found, expected))


def _compare_heading(stamp: Stamp, table: Table, findings: Findings) -> None:
    """The unit and period are not in the rows, so what stands above has to be what it was."""
    unit, name = stamp.units[0]
    above = {
        text_of(cell)
        for row in _above(table)
        for cell in row.cells
        if cell.kind in ("text", "number")
    }
    for told, shown_as in ((unit, f"{unit} {name}".strip()), (stamp.period, stamp.period)):
        if told not in above:
            sheet = table.sheet.name
            findings.add(Issue("template_heading_changed", "error", sheet, expected=shown_as))


def _above(table: Table) -> list[Row]:
    return [row for row in table.sheet.rows if row.number < table.header.number]


def _compare_units(
    stamp: Stamp, read: Sequence[tuple[Table, Mapping[int, Key]]], findings: Findings
) -> None:
    names = dict(stamp.units)
    there: set[str] = set()
    for table, keys in read:
        for row in table.rows:
            if row.number not in keys:
                continue
            unit, _ = keys[row.number]
            there.add(unit)
            if unit not in names:
                cells = (row.ref(table.key_column),)
                where = (table.sheet.name, cells, unit)
                findings.add(Issue("template_other_unit", "confirm", *where, found=unit))
    missing = [f"{unit} {name}".strip() for unit, name in stamp.units if unit not in there]
    if missing and there:
        found = ", ".join(missing[:_SHOWN]) + (", …" if len(missing) > _SHOWN else "")
        slots: tuple[tuple[str, Slot], ...] = (("total", len(missing)),)
        findings.add(Issue("template_unit_missing", "confirm", found=found, slots=slots))


def _other_periods(
    stamp: Stamp, read: Sequence[tuple[Table, Mapping[int, Key]]], findings: Findings
) -> set[Key]:
    other: set[Key] = set()
    for table, keys in read:
        column = table.period
        for row in table.rows if column else ():
            key = keys.get(row.number)
            if column is None or key is None or key[1] == stamp.period or key[1].startswith("?"):
                continue
            other.add(key)
            where = (table.sheet.name, (row.ref(column),), key[0])
            findings.add(
                Issue("template_other_period", "error", *where, found=key[1], expected=stamp.period)
            )
    return other


def _version(version: str, fingerprint: str) -> str:
    return f"{version} ({fingerprint[:_SHOWN_DIGITS]})"
