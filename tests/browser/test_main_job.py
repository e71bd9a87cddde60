"""The main job through the real page: upload, read what is wrong, mend it, see it, take it out."""

import csv
import io
from urllib.parse import parse_qs, urlparse

import openpyxl
import pytest

from govmaturity.__main__ import main
from govmaturity.store import uploads

COLUMNS = [
    "share_65_plus_pct",
    "illiterate_15_plus_pct",
    "mean_years_schooling",
    "urban_population",
    "population",
    "college_male",
    "college_female",
    "bachelor_plus_male",
    "bachelor_plus_female",
    "employed_ict_sample",
    "employed_sample",
    "households_tap_water_sample",
    "households_sample",
    "households_with_car_sample",
]


def workbook(root, path, mistake):
    """A person's own workbook: a title above the table, eleven districts, perhaps one mistake."""
    sample = (root / "data/samples/census-2020-guangzhou-ganzhou.csv").read_text("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(sample)) if row["code"].startswith("4401")]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "数据"
    sheet.append(["广州市各区 2020 年普查数据"])
    sheet.append(["区划代码", "名称", "年份", *COLUMNS])
    for row in rows:
        sheet.append([row["code"], row["name"], 2020, *(float(row[name]) for name in COLUMNS)])
    if mistake:
        sheet["D5"] = 142
    book.save(path)
    return path


def click_a_shape(page):
    """Click the first shape of the map whose middle is its own, as its hover text shows."""
    page.locator(".js-plotly-plot").first.scroll_into_view_if_needed()
    shapes = page.locator(".js-plotly-plot .choroplethlayer path.choroplethlocation")
    for place in range(shapes.count()):
        box = shapes.nth(place).bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        if box["width"] * box["height"] < 400 or not 0 < y < 768:
            continue
        page.mouse.move(x, y)
        page.wait_for_timeout(300)
        if page.locator(".hoverlayer .hovertext").count():
            page.mouse.click(x, y)
            return
    raise AssertionError("no shape of the map answers")


def test_a_workbook_with_a_mistake_is_mended_and_its_scores_come_out_as_on_the_command_line(
    visit, root, tmp_path
):
    visitor = visit("en-GB")
    page = visitor.page
    visitor.open("submit?framework=county-conditions")
    page.set_input_files("input[type=file]", workbook(root, tmp_path / "first.xlsx", mistake=True))
    page.wait_for_selector("text=Delete this file", timeout=30_000)
    visitor.settle()
    found = visitor.text()
    assert "D5" in found
    assert "142" in found
    assert "See the scores" not in found

    mended = workbook(root, tmp_path / "second.xlsx", mistake=False)
    page.set_input_files("input[type=file]", mended)
    page.wait_for_selector("text=See the map", timeout=30_000)
    visitor.settle()
    data = parse_qs(urlparse(page.url).query)["data"][0]

    page.click("text=See the map")
    page.wait_for_selector(".js-plotly-plot .choroplethlayer path", timeout=30_000)
    visitor.settle()
    assert parse_qs(urlparse(page.url).query)["data"] == [data]
    shapes = page.locator(".js-plotly-plot .choroplethlayer path.choroplethlocation")
    assert shapes.count() == 11
    click_a_shape(page)
    page.wait_for_url("**/unit?*", timeout=30_000)
    visitor.settle()
    unit = parse_qs(urlparse(page.url).query)["units"][0]
    assert unit.startswith("4401")
    assert "points" in visitor.text()

    visitor.open(f"export?framework=county-conditions&data={data}&language=en")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="csv", exact=True).first.click()
    downloaded = waiting.value.path().read_text("utf-8-sig")

    out = tmp_path / "scores.csv"
    framework = root / "indicators/county-conditions.yaml"
    assert main(["score", str(framework), str(mended), "-o", str(out)]) == 0
    expected = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    found = list(csv.DictReader(io.StringIO(downloaded)))
    assert [{key: row[key] for key in expected[0]} for row in found] == expected
    assert len(expected) == 11 * (1 + 3 + 8)


def test_an_upload_survives_a_reload_and_can_be_deleted(visit, root, tmp_path):
    visitor = visit("zh-CN")
    page = visitor.page
    visitor.open("submit?framework=county-conditions")
    page.set_input_files("input[type=file]", workbook(root, tmp_path / "mine.xlsx", mistake=False))
    page.wait_for_selector("text=删除此文件", timeout=30_000)
    visitor.settle()
    address = page.url
    page.reload()
    visitor.settle()
    assert "mine.xlsx" in visitor.text()

    other = visit("zh-CN")
    other.page.goto(address)
    other.settle()
    assert "mine.xlsx" in other.text()

    page.click("text=删除此文件")
    page.wait_for_selector("text=mine.xlsx", state="detached", timeout=30_000)
    other.page.reload()
    other.settle()
    assert "已不存在" in other.text()


