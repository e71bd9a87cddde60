"""Choropleth maps on outlines that the app serves itself.

The outlines are given by address, so that drawing a map again sends figures
and not shapes; plotly cannot fit its view to shapes it has not got, so the
ranges come from the outlines' own index. Nothing is fetched from outside:
plotly's world outline is the app's empty stub (`MAP_CONFIG`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from govmaturity.charts.overview import level_names
from govmaturity.charts.theme import (
    CONTEXT,
    MUTED,
    NO_DATA,
    SEQUENTIAL,
    Caption,
    finish,
    level_colours,
)
from govmaturity.framework.model import Framework
from govmaturity.texts import say
from govmaturity.units.outlines import Outline

# Wider than this (degrees of longitude) a map shows the country, in a projection
# that keeps areas comparable; smaller regions are drawn as people know them.
_COUNTRY: Final = 40.0
# With more shapes than this, borders would cover what they bound.
_MANY: Final = 500
_NO_DATA_LOOK: Final[dict[str, Any]] = {
    "colorscale": [[0, NO_DATA], [1, NO_DATA]],
    "showscale": False,
    "hovertemplate": "%{text}<extra></extra>",
}


@dataclass(frozen=True)
class Coloured:
    """What is drawn, by unit id: scores (NaN: none), levels (0: none), names, and one detail.

    `detail` is the text that says the detail, such as a rank out of `total`.
    """

    scores: Mapping[str, float]
    levels: Mapping[str, int]
    names: Mapping[str, str]
    details: Mapping[str, float]
    detail: str
    total: int


def choropleth(
    framework: Framework,
    outlines: Sequence[Outline],
    folder: str,
    coloured: Coloured,
    caption: Caption,
    *,
    line: Sequence[NDArray[np.float64]] = (),
) -> go.Figure:
    """Units coloured by level, or by score where the framework has no levels.

    Parameters
    ----------
    framework : Framework
    outlines : sequence of Outline
        The shapes to draw; those without a score are drawn as having no data.
    folder : str
        The address under which the browser finds the outlines' files.
    coloured : Coloured
    caption : Caption
        Its note must carry the attribution of the outlines.
    line : sequence of ndarray, shape (points, 2)
        Longitudes and latitudes of the national line, on national maps.
    """
    figure = go.Figure()
    known = _drawn_in_colour(framework, coloured)
    for outline in outlines:
        _add_layer(figure, framework, outline, folder, coloured, known, caption)
    if line:
        _add_line(figure, line)
    without = [id_ for outline in outlines for id_ in outline.units if id_ not in known]
    figure.update_geos(**geo_view(outlines))
    figure.update_layout(margin={"b": 8}, dragmode="pan")
    if without:
        _count_without(figure, framework, len(without), caption)
    return finish(figure, caption, 620)


def _drawn_in_colour(framework: Framework, coloured: Coloured) -> dict[str, float]:
    # A score without a level has no colour on a scale of levels; what is not
    # assessed has a score but no rank, and is drawn as what it is beside.
    return {
        id_: value
        for id_, value in coloured.scores.items()
        if not np.isnan(value)
        and coloured.details[id_]
        and (coloured.levels[id_] or not framework.levels)
    }


def _add_layer(
    figure: go.Figure,
    framework: Framework,
    outline: Outline,
    folder: str,
    coloured: Coloured,
    known: Mapping[str, float],
    caption: Caption,
) -> None:
    address = f"{folder}/{outline.file}"
    without = [id_ for id_ in outline.units if id_ not in known]
    drawn = [id_ for id_ in outline.units if id_ in known]
    if without:
        texts = [coloured.names.get(id_, id_) for id_ in without]
        nothing = np.zeros(len(without), dtype=np.int8)
        figure.add_trace(_shapes(address, without, nothing, texts, CONTEXT, _NO_DATA_LOOK))
    if not drawn:
        return
    points = np.array([known[id_] for id_ in drawn], dtype=np.float32)
    details = np.array([coloured.details[id_] for id_ in drawn], dtype=np.float32)
    levels = np.array([coloured.levels[id_] for id_ in drawn], dtype=np.int8)
    look = {
        **(
            _level_scale(framework, caption)
            if framework.levels
            else _score_scale(framework, caption)
        ),
        "customdata": np.column_stack([points, details]),
        "hovertemplate": _hover(framework, coloured, caption),
    }
    if _has_scale(figure):  # one scale for all layers, drawn once
        look["showscale"] = False
    texts = [coloured.names[id_] for id_ in drawn]
    values = levels if framework.levels else points
    figure.add_trace(_shapes(address, drawn, values, texts, "white", look))


def _count_without(figure: go.Figure, framework: Framework, count: int, caption: Caption) -> None:
    key = "charts.no_level_or_data" if framework.levels else "charts.no_data"
    figure.add_annotation(
        text=f"■ {say(key, caption.language, n=count)}",
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


def _hover(framework: Framework, coloured: Coloured, caption: Caption) -> str:
    digits = 1 if framework.width > 10 else 3
    lines = [
        "<b>%{text}</b>",
        say("charts.hover_score", caption.language, score=f"%{{customdata[0]:.{digits}f}}"),
    ]
    if framework.levels:
        lines.append(say("charts.hover_level", caption.language, level="%{z}"))
    detail = "%{customdata[1]:.0f}"
    lines.append(say(coloured.detail, caption.language, detail=detail, total=coloured.total))
    return "<br>".join(lines) + "<extra></extra>"


def _has_scale(figure: go.Figure) -> bool:
    return any(trace.showscale is not False for trace in figure.data)


def _score_scale(framework: Framework, caption: Caption) -> dict[str, Any]:
    return {
        "colorscale": SEQUENTIAL,
        "zmin": framework.scale[0],
        "zmax": framework.scale[1],
        "colorbar": {"thickness": 12, "title": {"text": caption.unit_of_measure}},
    }


def _level_scale(framework: Framework, caption: Caption) -> dict[str, Any]:
    names = level_names(framework, caption.language)
    count = len(names)
    scale: list[list[Any]] = []
    for place, colour in enumerate(level_colours(count)):
        scale += [[place / count, colour], [(place + 1) / count, colour]]
    return {
        "colorscale": scale,
        "zmin": 0.5,
        "zmax": count + 0.5,
        "colorbar": {
            "thickness": 12,
            "len": 0.6,
            "tickvals": list(range(1, count + 1)),
            "ticktext": names,
            "title": {"text": say("charts.level", caption.language)},
        },
    }


def _add_line(figure: go.Figure, line: Sequence[NDArray[np.float64]]) -> None:
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
