"""What pages about the store share: who asks, which round, names in words, what was done.

Everything cached here is keyed by the store's mark, which moves with all that is done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Protocol, TypeVar

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from govmaturity.charts.theme import Caption
from govmaturity.framework.fields import Field, fields
from govmaturity.framework.model import Framework
from govmaturity.report.tables import MIME, as_file
from govmaturity.store.errors import StoreError
from govmaturity.store.figures import Figure
from govmaturity.store.known import Round
from govmaturity.store.queue import QueueItem
from govmaturity.store.service import Store
from govmaturity.store.states import Submission
from govmaturity.texts import numbers
from ui import choices, kept, loaders, state, widgets
from ui.guard import page
from ui.people import who
from ui.view import Frame

_SAID, _FAULT = "desk_said", "desk_fault"
_MOST_NAMED: Final = 2


@dataclass(frozen=True)
class Desk(Frame):
    """A frame over what is kept.

    `round` is what was sent in the period shown; `beside` is the room beside the
    choice of the period.
    """

    store: Store
    version: str
    period: str
    round: Round
    beside: DeltaGenerator

    @property
    def is_simulated(self) -> bool:
        return self.round.is_simulated

    @property
    def key(self) -> kept.Key:
        """Names what was read from the store, in caches."""
        mark = str(self.store.mark(who()))
        return (str(self.store.base.home), mark, self.framework.id, self.version, self.period)

    @cached_property
    def known(self) -> Framework:
        """The framework version that the values were sent for."""
        if self.version == str(self.framework.version):
            return self.framework
        return self.store.framework(who(), self.framework.id, self.version)

    @cached_property
    def fields(self) -> dict[str, Field]:
        return fields(self.known)

    @cached_property
    def is_locked(self) -> bool:
        """Whether the collection of the round takes nothing any more."""
        mine = (self.framework.id, self.version, self.period)
        return any(
            one.is_locked
            for one in self.store.collections.all(who())
            if (one.framework, one.version, one.period) == mine
        )

    def value_name(self, id_: str) -> str:
        """The name of what was entered; the id where the framework does not know it."""
        field = self.fields.get(id_)
        return self.words(field.name) if field else id_

    def value_names(self, ids: tuple[str, ...]) -> str:
        """The first names of several values, and how many more there are."""
        listed = self.say("frame.and").join(map(self.value_name, ids[:_MOST_NAMED]))
        if len(ids) <= _MOST_NAMED:
            return listed
        return self.say("review.and_more", listed=listed, n=len(ids))

    def figure_text(self, id_: str, figure: Figure | None) -> str:
        """A value with its unit of measure, or why there is none."""
        if figure is None:
            return numbers.NOTHING
        if figure.value is None:
            return self.say(f"cards.{figure.status}")
        field = self.fields.get(id_)
        if field is not None and field.options:
            for option in field.options:
                if option.value == figure.value:
                    return f"{option.code} {self.words(option.name)}"
        if field is not None and field.measure == "yes_no":
            return self.say("review.yes" if figure.value else "review.no")
        unit = self.words(field.unit_of_measure) if field else ""
        return numbers.with_unit(figure.value, unit, self.language).strip()

    def caption(
        self,
        title: str,
        unit: str,
        units: int,
        note: str = "",
        *,
        is_half: bool = False,
        period: str = "",
    ) -> Caption:
        """What a picture of the submissions says of itself; of the round's period unless said."""
        return Caption(
            title=title,
            unit_of_measure=unit,
            period=period or self.period,
            units=units,
            source=self.say("review.source", version=self.version),
            is_simulated=self.is_simulated,
            language=self.language,
            note=note,
            is_half=is_half,
        )


def sentences(view: Frame, *told: str) -> str:
    """Sentences one after the other: with a blank between them but in Chinese."""
    return ("" if view.language == "zh" else " ").join(one for one in told if one)


def table_height(rows: int, most: int) -> int:
    """The height of a table in pixels: as tall as its rows, up to so many."""
    return 35 * (rows + 1) + 3 if rows < most else 35 * (most + 1) + 3


def opened(view: Frame) -> Store | None:
    """The store; says why and gives None where it cannot be opened."""
    if reason := kept.trouble():
        # Where it was there before, the frame has said so already.
        if not kept.is_there():
            st.error(view.say("frame.store_trouble", reason=widgets.plain(reason)))
        return None
    return kept.store()


