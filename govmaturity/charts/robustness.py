"""How sure ranks are: intervals over the choices tried, and what each choice does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from govmaturity.analysis.robustness.run import Robustness
from govmaturity.charts.rows import name_rows
from govmaturity.charts.theme import (
    ACCENT,
    CATEGORIES,
    CONTEXT,
    MUTED,
    Caption,
    finish,
    level_colours,
    shorten,
)
from govmaturity.texts import numbers, say


def rank_intervals(
    found: Robustness,
    rows: Sequence[int],
    names: Mapping[str, str],
    letters: Mapping[int, str],
    caption: Caption,
) -> go.Figure:
    """The rank of each unit as stated, and the range that 90 % of the replicates give it.

    Parameters
    ----------
    found : Robustness
    rows : sequence of int
        Places of the units to draw, the first on top.
    names : mapping of unit to str
    letters : mapping of row to str
        Units that share a letter cannot be told apart; none where not computed.
    caption : Caption
    """
    scores = found.scores
    root = scores.plan.root
    stated = scores.rank_of(root)[list(rows)]
    low, middle, high = found.of(root).rank[:, list(rows)]
    labels = [
        f"{shorten(names[str(scores.unit[row])], 22)} {letters.get(row, '')}".strip()
        for row in rows
    ]
    figure = go.Figure()
    figure.add_scatter(
        x=middle,
        y=labels,
        mode="markers",
        showlegend=False,
        marker={"symbol": "line-ns-open", "size": 12, "color": MUTED},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": high - middle,
            "arrayminus": middle - low,
            "color": CONTEXT,
            "thickness": 4,
            "width": 0,
        },
        customdata=np.column_stack([low, high]),
        hovertemplate="%{y}: %{customdata[0]:.0f}-%{customdata[1]:.0f}<extra></extra>",
    )
    # A legend shows no error bar: a line of the same look stands for it.
    figure.add_scatter(
        x=[None],
        y=[None],
        mode="lines",
        name=say("robustness.median", caption.language),
        line={"color": CONTEXT, "width": 4},
    )
    figure.add_scatter(
        x=stated,
        y=labels,
        mode="markers",
        name=say("robustness.stated", caption.language),
        marker={"color": "#08306b", "size": 9},
        customdata=[str(scores.unit[row]) for row in rows],
        hovertemplate="%{y}: %{x}<extra></extra>",
    )
    figure.update_yaxes(autorange="reversed", automargin=True, dtick=1)
    figure.update_xaxes(title=say("widgets.rank", caption.language), rangemode="tozero")
    figure.update_layout(
        margin={"b": 90}, legend={"orientation": "h", "y": -0.12, "yanchor": "top"}
    )
    return finish(figure, caption, 260 + 22 * len(rows))


def score_intervals(
    names: Sequence[str],
    stated: np.ndarray,
    ends: np.ndarray,
    scale: tuple[float, float],
    caption: Caption,
) -> go.Figure:
    """Scores as stated, each on the range that 90 % of the replicates give it.

    Parameters
    ----------
    names : sequence of str
        One for each line, the first on top.
    stated : ndarray of float, shape (lines,)
    ends : ndarray of float, shape (lines, 3)
        5 %, 50 % and 95 % of the replicates.
    scale : pair of float
        Ends of the framework's scale.
    caption : Caption
    """
    language, width = caption.language, scale[1] - scale[0]
    places = list(range(len(names)))
    told = [
        f"{name}: {numbers.score(float(value), language, width)} "
        f"({numbers.score(float(low), language, width)}-"
        f"{numbers.score(float(high), language, width)})"
        for name, value, (low, _, high) in zip(names, stated, ends, strict=True)
    ]
    figure = go.Figure()
    figure.add_scatter(
        x=[x for low, _, high in ends for x in (low, high, np.nan)],
        y=[y for place in places for y in (place, place, place)],
        mode="lines",
        name=say("robustness.median", language),
        line={"color": CONTEXT, "width": 5},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=ends[:, 1],
        y=places,
        mode="markers",
        marker={"symbol": "line-ns-open", "size": 10, "color": MUTED},
        hoverinfo="skip",
        showlegend=False,
    )
    figure.add_scatter(
        x=stated,
        y=places,
        mode="markers",
        name=say("robustness.stated", language),
        marker={"color": "#08306b", "size": 9},
        cliponaxis=False,
        hovertext=told,
        hovertemplate="%{hovertext}<extra></extra>",
    )
    name_rows(figure, names, 30)
    figure.update_xaxes(title=caption.unit_of_measure, range=list(scale))
    figure.update_layout(
        margin={"b": 48}, legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0}
    )
    return finish(figure, caption, 250 + 22 * len(names), above=34)


def level_bars(
    found: Robustness, rows: Sequence[int], names: Mapping[str, str], caption: Caption
) -> go.Figure:
    """The share of the replicates in which each unit comes out at each level, levels stacked.

    `rows` are places of the units to draw, the first on top.
    """
    scores = found.scores
    shares = found.of(scores.plan.root).levels[:, list(rows)]
    labels = [shorten(names[str(scores.unit[row])], 22) for row in rows]
    figure = go.Figure()
    colours = level_colours(len(shares))
    for place, (share, colour) in enumerate(zip(shares, colours, strict=True)):
        level = scores.framework.levels[place].name.in_(caption.language)
        figure.add_bar(
            x=100 * share,
            y=labels,
            orientation="h",
            name=f"{place + 1} {level}",
            marker={"color": colour},
            customdata=[str(scores.unit[row]) for row in rows],
            hovertemplate="%{y}: %{x:.1f}%<extra>%{fullData.name}</extra>",
        )
    figure.update_yaxes(autorange="reversed", automargin=True, dtick=1, showgrid=False)
    figure.update_xaxes(range=[0, 100], ticksuffix="%", title=caption.unit_of_measure)
    figure.update_layout(
        barmode="stack",
        bargap=0.25,
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
        margin={"b": 48},
    )
    return finish(figure, caption, 260 + 22 * len(rows), above=52)


def sobol_bars(table: pd.DataFrame, names: Mapping[str, str], caption: Caption) -> go.Figure:
    """First-order and total index of each choice."""
    figure = go.Figure()
    ordered = table.sort_values("total")
    for column, colour in (("total", CATEGORIES[0]), ("first", ACCENT)):
        figure.add_bar(
            x=ordered[column],
            y=[names[choice] for choice in ordered["choice"]],
            orientation="h",
            name=say(f"robustness.{column}", caption.language),
            marker={"color": colour},
            error_x={"type": "data", "array": ordered[f"{column}_error"]},
        )
    figure.update_layout(
        barmode="group",
        margin={"b": 90},
        legend={"orientation": "h", "y": -0.2, "yanchor": "top"},
    )
    figure.update_yaxes(automargin=True)
    return finish(figure, caption, 240 + 44 * len(ordered))
