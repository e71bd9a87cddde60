"""Administer's log: who did what, when, and to what; filters and a file."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from govmaturity.store.audit import ACTIONS, Entry
from govmaturity.store.base import as_kept
from govmaturity.store.service import Store
from ui import choices, state, widgets
from ui.desk import csv_button, table_height
from ui.people import moment, named, time_zone, who
from ui.view import Frame

MOST_SHOWN: Final = 1_000
MOST_IN_FILE: Final = 100_000


def show(view: Frame, store: Store) -> None:
    """The log, the latest first, as the address filters it."""
    action, since, text = _filters(view)
    read = partial(store.audit, who(), action=action or None, since=_start(since), text=text)
    found = read(limit=MOST_SHOWN)
    widgets.show_finding(_finding(view, found, bool(action or since or text)))
    if not found:
        if action or since or text:
            st.button(
                view.say("frame.show_all"),
                on_click=state.change,
                kwargs={"action": "", "since": "", "search": ""},
            )
        return
    st.dataframe(table(view, found), hide_index=True, height=table_height(len(found), 14))
    csv_button(
        view,
        view.say("administer.csv_log"),
        lambda: table(view, read(limit=MOST_IN_FILE)),
        "log",
    )


def _filters(view: Frame) -> tuple[str, str, str]:
    first, second, third = st.columns([1.4, 1.2, 2.4])
    names = {"": view.say("administer.any_action")} | {
        one: view.say(f"administer.did_{one}") for one in ACTIONS
    }
    with first:
        action = choices.box(view.state, "action", view.say("administer.action"), names)
    with second:
        since = choices.day(view.state, "since", view.say("administer.since"))
    with third:
        text = choices.text(
            view.state, "search", view.say("administer.search"), view.say("administer.search_hint")
        )
    return action, since, text


def _start(since: str) -> str | None:
    """The beginning of a day where the reader is, in UTC as the log has it."""
    if not since:
        return None
    return as_kept(datetime.combine(date.fromisoformat(since), time.min, time_zone()))


def _finding(view: Frame, found: tuple[Entry, ...], is_filtered: bool) -> str:
    if not found:
        return view.say("administer.log_none" if is_filtered else "administer.log_empty")
    n = len(found)
    told = "administer.log_many" if n == MOST_SHOWN else "administer.log_finding"
    return view.say(told, n=n, last=moment(found[0].at), who=named(found[0].by_name, view.language))


def table(view: Frame, found: tuple[Entry, ...]) -> pd.DataFrame:
    """The entries as people read them."""
    return pd.DataFrame(
        {
            view.say("review.column_at"): [moment(one.at) for one in found],
            view.say("review.column_by"): [named(one.by_name, view.language) for one in found],
            view.say("review.column_what"): [
                view.say(f"administer.did_{one.action}") for one in found
            ],
            view.say("administer.column_subject"): [_subject(view, one) for one in found],
            view.say("administer.column_details"): [_details(view, one) for one in found],
        }
    )


def _subject(view: Frame, one: Entry) -> str:
    """What it was done to: a submission by its number, else as it is kept."""
    kind, _, id_ = one.subject.partition(" ")
    if kind == "submission" and id_.isdigit():
        return view.say("administer.subject", id=id_)
    return one.subject


def _details(view: Frame, one: Entry) -> str:
    """Figures and ids with their names."""
    told = [
        f"{view.say(f'administer.detail_{name}')} {_detail(view, name, value)}"
        for name, value in one.details.items()
        if value not in (None, "")
    ]
    return " · ".join(told)


def _detail(view: Frame, name: str, value: object) -> str:
    if isinstance(value, bool):
        return view.say("review.yes" if value else "review.no")
    if name == "unit":
        return f"{view.unit_name(str(value))} ({value})"
    if name == "role":
        return view.say(f"review.role_{value}")
    return str(value)
