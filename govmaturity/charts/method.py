"""How an index is made up."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from govmaturity.charts.legible import ink_on, lighter
from govmaturity.charts.theme import CATEGORIES, Caption, finish, shorten
from govmaturity.framework.model import Framework


def weights_sunburst(
    framework: Framework, nodes: Sequence[tuple[str, str, float]], caption: Caption
) -> go.Figure:
    """The tree as rings, each node as wide as its weight in the whole.

    `nodes` are (id, parent id, weight in the whole), parents first.
    """
    language = caption.language
    colours = _colours(nodes)
    names = {id_: framework.nodes[id_].name.in_(language) for id_, _, _ in nodes}
    figure = go.Figure(
        go.Sunburst(
            ids=[id_ for id_, _, _ in nodes],
            labels=[shorten(names[id_], 20) for id_, _, _ in nodes],
            parents=[parent for _, parent, _ in nodes],
            values=[round(weight, 6) for _, _, weight in nodes],
            branchvalues="remainder" if len(nodes) < 2 else "total",
            customdata=[names[id_] for id_, _, _ in nodes],
            texttemplate="%{label}<br>%{percentRoot:.1%}",
            hovertemplate="%{customdata}: %{percentRoot:.2%}<extra></extra>",
            marker={"colors": colours, "line": {"color": "white", "width": 1}},
            insidetextfont={"color": [ink_on(colour) for colour in colours]},
            leaf={"opacity": 1},
            maxdepth=3,
            insidetextorientation="radial",
        )
    )
    return finish(figure, caption, 640)


def _colours(nodes: Sequence[tuple[str, str, float]]) -> list[str]:
    """White for the whole, a hue for each dimension, lighter from ring to ring outwards."""
    hue: dict[str, str] = {}
    depth: dict[str, int] = {}
    for id_, parent, _ in nodes:
        depth[id_] = depth.get(parent, -1) + 1
        if depth[id_] == 1:
            hue[id_] = CATEGORIES[list(depth.values()).count(1) % len(CATEGORIES) - 1]
        elif depth[id_] > 1:
            hue[id_] = hue[parent]
    return [
        lighter(hue[id_], min(0.3 * (depth[id_] - 1), 0.6)) if depth[id_] else "white"
        for id_, _, _ in nodes
    ]
