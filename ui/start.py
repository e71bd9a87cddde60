"""The panel for those who come for the first time: what is measured, and where it differs."""

from __future__ import annotations

import streamlit as st

from govmaturity.report import findings
from ui import state, widgets
from ui.guard import page
from ui.view import View

CLOSED = "closed"
ICONS = {"method": "account_tree", "map": "map", "submit": "upload_file"}


def is_open(view: View) -> bool:
    return view.state.start != CLOSED


def panel(view: View) -> None:
    """What is measured, where the widest gap is, where to upload; gone once it is closed."""
    if not is_open(view):
        return
    scores, language = view.now, view.language
    low, high = view.framework.scale
    is_naming = scores.has_ranks and not view.is_simulated
    told = {
        "method": view.say(
            "overview.start_method",
            framework=view.words(view.framework.name),
            indicators=len(scores.plan.indicators),
            parts=len(scores.plan.parts),
            units=len(scores.unit),
            low=f"{low:g}",
            high=f"{high:g}",
        ),
        "map": findings.widest_gap(scores, view.names if is_naming else None, language),
        "submit": view.say("overview.start_submit"),
    }
    with st.container(border=True, key="start"):
        head, close = st.columns([5, 1], vertical_alignment="center")
        head.markdown(f"**{view.say('overview.start')}**")
        close.button(
            view.say("overview.start_close"),
            key="start_close",
            on_click=state.change,
            kwargs={"start": CLOSED},
            type="tertiary",
            icon=":material/close:",
            width="stretch",
        )
        for column, (name, sentence) in zip(st.columns(3), told.items(), strict=True):
            with column, st.container(height="stretch", vertical_alignment="distribute"):
                st.markdown(
                    f"**{view.say(f'overview.start_head_{name}')}**  \n{widgets.plain(sentence)}"
                )
                st.page_link(
                    page(name),
                    label=view.say(f"overview.start_go_{name}"),
                    icon=f":material/{ICONS[name]}:",
                    query_params=state.as_parameters(view.state),
                )
