"""Workbooks with a bit of everything, and readers of marked copies."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, GradientFill, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from govmaturity.framework.model import Framework
from govmaturity.intake.checks import Checked, check
from govmaturity.intake.issues import Issue

HEADER = ["code", "name", "period", "population", "S2", "S3", "P1", "note"]
ROWS = [
    HEADER,
    ["440103", "荔湾区", 2024, 1_113_000, 85, 400, 1, "=1+1 是文字"],
    ["440104", "越秀区", 2024, "约100万", 142, 12, 9, None],
    ["440105", "海珠区", 2024, 1_819_000, "≥90", 12, 2, "  两边有空格  "],
    ["440106", "天河区", 2024, 2_241_826, 88.5, 0.1 + 0.2, 2, None],
]
RIGHT = {"D3": 1_038_000, "E3": 42.5, "E4": 90, "F2": 4, "G3": 3}


@pytest.fixture(scope="session")
def faulty(xlsx: Callable[..., bytes]) -> bytes:
    """A workbook with a fault in each of the cells of `RIGHT`."""
    return xlsx(ROWS, _enrich, "A's 数据")


@pytest.fixture(scope="session")
def found(framework: Framework, faulty: bytes) -> Checked:
    return check(faulty, "values.xlsx", framework)


@pytest.fixture(scope="session")
def open_copy() -> Callable[..., openpyxl.Workbook]:
    def load(content: bytes, **how: Any) -> openpyxl.Workbook:
        return openpyxl.load_workbook(io.BytesIO(content), **how)

    return load


@pytest.fixture(scope="session")
def corrected(open_copy: Callable[..., openpyxl.Workbook]) -> Callable[[bytes], bytes]:
    """What a person does with a copy: put the right values in and save it."""

    def correct(content: bytes) -> bytes:
        book = open_copy(content)
        sheet = book["A's 数据"]
        for ref, value in RIGHT.items():
            sheet[ref] = value
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()

    return correct


@pytest.fixture(scope="session")
def outside() -> Callable[..., Issue]:
    """A finding about some cells."""

    def make(*cells: str, sheet: str = "Data", severity: Any = "error") -> Issue:
        slots = (("enter", "42.5"),)
        return Issue("outside_valid", severity, sheet, cells, found="142", slots=slots)

    return make


@pytest.fixture(scope="session")
def with_everything() -> bytes:
    """What openpyxl does not keep, as another program writes it."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Data")
        for row, cells in enumerate(ROWS):
            sheet.write_row(row, 0, cells)
        other = book.add_worksheet("Other")
        other.insert_image("A1", "p.png", {"image_data": io.BytesIO(png())})
        other.insert_textbox("A9", "text")
        other.insert_button("D9", {"caption": "press"})
        other.add_sparkline("H1", {"range": "Data!D2:D5"})
        other.set_header("&L&G", {"image_left": "p.png", "image_data_left": io.BytesIO(png())})
        other.write_dynamic_array_formula("J1", "=UNIQUE(Data!A2:A5)")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Data!$D$2:$D$5"})
        other.insert_chart("K9", chart)
        other.conditional_format("A20:A30", {"type": "data_bar", "data_bar_2010": True})
    return target.getvalue()


def png() -> bytes:
    """A picture of one point."""

    def chunk(name: bytes, data: bytes) -> bytes:
        whole = name + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0\xff\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def _enrich(book: openpyxl.Workbook) -> None:
    sheet = book.active
    sheet["H2"].data_type = "s"
    sheet["E3"].comment = Comment("请核对\n第二行", "王科长")
    sheet["F2"].fill = PatternFill("solid", fgColor="FF00B050")
    sheet["G3"].fill = GradientFill(stop=("FFFF0000", "FF0000FF"))
    sheet["D2"].number_format = "#,##0"
    sheet["D2"].font = Font(bold=True, color="FF112233")
    sheet["D2"].protection = Protection(locked=False)
    sheet["J2"], sheet["J3"], sheet["J4"] = "=SUM(D2:D5)", "=A2&B2", "=1/0"
    sheet["K2"], sheet["K2"].number_format = -5, "yyyy-mm-dd"
    sheet["K3"], sheet["K4"] = datetime(2024, 5, 1, 12, 30, 15, 250_000), True
    sheet["L2"] = "合并"
    sheet.merge_cells("L2:M3")
    sheet.freeze_panes = "C2"
    sheet.column_dimensions["B"].width = 33
    sheet.row_dimensions[4].height = 40
    sheet.row_dimensions[5].hidden = True
    sheet.auto_filter.ref = "A1:H5"
    choice = DataValidation("list", formula1='"1,2,3"', allow_blank=True)
    choice.add("G2:G5")
    sheet.add_data_validation(choice)
    sheet.conditional_formatting.add(
        "E2:E5", CellIsRule("greaterThan", ["100"], fill=PatternFill(bgColor="FFFF0000"))
    )
    sheet.protection.sheet = True
    lists = book.create_sheet("Lists")
    lists.append(["k", "v"])
    lists.append(["a", 1])
    lists.add_table(Table(displayName="pairs", ref="A1:B2"))
    lists.sheet_state = "hidden"
    book.defined_names["units"] = DefinedName("units", attr_text="'A''s 数据'!$A$2:$A$5")
    sheet.print_title_rows = "1:1"
