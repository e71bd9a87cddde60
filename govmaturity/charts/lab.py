"""The imbalance laboratory in pictures: what makes it, its shape, catching up, neighbours."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import numpy as np
import plotly.graph_objects as go

from govmaturity.analysis.change.density import Density
from govmaturity.analysis.contributions import Sources
from govmaturity.analysis.inequality.sample import Floats
from govmaturity.analysis.space.association import QUADRANTS, Local
from govmaturity.analysis.space.neighbours import Neighbours
from govmaturity.charts.legible import ink_on
from govmaturity.charts.theme import (
    ACCENT,
    CATEGORIES,
    CONTEXT,
    INK,
    Caption,
    finish,
    shorten,
)
from govmaturity.texts import numbers, say

MAX_SOURCES: Final = 15
# Clusters dark and solid, units that stand against their neighbours open; grey is not significant.
_LOOK: Final = {
    "high_high": ("#08306b", "circle"),
    "low_low": (ACCENT, "circle"),
    "high_low": ("#08306b", "circle-open"),
    "low_high": (ACCENT, "circle-open"),
}


def source_bars(found: Sources, names: Mapping[str, str], caption: Caption) -> go.Figure:
    """What each part makes of a measure, in per cent of it, the largest on top.

    Beyond fifteen the smallest share one bar. A part that makes up for others
    stands left of zero.
    """
    total = found.total or 1.0
    largest = sorted(found.parts.items(), key=lambda item: -abs(item[1]))
    shown, rest = largest[:MAX_SOURCES], largest[MAX_SOURCES:]
    bars = [(names[part], value / total) for part, value in sorted(shown, key=lambda item: item[1])]
    if rest:
        name = say("lab.other_sources", caption.language, n=len(rest))
        bars.insert(0, (name, sum(value for _, value in rest) / total))
    colours = [CATEGORIES[0] if share >= 0 else ACCENT for _, share in bars]
    figure = go.Figure()
    figure.add_bar(
        x=[100 * share for _, share in bars],
        y=[shorten(name, 36) for name, _ in bars],
        orientation="h",
        marker={"color": colours},
        text=[numbers.share(share, caption.language) for _, share in bars],
        textposition="auto",
        insidetextfont={"color": [ink_on(colour) for colour in colours]},
        hovertext=[name for name, _ in bars],
        hovertemplate="%{hovertext}: %{text}<extra></extra>",
    )
    figure.update_xaxes(ticksuffix="%", title=caption.unit_of_measure)
    figure.update_layout(margin={"b": 48})
    return finish(figure, caption, 220 + 28 * len(bars))


def density_curves(found: Mapping[str, Density], caption: Caption) -> go.Figure:
    """The distribution of scores in each period, the units themselves below the curves."""
    figure = go.Figure()
    for place, (period, density) in enumerate(found.items()):
        colour = CATEGORIES[place % len(CATEGORIES)]
        figure.add_scatter(
            x=density.at,
            y=density.height,
            mode="lines",
            name=period,
            line={"color": colour, "width": 2},
            hovertemplate=f"{period}, %{{x:.1f}}<extra></extra>",
        )
        figure.add_scatter(
            x=density.values,
            y=np.full(len(density.values), -0.02 * (place + 1) * _highest(found)),
            mode="markers",
            marker={"symbol": "line-ns-open", "size": 8, "color": colour},
            hovertemplate=f"{period}, %{{x:.1f}}<extra></extra>",
            showlegend=False,
        )
    figure.update_xaxes(title=caption.unit_of_measure)
    figure.update_yaxes(title=say("lab.axis_density", caption.language), showticklabels=False)
    figure.update_layout(margin={"b": 48})
    return finish(figure, caption, 460)


def catching_up(
    start: Floats, end: Floats, years: float, names: Sequence[str], caption: Caption
) -> go.Figure:
    """Yearly growth of each unit against its starting score; a falling line is convergence.

    Units without a score above zero at both ends are left out, as `beta` does.
    """
    kept = (np.nan_to_num(start) > 0) & (np.nan_to_num(end) > 0)
    x, growth = start[kept], np.log(end[kept] / start[kept]) / years
    figure = go.Figure()
    figure.add_scatter(
        x=x,
        y=100 * growth,
        mode="markers",
        marker={"color": CATEGORIES[0], "size": 8, "opacity": 0.75},
        text=[name for name, is_in in zip(names, kept, strict=True) if is_in],
        hovertemplate="%{text}: %{x:.1f} → %{y:.2f}%<extra></extra>",
        showlegend=False,
    )
    if len(x) > 1 and np.ptp(x) > 0:
        slope, level = np.polyfit(np.log(x), growth, 1)
        at = np.linspace(x.min(), x.max(), 50)
        figure.add_scatter(
            x=at,
            y=100 * (level + slope * np.log(at)),
            mode="lines",
            line={"color": INK, "dash": "dash"},
            hoverinfo="skip",
            showlegend=False,
        )
    figure.update_xaxes(title=say("lab.axis_start", caption.language))
    figure.update_yaxes(title=say("lab.axis_growth", caption.language), ticksuffix="%")
    figure.update_layout(margin={"b": 48, "l": 64})
    return finish(figure, caption, 460)


def neighbours_scatter(
    values: Floats,
    near: Neighbours,
    local: Local,
    names: Sequence[str],
    caption: Caption,
    *,
    chosen: Collection[str] = (),
) -> go.Figure:
    """Each unit's score against the mean of its neighbours (Moran scatter plot).

    Significant clusters and outliers are coloured, the rest is grey; units
    without a score, or without a neighbour that has one, are left out. What is
    `chosen`, by id, is drawn larger.
    """
    known = ~np.isnan(values)
    around = near.mean_of(values)
    drawn = known & ~np.isnan(around)
    figure = go.Figure()
    kinds = [("", drawn & ~local.is_significant)] + [
        (name, drawn & local.is_significant & (local.quadrant == place))
        for place, name in enumerate(QUADRANTS)
    ]
    for name, rows in kinds:
        colour, symbol = _LOOK.get(name, (CONTEXT, "circle"))
        figure.add_scatter(
            x=values[rows],
            y=around[rows],
            mode="markers",
            name=say(f"lab.quadrant_{name}" if name else "lab.not_significant", caption.language),
            marker={
                "color": colour,
                "symbol": symbol,
                "size": [
                    15 if near.units[row] in chosen else 8 for row in map(int, np.flatnonzero(rows))
                ],
                "opacity": 0.8,
            },
            text=[names[row] for row in map(int, np.flatnonzero(rows))],
            customdata=[near.units[row] for row in map(int, np.flatnonzero(rows))],
            hovertemplate="%{text}: %{x:.1f}, %{y:.1f}<extra></extra>",
        )
    if drawn.any():
        figure.add_vline(x=float(values[known].mean()), line={"color": CONTEXT, "dash": "dot"})
        figure.add_hline(y=float(values[known].mean()), line={"color": CONTEXT, "dash": "dot"})
    figure.update_xaxes(title=say("lab.axis_own", caption.language))
    figure.update_yaxes(title=say("lab.axis_around", caption.language))
    # The map beside it has its legend below too: both keep their width.
    figure.update_layout(
        margin={"b": 140},
        legend={"orientation": "h", "y": -0.26, "yanchor": "top"},
        dragmode="select",
    )
    return finish(figure, caption, 560)


def _highest(found: Mapping[str, Density]) -> float:
    return max(float(density.height.max()) for density in found.values())
