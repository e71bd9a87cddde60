"""Who moves how far when an index is made another way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from govmaturity.analysis.change.mobility import RankMobility, rank_mobility
from govmaturity.analysis.inequality.sample import Floats, UndefinedMeasureError
from govmaturity.scoring import Scores

Whole = NDArray[np.int32]


@dataclass(frozen=True)
class Moves:
    """Units that are ranked before and after, in the order of `before`'s rows.

    score, rank, level : shape (2, units): before, after; level 0 is none.
    order : how the two orders fit; None with fewer than three units, or where
        all tie.
    lost : how many are ranked in one of the two only.
    """

    units: tuple[str, ...]
    score: Floats
    rank: Whole
    level: Whole
    order: RankMobility | None
    lost: int

    @property
    def places(self) -> Whole:
        """Places gained; below zero where lost."""
        return np.asarray(self.rank[0] - self.rank[1])

    @property
    def moved(self) -> int:
        """How many changed rank."""
        return int((self.places != 0).sum())

    @property
    def relevelled(self) -> int:
        """How many changed level."""
        return int((self.level[0] != self.level[1]).sum())

    def furthest(self, most: int, *, by_score: bool = False) -> list[int]:
        """Places in `units` of those that moved furthest, at most so many, by the rank before."""
        moved = self.score[1] - self.score[0] if by_score else self.places
        far = np.argsort(-np.abs(moved), kind="stable")[:most]
        return sorted(map(int, far), key=lambda place: int(self.rank[0, place]))


def moves(before: Scores, after: Scores, nodes: tuple[str, str] | None = None) -> Moves:
    """Compare the ranks of one index with those of another over the same units.

    Parameters
    ----------
    before, after : Scores
        Of one period each.
    nodes : pair of str, optional
        What is compared; the two roots unless said.

    Raises
    ------
    ValueError
        If one of the scores has several periods.
    """
    for name, scores in (("before", before), ("after", after)):
        if len(scores.periods) > 1:
            raise ValueError(f"{name} needs one period, got {', '.join(scores.periods)}")
    first, second = nodes or (before.plan.root, after.plan.root)
    place = {str(unit): row for row, unit in enumerate(after.unit)}
    ranks = before.rank_of(first), after.rank_of(second)
    pairs = [
        (row, place[unit])
        for row, unit in enumerate(map(str, before.unit))
        if unit in place and ranks[0][row] and ranks[1][place[unit]]
    ]
    old, new = ([pair[side] for pair in pairs] for side in (0, 1))
    score = np.array([before.of(first)[old], after.of(second)[new]])
    return Moves(
        tuple(str(before.unit[row]) for row in old),
        score,
        np.array([ranks[0][old], ranks[1][new]], dtype=np.int32),
        np.array([before.level_of(first)[old], after.level_of(second)[new]], dtype=np.int32),
        _order(score),
        int((ranks[0] > 0).sum() + (ranks[1] > 0).sum()) - 2 * len(pairs),
    )


def _order(score: Floats) -> RankMobility | None:
    try:
        return rank_mobility(score[0], score[1])
    except UndefinedMeasureError:
        return None
