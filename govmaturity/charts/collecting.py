"""How far a collection is, in a picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import plotly.graph_objects as go

from govmaturity.charts.theme import Caption, finish, shorten
from govmaturity.texts import say

# From done to not begun: dark to light, what is missing white with stripes.
PARTS: Final = (
    ("approved", "#08306b", ""),
    ("waiting", "#5ba3cf", ""),
    ("returned", "#e69f00", "/"),
    ("missing", "#ffffff", "."),
)


def progress_bars(counts: Mapping[str, Mapping[str, int]], caption: Caption) -> go.Figure:
    """Units by state, a bar for each place.

    Parameters
    ----------
    counts : mapping of str to mapping of str to int
        By the place's name: how many units are `approved`, `waiting`, `returned`, `missing`.
    caption : Caption
    """
    language = caption.language
    labels = list(counts)
    places = list(range(len(labels)))
    figure = go.Figure()
    for name, colour, pattern in PARTS:
        figure.add_bar(
            x=[counts[label][name] for label in labels],
            y=places,
            orientation="h",
            name=say(f"administer.part_{name}", language),
            marker={
                "color": colour,
                "line": {"color": "#8795a1", "width": 0.5},
                "pattern": {
                    "shape": pattern,
                    "fgcolor": "#52606d",
                    "size": 6,
                    "fillmode": "overlay",
                },
            },
            hovertext=labels,
            hovertemplate="%{hovertext}: %{x}<extra>%{fullData.name}</extra>",
            showlegend=True,
        )
    figure.update_xaxes(title=caption.unit_of_measure, rangemode="tozero")
    figure.update_yaxes(
        tickvals=places,
        ticktext=[shorten(label, 30) for label in labels],
        range=[len(labels) - 0.4, -0.6],
        automargin=True,
        showgrid=False,
        zeroline=False,
    )
    figure.update_layout(
        barmode="stack",
        bargap=0.4,
        legend={
            "orientation": "h",
            "y": 1,
            "yanchor": "bottom",
            "x": 0,
            "traceorder": "normal",
        },
        margin={"b": 48},
    )
    return finish(figure, caption, 230 + 28 * len(labels), above=34)
