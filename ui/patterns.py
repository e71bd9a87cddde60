"""The parts of the page Patterns: local clusters, what goes with a score, types of units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from govmaturity.analysis.context import QUADRANTS as QUADRANTS_OF_MEANS
from govmaturity.analysis.context import correlation, quadrants, regression
from govmaturity.analysis.inequality import Floats, UndefinedMeasureError
from govmaturity.analysis.space.association import QUADRANTS, Local
from govmaturity.analysis.space.neighbours import Neighbours
from govmaturity.charts import lab as lab_charts
from govmaturity.charts import patterns as charts
from govmaturity.report import lab
from govmaturity.scoring import Scores
from ui import brushing, choices, computed, own_outlines, places, scored, spread, widgets
from ui import lab as laboratory
from ui.census import census
from ui.routes import OUTLINES_ADDRESS
from ui.view import View

_NOT_SIGNIFICANT = len(QUADRANTS)
# The lens of the default framework that sets means against effects.
_LENS = "input_effect"


def clusters(view: View, node: str) -> None:
    """Where high lies among high and low among low: Moran's scatter and a map, marked together."""
    scores = spread.counted(view)
    try:
        near, moran, local = computed.clusters(view.version, node, scores)
    except UndefinedMeasureError as reason:
        widgets.undefined(view, reason)
        return
    widgets.show_finding(lab.alike(moran, view.language))
    st.markdown(f"- {widgets.plain(lab.spots(local, view.language))}")
    table = _clusters_table(view, scores, node, near, local)
    left, right = st.columns(2)
    with left:
        _scatter(view, scores, node, near, local, table)
    with right:
        _map(view, scores, local, table)
    st.caption(view.say("map.pick_hint"))
    values = dict(zip(map(str, scores.unit), scores.of(node).tolist(), strict=True))
    brushing.show_picked(view, values)
    lonely = [view.names.get(unit, unit) for unit in (*near.islands, *near.unmapped)]
    if lonely:
        st.caption(view.say("patterns.islands", n=len(lonely), names=", ".join(lonely[:10])))
    laboratory.cards(view, ("moran_i", "local_moran"))


def _class_names(view: View) -> list[str]:
    names = [view.say(f"lab.quadrant_{name}") for name in QUADRANTS]
    return [*names, view.say("lab.not_significant")]


def _classes(scores: Scores, local: Local) -> dict[str, int]:
    """The class of each unit that has one: its quadrant, or not significant."""
    return {
        str(unit): int(quadrant) if is_clear else _NOT_SIGNIFICANT
        for unit, quadrant, is_clear in zip(
            scores.unit, local.quadrant, local.is_significant, strict=True
        )
        if quadrant >= 0
    }


def _clusters_table(
    view: View, scores: Scores, node: str, near: Neighbours, local: Local
) -> pd.DataFrame:
    names, classes = _class_names(view), _classes(scores, local)
    units = [str(unit) for unit in scores.unit]
    return pd.DataFrame(
        {
            view.say("widgets.unit"): [view.names[unit] for unit in units],
            view.say("lab.axis_own"): scores.of(node),
            view.say("lab.axis_around"): near.mean_of(scores.of(node)),
            view.say("patterns.cluster"): [
                names[classes[unit]] if unit in classes else "" for unit in units
            ],
        }
    )


def _scatter(
    view: View, scores: Scores, node: str, near: Neighbours, local: Local, table: pd.DataFrame
) -> None:
    figure = lab_charts.neighbours_scatter(
        scores.of(node),
        near,
        local,
        [view.names[str(unit)] for unit in scores.unit],
        view.caption(view.say("patterns.scatter_title"), is_half=True),
        chosen=view.state.listed("brush"),
    )
    widgets.chart_with_table(
        view,
        figure,
        lambda: table,
        "neighbours",
        alt=lab.spots(local, view.language),
        columns=_columns(view),
        on_pick=brushing.pick,
    )


def _columns(view: View) -> dict[str, Any]:
    return widgets.number_columns(view, (view.say("lab.axis_own"), view.say("lab.axis_around")))


def _map(view: View, scores: Scores, local: Local, table: pd.DataFrame) -> None:
    outlines = places.outlines_of_view(view)
    if not outlines:
        st.info(view.say("map.no_outline"))
        return
    figure = charts.classes_map(
        outlines,
        OUTLINES_ADDRESS,
        _classes(scores, local),
        _class_names(view),
        charts.CLUSTERS,
        view.names,
        view.caption(
            view.say("patterns.map_title"),
            unit=view.say("patterns.cluster"),
            note=own_outlines.attribution(view),
            is_half=True,
        ),
        chosen=view.state.listed("brush"),
    )
    widgets.chart_with_table(
        view,
        figure,
        lambda: table,
        "clusters",
        alt=lab.spots(local, view.language),
        columns=_columns(view),
        on_pick=brushing.pick,
        scroll=True,
    )


