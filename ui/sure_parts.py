"""How sure the parts of one unit's score are: groups under other weights, indicators under all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from govmaturity.analysis.inequality.sample import Floats
from govmaturity.analysis.robustness.run import NodeRanges
from govmaturity.charts import robustness as charts
from govmaturity.texts import numbers
from ui import choices, computed, widgets
from ui.view import View


@dataclass(frozen=True)
class _Parts:
    """Nodes of one unit with their ranges, groups before the indicators in them."""

    nodes: list[str]
    score: Floats
    rank: Floats
    n: list[int]


def of_unit(view: View, row: int) -> None:
    """A fold with the range of every part that the chosen choices touch."""
    if not (view.now.rank_of(view.now.plan.root) > 0).any():
        return
    folded = widgets.folded(view.say("robustness.parts"), "sure_parts", "casino")
    if not folded.open:
        return
    with folded:
        varied = {one: view.say(f"robustness.vary_{one}") for one in ("weights", "all")}
        vary = choices.buttons(view.state, "vary", view.say("robustness.vary"), varied)
        with st.spinner(view.say("robustness.computing")):
            found = computed.ranges_of_parts(
                view.version, vary, view.now, view.dataset.checked.values
            )
        _show(view, _parts(view, found, row), row, vary)


def _parts(view: View, found: tuple[NodeRanges, ...], row: int) -> _Parts:
    scores = view.now
    by_node = {one.node: one for one in found}
    nodes = [
        node for node in scores.plan.shown if node in by_node and not np.isnan(scores.of(node)[row])
    ]
    return _Parts(
        nodes,
        np.array([by_node[node].score[:, row] for node in nodes]).reshape(-1, 3),
        np.array([by_node[node].rank[:, row] for node in nodes]).reshape(-1, 3),
        [int((scores.rank_of(node) > 0).sum()) for node in nodes],
    )


def _show(view: View, parts: _Parts, row: int, vary: str) -> None:
    if not parts.nodes:
        return
    scores = view.now
    told = _widest(view, parts, row)
    st.markdown(f"**{widgets.plain(told)}**")
    st.caption(view.say(f"robustness.parts_{vary}"))
    names = [view.node_name(node) for node in parts.nodes]
    title = view.say("robustness.parts_title", name=view.names[str(scores.unit[row])])
    widgets.chart_with_table(
        view,
        charts.score_intervals(
            names,
            np.array([scores.of(node)[row] for node in parts.nodes]),
            parts.score,
            view.framework.scale,
            view.caption(title),
        ),
        lambda: _table(view, parts, row),
        "sure_parts",
        alt=told,
    )


def _widest(view: View, parts: _Parts, row: int) -> str:
    """The part with the widest range, the whole aside unless it stands alone."""
    spans = parts.score[:, 2] - parts.score[:, 0]
    whole = [node == view.now.plan.root and len(parts.nodes) > 1 for node in parts.nodes]
    place = int(np.argmax(np.where(whole, -1.0, spans)))
    node = parts.nodes[place]
    shown = _with_range(view, float(view.now.of(node)[row]), parts.score[place])
    return view.say("robustness.parts_widest", part=view.node_name(node), score=shown)


def _table(view: View, parts: _Parts, row: int) -> pd.DataFrame:
    scores = view.now
    made = {
        view.say("cards.code"): parts.nodes,
        view.say("cards.node"): [view.node_name(node) for node in parts.nodes],
        view.say("cards.score"): [
            _with_range(view, float(scores.of(node)[row]), ends)
            for node, ends in zip(parts.nodes, parts.score, strict=True)
        ],
    }
    if scores.has_ranks:
        made[view.say("widgets.rank")] = [
            view.say(
                "robustness.rank_range",
                rank=rank,
                low=f"{ends[0]:.0f}",
                high=f"{ends[2]:.0f}",
                of=of,
            )
            if (rank := int(scores.rank_of(node)[row]))
            else numbers.NOTHING
            for node, ends, of in zip(parts.nodes, parts.rank, parts.n, strict=True)
        ]
    return pd.DataFrame(made)


def _with_range(view: View, value: float, ends: Floats) -> str:
    low, high = (view.score_text(float(end)) for end in (ends[0], ends[2]))
    return view.say("robustness.score_range", value=view.score_text(value), low=low, high=high)
