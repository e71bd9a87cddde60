"""Controls whose value is a choice of the view: taken from the state, given back to it.

A control is set before it is drawn, so that the address decides, and writes
in a callback. The first option is the default and is not in the address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from ui import state
from ui.frame import Frame


def box(view: Frame, name: str, label: str, options: Mapping[str, str]) -> str:
    """A select box over options, by their value in the address."""
    key, chosen = _set(view, name, options)
    st.selectbox(
        label,
        list(options),
        key=key,
        format_func=lambda one: options.get(one, one),
        on_change=_changed,
        args=(name, key, next(iter(options))),
    )
    return chosen


def buttons(view: Frame, name: str, label: str, options: Mapping[str, str]) -> str:
    """A row of buttons over few options, by their value in the address."""
    key, chosen = _set(view, name, options)
    st.segmented_control(
        label,
        list(options),
        key=key,
        format_func=lambda one: options.get(one, one),
        required=True,
        on_change=_changed,
        args=(name, key, next(iter(options))),
    )
    return chosen


def slider(view: Frame, name: str, label: str, options: Mapping[str, str]) -> str:
    """A slider over options in their order; the last one is the default."""
    last_first = dict(reversed(options.items()))
    key, chosen = _set(view, name, last_first)
    st.select_slider(
        label,
        list(options),
        key=key,
        format_func=lambda one: options.get(one, one),
        on_change=_changed,
        args=(name, key, next(iter(last_first))),
    )
    return chosen


def text(view: Frame, name: str, label: str, placeholder: str) -> str:
    """A line of text."""
    key = f"choose_{name}"
    st.session_state[key] = getattr(view.state, name)
    st.text_input(label, key=key, placeholder=placeholder, on_change=_changed, args=(name, key, ""))
    return str(st.session_state[key])


def several(
    view: Frame,
    name: str,
    label: str,
    options: Mapping[str, str],
    most: int,
    kept: Sequence[str] = (),
) -> list[str]:
    """A box for several options; what is `kept` leads the list and cannot be taken out."""
    key = f"choose_{name}"
    chosen = [one for one in view.state.listed(name) if one in options and one not in kept][:most]
    st.session_state[key] = chosen
    st.multiselect(
        label,
        list(options),
        key=key,
        format_func=lambda one: options.get(one, one),
        max_selections=most,
        on_change=_several_changed,
        args=(name, key, list(kept)),
    )
    return chosen


def _set(view: Frame, name: str, options: Mapping[str, str]) -> tuple[str, str]:
    key, chosen = f"choose_{name}", getattr(view.state, name)
    if chosen not in options:
        chosen = next(iter(options))
    st.session_state[key] = chosen
    return key, chosen


def _changed(name: str, key: str, default: str) -> None:
    chosen = st.session_state[key]
    state.change(**{name: "" if chosen == default else chosen})


def _several_changed(name: str, key: str, kept: list[str]) -> None:
    state.change(**{name: ",".join([*kept, *st.session_state[key]])})
