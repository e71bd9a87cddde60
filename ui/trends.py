"""The parts of the page Trend."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from govmaturity.analysis import trend
from govmaturity.charts import trend as charts
from govmaturity.report import moved
from ui import choices, state, widgets
from ui.frame import View

MOST_UNITS = 5
MOST_SLOPES = 40


def nothing(view: View) -> None:
    """Why there is no trend yet, and the way to one."""
    st.info(view.say("trend.one_period", period=view.period))
    widgets.to_submit(view)


def first_period(view: View) -> None:
    """The first period has nothing before it: offer the last one."""
    st.info(view.say("trend.first_period", period=view.period))
    st.button(
        view.say("trend.show_last", period=view.scores.periods[-1]),
        on_click=state.change,
        kwargs={"period": ""},
    )


def period_choices(view: View) -> str:
    """Slider over the periods, and the earlier one to compare with; returns the earlier one."""
    left, right = st.columns(2)
    with left:
        periods = {one: one for one in view.scores.periods[1:]}
        last = view.scores.periods[-1]
        if len(periods) > 1:
            names = {("" if one == last else one): one for one in periods}
            choices.slider(view, "period", view.say("trend.until"), names)
    with right:
        earlier = list(reversed(view.earlier))
        names = {("" if place == 0 else one): one for place, one in enumerate(earlier)}
        return choices.box(view, "before", view.say("trend.since"), names) or earlier[0]


def unit_choices(view: View) -> list[str]:
    """Units to draw beside the group."""
    names = {unit: view.names[unit] for unit in widgets.units_of(view.now)}
    return choices.several(view, "units", view.say("trend.units"), names, MOST_UNITS)


def lines(view: View, node: str, units: Sequence[str]) -> None:
    """The group's band over all periods, and the units chosen."""
    scores = view.all_periods
    band = trend.band(scores, node)
    sentence = moved.group(band, view.node_name(node), view.language, view.framework.width)
    widgets.show_finding(sentence)
    series = {view.names[unit]: _series(view, node, unit) for unit in units}
    table = band.drop(columns="units").assign(**series)
    heads = ("widgets.period", "trend.low", "charts.median", "trend.high")
    table.columns = [*map(view.say, heads), *series]
    title = view.say("trend.lines_title", node=view.node_name(node), region=view.region_name())
    widgets.chart_with_table(
        view,
        charts.lines(band, series, view.caption(title)),
        lambda: table,
        "lines",
        columns=widgets.number_columns(view, table.columns[1:]),
        alt=sentence,
    )


def _series(view: View, node: str, unit: str) -> list[float]:
    scores = view.all_periods
    mine = scores.unit == unit
    found = dict(zip(scores.period[mine], scores.of(node)[mine].tolist(), strict=True))
    return [found.get(period, np.nan) for period in scores.periods]


def progress(view: View, node: str, before: str) -> None:
    """Five states of progress, with the rule that decides."""
    table = trend.progress(view.all_periods, node, before, view.period)
    sentence = moved.states(table, before, view.period, view.language)
    st.markdown(f"**{widgets.plain(sentence)}**")
    title = view.say(
        "trend.states_title", node=view.node_name(node), before=before, now=view.period
    )
    shown = pd.DataFrame(
        {
            view.say("widgets.unit"): [view.names[unit] for unit in table["unit"]],
            before: table["before"],
            view.period: table["after"],
            view.say("trend.yearly"): table["yearly"],
            view.say("trend.state"): [view.say(f"charts.state_{one}") for one in table["state"]],
        }
    )
    widgets.chart_with_table(
        view,
        charts.states(table, view.caption(title, unit=view.say("charts.axis_units"))),
        lambda: shown,
        "states",
        columns=widgets.number_columns(view, shown.columns[1:4]),
        alt=sentence,
    )
    st.caption(view.say("trend.rule"))


def slope(view: View, node: str, before: str, units: Sequence[str]) -> None:
    """Ranks of two periods; where there are many units, the chosen and the furthest moved."""
    now = _ranks(view, node, view.period)
    earlier = _ranks(view, node, before)
    both = {unit: (earlier[unit], now[unit]) for unit in now if unit in earlier}
    far = sorted(both, key=lambda unit: -abs(both[unit][0] - both[unit][1]))
    kept = list(dict.fromkeys([*(unit for unit in units if unit in both), *far]))[:MOST_SLOPES]
    ranks = {view.names[unit]: both[unit] for unit in kept}
    note = (
        view.say("trend.slope_note", n=len(both), shown=len(kept)) if len(both) > len(kept) else ""
    )
    table = pd.DataFrame(
        [(view.names[unit], *both[unit], both[unit][0] - both[unit][1]) for unit in far],
        columns=[view.say("widgets.unit"), before, view.period, view.say("trend.places")],
    )
    title = view.say("trend.slope_title", node=view.node_name(node), before=before, now=view.period)
    widgets.chart_with_table(
        view,
        charts.slope(
            ranks,
            [view.names[unit] for unit in units],
            (before, view.period),
            view.caption(title, unit=view.say("widgets.rank"), note=note),
        ),
        lambda: table,
        "slope",
    )


def _ranks(view: View, node: str, period: str) -> dict[str, int]:
    scores = view.at(period)
    ranks = scores.rank_of(node)
    return {str(unit): int(rank) for unit, rank in zip(scores.unit, ranks, strict=True) if rank}


def split(view: View, unit: str, before: str) -> None:
    """What moved one unit's total since the earlier period, by dimension and by indicator."""
    scores, root = view.all_periods, view.scores.plan.root
    here = {str(one) for one in view.at(before).unit}
    found = trend.split_change(scores, unit, before, view.period, root) if unit in here else None
    if found is None:
        st.info(view.say("trend.no_split", name=view.names[unit], before=before, now=view.period))
        return
    names = {node: view.words(view.framework.nodes[node].name) for node in view.framework.nodes}
    width = view.framework.width
    sentence = moved.split(found, view.names[unit], names, view.language, width)
    st.markdown(f"**{widgets.plain(sentence)}**")
    deep = trend.split_to_indicators(scores, unit, before, view.period)
    for key, one in (("split", found), ("split_indicators", deep)):
        if one is None:
            continue
        largest = dict(sorted(one.parts.items(), key=lambda item: -abs(item[1])))
        table = pd.DataFrame(
            {
                view.say("cards.node"): [names[node] for node in largest],
                view.say("charts.change"): list(largest.values()),
            }
        )
        note = view.say("trend.exact" if one.is_exact else "trend.shapley")
        title = view.say(
            f"trend.{key}_title", name=view.names[unit], before=before, now=view.period
        )
        widgets.chart_with_table(
            view,
            charts.split(one, names, width, view.caption(title, note=note)),
            lambda table=table: table,
            key,
            columns=widgets.number_columns(view, table.columns[1:], more=1),
            alt=sentence,
        )