@pytest.mark.parametrize("name", ["broken.xlsx", "empty.csv", "picture.xlsx", "words.csv"])
def test_a_file_that_is_no_table_gets_a_sentence_and_no_traceback(visit, tmp_path, name):
    content = {
        "broken.xlsx": b"PK\x03\x04 and then nothing",
        "empty.csv": b"",
        "picture.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(200),
        "words.csv": "此表为空\n请勿填写\n".encode("gb18030"),
    }[name]
    path = tmp_path / name
    path.write_bytes(content)
    visitor = visit("zh-CN")
    visitor.open("submit?framework=county-conditions")
    visitor.page.set_input_files("input[type=file]", path)
    visitor.page.wait_for_selector("text=错误（须更正", timeout=30_000)
    visitor.settle()
    assert visitor.page.locator("[data-testid=stException]").count() == 0
    assert "Traceback" not in visitor.text()
    # There is nothing in it that could be marked.
    assert "取回标好错误的原表" not in visitor.text()


def test_the_map_of_the_country_drills_down_by_a_click(visit, home, shared, monkeypatch):
    monkeypatch.setenv(uploads.HOME_SETTING, str(home))
    census = (shared / "data/census2020_counties.csv").read_bytes()
    data = uploads.keep(census, "census.csv", "county-conditions").id
    visitor = visit("en-GB")
    page = visitor.page
    visitor.open(f"map?framework=county-conditions&data={data}&language=en")
    page.wait_for_function(
        "document.querySelectorAll('.choroplethlocation').length > 2800", timeout=60_000
    )
    visitor.open(f"map?framework=county-conditions&data={data}&tier=province&language=en")
    page.wait_for_function(
        "(n => n > 20 && n < 100)(document.querySelectorAll('.choroplethlocation').length)",
        timeout=60_000,
    )
    visitor.settle()
    click_a_shape(page)
    page.wait_for_url("**region=*", timeout=30_000)
    visitor.settle()
    region = parse_qs(urlparse(page.url).query)["region"][0]
    assert region.endswith("0000")


def test_a_click_on_a_bar_opens_the_unit_and_from_there_the_card_of_an_indicator(visit):
    visitor = visit("en-GB")
    page = visitor.page
    visitor.open("ranking?framework=county-conditions")
    page.wait_for_selector(".barlayer .point path")
    page.locator(".barlayer .point path").nth(4).click(force=True)
    page.wait_for_url("**/unit?*", timeout=30_000)
    visitor.settle()
    page.wait_for_selector(".barlayer .point path")
    page.locator(".barlayer .point path").last.click(force=True)
    page.wait_for_url("**/method?*", timeout=30_000)
    visitor.settle()
    node = parse_qs(urlparse(page.url).query)["node"][0]
    assert node in visitor.text()
    # The bar was one figure of one unit: below the card stands where it came from.
    panel = page.locator("[class*=st-key-provenance]")
    panel.get_by_text("census-2020-guangzhou-ganzhou.csv").first.wait_for()
    # One step back is enough, and is not taken away again by the click that led here.
    page.go_back()
    page.wait_for_url("**/unit?*", timeout=30_000)
    visitor.settle()
    page.wait_for_timeout(1_500)
    assert "/unit" in page.url


@pytest.mark.parametrize(("format_", "begins"), [("PNG", b"\x89PNG"), ("SVG", b"<svg")])
def test_a_picture_is_saved_in_the_format_chosen(visit, format_, begins):
    visitor = visit("en-GB")
    page = visitor.page
    visitor.open("?framework=county-conditions")
    page.wait_for_selector(".js-plotly-plot .barlayer")
    page.locator("[data-testid=stPopover] button", has_text="Download").first.click()
    page.get_by_text(format_, exact=True).click()
    visitor.settle()
    page.wait_for_timeout(1_000)
    page.keyboard.press("Escape")
    page.locator(".js-plotly-plot").first.hover()
    with page.expect_download() as waiting:
        page.locator(".modebar-btn[data-title*='Download plot']").first.click(force=True)
    assert waiting.value.path().read_bytes().startswith(begins)
    assert waiting.value.suggested_filename == f"county-conditions-levels-2020.{format_.lower()}"


def test_a_click_on_a_figure_of_an_indicator_leads_to_its_cell(visit):
    visitor = visit("en-GB")
    page = visitor.page
    visitor.open("map?framework=county-conditions&node=mean_years_schooling&region=440100")
    visitor.rest()
    click_a_shape(page)
    page.wait_for_url("**/unit?**traced=mean_years_schooling**")
    page.wait_for_selector("text=/cell [A-Z]+[0-9]+/")
