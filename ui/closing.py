"""Do units come closer? Sigma, beta, moves between levels, distributions and ranks over time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import streamlit as st

from govmaturity.analysis.change.convergence import beta, sigma
from govmaturity.analysis.change.density import Density, kernel_density
from govmaturity.analysis.change.mobility import rank_mobility
from govmaturity.analysis.change.panel import levels_of
from govmaturity.analysis.change.transitions import QUARTILES, quantile_states, transitions
from govmaturity.analysis.imbalance import can_be_relative
from govmaturity.analysis.inequality import UndefinedMeasureError
from govmaturity.charts import change as charts
from govmaturity.charts import lab as lab_charts
from govmaturity.report import lab
from govmaturity.texts import numbers
from ui import lab as laboratory
from ui import widgets
from ui.trending import Story, no_years

CARDS = ("sigma", "beta", "transitions", "kernel_density", "rank_mobility")


def section(story: Story) -> None:
    """Every measure with its sentence; where one is undefined, why."""
    view = story.view
    st.subheader(view.say("trend.convergence"), anchor=False)
    parts: list[Callable[[Story], None]] = [_moves]
    if can_be_relative(story.scores, story.node):
        parts = [_spread, _catching_up, _moves, _shapes]
    else:
        st.info(view.say("findings.scale_negative"))
    cards = [one for one in CARDS if one != "rank_mobility"]
    if story.scores.has_ranks:
        parts, cards = [*parts, _order], list(CARDS)
    for part in parts:
        try:
            part(story)
        except UndefinedMeasureError as reason:
            widgets.undefined(view, reason)
    laboratory.cards(view, cards)


def _say(text: str) -> None:
    st.markdown(f"- {widgets.plain(text)}")


def _spread(story: Story) -> None:
    found, language = sigma(story.panel.values), story.view.language
    _say(lab.spread_over_time(found, story.first, story.last, language))
    listed = story.view.say("lab.comma").join(
        f"{period} {numbers.decimal(spread, language, 3)}"
        for period, spread in zip(story.panel.periods, found.spread, strict=True)
    )
    st.caption(story.view.say("trend.sigma_note", listed=listed))


def _catching_up(story: Story) -> None:
    view, panel = story.view, story.panel
    if not story.has_years:
        st.info(no_years(story))
        return
    start, end = panel.values[0], panel.values[-1]
    told = lab.catching_up(beta(start, end, panel.years), view.language)
    _say(told)
    kept = (np.nan_to_num(start) > 0) & (np.nan_to_num(end) > 0)
    growth = 100 * np.log(end[kept] / start[kept]) / panel.years
    table = pd.DataFrame(
        {
            view.say("widgets.unit"): np.array(story.unit_names, dtype=object)[kept],
            view.say("lab.axis_start"): start[kept],
            view.say("lab.axis_growth"): growth,
        }
    )
    widgets.chart_with_table(
        view,
        lab_charts.catching_up(
            start, end, panel.years, story.unit_names, story.caption("trend.beta_title", unit="%")
        ),
        lambda: table,
        "catching_up",
        columns={
            view.say("lab.axis_start"): st.column_config.NumberColumn(format="%.3g"),
            view.say("lab.axis_growth"): st.column_config.NumberColumn(format="%.2f%%"),
        },
        alt=told,
    )


def _moves(story: Story) -> None:
    view = story.view
    levels = view.framework.levels
    if levels:
        states = np.nan_to_num(levels_of(story.scores, story.node).values).astype(np.intp)
        labels = [view.level_name(place) for place in range(1, len(levels) + 1)]
    else:
        states = quantile_states(story.panel.values).astype(np.intp)
        labels = [view.say("trend.quartile", place=place) for place in range(1, QUARTILES + 1)]
    found = transitions(states, len(labels))
    told = lab.moves(found, view.language)
    _say(told)
    if not found.counts.sum():
        return
    if not levels:
        st.caption(view.say("trend.quartile_note"))
    table = pd.DataFrame(
        [
            (labels[row], labels[column], int(found.counts[row, column]), 100 * chance)
            for row, chances in enumerate(found.chances)
            for column, chance in enumerate(chances)
        ],
        columns=[
            *(view.say(f"trend.{one}") for one in ("from_level", "to_level", "count")),
            view.say("imbalance.share"),
        ],
    )
    widgets.chart_with_table(
        view,
        charts.transition_map(
            found, labels, story.caption("trend.moves_title", unit=view.say("trend.count"))
        ),
        lambda: table,
        "moves",
        columns={
            view.say("imbalance.share"): st.column_config.NumberColumn(format="%.1f%%"),
        },
        alt=told,
    )


def _shapes(story: Story) -> None:
    view, panel = story.view, story.panel
    found: dict[str, Density] = {}
    for period, values in zip(panel.periods, panel.values, strict=True):
        try:
            found[period] = kernel_density(values, *view.framework.scale)
        except UndefinedMeasureError:
            # A period in which few units have a score, or all tie, has no curve.
            continue
    if not found:
        raise UndefinedMeasureError("too_few_units")
    last = list(found)[-1]
    told = f"{last}: {lab.shape(found[last], view.language)}"
    _say(told)
    table = pd.DataFrame({view.node_name(story.node): next(iter(found.values())).at})
    for period, density in found.items():
        table[period] = density.height
    widgets.chart_with_table(
        view,
        lab_charts.density_curves(found, story.caption("trend.density_title")),
        lambda: table,
        "density",
        alt=told,
    )


def _order(story: Story) -> None:
    found = rank_mobility(story.panel.values[0], story.panel.values[-1])
    _say(lab.order(found, story.view.language))
