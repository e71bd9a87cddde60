"""Pictures of releases: what each one changed, and whose scores differ between two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import plotly.graph_objects as go

from govmaturity.charts.rows import LEGEND, Part, name_rows, stacked_bars
from govmaturity.charts.theme import ACCENT, Caption, finish
from govmaturity.texts import numbers, say

_UP: Final = "#08306b"
# What is new is dark, what stayed light; a pattern for what was replaced, beside the colour.
_PARTS: Final = (
    ("same", "#abd0e6", ""),
    ("renewed", "#2070b4", "/"),
    ("added", "#08306b", ""),
)


class StepBar(NamedTuple):
    """A release and how many units and periods are the same as in the one before, and so on."""

    id: str
    label: str
    same: int
    renewed: int
    added: int


def step_bars(steps: Sequence[StepBar], caption: Caption) -> go.Figure:
    """What each release holds, against the one before; the latest on top."""
    parts = [
        Part(
            say(f"releases.part_{name}", caption.language),
            colour,
            [getattr(one, name) for one in steps],
            pattern,
        )
        for name, colour, pattern in _PARTS
    ]
    labels, ids = [one.label for one in steps], [one.id for one in steps]
    return stacked_bars(labels, parts, caption, longest=44, ids=ids, each=34)


class ScorePair(NamedTuple):
    """A unit's score in two releases."""

    unit: str
    label: str
    old: float
    new: float


def score_pairs(pairs: Sequence[ScorePair], caption: Caption, width: float) -> go.Figure:
    """A line for each unit from the older score (hollow) to the newer one (full)."""
    language = caption.language
    figure = go.Figure()
    for key, colour, dash, drawn in (
        ("rose", _UP, "solid", [one for one in pairs if one.new > one.old]),
        ("fell", ACCENT, "dot", [one for one in pairs if one.new < one.old]),
    ):
        places = [pairs.index(one) for one in drawn]
        for one, place in zip(drawn, places, strict=True):
            figure.add_scatter(
                x=[one.old, one.new],
                y=[place, place],
                mode="lines",
                line={"color": colour, "width": 2.5, "dash": dash},
                hoverinfo="skip",
                showlegend=False,
            )
        for side, symbol in (("old", "circle-open"), ("new", "circle")):
            figure.add_scatter(
                x=[getattr(one, side) for one in drawn],
                y=places,
                mode="markers",
                marker={"color": colour, "symbol": symbol, "size": 10},
                name=f"{say(f'what_if.{key}', language)} ({len(drawn)})",
                showlegend=side == "new",
                customdata=[one.unit for one in drawn],
                hovertext=[
                    f"{one.label}: {numbers.score(one.old, language, width)}"
                    f" → {numbers.score(one.new, language, width)}"
                    for one in drawn
                ],
                hovertemplate="%{hovertext}<extra></extra>",
            )
    figure.update_xaxes(title=caption.unit_of_measure)
    name_rows(figure, [one.label for one in pairs], 26)
    figure.update_layout(legend=LEGEND, margin={"b": 48})
    return finish(figure, caption, 230 + 26 * len(pairs), above=34)
