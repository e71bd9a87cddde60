"""What a reader asks of scores first: who leads, who trails, what makes and what costs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govmaturity.scoring import Scores
from govmaturity.scoring.explain import points_lost, weights_in_force

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Extremes:
    """Rows of the highest and the lowest score of a node, and the points between them."""

    highest: int
    lowest: int
    distance: float


def extremes(scores: Scores, node: str) -> Extremes | None:
    """Return the two ends of a node's scores among ranked rows; None with fewer than two."""
    values = np.where(scores.rank_of(node) > 0, scores.of(node), np.nan)
    if (~np.isnan(values)).sum() < 2:
        return None
    highest, lowest = int(np.nanargmax(values)), int(np.nanargmin(values))
    return Extremes(highest, lowest, float(values[highest] - values[lowest]))


def rows_by_rank(
    scores: Scores, node: str | None = None, keys: Mapping[str, str] | None = None
) -> list[int]:
    """Rows in the order of a node's rank (the root's), unranked ones last.

    Equal ranks stand by unit, or by what `keys` gives for it. Scores without
    ranks stand by level.
    """
    ranks = scores.rank_of(scores.plan.root if node is None else node)
    last = int(ranks.max(initial=0)) + 1
    units = scores.unit.astype(str)
    tied = units if keys is None else np.array([keys[unit] for unit in units])
    return [int(row) for row in np.lexsort((units, tied, np.where(ranks, ranks, last)))]


def level_counts(scores: Scores, node: str) -> list[int]:
    """Number of rows in each level, from the worst up."""
    levels = scores.level_of(node)
    return [int((levels == place).sum()) for place in range(1, len(scores.framework.levels) + 1)]


def contributions(scores: Scores) -> dict[str, Floats] | None:
    """Points that each part of the root brings to it, shape (rows,).

    They sum to the root's score. None where they would not: the root is no
    arithmetic mean, the scale does not start at zero, or a lens is in use.
    """
    root = scores.plan.group(scores.plan.root)
    is_sum = root is not None and root.aggregate.method == "arithmetic"
    if not is_sum or scores.plan.lens is not None or scores.framework.scale[0] != 0:
        return None
    weights = weights_in_force(scores)
    return {
        part: weights[scores.plan.place(part)] * np.nan_to_num(scores.of(part))
        for part in scores.plan.parts
    }


def most_lost(scores: Scores, row: int, limit: int) -> dict[str, float]:
    """Indicators that cost a row the most points of the root, the costliest first."""
    lost = points_lost(scores)[:, row]
    order = np.argsort(-np.nan_to_num(lost, nan=-1.0), kind="stable")[:limit]
    return {scores.plan.indicators[place]: float(lost[place]) for place in order if lost[place] > 0}


def part_lost(scores: Scores, row: int, node: str) -> float:
    """Points of the root that the indicators of a node cost a row; NaN where none has a score."""
    lost = points_lost(scores)[:, row]
    places = [scores.plan.indicators.index(leaf) for leaf in scores.plan.leaves(node)]
    known = lost[places][~np.isnan(lost[places])]
    return float(known.sum()) if len(known) else float("nan")


def weakest_part(scores: Scores, row: int) -> str | None:
    """The part of the root with the lowest score in a row; None where none has one."""
    found = {part: float(scores.of(part)[row]) for part in scores.plan.parts}
    known = {part: score for part, score in found.items() if not np.isnan(score)}
    return min(known, key=known.__getitem__) if known else None


def means_by(
    scores: Scores, node: str, group_of: Mapping[str, str], weights: Floats | None = None
) -> pd.DataFrame:
    """Mean score of a node for groups of units.

    Parameters
    ----------
    scores : Scores
        Of one period.
    node : str
    group_of : mapping of unit to group
        Units that it lacks are left out.
    weights : ndarray of float, shape (rows,), optional
        For example residents; without them each unit counts once.

    Returns
    -------
    DataFrame
        Columns `group`, `score`, `units` (those with a score), sorted by group.
    """
    values = scores.of(node)
    counted = np.ones(len(values)) if weights is None else np.nan_to_num(weights)
    frame = pd.DataFrame(
        {"group": [group_of.get(unit) for unit in scores.unit], "x": values * counted, "w": counted}
    )
    frame = frame[~np.isnan(values)].dropna(subset="group")
    sums = frame.groupby("group", sort=True).agg(x=("x", "sum"), w=("w", "sum"), n=("x", "size"))
    sums = sums[sums["w"] > 0]
    return pd.DataFrame(
        {
            "group": sums.index,
            "score": sums["x"].to_numpy() / sums["w"].to_numpy(),
            "units": sums["n"].to_numpy(),
        }
    )
