"""What stands beside a map: the same units as points of two nodes, or counted by score."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from govmaturity.charts.theme import ACCENT, CONTEXT, Caption, finish
from govmaturity.texts import say

BINS: Final = 20


def scatter(
    first: Mapping[str, float],
    second: Mapping[str, float],
    names: Mapping[str, str],
    axes: tuple[str, str],
    chosen: Collection[str],
    caption: Caption,
) -> go.Figure:
    """Each unit as a point of two nodes, those picked out in colour; without both there is none."""
    units = [
        unit
        for unit, value in first.items()
        if not np.isnan(value) and not np.isnan(second.get(unit, np.nan))
    ]
    figure = go.Figure(
        go.Scattergl(
            x=np.array([first[unit] for unit in units]),
            y=np.array([second[unit] for unit in units]),
            mode="markers",
            customdata=units,
            text=[names[unit] for unit in units],
            hovertemplate="%{text}<br>%{x:.1f} · %{y:.1f}<extra></extra>",
            marker={"color": "#2070b4", "size": 8 if len(units) < 500 else 5, "opacity": 0.75},
            selectedpoints=[i for i, unit in enumerate(units) if unit in chosen]
            if chosen
            else None,
            selected={"marker": {"color": ACCENT, "opacity": 1}},
            unselected={"marker": {"color": CONTEXT, "opacity": 0.6}},
        )
    )
    figure.update_xaxes(title=axes[0])
    figure.update_yaxes(title=axes[1])
    figure.update_layout(dragmode="select", margin={"b": 48})
    return finish(figure, caption, 620)


def bins_of(values: Mapping[str, float]) -> tuple[NDArray[np.float64], dict[str, int]]:
    """Twenty bins as wide as one another: their edges, and the bin of each unit that has a value.

    One bin where all values are equal; none where there are none.
    """
    known = {unit: value for unit, value in values.items() if not np.isnan(value)}
    if not known:
        return np.array([]), {}
    low, high = min(known.values()), max(known.values())
    edges = np.linspace(low, high, BINS + 1) if high > low else np.array([low, low])
    found = np.searchsorted(edges[1:-1], list(known.values()), side="right")
    return edges, dict(zip(known, found.tolist(), strict=True))


def histogram(
    values: Mapping[str, float], title: str, chosen: Collection[str], caption: Caption
) -> go.Figure:
    """Number of units by score; a bar's custom datum is its place, for picking it out."""
    edges, bins = bins_of(values)
    bars = max(len(edges) - 1, 0)
    middles = (edges[:-1] + edges[1:]) / 2 if bars else edges
    picked = _counts([place for unit, place in bins.items() if unit in chosen], bars)
    rest = _counts(list(bins.values()), bars) - picked
    figure = go.Figure()
    language = caption.language
    for counts, colour, name in (
        (picked, ACCENT, say("charts.picked", language)),
        (rest, CONTEXT if chosen else "#2070b4", say("charts.other_units", language)),
    ):
        if counts.any():
            figure.add_bar(
                x=middles,
                y=counts,
                width=(edges[1] - edges[0]) or 1.0,
                customdata=[str(place) for place in range(bars)],
                marker={"color": colour, "line": {"color": "white", "width": 1}},
                name=name,
                hovertemplate="%{x:.1f}: %{y}<extra>%{fullData.name}</extra>",
                showlegend=bool(chosen),
                selected={"marker": {"opacity": 1}},
                unselected={"marker": {"opacity": 1}},
            )
    figure.update_layout(
        barmode="stack",
        dragmode="select",
        selectdirection="h",
        margin={"b": 48},
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0},
    )
    figure.update_xaxes(title=title)
    figure.update_yaxes(title=say("charts.axis_units", language), rangemode="tozero")
    return finish(figure, caption, 620, above=24)


def _counts(places: Sequence[int], bars: int) -> NDArray[np.intp]:
    return np.bincount(np.array(places, dtype=np.intp), minlength=bars)
