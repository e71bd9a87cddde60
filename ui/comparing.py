"""The part of the page Unit that sets it beside others."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from govmaturity.analysis.imbalance import population_of
from govmaturity.analysis.peers import PRESETS, Preset, peers
from govmaturity.charts import compare as charts
from govmaturity.report import compared
from ui import choices, widgets
from ui.spread import POPULATION
from ui.view import View

MOST_OTHERS = 4


def beside_others(view: View, unit: str) -> None:
    """Choose up to four other units and a group of peers, and see them part by part."""
    scores = view.now
    left, right = st.columns([3, 2])
    with left:
        names = {one: view.names[one] for one in widgets.units_of(scores) if one != unit}
        others = choices.several(
            view.state,
            "units",
            view.say("unit.compare_with"),
            names,
            view.say("widgets.choose_some"),
            MOST_OTHERS,
            kept=[unit],
        )
    with right:
        presets = {"": view.say("unit.peers_none")} | {
            one: view.say(f"unit.peers_{one}") for one in PRESETS
        }
        if not scores.has_ranks:
            presets["best"] = view.say("unit.peers_best_level")
        preset = choices.box(view.state, "peers", view.say("unit.peers"), presets)
    known = next((one for one in PRESETS if one == preset), None)
    group = _peers(view, unit, known) if known else []
    if preset and not group:
        st.info(view.say("unit.no_peers", name=view.names[unit]))
    if not others and not group:
        return
    heading = view.say("unit.peers_mean", group=presets[preset], n=len(group))
    columns = charts.columns_of(scores, [unit, *others], view.names, group, heading)
    nodes = [view.node_name(node) for node in (scores.plan.root, *scores.plan.parts)]
    table = pd.DataFrame({view.say("cards.node"): nodes, **columns})
    sentence = compared.widest(scores, columns, nodes, view.language)
    if sentence:
        st.markdown(f"**{widgets.plain(sentence)}**")
    note = view.say("unit.peers_are", names=_names(view, group)) if group else ""
    title = view.say("unit.compare_title", name=view.names[unit])
    caption = view.caption(title, note=note, is_half=True)
    first, second = st.columns(2)
    for column, key, draw in ((first, "dots", charts.dots), (second, "radar", charts.radar)):
        with column:
            widgets.chart_with_table(
                view,
                draw(scores, columns, caption),
                lambda: table,
                f"compare_{key}",
                columns=widgets.number_columns(view, columns),
                alt=sentence,
            )


def _peers(view: View, unit: str, preset: Preset) -> list[str]:
    people = (population_of(view.now, POPULATION) or {}).get(view.period, {})
    return peers(view.now, unit, preset, view.registry, people)


def _names(view: View, group: list[str]) -> str:
    shown = view.say("frame.and").join(view.names[one] for one in group[:12])
    return shown if len(group) <= 12 else view.say("unit.and_more", names=shown, n=len(group) - 12)
