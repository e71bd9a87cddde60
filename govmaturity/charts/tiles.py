"""Units that have no outline, as tiles in the colours of the map."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
from plotly.colors import sample_colorscale

from govmaturity.charts.coloured import Coloured, Sheet, hover_template, sheet_of, without_key
from govmaturity.charts.legible import ink_on
from govmaturity.charts.scheme import Scheme
from govmaturity.charts.theme import CONTEXT, NO_DATA, SEQUENTIAL, Caption, finish, shorten
from govmaturity.framework.model import Framework
from govmaturity.texts import numbers, say

# Tiles with names to a row; beyond so many units names and figures would not be read.
_ACROSS: Final = 8
_MANY: Final = 160
_ACROSS_MANY: Final = 32


def tiles(
    framework: Framework,
    units: Sequence[str],
    coloured: Coloured,
    caption: Caption,
    *,
    scheme: Scheme | None = None,
    chosen: Collection[str] = (),
) -> go.Figure:
    """One square a unit, with its score and its name below; without them where there are many.

    Parameters
    ----------
    framework : Framework
    units : sequence of unit ids
        In the order of reading.
    coloured : Coloured
    caption : Caption
    scheme : Scheme, optional
        As on the map: by level unless given, by score where there are no levels.
    chosen : collection of unit ids
        Picked out: the others are drawn pale. Empty for all.
    """
    sheet = sheet_of(framework, coloured, caption, scheme, chosen)
    is_many = len(units) > _MANY
    across = (_ACROSS_MANY if is_many else _ACROSS) // (2 if caption.is_half else 1)
    places = [(place % across, -(place // across)) for place in range(len(units))]
    figure = go.Figure()
    for label, members in _by_class(sheet, units).items():
        spots = [places[place] for place in members]
        ids = [units[place] for place in members]
        figure.add_trace(_squares(sheet, label, ids, spots, is_many=is_many))
    if not is_many:
        for unit, (x, y) in zip(units, places, strict=True):
            name = shorten(coloured.names.get(unit, unit), 16)
            figure.add_annotation(
                x=x, y=y - 0.36, text=name, showarrow=False, yanchor="top", font={"size": 11}
            )
    rows = -(-len(units) // across)
    figure.update_xaxes(visible=False, range=[-0.6, across - 0.4], fixedrange=True)
    figure.update_yaxes(visible=False, range=[-rows + 0.3, 0.5], fixedrange=True)
    legend = {"orientation": "h", "y": 0, "yanchor": "top", "itemsizing": "constant"}
    figure.update_layout(margin={"b": 56, "l": 8, "r": 8}, legend=legend, showlegend=True)
    return finish(figure, caption, 190 + rows * (34 if is_many else 92))


def _by_class(sheet: Sheet, units: Sequence[str]) -> dict[str, list[int]]:
    """Places of units by what the legend calls them: their class, or that they have none."""
    scheme, language = sheet.scheme, sheet.caption.language
    found: dict[str, list[int]] = {label: [] for label in reversed(scheme.labels)} if scheme else {}
    for place, unit in enumerate(units):
        if unit not in sheet.known:
            label = say(
                without_key(sheet), language, n=sum(one not in sheet.known for one in units)
            )
        else:
            label = scheme.labels[scheme.of[unit] - 1] if scheme else ""
        found.setdefault(label, []).append(place)
    return {label: members for label, members in found.items() if members}


def _squares(
    sheet: Sheet, label: str, ids: Sequence[str], spots: Sequence[tuple[int, int]], *, is_many: bool
) -> go.Scatter:
    coloured = sheet.coloured
    colours = [_colour(sheet, unit) for unit in ids]
    has_colour = ids[0] in sheet.known
    # The unit comes first: a click is told by it.
    details = [
        [
            unit,
            coloured.scores.get(unit, np.nan),
            coloured.details.get(unit, np.nan),
            coloured.levels.get(unit, 0),
        ]
        for unit in ids
    ]
    look: dict[str, Any] = {}
    if sheet.chosen:
        look["selectedpoints"] = [place for place, id_ in enumerate(ids) if id_ in sheet.chosen]
        look["unselected"] = {"marker": {"opacity": 0.2}}
    if not is_many:
        look["text"] = [_figure(sheet, unit) for unit in ids]
        look["textfont"] = {"color": [ink_on(colour) for colour in colours], "size": 11}
    name = "%{hovertext}"
    hover = hover_template(sheet, name, 1) if has_colour else f"<b>{name}</b><extra></extra>"
    return go.Scatter(
        x=[x for x, _ in spots],
        y=[y for _, y in spots],
        name=label,
        showlegend=bool(label),
        mode="markers" if is_many else "markers+text",
        marker={
            "symbol": "square",
            "size": 22 if is_many else 56,
            "color": colours,
            "line": {"color": "white" if has_colour else CONTEXT, "width": 1},
        },
        hovertext=[coloured.names.get(unit, unit) for unit in ids],
        hovertemplate=hover,
        customdata=details,
        **look,
    )


def _colour(sheet: Sheet, unit: str) -> str:
    if unit not in sheet.known:
        return NO_DATA
    if sheet.scheme is not None:
        return sheet.scheme.colours[sheet.scheme.of[unit] - 1]
    low, high = sheet.framework.scale
    share = float(np.clip((sheet.known[unit] - low) / (high - low), 0, 1))
    return str(sample_colorscale(SEQUENTIAL, share)[0])


def _figure(sheet: Sheet, unit: str) -> str:
    value = sheet.coloured.scores.get(unit, np.nan)
    if np.isnan(value):
        return ""
    said = numbers.change if sheet.coloured.is_change else numbers.score
    return said(value, sheet.caption.language, sheet.framework.width)
