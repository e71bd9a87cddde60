"""How a map is coloured: which class each unit is in, and what the legend says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from govmaturity.analysis.classes import CHANGES, Classes
from govmaturity.charts.theme import DIVERGING, diverging_colours, level_colours
from govmaturity.framework.model import Framework
from govmaturity.texts import Language, numbers, say

# Rows: the second node's thirds from the lowest; columns: the first one's. Apart from
# the grey of no data at every place; blue leads along the columns, ochre along the rows.
_QUARTERS: Final = ("lowest", "lower", "upper", "highest")
PAIR_COLOURS: Final = (
    *("#efe4cc", "#a9cbd8", "#3f8fb5"),
    *("#e3b765", "#9c9b83", "#47757f"),
    *("#bd7412", "#7d5f36", "#26383d"),
)


@dataclass(frozen=True)
class Scheme:
    """The class of each unit, 1 for the first (0 or absent: drawn as no data), and the legend.

    `labels` and `colours` have one entry per class. `axes` are the names of
    the two nodes of a scheme in two directions, else empty.
    """

    of: Mapping[str, int]
    labels: Sequence[str]
    colours: Sequence[str]
    title: str
    axes: tuple[str, ...] = ()


def counted(labels: Sequence[str], of: Mapping[str, int]) -> list[str]:
    """Labels with the number of units in each class."""
    found = np.bincount(list(of.values()), minlength=len(labels) + 1)[1:]
    return [f"{label} ({n:,})" for label, n in zip(labels, found, strict=True)]


def by_level(
    framework: Framework, levels: Mapping[str, int], language: Language, *, is_counted: bool = True
) -> Scheme:
    """Classes are the framework's levels; a legend for several maps counts no units."""
    names = [
        f"{place} {level.name.in_(language)}"
        for place, level in enumerate(framework.levels, start=1)
    ]
    colours = level_colours(len(names))
    labels = counted(names, levels) if is_counted else names
    return Scheme(levels, labels, colours, say("charts.level", language))


def by_classes(
    classes: Classes, scores: Mapping[str, float], language: Language, width: float
) -> Scheme:
    """Classes cut from the scores themselves; the legend names their borders."""
    of = _classes_of(classes, scores)
    edges = [numbers.score(edge, language, width) for edge in classes.edges]
    if classes.method == "box":
        names = [
            say("charts.box_below", language, edge=edges[1]),
            *(
                say(f"charts.box_{quarter}", language, low=low, high=high)
                for quarter, (low, high) in zip(_QUARTERS, pairwise(edges[1:6]), strict=True)
            ),
            say("charts.box_above", language, edge=edges[5]),
        ]
        colours = diverging_colours(6)
    else:
        names = [f"{low}–{high}" for low, high in pairwise(edges)]
        colours = level_colours(len(names))
    title = say(f"charts.classes_{classes.method}", language)
    return Scheme(of, counted(names, of), colours, title)


def by_change(changes: Mapping[str, float], language: Language, width: float) -> Scheme:
    """Seven classes on either side of no change; less than a point of 100 counts as none."""
    steps = [step * width / 100 for step in CHANGES]
    cuts = [*(-step for step in reversed(steps)), *steps]
    of = {
        unit: 0 if np.isnan(value) else int(np.searchsorted(cuts, value)) + 1
        for unit, value in changes.items()
    }
    small, middle, large = (numbers.score(step, language, width) for step in steps)
    names = [
        f"< −{large}",
        f"−{large} – −{middle}",
        f"−{middle} – −{small}",
        f"±{small}",
        f"+{small} – +{middle}",
        f"+{middle} – +{large}",
        f"> +{large}",
    ]
    return Scheme(of, counted(names, of), DIVERGING, say("charts.change", language))


def by_pair(
    first: tuple[Classes, Mapping[str, float], str],
    second: tuple[Classes, Mapping[str, float], str],
    language: Language,
) -> Scheme:
    """Nine classes: thirds of one node by thirds of another; each is (thirds, scores, name)."""
    across, up = (_classes_of(classes, scores) for classes, scores, _ in (first, second))
    of = {
        unit: 3 * (up[unit] - 1) + across[unit] if across[unit] and up.get(unit) else 0
        for unit in across
    }
    thirds = [say(f"charts.third_{third}", language) for third in ("low", "middle", "high")]
    names = [f"{column} × {row}" for row in thirds for column in thirds]
    axes = (first[2], second[2])
    return Scheme(of, counted(names, of), PAIR_COLOURS, " × ".join(axes), axes)


def _classes_of(classes: Classes, scores: Mapping[str, float]) -> dict[str, int]:
    places = classes.of(list(scores.values())).tolist()
    return dict(zip(scores, places, strict=True))
