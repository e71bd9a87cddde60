"""The store, opened once for all requests and sessions of this process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import streamlit as st

from govmaturity.framework.model import Framework
from govmaturity.store.base import DATABASE
from govmaturity.store.errors import NotFoundError
from govmaturity.store.receipt import Receipt
from govmaturity.store.service import Store, open_store
from govmaturity.store.states import Submission
from govmaturity.store.uploads import working_directory
from govmaturity.values.table import Values
from ui.people import who


def store() -> Store:
    """Return the store of the working directory; the first call makes or migrates its database."""
    return _opened(working_directory())


def is_there() -> bool:
    """Whether anything was ever kept here; asking makes nothing."""
    return (working_directory() / DATABASE).exists()


def trouble() -> str:
    """Why the store cannot be opened; empty where it can."""
    try:
        store()
    except (LookupError, OSError) as fault:
        return str(fault)
    return ""


def receipt(id_: str) -> Receipt | None:
    """A receipt that the person at the browser may read; None where there is no such one."""
    if trouble():
        return None
    try:
        return store().submissions.receipt(who(), id_)
    except NotFoundError:
        return None


def sent(framework: Framework) -> tuple[Submission, ...]:
    """The submissions of the units of the person at the browser, for a framework."""
    return store().submissions.all(who(), framework.id, str(framework.version))


def latest_values(framework: Framework) -> Values | None:
    """What was sent last of these units; None where nothing was."""
    revisions = tuple(one.revision for one in sent(framework))
    if not revisions:
        return None
    return _latest(str(working_directory()), framework.id, str(framework.version), revisions)


# Of a whole country these take a second to read, and a page is run at every click.
@st.cache_resource(show_spinner=False, max_entries=4)
def _latest(home: str, framework: str, version: str, revisions: tuple[int, ...]) -> Values | None:
    return store().latest_values(who(), framework, version)


@lru_cache(maxsize=1)
def _opened(home: Path) -> Store:
    return open_store(home)
