"""What the units of the person at the browser still have to send, by when, and what came back."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from govmaturity.store.collecting import Collection, Reminder
from govmaturity.store.states import Submission
from ui import widgets
from ui.kept import store
from ui.people import who
from ui.view import Frame

_SHOWN_AT_ONCE = 5


def collections(view: Frame) -> list[Collection]:
    """The collections of the framework in view that concern the person, the latest period first."""
    version = str(view.framework.version)
    found = [
        one
        for one in store().collections.all(who())
        if (one.framework, one.version) == (view.framework.id, version) and one.units
    ]
    return sorted(found, key=lambda one: one.period, reverse=True)


def show(view: Frame, submissions: tuple[Submission, ...]) -> None:
    """What came back; how far each collection is, in a sentence; who owes what, behind a fold."""
    _came_back(view, submissions)
    found = collections(view)
    if not found:
        st.caption(view.say("receipt.no_collection"))
    for one in found:
        _collection(view, one)


def _collection(view: Frame, one: Collection) -> None:
    done = store().collections.completeness(who(), one)
    owing = store().collections.reminders(who(), one, date.today())
    missing = sum(reminder.state is None for reminder in owing)
    sentence = view.say(
        "receipt.owing",
        period=one.period,
        n=done.expected,
        sent=done.sent,
        returned=done.returned,
        approved=done.approved,
        missing=missing,
    )
    between = "" if view.language == "zh" else " "
    widgets.show_finding(between.join((sentence, _deadline(view, one, owing))).strip())
    if one.is_locked:
        st.info(view.say("receipt.locked"), icon=":material/lock:")
    if not owing:
        return
    label = view.say("receipt.who_owes", period=one.period, n=len(owing))
    folded = widgets.folded(label, f"owing_{one.period}", "pending_actions")
    if folded.open:
        with folded:
            widgets.table_with_downloads(view, _table(view, owing), f"owing_{one.period}")


def _deadline(view: Frame, one: Collection, owing: list[Reminder]) -> str:
    if one.due is None:
        return ""
    days = owing[0].days_left if owing else None
    if days is None:
        return view.say("receipt.due", date=one.due)
    if days < 0:
        return view.say("receipt.overdue", date=one.due, n=-days)
    return view.say("receipt.due_in", date=one.due, n=days)


def _table(view: Frame, owing: list[Reminder]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            view.say("widgets.unit"): [view.placed_name(one.unit) for one in owing],
            view.say("receipt.column_unit"): [one.unit for one in owing],
            view.say("receipt.column_state"): [
                view.say(f"receipt.state_{one.state or 'nothing'}") for one in owing
            ],
            view.say("receipt.column_lacking"): [len(one.lacking) for one in owing],
            view.say("receipt.column_lacking_codes"): [", ".join(one.lacking) for one in owing],
        }
    )


def _came_back(view: Frame, submissions: tuple[Submission, ...]) -> None:
    """What was returned or reopened, with the reason: it has to be sent again."""
    back = [one for one in submissions if one.state in ("returned", "reopened")]
    lines = [
        "- "
        + widgets.plain(
            view.say(
                f"receipt.back_{one.state}",
                name=view.placed_name(one.unit),
                period=one.period,
                reason=one.reason,
            )
        )
        for one in back
    ]
    if not lines:
        return
    st.warning(
        "\n".join([view.say("receipt.came_back", n=len(lines)), "", *lines[:_SHOWN_AT_ONCE]]),
        icon=":material/assignment_return:",
    )
    if lines[_SHOWN_AT_ONCE:]:
        rest = lines[_SHOWN_AT_ONCE:]
        with st.expander(view.say("receipt.more_back", n=len(rest))):
            st.markdown("\n".join(rest))
