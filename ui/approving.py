"""Approving several submissions at once, and how far two reviewers agree."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from govmaturity.store.queue import QueueItem
from govmaturity.store.states import Submission
from govmaturity.texts import numbers
from ui import choices, state
from ui.desk import Desk, act
from ui.people import who
from ui.state import MOST_BRUSHED


def several(desk: Desk, items: Sequence[QueueItem], shown: Sequence[QueueItem]) -> None:
    """Approve several at once: all of them, or none."""
    st.subheader(desk.say("review.several"), anchor=False)
    names = {
        one.submission.unit: f"{desk.unit_name(one.submission.unit)} ({one.submission.unit})"
        for one in shown
    }
    picked = choices.several(
        desk.state,
        "brush",
        desk.say("review.pick"),
        names,
        desk.say("widgets.choose_some"),
        MOST_BRUSHED,
    )
    clear = [one.submission for one in shown if not one.reasons]
    seen = {one.submission.unit: one.submission for one in items}
    with st.container(horizontal=True):
        st.button(
            desk.say("review.approve_picked", n=len(picked)),
            type="primary",
            icon=":material/done_all:",
            disabled=not picked,
            on_click=approve,
            args=(desk, [seen[unit] for unit in picked]),
        )
        st.button(
            desk.say("review.pick_clear", n=len(clear[:MOST_BRUSHED])),
            icon=":material/checklist:",
            disabled=not clear,
            on_click=state.change,
            kwargs={"brush": ",".join(one.unit for one in clear[:MOST_BRUSHED])},
        )
        if len(clear) > MOST_BRUSHED and st.button(
            desk.say("review.approve_clear", n=len(clear)), icon=":material/done_all:"
        ):
            _confirm(desk, clear)
    st.caption(desk.say("review.several_note"))


def _confirm(desk: Desk, clear: Sequence[Submission]) -> None:
    @st.dialog(desk.say("review.several"))
    def ask() -> None:
        st.markdown(desk.say("review.approve_clear_what", n=len(clear)))
        if st.button(
            desk.say("review.approve_clear", n=len(clear)),
            type="primary",
            key="approve_clear_now",
            on_click=approve,
            args=(desk, clear),
        ):
            st.rerun()

    ask()


def approve(desk: Desk, seen: Sequence[Submission], reason: str = "", **then: str) -> None:
    """Approve what was seen, as a callback."""
    act(
        desk,
        lambda: desk.store.reviews.approve(
            who(), {one.id: one.number for one in seen}, reason=reason
        ),
        desk.say("review.approved", n=len(seen)),
        **{"brush": "", **then},
    )


def agreement(desk: Desk) -> None:
    """How far two reviewers agree, where two have scored."""
    if not any(one.measure == "rubric" for one in desk.fields.values()):
        return
    st.subheader(desk.say("review.agreement"), anchor=False)
    found = desk.store.ratings.agreement(who(), desk.framework.id, desk.version, desk.period)
    if found is None:
        st.caption(desk.say("review.agreement_none"))
        return
    kappa = numbers.signed(found.kappa, desk.language, 2)
    st.markdown(
        desk.say(
            "review.agreement_finding",
            n=found.n,
            same=numbers.share(found.same, desk.language),
            kappa=kappa,
        )
    )
    with st.expander(desk.say("review.agreement_card")):
        st.markdown(desk.say("review.agreement_text"))
