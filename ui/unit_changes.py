"""Administer's changes of units: what is known of mergers, splits and renames, and since when."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from govmaturity.store.service import Store
from govmaturity.store.unit_changes import Recorded
from govmaturity.texts import numbers
from govmaturity.units.changes import UnitChange
from govmaturity.units.registry import registry
from ui import change_form, kept, widgets
from ui.desk import act, table_height
from ui.people import moment, named, who
from ui.view import Frame


def show(view: Frame, store: Store) -> None:
    """Every change that is known, those that were withdrawn too; below, how to record one."""
    recorded = store.units.all(who())
    shipped = [one for one in registry().changes if not one.keeps_code]
    own = sum(one.withdrawn is None for one in recorded)
    widgets.show_finding(view.say("administer.units_finding", n=len(shipped), own=own))
    st.caption(widgets.plain(view.say("administer.units_rule")))
    table = _table(view, recorded)
    st.dataframe(table, hide_index=True, height=table_height(len(table), 12))
    widgets.downloads(view, lambda: table, "unit-changes")
    change_form.show(view, store)
    _withdraw(view, store, [one for one in recorded if one.withdrawn is None])


def _table(view: Frame, recorded: tuple[Recorded, ...]) -> pd.DataFrame:
    ships = view.say("administer.ships")
    rows = [
        _row(view, change, {"source": one.reason, "by": _by(view, one), "state": _state(view, one)})
        for one in recorded
        for change in one.changes
    ]
    rows += [_row(view, change, {"source": ships}) for change in registry().changes]
    heads = {name: view.say(f"administer.change_{name}") for name in rows[0]}
    return pd.DataFrame(rows).rename(columns=heads)


def _row(view: Frame, one: UnitChange, about: Mapping[str, str]) -> dict[str, object]:
    is_split = one.kind == "split"
    return {
        "year": str(one.year or ""),
        "code": one.code,
        "name": view.words(one.name),
        "kind": view.say(f"administer.kind_{one.kind}"),
        "successor": one.successor or "",
        "into": view.words(one.into) or view.unit_name(one.successor or ""),
        "share": _share(one.share, view) if is_split else "",
        "source": about["source"],
        "state": about.get("state", view.say("administer.holds")),
        "by": about.get("by", ""),
    }


def _share(share: float | None, view: Frame) -> str:
    unknown = view.say("administer.share_unknown")
    return unknown if share is None else f"{numbers.decimal(100 * share, view.language, 1)}%"


def _state(view: Frame, one: Recorded) -> str:
    if one.withdrawn is None:
        return view.say("administer.holds")
    return view.say("administer.withdrawn", reason=one.withdrawn)


def _by(view: Frame, one: Recorded) -> str:
    return f"{named(one.by_name, view.language)} {moment(one.at)}"


def _withdraw(view: Frame, store: Store, standing: list[Recorded]) -> None:
    if not standing:
        return
    with widgets.folded(view.say("administer.withdraw_change"), "unit_change_end", "undo") as form:
        if not form.open:
            return
        by_id = {one.id: one for one in standing}
        id_ = st.selectbox(
            view.say("administer.change_record"),
            list(by_id),
            format_func=lambda id_: _listed(view, by_id[id_]),
            key="unit_change_end_id",
        )
        reason = st.text_input(
            view.say("administer.change_why"), key="unit_change_end_reason", max_chars=400
        )
        st.button(
            view.say("administer.withdraw"),
            icon=":material/undo:",
            on_click=_withdrawn,
            args=(view, store, id_, reason),
        )


def _listed(view: Frame, one: Recorded) -> str:
    told = [change.told.in_(view.language) for change in one.changes if not change.keeps_code]
    return view.say("lab.comma").join(told) or one.reason


def _withdrawn(view: Frame, store: Store, id_: int, reason: str) -> None:
    said = view.say("administer.change_withdrawn")
    if act(view, lambda: store.units.withdraw(who(), id_, reason), said):
        kept.forget_units()
        st.session_state.pop("unit_change_end_reason", None)
