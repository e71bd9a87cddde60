"""What a person takes away to check a score: the workbook of a unit, the card of a framework."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pypdf
import pytest

from govmaturity.framework.load import load_framework

ROOT = Path(__file__).resolve().parents[2]


def taken(visitor, label: str) -> tuple[str, bytes]:
    """What a click on a button brings: the file's name and its content."""
    with visitor.page.expect_download() as waiting:
        visitor.page.get_by_role("button", name=label).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


@pytest.mark.parametrize(
    ("language", "label"), [("zh", "下载带公式的工作簿"), ("en", "Download the workbook")]
)
def test_the_workbook_of_a_unit_is_marked_as_simulated_and_holds_formulas(visit, language, label):
    visitor = visit()
    visitor.open(
        f"unit?framework=county-digital-government&language={language}&units=360730&period=2023"
    )
    name, content = taken(visitor, label)
    assert name == "SIMULATED-county-digital-government-workbook-360730-2023.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        assert sheet.cell(3, 1).value == "模拟数据 SIMULATED"
    assert any(cell.data_type == "f" for cells in book.worksheets[1] for cell in cells)
    told = {cells[0].value: cells[1].value for cells in book.worksheets[0].iter_rows(5)}
    assert "2023" in told.values()


@pytest.mark.parametrize(
    ("language", "label"), [("zh", "下载方法卡"), ("en", "Download the method card")]
)
def test_the_method_card_is_one_page_of_the_framework_shown(visit, language, label):
    visitor = visit()
    visitor.open(f"method?framework=county-conditions&language={language}")
    name, content = taken(visitor, label)
    framework = load_framework(ROOT / "indicators" / "county-conditions.yaml")
    assert name == f"county-conditions-{framework.version}-{language}.pdf"
    (page,) = pypdf.PdfReader(io.BytesIO(content)).pages
    assert framework.fingerprint in page.extract_text()
