"""What was sent: receipts, submissions with their states, and threads to answer."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from govmaturity.framework.fields import fields
from govmaturity.store.errors import StoreError
from govmaturity.store.listing import ListedReceipt, listed
from govmaturity.store.states import Submission
from govmaturity.store.talking import Thread
from ui import choices, desk, evidencing, widgets
from ui.kept import store
from ui.people import moment, named, who
from ui.view import Frame

_MOST_THREADS = 20
_REFUSED = "answer_refused"


def stop_without_store(view: Frame) -> None:
    """Say why nothing can be sent where the store cannot be opened, and stop."""
    if desk.opened(view) is None:
        st.stop()


def show(view: Frame, submissions: tuple[Submission, ...]) -> None:
    """The history of the person's units for the framework in view; nothing where there is none."""
    receipts = _receipts(view)
    if not submissions and not receipts:
        return
    st.subheader(view.say("receipt.history"), anchor=False)
    options = {one.id: _label(view, one) for one in receipts}
    none = {"": view.say("receipt.choose_none")}
    choices.box(view.state, "receipt", view.say("receipt.choose"), none | options)
    if submissions:
        widgets.table_with_downloads(view, _table(view, submissions), "submissions")
    evidencing.show(view, submissions)
    _threads(view)


def _receipts(view: Frame) -> list[ListedReceipt]:
    """Drafts first, then what was submitted, the latest first."""
    framework, version = view.framework.id, str(view.framework.version)
    drafts = [
        listed(one)
        for one in store().submissions.drafts(who())
        if (one.framework, one.version) == (framework, version)
    ]
    return [*drafts, *store().listed_receipts(who(), framework, version)]


def _label(view: Frame, one: ListedReceipt) -> str:
    slots = {
        "at": moment(one.at),
        "periods": ", ".join(one.periods),
        "units": one.units,
        "file": one.file_name,
    }
    if one.number is None:
        return view.say("receipt.label_draft", **slots)
    return view.say("receipt.label", number=one.number, **slots)


def _table(view: Frame, submissions: tuple[Submission, ...]) -> pd.DataFrame:
    # What has to be sent again first, then the latest.
    latest_first = sorted(submissions, key=lambda one: one.sent_at, reverse=True)
    latest_first.sort(key=lambda one: one.state not in ("returned", "reopened"))
    return pd.DataFrame(
        {
            view.say("widgets.unit"): [view.placed_name(one.unit) for one in latest_first],
            view.say("receipt.column_unit"): [one.unit for one in latest_first],
            view.say("receipt.column_period"): [one.period for one in latest_first],
            view.say("receipt.column_state"): [
                view.say(f"receipt.state_{one.state}") for one in latest_first
            ],
            view.say("receipt.column_revision"): [one.number for one in latest_first],
            view.say("receipt.column_sent_at"): [moment(one.sent_at) for one in latest_first],
            view.say("receipt.column_sender"): [
                named(one.sent_by_name, view.language) for one in latest_first
            ],
            view.say("receipt.column_reason"): [one.reason for one in latest_first],
        }
    )


def _threads(view: Frame) -> None:
    version = str(view.framework.version)
    found = store().threads(who(), view.framework.id, version)
    if not found:
        return
    waiting = sum(one.waits for one in found)
    st.subheader(view.say("receipt.threads", n=waiting), anchor=False)
    told = st.session_state.pop(_REFUSED, "")
    if told:
        st.error(widgets.plain(told))
    for one in found[:_MOST_THREADS]:
        _thread(view, one)
    if len(found) > _MOST_THREADS:
        st.caption(view.say("receipt.more_threads", n=len(found) - _MOST_THREADS))


def _thread(view: Frame, one: Thread) -> None:
    about, known = one.submission, fields(view.framework)
    indicator = one.indicator or view.say("receipt.whole")
    if one.indicator in known:
        indicator = view.words(known[one.indicator].name)
    label = widgets.plain(f"{view.placed_name(about.unit)} · {about.period} · {indicator}")
    with st.expander(label, icon=":material/forum:", expanded=one.waits):
        for said in one.comments:
            st.markdown(
                f"**{widgets.plain(named(said.by_name, view.language))}** "
                f"{moment(said.at)}  \n{widgets.plain(said.text)}"
            )
        key = f"answer_{about.id}_{one.indicator}"
        with st.form(f"form_{key}", enter_to_submit=False, border=False):
            st.text_area(view.say("receipt.answer"), key=key, max_chars=4_000, height=80)
            st.form_submit_button(
                view.say("receipt.send_answer"),
                on_click=_answer,
                args=(view, about.id, one.indicator, key),
                icon=":material/reply:",
            )


def _answer(view: Frame, submission: int, indicator: str, key: str) -> None:
    try:
        store().reviews.say(who(), submission, st.session_state[key], indicator)
    except StoreError as fault:
        st.session_state[_REFUSED] = fault.message(view.language)
    else:
        st.session_state[key] = ""
