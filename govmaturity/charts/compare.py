"""A few units beside one another, part by part: as dots and as a radar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import plotly.graph_objects as go

from govmaturity.charts.theme import CATEGORIES, CONTEXT, Caption, finish, shorten
from govmaturity.scoring import Scores
from govmaturity.texts import numbers

# Told apart in grey print too.
SYMBOLS: Final = ("diamond", "circle", "square", "triangle-up", "cross", "x")


def columns_of(
    scores: Scores, units: Sequence[str], names: Mapping[str, str], peers: Sequence[str], group: str
) -> dict[str, list[float]]:
    """Scores of the root and its parts for each unit, by name, then the mean of the peers.

    A part without a score is NaN, and so is a mean over none.
    """
    nodes = [scores.plan.root, *scores.plan.parts]
    table = np.array([scores.of(node) for node in nodes])
    found = {
        names[unit]: table[:, np.flatnonzero(scores.unit == unit)[0]].tolist() for unit in units
    }
    if peers:
        inside = table[:, np.isin(scores.unit.astype(str), list(peers))]
        known = ~np.isnan(inside)
        count = known.sum(axis=1)
        mean = np.full(len(nodes), np.nan)
        np.divide(np.nansum(inside, axis=1), count, out=mean, where=count > 0)
        found[group] = mean.tolist()
    return found


def dots(scores: Scores, columns: Mapping[str, Sequence[float]], caption: Caption) -> go.Figure:
    """A line for each part, a mark for each unit on it."""
    labels = _labels(scores, caption)
    figure = go.Figure()
    table = np.array(list(columns.values()))
    for place, label in enumerate(labels):
        known = table[:, place][~np.isnan(table[:, place])]
        if len(known) > 1:
            figure.add_scatter(
                x=[known.min(), known.max()],
                y=[label, label],
                mode="lines",
                line={"color": CONTEXT, "width": 3},
                hoverinfo="skip",
                showlegend=False,
            )
    for place, (name, values) in enumerate(columns.items()):
        written = [numbers.score(v, caption.language, scores.framework.width) for v in values]
        figure.add_scatter(
            x=list(values),
            y=labels,
            mode="markers",
            name=shorten(name, 30),
            text=written,
            marker={
                "color": CATEGORIES[place % len(CATEGORIES)],
                "symbol": SYMBOLS[place % len(SYMBOLS)],
                "size": 12,
            },
            hovertemplate="%{fullData.name}<br>%{y}: %{text}<extra></extra>",
        )
    figure.update_yaxes(autorange="reversed", automargin=True)
    figure.update_xaxes(title=caption.unit_of_measure, range=list(scores.framework.scale))
    figure.update_layout(
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0}, margin={"b": 48}
    )
    return finish(figure, caption, 250 + 40 * len(labels), above=52)


def radar(scores: Scores, columns: Mapping[str, Sequence[float]], caption: Caption) -> go.Figure:
    """The parts as spokes, a closed line for each unit; a missing part leaves the line open."""
    labels = _labels(scores, caption)[1:]
    figure = go.Figure()
    for place, (name, values) in enumerate(columns.items()):
        spokes = list(values)[1:]
        figure.add_scatterpolar(
            r=[*spokes, *spokes[:1]],
            theta=[*labels, *labels[:1]],
            mode="lines+markers",
            name=shorten(name, 30),
            line={"color": CATEGORIES[place % len(CATEGORIES)], "width": 2},
            marker={"symbol": SYMBOLS[place % len(SYMBOLS)], "size": 8},
            connectgaps=False,
            hovertemplate="%{fullData.name}<br>%{theta}: %{r:.1f}<extra></extra>",
        )
    figure.update_layout(
        polar={"radialaxis": {"range": list(scores.framework.scale), "angle": 90}},
        legend={"orientation": "h", "y": 1.12, "yanchor": "bottom", "x": 0},
        margin={"b": 48},
    )
    return finish(figure, caption, 520, above=72)


def _labels(scores: Scores, caption: Caption) -> list[str]:
    nodes = [scores.plan.root, *scores.plan.parts]
    length = 18 if caption.is_half else 34
    return [shorten(scores.plan.name(node).in_(caption.language), length) for node in nodes]
