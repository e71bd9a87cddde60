"""How far each doubt would move its unit's score, were the values what is expected of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from govmaturity.framework.check_methods import SAMPLE_BASED
from govmaturity.framework.model import Framework
from govmaturity.store.doubts import Doubt, Waiting
from govmaturity.store.effect import scored
from govmaturity.store.figures import Key, UnitValues

# Where a unit's score hangs on all the others, each question is a scoring of its own.
_MOST_ALONE: Final = 100
_BY_ITSELF: Final = frozenset(
    {"arithmetic", "geometric", "harmonic", "generalised", "median", "minimum"}
)


def effects_of(found: Waiting, doubts: Sequence[Doubt]) -> list[float | None]:
    """How far each doubt would move its unit's score, in points; None where it cannot be told."""
    framework, period, current = found.framework, found.period, found.current
    given: dict[Key, UnitValues] = {(unit, period): held for unit, held in current.items()}
    if not doubts:
        return []
    scores = _roots(framework, given)
    if _rates_units_by_themselves(framework):
        # Each as a unit of its own, all in one scoring.
        extra = {(f"?{place}", period): doubt.instead for place, doubt in enumerate(doubts)}
        others = _roots(framework, extra)
        after = [others.get((f"?{place}", period)) for place in range(len(doubts))]
    else:
        after = []
        for place, doubt in enumerate(doubts):
            key = (doubt.submission.unit, period)
            anew = _roots(framework, given | {key: doubt.instead}) if place < _MOST_ALONE else {}
            after.append(anew.get(key))
    effects: list[float | None] = []
    for doubt, then in zip(doubts, after, strict=True):
        now = scores.get((doubt.submission.unit, period))
        effects.append(None if now is None or then is None else abs(now - then))
    return effects


def _roots(framework: Framework, given: Mapping[Key, UnitValues]) -> dict[Key, float]:
    found = scored(framework, given)
    if found is None:
        return {}
    roots = found.of(found.plan.root)
    rows = zip(found.unit, found.period, roots, strict=True)
    return {(unit, period): float(root) for unit, period, root in rows if not np.isnan(root)}


def _rates_units_by_themselves(framework: Framework) -> bool:
    """Whether no unit's score depends on the values of another."""
    return all(
        one.normalise.method not in SAMPLE_BASED
        and one.aggregate.method in _BY_ITSELF
        and one.weigh is None
        and one.treat is None
        and one.impute is None
        for one in framework.settings.values()
    )