def drivers(view: View, node: str) -> None:
    """How a score goes with census figures: one at a time, then together; never as a cause."""
    st.subheader(view.say("patterns.drivers"), anchor=False)
    known = census(view)
    if known is None:
        st.info(view.say("patterns.no_context"))
        return
    if known.is_the_score:
        st.caption(view.say("patterns.same_figures"))
    values = view.now.of(node)
    names = {id_: view.words(name) for id_, name in known.names.items()}
    chosen = choices.box(view.state, "against", view.say("patterns.against"), names)
    try:
        found = correlation(known.figures[chosen], values)
    except UndefinedMeasureError as reason:
        widgets.undefined(view, reason)
        return
    name = names[chosen]
    told = lab.going_with(found, name, view.language)
    st.markdown(widgets.plain(told))
    units = [str(unit) for unit in view.now.unit]
    title = view.say("patterns.against_title", node=view.node_name(node), what=name)
    table = pd.DataFrame(
        {
            view.say("widgets.unit"): [view.names[unit] for unit in units],
            name: known.figures[chosen],
            view.node_name(node): values,
        }
    )
    widgets.chart_with_table(
        view,
        charts.against(
            known.figures[chosen],
            values,
            units,
            view.names,
            f"{name} ({view.words(known.units_of_measure[chosen])})",
            view.node_name(node),
            view.caption(title, note="" if known.is_the_score else view.words(known.source)),
        ),
        lambda: table,
        "driver",
        alt=told,
        on_click=widgets.open_unit(view),
    )
    _together(view, known.figures, values, names)


def _together(
    view: View, figures: Mapping[str, Floats], values: Floats, names: dict[str, str]
) -> None:
    some = view.say("widgets.choose_some")
    wanted = choices.several(view.state, "together", view.say("patterns.together"), names, some)
    if not wanted:
        return
    try:
        found = regression(values, {id_: figures[id_] for id_ in wanted})
    except UndefinedMeasureError as reason:
        widgets.undefined(view, reason)
        return
    st.markdown(
        view.say("patterns.fit", r2=f"{100 * found.r_squared:.0f}", n=found.n)
        + (" " + view.say("patterns.thin") if found.is_thin else "")
    )
    rows = [
        {
            view.say("patterns.against"): names[id_],
            view.say("patterns.slope"): slope.value,
            view.say("imbalance.interval"): f"{slope.low:.4g} - {slope.high:.4g}",
            "p": round(slope.p, 4),
            view.say("patterns.per_deviation"): slope.per_deviation,
            "VIF": round(slope.inflation, 1),
        }
        for id_, slope in found.slopes.items()
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True)
    laboratory.cards(view, ("regression",))


def means_and_effects(view: View) -> None:
    """Which units have much means and little effect, by the lens of inputs and effects."""
    if _LENS not in view.framework.lenses or view.dataset is None:
        return
    st.subheader(view.say("patterns.quadrants"), anchor=False)
    state = view.state
    whole = scored.scores_of(view.dataset, view.framework, state.weights, state.profile, lens=_LENS)
    rows = [whole.row(str(unit), view.period) for unit in view.now.unit]
    means, effect = (whole.of(group)[rows] for group in ("inputs", "effects"))
    try:
        found = quadrants(means, effect)
    except UndefinedMeasureError as reason:
        widgets.undefined(view, reason)
        return
    told = lab.little_effect(found, view.language)
    st.markdown(widgets.plain(told))
    groups = {group.id: group.name for group in view.framework.lenses[_LENS].groups}
    names = (view.words(groups["inputs"]), view.words(groups["effects"]))
    units = [str(unit) for unit in view.now.unit]
    table = pd.DataFrame(
        {
            view.say("widgets.unit"): [view.names[unit] for unit in units],
            names[0]: means,
            names[1]: effect,
            view.say("patterns.quadrant"): [
                view.say(f"patterns.{QUADRANTS_OF_MEANS[place]}") if place >= 0 else ""
                for place in found.place
            ],
        }
    )
    figure = charts.against(
        means,
        effect,
        units,
        view.names,
        *names,
        view.caption(view.say("patterns.quadrants_title")),
    )
    figure.add_vline(x=found.means_line, line={"dash": "dot"})
    figure.add_hline(y=found.effect_line, line={"dash": "dot"})
    widgets.chart_with_table(
        view, figure, lambda: table, "quadrants", on_click=widgets.open_unit(view), alt=told
    )
    laboratory.cards(view, ("quadrants",))


def types(view: View) -> None:
    """Units grouped by the profile of their dimensions."""
    st.subheader(view.say("patterns.types"), anchor=False)
    scores = spread.counted(view)
    try:
        found = computed.types(view.version, scores)
    except UndefinedMeasureError as reason:
        widgets.undefined(view, reason)
        return
    names = {part: view.node_name(part) for part in scores.plan.parts}
    first, *rest = lab.kinds(found, names, view.language)
    st.markdown(widgets.plain(first))
    st.markdown("\n".join(f"- {widgets.plain(one)}" for one in rest))
    labels = [
        view.say("patterns.type", place=place, n=one.n)
        for place, one in enumerate(found.types, start=1)
    ]
    table = pd.DataFrame(
        {
            view.say("widgets.unit"): [view.names[str(unit)] for unit in scores.unit],
            view.say("patterns.type_column"): [
                labels[place] if place >= 0 else "" for place in found.of_unit
            ],
            view.say("patterns.silhouette"): found.of_units,
        }
    )
    widgets.chart_with_table(
        view,
        charts.type_profiles(found, labels, names, view.caption(view.say("patterns.types_title"))),
        lambda: table,
        "types",
        alt=first,
    )
    laboratory.cards(view, ("types",))
