"""An index made another way, in pictures: ranks before and after, method against data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import plotly.graph_objects as go

from govmaturity.analysis.what_if.method_and_data import MethodAndData
from govmaturity.analysis.what_if.moves import Moves
from govmaturity.charts.rows import name_rows
from govmaturity.charts.theme import (
    ACCENT,
    CATEGORIES,
    CONTEXT,
    INK,
    MUTED,
    Caption,
    finish,
)
from govmaturity.texts import numbers, say

_UP: Final = "#08306b"
# Who rose is dark and solid, who fell orange and dotted, who stayed grey, as on Trend.
_LOOK: Final = (
    ("rose", 1, _UP, "solid"),
    ("fell", -1, ACCENT, "dot"),
    ("stayed", 0, MUTED, "solid"),
)

_LONGEST: Final = 22


def dumbbells(
    found: Moves,
    rows: Sequence[int],
    names: Mapping[str, str],
    caption: Caption,
    *,
    by_rank: bool,
    scale: tuple[float, float],
) -> go.Figure:
    """A line for each unit from what it was (open) to what it is (full).

    Parameters
    ----------
    found : Moves
    rows : sequence of int
        Places in `found.units`, the first on top.
    names : mapping of unit to str
    caption : Caption
    by_rank : bool
        Ranks, 1 at the left; else scores on the framework's `scale`.
    scale : pair of float
    """
    language = caption.language
    values = (found.rank if by_rank else found.score)[:, list(rows)].astype(np.float64)
    gain = values[0] - values[1] if by_rank else values[1] - values[0]
    width = scale[1] - scale[0]
    written = [
        f"{before:.0f} → {after:.0f}"
        if by_rank
        else " → ".join(numbers.score(one, language, width) for one in (before, after))
        for before, after in values.T
    ]
    labels = [names[found.units[row]] for row in rows]
    figure = go.Figure()
    for key, sign, colour, dash in _LOOK:
        drawn = [place for place in range(len(labels)) if np.sign(gain[place]) == sign]
        units = [found.units[rows[place]] for place in drawn]
        told = [
            f"{names[unit]}: {written[place]}" for unit, place in zip(units, drawn, strict=True)
        ]
        name = say(f"trend.{key}" if by_rank else f"what_if.{key}", language)
        for place in drawn:
            figure.add_scatter(
                x=values[:, place],
                y=[place, place],
                mode="lines",
                line={"color": colour, "width": 2.5, "dash": dash},
                hoverinfo="skip",
                showlegend=False,
            )
        for side, symbol in enumerate(("circle-open", "circle")):
            figure.add_scatter(
                x=values[side][drawn],
                y=drawn,
                mode="markers",
                name=f"{name} ({len(drawn)})",
                marker={"color": colour, "symbol": symbol, "size": 10},
                showlegend=bool(side),
                customdata=units,
                hovertext=told,
                hovertemplate="%{hovertext}<extra></extra>",
            )
    name_rows(figure, labels, _LONGEST)
    across = {} if by_rank else {"range": [scale[0], scale[1]]}
    figure.update_xaxes(title=caption.unit_of_measure, **across)
    figure.update_layout(
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0}, margin={"b": 48}
    )
    return finish(figure, caption, 250 + 22 * len(labels), above=34)


def method_and_data_bars(
    found: MethodAndData, rows: Sequence[int], names: Mapping[str, str], caption: Caption
) -> go.Figure:
    """What the method and what the data made of each unit's change, and both together."""
    language = caption.language
    chosen = list(rows)
    labels = [names[found.units[row]] for row in chosen]
    units = [found.units[row] for row in chosen]
    places = list(range(len(labels)))
    figure = go.Figure()
    for key, part, colour in (
        ("method", found.method, CATEGORIES[0]),
        ("data", found.data, CATEGORIES[1]),
    ):
        figure.add_bar(
            x=part[chosen],
            y=places,
            orientation="h",
            name=say(f"what_if.part_{key}", language),
            marker={"color": colour, "pattern": {"shape": "/" if key == "data" else ""}},
            customdata=units,
            hovertext=[
                f"{names[unit]}: {numbers.change(float(part[row]), language)}"
                for unit, row in zip(units, chosen, strict=True)
            ],
            hovertemplate="%{hovertext}<extra>%{fullData.name}</extra>",
        )
    figure.add_scatter(
        x=found.total[chosen],
        y=places,
        mode="markers",
        name=say("what_if.part_total", language),
        marker={"color": INK, "symbol": "diamond", "size": 9},
        customdata=units,
        hovertext=[
            f"{names[unit]}: {numbers.change(float(found.total[row]), language)}"
            for unit, row in zip(units, chosen, strict=True)
        ],
        hovertemplate="%{hovertext}<extra>%{fullData.name}</extra>",
    )
    figure.add_vline(x=0, line={"color": CONTEXT, "width": 1.5})
    name_rows(figure, labels, _LONGEST)
    figure.update_xaxes(title=caption.unit_of_measure)
    figure.update_layout(
        barmode="relative",
        bargap=0.3,
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0},
        margin={"b": 48},
    )
    return finish(figure, caption, 250 + 22 * len(labels), above=34)
