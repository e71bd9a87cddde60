"""What maps of change and of two nodes show, as sentences."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from govmaturity.analysis.classes import CHANGES
from govmaturity.texts import Language, numbers, say


def change(
    moved: Mapping[str, float],
    language: Language,
    width: float,
    *,
    node: str,
    before: str,
    now: str,
) -> str:
    """How many rose, fell, or hardly moved. What lacks one of the periods is in none of them."""
    known = np.array([value for value in moved.values() if not np.isnan(value)])
    if not len(known):
        return say("findings.change_none", language, node=node, before=before, now=now)
    least = CHANGES[0] * width / 100
    return say(
        "findings.change",
        language,
        node=node,
        before=before,
        now=now,
        up=int((known > least).sum()),
        down=int((known < -least).sum()),
        same=int((np.abs(known) <= least).sum()),
        least=numbers.score(least, language, width),
        median=numbers.change(float(np.median(known)), language, width),
    )


def pair(of: Mapping[str, int], names: tuple[str, str], language: Language) -> str:
    """How many are low, and how many high, in both of two nodes."""
    places = list(of.values())
    return say(
        "findings.pair",
        language,
        first=names[0],
        second=names[1],
        low=places.count(1),
        high=places.count(9),
        apart=places.count(3) + places.count(7),
        n=sum(place > 0 for place in places),
    )


def picked(values: Mapping[str, float], chosen: set[str], language: Language, width: float) -> str:
    """The mean of what is picked out beside that of the rest."""
    inside = [v for unit, v in values.items() if unit in chosen and not np.isnan(v)]
    rest = [v for unit, v in values.items() if unit not in chosen and not np.isnan(v)]
    means = [float(np.mean(part)) if part else float("nan") for part in (inside, rest)]
    return say(
        "findings.picked",
        language,
        n=len(chosen),
        inside=numbers.score(means[0], language, width),
        rest=numbers.score(means[1], language, width),
    )
