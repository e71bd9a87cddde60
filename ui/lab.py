"""The imbalance laboratory on a page: cards of measures, what makes imbalance, who can close it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from govmaturity.analysis.balance import balance
from govmaturity.analysis.contributions import sources_of
from govmaturity.analysis.inequality.dagum import dagum
from govmaturity.analysis.inequality.sample import Floats, UndefinedMeasureError
from govmaturity.analysis.tier_gap import TIERS, summed, tier_gap
from govmaturity.charts import lab as charts
from govmaturity.report import lab
from govmaturity.report.measure_cards import card
from govmaturity.scoring import Scores
from ui import choices, widgets
from ui.view import View


def cards(view: View, measures: Sequence[str]) -> None:
    """What each measure says, how it is computed, when not to trust it, where it is from."""
    folded = widgets.folded(view.say("imbalance.cards"), f"cards_{measures[0]}", "info")
    if not folded.open:
        return
    with folded:
        for name in measures:
            told = card(name, view.language)
            st.markdown(f"**{widgets.plain(told.name)}**")
            lines = {
                "says": told.says,
                "computed": told.computed,
                "distrust": told.distrust,
                "source": told.source,
            }
            st.markdown(
                "\n".join(
                    f"- {view.say(f'imbalance.card_{part}')}: {widgets.plain(text)}"
                    for part, text in lines.items()
                )
            )


def sources(view: View, scores: Scores, node: str, weights: Floats | None) -> None:
    """Which parts of the index make the inequality: its children, or all indicators below."""
    if scores.plan.group(node) is None:
        return
    st.subheader(view.say("imbalance.sources"), anchor=False)
    left, right = st.columns(2)
    measures = {one: view.say(f"lab.{one}_name") for one in ("variance", "gini")}
    parts = {one: view.say(f"imbalance.part_{one}") for one in ("child", "indicator")}
    with left:
        measure = choices.buttons(
            view.state, "measure", view.say("imbalance.source_measure"), measures
        )
    with right:
        whose = choices.buttons(view.state, "whose", view.say("imbalance.source_whose"), parts)
    try:
        found = sources_of(
            scores,
            node,
            "gini" if measure == "gini" else "variance",
            "indicator" if whose == "indicator" else "child",
            weights,
        )
    except UndefinedMeasureError as reason:
        widgets.undefined(view, reason)
        return
    if found is None:
        st.info(view.say("imbalance.no_sources"))
        return
    names = {part: view.node_name(part) for part in found.parts}
    told = lab.source(found, names, view.language)
    st.markdown(widgets.plain(told))
    table = pd.DataFrame(
        {
            view.say("imbalance.part"): list(names.values()),
            view.say("imbalance.value"): list(found.parts.values()),
            view.say("imbalance.share"): [
                100 * value / found.total if found.total else 0.0 for value in found.parts.values()
            ],
        }
    ).sort_values(view.say("imbalance.share"), ascending=False)
    title = view.say(
        "imbalance.sources_title",
        node=view.node_name(node),
        measure=view.say(f"lab.{found.measure}_name"),
    )
    note = view.say(f"lab.method_{found.method}")
    widgets.chart_with_table(
        view,
        charts.source_bars(found, names, view.caption(title, unit="%", note=note)),
        lambda: table,
        "sources",
        alt=told,
        columns={view.say("imbalance.share"): st.column_config.NumberColumn(format="%.1f%%")},
    )


def overlap(
    view: View, scores: Scores, node: str, groups: dict[str, str], name: str, weights: Floats | None
) -> None:
    """Dagum's split of the Gini index: within groups, net between them, and their overlap."""
    kept = np.array([str(unit) in groups for unit in scores.unit])
    try:
        found = dagum(
            scores.of(node)[kept],
            [groups[str(unit)] for unit in scores.unit[kept]],
            None if weights is None else weights[kept],
        )
    except UndefinedMeasureError:
        return
    st.markdown(f"- {widgets.plain(lab.overlap(found, name, view.language))}")


def tiers(view: View) -> None:
    """What the units of each city lack together, by who can close it."""
    scores = view.now
    if not any(one.controllable for one in view.framework.indicators.values()):
        return
    city = {unit: place for unit in scores.units if (place := view.place_of(unit))}
    table = summed(scores, city)
    if table.empty:
        return
    st.subheader(view.say("imbalance.tiers"), anchor=False)
    st.caption(view.say("imbalance.tiers_note"))
    digits = st.column_config.NumberColumn(format="%.1f")
    shown = table.assign(upper_share=100 * table["upper_share"]).rename(
        columns={name: view.say(f"imbalance.tier_{name}") for name in table.columns}
    )
    columns = {view.say(f"imbalance.tier_{name}"): digits for name in (*TIERS, "unassigned")}
    share = {view.say("imbalance.tier_upper_share"): st.column_config.NumberColumn(format="%.1f%%")}
    st.dataframe(shown, hide_index=True, column_config=columns | share)
    widgets.downloads(view, lambda: table, "tiers")


def of_unit(view: View, row: int) -> None:
    """Of one unit: the part of its gap that only the upper tier can close, and its balance."""
    scores, language = view.now, view.language
    sentences = []
    if any(one.controllable for one in view.framework.indicators.values()):
        sentences.append(lab.upper_tier(tier_gap(scores), row, language))
    found = balance(scores, scores.plan.root)
    if found is not None:
        names = {part: view.node_name(part) for part in scores.plan.parts}
        sentences.append(lab.evenness(found, row, names, language))
    for sentence in sentences:
        st.markdown(f"- {widgets.plain(sentence)}")
