"""Administer's first part: who has to send by when, how far it is, whom to remind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from govmaturity.charts import collecting as charts
from govmaturity.charts.theme import Caption
from govmaturity.framework.fields import fields
from govmaturity.framework.model import Framework
from govmaturity.store.collecting import Collection, Completeness, Reminder, completeness_of
from govmaturity.store.progress import by_place, due_text, reminder_text
from govmaturity.store.service import Store
from govmaturity.units.chosen import choose
from ui import choices, kept, widgets
from ui.desk import (
    act,
    csv_button,
    newest,
    of_version_and_period,
    sentences,
    table_height,
)
from ui.people import who
from ui.view import Frame

MOST_COPIED: Final = 300


@dataclass(frozen=True)
class _Round:
    """A collection with the state of each of its units."""

    view: Frame
    store: Store
    collection: Collection
    found: Completeness


def show(view: Frame, store: Store) -> None:
    """The collections of the framework: one of them in full, and a form to set one up."""
    mine = [one for one in store.collections.all(who()) if one.framework == view.framework.id]
    if not mine:
        st.info(view.say("administer.no_collection"), icon=":material/event:")
        _set_up(view, store, None)
        return
    collection, _ = of_version_and_period(view, mine)
    states = store.collections.states(who(), collection)
    found = completeness_of(states.values())
    here = _Round(view, store, collection, found)
    told = finding(here)
    widgets.show_finding(told)
    _picture(here, told)
    _reminders(here)
    _set_up(view, store, collection)


def finding(here: _Round) -> str:
    """How many of the units are how far, and how long there is."""
    one, found = here.collection, here.found
    told = here.view.say(
        "administer.finding",
        period=one.period,
        n=found.expected,
        approved=found.approved,
        waiting=found.waiting,
        returned=found.returned,
        missing=found.missing,
    )
    due = ""
    if one.due:
        left = (date.fromisoformat(one.due) - date.today()).days
        words = due_text(left, here.view.language)
        due = here.view.say("administer.due", date=one.due, left=words)
    locked = here.view.say("administer.is_locked") if one.is_locked else ""
    return sentences(here.view, told, due, locked)


def _picture(here: _Round, told: str) -> None:
    """Units by state, place by place."""
    view = here.view
    states = here.store.collections.states(who(), here.collection)
    places = by_place(states, view.registry)
    counts = {
        view.unit_name(place) if place else view.say("administer.elsewhere"): {
            part: int(getattr(one, part)) for part, _, _ in charts.PARTS
        }
        for place, one in places.items()
    }
    caption = Caption(
        title=view.say("administer.title"),
        unit_of_measure=view.say("administer.unit"),
        period=here.collection.period,
        units=here.found.expected,
        source=view.say("review.source", version=here.collection.version),
        is_simulated=_is_simulated(here),
        language=view.language,
    )
    heads = [view.say(f"administer.part_{part}") for part, _, _ in charts.PARTS]
    widgets.chart_with_table(
        view,
        charts.progress_bars(counts, caption),
        lambda: pd.DataFrame(
            [[name, *one.values()] for name, one in counts.items()],
            columns=[view.say("widgets.place"), *heads],
        ),
        "progress",
        alt=told,
    )


def _is_simulated(here: _Round) -> bool:
    """Whether what was sent is simulated."""
    one = here.collection
    mine = (one.framework, one.version, one.period)
    return any(
        found.is_simulated
        for found in kept.rounds(here.store)
        if (found.framework, found.version, found.period) == mine
    )


def _reminders(here: _Round) -> None:
    """Who still owes something: as a table, as csv, and as lines to copy."""
    view = here.view
    found = here.store.collections.reminders(who(), here.collection, date.today())
    st.subheader(view.say("administer.reminders", n=len(found)), anchor=False)
    if not found:
        st.caption(view.say("administer.nobody_owes"))
        return
    named = fields(_framework(here))

    def value_name(id_: str) -> str:
        return view.words(named[id_].name) if id_ in named else id_

    table = partial(_table, view, found)
    st.dataframe(table(), hide_index=True, height=table_height(len(found), 9))
    text = reminder_text(found[:MOST_COPIED], view.unit_name, value_name, view.language)
    with st.container(horizontal=True):
        csv_button(view, view.say("administer.csv"), table, f"reminders-{here.collection.period}")
        with st.popover(view.say("administer.copy"), icon=":material/content_copy:"):
            st.code(text, language=None, wrap_lines=True, height=320)
            if len(found) > MOST_COPIED:
                st.caption(view.say("administer.copied_first", most=MOST_COPIED, n=len(found)))


def _framework(here: _Round) -> Framework:
    """The version that the collection asks for, as it is kept or, before anything came, as is."""
    one = here.collection
    if one.version in here.store.names(who()).versions.get(one.framework, ()):
        return here.store.framework(who(), one.framework, one.version)
    return newest(here.view)


def _table(view: Frame, found: Sequence[Reminder]) -> pd.DataFrame:
    made = {
        view.say("cards.code"): [one.unit for one in found],
        view.say("widgets.unit"): [view.unit_name(one.unit) for one in found],
        view.say("widgets.place"): [view.place_of(one.unit) for one in found],
        view.say("review.stage"): [
            view.say(f"review.state_{one.state}") if one.state else view.say("releases.silent")
            for one in found
        ],
        view.say("administer.column_lacking"): [len(one.lacking) for one in found],
    }
    if found[0].due is not None:
        made[view.say("administer.column_due")] = [one.due for one in found]
        made[view.say("administer.column_left")] = [one.days_left for one in found]
    return pd.DataFrame(made)


def _set_up(view: Frame, store: Store, collection: Collection | None) -> None:
    """A form for a new collection, or for the one shown."""
    st.subheader(view.say("administer.change" if collection else "administer.set_up"), anchor=False)
    st.caption(view.say("administer.set_up_hint"))
    units = _units(view, store, collection)
    version = collection.version if collection else str(newest(view).version)
    standing = collection.period if collection else newest(view).default_period or ""
    key = f"setup_{view.framework.id}_{version}_{standing}"
    with st.form(key):
        first, second, third = st.columns([1.2, 1.2, 1.6], vertical_alignment="bottom")
        first.text_input(
            view.say("frame.period"),
            value=standing,
            key=f"{key}_period",
            help=view.say("submit.period_help"),
        )
        second.date_input(
            view.say("administer.deadline"),
            value=date.fromisoformat(collection.due) if collection and collection.due else None,
            key=f"{key}_due",
            format="YYYY-MM-DD",
        )
        third.toggle(
            view.say("administer.lock"),
            value=bool(collection and collection.is_locked),
            key=f"{key}_lock",
            help=view.say("administer.lock_help"),
        )
        st.form_submit_button(
            view.say("administer.save", n=len(units)),
            type="primary",
            on_click=_save,
            args=(view, store, version, units, key),
            disabled=not units,
        )


def _units(view: Frame, store: Store, collection: Collection | None) -> tuple[str, ...]:
    """Whom it asks: the regions chosen, else who was asked before, else who has ever sent."""
    if collection is not None:
        standing, said = collection.units, "administer.same_units"
    else:
        sent = store.submissions.all(who(), view.framework.id)
        standing = tuple(sorted({one.unit for one in sent}))
        said = "administer.units_that_sent"
    regions = {
        unit.id: view.registry.full_name(unit.id, view.language)
        for unit in view.registry
        if unit.tier != "county"
    }
    picked = choices.several(
        view.state,
        "asked",
        view.say("administer.units_of"),
        regions,
        view.say(said, n=len(standing)) if standing else view.say("widgets.choose_some"),
    )
    if not picked:
        return standing
    return tuple(unit for unit, _ in choose(picked, view.registry, view.language))


def _save(view: Frame, store: Store, version: str, units: Sequence[str], key: str) -> None:
    given = st.session_state
    period = str(given[f"{key}_period"]).strip().upper()
    act(
        view,
        lambda: store.collections.set_up(
            who(),
            view.framework.id,
            version,
            period,
            units=units,
            due=given[f"{key}_due"],
            is_locked=bool(given[f"{key}_lock"]),
        ),
        view.say("administer.saved", period=period, n=len(units)),
        period=period,
        asked="",
    )
