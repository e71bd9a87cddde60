"""Whether an index hangs together, in pictures: correlations with flags, agreement, weights."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from govmaturity.analysis.consistency.structure import ACCEPTABLE
from govmaturity.charts.legible import write_fields
from govmaturity.charts.theme import (
    ACCENT,
    CATEGORIES,
    CONTEXT,
    DIVERGING,
    INK,
    MUTED,
    NO_DATA,
    Caption,
    finish,
    shorten,
)
from govmaturity.scoring.weigh.components import MIN_KMO
from govmaturity.texts import numbers, say

# Beyond so many indicators there is no room for figures in the cells.
MAX_WRITTEN: Final = 16
_SCALE: Final = [[place / (len(DIVERGING) - 1), colour] for place, colour in enumerate(DIVERGING)]
_MARKS: Final = {"redundant": "square-open", "contradicting": "x-thin-open"}


def correlation_map(
    correlations: pd.DataFrame,
    pairs: pd.DataFrame,
    groups: Sequence[str],
    flagged: Collection[str],
    names: Mapping[str, str],
    caption: Caption,
) -> go.Figure:
    """Correlations of indicators with one another, groups framed, flagged pairs marked.

    Parameters
    ----------
    correlations : DataFrame
        Index and columns are ids; NaN, drawn as no data, where undefined.
    pairs : DataFrame
        `one, other, flag` of the pairs to mark.
    groups : sequence of str
        The group of each indicator, in the order of the index.
    flagged : collection of str
        Indicators whose name gets an exclamation mark.
    names : mapping of id to str
    caption : Caption
    """
    language = caption.language
    ids = list(correlations.index)
    size = len(ids)
    table = correlations.to_numpy(dtype=np.float64)
    labels = [shorten(names[id_], 26) + (" !" if id_ in flagged else "") for id_ in ids]
    if size > MAX_WRITTEN:
        labels = [f"{id_} {label}" for id_, label in zip(ids, labels, strict=True)]
    written = [[numbers.signed(value, language, 2) for value in row] for row in table]
    figure = go.Figure(
        go.Heatmap(
            z=table,
            zmin=-1,
            zmax=1,
            colorscale=_SCALE,
            xgap=1,
            ygap=1,
            text=written,
            customdata=[[[f"{names[one]}<br>{names[other]}"] for other in ids] for one in ids],
            hovertemplate="%{customdata[0]}<br>%{text}<extra></extra>",
            hoverongaps=False,
            colorbar={"thickness": 10, "title": {"text": caption.unit_of_measure}},
        )
    )
    if size <= MAX_WRITTEN:
        write_fields(
            figure, written, "%{customdata[0]}<br>%{text}<extra></extra>", is_top_down=True, size=11
        )
    place = {id_: line for line, id_ in enumerate(ids)}
    for flag, symbol in _MARKS.items():
        chosen = pairs[pairs["flag"] == flag]
        ends = [(place[one], place[other]) for one, other in chosen[["one", "other"]].to_numpy()]
        figure.add_scatter(
            # A mark outside keeps the name of the flag, with its count of none, in the legend.
            x=np.array([x for one, other in ends for x in (one, other)] or [-1]),
            y=np.array([y for one, other in ends for y in (other, one)] or [-1]),
            mode="markers",
            name=f"{say(f'consistency.flag_{flag}', language)} ({len(ends)})",
            marker={
                "symbol": symbol,
                "size": 38 if size <= MAX_WRITTEN else 11,
                "color": INK,
                "line": {"width": 2, "color": INK},
            },
            hoverinfo="skip",
        )
    _frame(figure, groups)
    ticks = {
        "tickvals": list(range(size)),
        "ticktext": labels,
        "showgrid": False,
        "automargin": True,
        "tickfont": {"size": 12 if size <= 30 else 10},
    }
    figure.update_yaxes(**ticks, range=[size - 0.5, -0.5])
    # There is no room for so many names below; they stand at the left in the same order.
    across = {"ticktext": ids} if size > MAX_WRITTEN else {}
    figure.update_xaxes(**(ticks | across), range=[-0.5, size - 0.5], tickangle=-50)
    figure.update_layout(
        plot_bgcolor=NO_DATA,
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0},
        margin={"b": 150 if size <= MAX_WRITTEN else 90},
    )
    made = finish(figure, caption, 430 + max(22, 30 - size // 2) * size, above=34)
    return made.update_layout(plot_bgcolor=NO_DATA)


def _frame(figure: go.Figure, groups: Sequence[str]) -> None:
    """A frame around the indicators of each group: inside it things should agree."""
    start = 0
    for _, members in groupby(groups):
        end = start + len(list(members))
        figure.add_shape(
            type="rect",
            x0=start - 0.5,
            x1=end - 0.5,
            y0=start - 0.5,
            y1=end - 0.5,
            line={"color": INK, "width": 1.5},
        )
        start = end


def agreement_dots(table: pd.DataFrame, names: Mapping[str, str], caption: Caption) -> go.Figure:
    """Cronbach's alpha and KMO of each group, with the lines that they are held against.

    `table` has `group, alpha, kmo`; what is undefined is not drawn.
    """
    language = caption.language
    labels = [shorten(names[group], 34) for group in table["group"]]
    figure = go.Figure()
    for column, colour, symbol, line in (
        ("alpha", CATEGORIES[0], "circle", ACCEPTABLE),
        ("kmo", ACCENT, "diamond", MIN_KMO),
    ):
        values = table[column].to_numpy(dtype=np.float64)
        written = [numbers.signed(value, language, 2) for value in values]
        figure.add_scatter(
            x=values,
            y=labels,
            mode="markers",
            name=say(f"consistency.axis_{column}", language, line=f"{line:g}"),
            marker={"color": colour, "symbol": symbol, "size": 11},
            text=written,
            hovertemplate="%{y}: %{text}<extra>%{fullData.name}</extra>",
        )
        figure.add_vline(x=line, line={"color": colour, "dash": "dot", "width": 1.5})
    known = table[["alpha", "kmo"]].to_numpy(dtype=np.float64)
    low = min(0.0, float(np.nanmin(known)) if not np.isnan(known).all() else 0.0)
    # Far below zero says no more than below zero, and would squeeze the rest.
    figure.update_xaxes(range=[max(low, -1.0) - 0.04, 1.04], title=caption.unit_of_measure)
    figure.update_yaxes(
        autorange="reversed", automargin=True, categoryorder="array", categoryarray=labels
    )
    figure.update_layout(
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0}, margin={"b": 48}
    )
    return finish(figure, caption, 240 + 30 * len(labels), above=34)


def weight_dots(table: pd.DataFrame, names: Mapping[str, str], caption: Caption) -> go.Figure:
    """What each part weighs, and what it makes of the differences, joined by a line.

    `table` has `node, stated, in_force, effective`, shares of 1; what is stated is
    drawn too where weights are found and so differ from it.
    """
    language = caption.language
    labels = [shorten(names[node], 34) for node in table["node"]]
    ends = {
        "stated": 100 * table["in_force"].to_numpy(dtype=np.float64),
        "effective": 100 * table["effective"].to_numpy(dtype=np.float64),
    }
    figure = go.Figure()
    for label, pair in zip(labels, zip(*ends.values(), strict=True), strict=True):
        figure.add_scatter(
            x=pair,
            y=[label, label],
            mode="lines",
            line={"color": CONTEXT, "width": 3},
            hoverinfo="skip",
            showlegend=False,
        )
    for (column, values), (colour, symbol) in zip(
        ends.items(), ((MUTED, "circle-open"), (CATEGORIES[0], "circle")), strict=True
    ):
        figure.add_scatter(
            x=values,
            y=labels,
            mode="markers",
            name=say(f"consistency.axis_{column}", language),
            marker={"color": colour, "symbol": symbol, "size": 12},
            text=[numbers.signed(value, language) + "%" for value in values],
            hovertemplate="%{y}: %{text}<extra>%{fullData.name}</extra>",
        )
    stated = 100 * table["stated"].to_numpy(dtype=np.float64)
    if not np.allclose(stated, ends["stated"], equal_nan=True):
        figure.add_scatter(
            x=stated,
            y=labels,
            mode="markers",
            name=say("consistency.axis_given", language),
            marker={"color": ACCENT, "symbol": "diamond-open", "size": 11},
            hovertemplate="%{y}: %{x:.1f}%<extra>%{fullData.name}</extra>",
        )
    figure.update_xaxes(ticksuffix="%", title=caption.unit_of_measure, rangemode="tozero")
    figure.update_yaxes(autorange="reversed", automargin=True)
    figure.update_layout(
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0}, margin={"b": 48}
    )
    return finish(figure, caption, 240 + 34 * len(labels), above=34)
