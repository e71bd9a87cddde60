"""Which values are there: the indicators that lack most, as bars."""

from __future__ import annotations

from typing import Final

import plotly.graph_objects as go

from govmaturity.analysis.completeness import Completeness
from govmaturity.charts.theme import CONTEXT, NO_DATA, Caption, finish, shorten
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
    names = [framework.nodes[found.indicators[place]].name.in_(language) for place in places]
    rows = list(range(len(places)))
    figure = go.Figure()
    for code, status, colour, pattern in _LOOKS:
        counts = found.counts[places, code]
        if not counts.any():
            continue
        figure.add_bar(
            x=counts,
            y=rows,
            orientation="h",
            name=say(f"overview.status_{status}", language),
            marker={
                "color": colour,
                "line": {"color": "#8795a1", "width": 0.5},
                "pattern": {"shape": pattern, "fgcolor": "#8795a1", "size": 5},
            },
            customdata=[found.indicators[place] for place in places],
            hovertext=names,
            hovertemplate="%{hovertext}: %{x}<extra>%{fullData.name}</extra>",
            showlegend=True,
        )
    figure.update_xaxes(title=caption.unit_of_measure, range=[0, found.units])
    length = 22 if caption.is_half else 44
    figure.update_yaxes(
        tickvals=rows,
        ticktext=[shorten(name, length) for name in names],
        autorange="reversed",
        showgrid=False,
    )
    figure.update_layout(
        barmode="stack",
        legend={
            "orientation": "h",
            "y": 1,
            "yanchor": "bottom",
            "x": 0,
            "traceorder": "normal",
        },
        margin={"b": 48},
    )
    above = 48 if caption.is_half else 28
    return finish(figure, caption, 216 + above + 26 * len(places), above=above)
