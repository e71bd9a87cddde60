"""How much the order of units changed between two periods."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from govmaturity.analysis.figures import that_vary


@dataclass(frozen=True)
class RankMobility:
    """How the ranks of one period fit those of another.

    `spearman` and `kendall` are 1 if the order stayed, -1 if it turned round;
    `mean_shift` is the mean number of places a unit moved, `largest_shift`
    the most; ties share a middle rank.
    """

    spearman: float
    kendall: float
    mean_shift: float
    largest_shift: float
    n: int


def rank_mobility(before: ArrayLike, after: ArrayLike) -> RankMobility:
    """Compare the order of the units that have a score in both periods.

    Parameters
    ----------
    before, after : array_like of float, shape (units,)
        NaN in either leaves a unit out.

    Raises
    ------
    ValueError
        If the shapes differ.
    UndefinedMeasureError
        `too_few_units` with fewer than three, `no_variation` if all tie in a period.
    """
    from scipy import stats

    x, y = that_vary(3, {"before": before, "after": after})
    shift = np.abs(stats.rankdata(-x) - stats.rankdata(-y))
    return RankMobility(
        float(stats.spearmanr(x, y).statistic),
        float(stats.kendalltau(x, y).statistic),
        float(shift.mean()),
        float(shift.max()),
        len(x),
    )
