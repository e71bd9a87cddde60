"""The store, opened once for all requests and sessions of this process, and what is read from it.

Everything cached here is shared between sessions and must not be changed. Keys
hold the store's mark, which moves with everything that is done.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import streamlit as st

from govmaturity.framework.model import Framework
from govmaturity.store.base import DATABASE
from govmaturity.store.difference import Difference
from govmaturity.store.errors import NotFoundError
from govmaturity.store.known import Names, Round
from govmaturity.store.latest import Latest
from govmaturity.store.queue import VALUES_MOVE, QueueItem
from govmaturity.store.receipt import Receipt
from govmaturity.store.releases import Step
from govmaturity.store.service import Store, open_store
from govmaturity.store.states import Submission
from govmaturity.store.uploads import working_directory
from govmaturity.units.registry import Registry, registry
from govmaturity.units.search import UnitIndex
from govmaturity.values.table import Values
from ui.people import who

Key = tuple[str, str, str, str, str]
"""The store's folder and mark, then framework, version and period."""


def store() -> Store:
    """Return the store of the working directory; the first call makes or migrates its database."""
    return _opened(working_directory())


@lru_cache(maxsize=1)
def _opened(home: Path) -> Store:
    return open_store(home)


def forget() -> None:
    """Let go of what was opened and read; for tests, which have a folder each."""
    _opened.cache_clear()
    st.cache_resource.clear()


def units() -> Registry:
    """The units that there are this year, after the changes that administrators recorded."""
    return _units(str(working_directory()))


# Asked for many times in a run; what another process records is seen within seconds.
@st.cache_resource(show_spinner=False, max_entries=2, ttl=5)
def _units(home: str) -> Registry:
    return registry() if not is_there() or trouble() else store().units.registry(who())


def forget_units() -> None:
    """Read the changes of units anew: one was recorded or withdrawn."""
    _units.clear()


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
    return _latest_values(str(working_directory()), framework.id, str(framework.version), revisions)


# Of a whole country these take a second to read, and a page is run at every click.
@st.cache_resource(show_spinner=False, max_entries=4)
def _latest_values(
    home: str, framework: str, version: str, revisions: tuple[int, ...]
) -> Values | None:
    return store().latest_values(who(), framework, version)


def names() -> Names:
    """What links may name of the store (see `known.names`)."""
    return store().names(who())


def rounds(kept: Store) -> tuple[Round, ...]:
    """Return the rounds in which something was sent, the latest first."""
    return _rounds(str(kept.base.home), kept.mark(who()), kept)


@st.cache_resource(show_spinner=False, max_entries=4)
def _rounds(home: str, mark: int, _kept: Store) -> tuple[Round, ...]:
    return _kept.rounds(who())


def queue(key: Key, kept: Store) -> tuple[QueueItem, ...]:
    """Return what waits in a round, the most doubtful first.

    Of a whole country that takes seconds, and is done anew only when values have moved.
    """
    moved = kept.mark(who(), VALUES_MOVE)
    return _left(key, _queue(key[0], moved, *key[2:], kept), kept)


@st.cache_resource(show_spinner=False, max_entries=4)
def _queue(
    home: str, moved: int, framework: str, version: str, period: str, _kept: Store
) -> tuple[QueueItem, ...]:
    return _kept.queue(who(), framework, version, period)


@st.cache_resource(show_spinner=False, max_entries=4)
def _left(key: Key, _items: tuple[QueueItem, ...], _kept: Store) -> tuple[QueueItem, ...]:
    return _kept.still_waiting(who(), _items, *key[2:])


def latest(kept: Store, submission: Submission) -> Latest:
    """Return what the latest revision of a submission says; a revision never changes."""
    return _latest(str(kept.base.home), submission.id, submission.revision, kept)


@st.cache_resource(show_spinner=False, max_entries=16)
def _latest(home: str, submission: int, revision: int, _kept: Store) -> Latest:
    return _kept.latest(who(), submission)


@st.cache_resource(show_spinner=False, max_entries=4)
def submissions(key: Key, _kept: Store) -> dict[str, Submission]:
    """Return the submissions of a round, by unit."""
    return {one.unit: one for one in _kept.submissions.all(who(), *key[2:])}


@st.cache_resource(show_spinner=False, max_entries=4)
def unit_index(key: Key, _ids: tuple[str, ...]) -> UnitIndex:
    """Return what the units of a round can be found by."""
    return UnitIndex(_ids, units())


def steps(kept: Store, framework: str) -> tuple[Step, ...]:
    """Return the releases of a framework, the latest first, each against the one before."""
    return _steps(str(kept.base.home), kept.mark(who()), framework, kept)


@st.cache_resource(show_spinner=False, max_entries=4)
def _steps(home: str, mark: int, framework: str, _kept: Store) -> tuple[Step, ...]:
    return _kept.releases.steps(who(), framework)


def difference(kept: Store, old: str, new: str) -> Difference:
    """Return what two releases say differently; neither ever changes."""
    return _difference(str(kept.base.home), old, new, kept)


@st.cache_resource(show_spinner=False, max_entries=8)
def _difference(home: str, old: str, new: str, _kept: Store) -> Difference:
    return _kept.releases.difference(who(), old, new)
