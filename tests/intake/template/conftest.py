"""Templates made, filled in by a program, and sent through LibreOffice."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from govmaturity.framework.load import load_framework
from govmaturity.framework.model import Framework
from govmaturity.intake.template.make import make_template
from govmaturity.values.table import Values
from tests.office import saved_by_office

WIDE = (("440105", "海珠区"), ("440106", "天河区"))
ONE = (("440106", "天河区"),)
DIGITAL = Path(__file__).resolve().parents[3] / "indicators" / "county-digital-government.yaml"
BUREAU = "政务局"

Answers = Mapping[tuple[str, str], object]


@pytest.fixture(scope="session")
def last() -> Values:
    """Two earlier periods, and one later than the template's."""
    rows = [
        (unit, period, id_, value)
        for unit in ("440105", "440106", "440103")
        for period, value in (("2022", 11.0), ("2023", 22.5), ("2024-H2", 99.0))
        for id_ in ("S2", "S3")
    ]
    rows += [("440106", "2023", "P1", 2.0), ("440106", "2023", "C1.plan", 1.0)]
    table = pd.DataFrame(rows, columns=["unit", "period", "indicator", "value"])
    return Values(table.assign(status="reported"))


@pytest.fixture(scope="session")
def wide(framework: Framework, last: Values) -> bytes:
    return make_template(framework, WIDE, "2024", last=last)


@pytest.fixture(scope="session")
def one(framework: Framework, last: Values) -> bytes:
    return make_template(framework, ONE, "2024", last=last)


def changed(content: bytes, change: Callable[[openpyxl.Workbook], object]) -> bytes:
    """The workbook after somebody has worked on it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def machine_row(sheet: Any) -> tuple[int, dict[str, int]]:
    """The row of ids of a data sheet, and the columns by their headers."""
    for row in sheet.iter_rows():
        columns = {cell.value: cell.column for cell in row if cell.value}
        if {"unit", "period"} <= set(columns) or {"indicator", "value"} <= set(columns):
            return row[0].row, columns
    raise AssertionError("no row of ids")


def fill(content: bytes, answers: Answers) -> bytes:
    """Enter answers by unit and field; of the sheet for one unit also by column and field."""

    def enter(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        header, columns = machine_row(sheet)
        for number in range(header + 1, sheet.max_row + 1):
            key = sheet.cell(number, 1).value
            for (which, field), value in answers.items():
                if "unit" in columns and key == which:
                    sheet.cell(number, columns[field]).value = value
                elif "unit" not in columns and key == field:
                    sheet.cell(number, columns.get(which, columns["value"])).value = value

    return changed(content, enter)


WIDE_ANSWERS: Answers = {
    ("440105", "population"): 1_800_000,
    ("440105", "items_online"): 80,
    ("440105", "items_all"): 100,
    ("440105", "S2"): 31.5,
    ("440105", "S3"): 20,
    ("440105", "P1"): "2 有",
    ("440105", "C1.plan"): "是",
    ("440105", "C1.team"): "否",
    ("440106", "population"): 2_200_000,
    ("440106", "items_online"): 95,
    ("440106", "items_all"): 100,
    ("440106", "S2"): "n/a",
    ("440106", "S3"): "保密",
    ("440106", "P1"): "3 齐全",
    ("440106", "C1.plan"): "不适用",
    ("440106", "C1.team"): "是",
}
ONE_ANSWERS: Answers = {
    ("value", id_): value for (unit, id_), value in WIDE_ANSWERS.items() if unit == "440106"
} | {("note", "S2"): "无此业务", ("evidence", "P1"): "文件1"}


@pytest.fixture(scope="session")
def converted(wide: bytes, one: bytes) -> Mapping[str, bytes]:
    """Filled templates after LibreOffice has opened and saved them, all in one run of it."""
    digital = make_template(load_framework(DIGITAL), ONE, "2025", language="en")
    return saved_by_office(
        {
            "wide": fill(wide, WIDE_ANSWERS),
            "one": fill(one, ONE_ANSWERS),
            "untouched": wide,
            "digital": digital,
        }
    )
