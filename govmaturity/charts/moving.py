"""How the distribution of units moves from period to period, with a slider and a button to play."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from govmaturity.analysis.change.panel import Panel
from govmaturity.analysis.inequality import Floats
from govmaturity.charts.theme import ACCENT, CATEGORIES, INK, MUTED, Caption, finish, shorten
from govmaturity.texts import numbers, say

BINS: Final = 40
_BAR: Final = "#5ba3cf"
# A second for each period, most of it standing still: a reader looks, then it moves.
_PLAY: Final = {
    "frame": {"duration": 1000, "redraw": False},
    "transition": {"duration": 400, "easing": "cubic-in-out"},
    "mode": "immediate",
}


def moving_distribution(
    panel: Panel,
    names: Mapping[str, str],
    chosen: Collection[str],
    caption: Caption,
    scale: tuple[float, float],
) -> go.Figure:
    """Units counted by score in steps of a fortieth of the scale, one frame a period.

    It opens on the last period. Chosen units are marked above the bars, each on
    a line of its own; one without a score in a period has no mark then.
    """
    edges = _edges(panel.values, scale)
    counts = np.array([np.histogram(row[~np.isnan(row)], edges)[0] for row in panel.values])
    top = max(int(counts.max(initial=0)), 1)
    columns = [column for column, unit in enumerate(panel.units) if unit in chosen]
    frames = [
        go.Frame(
            name=period,
            data=_pictures(panel, place, edges, counts[place], columns, names, top, caption),
        )
        for place, period in enumerate(panel.periods)
    ]
    figure = go.Figure(data=frames[-1].data, frames=frames)
    figure.update_layout(
        sliders=[_slider(panel.periods, caption)],
        updatemenus=[_buttons(caption)],
        margin={"b": 128, "l": 64},
        bargap=0.04,
        showlegend=False,
    )
    figure.update_xaxes(range=[edges[0], edges[-1]], title=caption.unit_of_measure)
    # Room above the bars for the marks; the same in all frames, so that only the units move.
    figure.update_yaxes(
        range=[0, top * (1.12 + 0.09 * len(columns))],
        title=say("charts.axis_units", caption.language),
    )
    return finish(figure, caption, 560)


def _edges(values: Floats, scale: tuple[float, float]) -> Floats:
    """Edges of the bars: of the scale's own, or of the figures where they lie beyond it."""
    known = values[~np.isnan(values)]
    low = min(scale[0], float(known.min(initial=scale[0])))
    high = max(scale[1], float(known.max(initial=scale[1])))
    return np.linspace(low, high, BINS + 1)


def _pictures(
    panel: Panel,
    place: int,
    edges: Floats,
    counts: Any,
    columns: list[int],
    names: Mapping[str, str],
    top: int,
    caption: Caption,
) -> list[Any]:
    language = caption.language
    values = panel.values[place]
    known = values[~np.isnan(values)]
    middle = float(np.median(known)) if len(known) else np.nan
    bars = go.Bar(
        x=(edges[:-1] + edges[1:]) / 2,
        y=counts,
        marker={"color": _BAR},
        text=[
            f"{numbers.decimal(low, language)} – {numbers.decimal(high, language)}: "
            + say("common.units_counted", language, n=int(count))
            for low, high, count in zip(edges[:-1], edges[1:], counts, strict=True)
        ],
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
    )
    median = go.Scatter(
        x=[middle, middle],
        y=[0, top * 1.08],
        mode="lines+text",
        line={"color": INK, "width": 2, "dash": "dash"},
        text=["", f"{say('trend.median', language)} {numbers.decimal(middle, language)}"],
        textposition="top center",
        hoverinfo="skip",
    )
    marks = go.Scatter(
        x=values[columns],
        y=[top * (1.18 + 0.09 * line) for line in range(len(columns))],
        mode="markers+text",
        marker={
            "symbol": "diamond",
            "size": 12,
            "color": [CATEGORIES[line % len(CATEGORIES)] for line in range(len(columns))],
            "line": {"color": INK, "width": 0.6},
        },
        text=[
            f"{shorten(names[panel.units[column]], 24)} {numbers.decimal(values[column], language)}"
            for column in columns
        ],
        # Towards the middle of the scale, so that no name leaves the picture.
        textposition=[
            "middle left" if value > (edges[0] + edges[-1]) / 2 else "middle right"
            for value in values[columns]
        ],
        customdata=[panel.units[column] for column in columns],
        hovertemplate="%{text}<extra></extra>",
    )
    return [bars, median, marks]


def _slider(periods: tuple[str, ...], caption: Caption) -> dict[str, Any]:
    return {
        "active": len(periods) - 1,
        "x": 0.16,
        "len": 0.84,
        "y": -0.16,
        "yanchor": "top",
        "pad": {"t": 0, "b": 0},
        "currentvalue": {
            "prefix": f"{say('trend.shown_period', caption.language)} ",
            "font": {"size": 13, "color": ACCENT},
        },
        "font": {"size": 12, "color": MUTED},
        "steps": [
            {"label": period, "method": "animate", "args": [[period], _PLAY]} for period in periods
        ],
    }


def _buttons(caption: Caption) -> dict[str, Any]:
    pause = {"frame": {"duration": 0, "redraw": False}, "mode": "immediate"}
    return {
        "type": "buttons",
        "direction": "left",
        "x": 0,
        "xanchor": "left",
        "y": -0.2,
        "yanchor": "top",
        "showactive": False,
        "buttons": [
            {
                "label": f"▶ {say('trend.play', caption.language)}",
                "method": "animate",
                "args": [None, _PLAY | {"fromcurrent": True}],
            },
            {"label": "❚❚", "method": "animate", "args": [[None], pause]},
        ],
    }
