"""Check an uploaded file against a framework: all issues at once, and the values that stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from govmaturity.framework.fields import Field, fields
from govmaturity.framework.model import Framework
from govmaturity.intake.files.reader import Row, read
from govmaturity.intake.issues import (
    Code,
    Findings,
    Issue,
    Unreadable,
    count_errors,
    grouped,
    shown,
)
from govmaturity.intake.rules.columns import ask_share_or_percent, check_change
from govmaturity.intake.rules.computed import check_ratios
from govmaturity.intake.table.entries import Entries, Key
from govmaturity.intake.table.layout import Table, find_tables, text_of
from govmaturity.intake.table.long import read_long
from govmaturity.intake.table.periods import read_period
from govmaturity.intake.table.tabulate import tabulate
from govmaturity.intake.table.units import Units, identify
from govmaturity.intake.table.wide import read_wide
from govmaturity.units.registry import Registry
from govmaturity.units.registry import registry as known_units
from govmaturity.values.table import Values

Faulty = tuple[str, str, str]
"""A unit, a period and an indicator."""

_NO_PERIOD: Final = "?"


@dataclass(frozen=True)
class Checked:
    """A file after all checks.

    Parameters
    ----------
    name : str
        What the file is called.
    sha256 : str
        Of its bytes; of several files, of their hashes one after the other.
    rows : int
        Rows of values found, without headers, totals and notes.
    values : Values
        What can be used. Cells with an error are missing in it; rows of which
        the unit or the period cannot be told are left out.
    issues : tuple of Issue
        Equal findings are one issue; `govmaturity.intake.issues.grouped`
        merges further for reading.
    faulty : tuple of (unit, period, indicator)
        What is missing because of an error.
    """

    name: str
    sha256: str
    rows: int
    values: Values
    issues: tuple[Issue, ...]
    faulty: tuple[Faulty, ...] = ()

    @property
    def blocking(self) -> int:
        """The number of errors, grouped: while one stands, `score` refuses."""
        return count_errors(self.issues)


def check(
    content: bytes,
    name: str,
    framework: Framework,
    *,
    period: str | None = None,
    registry: Registry | None = None,
    reporter: str | None = None,
) -> Checked:
    """Read an uploaded file and check everything that it says.

    Parameters
    ----------
    content : bytes
        The whole file; its format is told from its content.
    name : str
        What it is called, for messages.
    framework : Framework
    period : str, optional
        The period of the values where the file has no column for it; else the
        framework's `default_period`.
    registry : Registry, optional
        The units that are known; default the project's.
    reporter : str, optional
        Who sends the file, as the framework calls them in either language.
        Only then is a blank cell of a required indicator of theirs an error;
        a file of unknown origin may be anybody's part.

    Returns
    -------
    Checked
        Also for a file that cannot be read: one error and no values.

    Raises
    ------
    ValueError
        If `period` is not one of the forms of the contract.
    """
    if period is not None and read_period(period) is None:
        raise ValueError(f"period has to be like 2024, 2024-H1, 2024-Q3 or 2024-06, got {period!r}")
    digest = sha256(content).hexdigest()
    try:
        workbook = read(content, name)
    except Unreadable as fault:
        return Checked(name, digest, 0, tabulate(Entries(), {}, set()), fault.issues)
    known = fields(framework)
    file = _File(
        known,
        _required(known, reporter),
        (read_period(period) if period else None) or framework.default_period,
        registry or known_units(),
    )
    for code in workbook.remarks:
        file.findings.add(Issue(code, "info"))
    tables = find_tables(workbook, known, file.findings)
    for table in tables:
        _read_table(table, workbook.encoding, file)
    for id_, column in file.entries.columns.items():
        ask_share_or_percent(known[id_], column, file.findings)
        told = {key: entry for key, entry in column.items() if key not in file.left_out}
        check_change(known[id_], told, file.findings)
    check_ratios(framework, known, file.entries, file.findings)
    if tables and file.entries.has_no_value:
        file.findings.add(Issue("no_values", "error"))
    return Checked(
        name,
        digest,
        file.rows,
        tabulate(file.entries, file.attributes, file.left_out),
        file.findings.all(),
        file.entries.faulty(file.left_out),
    )


def as_json(checked: Checked, framework: Framework) -> dict[str, Any]:
    """The findings in the shape of `check --json`."""
    issues = grouped(checked.issues)
    return {
        "framework": framework.id,
        "version": framework.version,
        "file_sha256": checked.sha256,
        "rows": checked.rows,
        "blocking": checked.blocking,
        "issues": [
            {
                "code": issue.code,
                "severity": issue.severity,
                "sheet": issue.sheet,
                "cells": list(issue.cells),
                "unit": issue.unit or None,
                "indicator": issue.indicator or None,
                "found": issue.found,
                "expected": issue.expected,
                "message_zh": issue.message("zh"),
                "message_en": issue.message("en"),
            }
            for issue in issues
        ],
    }


@dataclass
class _File:
    """What is known, and what has been found so far, while one file is checked."""

    fields: Mapping[str, Field]
    required: set[str]
    period: str | None
    registry: Registry
    findings: Findings = field(default_factory=Findings)
    entries: Entries = field(default_factory=Entries)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    left_out: set[Key] = field(default_factory=set)
    rows: int = 0


def _required(known: Mapping[str, Field], reporter: str | None) -> set[str]:
    """What the sender of the file has to fill in; nothing where the sender is unknown."""
    if reporter is None:
        return set()
    return {
        id_
        for id_, field_ in known.items()
        if field_.is_required and field_.is_reported_by(reporter)
    }


def _read_table(table: Table, encoding: str, file: _File) -> None:
    units = identify(table, file.registry, file.findings, encoding)
    keys = _keys(table, units, file)
    file.rows += len(keys)
    if table.long:
        read_long(table, keys, file.fields, file.entries, file.findings)
    else:
        read_wide(table, keys, file.required, file.entries, file.findings)
        _report_repeated(table, keys, file)
    for row in table.rows:
        unit = units.by_row.get(row.number)
        if unit is not None and row.number not in units.unknown:
            about = file.attributes.setdefault(unit, {})
            for column, title in table.attributes.items():
                about[title] = about.get(title) or text_of(row.cell(column))
            if table.name:
                about["name"] = about.get("name") or text_of(row.cell(table.name))


def _keys(table: Table, units: Units, file: _File) -> dict[int, Key]:
    """The unit and period of each row, by the row's number.

    Rows of which either cannot be told have a stand-in, so that their cells
    are checked in the same run, and are noted as left out.
    """
    column = table.period
    if column is not None and all(row.cell(column).kind == "blank" for row in table.rows):
        column = None
    if column is None and file.period is None and units.by_row:
        file.findings.add(Issue("period_missing", "error", table.sheet.name))
    keys: dict[int, Key] = {}
    for row in table.rows:
        unit = units.by_row.get(row.number)
        if unit is None:
            continue
        period = file.period if column is None else _period(table, row, column, unit, file.findings)
        keys[row.number] = (unit, period or f"{_NO_PERIOD}{row.number}")
        if row.number in units.unknown or period is None:
            file.left_out.add(keys[row.number])
    return keys


def _period(table: Table, row: Row, column: int, unit: str, findings: Findings) -> str | None:
    text = text_of(row.cell(column))
    period = read_period(text) if row.cell(column).kind in ("text", "number") else None
    if period is None:
        code: Code = "period_unreadable" if text else "period_blank"
        cells = (row.ref(column),)
        findings.add(Issue(code, "error", table.sheet.name, cells, unit, found=shown(text)))
    return period


def _report_repeated(table: Table, keys: Mapping[int, Key], file: _File) -> None:
    """A unit and period in two rows, unless their values differ: that has been said by cell."""
    first: dict[Key, str] = {}
    clashing = {key for _, key in file.entries.clashes}
    for row in table.rows:
        key = keys.get(row.number)
        if key is None:
            continue
        ref = row.ref(table.key_column)
        if key in first and key not in clashing:
            cells = (first[key], ref)
            found = key[0] if key[1].startswith(_NO_PERIOD) else f"{key[0]}, {key[1]}"
            file.findings.add(
                Issue("row_twice", "error", table.sheet.name, cells, key[0], found=found)
            )
        first.setdefault(key, ref)
