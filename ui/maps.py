"""The map of a node: which outlines, which tier, and where a click leads."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from govmaturity.analysis.summary import means_by
from govmaturity.charts import map as charts
from govmaturity.charts.map import Coloured
from govmaturity.report import findings
from govmaturity.scoring.level import bands
from govmaturity.units.outlines import Outline, national_line, outline_for
from ui import state, widgets
from ui.frame import View
from ui.routes import OUTLINES_ADDRESS

COUNTRY = ""
# Up to this many prefectures are drawn on their own, finer outlines; beyond it
# the region that holds them all is.
MOST_LAYERS = 6
TIERS = ("county", "prefecture", "province")


def breadcrumb(view: View) -> None:
    """The regions above the one shown, each a way back up."""
    if not view.region:
        return
    above = [COUNTRY, *reversed(view.registry.ancestors(view.region))]
    with st.container(horizontal=True, vertical_alignment="center"):
        for region in above:
            name = view.registry.name(region, view.language) if region else view.say("map.country")
            st.button(
                name,
                key=f"up_{region or 'country'}",
                on_click=state.change,
                kwargs={"region": region},
                type="tertiary",
                icon=":material/arrow_upward:",
            )
        st.markdown(f"**{widgets.plain(view.region_name())}**")


def tier_choice(view: View) -> str:
    """Which tier to colour: counties, or means of what lies above them."""
    region = _drawn_region(view)
    available = [tier for tier in TIERS if outline_for(region, tier) is not None]
    if len(available) < 2:
        return available[0] if available else "county"
    return str(
        st.segmented_control(
            view.say("map.tier"),
            available,
            default="county",
            key=f"tier_{region}",
            format_func=lambda tier: view.say(f"map.tier_{tier}"),
            required=True,
        )
    )


@st.fragment
def show(view: View, node: str, tier: str) -> None:
    """Draw the map; a click drills down, or opens the page of a unit."""
    region = _drawn_region(view)
    outlines = _outlines(view, region, tier)
    if not outlines:
        st.info(view.say("map.no_outline"))
        return
    coloured = _units(view, node) if tier == "county" else _means(view, node, tier)
    title = view.say(
        "map.title" if tier == "county" else "map.title_means",
        node=view.node_name(node),
        region=_region_name(view, region, outlines),
        tier=view.say(f"map.tier_{tier}"),
    )
    widgets.show_finding(
        findings.overview_simulated(view.now, view.region_name(), view.language)
        if view.is_simulated
        else findings.map_ends(view.now, node, view.names, view.language)
    )
    figure = charts.choropleth(
        view.framework,
        outlines,
        OUTLINES_ADDRESS,
        coloured,
        view.caption(title, note=view.say("units.attribution")),
        line=national_line().lines if not region and len(outlines) == 1 else (),
    )
    widgets.chart_with_table(
        view,
        figure,
        lambda: _table(view, node, tier, coloured),
        "map",
        columns=widgets.score_columns(view),
        on_click=lambda clicked: _clicked(view, tier, clicked),
        scroll=True,
    )
    st.caption(view.say("map.click_hint"))
    _without_outline(view, outlines, tier)


def _clicked(view: View, tier: str, clicked: str) -> None:
    if tier != "county" and clicked in view.registry and view.registry.children(clicked):
        state.change(region=clicked)
        st.rerun()
    widgets.open_unit(view)(clicked)


def outlines_of_view(view: View) -> tuple[Outline, ...]:
    """The outlines of the districts and counties in view."""
    return _outlines(view, _drawn_region(view), "county")


def _outlines(view: View, region: str, tier: str) -> tuple[Outline, ...]:
    """The layers of a map: one for a region, or one per prefecture where few of many have data."""
    whole = outline_for(region, tier)
    if whole is None or region or tier != "county":
        return (whole,) if whole else ()
    inside = {
        view.registry.prefecture_of(unit) or view.registry.province_of(unit) or ""
        for unit in view.now.units
        if unit in view.registry
    }
    layers = [outline_for(one, tier) for one in sorted(inside)]
    if not 0 < len(layers) <= MOST_LAYERS:
        return (whole,)
    return tuple(layer for layer in layers if layer)


def _region_name(view: View, region: str, outlines: Sequence[Outline]) -> str:
    if region:
        return view.registry.name(region, view.language)
    return view.say("map.country") if len(outlines) == 1 else view.region_name()


def _drawn_region(view: View) -> str:
    """The region chosen, or the smallest that holds all units; a county shows what it lies in."""
    region = view.region or _common_region(view)
    while region and outline_for(region, "county") is None:
        region = next(iter(view.registry.ancestors(region)), COUNTRY)
    return region


def _common_region(view: View) -> str:
    """The smallest region that holds all units of the data: a map of the country for all of it."""
    known = [unit for unit in view.now.units if unit in view.registry]
    if not known:
        return COUNTRY
    paths = [list(reversed((unit, *view.registry.ancestors(unit)))) for unit in known]
    shared = COUNTRY
    for tier in zip(*paths, strict=False):
        if len(set(tier)) > 1 or not view.registry.children(tier[0]):
            break
        shared = tier[0]
    return shared


def _units(view: View, node: str) -> Coloured:
    scores = view.now
    units = [str(unit) for unit in scores.unit]
    ranks = scores.rank_of(node)
    return Coloured(
        scores=dict(zip(units, scores.of(node).tolist(), strict=True)),
        levels=dict(zip(units, scores.level_of(node).tolist(), strict=True)),
        names=view.names,
        details=dict(zip(units, ranks.tolist(), strict=True)),
        detail="charts.hover_rank",
        total=int((ranks > 0).sum()),
    )


def _means(view: View, node: str, tier: str) -> Coloured:
    above = {unit: _above(view, unit, tier) for unit in view.now.units}
    means = means_by(view.now, node, {unit: up for unit, up in above.items() if up})
    groups = [str(group) for group in means["group"]]
    levels = bands(view.framework, means["score"].to_numpy())
    return Coloured(
        scores=dict(zip(groups, means["score"].tolist(), strict=True)),
        levels=dict(zip(groups, levels.tolist(), strict=True)),
        names={group: view.registry.name(group, view.language) for group in groups},
        details=dict(zip(groups, means["units"].tolist(), strict=True)),
        detail="charts.hover_mean",
        total=len(groups),
    )


def _above(view: View, unit: str, tier: str) -> str | None:
    if unit not in view.registry:
        return None
    if tier == "province":
        return view.registry.province_of(unit)
    # A unit right below a province stands on the map of prefectures itself.
    return view.registry.prefecture_of(unit) or unit


def _table(view: View, node: str, tier: str, coloured: Coloured) -> pd.DataFrame:
    if tier == "county":
        return widgets.parts_table(view)
    return pd.DataFrame(
        {
            view.say(f"map.tier_{tier}"): [
                view.registry.name(id_, view.language) for id_ in coloured.scores
            ],
            view.node_name(node): list(coloured.scores.values()),
            view.say("charts.level"): [
                view.level_name(level) for level in coloured.levels.values()
            ],
        }
    )


def _without_outline(view: View, outlines: Sequence[Outline], tier: str) -> None:
    if tier != "county":
        return
    drawn = {unit for outline in outlines for unit in outline.units}
    lacking = [unit for unit in view.now.units if unit not in drawn]
    if lacking:
        names = ", ".join(view.names[unit] for unit in lacking[:10])
        st.caption(view.say("map.without_outline", n=len(lacking), names=names))
        for unit in lacking[:12]:
            if st.button(view.names[unit], key=f"tile_{unit}"):
                widgets.open_unit(view)(unit)
