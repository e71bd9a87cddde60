"""How far units are and how they differ by part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from govmaturity.analysis.summary import level_counts
from govmaturity.charts.legible import ink_on, write_fields
from govmaturity.charts.theme import (
    ACCENT,
    INK,
    NO_DATA,
    SEQUENTIAL,
    Caption,
    finish,
    level_colours,
    shorten,
)
from govmaturity.framework.model import Framework
from govmaturity.scoring import Scores
from govmaturity.scoring.level import NO_LEVEL
from govmaturity.texts import Language, numbers, say

SHOWN_WITH_FIGURES = 32
HALF_WITH_FIGURES = 6


def level_names(framework: Framework, language: Language) -> list[str]:
    """`1 Initial`, `2 ...`: number and name, so that colour is never alone."""
    return [
        f"{place} {level.name.in_(language)}"
        for place, level in enumerate(framework.levels, start=1)
    ]


def level_table(scores: Scores, node: str, language: Language) -> pd.DataFrame:
    """Number of units in each level, and of those with a score but no level, if any."""
    names = level_names(scores.framework, language)
    counts = level_counts(scores, node)
    without = int(((scores.level_of(node) == NO_LEVEL) & ~np.isnan(scores.of(node))).sum())
    if without:
        names.append(say("charts.no_level", language))
        counts.append(without)
    return pd.DataFrame(
        {say("charts.level", language): names, say("charts.axis_units", language): counts}
    )


def level_distribution(scores: Scores, node: str, caption: Caption) -> go.Figure:
    """Number of units in each level, or a histogram of scores where there are no levels."""
    figure = go.Figure()
    if scores.framework.levels:
        names, counts = (
            column.tolist() for _, column in level_table(scores, node, caption.language).items()
        )
        known = len(scores.framework.levels)
        figure.add_bar(
            x=[shorten(name, 22) for name in names],
            y=counts,
            marker={
                "color": [*level_colours(known), NO_DATA][: len(names)],
                "line": {"color": "#8795a1", "width": 0.5},
            },
            text=counts,
            textposition="outside",
            hovertext=names,
            hovertemplate="%{hovertext}: %{y}<extra></extra>",
            cliponaxis=False,
        )
    else:
        figure.add_histogram(x=scores.of(node), marker={"color": "#2070b4"}, nbinsx=20)
        figure.update_xaxes(title=caption.unit_of_measure)
    figure.update_yaxes(title=say("charts.axis_units", caption.language), rangemode="tozero")
    return finish(figure, caption, 380)


def parts_heatmap(
    scores: Scores, rows: Sequence[int], names: Mapping[str, str], caption: Caption
) -> go.Figure:
    """Parts x units: a row per unit in the order given, a column per part of the root.

    Figures stand in the fields while they can be read.
    """
    language = caption.language
    parts = [scores.plan.root, *scores.plan.parts]
    length = 16 if caption.is_half else 22
    labels = [shorten(scores.plan.name(part).in_(language), length) for part in parts]
    table = np.array([scores.of(part)[list(rows)] for part in parts]).T
    units = [names[str(scores.unit[row])] for row in rows]
    if scores.has_ranks:
        # The rank, not the place in the picture: rows in the middle may be left out.
        ranks = scores.rank_of(scores.plan.root)[list(rows)]
        units = [
            f"{rank or numbers.NOTHING}. {unit}" for rank, unit in zip(ranks, units, strict=True)
        ]
    is_written = len(rows) <= SHOWN_WITH_FIGURES and not (
        caption.is_half and len(parts) > HALF_WITH_FIGURES
    )
    width = scores.framework.width
    written = [[numbers.score(value, language, width) for value in line] for line in table]
    hover = "%{y}<br>%{x}: %{text}<extra></extra>"
    figure = go.Figure(
        go.Heatmap(
            z=table,
            x=labels,
            y=units,
            zmin=scores.framework.scale[0],
            zmax=scores.framework.scale[1],
            colorscale=SEQUENTIAL,
            xgap=2,
            ygap=1,
            text=written,
            customdata=[[str(scores.unit[row])] * len(parts) for row in rows],
            hovertemplate=hover,
            colorbar={"thickness": 10, "title": {"text": caption.unit_of_measure}},
            hoverongaps=False,
        )
    )
    if is_written:
        write_fields(figure, written, hover, is_top_down=True)
    else:
        figure.update_yaxes(autorange="reversed")
    figure.update_yaxes(automargin=True, showgrid=False, dtick=1)
    angle = -60 if caption.is_half else -25
    figure.update_xaxes(side="bottom", showgrid=False, tickangle=angle, automargin=True)
    figure.update_layout(margin={"b": 96})
    return finish(figure, caption, 230 + 22 * len(rows))


def ranking_bars(
    scores: Scores,
    rows: Sequence[int],
    names: Mapping[str, str],
    contributions: Mapping[str, np.ndarray] | None,
    caption: Caption,
    *,
    by: str | None = None,
) -> go.Figure:
    """Scores in the order given, stacked by what each part contributes where parts add up.

    `contributions` maps parts to points, shape (rows of the scores,). `by` is
    the node that the order follows, where that is not the root: its ranks
    stand before the names, its scores are marked.
    """
    language = caption.language
    chosen = list(rows)
    width = scores.framework.width
    total = scores.of(scores.plan.root)[chosen]
    ranks = scores.rank_of(by or scores.plan.root)[chosen]
    labels = [names[str(scores.unit[row])] for row in chosen]
    if scores.has_ranks:
        labels = [
            f"{rank or numbers.NOTHING}. {name}" for rank, name in zip(ranks, labels, strict=True)
        ]
    units = [str(scores.unit[row]) for row in chosen]
    written = [numbers.score(value, language, width) for value in total]
    figure = go.Figure()
    if contributions:
        _add_stack(figure, scores, labels, units, contributions, chosen, language)
        figure.add_scatter(
            y=labels,
            x=total,
            mode="text",
            text=written,
            textposition="middle right",
            customdata=units,
            showlegend=False,
            hoverinfo="skip",
            cliponaxis=False,
        )
    else:
        figure.add_bar(
            y=labels,
            x=total,
            orientation="h",
            marker={"color": "#2070b4"},
            text=written,
            textposition="outside",
            customdata=units,
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    if by is not None and by != scores.plan.root:
        figure.add_scatter(
            y=labels,
            x=scores.of(by)[chosen],
            mode="markers",
            marker={
                "symbol": "diamond",
                "size": 9,
                "color": INK,
                "line": {"color": "white", "width": 1},
            },
            customdata=units,
            name=shorten(scores.plan.name(by).in_(language), 30),
            hovertemplate="%{y}<br>%{fullData.name}: %{x:.1f}<extra></extra>",
        )
    figure.update_yaxes(autorange="reversed", automargin=True, showgrid=False)
    figure.update_xaxes(
        range=[scores.framework.scale[0], scores.framework.scale[1] * 1.06],
        title=caption.unit_of_measure,
    )
    figure.update_layout(
        legend={
            "orientation": "h",
            "y": 1,
            "yanchor": "bottom",
            "x": 0,
            "font": {"size": 11},
            "traceorder": "normal",
        },
        margin={"b": 48},
        bargap=0.25,
    )
    return finish(figure, caption, 270 + 22 * len(chosen), above=52 if contributions else 0)


def _add_stack(
    figure: go.Figure,
    scores: Scores,
    labels: list[str],
    units: list[str],
    contributions: Mapping[str, np.ndarray],
    rows: list[int],
    language: Language,
) -> None:
    for part, points in contributions.items():
        figure.add_bar(
            y=labels,
            x=points[rows],
            orientation="h",
            name=shorten(scores.plan.name(part).in_(language), 30),
            customdata=units,
            hovertemplate="%{y}<br>%{fullData.name}: %{x:.1f}<extra></extra>",
        )
    figure.update_layout(barmode="stack")


def level_ladder(
    framework: Framework, score: float, level: int, before: int, caption: Caption
) -> go.Figure:
    """The levels as steps from worst to best, the unit on its score; a capped level is marked."""
    language = caption.language
    figure = go.Figure()
    names = level_names(framework, language)
    for place, (band, colour) in enumerate(
        zip(framework.levels, level_colours(len(names)), strict=True), start=1
    ):
        figure.add_bar(
            y=[""],
            x=[band.end - band.start],
            base=[band.start],
            orientation="h",
            marker={"color": colour, "line": {"color": "white", "width": 2}},
            text=shorten(names[place - 1], 16),
            textposition="inside",
            insidetextanchor="middle",
            insidetextfont={"color": ink_on(colour)},
            textangle=0,
            hovertemplate=f"{names[place - 1]}: {band.start:g}-{band.end:g}<extra></extra>",
            showlegend=False,
        )
    if not np.isnan(score):
        shown = numbers.score(score, language, framework.width)
        text = say("charts.ladder_score", language, score=shown)
        if level and level < before:
            text = say("charts.ladder_capped", language, score=shown, level=names[level - 1])
        figure.add_annotation(
            x=score,
            y=0.42,
            yref="y",
            text=f"<b>{text}</b>",
            showarrow=True,
            arrowcolor=ACCENT,
            arrowwidth=3,
            font={"color": ACCENT, "size": 14},
            ay=-36,
            ax=0,
        )
    figure.update_layout(barmode="overlay", margin={"b": 48})
    figure.update_xaxes(range=list(framework.scale), title=caption.unit_of_measure)
    figure.update_yaxes(visible=False, range=[-0.5, 1.1])
    return finish(figure, caption, 270)
