"""Barriers: axe finds none that are serious, the keyboard reaches everything, pictures are told."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from tests.browser.views import (
    CENSUS,
    OF_STORE,
    PUBLISHED,
    ROOT,
    SIMULATED,
    pages,
    path_of,
    prepared,
    published,
)

AXE = ROOT / "tests" / "browser" / "node_modules" / "axe-core" / "axe.min.js"
LOCALES = ["zh-CN", "en-GB"]
SERIOUS = ("serious", "critical")
# What Streamlit 1.67 draws itself and gives no way to change, by axe's rule and the very
# part: its menu of pages puts a heading's item and the links' list into lists of lists.
STREAMLITS_OWN = {
    "list": "[data-testid=stSidebarNavItems]",
    "listitem": "[data-testid=stSidebarNavItems] > div > li",
}
# What a mouse can use on a page: each has to be reached by the keyboard too. Tabs but the
# chosen one, and the arrow that opens a box, are reached with the arrow keys; tools of a
# picture repeat what its downloads and its table offer.
NUMBER_CONTROLS = """
() => {
  const all = [...document.querySelectorAll('[data-testid=stMain] button,'
      + ' [data-testid=stMain] input, [data-testid=stMain] a[href]')]
    .filter(one => one.getClientRects().length && !one.disabled
      && !one.closest('.modebar, [data-testid=stElementToolbar]')
      && !(one.getAttribute('role') === 'tab' && one.getAttribute('aria-selected') === 'false')
      && !(one.tagName === 'BUTTON' && one.closest('[data-testid=stSelectbox]')));
  all.forEach((one, place) => one.setAttribute('data-place', place));
  return all.map(one => one.outerHTML.slice(0, 160));
}
"""
FOCUSED = """
() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const main = document.querySelector('[data-testid=stMain]');
  if (!main.contains(one)) return null;
  return {
    place: one.dataset.place === undefined ? null : Number(one.dataset.place),
    top: box.top + main.scrollTop,
    bottom: box.bottom + main.scrollTop,
    width: box.width,
  };
}
"""
PICTURES = """
() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')]
  .map(one => [one.querySelector('.gtitle').textContent, one.getAttribute('aria-label')])
"""


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.is_file():
        # Never skipped: a green run without it would prove nothing.
        pytest.fail("axe-core is not there; run: npm ci --prefix tests/browser")
    return AXE.read_text("utf-8")


def serious(page, axe: str) -> list[str]:
    """What axe finds and is neither light nor Streamlit's own, with where it is."""
    page.evaluate(axe)
    found = page.evaluate("axe.run().then(all => all.violations)")
    return [
        f"{one['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"]
        if not is_streamlits_own(page, one["id"], node["target"])
    ]


def is_streamlits_own(page, rule: str, target: list[str]) -> bool:
    part = STREAMLITS_OWN.get(rule)
    asked = f"one => one.matches({json.dumps(part)})"
    return part is not None and bool(page.locator(target[-1]).first.evaluate(asked))


@pytest.mark.parametrize("locale", LOCALES)
def test_no_page_has_a_serious_barrier_and_every_picture_is_told(visit, axe, locale):
    visitor = visit(locale)
    found, untold = {}, []
    for page in pages():
        visitor.open(f"{path_of(page)}?framework={SIMULATED}")
        visitor.rest()
        found[page] = serious(visitor.page, axe)
        for title, words in visitor.page.evaluate(PICTURES):
            # More than its title: the finding, or what is measured, of whom.
            if len(words or "") < len(title) + 10:
                untold.append((page, title, words))
    assert {page: faults for page, faults in found.items() if faults} == {}
    assert untold == []


@pytest.mark.parametrize("locale", LOCALES)
def test_pages_about_what_is_kept_have_no_serious_barrier_either(visit_filled, axe, locale):
    visitor = visit_filled(locale)
    found, untold = {}, []
    for page in (
        *(f"{name}?framework={SIMULATED}" for name in OF_STORE),
        f"review?framework={SIMULATED}&opened=440106",
        *(f"administer?framework={SIMULATED}&section={part}" for part in ("frameworks", "log")),
    ):
        visitor.open(page)
        visitor.rest()
        found[page] = serious(visitor.page, axe)
        for title, words in visitor.page.evaluate(PICTURES):
            if len(words or "") < len(title) + 10:
                untold.append((page, title, words))
    assert {page: faults for page, faults in found.items() if faults} == {}
    assert untold == []


@pytest.mark.parametrize("locale", LOCALES)
def test_axe_finds_nothing_serious_where_something_is_said_or_opened(visit, axe, locale):
    visitor = visit(locale)
    # A warning, two regions, tables in place of pictures, an open panel.
    visitor.open(f"?framework={SIMULATED}&region=440100&region2=360700&tables=levels&lens=gone")
    visitor.rest()
    visitor.page.get_by_test_id("stPopoverButton").nth(1).click()
    visitor.page.wait_for_selector("[data-testid=stPopoverBody]")
    visitor.rest()
    assert serious(visitor.page, axe) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_axe_finds_nothing_serious_on_a_receipt_a_release_and_a_traced_figure(
    visit, axe, home, locale
):
    visitor = visit(locale)
    published(home)
    for path in (
        f"submit?framework={CENSUS}&receipt={prepared(home)}",
        f"unit?framework={CENSUS}&units=440106&traced=college_pct",
        f"ranking?framework={PUBLISHED}",
        f"unit?framework={PUBLISHED}&units=440103&traced=osi",
    ):
        visitor.open(path)
        visitor.rest()
        assert serious(visitor.page, axe) == [], path


def test_axe_would_find_a_text_too_light_and_a_field_without_a_name(visit, axe):
    visitor = visit("en-GB")
    visitor.open("export")
    visitor.rest()
    visitor.page.evaluate(
        "document.querySelector('h1').insertAdjacentHTML('afterend',"
        " '<p style=\"color:#aaa\">light</p><input>')"
    )
    rules = {fault.split(":")[0] for fault in serious(visitor.page, axe)}
    assert {"color-contrast", "label"} <= rules


@pytest.mark.parametrize("path", ["", "ranking"])
def test_the_keyboard_reaches_every_control_in_the_order_in_which_it_is_seen(visit, path):
    visitor = visit("en-GB")
    visitor.open(f"{path}?framework={SIMULATED}")
    visitor.rest()
    page = visitor.page
    controls = page.evaluate(NUMBER_CONTROLS)
    assert len(controls) > 10
    reached = []
    # The menu of pages comes first; after the page's own come the browser's controls.
    for _ in range(len(controls) + 150):
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUSED)
        if now is not None:
            reached.append(now)
        elif reached:
            break
    places = [one["place"] for one in reached if one["place"] is not None]
    missed = set(range(len(controls))) - set(places)
    assert [controls[place] for place in sorted(missed)] == []
    assert places == sorted(places), "the order of the keyboard is not that of the page"
    assert all(one["width"] for one in reached)
    # Never back up by more than a line: what stands side by side shares its line.
    for before, after in pairwise(reached):
        assert after["bottom"] > before["top"] - 60, (before, after)


def test_the_arrow_keys_change_from_the_picture_to_its_table(visit):
    visitor = visit("en-GB")
    visitor.open(f"ranking?framework={SIMULATED}")
    tab = visitor.page.get_by_role("tab", name="Chart")
    tab.focus()
    visitor.page.keyboard.press("ArrowRight")
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**tables=ranking*")
    visitor.page.wait_for_selector("[data-testid=stDataFrame]")
