"""The template for an official: which units, which period, who reports, with which last values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from govmaturity.framework.fields import fields
from govmaturity.intake.table.periods import following, read_period
from govmaturity.intake.template.make import make_template
from govmaturity.report.tables import MIME
from govmaturity.units.chosen import choose
from govmaturity.values.table import Values
from ui.kept import latest_values
from ui.owing import collections
from ui.view import Frame

_COLLECTION: Final = "collection"


def offer(view: Frame) -> None:
    """Ask for whom a template is, and give it."""
    left, right = st.columns([3, 2])
    with left:
        units = _units(view)
    with right:
        period = st.text_input(
            view.say("submit.period"),
            value=_next_period(view),
            key="template_period",
            help=view.say("submit.period_help"),
        )
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        reporter = _reporter(view)
    with right:
        last = _last(view)
    known = read_period(period.strip())
    if known is None:
        st.error(view.say("submit.bad_period", found=period))
        return
    chosen = choose(units, view.registry, view.language) if units else ()
    st.download_button(
        view.say("submit.template", n=len(chosen)),
        data=lambda: make_template(
            view.framework,
            chosen,
            known,
            reporter=reporter or None,
            last=last,
            language=view.language,
        ),
        file_name=f"{view.framework.id}_{known}_{_label(view, units)}.xlsx",
        mime=MIME["xlsx"],
        on_click="ignore",
        type="primary",
        icon=":material/download:",
        disabled=not chosen,
        key="template",
    )
    st.caption(view.say("submit.template_hint_one" if len(chosen) == 1 else "submit.template_hint"))


def _units(view: Frame) -> list[str]:
    """The units asked for: those that have to send, or a region; some of the units in it or all."""
    registry = view.registry
    left, right = st.columns([2, 3])
    owing = _owing(view)
    everybody = {_COLLECTION: view.say("submit.collection", n=len(owing))} if owing else {}
    regions = everybody | {
        unit.id: registry.full_name(unit.id, view.language)
        for unit in registry
        if unit.tier != "county"
    }
    default = next(iter(everybody), _region_of_data(view))
    if view.state.region in regions:
        default = view.state.region
    region = left.selectbox(
        view.say("submit.region"),
        list(regions),
        index=list(regions).index(default),
        format_func=regions.__getitem__,
        key="template_region",
    )
    inside = (
        owing
        if region == _COLLECTION
        else [unit for unit, _ in choose([region], registry, view.language)]
    )
    picked = right.multiselect(
        view.say("submit.units"),
        inside,
        format_func=view.unit_name,
        placeholder=view.say("submit.all_units", n=len(inside)),
        key=f"template_units_{region}",
    )
    return picked or (inside if region == _COLLECTION else [region])


def _owing(view: Frame) -> list[str]:
    """The units of the latest collection that codes are known of."""
    found = collections(view)
    return [unit for unit in found[0].units if unit in view.registry] if found else []


def _region_of_data(view: Frame) -> str:
    """The prefecture, or province, of the first unit in view; else the first region there is."""
    registry = view.registry
    units: Sequence[str] = view.dataset.checked.values.units if view.dataset else ()
    for unit in units:
        if unit in registry:
            above = registry.prefecture_of(unit) or registry.province_of(unit)
            if above:
                return above
    return next(unit.id for unit in registry if unit.tier != "county")


def _next_period(view: Frame) -> str:
    asked = collections(view)
    if asked:
        return asked[0].period
    periods = view.dataset.checked.values.periods if view.dataset else ()
    if periods:
        return following(periods[-1])
    return view.framework.default_period or ""


def _reporter(view: Frame) -> str:
    names = {
        field.reporter.zh: view.words(field.reporter)
        for field in fields(view.framework).values()
        if field.reporter is not None and not field.is_shortcut
    }
    options = {"": view.say("submit.all_reporters")} | names
    return st.selectbox(
        view.say("submit.reporter"),
        list(options),
        format_func=options.__getitem__,
        key="template_reporter",
        help=view.say("submit.reporter_help"),
        disabled=not names,
    )


def _last(view: Frame) -> Values | None:
    """What was sent last, else the values in view, to be shown beside the cells to fill in.

    Never simulated ones.
    """
    values = latest_values(view.framework)
    if values is None and view.dataset is not None:
        values = view.dataset.checked.values
    if values is None or values.is_simulated:
        return None
    with_last = st.checkbox(
        view.say("submit.with_last"),
        value=True,
        key="template_last",
        help=view.say("submit.last_help"),
    )
    return values if with_last else None


def _label(view: Frame, units: Sequence[str]) -> str:
    return view.registry.name(units[0], "zh") if len(units) == 1 else "units"
