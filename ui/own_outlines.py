"""A person's own outlines on the page Map: taken, drawn in place of the shipped ones, given up."""

from __future__ import annotations

import re
from typing import Final, Literal

import streamlit as st

from govmaturity.intake.outlines import (
    MAX_BYTES,
    SYSTEMS,
    OutlinesError,
    OwnOutlines,
    read_outlines,
)
from govmaturity.store import own_outlines as store
from govmaturity.units.outlines import Outline
from ui import loaders, state, widgets
from ui.routes import OWN_OUTLINES
from ui.view import View

_REMARKS = "own_outlines_remarks"
_MOST_NAMED = 10
_Choice = Literal["gcj02", "wgs84", "other"]
CHOICES: Final[tuple[_Choice, ...]] = (*SYSTEMS, "other")


def outlines(view: View, region: str) -> tuple[Outline, ...]:
    """The person's outlines of a region's units; none where no own ones are chosen."""
    kept = loaders.own_outlines(view.state.outlines) if view.state.outlines else None
    if kept is None:
        return ()
    inside = set(view.registry.descendants(region)) if region else set(kept.bounds)
    units = tuple(unit for unit in kept.bounds if unit in inside)
    if not units:
        return ()
    west, south, east, north = zip(*(kept.bounds[unit] for unit in units), strict=True)
    bounds = (min(west), min(south), max(east), max(north))
    return (Outline(f"{OWN_OUTLINES}/{kept.id}", bounds, units, 0.0),)


def attribution(view: View) -> str:
    """What a map says of its outlines."""
    kept = loaders.own_outlines(view.state.outlines) if view.state.outlines else None
    if kept is None:
        return view.say("units.attribution")
    system = view.say(f"outlines.system_{kept.system}")
    return view.say("outlines.attribution", name=kept.name, system=system)


def section(view: View) -> None:
    """Take own outlines, or go back to the shipped ones."""
    if view.state.outlines and loaders.own_outlines(view.state.outlines):
        _chosen(view)
        return
    folded = widgets.folded(view.say("outlines.title"), "own_outlines", "draw")
    if folded.open:
        with folded:
            _take(view)


def _chosen(view: View) -> None:
    for remark in st.session_state.pop(_REMARKS, ()):
        st.info(widgets.plain(remark))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            view.say("outlines.back"),
            on_click=state.change,
            kwargs={"outlines": ""},
            icon=":material/undo:",
        )
        if st.button(view.say("outlines.delete"), icon=":material/delete:", type="tertiary"):
            store.forget(view.state.outlines)
            loaders.own_outlines.clear()
            state.change(outlines="")
            st.rerun()


def _take(view: View) -> None:
    st.markdown(view.say("outlines.how_to"))
    system = st.radio(
        view.say("outlines.system"),
        CHOICES,
        index=None,
        format_func=lambda one: view.say(f"outlines.system_{one}"),
        key="outlines_system",
    )
    if system == "other":
        st.warning(view.say("outlines.convert_first"))
        return
    given = st.file_uploader(
        view.say("outlines.file"),
        type=["geojson", "json"],
        key="outlines_file",
        disabled=system is None,
        max_upload_size=MAX_BYTES // 1_000_000,
    )
    if given is None or system is None:
        return
    name = re.sub(r"[^\w.,() -]", " ", given.name)[:60]
    try:
        with st.spinner(view.say("frame.checking")):
            found = read_outlines(given.getvalue(), system, _names(view), name)
    except OutlinesError as refused:
        st.error(widgets.plain(_why(view, refused)))
        return
    st.session_state[_REMARKS] = _remarks(view, found)
    kept = store.keep(found.content)
    loaders.own_outlines.clear()
    state.change(outlines=kept)
    st.rerun()


def _names(view: View) -> dict[str, str]:
    """Units that may be drawn: those of the data, and the districts and counties there are."""
    names = {one.id: one.name_zh for one in view.registry if one.tier == "county"}
    return {unit: view.names[unit] for unit in view.scores.units} | names


def _why(view: View, refused: OutlinesError) -> str:
    sentence = view.say(f"outlines.{refused.code}", found=refused.found)
    where = view.say("outlines.feature", n=refused.shape) if refused.shape else ""
    return where + sentence


def _remarks(view: View, found: OwnOutlines) -> list[str]:
    remarks = [view.say("outlines.taken", n=len(found.bounds))]
    lacking = [unit for unit in view.now.units if unit not in found.bounds]
    if lacking:
        some = view.say("lab.comma").join(view.names[unit] for unit in lacking[:_MOST_NAMED])
        remarks.append(view.say("outlines.lacking", n=len(lacking), names=some))
    for one in found.remarks:
        shapes = ", ".join(map(str, one.shapes[:_MOST_NAMED]))
        remarks.append(
            view.say(f"outlines.{one.code}", n=len(one.shapes), shapes=shapes, found=one.found)
        )
    return remarks
