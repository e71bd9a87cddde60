"""Change in pictures: lines over periods, slopes of ranks, progress to a target."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from govmaturity.analysis.change.panel import Panel, start_of
from govmaturity.analysis.change.progress import STATES, Progress
from govmaturity.analysis.inequality import Floats
from govmaturity.charts.theme import (
    ACCENT,
    CATEGORIES,
    CONTEXT,
    INK,
    MUTED,
    Caption,
    finish,
    level_colours,
    shorten,
)
from govmaturity.texts import numbers, say

# With more slopes names would stand on one another.
MAX_NAMED: Final = 30
_BAND: Final = "rgba(32,112,180,0.18)"
_UP: Final = "#08306b"


def unit_lines(
    panel: Panel,
    names: Mapping[str, str],
    chosen: Collection[str],
    caption: Caption,
    *,
    breaks: Collection[str] = (),
    restated: Collection[tuple[str, str]] = (),
) -> go.Figure:
    """Every unit over the periods, the chosen ones in colour, the middle half of all as a band.

    Where a unit has no score its line is broken. A dotted upright before each
    period in `breaks` says that figures mean something else from there on.
    Open points are those of units and periods that are `restated`.
    """
    figure = go.Figure()
    periods = list(panel.periods)
    others = [column for column, unit in enumerate(panel.units) if unit not in chosen]
    is_back = np.array([[(unit, one) in restated for one in periods] for unit in panel.units])
    _lines(figure, panel, others, names, {"color": CONTEXT, "width": 0.8}, is_back, caption)
    low, middle, high = np.full((3, len(periods)), np.nan)
    for place, values in enumerate(panel.values):
        if not np.isnan(values).all():
            low[place], middle[place], high[place] = np.nanquantile(values, [0.25, 0.5, 0.75])
    edge = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    figure.add_scatter(x=periods, y=high, showlegend=False, **edge)
    band = say("trend.band", caption.language)
    figure.add_scatter(x=periods, y=low, fill="tonexty", fillcolor=_BAND, name=band, **edge)
    figure.add_scatter(
        x=periods,
        y=middle,
        mode="lines+markers",
        name=say("trend.median", caption.language),
        line={"color": INK, "width": 2.5, "dash": "dash"},
        hovertemplate="%{y:.3g}<extra>%{fullData.name}</extra>",
    )
    columns = [column for column, unit in enumerate(panel.units) if unit in chosen]
    for place, column in enumerate(columns):
        colour = CATEGORIES[place % len(CATEGORIES)]
        name = shorten(names[panel.units[column]], 24)
        line = {"color": colour, "width": 3}
        _lines(figure, panel, [column], names, line, is_back, caption, name)
    for period in breaks:
        _break(figure, panel.periods, period, caption)
    figure.update_xaxes(type="category")
    figure.update_yaxes(title=caption.unit_of_measure)
    figure.update_layout(
        legend={"orientation": "h", "y": -0.1, "yanchor": "top"}, margin={"b": 72, "l": 64}
    )
    return finish(figure, caption, 540)


def _lines(
    figure: go.Figure,
    panel: Panel,
    columns: Sequence[int],
    names: Mapping[str, str],
    line: Mapping[str, object],
    is_back: NDArray[np.bool_],
    caption: Caption,
    name: str = "",
) -> None:
    """Lines of units as one trace, parted by gaps: a trace for each would be slow to draw.

    `is_back` has the shape (units, periods).
    """
    units = [panel.units[column] for column in columns]
    steps = len(panel.periods) + 1
    gap = np.full(len(columns), np.nan)
    back = np.hstack([is_back[columns], np.zeros((len(columns), 1), dtype=bool)]).ravel()
    suffix = say("trend.back_mark", caption.language)
    told = [names[unit] for unit in units for _ in range(steps)]
    figure.add_scatter(
        x=[*panel.periods, panel.periods[-1]] * len(columns),
        y=np.vstack([panel.values[:, columns], gap]).T.ravel(),
        mode="lines+markers",
        line=dict(line),
        marker={
            "size": 7 if name else 4,
            # One symbol for all where none is restated: a list for each point is long to send.
            "symbol": np.where(back, "circle-open", "circle") if back.any() else "circle",
        },
        opacity=1 if name else 0.6,
        name=name,
        text=[one + suffix if here else one for one, here in zip(told, back, strict=True)],
        customdata=[unit for unit in units for _ in range(steps)],
        hovertemplate="%{text}, %{x}: %{y:.3g}<extra></extra>",
        showlegend=bool(name),
    )


def _break(figure: go.Figure, periods: Sequence[str], period: str, caption: Caption) -> None:
    place = sum(start_of(one) < start_of(period) for one in periods)
    figure.add_vline(
        x=place - 0.5,
        line={"color": ACCENT, "dash": "dot", "width": 2},
        annotation={
            "text": say("trend.break_mark", caption.language, period=period),
            "font": {"color": ACCENT, "size": 12},
            "yanchor": "bottom",
        },
        annotation_position="top",
    )


def rank_slopes(
    before: Floats,
    after: Floats,
    units: Sequence[str],
    names: Mapping[str, str],
    periods: tuple[str, str],
    chosen: Collection[str],
    caption: Caption,
) -> go.Figure:
    """A line from each unit's rank in one period to that in another, 1 on top.

    Who rose is dark and solid, who fell is orange and dotted, who stayed grey.
    Names stand beside the lines of the chosen units, of all where they are few;
    units without a rank (NaN) in one of the periods are left out.
    """
    figure = go.Figure()
    kept = np.flatnonzero(~np.isnan(before) & ~np.isnan(after))
    names_all = len(kept) <= MAX_NAMED
    is_chosen = np.array([unit in chosen for unit in units], dtype=bool)[kept]
    rise = (before - after)[kept]
    for key, rows, colour, dash in (
        ("trend.stayed", rise == 0, MUTED, "solid"),
        ("trend.fell", rise < 0, ACCENT, "dot"),
        ("trend.rose", rise > 0, _UP, "solid"),
    ):
        for is_strong in (False, True):
            drawn = kept[rows & (is_chosen == is_strong)].tolist()
            ends = [end for row in drawn for end in (before[row], after[row], None)]
            short = [shorten(names[units[row]], 22) for row in drawn]
            figure.add_scatter(
                x=[*periods, periods[1]] * len(drawn),
                y=ends,
                mode="lines+markers+text" if names_all or is_strong else "lines+markers",
                line={"color": colour, "dash": dash, "width": 4 if is_strong else 1.3},
                marker={"size": 10 if is_strong else 5},
                opacity=1 if is_strong or not is_chosen.any() else 0.5,
                text=[
                    text
                    for name, row in zip(short, drawn, strict=True)
                    for text in (f"{name} {before[row]:.0f}", f"{after[row]:.0f} {name}", "")
                ],
                textposition=["middle left", "middle right", "middle right"] * len(drawn),
                textfont={"size": 11},
                name=say(key, caption.language),
                legendgroup=key,
                showlegend=not is_strong,
                customdata=[units[row] for row in drawn for _ in range(3)],
                hovertext=[
                    f"{names[units[row]]}: {before[row]:.0f} → {after[row]:.0f}"
                    for row in drawn
                    for _ in range(3)
                ],
                hovertemplate="%{hovertext}<extra></extra>",
            )
    figure.update_xaxes(type="category", range=[-0.6, 1.6], showgrid=False)
    lowest = max([before[row] for row in kept] + [after[row] for row in kept], default=1)
    figure.update_yaxes(
        range=[lowest + 0.8, 0.2],
        showgrid=not names_all,
        showticklabels=not names_all,
        title=say("trend.rank", caption.language),
    )
    figure.update_layout(
        legend={"orientation": "h", "y": -0.08, "yanchor": "top"}, margin={"b": 64, "l": 64}
    )
    height = 300 + (14 * len(kept) if names_all else 300)
    return finish(figure, caption, height)


def progress_dots(
    found: Progress,
    last: Floats,
    units: Sequence[str],
    names: Mapping[str, str],
    chosen: Collection[str],
    caption: Caption,
) -> go.Figure:
    """A dot for each unit at its last score, a line for each state, the best on top."""
    language = caption.language
    figure = go.Figure()
    colours = level_colours(len(STATES))
    labels = [
        f"{say(f'trend.state_{state}', language)} ({found.counts[state]})" for state in STATES
    ]
    for place, label in enumerate(labels):
        rows = np.flatnonzero(found.state == place).tolist()
        told = [
            say(
                "trend.dot",
                language,
                name=names[units[row]],
                yearly=numbers.decimal(found.yearly[row], language, 2),
                needed=numbers.decimal(found.needed[row], language, 2),
            )
            for row in rows
        ]
        figure.add_box(
            x=last[rows],
            y=[label] * len(rows),
            orientation="h",
            boxpoints="all",
            pointpos=0,
            jitter=0.6,
            fillcolor="rgba(0,0,0,0)",
            line={"color": "rgba(0,0,0,0)"},
            marker={"color": colours[place], "size": 9, "line": {"color": INK, "width": 0.6}},
            selectedpoints=None,
            hoveron="points",
            text=told,
            customdata=[units[row] for row in rows],
            hovertemplate="%{text}<br>%{x:.3g}<extra></extra>",
            showlegend=False,
        )
        _mark(figure, [row for row in rows if units[row] in chosen], label, last, units, names)
    figure.add_vline(
        x=found.target,
        line={"color": ACCENT, "dash": "dash"},
        annotation={
            "text": say("trend.target_at", language, at=numbers.decimal(found.target, language)),
            "font": {"color": ACCENT},
            "yanchor": "bottom",
        },
        annotation_position="top",
    )
    figure.update_xaxes(title=caption.unit_of_measure)
    # A state without a unit keeps its line: that nobody is in it is a finding too.
    figure.update_yaxes(
        type="category",
        categoryorder="array",
        categoryarray=labels,
        tickvals=labels,
        range=[-0.6, len(labels) - 0.4],
    )
    figure.update_layout(margin={"b": 48})
    return finish(figure, caption, 460, above=24)


def _mark(
    figure: go.Figure,
    rows: list[int],
    label: str,
    last: Floats,
    units: Sequence[str],
    names: Mapping[str, str],
) -> None:
    figure.add_scatter(
        x=last[rows],
        y=[label] * len(rows),
        mode="markers+text",
        marker={"symbol": "diamond-open", "size": 14, "color": ACCENT, "line": {"width": 2.5}},
        text=[shorten(names[units[row]], 20) for row in rows],
        textposition="top center",
        hoverinfo="skip",
        showlegend=False,
    )
