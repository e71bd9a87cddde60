"""Read an old workbook (xls, also of WPS) with xlrd. Runs in the child process.

Values of formulas are those that were stored when the file was saved; the
format does not say of a formula that it was never computed.
"""

from __future__ import annotations

import struct
from io import StringIO
from typing import Any, Final

import xlrd
from xlrd.compdoc import CompDocError
from xlrd.xldate import xldate_as_datetime

from govmaturity.intake.files import answer, limits
from govmaturity.intake.files.refused import RefusedError
from govmaturity.intake.files.worksheet import column_letters, shows_per_cent

# xlrd checks little before it unpacks; a spoilt file shows as any of these.
_BROKEN: Final = (
    xlrd.XLRDError,
    CompDocError,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
_LINKS_OUTSIDE: Final = frozenset({2, 4})  # another workbook; DDE or OLE


def read(content: bytes) -> dict[str, Any]:
    """Return the answer for an old workbook.

    Raises
    ------
    RefusedError
        If it needs a password, is broken, or has cells far out or too many.
    """
    try:
        return _read(content)
    except RefusedError:
        raise
    except _BROKEN as fault:
        if "encrypted" in str(fault):
            raise RefusedError("password") from None
        raise RefusedError("broken_file", found=type(fault).__name__) from None


def _read(content: bytes) -> dict[str, Any]:
    # Ragged: else one cell in the last corner would fill 16 million others.
    book = xlrd.open_workbook(
        file_contents=content,
        formatting_info=True,
        ragged_rows=True,
        on_demand=True,
        logfile=StringIO(),
    )
    percents = [
        shows_per_cent(book.format_map[style.format_key].format_str) for style in book.xf_list
    ]
    used = 0
    sheets = []
    for place in range(book.nsheets):
        sheet = book.sheet_by_index(place)
        used += _check_extent(sheet)
        if used > limits.MAX_CELLS:
            raise RefusedError("too_many_cells", sheet=sheet.name, found=f"{used}")
        sheets.append(_sheet(sheet, percents, book.datemode))
        book.unload_sheet(place)
    return answer.book(sheets, remarks=_remarks(book, content))


def _remarks(book: xlrd.book.Book, content: bytes) -> set[str]:
    found = set()
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        found.add("macros_not_run")
    if _LINKS_OUTSIDE & set(book._supbook_types):
        found.add("external_links")
    return found


def _check_extent(sheet: xlrd.sheet.Sheet) -> int:
    """Refuse a sheet whose used cells lie too far out; return how many there are."""
    used = last_row = last_column = 0
    for row in range(sheet.nrows):
        types = sheet.row_types(row)
        filled = [
            place
            for place, kind in enumerate(types, start=1)
            if kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
        ]
        if filled:
            used += len(filled)
            last_row, last_column = row + 1, max(last_column, filled[-1])
    if last_row > limits.MAX_ROWS or last_row * last_column > limits.MAX_AREA:
        cell = f"{column_letters(last_column)}{last_row}"
        raise RefusedError("far_cell", sheet=sheet.name, cell=cell)
    return used


def _sheet(sheet: xlrd.sheet.Sheet, percents: list[bool], datemode: int) -> dict[str, Any]:
    grid: answer.Grid = {}
    errors: dict[answer.Place, str] = {}
    shown: dict[int, frozenset[int]] = {}
    for row in range(sheet.nrows):
        types, values = sheet.row_types(row), sheet.row_values(row)
        cells = []
        for column, (kind, value) in enumerate(zip(types, values, strict=True)):
            cells.append(_content(kind, value, datemode))
            if kind == xlrd.XL_CELL_ERROR:
                text = xlrd.error_text_from_code.get(int(value), "#")
                errors[row + 1, column + 1] = text
        if answer.without_blank_end(cells):
            grid[row + 1] = cells
            shown[row + 1] = frozenset(
                column + 1
                for column, cell in enumerate(cells)
                if type(cell) is float and percents[sheet.cell_xf_index(row, column)]
            )
    hidden = answer.Hidden(
        errors,
        frozenset(),
        shown,
        frozenset(row + 1 for row, about in sheet.rowinfo_map.items() if about.hidden),
        frozenset(column + 1 for column, about in sheet.colinfo_map.items() if about.hidden),
    )
    merged = ((top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells)
    return answer.sheet(sheet.name, grid, hidden, merged, is_hidden=bool(sheet.visibility))


def _content(kind: int, value: Any, datemode: int) -> Any:
    match kind:
        case xlrd.XL_CELL_TEXT:
            return answer.content(value)
        case xlrd.XL_CELL_NUMBER:
            return answer.number(value)
        case xlrd.XL_CELL_BOOLEAN:
            return bool(value)
        case xlrd.XL_CELL_DATE:
            return ["d", _date(value, datemode)]
        case _:
            return "#" if kind == xlrd.XL_CELL_ERROR else None


def _date(value: float, datemode: int) -> str:
    try:
        moment = xldate_as_datetime(value, datemode)
    except (ValueError, OverflowError):  # shown as a date, and none: a mark of its own
        return f"{value:.15g}"
    if 0 <= value < 1:
        return moment.time().isoformat()
    return moment.date().isoformat() if value == int(value) else moment.isoformat()
