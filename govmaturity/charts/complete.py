"""Which values are there: the indicators that lack most, as bars."""

from __future__ import annotations

from typing import Final

import plotly.graph_objects as go

from govmaturity.analysis.completeness import Completeness
from govmaturity.charts.rows import Part, stacked_bars
from govmaturity.charts.theme import CONTEXT, NO_DATA, Caption
from govmaturity.framework.model import Framework
from govmaturity.texts import say
from govmaturity.values.raw import MISSING, NOT_APPLICABLE, REPORTED, SUPPRESSED

MOST_LACKING: Final = 8
# No data is hatched, so that it is told apart without colour.
_LOOKS: Final = (
    (REPORTED, "reported", "#2070b4", ""),
    (SUPPRESSED, "suppressed", CONTEXT, ""),
    (MISSING, "missing", NO_DATA, "/"),
    (NOT_APPLICABLE, "not_applicable", "white", ""),
)


def shown(found: Completeness) -> int:
    """How many indicators the picture has bars for."""
    return min(len(found.lacking), MOST_LACKING)


def lacking_bars(found: Completeness, framework: Framework, caption: Caption) -> go.Figure:
    """Units by status of their value, for the indicators that lack most; the worst on top."""
    language = caption.language
    places = found.lacking[: shown(found)]
    ids = [found.indicators[place] for place in places]
    parts = [
        Part(say(f"overview.status_{status}", language), colour, counts.tolist(), pattern)
        for code, status, colour, pattern in _LOOKS
        if (counts := found.counts[places, code]).any()
    ]
    return stacked_bars(
        [framework.nodes[id_].name.in_(language) for id_ in ids],
        parts,
        caption,
        longest=22 if caption.is_half else 44,
        ids=ids,
        until=found.units,
        each=26,
        above=48 if caption.is_half else 28,
    )
