"""A person draws the map on outlines of their own: brought, shown, linked, given up."""

from __future__ import annotations

from urllib.parse import parse_qs, urlparse

from tests.intake.test_outlines import feature, file_of, square


def given(tmp_path, content):
    path = tmp_path / "zones.geojson"
    path.write_bytes(content)
    return path


def take(visitor, path, system="CGCS2000"):
    page = visitor.page
    # A file given while the page is made anew would go to a box that is replaced.
    visitor.rest()
    page.get_by_text("Draw on outlines of your own").click()
    visitor.rest()
    page.get_by_text(system).last.click()
    visitor.rest()
    page.locator("input[type=file]:enabled").set_input_files(path)


def test_own_outlines_are_drawn_said_and_carried_by_the_link(visit, tmp_path):
    names = ("440103", "440106", "440111")
    rings = [feature([square(113.2 + 0.1 * i)], adcode=name) for i, name in enumerate(names)]
    visitor = visit("en-GB")
    page = visitor.page
    visitor.open("map?framework=county-conditions&region=440100")
    take(visitor, given(tmp_path, file_of(*rings, feature(adcode="1"))))
    page.wait_for_url("**outlines=*")
    visitor.settle()
    assert "3 units have outlines of your own" in visitor.text()
    assert "left out: number 4" in visitor.text()
    page.wait_for_selector(".choroplethlayer path")
    assert page.locator(".choroplethlayer path").count() == 3
    note = page.locator(".js-plotly-plot .infolayer").first.text_content()
    assert "zones.geojson" in note
    assert "cnmaps" not in note

    other = visit("zh-CN")
    other.page.goto(page.url)
    other.settle()
    other.page.wait_for_selector(".choroplethlayer path")
    assert other.page.locator(".choroplethlayer path").count() == 3
    # Eight of Guangzhou's eleven districts are not in the file, and still to be reached.
    tiles = other.page.locator('[aria-label*="8 个评价对象没有地图轮廓"]')
    tiles.wait_for()
    assert "海珠区" in str(tiles.text_content())

    page.get_by_role("button", name="Delete my outlines").click()
    page.wait_for_function("!location.search.includes('outlines')")
    other.page.reload()
    other.settle()
    assert "自己的轮廓" in other.text()
    assert "outlines" not in parse_qs(urlparse(other.page.url).query)
    assert visitor.outside == other.outside == []


def test_outlines_in_another_system_are_refused_with_what_to_do(visit, tmp_path):
    visitor = visit("en-GB")
    visitor.open("map?framework=county-conditions&region=440100")
    metres = file_of(feature([square(4e5, 2.5e6, 1e4)], adcode="440106"))
    take(visitor, given(tmp_path, metres))
    visitor.page.get_by_text("metres, not degrees").wait_for()
    assert "outlines=" not in visitor.page.url
    visitor.page.get_by_text("Another one: Baidu").click()
    visitor.page.get_by_text("would stand in the wrong place").wait_for()
    visitor.settle()
    assert visitor.page.locator("input[type=file]").count() == 0
