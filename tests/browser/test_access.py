"""Accessibility: axe finds nothing serious or critical on any page, in both languages."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_pages import PAGES

# What Streamlit draws itself and gives no way to change. Each is left out by its rule
# and its own part of the page, nothing else.
STREAMLITS_OWN: dict[str, tuple[str, ...]] = {}


def serious(page):
    found = Axe().run(page).response["violations"]
    left = []
    for violation in found:
        if violation["impact"] not in ("serious", "critical"):
            continue
        known = STREAMLITS_OWN.get(violation["id"], ())
        for node in violation["nodes"]:
            if not any(part in node["html"] for part in known):
                left.append((violation["id"], node["target"], node["html"][:200]))
    return left


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(visit, name, locale):
    visitor = visit(locale)
    visitor.open(f"{name}?framework=county-digital-government")
    visitor.page.wait_for_timeout(1_000)
    assert serious(visitor.page) == []
