"""A store with a life behind it, of which each test gets a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from govmaturity.store.service import Store, open_store
from govmaturity.store.uploads import HOME_SETTING
from tests.browser.filling import fill
from tests.conftest import ROOT
from ui import kept as kept_things
from ui.guard import ROUTED

SIMULATED = "county-digital-government"


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that is only copied."""
    home = tmp_path_factory.mktemp("filled")
    fill(home)
    return home


@pytest.fixture
def store(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The filled store, as pages and this test read and change it."""
    shutil.copytree(filled, tmp_path / "home")
    yield from opened_at(tmp_path / "home", monkeypatch)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store that nothing was sent to."""
    yield from opened_at(tmp_path / "home", monkeypatch)


def opened_at(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv(HOME_SETTING, str(home))
    made = kept_things.store()
    yield made
    made.close()
    kept_things.forget()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_SETTING, str(tmp_path))
    return tmp_path


@pytest.fixture
def kept(home: Path) -> Iterator[Store]:
    made = open_store(home)
    yield made
    made.close()


Opener = Callable[..., AppTest]


def link_in_words(page: str, *, label: str, icon: str = "") -> None:
    st.markdown(f"link to {page}: {label}")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opener:
    """Run a page with choices in its address, in English and on the simulated framework.

    Without the router Streamlit knows no other page: links to them are written as words.
    """
    monkeypatch.setattr(st, "page_link", link_in_words)

    def run(page: str, **choices: str) -> AppTest:
        at = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=60)
        at.session_state[ROUTED] = True
        given = {"framework": SIMULATED, "language": "en"} | choices
        for name, value in given.items():
            at.query_params[name] = value
        at.run()
        assert not at.exception, at.exception
        return at

    return run


def press(at: AppTest, label: str, place: int = 0) -> AppTest:
    """Press a button by its label."""
    found = [one for one in at.button if one.label == label]
    assert found, f"no button {label!r}; there are {[one.label for one in at.button]}"
    found[place].click()
    at.run()
    assert not at.exception, at.exception
    return at


def finding(at: AppTest) -> str:
    """The sentence a page opens with."""
    return str(at.header[0].value).replace("&#58;", ":")


def said(at: AppTest) -> str:
    """All words of a page."""
    parts = [*at.header, *at.subheader, *at.markdown, *at.caption, *at.info, *at.success]
    parts += [*at.warning, *at.error]
    return "\n".join(str(one.value) for one in parts)
