"""Check an uploaded file against a framework: all issues at once, and the values that stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any, Final

from govmaturity.framework.fields import Field, fields
from govmaturity.framework.model import Framework
from govmaturity.intake.files.reader import Row, Workbook, read
from govmaturity.intake.issues import (
    Code,
    Findings,
    Issue,
    Unreadable,
    count_errors,
    grouped,
    shown,
)
from govmaturity.intake.marked.recognise import as_of_copy, is_marked, without_index
from govmaturity.intake.origins import Origins, origins_of
from govmaturity.intake.rules.run import Known, run_rules
from govmaturity.intake.table.corrected import Corrections, corrected
from govmaturity.intake.table.entries import Entries, Key
from govmaturity.intake.table.headers import text_of
from govmaturity.intake.table.layout import Table, find_tables
from govmaturity.intake.table.long import read_long
from govmaturity.intake.table.periods import read_period, years
from govmaturity.intake.table.tabulate import tabulate
from govmaturity.intake.table.units import Units, identify
from govmaturity.intake.table.wide import read_wide
from govmaturity.intake.template.compare import (
    compare,
    is_untouched,
    refusals,
    rows_of_one_unit,
    without_version_sheet,
)
from govmaturity.intake.template.stamp import Stamp, read_stamp
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
    stamp : Stamp, optional
        What the version sheet says, where the file is a template.
    """

    name: str
    sha256: str
    rows: int
    values: Values
    issues: tuple[Issue, ...]
    faulty: tuple[Faulty, ...] = ()
    stamp: Stamp | None = None

    @property
    def blocking(self) -> int:
        """The number of errors, grouped: while one stands, `score` refuses."""
        return count_errors(self.issues)


@dataclass(frozen=True)
class Traced:
    """A checked file with the cells it was read from; no cells where none could be read."""

    checked: Checked
    _workbook: Workbook = field(default_factory=lambda: Workbook(()))
    _corrections: Corrections = field(default_factory=dict)
    _entries: Entries = field(default_factory=Entries)

    @cached_property
    def origins(self) -> Origins:
        """The cell of every value; found when first asked for, as most checks need none."""
        return origins_of(self._workbook, self._corrections, self._entries)


