"""Where each value of a checked file stood: sheet, cell, and the cell's text as it was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from govmaturity.intake.files.reader import Cell, Kind, Row, Workbook
from govmaturity.intake.files.worksheet import column_number
from govmaturity.intake.table.corrected import Corrections
from govmaturity.intake.table.entries import Entries


@dataclass(frozen=True)
class Origin:
    """The cell that a value came from.

    Parameters
    ----------
    sheet, cell : str
        The sheet is empty for a csv.
    kind : str
        What stood there: `number`, `text`, ... (see `reader.Cell`), `percent`
        for a number shown as per cent.
    sent : str
        The cell's content as it was sent; a number in the fewest digits that
        give it back.
    typed : str, optional
        What was typed in the browser in its place, and was read instead.
    """

    sheet: str
    cell: str
    kind: str
    sent: str
    typed: str | None = None


Origins = Mapping[tuple[str, str, str], Origin]
"""By unit, period and field."""


def origins_of(workbook: Workbook, corrections: Corrections, entries: Entries) -> Origins:
    """Find the cell of every entry.

    Parameters
    ----------
    workbook : Workbook
        As it was sent, without the corrections.
    corrections : mapping of (sheet, cell) to str
    entries : Entries
        Read from the corrected workbook.
    """
    rows: dict[str, dict[int, Row]] = {
        sheet.name: {row.number: row for row in sheet.rows} for sheet in workbook.sheets
    }
    found: dict[tuple[str, str, str], Origin] = {}
    for id_, column in entries.columns.items():
        for (unit, period), entry in column.items():
            cell = _cell(rows.get(entry.sheet, {}), entry.ref)
            typed = corrections.get((entry.sheet, entry.ref))
            found[unit, period, id_] = Origin(
                entry.sheet, entry.ref, _kind(cell), _text(cell), typed
            )
    return found


def _cell(rows: Mapping[int, Row], ref: str) -> Cell:
    letters = ref.rstrip("0123456789")
    row = rows.get(int(ref[len(letters) :] or 0))
    return row.cell(column_number(letters.encode())) if row and letters else Cell("blank", None)


def _kind(cell: Cell) -> Kind | str:
    return "percent" if cell.is_percent else cell.kind


def _text(cell: Cell) -> str:
    if cell.value is None:
        return ""
    if isinstance(cell.value, float):
        return repr(int(cell.value)) if cell.value.is_integer() else repr(cell.value)
    return str(cell.value)
