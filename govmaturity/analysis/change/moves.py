"""How far each unit moved between two periods, and which moved furthest."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from govmaturity.scoring import Scores
from govmaturity.scoring.rank import UNRANKED


def moves(before: Scores, after: Scores, node: str) -> dict[str, float]:
    """Points by which the score of a node changed, by unit.

    Parameters
    ----------
    before, after : Scores
        Of one period each.
    node : str

    Returns
    -------
    dict of unit id to float
        The ranked units of the later period in its order; NaN where a unit
        has no score of the node in one of the periods.

    Raises
    ------
    ValueError
        If one of the scores has several periods.
    """
    for name, scores in (("before", before), ("after", after)):
        if len(scores.periods) > 1:
            raise ValueError(f"{name} needs one period, got {', '.join(scores.periods)}")
    old = dict(zip(map(str, before.unit), before.of(node).tolist(), strict=True))
    ranked = after.rank_of(after.plan.root) > UNRANKED
    return {
        str(unit): score - old.get(str(unit), np.nan)
        for unit, score in zip(after.unit[ranked], after.of(node)[ranked].tolist(), strict=True)
    }


def furthest(moved: Mapping[str, float], most: int) -> list[str]:
    """The units that rose most and those that fell most, from the largest rise down.

    `most` of either end; all that have moved figures where there are no more
    than both ends hold. Units with NaN are left out; equal ones go by their id.

    Examples
    --------
    >>> furthest({"a": 1.0, "b": -2.0, "c": 5.0, "d": float("nan"), "e": 0.0}, 1)
    ['c', 'b']
    """
    known = sorted(
        (unit for unit, points in moved.items() if not np.isnan(points)),
        key=lambda unit: (-moved[unit], unit),
    )
    return known if len(known) <= 2 * most else [*known[:most], *known[-most:]]
