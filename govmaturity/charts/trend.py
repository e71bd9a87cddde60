"""How scores move: lines over the group's band, ranks between two periods, what moved a score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from govmaturity.analysis.trend import STATES, Split
from govmaturity.charts.theme import CATEGORIES, CONTEXT, DIVERGING, Caption, finish, shorten
from govmaturity.texts import numbers, say

# From deterioration to achieved; the name stands at each bar.
STATE_COLOURS: Final = (DIVERGING[0], DIVERGING[3], DIVERGING[4], DIVERGING[5], DIVERGING[6])


def lines(band: pd.DataFrame, series: Mapping[str, Sequence[float]], caption: Caption) -> go.Figure:
    """The group's median within its middle half, and a line for each unit named.

    `series` maps names to scores, one per period of the band; a gap is a gap.
    """
    language = caption.language
    figure = go.Figure()
    periods = band["period"].tolist()
    figure.add_scatter(
        x=[*periods, *reversed(periods)],
        y=[*band["high"], *reversed(band["low"].tolist())],
        fill="toself",
        mode="lines",
        line={"width": 0},
        fillcolor="rgba(184,194,204,0.4)",
        name=say("charts.middle_half", language),
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=periods,
        y=band["median"],
        mode="lines+markers",
        line={"color": "#52606d", "dash": "dash"},
        name=say("charts.median", language),
        hovertemplate="%{x}: %{y:.1f}<extra>%{fullData.name}</extra>",
    )
    for place, (name, scores) in enumerate(series.items()):
        colour = CATEGORIES[place % len(CATEGORIES)]
        figure.add_scatter(
            x=periods,
            y=list(scores),
            mode="lines+markers",
            line={"color": colour, "width": 2.5},
            name=shorten(name, 30),
            connectgaps=False,
            hovertemplate="%{x}: %{y:.1f}<extra>%{fullData.name}</extra>",
        )
    figure.update_xaxes(type="category")
    figure.update_yaxes(title=caption.unit_of_measure)
    figure.update_layout(
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0}, margin={"b": 48}
    )
    return finish(figure, caption, 440, above=36)


def slope(
    ranks: Mapping[str, tuple[int, int]],
    named: Sequence[str],
    periods: tuple[str, str],
    caption: Caption,
) -> go.Figure:
    """Ranks in two periods, a line for each unit; those `named` in colour."""
    figure = go.Figure()
    colours = dict(zip(named, CATEGORIES * 2, strict=False))
    for name, (before, after) in sorted(ranks.items(), key=lambda item: item[0] in colours):
        colour = colours.get(name, CONTEXT)
        figure.add_scatter(
            x=list(periods),
            y=[before, after],
            mode="lines+markers+text",
            line={"color": colour, "width": 2.5 if name in colours else 1},
            text=["", f" {after}. {shorten(name, 26)}"],
            textposition="middle right",
            textfont={"color": colour if name in colours else None, "size": 11},
            cliponaxis=False,
            showlegend=False,
            hovertemplate=f"{name}: {before} → {after}<extra></extra>",
        )
    figure.update_xaxes(type="category", range=[-0.1, 1.6], showgrid=False)
    figure.update_yaxes(
        autorange="reversed", title=say("charts.rank", caption.language), showgrid=False
    )
    figure.update_layout(margin={"b": 48, "r": 40})
    return finish(figure, caption, 250 + 18 * max(len(ranks), 8))


def states(table: pd.DataFrame, caption: Caption) -> go.Figure:
    """Number of units in each of the five states of progress."""
    language = caption.language
    counts = [int((table["state"] == state).sum()) for state in STATES]
    figure = go.Figure(
        go.Bar(
            x=[say(f"charts.state_{state}", language) for state in STATES],
            y=counts,
            text=counts,
            textposition="outside",
            marker={"color": STATE_COLOURS, "line": {"color": "#8795a1", "width": 0.5}},
            cliponaxis=False,
            hovertemplate="%{x}: %{y}<extra></extra>",
        )
    )
    figure.update_yaxes(title=say("charts.axis_units", language), rangemode="tozero")
    return finish(figure, caption, 360)


def split(found: Split, names: Mapping[str, str], width: float, caption: Caption) -> go.Figure:
    """From one score to another: what each part brought, the largest first."""
    language = caption.language
    order = sorted(found.parts, key=lambda part: -abs(found.parts[part]))
    points = [found.parts[part] for part in order]
    ends = [say("charts.before", language), say("charts.after", language)]
    labels = [ends[0], *(shorten(names[part], 30) for part in order), ends[1]]
    signs = [("+" if value > 0 else "") + numbers.score(value, language, width) for value in points]
    shown = [numbers.score(value, language, width) for value in (found.before, found.after)]
    figure = go.Figure(
        go.Waterfall(
            orientation="h",
            y=labels,
            x=[found.before, *points, 0],
            measure=["absolute", *["relative"] * len(points), "total"],
            text=[shown[0], *signs, shown[1]],
            textposition="outside",
            increasing={"marker": {"color": DIVERGING[5]}},
            decreasing={"marker": {"color": DIVERGING[1]}},
            totals={"marker": {"color": "#2070b4"}},
            connector={"line": {"color": CONTEXT, "width": 1}},
            cliponaxis=False,
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    )
    reached = np.cumsum([found.before, *points])
    low, high = float(reached.min()), float(reached.max())
    pad = 0.3 * (high - low) or width / 20
    figure.update_xaxes(title=caption.unit_of_measure, range=[low - pad, high + pad])
    figure.update_yaxes(autorange="reversed", automargin=True, showgrid=False)
    figure.update_layout(margin={"b": 48})
    return finish(figure, caption, 230 + 26 * len(labels))
