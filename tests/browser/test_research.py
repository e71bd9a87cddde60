"""What a researcher tries through the real page: in the link, in the file, on the command line."""

import csv
import io
import re
from urllib.parse import parse_qs, urlparse

import pytest

from govmaturity.__main__ import main

SAMPLE = "data/samples/census-2020-guangzhou-ganzhou.csv"


def downloaded(page, button) -> bytes:
    with page.expect_download() as waiting:
        button.click()
    return waiting.value.path().read_bytes()


def test_what_is_tried_by_slider_is_in_the_link_and_in_a_file_that_scores_alike(
    visit, root, tmp_path
):
    visitor = visit("en-GB")
    page = visitor.page
    visitor.open("what_if?framework=county-conditions")
    assert "Nothing is changed yet" in visitor.text()
    slider = page.get_by_role("slider").first
    slider.focus()
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
    page.wait_for_selector("text=change rank", timeout=30_000)
    visitor.settle()
    tried = parse_qs(urlparse(page.url).query)["tried"][0]
    assert re.fullmatch(r"w~people~\d+,w~place~25,w~means~25", tried)
    finding = page.locator("[data-testid=stMain] h2").first.inner_text()

    other = visit("en-GB")
    other.page.goto(page.url)
    other.settle()
    assert other.page.locator("[data-testid=stMain] h2").first.inner_text() == finding

    file = tmp_path / "what-if.yaml"
    file.write_bytes(
        downloaded(page, page.get_by_role("button", name="Download the framework (YAML)"))
    )
    out = tmp_path / "scores.csv"
    told = ["score", str(file), str(root / SAMPLE), "--weights", "what_if", "-o", str(out)]
    assert main(told) == 0
    page.locator("[data-testid=stPopover] button", has_text="Download").first.click()
    shown = downloaded(page, page.get_by_role("button", name="Table (csv)"))
    rows = csv.DictReader(io.StringIO(shown.decode("utf-8-sig")))
    on_page = sorted(float(row["Score (as tried)"]) for row in rows)
    lines = csv.DictReader(io.StringIO(out.read_text("utf-8-sig")))
    scored = sorted(float(row["score"]) for row in lines if row["node"] == "conditions")
    assert on_page == scored


def test_levels_alone_are_chosen_under_more_and_stay_from_page_to_page(visit):
    visitor = visit("en-GB")
    page = visitor.page
    visitor.open("ranking?framework=county-conditions")
    page.get_by_test_id("stMain").get_by_role("button", name="More").click()
    page.get_by_label("Published as").click()
    page.get_by_role("option", name="scores and levels, no ranks").click()
    page.wait_for_selector("text=How often each level comes out", timeout=30_000)
    visitor.settle()
    assert page.inner_text("h1").startswith("Levels")
    page.get_by_role("link", name="Unit").click()
    page.wait_for_selector("text=comes out at level", timeout=30_000)
    visitor.settle()
    assert parse_qs(urlparse(page.url).query)["ranks"] == ["none"]
    # The mark on top says that there are none.
    assert not re.search(r"\brank", visitor.text().replace("no ranks", ""), re.IGNORECASE)


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_the_map_of_correlations_can_be_read_with_many_indicators(visit, locale):
    visitor = visit(locale)
    visitor.open("consistency?framework=county-digital-government")
    visitor.page.wait_for_selector(".js-plotly-plot .heatmaplayer", timeout=30_000)
    assert visitor.cut_off() == []
