"""The parts of the page Trend: lines, slopes of ranks, progress to a target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import streamlit as st

from govmaturity.analysis.change.breaks import SeriesBreak
from govmaturity.analysis.change.convergence import sigma
from govmaturity.analysis.change.panel import Panel, panel_of, ranks_of, start_of
from govmaturity.analysis.change.progress import (
    DEFAULT_YEARS,
    NO_STATE,
    STATES,
    Progress,
    default_target,
    progress,
)
from govmaturity.analysis.imbalance import can_be_relative
from govmaturity.analysis.inequality import UndefinedMeasureError
from govmaturity.charts import trend as charts
from govmaturity.charts.theme import Caption
from govmaturity.report import lab
from govmaturity.report import trend as sentences
from govmaturity.scoring import Scores
from govmaturity.texts import numbers
from ui import choices, widgets
from ui.view import View

MAX_CHOSEN = 8


@dataclass(frozen=True)
class Story:
    """What the page tells of: the scores up to the chosen period, of the chosen region, by node."""

    view: View
    node: str
    scores: Scores
    panel: Panel

    @property
    def name(self) -> str:
        return self.view.node_name(self.node)

    @property
    def first(self) -> str:
        return self.panel.periods[0]

    @property
    def last(self) -> str:
        return self.panel.periods[-1]

    @property
    def has_years(self) -> bool:
        """Whether time lies between first and last: a year and its first half begin together."""
        return self.panel.years > 0

    @property
    def unit_names(self) -> list[str]:
        return [self.view.names[unit] for unit in self.panel.units]

    def caption(self, key: str, unit: str | None = None, **slots: object) -> Caption:
        """What a picture of all these periods says of itself."""
        title = self.view.say(key, node=self.name, **slots)
        caption = self.view.caption(title, unit=unit)
        counted = int((~np.isnan(self.panel.values)).any(axis=0).sum())
        return replace(caption, period=f"{self.first} – {self.last}", units=counted)


def story_of(view: View, node: str) -> Story | None:
    """The periods up to the chosen one; None where there are not two."""
    whole = view.over_time
    kept = whole.period <= view.period
    if view.region:
        inside = view.registry.ever_within(view.region)
        kept &= np.array([unit in inside for unit in whole.unit])
    scores = whole.rows(kept).among_themselves()
    if len(scores.periods) < 2:
        return None
    return Story(view, node, scores, panel_of(scores, node))


def why_nothing(view: View) -> str:
    """Why there is no change to see, and what brings one."""
    key = "trend.one_period" if len(view.scores.periods) == 1 else "trend.first_period"
    return widgets.plain(view.say(key, period=view.period))


def no_years(story: Story) -> str:
    """Why there is no change a year."""
    return widgets.plain(story.view.say("trend.no_years", first=story.first, last=story.last))


def finding(story: Story) -> str:
    """How the middle unit moved, and whether units came closer."""
    view = story.view
    sentence = sentences.middle(story.panel, story.name, view.language, view.framework.width)
    if not can_be_relative(story.scores, story.node):
        return sentence
    try:
        found = sigma(story.panel.values)
    except UndefinedMeasureError:
        return sentence
    return sentence + lab.spread_over_time(found, story.first, story.last, view.language)


def _choose(story: Story) -> None:
    view = story.view
    choices.several(
        view.state,
        "units",
        view.say("trend.choose_more"),
        {unit: f"{view.names[unit]} ({unit})" for unit in story.panel.units},
        view.say("trend.choose_hint", n=MAX_CHOSEN),
        MAX_CHOSEN,
    )


def chosen(story: Story) -> set[str]:
    """Units in colour."""
    return set(story.view.state.listed("units")[:MAX_CHOSEN]) & set(story.panel.units)


def lines(story: Story, breaks: Sequence[SeriesBreak]) -> None:
    """Every unit over the periods, with the band of the middle half."""
    view, panel = story.view, story.panel
    _choose(story)
    table = pd.DataFrame(
        {view.say("widgets.unit"): story.unit_names}
        | dict(zip(panel.periods, panel.values, strict=True))
    )
    if view.restated:
        restated = {
            unit: [one.period for one in view.restated if one.unit == unit] for unit in panel.units
        }
        periods = [view.say("lab.comma").join(restated[unit]) for unit in panel.units]
        table[view.say("trend.back_series")] = periods
    widgets.chart_with_table(
        view,
        charts.unit_lines(
            panel,
            view.names,
            chosen(story),
            story.caption("trend.lines_title"),
            breaks=[one.period for one in breaks if not one.unit],
            restated={(one.unit, one.period) for one in view.restated},
        ),
        lambda: table,
        "trend_lines",
        alt=finding(story),
        columns=widgets.number_columns(view, panel.periods),
        on_click=widgets.open_unit(view, view.node),
    )


def slopes(story: Story) -> None:
    """Ranks in two periods, the first and the last unless chosen."""
    view, periods = story.view, story.panel.periods
    st.subheader(view.say("trend.slopes"), anchor=False)
    left, right = st.columns(2)
    with left:
        earlier = {period: period for period in periods[:-1]}
        first = choices.box(view.state, "before", view.say("trend.from_period"), earlier)
    with right:
        later = {period: period for period in periods[periods.index(first) + 1 :]}
        last = choices.box(view.state, "until", view.say("trend.to_period"), later, periods[-1])
    ranks = ranks_of(story.scores, story.node)
    before, after = (ranks.values[periods.index(one)] for one in (first, last))
    caption = story.caption("trend.slopes_title", view.say("trend.rank"), first=first, last=last)
    counted = int((~np.isnan(before) & ~np.isnan(after)).sum())
    table = pd.DataFrame(
        {
            view.say("widgets.unit"): story.unit_names,
            view.say("trend.rank_before", period=first): pd.array(before, dtype="Int32"),
            view.say("trend.rank_before", period=last): pd.array(after, dtype="Int32"),
        }
    ).sort_values(view.say("trend.rank_before", period=last))
    widgets.chart_with_table(
        view,
        charts.rank_slopes(
            before,
            after,
            ranks.units,
            view.names,
            (first, last),
            chosen(story),
            replace(caption, period=f"{first} – {last}", units=counted),
        ),
        lambda: table,
        "slopes",
        on_click=widgets.open_unit(view, view.node),
    )


def on_course(story: Story) -> None:
    """Which units are on course to a target, by the rule that stands below."""
    view = story.view
    st.subheader(view.say("trend.progress"), anchor=False)
    if not story.has_years:
        st.info(no_years(story))
        return
    low, high = view.framework.scale
    now = start_of(story.last)
    left, right = st.columns(2)
    with left:
        target = choices.number(
            view.state,
            "target",
            view.say("trend.target"),
            low,
            high,
            default_target(view.framework),
            (high - low) / 200,
        )
    with right:
        year = int(
            choices.number(
                view.state,
                "year",
                view.say("trend.target_year"),
                int(now) + 1,
                int(now) + 50,
                int(now) + DEFAULT_YEARS,
                1,
            )
        )
    panel = story.panel
    found = progress(
        panel.values[0], panel.values[-1], panel.years, target, year - now, view.framework.width
    )
    shown = numbers.score(target, view.language, view.framework.width)
    told = sentences.on_course(found, shown, year, view.language)
    st.markdown(widgets.plain(told))
    st.caption(widgets.plain(view.say("trend.rule")))
    if found.left_out:
        st.caption(view.say("trend.left_out", n=found.left_out))
    if found.left_out == len(panel.units):
        return
    counted = len(panel.units) - found.left_out
    caption = story.caption("trend.progress_title", year=year, target=shown)
    changes = (view.say("trend.yearly"), view.say("trend.needed"))
    widgets.chart_with_table(
        view,
        charts.progress_dots(
            found,
            panel.values[-1],
            panel.units,
            view.names,
            chosen(story),
            replace(caption, units=counted),
        ),
        lambda: _states_table(story, found),
        "progress",
        columns={
            **widgets.number_columns(view, (view.say("trend.last_score"),)),
            **widgets.number_columns(view, changes, more=1),
            view.say("trend.pace"): st.column_config.NumberColumn(format="%.0f%%"),
        },
        on_click=widgets.open_unit(view, view.node),
        alt=told,
    )


def _states_table(story: Story, found: Progress) -> pd.DataFrame:
    view = story.view
    table = pd.DataFrame(
        {
            view.say("widgets.unit"): story.unit_names,
            view.say("trend.state"): [
                view.say(f"trend.state_{STATES[place]}") if place != NO_STATE else ""
                for place in found.state
            ],
            view.say("trend.last_score"): story.panel.values[-1],
            view.say("trend.yearly"): found.yearly,
            view.say("trend.needed"): found.needed,
            view.say("trend.pace"): 100 * found.pace,
        }
    )
    order = np.lexsort((-np.nan_to_num(story.panel.values[-1]), -found.state))
    return table.iloc[order]
