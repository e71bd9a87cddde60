"""An official's evening: template, a workbook filled in haste, the marked copy, a right file."""

import csv
import io

import openpyxl
import pytest

SHARES = ("share_65_plus_pct", "illiterate_15_plus_pct")


def ids_row(sheet):
    """The row of a template that holds the ids, and their columns."""
    for row in sheet.iter_rows():
        columns = {cell.value: cell.column for cell in row if cell.value}
        if {"unit", "period"} <= set(columns):
            return row[0].row, columns
    raise AssertionError("no row of ids")


def fill_in_haste(root, template, path):
    """Fill in figures of the sample: per cents as text, a row of totals, two mistakes."""
    sample = (root / "data/samples/census-2020-guangzhou-ganzhou.csv").read_text("utf-8-sig")
    figures = {row["code"]: row for row in csv.DictReader(io.StringIO(sample))}
    book = openpyxl.load_workbook(template)
    sheet = book.worksheets[0]
    head, columns = ids_row(sheet)
    number = head + 1
    while sheet.cell(number, columns["unit"]).value:
        row = figures[str(sheet.cell(number, columns["unit"]).value)]
        for id_, column in columns.items():
            if id_ in SHARES:
                sheet.cell(number, column).value = f"{float(row[id_]) + 0.1:.2f}％"
            elif id_ in row and id_ not in ("period", "name"):
                sheet.cell(number, column).value = float(row[id_]) * (1 if "mean" in id_ else 1.01)
                if float(row[id_]).is_integer():
                    sheet.cell(number, column).value = round(float(row[id_]) * 1.01)
        number += 1
    sheet.cell(number, columns["unit"]).value = "合计"
    sheet.cell(number, columns["population"]).value = 18_000_000
    years = sheet.cell(head + 2, columns["mean_years_schooling"])
    water = sheet.cell(head + 4, columns["households_tap_water_sample"])
    years.value, water.value = 142, "约90"
    book.save(path)
    return {years.coordinate: 12.5, water.coordinate: 20_000}


def upload(visitor, path, wait):
    visitor.page.set_input_files("input[type=file]", path)
    visitor.page.wait_for_selector(f"text={wait}", timeout=60_000)
    visitor.settle()


def test_a_template_filled_in_haste_is_right_on_the_second_try(visit, root, tmp_path):
    visitor = visit("zh-CN")
    page = visitor.page
    visitor.open("submit?framework=county-conditions&region=440100")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载填报模板（11 个区县）").click()
    assert waiting.value.suggested_filename == "county-conditions_2021_广州市.xlsx"
    template = tmp_path / "template.xlsx"
    waiting.value.save_as(template)
    book = openpyxl.load_workbook(template)
    assert "上期" in " ".join(book.sheetnames)

    filled = tmp_path / "filled.xlsx"
    mistakes = fill_in_haste(root, template, filled)
    upload(visitor, filled, "错误（须更正")
    found = visitor.text()
    for cell in mistakes:
        assert cell in found
    assert "有 2 类错误须更正" in found
    assert "已去掉百分号" in found
    assert "合计" in found
    assert "查看得分" not in found

    with page.expect_download() as waiting:
        page.get_by_role("button", name="取回标好错误的原表").click()
    marked = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(marked)
    book = openpyxl.load_workbook(marked)
    sheet = book.worksheets[1]
    assert len(book.sheetnames) == len(openpyxl.load_workbook(filled).sheetnames) + 1
    for cell, value in mistakes.items():
        assert sheet[cell].comment is not None
        sheet[cell].value = value
    book.save(marked)

    upload(visitor, marked, "查看得分")
    assert "错误（须更正" not in visitor.text()
    page.click("text=查看得分")
    page.wait_for_selector("h1:has-text('总览')", timeout=30_000)
    visitor.settle()
    assert page.get_by_role("combobox", name="期间").first.input_value() == "2021" or (
        "2021" in visitor.text()
    )


def test_an_untouched_template_gets_one_sentence(visit, tmp_path):
    visitor = visit("en-GB")
    visitor.open("submit?framework=county-digital-government&region=360700")
    with visitor.page.expect_download() as waiting:
        visitor.page.get_by_role("button", name="Download the template").click()
    path = tmp_path / "t.xlsx"
    waiting.value.save_as(path)
    upload(visitor, path, "Error to correct")
    assert visitor.page.get_by_text("has no value at all").count() == 1
    assert visitor.page.get_by_text("To confirm", exact=False).count() == 0


def test_a_single_value_is_corrected_in_the_browser_and_survives_a_reload(visit, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(
        "unit,period,mean_years_schooling,share_65_plus_pct\n"
        "440106,2020,142,9\n440104,2020,12.5,9\n",
        "utf-8",
    )
    visitor = visit("en-GB")
    page = visitor.page
    visitor.open("submit?framework=county-conditions")
    upload(visitor, path, "Error to correct")
    page.get_by_text("Correct single values here").click()
    grid = page.locator("[data-testid=stDataFrame] canvas").first
    grid.scroll_into_view_if_needed()
    # The grid is a canvas: its first cell by the mouse, then to the right by the keyboard.
    # Nothing in the page says when it is ready to be typed into, so it is tried again.
    again = page.get_by_role("button", name="Check again with these values")
    for _ in range(5):
        page.wait_for_timeout(1_000)
        box = grid.bounding_box()
        page.mouse.click(box["x"] + 20, box["y"] + 52)
        for _ in range(4):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
        page.keyboard.type("12.4", delay=50)
        page.keyboard.press("Enter")
        page.wait_for_timeout(2_000)
        if again.is_enabled():
            break
    again.click()
    page.wait_for_selector("text=See the scores", timeout=30_000)
    visitor.settle()
    page.reload()
    page.wait_for_selector("text=See the scores", timeout=30_000)
    visitor.settle()
    assert "Error to correct" not in visitor.text()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("report.pdf", b"%PDF-1.7 \n", "This is a PDF"),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(100), "This is a picture"),
    ],
)
def test_any_file_may_be_dropped_and_is_answered(visit, tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    visitor = visit("en-GB")
    visitor.open("submit?framework=county-conditions")
    upload(visitor, path, said)
    assert visitor.page.locator("[data-testid=stException]").count() == 0
