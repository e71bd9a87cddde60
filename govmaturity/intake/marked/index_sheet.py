"""The sheet in front of a marked copy: every finding with links, and what undoes our colours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from govmaturity.intake.marked.notes import width_of
from govmaturity.intake.marked.orders import (
    CELLS_LINKED,
    COLOURS,
    MARKER,
    Finding,
    Index,
    Severity,
)

Undo = Mapping[tuple[str, str], Sequence[str]]
"""The cells that had a fill of their own, by sheet and the fill's XML."""

_FIRST_CELL: Final = 3
_TOTAL: Final = _FIRST_CELL + CELLS_LINKED
_TEXT: Final = _TOTAL + 1
_FOUND: Final = _TEXT + 1
_EXPECTED: Final = _FOUND + 1
_WIDTHS: Final = (10, 16, *[8] * CELLS_LINKED, 8, 64, 22, 22)
_HIDDEN: Final = _EXPECTED + 3
_LINE_HEIGHT: Final = 18.0
_TALLEST: Final = 400.0
_MOST_IN_A_CELL: Final = 30_000
# A workbook takes `_x0041_` for the letter A.
_ESCAPED: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_THIN: Final = Side(style="thin", color="FFBFBFBF")
_GRID: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
_LINK: Final = "FF0B57A4"


def add_index(book: Workbook, index: Index, not_kept: Sequence[str], undo: Undo) -> None:
    """Put the index sheet in front of a workbook and open the workbook on it."""
    known = set(book.sheetnames)
    sheet = book.create_sheet(_free_name(index["name"], known), 0)
    for other in book.worksheets:  # two selected sheets would be edited together
        other.sheet_view.tabSelected = other is sheet
    book.active = 0
    if book.views:
        book.views[0].firstSheet = 0
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    row = _write_top(sheet, index, not_kept)
    if index["findings"]:
        _write_header(sheet, row, index["header"])
        for place, finding in enumerate(index["findings"], start=row + 1):
            _write_finding(sheet, place, finding, known)
        sheet.freeze_panes = sheet.cell(row + 1, 1)
    _write_undo(sheet, undo)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_area = f"A1:{get_column_letter(_EXPECTED)}{max(sheet.max_row, row)}"


def read_undo(book: Workbook) -> Iterator[tuple[str, str, str]]:
    """Sheet, cell and fill as an earlier index sheet notes them."""
    for sheet in filter(is_index, book.worksheets):
        for row in range(2, sheet.max_row + 1):
            name, fill, refs = (
                str(sheet.cell(row, column).value or "") for column in range(_HIDDEN, _HIDDEN + 3)
            )
            for ref in refs.split():
                yield name, ref, fill


def is_index(sheet: Worksheet) -> bool:
    """Whether a sheet is the index of an earlier marked copy."""
    return any(cell.row <= 5 and cell.value == MARKER for cell in cells_of(sheet))


def cells_of(sheet: Worksheet) -> list[Any]:
    """The cells that a sheet has; to walk through rows would make all that lie between."""
    return [cell for cell in sheet._cells.values() if not isinstance(cell, MergedCell)]


def put_text(sheet: Worksheet, row: int, column: int, text: str) -> Any:
    """Write text that stays text, whatever it starts with."""
    cell: Any = sheet.cell(row, column)
    cell.value = _ESCAPED.sub("_x005F_", text) or None
    if text:
        cell.data_type = "s"
    if text.startswith("="):
        cell.quotePrefix = True  # so that it is still text after somebody has looked into the cell
    return cell


def coloured(severity: Severity) -> PatternFill:
    """The fill of a marked cell."""
    return PatternFill("solid", fgColor=COLOURS[severity], bgColor=COLOURS[severity])


def _free_name(name: str, taken: set[str]) -> str:
    used = {one.casefold() for one in taken}
    tries = (name, *(f"{name} ({number})" for number in range(2, len(used) + 3)))
    return next(one for one in tries if one.casefold() not in used)


