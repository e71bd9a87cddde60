"""What changed since the period before: the change of a node in its parts, on the page Trend."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from govmaturity.analysis.change.split import change_by_part
from govmaturity.analysis.contributions import Whose
from govmaturity.analysis.inequality import UndefinedMeasureError
from govmaturity.charts import change as charts
from govmaturity.report import trend as sentences
from ui import choices, widgets
from ui.trending import Story


def section(story: Story) -> None:
    """Where the change since the period before comes from: of all units, or of one."""
    view = story.view
    st.subheader(view.say("trend.changed"), anchor=False)
    left, right = st.columns(2)
    units = {"all": view.say("trend.all_units"), "one": view.say("widgets.unit")}
    parts = {one: view.say(f"trend.part_{one}") for one in ("child", "indicator")}
    with left:
        whom = choices.buttons(view.state, "whom", view.say("trend.change_of"), units)
    with right:
        whose = choices.buttons(view.state, "whose", view.say("trend.split_into"), parts)
    unit = widgets.unit_choice(view, "change_unit") if whom == "one" else None
    _split(story, unit, "indicator" if whose == "indicator" else "child")


def _split(story: Story, unit: str | None, whose: Whose) -> None:
    view = story.view
    first, last = story.panel.periods[-2:]
    scores = story.scores.rows(story.scores.rank_of(story.scores.plan.root) > 0)
    before, after = scores.at(first), scores.at(last)
    try:
        found = change_by_part(before, after, unit, node=story.node, whose=whose)
    except UndefinedMeasureError:
        st.info(
            widgets.plain(view.say("trend.none_in_both", first=first, last=last, node=story.name))
        )
        return
    if found is None:
        st.info(widgets.plain(view.say("trend.no_split", node=story.name)))
        return
    names = {part: view.node_name(part) for part in found.parts}
    width = view.framework.width
    told = sentences.brought(found, names, view.language, width)
    st.markdown(widgets.plain(told))
    if unit is None:
        caption = story.caption("trend.change_all_title", view.say("trend.points"))
    else:
        name = view.names[unit]
        caption = story.caption("trend.change_one_title", view.say("trend.points"), name=name)
    caption = replace(caption, period=f"{first} – {last}", units=found.n)
    table = pd.DataFrame(
        {
            view.say("imbalance.part"): list(names.values()),
            view.say("trend.by_score"): list(found.by_score.values()),
            view.say("trend.by_weight"): list(found.by_weight.values()),
            view.say("trend.points"): list(found.parts.values()),
        }
    )
    widgets.chart_with_table(
        view,
        charts.change_bars(found, names, caption, width),
        lambda: table,
        "change",
        columns=widgets.number_columns(view, table.columns[1:], more=1),
        on_click=widgets.open_indicator(view, unit or ""),
        alt=told,
    )
