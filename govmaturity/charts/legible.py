"""Texts that can be read on their colour: contrast, the ink for a ground, figures in fields.

Plotly's own choice of ink, white or a dark grey by brightness, falls to 2.8:1
on the middle of our scales.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.colors import hex_to_rgb, sample_colorscale, unlabel_rgb

from govmaturity.charts.theme import INK, SEQUENTIAL

# Level AA of WCAG 2.2 for text of ordinary size (success criterion 1.4.3).
LEAST: Final = 4.5
_WHITE, _BLACK = "#ffffff", "#000000"


def _rgb(colour: str) -> tuple[float, ...]:
    """Red, green and blue from 0 to 255, of `#rrggbb`, `rgb(...)` or `white`."""
    if colour == "white":
        return (255.0, 255.0, 255.0)
    return tuple(hex_to_rgb(colour) if colour.startswith("#") else unlabel_rgb(colour))


def luminance(colour: str) -> float:
    """Relative luminance, 0 for black to 1 for white, as WCAG 2.2 defines it.

    Examples
    --------
    >>> luminance("#000000"), round(luminance("#ffffff"), 6), round(luminance("#ff0000"), 4)
    (0.0, 1.0, 0.2126)
    """
    linear = [
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4
        for one in (part / 255 for part in _rgb(colour))
    ]
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 (the same) to 21, as WCAG 2.2 defines it.

    Examples
    --------
    >>> contrast("#000000", "#ffffff"), round(contrast("#777777", "#ffffff"), 2)
    (21.0, 4.48)
    """
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def ink_on(ground: str) -> str:
    """The house's ink where it can be read on a ground, else white, else black.

    One of white and black always can: the lower of their two best contrasts,
    on a grey of luminance 0.18, is 4.58:1.

    Examples
    --------
    >>> ink_on("white"), ink_on("#08306b"), ink_on("#4e86a8")
    ('#1f2933', '#ffffff', '#000000')
    """
    return next(ink for ink in (INK, _WHITE, _BLACK) if contrast(ink, ground) >= LEAST)


def lighter(colour: str, share: float) -> str:
    """A colour mixed with so much white, as `#rrggbb`.

    Examples
    --------
    >>> lighter("#000000", 0.5), lighter("#0072b2", 0)
    ('#808080', '#0072b2')
    """
    mixed = [round(part + (255 - part) * share) for part in _rgb(colour)]
    return "#" + "".join(f"{part:02x}" for part in mixed)


def inks_on_scale(
    values: NDArray[np.float64], low: float, high: float, scale: Sequence[Any] = SEQUENTIAL
) -> list[str]:
    """The ink for each value of a heat map on a colour scale from `low` to `high`.

    Values beyond an end have its colour; NaN, drawn as white, has the house's ink.
    """
    places = np.clip((values - low) / ((high - low) or 1.0), 0, 1)
    return [
        INK if np.isnan(place) else ink_on(sample_colorscale(scale, [float(place)])[0])
        for place in places
    ]


def write_fields(
    figure: go.Figure,
    text: Sequence[Sequence[str]],
    hover: str,
    *,
    is_top_down: bool = False,
    size: int = 12,
) -> None:
    """Write figures into the fields of a figure's heat map, each in an ink that can be read there.

    A heat map has one ink for all its fields, and no field of it can be
    clicked; the texts, points of their own, have both. They carry the heat
    map's custom data; fields without names of their own are named by number, as it does.
    `is_top_down` puts the first row on top.
    """
    fields = figure.data[0]
    values = np.array(fields.z, dtype=np.float64)
    rows, columns = values.shape
    across = fields.x if fields.x is not None else range(columns)
    down = fields.y if fields.y is not None else range(rows)
    data = fields.customdata
    figure.add_scatter(
        x=[column for _ in down for column in across],
        y=[row for row in down for _ in across],
        text=[one for line in text for one in line],
        customdata=None if data is None else [one for line in data for one in line],
        mode="text",
        textfont={
            "size": size,
            "color": inks_on_scale(
                values.ravel(), fields.zmin, fields.zmax, [list(stop) for stop in fields.colorscale]
            ),
        },
        hovertemplate=hover,
        showlegend=False,
    )
    # Points ask for room around them, fields for none.
    last = rows - 0.5
    figure.update_xaxes(range=[-0.5, columns - 0.5])
    figure.update_yaxes(range=[last, -0.5] if is_top_down else [-0.5, last])
