"""What a county can mend itself, and what only the tiers above it can.

Indicators say in `controllable` who decides on them: the county, county and
upper tier together (shared), or the upper tier alone. Points that an
indicator of the upper tier costs a county are no failing of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from govmaturity.analysis.inequality.sample import Floats
from govmaturity.scoring import Scores
from govmaturity.scoring.explain import points_lost, weights_in_force

TIERS: Final = ("county", "shared", "upper")


@dataclass(frozen=True)
class TierGap:
    """Scores and gaps apart by who controls the indicators; shape (tiers, rows), as `TIERS`.

    score : float, on the framework's scale
        Mean of the indicators by their weight in force in the root; NaN where
        there is none.
    gap : float, in points of the root
        What the indicators cost the root. The three and `unassigned`, shape
        (rows,), that of indicators which say nothing, sum to what the root
        lacks to the top of the scale where all groups are arithmetic.
    """

    score: Floats
    gap: Floats
    unassigned: Floats

    @property
    def total(self) -> Floats:
        """Points that all indicators cost each row; NaN where none has a score."""
        return self.gap.sum(axis=0) + self.unassigned

    @property
    def upper_share(self) -> Floats:
        """Share of a row's gap that only the upper tier can close; NaN where there is no gap."""
        total = self.total
        blank = np.full(len(total), np.nan)
        return np.divide(self.gap[TIERS.index("upper")], total, out=blank, where=total > 0)


def tier_gap(scores: Scores) -> TierGap:
    """Split the gap of every row by who can close it.

    Rows without any score have NaN throughout; indicators without a score
    cost nothing and weigh nothing (their weight is with the others).
    """
    ids = scores.plan.indicators
    places = [scores.plan.place(id_) for id_ in ids]
    weights = weights_in_force(scores)[places]
    values, lost = scores.score[places], points_lost(scores)
    whose = np.array([scores.framework.indicators[id_].controllable or "" for id_ in ids])
    nothing = np.isnan(lost).all(axis=0)
    score = np.full((len(TIERS), values.shape[1]), np.nan)
    gap = np.zeros_like(score)
    for place, tier in enumerate(TIERS):
        mine = whose == tier
        weight = weights[mine].sum(axis=0)
        points = (weights[mine] * np.nan_to_num(values[mine])).sum(axis=0)
        np.divide(points, weight, out=score[place], where=weight > 0)
        gap[place] = np.nansum(lost[mine], axis=0)
    unassigned = np.nansum(lost[whose == ""], axis=0)
    gap[:, nothing] = np.nan
    return TierGap(score, gap, np.where(nothing, np.nan, unassigned))


def summed(scores: Scores, group_of: Mapping[str, str]) -> pd.DataFrame:
    """What the units of each group lack together, by who can close it.

    Parameters
    ----------
    scores : Scores
        Of one period.
    group_of : mapping of unit to group
        For example its city. Units that it lacks, or without a score, are left out.

    Returns
    -------
    DataFrame
        Columns `group`, `units`, then the sum of points per tier (`county`,
        `shared`, `upper`, `unassigned`) and `upper_share`; sorted by group.
    """
    found = tier_gap(scores)
    frame = pd.DataFrame(
        dict(zip(TIERS, found.gap, strict=True)) | {"unassigned": found.unassigned}
    )
    frame.insert(0, "group", [group_of.get(str(unit)) for unit in scores.unit])
    frame = frame.dropna(subset=["group", "county"])
    sums = frame.groupby("group", sort=True)[[*TIERS, "unassigned"]].sum()
    sums.insert(0, "units", frame.groupby("group", sort=True).size())
    total = sums[[*TIERS, "unassigned"]].sum(axis=1)
    sums["upper_share"] = (sums["upper"] / total).where(total > 0)
    return sums.reset_index()
