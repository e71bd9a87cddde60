"""Periods one after another: how the distribution moves, and where a series breaks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from govmaturity.analysis.change.back_series import Parts
from govmaturity.analysis.change.breaks import SeriesBreak, breaks_between
from govmaturity.charts import moving as charts
from ui import trending, widgets
from ui.trending import Story
from ui.view import View

MOST_BREAKS = 5


def broken(view: View, node: str, first: str, last: str) -> tuple[SeriesBreak, ...]:
    """Say which figures between two periods are not to be compared; return the breaks."""
    # A unit whose earlier figures are restated is of one area throughout: see `back_series`.
    restated = {one.unit for one in view.restated}
    units = [unit for unit in view.now.units if unit not in restated]
    found = breaks_between(view.framework, view.registry, units, first, last, node)
    if found:
        told = [_told(view, one) for one in found[:MOST_BREAKS]]
        if len(found) > MOST_BREAKS:
            told.append(view.say("trend.more_breaks", n=len(found) - MOST_BREAKS))
        st.warning("\n\n".join(map(widgets.plain, told)), icon=":material/horizontal_split:")
    return found


def back_series(view: View, story: Story) -> None:
    """Say of which units earlier figures are restated, from what, and by which rule."""
    made: dict[tuple[str, str, Parts], list[str]] = {}
    for one in view.restated:
        if one.unit in story.panel.units:
            made.setdefault((one.unit, one.how, one.parts), []).append(one.period)
    if not made:
        return
    comma = view.say("lab.comma")
    told = [
        view.say(
            f"trend.back_{how}",
            name=view.names.get(unit, unit),
            periods=comma.join(periods),
            parts=comma.join(_part(view, code, share) for code, share in parts),
        )
        for (unit, how, parts), periods in list(made.items())[:MOST_BREAKS]
    ]
    if len(made) > MOST_BREAKS:
        told.append(view.say("trend.more_restated", n=len(made) - MOST_BREAKS))
    told.append(view.say("trend.back_rule"))
    st.info("\n\n".join(map(widgets.plain, told)), icon=":material/history:")


def _part(view: View, code: str, share: float) -> str:
    registry = view.registry
    name = registry.name(code, view.language) if code in registry else code
    if np.isnan(share):
        return view.say("trend.back_unknown", name=name, code=code)
    if share < 1:
        return view.say("trend.back_share", name=name, code=code, share=f"{100 * share:.3g}")
    return view.say("trend.back_whole", name=name, code=code)


def _told(view: View, one: SeriesBreak) -> str:
    key = "trend.break_unit" if one.unit else "trend.break"
    name = view.names[one.unit] if one.unit else ""
    return view.say(key, period=one.period, name=name, reason=view.words(one.reason))


def distribution(story: Story) -> None:
    """Units counted by score, a slider and a button to go through the periods."""
    view, panel = story.view, story.panel
    st.subheader(view.say("trend.moving"), anchor=False)
    ends = np.nanquantile
    known = [row[~np.isnan(row)] for row in panel.values]
    shares = (0.1, 0.25, 0.5, 0.75, 0.9)
    table = pd.DataFrame(
        {view.say("frame.period"): panel.periods, view.say("trend.counted"): [*map(len, known)]}
        | {
            f"P{share * 100:.0f}": [ends(row, share) if len(row) else np.nan for row in known]
            for share in shares
        }
    )
    widgets.chart_with_table(
        view,
        charts.moving_distribution(
            panel,
            view.names,
            trending.chosen(story),
            story.caption("trend.moving_title", view.say("charts.points")),
            view.framework.scale,
        ),
        lambda: table,
        "moving",
        columns=widgets.number_columns(view, table.columns[2:]),
        on_click=widgets.open_unit(view, view.node),
    )
