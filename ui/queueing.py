"""The page Review before anything is opened: what waits, by its effect on the score."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from govmaturity.charts import review as charts
from govmaturity.store.queue import QueueItem, by_values
from govmaturity.store.states import Submission
from ui import approving, choices, kept, state, widgets
from ui.desk import Desk, queue, sentences, submissions, table_height
from ui.guard import page
from ui.people import moment, named
from ui.reasons import effect_text, in_short, reason_words

MOST_BARS: Final = 20
WAITING: Final = "submitted"
STAGES: Final = (WAITING, "returned", "reopened", "approved", "released")


def show(desk: Desk) -> None:
    """The list that the address asks for, with its finding and its picture."""
    stage = _stage(desk)
    if stage == WAITING:
        _waiting(desk)
    else:
        _others(desk, stage)


def _stage(desk: Desk) -> str:
    counts = desk.round.states
    names = {
        one: desk.say(f"review.stage_{one}", n=f"{counts.get(one, 0):,}")
        for one in STAGES
        if one == WAITING or counts.get(one) or one == desk.state.stage
    }
    with desk.beside:
        return choices.buttons(desk.state, "stage", desk.say("review.stage"), names)


def _waiting(desk: Desk) -> None:
    with st.spinner(desk.say("review.sorting")):
        items = queue(desk)
    widgets.show_finding(finding(desk, items))
    if not items:
        _nothing_waits(desk)
        return
    shown = _chosen(desk, items)
    doubtful = [one for one in shown if one.reasons]
    if doubtful:
        _picture(desk, doubtful, shown)
    elif shown:
        st.caption(desk.say("review.none_doubtful", n=len(shown)))
    _list(desk, [one.submission for one in shown], {one.submission.id: one for one in shown})
    approving.several(desk, items, shown)
    approving.agreement(desk)


def finding(desk: Desk, items: Sequence[QueueItem]) -> str:
    """How many wait, how many are doubtful, and the most doubtful; simulated units unnamed."""
    if not items:
        return desk.say("review.finding_none", period=desk.period)
    doubtful = [one for one in items if one.reasons]
    told = desk.say("review.finding", n=len(items), doubtful=len(doubtful), period=desk.period)
    if not doubtful or desk.is_simulated or not doubtful[0].effect:
        return told
    first = doubtful[0]
    worst = desk.say(
        "review.finding_first",
        unit=desk.unit_name(first.submission.unit),
        doubt=in_short(desk, by_values(first.reasons)[0]),
        effect=effect_text(desk, first.effect),
    )
    return sentences(desk, told, worst)


def _nothing_waits(desk: Desk) -> None:
    states = desk.round.states
    if states.get("approved"):
        st.page_link(
            page("releases"),
            label=desk.say("review.go_releases", n=states["approved"]),
            icon=":material/campaign:",
        )
    else:
        st.page_link(
            page("submit"), label=desk.say("frame.go_submit"), icon=":material/upload_file:"
        )


def _chosen(desk: Desk, items: Sequence[QueueItem]) -> list[QueueItem]:
    """What the filter by reason and the search leave."""
    left, right = st.columns(2)
    codes = dict.fromkeys(reason.code for item in items for reason in item.reasons)
    kinds = {"": desk.say("review.any_reason")} | {
        code: f"{reason_words(desk, code)} · {_counted(items, code)}" for code in codes
    }
    if desk.state.reason not in kinds:
        kinds[desk.state.reason] = f"{reason_words(desk, desk.state.reason)} · 0"
    with left:
        code = choices.box(desk.state, "reason", desk.say("review.reason"), kinds)
    with right:
        wanted = choices.text(
            desk.state, "search", desk.say("widgets.search_unit"), desk.say("widgets.search_hint")
        )
    answer = (
        set(kept.unit_index(desk.key, tuple(submissions(desk))).find(wanted)) if wanted else None
    )
    shown = [
        item
        for item in items
        if (not code or any(one.code == code for one in item.reasons))
        and (answer is None or item.submission.unit in answer)
    ]
    if not shown:
        st.info(desk.say("review.none_left"))
        st.button(
            desk.say("frame.show_all"), on_click=state.change, kwargs={"reason": "", "search": ""}
        )
    return shown


def _counted(items: Sequence[QueueItem], code: str) -> int:
    return sum(any(one.code == code for one in item.reasons) for item in items)


def _picture(desk: Desk, doubtful: Sequence[QueueItem], shown: Sequence[QueueItem]) -> None:
    pages = math.ceil(len(doubtful) / MOST_BARS)
    turned = int(desk.state.page) if desk.state.page.isdigit() else 1
    number = min(max(turned, 1), pages)
    here = doubtful[(number - 1) * MOST_BARS : number * MOST_BARS]
    note = desk.say("review.note")
    if pages > 1:
        note += "\n" + desk.say("review.page_note", page=number, pages=pages, n=len(doubtful))
    if desk.state.reason:
        note += "\n" + desk.say("review.one_reason", reason=reason_words(desk, desk.state.reason))
    bars = [
        charts.QueueBar(
            one.submission.unit,
            desk.unit_name(one.submission.unit),
            one.reasons[0].effect,
            in_short(desk, by_values(one.reasons)[0]),
        )
        for one in here
    ]
    widgets.chart_with_table(
        desk,
        charts.queue_bars(
            bars,
            desk.caption(
                desk.say("review.title"), desk.say("review.effect_unit"), len(doubtful), note
            ),
            desk.known.width,
        ),
        lambda: _table(
            desk, [one.submission for one in shown], {o.submission.id: o for o in shown}
        ),
        "queue",
        columns=_columns(desk),
        on_click=_open,
        alt=finding(desk, shown),
    )
    if pages > 1:
        st.session_state["queue_page"] = number
        st.pagination(pages, key="queue_page", on_change=_turned)


def _turned() -> None:
    number = st.session_state["queue_page"]
    state.change(page="" if number == 1 else str(number))


def _open(unit: str) -> None:
    state.change(opened=unit)
    st.rerun()


def _others(desk: Desk, stage: str) -> None:
    found = [one for one in submissions(desk).values() if one.state == stage]
    widgets.show_finding(
        desk.say("review.finding_stage", n=len(found), stage=desk.say(f"review.state_{stage}"))
    )
    if not found:
        st.button(desk.say("review.show_waiting"), on_click=state.change, kwargs={"stage": ""})
        return
    _list(desk, found, {})


def _list(desk: Desk, found: Sequence[Submission], items: dict[int, QueueItem]) -> None:
    """All of them as a table: a click on a row opens it."""
    if not found:
        return
    st.subheader(desk.say("review.list", n=len(found)), anchor=False)
    st.caption(desk.say("review.list_hint"))
    key = f"list_{desk.key[1]}_{desk.state.stage}"
    st.dataframe(
        _table(desk, found, items),
        hide_index=True,
        column_config=_columns(desk),
        height=table_height(len(found), 11),
        key=key,
        on_select=partial(_picked, key, [one.unit for one in found]),
        selection_mode="single-row",
    )


def _picked(key: str, units: Sequence[str]) -> None:
    rows = st.session_state[key].selection.rows
    if rows:
        state.change(opened=units[rows[0]])


def _table(desk: Desk, found: Sequence[Submission], items: dict[int, QueueItem]) -> pd.DataFrame:
    made: dict[str, list[Any]] = {
        desk.say("widgets.unit"): [desk.unit_name(one.unit) for one in found],
        desk.say("widgets.place"): [desk.place_of(one.unit) for one in found],
    }
    if items:
        ordered = [items[one.id] for one in found]
        doubts = [by_values(one.reasons) for one in ordered]
        made |= {
            desk.say("review.column_doubt"): [
                in_short(desk, one[0]) if one else desk.say("review.no_doubt") for one in doubts
            ],
            desk.say("review.column_doubts"): [len(one) for one in doubts],
            desk.say("review.column_effect"): [
                one.reasons[0].effect if one.reasons else 0.0 for one in ordered
            ],
            desk.say("review.column_changed"): [one.changed for one in ordered],
        }
    else:
        made[desk.say("review.column_reason")] = [one.reason for one in found]
    return pd.DataFrame(
        made
        | {
            desk.say("review.column_revision"): [one.number for one in found],
            desk.say("review.column_sender"): [
                named(one.sent_by_name, desk.language) for one in found
            ],
            desk.say("review.column_sent"): [moment(one.sent_at) for one in found],
        }
    )


def _columns(desk: Desk) -> dict[str, Any]:
    digits = 2 if desk.known.width > 10 else 4
    return {
        desk.say("review.column_effect"): st.column_config.NumberColumn(format=f"%.{digits}f"),
        desk.say("review.column_doubt"): st.column_config.TextColumn(width="large"),
    }
