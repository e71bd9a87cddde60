"""A new workbook in the layout of a file that is none, or cannot be written again."""

from __future__ import annotations

from typing import Any, TypedDict

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from govmaturity.intake.files import limits
from govmaturity.intake.files.refused import RefusedError
from govmaturity.intake.marked.index_sheet import add_index, put_text
from govmaturity.intake.marked.orders import Orders, as_number, plain
from govmaturity.intake.marked.same import correct, highlight
from govmaturity.intake.marked.saving import new_workbook, save


class Values(TypedDict):
    """A sheet as it was read; a row is its number, whether it is hidden, and its cells."""

    name: str
    is_hidden: bool
    rows: list[tuple[int, bool, list[Any]]]
    hidden_columns: list[int]
    merged: list[tuple[int, int, int, int]]


def mark_values(sheets: list[Values], orders: Orders, lost: list[str], *, is_csv: bool) -> bytes:
    """Return a new workbook with the values at their places, and the faults marked.

    Text stays text, but for the numbers of a csv, which has nothing but text.

    Raises
    ------
    RefusedError
        If there are more cells than a copy can be made of.
    """
    cells = sum(len(row[2]) for sheet in sheets for row in sheet["rows"])
    if cells > limits.MARKING_CELLS:
        raise RefusedError("too_many_cells", found=f"{cells}")
    book = new_workbook()
    for sheet in sheets:
        _write(book, sheet, is_csv)
    correct(book, orders["corrections"])
    undo = highlight(book, orders)
    add_index(book, orders["index"], [orders["lost"][kind] for kind in lost], undo)
    return save(book, {})


def _write(book: Workbook, values: Values, is_csv: bool) -> None:
    sheet = book.create_sheet(values["name"])
    if values["is_hidden"]:
        sheet.sheet_state = "hidden"
    for number, is_hidden, contents in values["rows"]:
        for column, content in enumerate(contents, start=1):
            if content is not None:
                _put(sheet, number, column, content, is_csv)
        if is_hidden:
            sheet.row_dimensions[number].hidden = True
    for column in values["hidden_columns"]:
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    for top, left, bottom, right in values["merged"]:
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def _put(sheet: Any, row: int, column: int, content: Any, is_csv: bool) -> None:
    if isinstance(content, str):
        number = as_number(content) if is_csv else None
        if number is None:
            put_text(sheet, row, column, plain(content, 32_767))
        else:
            sheet.cell(row, column).value = number
        return
    if isinstance(content, bool | int | float):
        sheet.cell(row, column).value = content
        return
    mark, value = content
    if mark == "f":  # no result: left blank it would be taken for missing
        mark, value = "e", "#N/A"
    cell = put_text(sheet, row, column, str(value))
    if mark == "%":
        cell.value, cell.number_format = value, "0.00%"
    elif mark == "e":
        cell.data_type = "e"
