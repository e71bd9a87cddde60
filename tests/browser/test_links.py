"""A link shows another person the same: every page, every choice, in another browser."""

from __future__ import annotations

import re
from dataclasses import fields
from urllib.parse import parse_qsl, urlencode, urlparse

import pytest

from govmaturity.store import own_outlines, uploads
from govmaturity.store.uploads import HOME_SETTING
from tests.browser.conftest import Visitor
from tests.browser.views import (
    CENSUS,
    FILLED_LINKS,
    GONE,
    LINKS,
    OUTLINES,
    RECEIPT,
    RELEASE,
    SIMULATED,
    UPLOAD,
    Link,
    many_units,
    outlines,
    pages,
    prepared,
    published,
)
from ui.state import NAMES, State

NOT_HERE = "The link names what is not here"
# What nothing can be wrong with: any text is searched for, and a table that a page
# does not have leaves its pictures as they are.
FREE = {"search", "tables"}
# A choice that is only there where several framework versions were sent for: tests/ui tries it.
ONE_OF_ONE = {"version"}
# Said in sentences of their own.
OWN_WORDS = {"framework": "There is no framework", "data": "The upload named in the link is not"}

# What a reader sees of a page: words, values of boxes, titles of pictures, what is picked in
# rows of buttons, pages and tabs. Widths of pictures and the like are left out.
SEEN = r"""
() => {
  const main = document.querySelector('[data-testid=stMain]');
  const all = (parts, of) => [...main.querySelectorAll(parts)].map(of);
  return {
    words: main.innerText.replace(/\s+/g, ' '),
    boxes: all('input', one => one.value),
    titles: all('.gtitle', one => one.textContent),
    picked: all('button[aria-checked=true], button[aria-current], [aria-pressed=true],'
      + ' [data-testid$=Active]', one => 'picked: ' + one.innerText),
    tabs: all('[role=tab][aria-selected=true]', one => 'tab: ' + one.innerText),
  };
}
"""


@pytest.fixture(scope="module")
def files(home) -> dict[str, str]:
    """Ids of a file with more units than one page of the ranking holds, and of own outlines."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_SETTING, str(home))
        return {
            UPLOAD: uploads.keep(many_units(), "many.csv", CENSUS).id,
            OUTLINES: own_outlines.keep(outlines().content),
            RECEIPT: prepared(home),
            RELEASE: published(home),
        }


@pytest.fixture(scope="module")
def readers(app, browser):
    """One who sends links, in English, and one whose browser prefers Chinese."""
    contexts = [
        browser.new_context(locale=locale, viewport={"width": 1366, "height": 768})
        for locale in ("en-GB", "zh-CN")
    ]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def seen(page) -> dict[str, object]:
    """What is on a page once nothing moves any more."""
    Visitor(page, "").rest()
    found: dict[str, object] = page.evaluate(SEEN)
    return found


def flat(found: dict[str, object]) -> str:
    return "\n".join(
        "\n".join(part) if isinstance(part, list) else str(part) for part in found.values()
    )


def asked(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlparse(address).query))


def test_no_page_and_no_choice_is_without_a_link_that_shows_it():
    links = (*LINKS, *FILLED_LINKS)
    assert {link.page for link in links} == set(pages())
    shown = {name for link in links for name in link.shows}
    assert shown | ONE_OF_ONE == set(NAMES)
    for link in links:
        assert set(link.shows) <= set(link.choices), link.page
        assert State(**link.choices), link.page


def test_every_choice_but_those_nothing_can_be_wrong_with_is_tried_with_what_is_not_here():
    assert set(GONE) | set(OWN_WORDS) | FREE == {field.name for field in fields(State)}


def name_of(link: Link) -> str:
    return f"{link.page}-{'-'.join(link.shows)}"


@pytest.mark.parametrize("link", LINKS, ids=name_of)
def test_the_copied_link_is_the_same_view_in_another_browser(app, readers, files, link: Link):
    the_same_in_another_browser(app, readers, files, link)


@pytest.mark.parametrize("link", FILLED_LINKS, ids=name_of)
def test_the_same_holds_for_what_is_kept(filled_app, readers, link: Link):
    the_same_in_another_browser(filled_app, readers, {}, link)


def the_same_in_another_browser(app, readers, files, link: Link):
    sender, receiver = readers
    sender.goto(f"{app}/{link.path(files)}")
    here = seen(sender)
    assert NOT_HERE not in here["words"]
    text = flat(here)
    missing = {name: words for name, words in link.shows.items() if words not in text}
    assert not missing, text

    copied = link_of(sender)
    assert asked(link.path(files)).items() <= asked(copied).items()
    receiver.goto(copied)
    assert seen(receiver) == here


def link_of(page) -> str:
    """What the button behind the title gives to copy."""
    page.get_by_role("button", name=re.compile("Copy link|复制链接")).click()
    address = page.locator("[data-testid=stPopoverBody] code").inner_text().replace("\n", "")
    page.keyboard.press("Escape")
    return address


def test_what_is_not_here_is_said_by_name_and_set_back(app, readers):
    page = readers[0]
    page.goto(f"{app}/map?{urlencode(GONE)}")
    said = seen(page)["words"]
    assert NOT_HERE in said
    assert [name for name, value in GONE.items() if f'"{value}"' not in said] == []
    assert set(asked(page.url)) & set(GONE) == set()
    page.goto(f"{app}/map")
    assert seen(page)["titles"]
    assert page.locator("[data-testid=stException]").count() == 0


@pytest.mark.parametrize("name", OWN_WORDS)
def test_a_framework_or_an_upload_that_is_gone_is_said(app, readers, name):
    page = readers[0]
    page.goto(f"{app}/ranking?{name}=gone")
    assert OWN_WORDS[name] in seen(page)["words"]


def test_what_nothing_can_be_wrong_with_is_shown_or_left_aside(app, readers):
    page = readers[0]
    page.goto(f"{app}/ranking?search=nowhere%20at%20all&tables=none_of_these")
    found = seen(page)
    assert "nowhere at all" in found["words"]
    page.goto(f"{app}/ranking?tables=none_of_these")
    assert "tab: Table" not in seen(page)["tabs"]
    assert found["tabs"] == [] or "tab: Table" not in found["tabs"]


def test_a_choice_made_with_the_mouse_comes_into_the_address_and_the_way_back_undoes_it(
    app, readers
):
    page = readers[0]
    page.goto(f"{app}/ranking?framework={SIMULATED}&language=en")
    before = seen(page)
    page.get_by_role("combobox", name="Region").click()
    page.get_by_role("option", name="Guangzhou").click()
    page.wait_for_url("**region=440100*")
    assert seen(page) != before
    page.go_back()
    page.wait_for_function("!location.search.includes('region')")
    assert seen(page) == before