def check(
    content: bytes,
    name: str,
    framework: Framework,
    *,
    period: str | None = None,
    registry: Registry | None = None,
    reporter: str | None = None,
    last: Values | None = None,
    today: date | None = None,
    corrections: Corrections | None = None,
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
        template's, else the framework's `default_period`. A template of
        another period is refused.
    registry : Registry, optional
        The units that are known; default the project's.
    reporter : str, optional
        Who sends the file, as the framework calls them in either language.
        Only then is a blank cell of a required indicator of theirs an error;
        a file of unknown origin may be anybody's part. Default: whom the
        template was made for.
    last : Values, optional
        What was reported before, if not what the template shows as last values:
        each period of the file is compared with the latest one before it, here
        or in the file itself.
    today : date, optional
        Periods that begin after it are to be confirmed; default the real one.
    corrections : mapping of (sheet, cell) to str, optional
        What was typed in the browser in place of what the file says.

    Returns
    -------
    Checked
        Also for a file that cannot be read: one error and no values.

    Raises
    ------
    ValueError
        If `period` is not one of the forms of the contract.
    """
    return trace(
        content,
        name,
        framework,
        period=period,
        registry=registry,
        reporter=reporter,
        last=last,
        today=today,
        corrections=corrections,
    ).checked


def trace(
    content: bytes,
    name: str,
    framework: Framework,
    *,
    period: str | None = None,
    registry: Registry | None = None,
    reporter: str | None = None,
    last: Values | None = None,
    today: date | None = None,
    corrections: Corrections | None = None,
) -> Traced:
    """Check a file as `check` does, and keep hold of the cells that its values came from."""
    if period is not None and read_period(period) is None:
        raise ValueError(f"period has to be like 2024, 2024-H1, 2024-Q3 or 2024-06, got {period!r}")
    digest = sha256(content).hexdigest()
    try:
        as_sent = read(content, name)
    except Unreadable as fault:
        return Traced(_nothing(name, digest, fault.issues))
    workbook = corrected(as_sent, corrections or {})
    asked = read_period(period) if period else None
    stamp = read_stamp(workbook)
    refused = refusals(stamp, framework, asked) if stamp else ()
    if refused:
        return Traced(_nothing(name, digest, refused, stamp))
    known = fields(framework)
    file = _File(
        known,
        _required(known, reporter or (stamp.reporter if stamp else None)),
        asked or (stamp.period if stamp else framework.default_period),
        known_units() if registry is None else registry,
        _in_years(today or date.today()),
        stamp,
    )
    for code in workbook.remarks:
        file.findings.add(Issue(code, "info"))
    sheets = without_index(workbook)
    sheets = without_version_sheet(sheets) if stamp else sheets
    tables = find_tables(sheets, known, file.findings, in_template=stamp is not None)
    if stamp and tables and is_untouched(tables):
        return Traced(_nothing(name, digest, (Issue("no_values", "error"),), stamp))
    for table in tables:
        _read_table(table, workbook.encoding, file)
    if stamp and tables:
        file.left_out |= compare(stamp, known, file.read, file.findings)
    run_rules(framework, known, file.entries, file.left_out, _earlier(last, stamp), file.findings)
    if tables and file.entries.has_no_value:
        file.findings.add(Issue("no_values", "error"))
    checked = Checked(
        name,
        digest,
        file.rows,
        tabulate(file.entries, file.attributes, file.left_out),
        as_of_copy(file.findings.all()) if is_marked(workbook) else file.findings.all(),
        file.entries.faulty(file.left_out),
        stamp,
    )
    return Traced(checked, as_sent, corrections or {}, file.entries)


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


def _in_years(day: date) -> float:
    return day.year + (day.month - 1) / 12


def _nothing(
    name: str, digest: str, issues: tuple[Issue, ...], stamp: Stamp | None = None
) -> Checked:
    """A file of which no value is taken."""
    return Checked(name, digest, 0, tabulate(Entries(), {}, set()), issues, stamp=stamp)


@dataclass
class _File:
    """What is known, and what has been found so far, while one file is checked."""

    fields: Mapping[str, Field]
    required: set[str]
    period: str | None
    registry: Registry
    now: float
    stamp: Stamp | None = None
    findings: Findings = field(default_factory=Findings)
    entries: Entries = field(default_factory=Entries)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    left_out: set[Key] = field(default_factory=set)
    read: list[tuple[Table, dict[int, Key]]] = field(default_factory=list)
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


def _earlier(last: Values | None, stamp: Stamp | None) -> dict[str, Known]:
    """Earlier reported values by period: those handed in, else those that the template shows."""
    if last is None:
        is_known = stamp is not None and stamp.last_period
        return {stamp.last_period: stamp.last} if stamp and is_known else {}
    found: dict[str, dict[tuple[str, str], float]] = {}
    table = last.table[last.table["status"] == "reported"]
    columns = (table[name] for name in ("unit", "period", "indicator", "value"))
    for unit, period, indicator, value in zip(*columns, strict=True):
        found.setdefault(period, {})[unit, indicator] = float(value)
    return dict(found)


def _read_table(table: Table, encoding: str, file: _File) -> None:
    if file.stamp and table.long and table.unit is None:
        keys = rows_of_one_unit(table, file.stamp, file.fields)
        file.read.append((table, keys))
        file.rows += len(keys)
        read_long(table, keys, file.fields, file.entries, file.findings, file.required)
        return
    units = identify(table, file.registry, file.findings, encoding, file.period)
    keys = _keys(table, units, file)
    file.read.append((table, keys))
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
        period = file.period
        if column is not None:
            period = _period(table, row, column, unit, file.now, file.findings)
        keys[row.number] = (unit, period or f"{_NO_PERIOD}{row.number}")
        if row.number in units.unknown or period is None:
            file.left_out.add(keys[row.number])
    return keys


def _period(
    table: Table, row: Row, column: int, unit: str, now: float, findings: Findings
) -> str | None:
    text = text_of(row.cell(column))
    period = read_period(text) if row.cell(column).kind in ("text", "number") else None
    if period is None:
        code: Code = "period_unreadable" if text else "period_blank"
        cells = (row.ref(column),)
        findings.add(Issue(code, "error", table.sheet.name, cells, unit, found=shown(text)))
    elif years(period)[1] > now:
        cells = (row.ref(column),)
        findings.add(Issue("period_future", "confirm", table.sheet.name, cells, found=period))
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
