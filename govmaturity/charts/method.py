"""How an index is made up."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from govmaturity.charts.theme import CATEGORIES, Caption, finish, shorten
from govmaturity.framework.model import Framework


def weights_sunburst(
    framework: Framework, nodes: Sequence[tuple[str, str, float]], caption: Caption
) -> go.Figure:
    """The tree as rings, each node as wide as its weight in the whole.

    `nodes` are (id, parent id, weight in the whole), parents first.
    """
    language = caption.language
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
            marker={"line": {"color": "white", "width": 1}},
            maxdepth=3,
            insidetextorientation="radial",
        )
    )
    figure.update_layout(sunburstcolorway=CATEGORIES, extendsunburstcolors=True)
    return finish(figure, caption, 640)
