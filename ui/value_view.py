"""One value of a submission: its history, its cell, what was said about it, its rubric."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from govmaturity.charts import review as charts
from govmaturity.store.errors import StoreError
from govmaturity.store.history import ValueHistory
from govmaturity.store.latest import Latest
from govmaturity.store.rating import Rated
from govmaturity.store.states import Submission
from govmaturity.texts import numbers
from ui import choices, widgets
from ui.desk import Desk, act
from ui.people import moment, named, who


def show(desk: Desk, submission: Submission, latest: Latest, first: str) -> None:
    """Whatever is known of the value that the address names, else of the first."""
    names = {
        id_: f"{desk.value_name(id_)} ({id_})"
        for id_ in dict.fromkeys([first, *(one for one in desk.fields if one in latest.values)])
        if id_
    }
    if not names:
        return
    st.subheader(desk.say("review.value"), anchor=False)
    threads = desk.store.reviews.threads(who(), submission.id)
    named = {
        id_: name + (desk.say("review.said_count", n=len(threads[id_])) if id_ in threads else "")
        for id_, name in names.items()
    }
    id_ = choices.box(desk.state, "value", desk.say("review.choose_value"), named, first)
    found = desk.store.history(who(), submission.id, id_)
    _history(desk, submission, found)
    _origin(desk, submission, id_)
    _thread(desk, submission, id_)
    rated = {one.indicator: one for one in desk.store.ratings.of(who(), submission.id)}
    if id_ in rated:
        _rubric(desk, submission, rated[id_])


def history_finding(desk: Desk, found: ValueHistory) -> str:
    """What the picture of a value says: beyond what is usual, or not, or nothing to judge by."""
    name, now = desk.value_name(found.indicator), found.values[-1]
    field = desk.fields.get(found.indicator)
    unit = desk.words(field.unit_of_measure) if field else ""
    text = partial(numbers.with_unit, unit=unit, language=desk.language)
    if now is None:
        return desk.say("review.history_nothing", value=name)
    if not found.earlier:
        return desk.say("review.history_none", value=name, now=text(now))
    if found.edges is None:
        return desk.say("review.history_short", value=name, now=text(now), n=len(found.earlier))
    low, high = (numbers.measured(edge, desk.language) for edge in found.edges)
    return desk.say(
        "review.history_beyond" if found.is_beyond else "review.history_usual",
        value=name,
        now=text(now),
        low=low,
        high=high,
    )


def _history(desk: Desk, submission: Submission, found: ValueHistory) -> None:
    field = desk.fields.get(found.indicator)
    unit = desk.words(field.unit_of_measure) if field else ""
    said = history_finding(desk, found)
    st.markdown(widgets.plain(said))
    caption = desk.caption(
        desk.say(
            "review.history_title",
            value=desk.value_name(found.indicator),
            unit=desk.unit_name(submission.unit),
        ),
        unit or desk.say("review.no_unit"),
        1,
        desk.say("review.history_note") if found.usual is not None else "",
        period=" – ".join(dict.fromkeys((found.periods[0], found.periods[-1]))),
    )
    widgets.chart_with_table(
        desk,
        charts.value_history(
            found.periods,
            found.values,
            caption,
            usual=found.edges,
            others=found.others,
            replaced=found.replaced,
        ),
        lambda: pd.DataFrame(
            {
                desk.say("frame.period"): list(found.periods),
                desk.value_name(found.indicator): list(found.values),
            }
        ),
        f"history-{submission.unit}-{found.indicator}",
        alt=said,
    )


def _origin(desk: Desk, submission: Submission, id_: str) -> None:
    """The cell it came from, the text in it, the file."""
    try:
        found = desk.store.provenance.of(
            who(), desk.framework.id, desk.version, submission.unit, submission.period, id_
        )
    except StoreError:
        st.caption(desk.say("review.never_given"))
        return
    step = found.steps[-1]
    place = " ".join(one for one in (step.sheet, step.cell) if one)
    lines = [
        (desk.say("review.origin_figure"), desk.figure_text(id_, step.figure)),
        (desk.say("review.origin_sent"), step.sent or numbers.NOTHING),
        (desk.say("review.origin_cell"), place or numbers.NOTHING),
        (desk.say("review.origin_file"), step.file_name),
        (
            desk.say("review.origin_sender"),
            f"{named(step.sent_by or '', desk.language)} {moment(step.sent_at)}",
        ),
    ]
    if step.typed is not None:
        lines.insert(2, (desk.say("review.origin_typed"), step.typed))
    st.markdown(
        "  \n".join(
            f"{label}{desk.say('review.colon')}{widgets.plain(text)}" for label, text in lines
        )
    )
    if step.may_download:
        st.download_button(
            desk.say("review.download_file"),
            data=partial(desk.store.provenance.file, who(), step.file_hash),
            file_name=step.file_name,
            mime="application/octet-stream",
            on_click="ignore",
            key="value_file",
            icon=":material/download:",
        )


def _thread(desk: Desk, submission: Submission, id_: str) -> None:
    """What was said about the value, and a line to say more."""
    st.markdown(f"**{desk.say('review.thread')}**")
    said = desk.store.reviews.threads(who(), submission.id).get(id_, ())
    if not said:
        st.caption(desk.say("review.nothing_said"))
    for one in said:
        by, text = widgets.plain(named(one.by_name, desk.language)), widgets.plain(one.text)
        st.markdown(f"**{by}** · {moment(one.at)}  \n{text}")
    key = f"say_{submission.id}_{id_}_{len(said)}"
    st.text_area(desk.say("review.say"), key=key, height=80)
    st.button(
        desk.say("review.say_now"),
        key=f"{key}_now",
        on_click=_say,
        args=(desk, submission, id_, key),
        icon=":material/send:",
    )


def _say(desk: Desk, submission: Submission, id_: str, key: str) -> None:
    text = st.session_state[key]
    act(
        desk,
        lambda: desk.store.reviews.say(who(), submission.id, text, id_),
        desk.say("review.said"),
    )


def _rubric(desk: Desk, submission: Submission, rated: Rated) -> None:
    """Self-score, reviewers' scores, the final one, and the reviewer's own to give."""
    options = {option.value: option for option in desk.fields[rated.indicator].options}

    def level(value: float | None) -> str:
        if value is None:
            return numbers.NOTHING
        option = options.get(value)
        return f"{option.code} {desk.words(option.name)}" if option else f"{value:g}"

    st.markdown(f"**{desk.say('review.rubric')}**")
    rows = [(desk.say("review.self_score"), level(rated.self_score), "", "")]
    rows += [
        (named(one.by_name, desk.language), level(one.value), one.reason, moment(one.at))
        for one in rated.reviewers
    ]
    if rated.final is not None:
        one = rated.final
        rows.append((desk.say("review.final_score"), level(one.value), one.reason, moment(one.at)))
    heads = [desk.say(f"review.column_{name}") for name in ("scorer", "level", "reason", "at")]
    st.dataframe(pd.DataFrame(rows, columns=heads), hide_index=True)
    if submission.state != "submitted":
        return
    key = f"rate_{submission.revision}_{rated.indicator}"
    with st.form(key, border=True):
        left, middle, right = st.columns([2, 1.4, 2.4], vertical_alignment="bottom")
        left.selectbox(
            desk.say("review.column_level"), list(options), format_func=level, key=f"{key}_level"
        )
        roles = {one: desk.say(f"review.role_{one}") for one in ("reviewer", "final")}
        middle.selectbox(
            desk.say("review.role"), list(roles), format_func=roles.__getitem__, key=f"{key}_role"
        )
        right.text_input(desk.say("review.rate_reason"), key=f"{key}_reason")
        st.form_submit_button(
            desk.say("review.rate_now"), on_click=_rate, args=(desk, submission, rated, key)
        )
    st.caption(desk.say("review.rubric_note"))


def _rate(desk: Desk, submission: Submission, rated: Rated, key: str) -> None:
    given = st.session_state
    act(
        desk,
        lambda: desk.store.ratings.rate(
            who(),
            submission.id,
            submission.number,
            rated.indicator,
            given[f"{key}_level"],
            role=given[f"{key}_role"],
            reason=given[f"{key}_reason"],
        ),
        desk.say("review.rated"),
    )
