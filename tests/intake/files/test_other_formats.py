"""The same table as xlsx, xls and ods, written by LibreOffice, says the same."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest

from govmaturity.intake.files.reader import BLANK, Cell, Sheet, Workbook, read
from tests.office import saved_by_office


@pytest.fixture(scope="module")
def books() -> dict[str, Workbook]:
    """One workbook in three formats; all are converted, so that each has its values computed."""
    return {
        format_: read(saved_by_office({"t": _workbook()}, format_)["t"], f"t.{format_}")
        for format_ in ("xls", "ods", "xlsx")
    }


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Data"
    # Two blank rows and a blank column first; a blank row and a long gap inside.
    for ref, value in {
        "B3": "adcode",
        "C3": "S2",
        "D3": "S3",
        "B4": "440106",
        "C4": 0.85,
        "D4": "=1/0",
        "B5": "440103",
        "C5": 85,
        "D5": "=1+1",
        "B7": "440104",
        "C7": "=NA()",
        "D7": datetime.date(2024, 1, 1),
        "C8": 5,
        "B9": "440105",
        "C9": "85%",
        "D9": "天河区\n荔湾区",
        "F40": "last",
    }.items():
        sheet[ref] = value
    sheet["C4"].number_format = "0.0%"
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet.merge_cells("B7:B8")
    book.create_sheet("Lists")["A1"] = "x"
    book["Lists"].sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _said(sheet: Sheet) -> dict[str, Cell]:
    return {
        row.ref(column): cell
        for row in sheet.rows
        for column, cell in enumerate(row.cells, start=1)
        if cell is not BLANK
    }


@pytest.mark.parametrize("format_", ["xls", "ods", "xlsx"])
def test_cells_stand_where_the_file_has_them(books, format_: str) -> None:
    data, lists = books[format_].sheets
    assert books[format_].format == format_
    assert _said(data) == {
        "B3": Cell("text", "adcode"),
        "C3": Cell("text", "S2"),
        "D3": Cell("text", "S3"),
        "B4": Cell("text", "440106"),
        "C4": Cell("number", 0.85, is_percent=True),
        "D4": Cell("error", "#DIV/0!"),
        "B5": Cell("text", "440103"),
        "C5": Cell("number", 85.0),
        "D5": Cell("number", 2.0),
        "B7": Cell("text", "440104"),
        "C7": Cell("error", "#N/A"),
        "D7": Cell("date", "2024-01-01"),
        "C8": Cell("number", 5.0),
        "B9": Cell("text", "440105"),
        "C9": Cell("text", "85%"),
        "D9": Cell("text", "天河区\n荔湾区"),
        "F40": Cell("text", "last"),
    }
    assert (lists.name, lists.is_hidden) == ("Lists", True)


@pytest.mark.parametrize("format_", ["xls", "ods", "xlsx"])
def test_what_is_hidden_or_merged_is_told(books, format_: str) -> None:
    data = books[format_].sheets[0]
    assert [row.number for row in data.rows if row.is_hidden] == [5]
    assert data.hidden_columns == (4,)
    assert data.merged == ((7, 2, 8, 2),)
