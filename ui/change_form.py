"""The form that records what became of units: which ones, from which year on, and into what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import streamlit as st

from govmaturity.store.service import Store
from govmaturity.units.changes import KINDS
from ui import kept, widgets
from ui.desk import act
from ui.people import who
from ui.view import Frame

_KINDS: Final = tuple(kind for kind in KINDS if kind != "none")
_KEY: Final = "unit_change"
_MOST_PARTS: Final = 8

Row = dict[str, str]


def show(view: Frame, store: Store) -> None:
    """A fold with the form; what it records is shown in the table above it."""
    with widgets.folded(view.say("administer.record_change"), f"{_KEY}_form", "call_merge") as form:
        if form.open:
            _form(view, store)


def _form(view: Frame, store: Store) -> None:
    left, right = st.columns([3, 1])
    kind = left.segmented_control(
        view.say("administer.change_kind"),
        _KINDS,
        format_func=lambda one: view.say(f"administer.kind_{one}"),
        default=_KINDS[0],
        required=True,
        key=f"{_KEY}_kind",
    )
    year = right.number_input(
        view.say("administer.change_year"), 1949, 2100, value=None, step=1, key=f"{_KEY}_year"
    )
    st.caption(widgets.plain(view.say(f"administer.hint_{kind}")))
    before = _before(view, is_several=kind == "merged")
    parts = 1
    if kind == "split":
        parts = int(
            st.number_input(
                view.say("administer.change_parts"), 2, _MOST_PARTS, 2, 1, key=f"{_KEY}_parts"
            )
        )
    after = [_after(view, place, has_share=kind == "split") for place in range(parts)]
    reason = st.text_input(
        view.say("administer.change_source"), key=f"{_KEY}_reason", max_chars=400
    )
    about = {"kind": str(kind), "year": "" if year is None else str(int(year))}
    st.button(
        view.say("administer.record"),
        icon=":material/add:",
        type="primary",
        disabled=not (before and year and all(one["successor"] for one in after)),
        on_click=_recorded,
        args=(view, store, rows_of(before, after, about), reason),
    )


def rows_of(before: Iterable[str], after: Iterable[Row], about: Mapping[str, str]) -> list[Row]:
    """Every unit before with every one after.

    Examples
    --------
    >>> rows_of(["a", "b"], [{"successor": "b"}], {"year": "2021"})[0]
    {'code': 'a', 'successor': 'b', 'year': '2021'}
    """
    parts = list(after)
    return [{"code": code, **one, **about} for code in before for one in parts]


def _before(view: Frame, *, is_several: bool) -> list[str]:
    """The units as they were, by name and code."""
    names = {
        unit.id: f"{view.placed_name(unit.id)} {unit.id}"
        for unit in view.registry
        if unit.tier == "county"
    }
    if is_several:
        return st.multiselect(
            view.say("administer.units_before"),
            list(names),
            format_func=names.__getitem__,
            placeholder=view.say("widgets.choose_some"),
            key=f"{_KEY}_units",
        )
    chosen = st.selectbox(
        view.say("administer.unit_before"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=view.say("administer.choose_unit"),
        key=f"{_KEY}_unit",
    )
    return [chosen] if chosen else []


def _after(view: Frame, place: int, *, has_share: bool) -> Row:
    """One unit as it is now: its code, a name where the code is new, a share of what was parted."""
    columns = st.columns([2, 2, 2, 1.4] if has_share else [2, 2, 2])
    with columns[0]:
        code = st.text_input(view.say("administer.change_successor"), key=f"{_KEY}_code_{place}")
    named = view.registry.name(code, view.language) if code in view.registry else ""
    given: Row = {"successor": code.strip()}
    for column, language in zip(columns[1:3], ("zh", "en"), strict=True):
        given[f"successor_{language}"] = column.text_input(
            view.say(f"administer.change_successor_{language}"),
            key=f"{_KEY}_{language}_{place}",
            placeholder=named or view.say("administer.name_of_new"),
            disabled=bool(named),
        ).strip()
    if has_share:
        share = columns[3].number_input(
            view.say("administer.change_share_percent"),
            0.0,
            100.0,
            value=None,
            step=1.0,
            key=f"{_KEY}_share_{place}",
            placeholder=view.say("administer.share_unknown"),
        )
        given["share"] = "" if share is None else repr(share / 100)
    return given


def _recorded(view: Frame, store: Store, rows: list[Row], reason: str) -> None:
    said = view.say("administer.change_recorded", n=len(rows))
    if act(view, lambda: store.units.record(who(), rows, reason), said):
        kept.forget_units()
        # The form is blank again only once all of it was taken.
        for key in [one for one in st.session_state if str(one).startswith(f"{_KEY}_")]:
            if not str(key).endswith("_kind"):
                del st.session_state[key]
