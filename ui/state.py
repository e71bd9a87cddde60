"""What a link carries: the choices of a view, in the address and in the session.

One list for every page. The address wins when a page is opened or somebody
goes back; after that the session holds the choices and writes the address.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields, replace
from math import isfinite
from typing import Final

import streamlit as st

from govmaturity.texts import LANGUAGES

_STATE, _WRITTEN, _CHANGED = "state", "address_written", "state_changed"


@dataclass(frozen=True)
class State:
    """The choices of a view; an empty text stands for the default of each.

    `units` is a comma list; the first one is the unit a page is about, the
    others are compared with it. `weighting` is `unit` or `resident`. `data` is
    the content hash of an upload. `node2` stands beside `node`, `before` is the
    earlier of two periods, `until` the later one where that is not `period`.
    `brush` is a comma list of units picked out in a picture, `tables` one of the
    pictures that are shown as tables, `together` one of census figures; `target`
    is a score to be reached by `year`, `outlines` the content hash of a person's own.
    `tried` holds the changes of an index that are tried out, `framework2` one it is
    compared with, `mode` says which of the two; `ranks` says whether ranks are shown.
    `start` is `closed` once the panel for first-time visitors has been put away.
    `receipt` is the id of one that is read on Submit, `release` of what is shown:
    `sample` stands for the sample where something is published. `traced` is the
    indicator of which one asks where the unit's figure came from.

    Of what is kept: `version` is that of the framework where several were sent for,
    `stage` the state of the submissions that Review lists, `reason` the one of those that
    it shows alone; `opened` the unit whose submission it has open, `value` the value in it.
    `edition` is the release that Releases has open, `edition2` the one it is compared with,
    `periods` a comma list of what is to be published. `section` is the part of Administer,
    `asked` a comma list of the regions that a collection asks, `action` and `since` filter
    the log.
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
    tier: str = ""
    drawn: str = ""
    classes: str = ""
    beside: str = ""
    node2: str = ""
    before: str = ""
    brush: str = ""
    sort: str = ""
    search: str = ""
    page: str = ""
    peers: str = ""
    group: str = ""
    tables: str = ""
    measure: str = ""
    whose: str = ""
    whom: str = ""
    until: str = ""
    target: str = ""
    year: str = ""
    vary: str = ""
    against: str = ""
    together: str = ""
    outlines: str = ""
    tried: str = ""
    mode: str = ""
    framework2: str = ""
    ranks: str = ""
    start: str = ""
    receipt: str = ""
    release: str = ""
    traced: str = ""
    version: str = ""
    stage: str = ""
    reason: str = ""
    opened: str = ""
    value: str = ""
    edition: str = ""
    edition2: str = ""
    periods: str = ""
    section: str = ""
    asked: str = ""
    action: str = ""
    since: str = ""

    @property
    def unit(self) -> str:
        return self.units.split(",")[0]

    def listed(self, name: str) -> list[str]:
        """The entries of a comma list, each once."""
        return [one for one in dict.fromkeys(getattr(self, name).split(",")) if one]


NAMES = tuple(field.name for field in fields(State))
# What a choice may be, where that does not depend on the data.
VOCABULARY: Final[dict[str, tuple[str, ...]]] = {
    "language": LANGUAGES,
    "weighting": ("resident",),
    "tier": ("prefecture", "province"),
    "drawn": ("change", "parts", "pair"),
    "classes": ("quantile", "natural", "equal", "box"),
    "beside": ("scatter", "histogram", "table"),
    "peers": ("kind", "size", "prefecture", "best"),
    "group": ("province", "prefecture", "kind", "group"),
    "measure": ("gini",),
    "whose": ("indicator",),
    "whom": ("one",),
    "vary": ("all",),
    "mode": ("framework",),
    "ranks": ("none",),
    "start": ("closed",),
    "stage": ("returned", "reopened", "approved", "released"),
    "section": ("units", "frameworks", "log"),
}
# The second framework where it is a file of the reader's own, which no address can carry.
UPLOADED: Final = "uploaded"
# What another choice makes meaningless, by the choice that is changed.
_NODES = ("node", "node2", "sort")
_FORGOTTEN: Final[dict[str, tuple[str, ...]]] = {
    "framework": (
        *(*_NODES, "lens", "profile", "weights", "data", "period", "before", "until"),
        *("units", "brush", "page", "classes", "target", "year", "tried", "receipt", "release"),
        *("traced", "version", "opened", "value", "edition", "edition2", "periods", "asked"),
    ),
    "lens": _NODES,
    "profile": _NODES,
    "region": ("brush", "page", "tier"),
    # Another release may hold other units and periods, and be of another version.
    "release": (*_NODES, "period", "before", "until", "units", "brush", "page", "tried"),
    "period": ("page", "year", "value"),
    "version": ("period", "opened", "value", "periods"),
    "stage": ("page", "brush"),
    "opened": ("value",),
    "edition": ("edition2",),
}
# A link must stay short enough for every program that passes it on.
MOST_BRUSHED: Final = 200
_LONGEST, _LONGEST_LIST = 200, 8 * MOST_BRUSHED
_LISTS: Final = ("brush", "tried")


def parse(parameters: Mapping[str, str]) -> State:
    """Read a state from the parameters of an address; others are ignored."""
    return State(
        **{
            name: parameters[name][: _LONGEST_LIST if name in _LISTS else _LONGEST]
            for name in NAMES
            if name in parameters
        }
    )


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

    What a change makes meaningless goes back to its default, unless it is changed too.
    Called from callbacks, where Streamlit would lose a new address.
    """
    unknown = set(choices) - set(NAMES)
    if unknown:
        raise ValueError(f"no such choices: {sorted(unknown)}; expected some of: {NAMES}")
    forgotten = {gone: "" for name in choices for gone in _FORGOTTEN.get(name, ())}
    st.session_state[_STATE] = replace(
        st.session_state.get(_STATE, State()), **{**forgotten, **choices}
    )
    st.session_state[_CHANGED] = True


def number(text: str) -> float | None:
    """The number in an address; None where it is none.

    Examples
    --------
    >>> number("85.5"), number("inf"), number("soon"), number("")
    (85.5, None, None, None)
    """
    try:
        found = float(text)
    except ValueError:
        return None
    return found if isfinite(found) else None


def forget(names: Collection[str]) -> State:
    """Set choices back to their defaults within this run and return what is left."""
    st.session_state[_STATE] = replace(current(), **dict.fromkeys(names, ""))
    return st.session_state[_STATE]


def write(state: State) -> None:
    """Put a state into the address."""
    wanted = as_parameters(state)
    st.session_state[_WRITTEN] = wanted
    st.session_state[_CHANGED] = False
    if {name: st.query_params[name] for name in st.query_params} != wanted:
        st.query_params.from_dict(wanted)
