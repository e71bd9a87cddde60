"""What was sent: receipts, submissions with their states, and threads to answer."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from govmaturity.store.errors import StoreError
from govmaturity.store.receipt import Receipt
from govmaturity.store.states import Submission
from govmaturity.store.talking import Thread
from ui import choices, widgets
from ui.kept import store
from ui.owing import sent
from ui.people import moment, named, who
from ui.view import Frame

_MOST_THREADS = 20
_REFUSED = "answer_refused"


def show(view: Frame) -> None:
    """The history of the person's units for the framework in view; nothing where there is none."""
    submissions = sent(view)
    receipts = _receipts(view)
    if not submissions and not receipts:
        return
    st.subheader(view.say("receipt.history"), anchor=False)
    _choose(view, receipts)
    if submissions:
        widgets.table_with_downloads(view, _table(view, submissions), "submissions")
    _threads(view)


def _receipts(view: Frame) -> list[Receipt]:
    """Drafts first, then what was submitted, the latest first."""
    found = [*store().submissions.drafts(who()), *store().submissions.receipts(who())]
    version = str(view.framework.version)
    return [one for one in found if (one.framework, one.version) == (view.framework.id, version)]


def _choose(view: Frame, receipts: list[Receipt]) -> None:
    options = {"": view.say("receipt.choose_none")} | {
        one.id: _label(view, one) for one in receipts
    }
    choices.box(view.state, "receipt", view.say("receipt.choose"), options)


def _label(view: Frame, one: Receipt) -> str:
    slots = {
        "file": one.file_name,
        "periods": ", ".join(dict.fromkeys(part.period for part in one.parts)),
        "units": len(one.units),
    }
    if one.number is None:
        return view.say("receipt.label_draft", at=moment(one.prepared_at), **slots)
    return view.say("receipt.label", number=one.number, at=moment(one.acknowledged_at), **slots)


def _table(view: Frame, submissions: tuple[Submission, ...]) -> pd.DataFrame:
    latest_first = sorted(submissions, key=lambda one: one.sent_at, reverse=True)
    return pd.DataFrame(
        {
            view.say("widgets.unit"): [view.unit_name(one.unit) for one in latest_first],
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
    about = one.submission
    indicator = one.indicator or view.say("receipt.whole")
    label = widgets.plain(f"{view.unit_name(about.unit)} · {about.period} · {indicator}")
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
