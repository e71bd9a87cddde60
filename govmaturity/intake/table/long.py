"""Read a long table: a row per unit, period and indicator."""

from __future__ import annotations

from collections.abc import Container, Mapping
from difflib import get_close_matches
from typing import Final, get_args

from govmaturity.framework.fields import Field
from govmaturity.intake.files.reader import Row
from govmaturity.intake.issues import Findings, Issue, shown
from govmaturity.intake.table.cells import NOT_APPLICABLE, SUPPRESSED, parse
from govmaturity.intake.table.entries import Entries, Entry, Key
from govmaturity.intake.table.headers import DETAILS, header_key, text_of
from govmaturity.intake.table.layout import Table
from govmaturity.intake.table.wide import FieldReader
from govmaturity.values.table import Status

_STATUSES: Final[dict[str, Status]] = {status: status for status in get_args(Status)}
_NUMBERS: Final = ("se", "n")


def read_long(
    table: Table,
    keys: Mapping[int, Key],
    fields: Mapping[str, Field],
    entries: Entries,
    findings: Findings,
    required: Container[str] = (),
) -> None:
    """Read a table with a row per value; `keys` gives the unit and period of a row's number.

    A blank cell of a field that is in `required` is an error.
    """
    by_key = {header_key(id_): field for id_, field in fields.items()}
    readers: dict[str, FieldReader] = {}
    first: dict[tuple[str, Key], str] = {}
    for row in table.rows:
        key = keys.get(row.number)
        field = None if key is None else _field(table, row, by_key, fields, findings)
        if key is None or field is None:
            continue
        reader = readers.setdefault(field.id, FieldReader(table, field))
        is_required = field.id in required
        entry = _entry(table, row, field, key, reader, findings, is_required=is_required)
        ref = row.ref(table.long["value"])
        entries.put(field, key, entry, findings)
        if (field.id, key) in first and (field.id, key) not in entries.clashes:
            cells = (first[field.id, key], ref)
            found = f"{key[0]}, {key[1]}"
            findings.add(
                Issue("row_twice", "error", table.sheet.name, cells, key[0], field.id, found)
            )
        first.setdefault((field.id, key), ref)
        details = _details(table, row, key[0], findings)
        if details:
            entries.details[field.id, key] = details
        evidence = table.long.get("evidence")
        # What is claimed is to be shown; for a no or a zero there is nothing to show.
        if evidence and field.evidence and entry.value and "evidence" not in details:
            reader.tally.add("evidence_missing", "confirm", "", row.ref(evidence), key[0])
    for reader in readers.values():
        reader.tally.report(findings)


def _field(
    table: Table,
    row: Row,
    by_key: Mapping[str, Field],
    fields: Mapping[str, Field],
    findings: Findings,
) -> Field | None:
    column = table.long["indicator"]
    text = text_of(row.cell(column))
    field = by_key.get(header_key(text))
    if field is None:
        near = ", ".join(get_close_matches(text, fields, n=3)) or ", ".join(list(fields)[:10])
        cells = (row.ref(column),)
        sheet = table.sheet.name
        if text:
            findings.add(
                Issue(
                    "unknown_indicator", "confirm", sheet, cells, found=shown(text), expected=near
                )
            )
        else:
            findings.add(Issue("indicator_blank", "error", sheet, cells, expected=near))
    return field


def _entry(
    table: Table,
    row: Row,
    field: Field,
    key: Key,
    reader: FieldReader,
    findings: Findings,
    *,
    is_required: bool,
) -> Entry:
    column = table.long["value"]
    cell, ref = row.cell(column), row.ref(column)
    column = table.long.get("status", 0)
    text = text_of(row.cell(column)).casefold() if column else ""
    status = _status(text)
    if text and status is None:
        sheet, cells = table.sheet.name, (row.ref(column),)
        expected = ", ".join(_STATUSES)
        findings.add(
            Issue("unknown_status", "error", sheet, cells, key[0], field.id, shown(text), expected)
        )
        return Entry(None, "missing", sheet, ref, is_faulty=True)
    parsed = parse(cell, field)
    if status is None or (status == "reported" and cell.kind != "blank"):
        if cell.kind == "blank":
            return reader.blank(ref, key[0], is_required=is_required)
        entry = reader.read(cell, ref, key[0])
        return entry.spoilt() if row.number in table.doubtful else entry
    if status == "reported" or parsed.status not in ("missing", status) or parsed.is_faulty:
        both = (ref, row.ref(column))
        found = f"{shown(text_of(cell))}, {status}"
        findings.add(
            Issue("status_against_value", "error", table.sheet.name, both, key[0], field.id, found)
        )
        return Entry(None, "missing", table.sheet.name, ref, is_faulty=True)
    return Entry(None, status, table.sheet.name, ref)


def _status(text: str) -> Status | None:
    if text in NOT_APPLICABLE:
        return "not_applicable"
    return "suppressed" if text in SUPPRESSED else _STATUSES.get(text)


def _details(table: Table, row: Row, unit: str, findings: Findings) -> dict[str, float | str]:
    found: dict[str, float | str] = {}
    for name in DETAILS:
        column = table.long.get(name, 0)
        cell = row.cell(column) if column else None
        if cell is None or cell.kind == "blank":
            continue
        if name not in _NUMBERS:
            found[name] = text_of(cell)
            continue
        try:
            number = float(text_of(cell))
        except ValueError:
            number = -1.0
        if 0 <= number < float("inf"):
            found[name] = number
        else:
            cells, text = (row.ref(column),), shown(text_of(cell))
            findings.add(
                Issue("detail_not_a_number", "error", table.sheet.name, cells, unit, found=text)
            )
    return found
