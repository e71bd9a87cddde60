"""Pictures for reviewers: what waits by its effect, and one value through the periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from govmaturity.charts.rows import name_rows
from govmaturity.charts.theme import (
    ACCENT,
    CONTEXT,
    INK,
    MUTED,
    Caption,
    finish,
    shorten,
)
from govmaturity.texts import Language, numbers, say

_BAR: Final = "#5ba3cf"
_BAND: Final = "#e3eef9"
_LONGEST_NAME: Final = 24
_LONGEST_REASON: Final = 58


@dataclass(frozen=True)
class QueueBar:
    """One submission in the queue: the unit's id and name, its effect, the first reason in words.

    `effect` is None where it cannot be told; it is then drawn as nothing and said in words.
    """

    unit: str
    name: str
    effect: float | None
    reason: str


def queue_bars(bars: Sequence[QueueBar], caption: Caption, width: float) -> go.Figure:
    """A bar for each submission, as long as its score would move; the first one on top.

    Parameters
    ----------
    bars : sequence of QueueBar
    caption : Caption
    width : float
        Of the framework's scale, for the number of decimals.
    """
    language = caption.language
    places = list(range(len(bars)))
    effects = [one.effect or 0.0 for one in bars]
    told = [_effect(one.effect, language, width) for one in bars]
    figure = go.Figure()
    figure.add_bar(
        x=effects,
        y=places,
        orientation="h",
        marker={"color": _BAR},
        text=[
            f"{effect}  {shorten(one.reason, _LONGEST_REASON)}"
            for one, effect in zip(bars, told, strict=True)
        ],
        textposition="outside",
        textfont={"color": INK, "size": 12},
        cliponaxis=False,
        customdata=[one.unit for one in bars],
        hovertext=[
            f"{one.name}: {effect}<br>{one.reason}" for one, effect in zip(bars, told, strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    # Reasons stand behind the bars: the longest bar leaves them room. With the figure at
    # each bar an axis would only count that room.
    figure.update_xaxes(
        range=[0, 2.6 * max([*effects, 0.01])],
        zeroline=False,
        showgrid=False,
        showticklabels=False,
    )
    name_rows(figure, [one.name for one in bars], _LONGEST_NAME)
    figure.update_layout(bargap=0.35, margin={"b": 12})
    return finish(figure, caption, 170 + 26 * len(bars))


def _effect(effect: float | None, language: Language, width: float) -> str:
    if effect is None:
        return say("review.effect_unknown", language)
    return numbers.decimal(effect, language, 2 if width > 10 else 4)


def value_history(
    periods: Sequence[str],
    values: Sequence[float | None],
    caption: Caption,
    *,
    usual: tuple[float, float] | None = None,
    others: float | None = None,
    replaced: Sequence[float] = (),
) -> go.Figure:
    """One value through the periods: the last one stands out, before it what it was.

    Parameters
    ----------
    periods : sequence of str
        The latest last: the one that is reviewed.
    values : sequence of float or None
        In the unit of measure; a gap where nothing was reported.
    caption : Caption
    usual : tuple of float, optional
        The ends of what is usual after the earlier periods: a band.
    others : float, optional
        The median of all units in the last period.
    replaced : sequence of float
        What earlier revisions said of the last period: hollow.
    """
    language = caption.language
    figure = go.Figure()
    if usual is not None:
        low, high = usual
        figure.add_hrect(y0=low, y1=high, fillcolor=_BAND, line_width=0, layer="below")
        square = {"symbol": "square", "size": 12, "color": _BAND, "line": {"color": CONTEXT}}
        _only_in_legend(figure, say("review.legend_usual", language), marker=square)
    figure.add_scatter(
        x=list(periods[:-1]),
        y=list(values[:-1]),
        mode="lines+markers",
        line={"color": MUTED, "width": 1.5},
        marker={"color": MUTED, "size": 8},
        name=say("review.legend_earlier", language),
        hovertemplate="%{x}: %{y:,}<extra></extra>",
    )
    if replaced:
        figure.add_scatter(
            x=[periods[-1]] * len(replaced),
            y=list(replaced),
            mode="markers",
            marker={"symbol": "circle-open", "size": 11, "color": ACCENT, "line": {"width": 2}},
            name=say("review.legend_replaced", language),
            hovertemplate="%{x}: %{y:,}<extra></extra>",
        )
    now = values[-1]
    if now is not None:
        figure.add_scatter(
            x=[periods[-1]],
            y=[now],
            mode="markers+text",
            marker={"symbol": "diamond", "size": 13, "color": ACCENT},
            text=[numbers.measured(now, language)],
            textposition="middle right",
            textfont={"color": INK},
            cliponaxis=False,
            name=say("review.legend_now", language),
            hovertemplate="%{x}: %{y:,}<extra></extra>",
        )
    if others is not None:
        dashes = {"color": MUTED, "width": 1.5, "dash": "dash"}
        figure.add_hline(y=others, line=dashes)
        _only_in_legend(figure, say("review.legend_others", language), line=dashes)
    figure.update_xaxes(
        type="category", categoryarray=list(periods), range=[-0.5, len(periods) - 0.3]
    )
    figure.update_yaxes(title=caption.unit_of_measure, rangemode="tozero")
    figure.update_layout(
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0}, margin={"b": 40}
    )
    return finish(figure, caption, 400, above=34)


def _only_in_legend(figure: go.Figure, name: str, **look: dict[str, object]) -> None:
    """Name a band or a line across in the legend, where plotly lists traces alone."""
    mode = "lines" if "line" in look else "markers"
    figure.add_scatter(x=[None], y=[None], mode=mode, name=name, **look)
