"""A link to what is on the screen, for somebody else."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from ui.state import State, as_parameters


def copy(chosen: State, label: str, hint: str) -> None:
    """Offer the address of a view, behind a button; the code block brings its own to copy it."""
    with st.popover(label, icon=":material/link:", width="stretch"):
        st.code(address(chosen), language=None, wrap_lines=True)
        st.caption(hint)


def address(chosen: State) -> str:
    """The full address of a view."""
    return f"{st.context.url}?{urlencode(as_parameters(chosen))}"
