"""Change in pictures: who moved most, the parts of a change, moves between levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import plotly.graph_objects as go

from govmaturity.analysis.change.split import Change
from govmaturity.analysis.change.transitions import Transitions
from govmaturity.charts.legible import ink_on, write_fields
from govmaturity.charts.theme import (
    CATEGORIES,
    DIVERGING,
    SEQUENTIAL,
    Caption,
    finish,
    shorten,
)
from govmaturity.texts import numbers, say

MAX_PARTS: Final = 15


def change_bars(
    found: Change, names: Mapping[str, str], caption: Caption, width: float = 100.0
) -> go.Figure:
    """Points that each part brought to the change, the largest rise on top, losses left of zero.

    What only a change of weights did is a part of the bar of its own. Beyond
    fifteen the parts that moved least share one bar.
    """
    language = caption.language
    order = sorted(found.parts, key=lambda part: -abs(found.parts[part]))
    shown = sorted(order[:MAX_PARTS], key=lambda part: found.parts[part])
    rest = order[MAX_PARTS:]
    labels = [shorten(names[part], 36) for part in shown]
    # Two parts may be shortened alike, and bars of one name would be one bar.
    places = list(range(len(shown)))
    if rest:
        places.insert(0, -1)
        labels.insert(0, say("lab.other_sources", language, n=len(rest)))
    pieces = [("trend.by_score", found.by_score, CATEGORIES[0])]
    if found.is_reweighted:
        pieces.append(("trend.by_weight", found.by_weight, CATEGORIES[1]))
    figure = go.Figure()
    for key, points, colour in pieces:
        values = [points[part] for part in shown]
        if rest:
            values.insert(0, sum(points[part] for part in rest))
        figure.add_bar(
            x=values,
            y=places,
            orientation="h",
            name=say(key, language),
            marker={"color": colour},
            customdata=[*(["", *shown] if rest else shown)],
            text=[numbers.change(value, language, width) for value in values],
            textposition="auto",
            insidetextfont={"color": ink_on(colour)},
            hovertext=labels,
            hovertemplate="%{hovertext}: %{text}<extra>%{fullData.name}</extra>",
            showlegend=found.is_reweighted,
        )
    figure.update_xaxes(title=caption.unit_of_measure)
    figure.update_yaxes(tickvals=places, ticktext=labels)
    figure.update_layout(
        barmode="relative",
        legend={"orientation": "h", "y": 1, "yanchor": "bottom"},
        margin={"b": 48},
    )
    above = 24 if found.is_reweighted else 0
    return finish(figure, caption, 220 + 28 * len(places), above=above)


def movers(
    points: Mapping[str, float],
    units: Sequence[str],
    names: Mapping[str, str],
    caption: Caption,
    width: float = 100.0,
) -> go.Figure:
    """Points that units moved, in the order given from the top; green is a rise, brown a fall."""
    values = [points[unit] for unit in units]
    places = list(range(len(units)))
    figure = go.Figure(
        go.Bar(
            x=values,
            y=places,
            orientation="h",
            marker={"color": [DIVERGING[-1] if value > 0 else DIVERGING[0] for value in values]},
            customdata=[*units],
            text=[numbers.change(value, caption.language, width) for value in values],
            textposition="outside",
            hovertext=[names[unit] for unit in units],
            hovertemplate="%{hovertext}: %{text}<extra></extra>",
            cliponaxis=False,
        )
    )
    # Room for the figures that stand beyond the ends of the bars.
    low, high = min(0.0, *values), max(0.0, *values)
    room = (0.22 if caption.is_half else 0.1) * ((high - low) or 1.0)
    figure.update_xaxes(title=caption.unit_of_measure, range=[low - room * (low < 0), high + room])
    length = 20 if caption.is_half else 40
    figure.update_yaxes(
        tickvals=places,
        ticktext=[shorten(names[unit], length) for unit in units],
        autorange="reversed",
        showgrid=False,
    )
    figure.update_layout(margin={"b": 48})
    return finish(figure, caption, 200 + 24 * len(units))


def transition_map(found: Transitions, labels: Sequence[str], caption: Caption) -> go.Figure:
    """Moves from the row's level to the column's: the count in each field, its share as shade."""
    shares = 100 * found.chances
    text = [
        [
            f"{count}<br>{numbers.share(float(chance), caption.language)}" if count else ""
            for count, chance in zip(counts, chances, strict=True)
        ]
        for counts, chances in zip(found.counts, found.chances, strict=True)
    ]
    short = [shorten(label, 24) for label in labels]
    figure = go.Figure(
        go.Heatmap(
            z=shares,
            x=short,
            y=short,
            zmin=0,
            zmax=100,
            customdata=found.counts,
            colorscale=SEQUENTIAL,
            xgap=2,
            ygap=2,
            colorbar={"thickness": 12, "ticksuffix": "%", "title": {"text": ""}},
            hovertemplate="%{y} → %{x}: %{customdata} (%{z:.1f}%)<extra></extra>",
        )
    )
    write_fields(figure, text, "%{y} → %{x}: %{text}<extra></extra>")
    figure.update_xaxes(title=say("trend.to_level", caption.language))
    figure.update_yaxes(title=say("trend.from_level", caption.language))
    figure.update_layout(margin={"b": 64, "l": 64})
    return finish(figure, caption, 250 + 60 * len(labels))
