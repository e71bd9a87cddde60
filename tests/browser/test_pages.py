"""Every page, in both languages, on every kind of data: no fault, and no request to the outside."""

import pytest

from tests.browser.views import pages, path_of

PAGES = [path_of(page) for page in pages()]
FRAMEWORKS = ["county-conditions", "county-digital-government", "undp-hdi"]


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_every_page_shows_without_a_fault(visit, framework, locale):
    visitor = visit(locale)
    for page in PAGES:
        visitor.open(f"{page}?framework={framework}")
        assert visitor.page.locator("[data-testid=stException]").count() == 0, page
        assert visitor.cut_off() == [], page
        language = visitor.page.get_attribute("html", "lang")
        assert language == ("zh-CN" if locale == "zh-CN" else "en")
        heading = visitor.page.inner_text("h1")
        assert heading.isascii() == (locale == "en-GB"), heading


def test_the_language_follows_the_browser_and_the_address_overrides_it(visit):
    visitor = visit("en-GB")
    visitor.open("")
    assert "Overview" in visitor.page.inner_text("h1")
    visitor.open("?language=zh")
    assert "总览" in visitor.page.inner_text("h1")


def test_simulated_data_say_so_on_every_page_that_shows_them(visit):
    visitor = visit("en-GB")
    for page in ["", "map", "ranking", "unit", "imbalance", "trend", "export"]:
        visitor.open(f"{page}?framework=county-digital-government")
        assert "模拟数据 SIMULATED" in visitor.text(), page
        if page in ("", "map", "ranking", "unit", "imbalance", "trend"):
            visitor.page.wait_for_selector(".js-plotly-plot .infolayer")
            drawn = visitor.page.locator(".js-plotly-plot .infolayer").first
            assert "SIMULATED" in (drawn.text_content() or ""), page


def test_a_link_with_outdated_choices_still_opens(visit):
    visitor = visit("en-GB")
    visitor.open("unit?framework=gone&period=1850&region=999999&node=nothing&units=000000&lens=x")
    assert visitor.page.locator("[data-testid=stException]").count() == 0
    assert "There is no framework" in visitor.text()


def test_every_page_stands_in_the_menu(visit):
    visitor = visit("en-GB")
    visitor.open("")
    links = visitor.page.locator("[data-testid=stSidebarNavLink]")
    links.nth(len(PAGES) - 1).wait_for()
    assert links.count() == len(PAGES)
    assert all(link.is_visible() for link in links.all())
