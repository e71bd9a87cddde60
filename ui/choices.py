"""Controls whose value is a choice of the view: taken from the state, given back to it.

A control is set before it is drawn, so that the address decides, and writes
in a callback. The default is not in the address; it is the first option
unless another is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from ui import state
from ui.state import State


def box(
    now: State,
    name: str,
    label: str,
    options: Mapping[str, str],
    default: str | None = None,
    *,
    is_long: bool = False,
) -> str:
    """A select box over options, by their value in the address.

    Where names are too long for the box (`is_long`) the chosen one stands in full behind its help.
    """
    key, chosen, standing = _set(now, name, options, default)
    st.selectbox(
        label,
        list(options),
        key=key,
        format_func=lambda one: options.get(one, one),
        on_change=_changed,
        args=(name, key, standing),
        help=options.get(chosen) if is_long else None,
    )
    return chosen


def buttons(
    now: State, name: str, label: str, options: Mapping[str, str], default: str | None = None
) -> str:
    """A row of buttons over few options, by their value in the address."""
    key, chosen, standing = _set(now, name, options, default)
    st.segmented_control(
        label,
        list(options),
        key=key,
        format_func=lambda one: options.get(one, one),
        required=True,
        on_change=_changed,
        args=(name, key, standing),
    )
    return chosen


def number(
    now: State, name: str, label: str, low: float, high: float, default: float, step: float
) -> float:
    """A number between two ends; what the address says beyond them is held at them."""
    key, given = f"choose_{name}", state.number(getattr(now, name))
    chosen = default if given is None else min(max(given, low), high)
    is_whole = float(step).is_integer() and float(low).is_integer()
    kind = int if is_whole else float
    st.session_state[key] = kind(chosen)
    st.number_input(
        label,
        min_value=kind(low),
        max_value=kind(high),
        step=kind(step),
        key=key,
        on_change=_number_changed,
        args=(name, key, default),
    )
    return chosen


def text(now: State, name: str, label: str, placeholder: str) -> str:
    """A line of text."""
    key = f"choose_{name}"
    st.session_state[key] = getattr(now, name)
    st.text_input(label, key=key, placeholder=placeholder, on_change=_changed, args=(name, key, ""))
    return str(st.session_state[key])


def day(now: State, name: str, label: str) -> str:
    """A day, as ISO 8601 in the address; none unless one is chosen."""
    key, given = f"choose_{name}", getattr(now, name)
    st.session_state[key] = date.fromisoformat(given) if given else None
    st.date_input(label, key=key, format="YYYY-MM-DD", on_change=_day_changed, args=(name, key))
    return str(given)


def several(
    now: State,
    name: str,
    label: str,
    options: Mapping[str, str],
    placeholder: str,
    most: int | None = None,
    kept: Sequence[str] = (),
) -> list[str]:
    """A box for several options; what is `kept` leads the list and cannot be taken out."""
    key = f"choose_{name}"
    chosen = [one for one in now.listed(name) if one in options and one not in kept][:most]
    st.session_state[key] = chosen
    st.multiselect(
        label,
        list(options),
        key=key,
        format_func=lambda one: options.get(one, one),
        max_selections=most,
        placeholder=placeholder,
        on_change=_several_changed,
        args=(name, key, list(kept)),
    )
    return chosen


def _set(
    now: State, name: str, options: Mapping[str, str], default: str | None
) -> tuple[str, str, str]:
    standing = next(iter(options)) if default is None else default
    key, chosen = f"choose_{name}", getattr(now, name)
    if chosen not in options:
        chosen = standing
    st.session_state[key] = chosen
    return key, chosen, standing


def _changed(name: str, key: str, default: str) -> None:
    chosen = st.session_state[key]
    state.change(**{name: "" if chosen == default else chosen})


def _number_changed(name: str, key: str, default: float) -> None:
    chosen = float(st.session_state[key])
    state.change(**{name: "" if chosen == default else f"{chosen:g}"})


def _day_changed(name: str, key: str) -> None:
    chosen = st.session_state[key]
    state.change(**{name: chosen.isoformat() if chosen else ""})


def _several_changed(name: str, key: str, kept: list[str]) -> None:
    state.change(**{name: ",".join([*kept, *st.session_state[key]])})
