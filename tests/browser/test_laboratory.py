"""The laboratory through the real page: sentence, table, export and link agree."""

import csv
import io
import re
from urllib.parse import parse_qs, urlparse

from govmaturity.__main__ import main


def test_imbalance_of_a_prefecture_says_in_words_what_its_export_holds(visit, root, tmp_path):
    visitor = visit("en-GB")
    page = visitor.page
    visitor.open("imbalance?framework=county-conditions&region=360700&node=people&period=2020")
    text = visitor.text()
    said = re.search(r"typically lie ([\d.]+) points from the mean", text)
    assert said, text[:400]
    page.locator("[data-testid=stPopover] button", has_text="Download").last.click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Table (csv)").last.click()
    rows = list(csv.DictReader(io.StringIO(waiting.value.path().read_text("utf-8-sig"))))
    found = {(row["measure"], row["weighting"]): row for row in rows if row["part"] == "total"}
    deviation = found["standard_deviation", "unit"]
    assert f"{float(deviation['value']):.1f}" == said[1]
    assert float(deviation["low"]) < float(deviation["value"]) < float(deviation["high"])
    assert int(deviation["n"]) == 18

    # The same figure from the command line, for the same counties.
    lines = (root / "data/samples/census-2020-guangzhou-ganzhou.csv").read_text("utf-8").split("\n")
    values = tmp_path / "ganzhou.csv"
    kept = [lines[0], *(line for line in lines[1:] if line.startswith("3607"))]
    values.write_text("\n".join(kept) + "\n", "utf-8")
    out = tmp_path / "i.csv"
    framework = root / "indicators/county-conditions.yaml"
    assert main(["imbalance", str(framework), str(values), "--node", "people", "-o", str(out)]) == 0
    told = next(
        row
        for row in csv.DictReader(io.StringIO(out.read_text("utf-8-sig")))
        if (row["measure"], row["weighting"], row["part"])
        == ("standard_deviation", "unit", "total")
    )
    assert float(told["value"]) == float(deviation["value"])

    other = visit("en-GB")
    other.page.goto(page.url)
    other.settle()
    assert said[0] in other.text()
    assert parse_qs(urlparse(other.page.url).query)["region"] == ["360700"]


def test_what_is_marked_on_the_map_of_clusters_is_marked_in_the_scatter(visit):
    visitor = visit("en-GB")
    page = visitor.page
    visitor.open("patterns?framework=county-conditions")
    page.wait_for_selector(".choroplethlayer path.choroplethlocation", timeout=30_000)
    shape = page.locator(".choroplethlayer path.choroplethlocation").first
    shape.scroll_into_view_if_needed()
    box = shape.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector("text=picked out", timeout=30_000)
    visitor.settle()
    assert parse_qs(urlparse(page.url).query)["brush"]
    other = visit("en-GB")
    other.page.goto(page.url)
    other.page.wait_for_selector("text=picked out", timeout=30_000)
    page.get_by_role("button", name="Clear").click()
    page.wait_for_selector("text=picked out", state="detached", timeout=30_000)


def test_ranks_come_with_their_range_and_whom_they_cannot_be_told_from(visit):
    visitor = visit("en-GB")
    visitor.open("unit?framework=county-conditions&units=440106")
    found = re.search(r"ranks (\d+) \((\d+)-(\d+) over the choices tried\) of 29", visitor.text())
    assert found
    rank, low, high = map(int, found.groups())
    assert low <= rank <= high
    visitor.open("robustness?framework=county-conditions")
    assert "overlapping groups" in visitor.text()
    visitor.page.wait_for_selector(".js-plotly-plot .scatterlayer")


def test_who_may_be_left_out_is_counted_in_people(visit):
    visitor = visit("zh-CN")
    visitor.open("divide?framework=county-conditions")
    assert re.search(r"同时具备 3 项及以上不利条件：常住人口 [\d.]+万", visitor.text())
    visitor.page.wait_for_selector(".choroplethlayer path.choroplethlocation", timeout=30_000)


def test_the_distribution_plays_through_the_periods(visit):
    visitor = visit("en-GB")
    visitor.open("trend?framework=county-digital-government&units=440106")
    picture = visitor.page.locator(".js-plotly-plot").nth(1)
    picture.get_by_text("Period 2024").wait_for()
    bars = picture.locator(".barlayer .point path")
    before = [bars.nth(place).get_attribute("d") for place in range(bars.count())]
    picture.get_by_text("▶ Play").click()
    picture.get_by_text("Period 2022").wait_for()
    picture.get_by_text("Period 2023").wait_for()
    picture.get_by_text("Period 2024").wait_for()
    visitor.page.wait_for_timeout(1_000)
    after = [bars.nth(place).get_attribute("d") for place in range(bars.count())]
    assert after == before
