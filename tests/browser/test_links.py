"""A link shows another person the same: every control of every page, in another browser."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlparse

import pytest

SIMULATED = "framework=county-digital-government"
FORMAT = re.compile(r"\s+")

# A page with every control of it away from its default: what the page must say then.
VIEWS = {
    "?{f}&region=440100&region2=360700&start=closed": ["of Guangzhou", "of Ganzhou"],
    "?{f}&lens=&weights=equal&tables=levels,dimensions": ["Equal weights"],
    "map?{f}&node=G&classes=quantile&beside=scatter&node2=D&brush=440103,440104": ["Picked out: 2"],
    "map?{f}&drawn=change&before=2022&beside=histogram": ["From 2022 to 2024"],
    "map?{f}&drawn=pair&node2=D&beside=table": ["Second node"],
    "map?{f}&drawn=parts&tier=prefecture": ["differ most in"],
    "ranking?{f}&sort=G&search=thq": ["Tianhe"],
    "unit?{f}&units=440106,440103&peers=kind&search=guangzhou": ["differ most in"],
    "imbalance?{f}&node=G&weighting=resident&group=kind": ["by resident"],
    "trend?{f}&period=2023&before=2022&units=440103": ["2022 to 2023"],
    "method?{f}&node=G1.1": ["G1.1"],
    "export?{f}&period=2023&region=440100": ["2024"],
}


def words(visitor):
    """What the page says, without what a network may reorder."""
    return FORMAT.sub(" ", visitor.text())


def shown(visitor):
    """Values of all boxes and the titles of all pictures."""
    boxes = visitor.page.eval_on_selector_all(
        "[data-testid=stMain] input", "all => all.map(one => one.value)"
    )
    titles = visitor.page.eval_on_selector_all(
        "[data-testid=stMain] .gtitle", "all => all.map(one => one.textContent)"
    )
    return boxes, titles


@pytest.mark.parametrize("path", VIEWS)
def test_the_copied_link_of_a_view_is_the_same_view_in_another_browser(visit, path):
    one = visit("en-GB")
    one.open(path.format(f=SIMULATED))
    one.page.wait_for_timeout(1_500)
    said = words(one)
    assert "names what is not here" not in said
    for expected in VIEWS[path]:
        assert expected in said
    one.page.get_by_role("button", name="Copy link").click()
    address = one.page.locator("[data-testid=stPopoverBody] code").inner_text().replace("\n", "")
    query = parse_qs(urlparse(address).query)
    assert query["language"] == ["en"]
    asked = parse_qs(urlparse(path.format(f=SIMULATED)).query)
    assert asked.items() <= query.items()

    # The other browser prefers Chinese, and still sees what was sent.
    other = visit("zh-CN")
    other.page.goto(address)
    other.settle()
    other.page.wait_for_timeout(1_500)
    one.page.keyboard.press("Escape")
    assert words(other) == said
    assert shown(other) == shown(one)


def test_a_choice_made_with_the_mouse_comes_into_the_address_and_goes_with_the_way_back(visit):
    visitor = visit("en-GB")
    page = visitor.page
    visitor.open(f"map?{SIMULATED}")
    for label, option, wanted in (
        ("Classes", "Quantiles", "classes=quantile"),
        ("Beside the map", "table", "beside=table"),
        ("Kind of map", "two at once", "drawn=pair"),
    ):
        page.get_by_role("combobox", name=label).click()
        page.get_by_role("option", name=option, exact=True).click()
        page.wait_for_url(f"**{wanted}*")
        visitor.settle()
    page.get_by_role("tab", name="Table").first.click()
    page.wait_for_url("**tables=map*")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("classes", "jenks"), ("drawn", "3d"), ("beside", "pie"), ("tier", "village")),
        *(("node2", "X9"), ("before", "1850"), ("brush", "999999"), ("region2", "nowhere")),
    ],
)
def test_what_a_link_names_and_is_not_here_falls_back_and_is_said(visit, name, value):
    visitor = visit("en-GB")
    visitor.open(f"map?{SIMULATED}&{name}={value}")
    assert "names what is not here" in visitor.text()
    assert value in visitor.text()
    assert name not in parse_qs(urlparse(visitor.page.url).query)


def test_units_framed_beside_the_map_are_picked_out_in_both_pictures(visit):
    visitor = visit("en-GB")
    page = visitor.page
    page.set_viewport_size({"width": 1366, "height": 1500})
    visitor.open("map?framework=county-conditions&beside=scatter")
    plane = page.locator(".js-plotly-plot").nth(1).locator(".nsewdrag")
    plane.wait_for()
    page.wait_for_timeout(1_500)
    box = plane.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.95, box["y"] + box["height"] * 0.6, steps=8)
    page.mouse.up()
    page.wait_for_url("**brush=*", timeout=30_000)
    visitor.settle()
    brushed = parse_qs(urlparse(page.url).query)["brush"][0].split(",")
    assert f"Picked out: {len(brushed)}" in visitor.text()
    page.get_by_role("button", name="Clear").click()
    page.wait_for_function("!location.search.includes('brush')")
