"""Pictures with a row for each name: how the rows are named, and bars of parts along them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import plotly.graph_objects as go

from govmaturity.charts.theme import Caption, finish, shorten

# Above the rows, so that it lies on none of them.
LEGEND: Final = {"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "traceorder": "normal"}


@dataclass(frozen=True)
class Part:
    """One part of every row. A `pattern` tells it apart without its colour."""

    name: str
    colour: str
    counts: Sequence[float]
    pattern: str = ""


def name_rows(figure: go.Figure, names: Sequence[str], longest: int) -> None:
    """Name the rows 0, 1, ... from the top down; names are cut to so many columns."""
    figure.update_yaxes(
        tickvals=list(range(len(names))),
        ticktext=[shorten(name, longest) for name in names],
        range=[len(names) - 0.4, -0.6],
        automargin=True,
        showgrid=False,
        zeroline=False,
    )


def stacked_bars(
    names: Sequence[str],
    parts: Sequence[Part],
    caption: Caption,
    *,
    longest: int,
    ids: Sequence[str] = (),
    until: float | None = None,
    each: int = 28,
    above: int = 34,
) -> go.Figure:
    """A bar for each name, of the parts one after the other.

    Parameters
    ----------
    names : sequence of str
        From the top down.
    parts : sequence of Part
        Each with a count for every name.
    caption : Caption
    longest : int
        Names are cut to so many columns of text.
    ids : sequence of str
        What a click on a bar stands for; empty where it leads nowhere.
    until : float, optional
        Where the axis ends; default with the longest bar.
    each, above : int
        Pixels for a row, and for the legend above all.
    """
    figure = go.Figure()
    for part in parts:
        pattern = {"shape": part.pattern, "fgcolor": "#52606d", "size": 6, "fillmode": "overlay"}
        marker: dict[str, Any] = {
            "color": part.colour,
            "line": {"color": "#8795a1", "width": 0.5},
            "pattern": pattern,
        }
        figure.add_bar(
            x=list(part.counts),
            y=list(range(len(names))),
            orientation="h",
            name=part.name,
            marker=marker,
            customdata=list(ids) or None,
            hovertext=list(names),
            hovertemplate="%{hovertext}: %{x}<extra>%{fullData.name}</extra>",
            showlegend=True,
        )
    name_rows(figure, names, longest)
    extent = {"rangemode": "tozero"} if until is None else {"range": [0, until]}
    figure.update_xaxes(title=caption.unit_of_measure, **extent)
    figure.update_layout(barmode="stack", bargap=0.4, legend=LEGEND, margin={"b": 48})
    return finish(figure, caption, 196 + above + each * len(names), above=above)
