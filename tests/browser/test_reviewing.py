"""A figure on its way into public: opened, returned, corrected, approved, published, downloaded."""

from __future__ import annotations

import csv
import io
import urllib.request

import pytest

from govmaturity.store.people import LOCAL
from govmaturity.store.service import open_store
from tests.browser.conftest import free_port, served, visitors_of
from tests.browser.filling import LIWAN, PERIOD, fill, send_again
from tests.browser.views import SIMULATED


@pytest.fixture
def home(tmp_path):
    fill(tmp_path)
    return tmp_path


@pytest.fixture
def visit_own(home, browser):
    """Visitors of an app whose store this test changes."""
    port = free_port()
    command = ("streamlit", "run", "app.py", "--server.port", str(port))
    with served(home, port, *command) as address:
        yield from visitors_of(browser, address)


def fill_in(visitor, label: str, text: str) -> None:
    box = visitor.page.locator("[data-testid=stPopoverBody]").get_by_label(label)
    box.fill(text)
    # Streamlit takes what was typed once the box is left.
    box.blur()
    visitor.settle()


def test_a_returned_figure_comes_back_corrected_and_is_published_as_it_was_sent(visit_own, home):
    visitor = visit_own("en-GB")
    page = visitor.page
    visitor.open(f"review?framework={SIMULATED}&language=en&opened={LIWAN}")
    assert "outside the usual range (1.1)" in visitor.text()

    page.get_by_role("button", name="Return…").click()
    fill_in(visitor, "Reason (needed)", "D2.4 is far from last year")
    page.get_by_role("button", name="Return now").click()
    page.wait_for_selector("text=Returned to Liwan District with the reason.")

    store = open_store(home)
    send_again(store, LIWAN, {"D2.4": "3.3"})
    store.close()

    visitor.open(f"review?framework={SIMULATED}&language=en&opened={LIWAN}&value=D2.4")
    visitor.rest()
    assert "1 changed" in visitor.text()
    assert "within what is usual" in visitor.text()
    page.get_by_role("button", name="Approve", exact=True).click()
    page.get_by_role("button", name="Approve now").click()
    page.wait_for_selector("text=Approved 1 submission.")

    visitor.open(f"releases?framework={SIMULATED}&language=en")
    page.get_by_role("button", name="Publish…").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_selector("text=3 releases are public")

    with urllib.request.urlopen(f"{visitor.address}/data/latest/values.csv") as answer:
        rows = list(csv.DictReader(io.StringIO(answer.read().decode("utf-8-sig"))))
    published = [
        row["value"]
        for row in rows
        if (row["unit"], row["period"], row["indicator"]) == (LIWAN, PERIOD, "D2.4")
    ]
    assert published == ["3.3"]
    store = open_store(home)
    release = store.releases.all(LOCAL)[0]
    assert store.releases.check(LOCAL, release.id).is_sound
    store.close()


def test_a_click_on_a_bar_opens_that_submission(visit_filled):
    visitor = visit_filled("en-GB")
    visitor.open(f"review?framework={SIMULATED}&language=en")
    visitor.rest()
    bar = visitor.page.locator(".js-plotly-plot .bars .point path").nth(2)
    box = bar.bounding_box()
    visitor.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visitor.page.wait_for_url("**opened=*")
    # The bar that was clicked must not open it again.
    visitor.rest()
    visitor.page.get_by_role("button", name="Back to the list").click()
    visitor.page.wait_for_selector("text=20 submissions wait", timeout=60_000)
    visitor.rest()
    assert "opened" not in visitor.page.url


def test_a_split_is_recorded_and_a_code_of_its_own_is_known_from_then_on(visit_own, home):
    visitor = visit_own("en-GB")
    page = visitor.page
    visitor.open("administer?section=units&language=en")
    page.get_by_text("Record a change", exact=True).click()
    form = page.locator("[data-testid=stExpander]", has_text="Record a change")
    form.get_by_role("radio", name="split").click()
    visitor.rest()

    def fill(label: str, text: str, place: int = 0) -> None:
        box = form.get_by_label(label, exact=True).nth(place)
        box.fill(text)
        box.press("Tab")
        visitor.settle()

    fill("From year", "2021")
    box = form.get_by_role("combobox", name="Unit before")
    box.click()
    box.fill("440106")
    box.press("Enter")
    visitor.settle()
    fill("Code after", "440106", 0)
    fill("Share in %", "75", 0)
    fill("Code after", "440199", 1)
    fill("New name (Chinese)", "天河新区", 1)
    fill("New name (English)", "New Tianhe", 1)
    fill("Share in %", "25", 1)
    fill("Source or document", "Document 7")
    form.get_by_role("button", name="Record", exact=True).click()
    page.wait_for_selector("text=2 rows are recorded.")
    store = open_store(home)
    (recorded,) = store.units.all(LOCAL)
    assert [(one.successor, one.share) for one in recorded.changes] == [
        ("440106", 0.75),
        ("440199", 0.25),
    ]
    assert store.units.registry(LOCAL).full_name("440199", "zh") == "广东省 · 广州市 · 天河新区"
    store.close()
