"""The page of the map: its choices, the map with a second view beside it, where a click leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from govmaturity.analysis.change.panel import start_of
from govmaturity.analysis.inequality import Floats
from govmaturity.charts import beside as second
from govmaturity.charts import map as charts
from govmaturity.charts.tiles import tiles
from govmaturity.report import findings
from govmaturity.units.outlines import Outline, national_line
from govmaturity.units.registry import Tier
from ui import brushing, choices, mapping, moving, own_outlines, state, widgets
from ui.mapping import Subject
from ui.places import COUNTRY, drawn_region, outlines_of, region_name, tiers
from ui.routes import OUTLINES_ADDRESS
from ui.view import View

MOST_NAMED = 5


@dataclass(frozen=True)
class Chosen:
    """What to draw: of which node, how, at which tier, with what beside it."""

    node: str
    drawn: str
    tier: Tier
    classes: str
    beside: str


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


def choose(view: View) -> Chosen:
    """The line of choices above the map."""
    first, kind, how, aside, last = st.columns(
        [2.4, 1.5, 1.6, 1.5, 1.7], vertical_alignment="bottom"
    )
    with first:
        node = widgets.node_choice(view)
    with kind:
        kinds = ("", "change", "parts", "pair")
        drawn = _box(view, "drawn", {one: f"map.drawn_{one or 'one'}" for one in kinds})
    classes, beside = "", ""
    if drawn == "":
        with how:
            own = "map.classes_level" if view.framework.levels else "map.classes_even"
            methods = ("quantile", "natural", "equal", "box")
            names = {"": own} | {one: f"charts.classes_{one}" for one in methods}
            classes = _box(view, "classes", names)
    if drawn != "parts":
        with aside:
            asides = ("", "scatter", "histogram", "table")
            names = {one: f"map.beside_{one or 'none'}" for one in asides}
            beside = _box(view, "beside", names)
    with last:
        tier = _tier(view)
    return Chosen(node, drawn, tier, classes, beside)


def _box(view: View, name: str, keys: Mapping[str, str]) -> str:
    words = {value: view.say(key) for value, key in keys.items()}
    return choices.box(view.state, name, view.say(f"map.{name}"), words)


def _tier(view: View) -> Tier:
    available = tiers(view)
    if len(available) < 2:
        return available[0] if available else "county"
    keys = {("" if one == "county" else one): f"map.tier_{one}" for one in available}
    chosen = _box(view, "tier", keys)
    return next((one for one in available if one == chosen), "county")


def show(view: View, chosen: Chosen) -> None:
    """Draw the map; a click drills down, picks out, or opens the page of a unit."""
    region = drawn_region(view)
    outlines = outlines_of(view, region, chosen.tier)
    if chosen.tier == "county" and not _drawn(outlines).intersection(view.now.units):
        outlines = ()
    name = region_name(view, region, outlines)
    if chosen.drawn == "parts":
        if outlines:
            _multiples(view, chosen.tier, outlines, name)
        else:
            st.info(view.say("map.no_outline"))
        return
    subject = _subject(view, chosen, name)
    if subject is None:
        return
    widgets.show_finding(subject.sentence)
    if not chosen.beside:
        _map(view, chosen, subject, outlines)
    else:
        left, right = st.columns(2)
        with left:
            _map(view, chosen, subject, outlines)
        with right:
            _beside(view, chosen, subject)
        brushing.show_picked(view, subject.scores)
    if chosen.tier == "county" and outlines:
        _without_outline(view, chosen, subject, outlines)


def _subject(view: View, chosen: Chosen, region: str) -> Subject | None:
    if chosen.drawn == "change":
        if not view.earlier:
            st.info(view.say("map.one_period", period=view.period))
            return None
        names = {("" if place == 0 else one): one for place, one in enumerate(view.earlier)}
        before = choices.box(view.state, "before", view.say("map.before"), names) or view.earlier[0]
        moving.broken(view, chosen.node, before, view.period)
        return mapping.change(view, chosen.node, chosen.tier, before, region)
    if chosen.drawn == "pair":
        node2 = _second_node(view, chosen.node)
        found = mapping.pair(view, chosen.node, node2, chosen.tier, region) if node2 else None
        if found is None:
            st.info(view.say("map.no_pair"))
        return found
    return mapping.one_node(view, chosen.node, chosen.tier, chosen.classes, region)


def _second_node(view: View, node: str) -> str:
    if len(view.now.plan.shown) < 2:
        return ""
    return widgets.node_choice(view, "node2", view.say("map.second_node"), without=node)


def _map(view: View, chosen: Chosen, subject: Subject, outlines: Sequence[Outline]) -> None:
    if not outlines:
        st.info(view.say("map.no_outline"))
        _tiles(view, chosen, subject, view.now.units, subject.title)
        return
    told = (subject.note, _other_borders(view, chosen), own_outlines.attribution(view))
    notes = [note for note in told if note]
    figure = charts.choropleth(
        view.framework,
        outlines,
        OUTLINES_ADDRESS,
        subject.coloured,
        view.caption(subject.title, note="\n".join(notes), is_half=bool(chosen.beside)),
        line=_line(view, outlines),
        scheme=subject.scheme,
        chosen=view.state.listed("brush") if chosen.beside else (),
    )
    widgets.chart_with_table(
        view,
        figure,
        lambda: subject.table,
        "map",
        columns=widgets.score_columns(view),
        on_click=lambda clicked: _clicked(view, chosen.tier, clicked),
        on_pick=brushing.pick if chosen.beside else None,
        alt=subject.sentence,
        scroll=True,
    )
    st.caption(view.say("map.pick_hint" if chosen.beside else "map.click_hint"))


def _other_borders(view: View, chosen: Chosen) -> str:
    """Which of the units shown had another area in the period: outlines are those of today."""
    if chosen.tier != "county" or view.state.outlines:
        return ""
    changed = view.registry.changed_since(start_of(view.period))
    other = [view.names[unit] for unit in view.now.units if unit in changed]
    if not other:
        return ""
    listed = view.say("lab.comma").join(other[:MOST_NAMED])
    return view.say("map.other_borders", n=len(other), period=view.period, names=listed)


def _line(view: View, outlines: Sequence[Outline]) -> Sequence[Floats]:
    is_country = not drawn_region(view) and len(outlines) == 1
    return national_line().lines if is_country else ()


def _clicked(view: View, tier: str, clicked: str) -> None:
    if tier != "county" and clicked in view.registry and view.registry.children(clicked):
        state.change(region=clicked)
        st.rerun()
    widgets.open_unit(view, view.node)(clicked)


def _beside(view: View, chosen: Chosen, subject: Subject) -> None:
    brushed = view.state.listed("brush")
    if chosen.beside == "scatter":
        values, name = subject.second, view.say("map.before")
        if chosen.drawn != "change":
            node2 = (
                _second_node(view, chosen.node)
                if chosen.drawn == ""
                else view.state.node2 or _first_other(view, chosen.node)
            )
            values = mapping.coloured_of(view, node2, chosen.tier).scores if node2 else {}
            name = view.node_name(node2) if node2 else ""
        axes = (_axis(view, chosen), name)
        title = view.say("map.scatter_title", first=axes[0], second=axes[1])
        names = subject.coloured.names
        figure = second.scatter(
            subject.scores, values or {}, names, axes, brushed, view.caption(title, is_half=True)
        )
        widgets.chart_with_table(
            view,
            figure,
            lambda: subject.table,
            "scatter",
            on_pick=brushing.pick,
            alt=subject.sentence,
        )
    elif chosen.beside == "histogram":
        title = view.say("map.histogram_title", node=_axis(view, chosen))
        figure = second.histogram(
            subject.scores, view.say("charts.points"), brushed, view.caption(title, is_half=True)
        )
        bins = second.bins_of(subject.scores)[1]
        widgets.chart_with_table(
            view,
            figure,
            lambda: subject.table,
            "histogram",
            alt=subject.sentence,
            on_pick=lambda marks: brushing.pick(
                [unit for unit, bar in bins.items() if str(bar) in marks]
            ),
        )
    else:
        _brushed_table(view, subject, brushed)


def _axis(view: View, chosen: Chosen) -> str:
    name = view.node_name(chosen.node)
    return view.say("map.change_of", node=name) if chosen.drawn == "change" else name


def _first_other(view: View, node: str) -> str:
    return next((one for one in view.now.plan.shown if one != node), "")


def _brushed_table(view: View, subject: Subject, brushed: Sequence[str]) -> None:
    """The units by score, those picked out marked; marking rows picks them out."""
    units = sorted(subject.scores, key=lambda unit: -_or_last(subject.scores[unit]))
    table = pd.DataFrame(
        {
            view.say("widgets.unit"): [subject.coloured.names[unit] for unit in units],
            view.say("charts.points"): [subject.scores[unit] for unit in units],
        }
    )
    st.dataframe(
        table,
        hide_index=True,
        height=620,
        key="brush_table",
        column_config=widgets.number_columns(view, (view.say("charts.points"),)),
        selection_mode="multi-row",
        selection_default={
            "selection": {"rows": [i for i, unit in enumerate(units) if unit in brushed]}
        },
        on_select=lambda: brushing.pick(
            [units[i] for i in st.session_state.brush_table.selection.rows]
        ),
        alt=subject.sentence,
    )


def _or_last(value: float) -> float:
    return value if value == value else float("-inf")


def _multiples(view: View, tier: str, outlines: Sequence[Outline], region: str) -> None:
    maps, schemes = mapping.parts(view, tier)
    sentence = findings.widest_part(view.now, view.language)
    widgets.show_finding(sentence)
    title = view.say("map.title_parts", region=region)
    figure = charts.multiples(
        view.framework,
        outlines,
        OUTLINES_ADDRESS,
        maps,
        view.caption(title, note=own_outlines.attribution(view)),
        line=_line(view, outlines),
        schemes=schemes,
    )
    widgets.chart_with_table(
        view,
        figure,
        lambda: widgets.parts_table(view),
        "parts_maps",
        columns=widgets.score_columns(view),
        on_click=lambda clicked: _clicked(view, tier, clicked),
        alt=sentence,
    )


def _drawn(outlines: Sequence[Outline]) -> set[str]:
    return {unit for outline in outlines for unit in outline.units}


def _without_outline(
    view: View, chosen: Chosen, subject: Subject, outlines: Sequence[Outline]
) -> None:
    drawn = _drawn(outlines)
    lacking = [unit for unit in view.now.units if unit not in drawn]
    if lacking:
        title = view.say("map.tiles_title", title=subject.title)
        _tiles(view, chosen, subject, lacking, title)


def _tiles(view: View, chosen: Chosen, subject: Subject, units: Sequence[str], title: str) -> None:
    """Units that the map cannot draw, as tiles in its colours."""
    ordered = sorted(units, key=view.order_of_names.__getitem__)
    caption = view.caption(title, note=subject.note, is_half=bool(chosen.beside))
    score = _axis(view, chosen)
    widgets.chart_with_table(
        view,
        tiles(
            view.framework,
            ordered,
            subject.coloured,
            replace(caption, units=len(ordered)),
            scheme=subject.scheme,
            chosen=view.state.listed("brush") if chosen.beside else (),
        ),
        lambda: pd.DataFrame(
            {
                view.say("widgets.unit"): [view.names[unit] for unit in ordered],
                score: [subject.scores.get(unit) for unit in ordered],
            }
        ),
        "tiles",
        columns=widgets.number_columns(view, (score,)),
        on_click=widgets.open_unit(view, view.node),
        on_pick=brushing.pick if chosen.beside else None,
        alt=view.say("map.without_outline", n=len(ordered)),
    )
