"""How unequal units are: the spread in points, the Lorenz curve, between and within groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from govmaturity.analysis.inequality import Decomposition, Floats
from govmaturity.charts.legible import ink_on
from govmaturity.charts.theme import CATEGORIES, CONTEXT, Caption, finish, shorten
from govmaturity.texts import numbers, say

MAX_NAMED_GROUPS = 12
MAX_NAMED_PARTS = 6


def spread(
    values: Floats,
    groups: Sequence[str],
    names: Sequence[str],
    units: Sequence[str],
    caption: Caption,
) -> go.Figure:
    """Every unit as a dot on the scale, a line per group, groups sorted by their mean."""
    figure = go.Figure()
    order = sorted(set(groups), key=lambda group: _mean_of(values, groups, group))
    if len(order) > MAX_NAMED_GROUPS:
        order = ["all"]
        groups = ["all"] * len(groups)
    for place, group in enumerate(order):
        members = [row for row, other in enumerate(groups) if other == group]
        inside = values[members]
        label = say("charts.all_units", caption.language) if group == "all" else group
        label = shorten(label, 26)
        figure.add_box(
            x=inside,
            y=[label] * len(members),
            orientation="h",
            name=label,
            boxpoints="all" if len(members) <= 400 else "outliers",
            pointpos=0,
            jitter=0.5,
            text=[names[row] for row in members],
            customdata=[units[row] for row in members],
            hovertemplate="%{text}: %{x:.1f}<extra></extra>",
            marker={"color": CATEGORIES[place % len(CATEGORIES)], "size": 8, "opacity": 0.75},
            line={"width": 1.5},
            fillcolor="rgba(184,194,204,0.25)",
            showlegend=False,
        )
    figure.update_xaxes(title=caption.unit_of_measure)
    figure.update_yaxes(automargin=True)
    figure.update_layout(margin={"b": 48})
    return finish(figure, caption, 250 + 60 * len(order))


def lorenz_curve(across: Floats, up: Floats, is_by_resident: bool, caption: Caption) -> go.Figure:
    """Lorenz curve beside the line of equality."""
    language = caption.language
    axis = "charts.share_of_residents" if is_by_resident else "charts.share_of_units"
    figure = go.Figure()
    figure.add_scatter(
        x=[0, 100],
        y=[0, 100],
        mode="lines",
        line={"color": CONTEXT, "dash": "dash"},
        name=say("charts.line_of_equality", language),
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=100 * across,
        y=100 * up,
        mode="lines",
        fill="tonexty",
        fillcolor="rgba(32,112,180,0.15)",
        line={"color": "#08306b", "width": 2},
        name=say("charts.lorenz", language),
        hovertemplate="%{x:.1f}% → %{y:.1f}%<extra></extra>",
    )
    figure.update_xaxes(title=say(axis, language), range=[0, 100], ticksuffix="%")
    figure.update_yaxes(
        title=say("charts.share_of_points", language), range=[0, 100], ticksuffix="%"
    )
    figure.update_layout(legend={"x": 0.02, "y": 0.98, "yanchor": "top"}, margin={"b": 48, "l": 64})
    return finish(figure, caption, 460)


def between_and_within(
    parts: Decomposition, group_names: Mapping[tuple[str, ...], str], caption: Caption
) -> go.Figure:
    """One bar: how much of Theil's T lies between groups, and how much within which."""
    language = caption.language
    figure = go.Figure()
    pieces: list[tuple[str, float, str]] = [
        (say("charts.between_groups", language), sum(parts.between), "#08306b")
    ]
    largest = sorted(parts.groups.items(), key=lambda item: -item[1])
    for place, (key, value) in enumerate(largest[:MAX_NAMED_PARTS]):
        name = say("charts.within_group", language, group=group_names[key])
        pieces.append((name, value, CATEGORIES[(place + 1) % len(CATEGORIES)]))
    rest = sum(value for _, value in largest[MAX_NAMED_PARTS:])
    if rest > 0:
        count = len(largest) - MAX_NAMED_PARTS
        pieces.append((say("charts.within_rest", language, n=count), rest, CONTEXT))
    total = parts.total or 1.0
    for name, value, colour in pieces:
        figure.add_bar(
            x=[100 * value / total],
            y=[""],
            orientation="h",
            name=shorten(name, 40),
            marker={"color": colour, "line": {"color": "white", "width": 1}},
            text=numbers.share(value / total, language),
            textposition="inside",
            insidetextanchor="middle",
            insidetextfont={"color": ink_on(colour)},
            hovertemplate=f"{name}: %{{text}}<extra></extra>",
        )
    figure.update_layout(
        barmode="stack",
        legend={"orientation": "h", "y": -0.55, "yanchor": "top", "traceorder": "normal"},
        margin={"b": 120},
    )
    figure.update_xaxes(range=[0, 100], ticksuffix="%", title=caption.unit_of_measure)
    figure.update_yaxes(visible=False)
    return finish(figure, caption, 340 + 12 * min(len(pieces), 8))


def _mean_of(values: Floats, groups: Sequence[str], group: str) -> float:
    inside = [value for value, other in zip(values, groups, strict=True) if other == group]
    known = [value for value in inside if not np.isnan(value)]
    return float(np.mean(known)) if known else -np.inf