def _write_top(sheet: Worksheet, index: Index, not_kept: Sequence[str]) -> int:
    """Write title, what to do and what the colours mean; return the row for the table's header."""
    title = put_text(sheet, 1, 1, index["title"])
    title.font = _font(title, bold=True, size=14)
    sheet.row_dimensions[1].height = 2 * _LINE_HEIGHT
    lines = list(index["lines"])
    if not_kept:
        lines.append(index["not_kept"] + index["between"].join(not_kept))
    for row, line in enumerate(lines, start=2):
        cell = put_text(sheet, row, 1, line)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=_EXPECTED)
        cell.alignment = _WRAPPED
        sheet.row_dimensions[row].height = _height([(sum(_WIDTHS), line)])
    row = len(lines) + 3
    for column, (severity, words) in zip((1, _FIRST_CELL, _TEXT), index["legend"], strict=False):
        cell = put_text(sheet, row, column, words)
        cell.fill = coloured(severity)
        last = {1: 2, _FIRST_CELL: _TOTAL}.get(column, column)
        if last > column:
            sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=last)
    return row + 2


def _write_header(sheet: Worksheet, row: int, words: Sequence[str]) -> None:
    severity, name, cells, total, text, found, expected = words
    titles = {1: severity, 2: name, _FIRST_CELL: cells, _TOTAL: total}
    titles |= {_TEXT: text, _FOUND: found, _EXPECTED: expected}
    for column in range(1, _EXPECTED + 1):
        cell = put_text(sheet, row, column, titles.get(column, ""))
        cell.font = _font(cell, bold=True)
        cell.fill = PatternFill("solid", fgColor="FFE7E6E6")
        cell.border = _GRID
        cell.alignment = _WRAPPED
    sheet.merge_cells(start_row=row, end_row=row, start_column=_FIRST_CELL, end_column=_TOTAL - 1)


def _write_finding(sheet: Worksheet, row: int, finding: Finding, known: set[str]) -> None:
    name = finding["sheet"]
    texts = {
        1: finding["word"],
        2: name,
        _TEXT: finding["text"],
        _FOUND: finding["found"],
        _EXPECTED: finding["expected"],
    }
    for column in range(1, _EXPECTED + 1):
        cell = put_text(sheet, row, column, texts.get(column, ""))
        cell.border = _GRID
        cell.alignment = _WRAPPED
    sheet.cell(row, 1).fill = coloured(finding["severity"])
    if finding["total"]:
        sheet.cell(row, _TOTAL).value = finding["total"]
    if name in known:
        _link(sheet, row, 2, name, "A1")
    for column, ref in enumerate(finding["cells"], start=_FIRST_CELL):
        put_text(sheet, row, column, ref)
        if name in known:
            _link(sheet, row, column, name, ref)
    sheet.row_dimensions[row].height = _height(
        [(_WIDTHS[column - 1], text) for column, text in texts.items()]
    )


def _link(sheet: Worksheet, row: int, column: int, name: str, ref: str) -> None:
    cell = sheet.cell(row, column)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(name)}!{ref}")
    cell.font = _font(cell, color=_LINK, underline="single")


def _font(cell: Any, **more: Any) -> Font:
    """The workbook's own font, with something more."""
    return Font(**{"name": cell.font.name, "size": cell.font.size} | more)


def _height(texts: Sequence[tuple[int, str]]) -> float:
    """The height of a row that holds texts in columns of these widths; no program sees to it."""
    lines = max(1 + (width_of(text) - 1) // (width - 2) for width, text in texts)
    return min(_LINE_HEIGHT * lines, _TALLEST)


def _write_undo(sheet: Worksheet, undo: Undo) -> None:
    sheet.cell(1, _HIDDEN).value = MARKER
    row = 2
    for (name, fill), refs in undo.items():
        for piece in _pieces(refs):
            for column, text in enumerate((name, fill, piece), start=_HIDDEN):
                put_text(sheet, row, column, text)
            row += 1
    for column in range(_HIDDEN, _HIDDEN + 3):
        sheet.column_dimensions[get_column_letter(column)].hidden = True


def _pieces(refs: Sequence[str]) -> Iterator[str]:
    """Lists of cells, each short enough for a cell."""
    step = _MOST_IN_A_CELL // 10
    for start in range(0, len(refs), step):
        yield " ".join(refs[start : start + step])
