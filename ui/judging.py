"""The page Review with one submission open: what it says, what is doubtful, and the decision."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st

from govmaturity.store.latest import Latest
from govmaturity.store.queue import Doubtful, by_values
from govmaturity.store.receipt import Standing
from govmaturity.store.states import Submission
from govmaturity.texts import numbers
from ui import approving, judged, kept, state, value_view, widgets
from ui.desk import Desk, act, queue, sentences
from ui.people import moment, named, who
from ui.reasons import effect_text, in_full, in_short

MOST_DOUBTS: Final = 4
MOST_CELLS: Final = 4


def show(desk: Desk, submission: Submission) -> None:
    """One submission from its finding to the record of what was decided."""
    latest = kept.latest(desk.store, submission)
    doubts = _doubts(desk, submission)
    _head(desk, submission)
    widgets.show_finding(_finding(desk, submission, latest, doubts))
    _decide(desk, submission)
    first = _first_value(latest, doubts)
    if doubts:
        # Beside each other, so that a value is seen where it is doubted.
        left, right = st.columns([1, 1.2], gap="large")
        with left:
            st.subheader(desk.say("review.doubts", n=len(doubts)), anchor=False)
            for place, one in enumerate(doubts[:MOST_DOUBTS]):
                _doubt(desk, submission, latest, one, place)
            _more_doubts(desk, submission, latest, doubts[MOST_DOUBTS:])
        with right:
            value_view.show(desk, submission, latest, first)
    else:
        value_view.show(desk, submission, latest, first)
    judged.waivers(desk, submission)
    judged.changes(desk, latest)
    judged.since_approval(desk, submission)
    judged.evidence(desk, submission)
    judged.record(desk, submission)


def _doubts(desk: Desk, submission: Submission) -> tuple[Doubtful, ...]:
    item = next((one for one in queue(desk) if one.submission.id == submission.id), None)
    return by_values(item.reasons) if item else ()


def _first_value(latest: Latest, doubts: Sequence[Doubtful]) -> str:
    """The value to look at first: the most doubtful, else what changed, else any."""
    for one in doubts:
        if one.indicators:
            return one.indicators[0]
    named = [one.indicator for one in latest.changes] or list(latest.values)
    return named[0] if named else ""


def _head(desk: Desk, submission: Submission) -> None:
    waiting = [one.submission.unit for one in queue(desk)]
    place = waiting.index(submission.unit) if submission.unit in waiting else -1
    following = waiting[place + 1] if place + 1 < len(waiting) else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            desk.say("review.back"),
            on_click=state.change,
            kwargs={"opened": ""},
            icon=":material/arrow_back:",
            type="tertiary",
        )
        if following:
            st.button(
                desk.say("review.next", unit=desk.unit_name(following)),
                on_click=state.change,
                kwargs={"opened": following},
                icon=":material/arrow_forward:",
                type="tertiary",
            )
    name = widgets.plain(desk.unit_name(submission.unit))
    place_name = widgets.plain(desk.place_of(submission.unit))
    st.markdown(
        f"### {name}\n"
        + desk.say(
            "review.about",
            place=place_name,
            period=submission.period,
            number=submission.number,
            state=desk.say(f"review.state_{submission.state}"),
            sender=widgets.plain(named(submission.sent_by_name, desk.language)),
            at=moment(submission.sent_at),
        )
    )
    if submission.reason:
        st.info(
            widgets.plain(desk.say("review.last_reason", reason=submission.reason)),
            icon=":material/comment:",
        )


def _finding(desk: Desk, submission: Submission, latest: Latest, doubts: Sequence[Doubtful]) -> str:
    part = latest.part
    told = desk.say(
        "review.finding_one" if part.base else "review.finding_first_time",
        new=len(part.new),
        changed=len(part.changed),
        removed=len(part.removed),
        values=len(latest.values),
    )
    doubtful = ""
    if doubts:
        doubtful = desk.say(
            "review.finding_doubts",
            n=len(doubts),
            doubt=in_short(desk, doubts[0]),
            effect=effect_text(desk, doubts[0].effect),
        )
    elif submission.state == "submitted":
        doubtful = desk.say("review.finding_clear")
    return sentences(desk, told, _moves(desk, part.before, part.after), doubtful)


def _moves(desk: Desk, before: Standing, after: Standing) -> str:
    """What the file did to the score, and to the rank where ranks are shown."""
    if after.score is None:
        return desk.say("review.no_score")
    score = partial(numbers.score, language=desk.language, width=desk.known.width)
    slots = {"score": score(after.score), "rank": after.rank or "–", "ranked": after.ranked}
    ending = "" if desk.has_ranks else "_by_level"
    if before.score is None:
        return desk.say(f"review.score_now{ending}", **slots)
    old = {"old": score(before.score), "old_rank": before.rank or "–"}
    return desk.say(f"review.score_moved{ending}", **slots, **old)


def _decide(desk: Desk, submission: Submission) -> None:
    """What can be decided as the submission stands."""
    with st.container(horizontal=True, key="decide"):
        if submission.state == "submitted":
            with st.popover(desk.say("review.approve"), icon=":material/check:", type="primary"):
                note = st.text_area(
                    desk.say("review.note_optional"), key=f"note_{submission.revision}"
                )
                if submission.sent_by == who().id:
                    st.caption(desk.say("review.own_note"))
                st.button(
                    desk.say("review.approve_now"),
                    type="primary",
                    on_click=approving.approve,
                    args=(desk, [submission], note),
                    kwargs={"opened": ""},
                )
            _with_reason(desk, submission, "send_back", "undo")
        # What waits may be sent anew as it is, unless its collection is locked.
        if submission.state in ("approved", "released") or (
            submission.state == "submitted" and desk.is_locked
        ):
            _with_reason(desk, submission, "reopen", "lock_open")


def _with_reason(desk: Desk, submission: Submission, what: str, icon: str) -> None:
    key = f"{what}_{submission.revision}_{submission.state}"
    with st.popover(desk.say(f"review.{what}"), icon=f":material/{icon}:"):
        st.caption(desk.say(f"review.{what}_hint"))
        st.text_area(desk.say("review.reason_needed"), key=key)
        st.button(
            desk.say(f"review.{what}_now"),
            key=f"{key}_now",
            on_click=_decided,
            args=(desk, submission, what, key),
        )


def _decided(desk: Desk, submission: Submission, what: str, key: str) -> None:
    reviews = desk.store.reviews
    do = reviews.send_back if what == "send_back" else reviews.reopen
    said = desk.say(f"review.{what}_done", unit=desk.unit_name(submission.unit))
    then = {"opened": ""} if what == "send_back" else {}
    reason = st.session_state[key]
    act(desk, lambda: do(who(), submission.id, submission.number, reason), said, **then)


def _doubt(
    desk: Desk, submission: Submission, latest: Latest, doubtful: Doubtful, place: int
) -> None:
    """One or several values, why they are doubtful, what the sender answered, what to do."""
    with st.container(border=True):
        words, effect = st.columns([1.7, 1], vertical_alignment="center")
        values = widgets.plain(desk.value_names(doubtful.indicators))
        words.markdown(f"**{values or desk.say('review.whole')}**")
        effect.markdown(
            desk.say("review.effect", effect=effect_text(desk, doubtful.effect)),
            text_alignment="right",
        )
        answers = dict.fromkeys(one.justification for one in doubtful.reasons if one.justification)
        told = [widgets.plain(in_full(desk, one)) for one in doubtful.reasons]
        st.markdown("\n".join(f"- {one}" for one in dict.fromkeys(told)))
        asked = _sentences(desk, latest, doubtful)
        for sentence in asked:
            st.caption(widgets.plain(sentence))
        for answer in answers:
            st.markdown(desk.say("review.answer", answer=widgets.plain(answer)))
        with st.container(horizontal=True):
            if doubtful.indicators:
                st.button(
                    desk.say("review.see_value"),
                    key=f"see_{place}",
                    on_click=state.change,
                    kwargs={"value": doubtful.indicators[0]},
                    icon=":material/search:",
                    type="tertiary",
                )
            _waive(desk, submission, doubtful, place)


def _more_doubts(
    desk: Desk, submission: Submission, latest: Latest, doubts: Sequence[Doubtful]
) -> None:
    """Those with a smaller effect, behind a fold."""
    if not doubts:
        return
    folded = widgets.folded(
        desk.say("review.more_doubts", n=len(doubts)), "more_doubts", "expand_more"
    )
    if folded.open:
        with folded:
            for place, one in enumerate(doubts, start=MOST_DOUBTS):
                _doubt(desk, submission, latest, one, place)


def _sentences(desk: Desk, latest: Latest, doubtful: Doubtful) -> list[str]:
    """What the sender was told about these values; not what lists the cells of many units."""
    codes = {one.code for one in doubtful.reasons}
    found = [
        one.message_zh if desk.language == "zh" else one.message_en
        for one in latest.findings
        if one.code in codes
        and len(one.cells) <= MOST_CELLS
        and set(latest.hits[one.key]) & set(doubtful.indicators)
    ]
    return list(dict.fromkeys(found))


def _waive(desk: Desk, submission: Submission, doubtful: Doubtful, place: int) -> None:
    if submission.state != "submitted" or not doubtful.indicators:
        return
    key = f"waive_{submission.revision}_{place}_{doubtful.indicators[0]}"
    with st.popover(
        desk.say("review.waive"), icon=":material/rule:", type="tertiary", key=f"p_{key}"
    ):
        st.caption(desk.say("review.waive_hint"))
        st.text_area(desk.say("review.reason_needed"), key=key)
        st.button(
            desk.say("review.waive_now"),
            key=f"{key}_now",
            on_click=_waived,
            args=(desk, submission, doubtful, key),
        )


def _waived(desk: Desk, submission: Submission, doubtful: Doubtful, key: str) -> None:
    reason = st.session_state[key]

    codes = tuple(dict.fromkeys(one.code for one in doubtful.reasons))
    seen = (submission.id, submission.number)
    act(
        desk,
        lambda: desk.store.reviews.waive(who(), *seen, doubtful.indicators, codes, reason),
        desk.say("review.waived"),
    )
