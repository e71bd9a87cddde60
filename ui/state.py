"""What a link carries: the choices of a view, in the address and in the session.

One list for every page. The address wins when a page is opened or somebody
goes back; after that the session holds the choices and writes the address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace

import streamlit as st

_STATE, _WRITTEN, _CHANGED = "state", "address_written", "state_changed"


@dataclass(frozen=True)
class State:
    """The choices of a view; an empty text stands for the default of each.

    `units` is a comma list; the first one is the unit a page is about.
    `weighting` is `unit` or `resident`. `data` is the content hash of an upload.
    """

    framework: str = ""
    period: str = ""
    region: str = ""
    region2: str = ""
    node: str = ""
    lens: str = ""
    profile: str = ""
    weights: str = ""
    weighting: str = ""
    units: str = ""
    language: str = ""
    data: str = ""

    @property
    def unit(self) -> str:
        return self.units.split(",")[0]


NAMES = tuple(field.name for field in fields(State))


def parse(parameters: Mapping[str, str]) -> State:
    """Read a state from the parameters of an address; others are ignored."""
    return State(**{name: parameters[name][:200] for name in NAMES if name in parameters})


def as_parameters(state: State) -> dict[str, str]:
    """Return the parameters of an address; what is at its default is left out."""
    return {name: value for name, value in asdict(state).items() if value}


def current() -> State:
    """The state of this run: what was just changed, else the address where it was changed outside.

    Somebody who goes back or edits the address brings one that this session
    did not write; a page opened from the menu brings none.
    """
    address = {name: st.query_params[name] for name in NAMES if name in st.query_params}
    is_new = _STATE not in st.session_state
    is_other = bool(address) and address != st.session_state.get(_WRITTEN, {})
    if is_new or (is_other and not st.session_state.get(_CHANGED)):
        st.session_state[_STATE] = parse(address)
    return st.session_state[_STATE]


def change(**choices: str) -> None:
    """Change choices; the next run shows them and writes them into the address.

    Called from callbacks, where Streamlit would lose a new address.
    """
    unknown = set(choices) - set(NAMES)
    if unknown:
        raise ValueError(f"no such choices: {sorted(unknown)}; expected some of: {NAMES}")
    st.session_state[_STATE] = replace(st.session_state.get(_STATE, State()), **choices)
    st.session_state[_CHANGED] = True


def write(state: State) -> None:
    """Put a state into the address."""
    wanted = as_parameters(state)
    st.session_state[_WRITTEN] = wanted
    st.session_state[_CHANGED] = False
    if {name: st.query_params[name] for name in st.query_params} != wanted:
        st.query_params.from_dict(wanted)
