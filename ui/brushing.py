"""Units picked out in one picture and shown in the one beside it; what is picked is in the link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from govmaturity.report import mapped
from ui import state, widgets
from ui.view import View

MOST_LISTED = 12


def pick(units: Sequence[str]) -> None:
    """Pick out units in place of those that were."""
    state.change(brush=",".join(units[: state.MOST_BRUSHED]))


def show_picked(view: View, scores: Mapping[str, float]) -> None:
    """What is picked out, in words, with the way to its units and back to all."""
    brushed = [unit for unit in view.state.listed("brush") if unit in scores]
    if not brushed:
        return
    width = view.framework.width
    st.markdown(widgets.plain(mapped.picked(scores, set(brushed), view.language, width)))
    with st.container(horizontal=True):
        st.button(
            view.say("map.clear"),
            on_click=state.change,
            kwargs={"brush": ""},
            icon=":material/close:",
        )
        for unit in brushed[:MOST_LISTED]:
            if unit in view.names and st.button(view.names[unit], key=f"picked_{unit}"):
                widgets.open_unit(view, view.node)(unit)
