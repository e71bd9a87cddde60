"""What units coloured by class have in common, drawn as a map or as tiles."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from govmaturity.charts.scheme import Scheme, by_level
from govmaturity.charts.theme import SEQUENTIAL, Caption
from govmaturity.framework.model import Framework
from govmaturity.texts import say


@dataclass(frozen=True)
class Coloured:
    """What is drawn, by unit id: scores (NaN: none), levels (0: none), names, and one detail.

    `detail` is the text that says the detail, such as a rank out of `total`; none if empty.
    Where the scores are changes, `is_change` puts a sign before them.
    """

    scores: Mapping[str, float]
    levels: Mapping[str, int]
    names: Mapping[str, str]
    details: Mapping[str, float]
    detail: str
    total: int
    is_change: bool = False


@dataclass(frozen=True)
class Sheet:
    """What all layers of one picture have in common.

    `known` are the scores of the units that have a colour.
    """

    scheme: Scheme | None
    framework: Framework
    coloured: Coloured
    known: Mapping[str, float]
    chosen: Collection[str]
    caption: Caption


def sheet_of(
    framework: Framework,
    coloured: Coloured,
    caption: Caption,
    scheme: Scheme | None,
    chosen: Collection[str],
) -> Sheet:
    """Colour by class; by level unless said, by score where the framework has no levels."""
    known = _in_colour(framework, coloured, scheme)
    if scheme is None and framework.levels:
        scheme = by_level(framework, {id_: coloured.levels[id_] for id_ in known}, caption.language)
    return Sheet(scheme, framework, coloured, known, chosen, caption)


def _in_colour(framework: Framework, coloured: Coloured, scheme: Scheme | None) -> dict[str, float]:
    # A score without a level has no colour on a scale of levels; what is not
    # assessed has a score but no rank, and is drawn as what it is beside.
    if scheme is not None:
        return {id_: value for id_, value in coloured.scores.items() if scheme.of.get(id_)}
    return {
        id_: value
        for id_, value in coloured.scores.items()
        if not np.isnan(value)
        and coloured.details[id_]
        and (coloured.levels[id_] or not framework.levels)
    }


def without_key(sheet: Sheet) -> str:
    """The sentence that counts what is drawn without a colour."""
    by_levels = sheet.framework.levels and sheet.coloured.levels
    return "charts.no_level_or_data" if by_levels else "charts.no_data"


def hover_template(sheet: Sheet, name: str = "%{text}", first: int = 0) -> str:
    """What a pointer shows; from `first` on, custom data are a unit's score, detail and level."""
    coloured, language = sheet.coloured, sheet.caption.language
    digits = 1 if sheet.framework.width > 10 else 3
    sign = "+" if coloured.is_change else ""
    score, detail, level = (f"%{{customdata[{first + place}]" for place in range(3))
    lines = [
        f"<b>{name}</b>",
        say("charts.hover_score", language, score=f"{score}:{sign}.{digits}f}}"),
    ]
    if sheet.framework.levels and coloured.levels:
        lines.append(say("charts.hover_level", language, level=f"{level}}}"))
    if coloured.detail:
        shown = f"{detail}:.{digits if coloured.is_change else 0}f}}"
        lines.append(say(coloured.detail, language, detail=shown, total=coloured.total))
    return "<br>".join(lines) + "<extra></extra>"


def score_scale(framework: Framework, caption: Caption) -> dict[str, Any]:
    """The look of a trace coloured by score."""
    return {
        "colorscale": SEQUENTIAL,
        "zmin": framework.scale[0],
        "zmax": framework.scale[1],
        "colorbar": {"thickness": 12, "title": {"text": caption.unit_of_measure}},
    }


def class_scale(scheme: Scheme) -> dict[str, Any]:
    """The look of a trace coloured by class, from 1."""
    count = len(scheme.labels)
    scale: list[list[Any]] = []
    for place, colour in enumerate(scheme.colours):
        scale += [[place / count, colour], [(place + 1) / count, colour]]
    look: dict[str, Any] = {"colorscale": scale, "zmin": 0.5, "zmax": count + 0.5}
    if scheme.axes:
        return look | {"showscale": False}
    return look | {
        "colorbar": {
            "thickness": 12,
            "len": 0.6,
            "tickvals": list(range(1, count + 1)),
            "ticktext": list(scheme.labels),
            "title": {"text": scheme.title},
        }
    }
