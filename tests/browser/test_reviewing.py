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
