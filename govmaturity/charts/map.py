"""Choropleth maps on outlines that the app serves itself.

The outlines are given by address, so that drawing a map again sends figures
and not shapes; plotly cannot fit its view to shapes it has not got, so the
ranges come from the outlines' own index. Nothing is fetched from outside:
plotly's world outline is the app's empty stub (`MAP_CONFIG`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from govmaturity.charts.coloured import (
    Coloured,
    Sheet,
    class_scale,
    hover_template,
    score_scale,
    sheet_of,
    without_key,
)
from govmaturity.charts.legible import ink_on
from govmaturity.charts.scheme import Scheme
from govmaturity.charts.theme import (
    CONTEXT,
    MUTED,
    NO_DATA,
    Caption,
    finish,
    shorten,
)
from govmaturity.framework.model import Framework
from govmaturity.texts import say
from govmaturity.units.outlines import Outline

# Wider than this (degrees of longitude) a map shows the country, in a projection
# that keeps areas comparable; smaller regions are drawn as people know them.
_COUNTRY: Final = 40.0
# With more shapes than this, borders would cover what they bound.
_MANY: Final = 500
# Small maps to a row.
_ACROSS: Final = 3
_NO_DATA_LOOK: Final[dict[str, Any]] = {
    "colorscale": [[0, NO_DATA], [1, NO_DATA]],
    "showscale": False,
    "hovertemplate": "%{text}<extra></extra>",
}


@dataclass(frozen=True)
class _Place:
    """Where the outlines come from, and which map of the figure they are drawn on."""

    folder: str
    geo: str = "geo"


def choropleth(
    framework: Framework,
    outlines: Sequence[Outline],
    folder: str,
    coloured: Coloured,
    caption: Caption,
    *,
    line: Sequence[NDArray[np.float64]] = (),
    scheme: Scheme | None = None,
    chosen: Collection[str] = (),
) -> go.Figure:
    """Units coloured by class: by level unless said, by score where the framework has no levels.

    Parameters
    ----------
    framework : Framework
    outlines : sequence of Outline
        The shapes to draw; those without a class are drawn as having no data.
    folder : str
        The address under which the browser finds the outlines' files.
    coloured : Coloured
    caption : Caption
        Its note must carry the attribution of the outlines.
    line : sequence of ndarray, shape (points, 2)
        Longitudes and latitudes of the national line, on national maps.
    scheme : Scheme, optional
    chosen : collection of unit ids
        Picked out: the others are drawn pale. Empty for all.
    """
    figure = go.Figure()
    sheet = sheet_of(framework, coloured, caption, scheme, chosen)
    _add_map(figure, sheet, _Place(folder), outlines, line)
    without = _without(sheet, outlines)
    figure.update_layout(margin={"b": 8}, dragmode="pan")
    if without:
        _count_without(figure, sheet, without)
    if sheet.scheme is not None and sheet.scheme.axes:
        _pair_legend(figure, sheet.scheme)
    return finish(figure, caption, 620)


def multiples(
    framework: Framework,
    outlines: Sequence[Outline],
    folder: str,
    maps: Mapping[str, Coloured],
    caption: Caption,
    *,
    line: Sequence[NDArray[np.float64]] = (),
    schemes: Mapping[str, Scheme | None],
) -> go.Figure:
    """One small map for each part, on one scale, three to a row; keys are their headings."""
    figure = go.Figure()
    rows = -(-len(maps) // _ACROSS)
    for place, (heading, coloured) in enumerate(maps.items()):
        row, column = divmod(place, _ACROSS)
        left, top = column / _ACROSS, 1 - row / rows
        # A line of text stands above each map, the colour bar right of the last column.
        domain = {"x": [0.9 * left, 0.9 * left + 0.28], "y": [top - 0.86 / rows, top - 0.1 / rows]}
        geo = "geo" if not place else f"geo{place + 1}"
        sheet = sheet_of(framework, coloured, caption, schemes[heading], ())
        _add_map(figure, sheet, _Place(folder, geo), outlines, line)
        figure.update_layout({geo: {"domain": domain}})
        without = _without(sheet, outlines)
        text = shorten(heading, 32)
        if without:
            text += f"<br><sub>{say(without_key(sheet), caption.language, n=without)}</sub>"
        figure.add_annotation(
            text=text,
            x=domain["x"][0],
            xref="paper",
            xanchor="left",
            y=top - 0.1 / rows,
            yref="paper",
            yanchor="bottom",
            align="left",
            showarrow=False,
        )
    figure.update_layout(margin={"b": 8}, dragmode="pan")
    return finish(figure, caption, 170 + 250 * rows)


def _add_map(
    figure: go.Figure,
    sheet: Sheet,
    place: _Place,
    outlines: Sequence[Outline],
    line: Sequence[NDArray[np.float64]],
) -> None:
    for outline in outlines:
        _add_layer(figure, sheet, place, outline)
    if line:
        _add_line(figure, line, place.geo)
    figure.update_layout({place.geo: geo_view(outlines)})


def _without(sheet: Sheet, outlines: Sequence[Outline]) -> int:
    return sum(id_ not in sheet.known for outline in outlines for id_ in outline.units)


def _add_layer(figure: go.Figure, sheet: Sheet, place: _Place, outline: Outline) -> None:
    address = f"{place.folder}/{outline.file}"
    coloured, known = sheet.coloured, sheet.known
    without = [id_ for id_ in outline.units if id_ not in known]
    drawn = [id_ for id_ in outline.units if id_ in known]
    if without:
        texts = [coloured.names.get(id_, id_) for id_ in without]
        nothing = np.zeros(len(without), dtype=np.int8)
        look = _NO_DATA_LOOK | {"geo": place.geo}
        figure.add_trace(_shapes(address, without, nothing, texts, CONTEXT, look))
    if not drawn:
        return
    points = np.array([known[id_] for id_ in drawn], dtype=np.float32)
    details = np.array([coloured.details[id_] for id_ in drawn], dtype=np.float32)
    levels = np.array([coloured.levels.get(id_, 0) for id_ in drawn], dtype=np.int8)
    scheme = sheet.scheme
    look = {
        **(class_scale(scheme) if scheme else score_scale(sheet.framework, sheet.caption)),
        "customdata": np.column_stack([points, details, levels]),
        "hovertemplate": hover_template(sheet),
        "geo": place.geo,
    }
    if _has_scale(figure):  # one scale for all layers, drawn once
        look["showscale"] = False
    if sheet.chosen:
        look["selectedpoints"] = [i for i, id_ in enumerate(drawn) if id_ in sheet.chosen]
        look["unselected"] = {"marker": {"opacity": 0.2}}
    texts = [coloured.names[id_] for id_ in drawn]
    values = np.array([scheme.of[id_] for id_ in drawn], dtype=np.int8) if scheme else points
    figure.add_trace(_shapes(address, drawn, values, texts, "white", look))


def _count_without(figure: go.Figure, sheet: Sheet, count: int) -> None:
    figure.add_annotation(
        text=f"□ {say(without_key(sheet), sheet.caption.language, n=count)}",
        x=1,
        xref="paper",
        xanchor="right",
        y=0,
        yref="paper",
        yanchor="bottom",
        showarrow=False,
        font={"size": 12, "color": MUTED},
    )


def _shapes(
    address: str,
    ids: list[str],
    values: NDArray[np.generic],
    texts: list[str],
    border: str,
    look: Mapping[str, Any],
) -> go.Choropleth:
    # Arrays of numbers travel in binary: a map of the country stays small.
    is_code = all(id_.isascii() and id_.isdigit() and id_[0] != "0" for id_ in ids)
    return go.Choropleth(
        geojson=address,
        locations=np.array(ids, dtype=np.int32) if is_code else ids,
        z=values,
        text=texts,
        marker={"line": {"color": border, "width": 0.1 if len(ids) > _MANY else 0.5}},
        **look,
    )


def _has_scale(figure: go.Figure) -> bool:
    return any(trace.type == "choropleth" and trace.showscale is not False for trace in figure.data)


def _pair_legend(figure: go.Figure, scheme: Scheme) -> None:
    """A square of nine fields with the number of units in each, beside the map."""
    left, low, wide, high = 0.83, 0.62, 0.05, 0.085
    for place, (label, colour) in enumerate(zip(scheme.labels, scheme.colours, strict=True)):
        row, column = divmod(place, 3)
        x, y = left + wide * column, low + high * row
        figure.add_shape(
            type="rect",
            xref="paper",
            yref="paper",
            **{"x0": x, "x1": x + wide, "y0": y, "y1": y + high},
            fillcolor=colour,
            line={"color": "white", "width": 1},
        )
        _note(figure, label[label.rindex("(") + 1 : -1], x + wide / 2, y + high / 2).update(
            font={"size": 11, "color": ink_on(colour)}, yanchor="middle"
        )
    _note(figure, f"{shorten(scheme.axes[0], 26)} →", left + 1.5 * wide, low - 0.05)
    _note(figure, f"↑ {shorten(scheme.axes[1], 26)}", left + 1.5 * wide, low + 3.05 * high)


def _note(figure: go.Figure, text: str, x: float, y: float) -> Any:
    place = {"xref": "paper", "yref": "paper", "xanchor": "center", "yanchor": "bottom"}
    figure.add_annotation(text=text, x=x, y=y, showarrow=False, font={"size": 12}, **place)
    return figure.layout.annotations[-1]


def _add_line(figure: go.Figure, line: Sequence[NDArray[np.float64]], geo: str) -> None:
    # One trace: a gap (None) lifts the pen between parts.
    lon: list[float | None] = []
    lat: list[float | None] = []
    for part in line:
        lon += [*(round(float(x), 3) for x in part[:, 0]), None]
        lat += [*(round(float(y), 3) for y in part[:, 1]), None]
    figure.add_scattergeo(
        lon=lon,
        lat=lat,
        mode="lines",
        line={"color": "#52606d", "width": 1.2},
        hoverinfo="skip",
        showlegend=False,
        geo=geo,
    )


def geo_view(outlines: Sequence[Outline]) -> dict[str, Any]:
    """Projection and ranges that show all of some outlines."""
    edges = np.array([outline.bounds for outline in outlines])
    west, south = edges[:, :2].min(axis=0).tolist()
    east, north = edges[:, 2:].max(axis=0).tolist()
    pad = 0.03 * max(east - west, north - south)
    is_country = east - west > _COUNTRY
    projection: dict[str, Any] = {"type": "mercator"}
    if is_country:
        projection = {
            "type": "conic equal area",
            "parallels": [25, 47],
            "rotation": {"lon": (west + east) / 2},
        }
    return {
        "projection": projection,
        "lonaxis": {"range": [west - pad, east + pad]},
        "lataxis": {"range": [south - pad, north + pad]},
        "showframe": False,
        "showcoastlines": False,
        "showland": False,
        "showcountries": False,
        "bgcolor": "rgba(0,0,0,0)",
        "resolution": 110,
    }