def desk(view: Frame, store: Store) -> Desk | None:
    """The round that the address names, else the latest; says so where nothing was ever sent."""
    mine = [one for one in kept.rounds(store) if one.framework == view.framework.id]
    if not mine:
        _nothing_sent(view, kept.rounds(store))
        return None
    found, beside = of_version_and_period(view, mine)
    return Desk(
        **{name: getattr(view, name) for name in Frame.__dataclass_fields__},
        store=store,
        version=found.version,
        period=found.period,
        round=found,
        beside=beside,
    )


class _Dated(Protocol):
    @property
    def version(self) -> str: ...

    @property
    def period(self) -> str: ...


_Kind = TypeVar("_Kind", bound=_Dated)


def of_version_and_period(view: Frame, given: Sequence[_Kind]) -> tuple[_Kind, DeltaGenerator]:
    """The one that the address names, and the room beside the boxes that choose.

    By default the latest period of the framework's own version, where that has any.
    """
    own = str(newest(view).version)
    versions = sorted({one.version for one in given}, key=lambda one: (one != own, one))
    columns = st.columns([1.3, 1.3, 5] if len(versions) > 1 else [1.3, 6.3])
    version = versions[0]
    if len(versions) > 1:
        with columns[1]:
            names = {one: one for one in versions}
            version = choices.box(view.state, "version", view.say("review.version"), names)
    mine = sorted((one for one in given if one.version == version), key=_period, reverse=True)
    with columns[0]:
        periods = {one.period: one.period for one in mine}
        period = choices.box(view.state, "period", view.say("frame.period"), periods)
    return next(one for one in mine if one.period == period), columns[-1]


def _period(one: _Dated) -> str:
    return one.period


def newest(view: Frame) -> Framework:
    """The framework as its file says now; what is shown may be of an older version."""
    return loaders.frameworks().by_id.get(view.framework.id, view.framework)


def _nothing_sent(view: Frame, others: tuple[Round, ...]) -> None:
    name = view.words(view.framework.name)
    st.info(view.say("review.nothing_sent", framework=widgets.plain(name)))
    if not others:
        st.page_link(
            page("submit"), label=view.say("frame.go_submit"), icon=":material/upload_file:"
        )
        return
    latest = others[0]
    framework = loaders.frameworks().by_id.get(latest.framework)
    name = view.words(framework.name) if framework else latest.framework
    st.button(
        view.say("review.go_framework", framework=name, n=latest.submissions),
        on_click=state.change,
        kwargs={"framework": latest.framework, "period": latest.period},
        icon=":material/arrow_forward:",
    )


def queue(desk: Desk) -> tuple[QueueItem, ...]:
    """What waits in the round, the most doubtful first."""
    return kept.queue(desk.key, desk.store)


def submissions(desk: Desk) -> Mapping[str, Submission]:
    """The submissions of the round, by unit."""
    return kept.submissions(desk.key, desk.store)


def act(view: Frame, do: Callable[[], object], said: str, **then: str) -> bool:
    """Do something to the store, from a callback, and keep what is to be said about it.

    `then` are choices to be changed where it was done; a refusal has changed nothing.
    Returns whether it was done.
    """
    try:
        do()
    except StoreError as refused:
        st.session_state[_FAULT] = refused.message(view.language)
        return False
    st.session_state[_SAID] = said
    if then:
        state.change(**then)
    return True


def say_done() -> None:
    """Say what was done, or refused, by the last click."""
    if fault := st.session_state.pop(_FAULT, ""):
        st.error(widgets.plain(fault), icon=":material/block:")
    if said := st.session_state.pop(_SAID, ""):
        st.success(widgets.plain(said), icon=":material/check_circle:")


def csv_button(view: Frame, label: str, table: Callable[[], pd.DataFrame], name: str) -> None:
    """A table as csv."""
    st.download_button(
        label,
        data=lambda: as_file(table(), "csv"),
        file_name=widgets.file_name(view, name, "csv"),
        mime=MIME["csv"],
        key=f"csv_{name}",
        on_click="ignore",
        icon=":material/download:",
    )
