"""One unit: its parts beside its peers, and where it loses points."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from govmaturity.charts.theme import ACCENT, CONTEXT, Caption, finish, shorten
from govmaturity.scoring import Scores
from govmaturity.texts import numbers, say


def part_dots(scores: Scores, unit: str, names: Mapping[str, str], caption: Caption) -> go.Figure:
    """Each part of the root on one line: all units in grey, the median, the unit itself."""
    language = caption.language
    parts = [scores.plan.root, *scores.plan.parts]
    labels = [shorten(scores.plan.name(part).in_(language), 34) for part in parts]
    mine = int(np.flatnonzero(scores.unit == unit)[0])
    table = np.array([scores.of(part) for part in parts])
    others = [row for row in range(len(scores.unit)) if row != mine]
    figure = go.Figure()
    # Above a few hundred the dots only cover one another: a band says the same.
    if len(others) <= 300:
        figure.add_scatter(
            x=table[:, others].ravel(),
            y=np.repeat(labels, len(others)),
            mode="markers",
            marker={"color": CONTEXT, "size": 8, "opacity": 0.7},
            text=[names[str(scores.unit[row])] for row in others] * len(parts),
            hovertemplate="%{text}: %{x:.1f}<extra></extra>",
            name=say("charts.other_units", language),
        )
    for place, label in enumerate(labels):
        known = table[place][~np.isnan(table[place])]
        if len(known) < 2:
            continue
        low, middle, high = np.percentile(known, [25, 50, 75])
        figure.add_scatter(
            x=[low, high],
            y=[label, label],
            mode="lines",
            line={"color": CONTEXT, "width": 6},
            showlegend=place == 0,
            name=say("charts.middle_half", language),
            hoverinfo="skip",
        )
        figure.add_scatter(
            x=[middle],
            y=[label],
            mode="markers",
            marker={"symbol": "line-ns-open", "size": 16, "color": "#52606d"},
            showlegend=place == 0,
            name=say("charts.median", language),
            hovertemplate="%{x:.1f}<extra></extra>",
        )
    width = scores.framework.width
    figure.add_scatter(
        x=table[:, mine],
        y=labels,
        mode="markers+text",
        marker={"color": ACCENT, "size": 13, "symbol": "diamond"},
        text=[numbers.score(value, language, width) for value in table[:, mine]],
        textposition="top center",
        name=names[unit],
        cliponaxis=False,
        hovertemplate="%{y}: %{text}<extra></extra>",
    )
    figure.update_yaxes(autorange="reversed", automargin=True)
    figure.update_xaxes(range=_padded(scores), title=caption.unit_of_measure)
    figure.update_layout(
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0}, margin={"b": 48}
    )
    return finish(figure, caption, 230 + 44 * len(parts), above=36)


def lost_points(scores: Scores, lost: Mapping[str, float], caption: Caption) -> go.Figure:
    """What each indicator costs the unit, the most first."""
    language = caption.language
    labels = [
        f"{node} {shorten(scores.framework.nodes[node].name.in_(language), 40)}" for node in lost
    ]
    figure = go.Figure(
        go.Bar(
            x=list(lost.values()),
            y=labels,
            orientation="h",
            marker={"color": "#2070b4"},
            text=[numbers.decimal(points, language) for points in lost.values()],
            textposition="outside",
            customdata=list(lost),
            hovertemplate="%{y}: %{text}<extra></extra>",
            cliponaxis=False,
        )
    )
    figure.update_yaxes(autorange="reversed", automargin=True, showgrid=False)
    figure.update_xaxes(title=caption.unit_of_measure, rangemode="tozero")
    figure.update_layout(margin={"b": 48})
    return finish(figure, caption, 230 + 26 * len(labels))


def _padded(scores: Scores) -> list[float]:
    low, high = scores.framework.scale
    return [low - 0.02 * (high - low), high + 0.02 * (high - low)]
