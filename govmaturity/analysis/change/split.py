"""What changed between two periods: the change of a node in parts that sum to it.

For arithmetic nodes the split is exact. Where a value is missing in one of the
periods, weights in force differ between them; what that alone does to the
score is told apart from what better or worse scores do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from govmaturity.analysis.contributions import Whose, is_sum
from govmaturity.analysis.inequality.sample import Floats, UndefinedMeasureError
from govmaturity.scoring import Scores
from govmaturity.scoring.explain import weights_in_force


@dataclass(frozen=True)
class Change:
    """The change of a node, in points: `total` is the sum of all the parts.

    `by_score` is what each part's own score brought, `by_weight` what came of
    a weight that others' missing values, or its own, changed. `n` is the
    number of units whose mean this is.
    """

    before: float
    after: float
    by_score: dict[str, float]
    by_weight: dict[str, float]
    n: int

    @property
    def total(self) -> float:
        return self.after - self.before

    @property
    def parts(self) -> dict[str, float]:
        """Points of each part, both ways together."""
        return {part: points + self.by_weight[part] for part, points in self.by_score.items()}

    @property
    def is_reweighted(self) -> bool:
        """Whether weights in force changed for any unit."""
        return any(self.by_weight.values())


def change_by_part(
    before: Scores,
    after: Scores,
    unit: str | None = None,
    *,
    node: str | None = None,
    whose: Whose = "child",
) -> Change | None:
    """Split the change of a node's score.

    Parameters
    ----------
    before, after : Scores
        Of one period each, under one framework and one choice of weights.
    unit : str, optional
        All units that have a score of the node in both periods unless said;
        the split is then the mean of theirs.
    node : str, optional
        The root unless said.
    whose : {"child", "indicator"}

    Returns
    -------
    Change or None
        None for an indicator and where the node is not the sum of such parts:
        with a geometric group there is no split of this kind.

    Raises
    ------
    ValueError
        If one of the scores has several periods, or their plans differ.
    UndefinedMeasureError
        `too_few_units` without any unit that has both scores.

    Notes
    -----
    With weights in force v and scores s, a part brings mean(v) x change of s,
    plus change of v x (mean(s) - mean of the node's two scores). Weights sum
    to 1 in both periods, so what is subtracted cancels in the sum: a part that
    appears with the score that the unit had anyway changes nothing. A part
    without a score in one period is taken at the one it has.
    """
    _refuse(before, after)
    node = node or before.plan.root
    if not is_sum(before, node, whose):
        return None
    old, new = _rows_in_both(before, after, node, unit)
    if not len(old):
        raise UndefinedMeasureError("too_few_units")
    whole = np.array([before.of(node)[old], after.of(node)[new]])
    ids = before.plan.children(node) if whose == "child" else before.plan.leaves(node)
    places = [before.plan.place(id_) for id_ in ids]
    shape = (2, len(places), len(old))
    scores, weights = np.empty(shape), np.empty(shape)
    for period, (found, rows) in enumerate(((before, old), (after, new))):
        scores[period] = found.score[places][:, rows]
        weights[period] = weights_in_force(found, node)[places][:, rows]
    by_score, by_weight = _split(scores, weights, whole.mean(axis=0))
    return Change(
        float(whole[0].mean()),
        float(whole[1].mean()),
        dict(zip(ids, map(float, by_score), strict=True)),
        dict(zip(ids, map(float, by_weight), strict=True)),
        len(old),
    )


def _split(scores: Floats, weights: Floats, middle: Floats) -> tuple[Floats, Floats]:
    """Points by part, mean of units: those of scores, those of weights."""
    there = ~np.isnan(scores)
    moved = np.where(there.all(axis=0), scores[1] - scores[0], 0.0)
    total = np.where(there, scores, 0.0).sum(axis=0)
    number = there.sum(axis=0)
    # What has no score in either period has no weight in either.
    own = np.divide(total, number, out=np.zeros(total.shape), where=number > 0)
    by_score = weights.mean(axis=0) * moved
    by_weight = (weights[1] - weights[0]) * (own - middle)
    # Sums of shares differ in their last digits: that is no change of weights.
    by_weight[np.abs(weights[1] - weights[0]) < 1e-12] = 0.0
    return by_score.mean(axis=1), by_weight.mean(axis=1)


def _rows_in_both(
    before: Scores, after: Scores, node: str, unit: str | None
) -> tuple[list[int], list[int]]:
    """Rows of the units that have a score of the node in both, in the same order."""
    row = {str(one): place for place, one in enumerate(after.unit)}
    old, new = before.of(node), after.of(node)
    pairs = [
        (place, row[one])
        for place, one in enumerate(map(str, before.unit))
        if one in row and (unit is None or one == unit)
    ]
    kept = [pair for pair in pairs if not np.isnan(old[pair[0]] + new[pair[1]])]
    return [first for first, _ in kept], [second for _, second in kept]


def _refuse(before: Scores, after: Scores) -> None:
    for name, scores in (("before", before), ("after", after)):
        if len(scores.periods) > 1:
            raise ValueError(f"{name} needs one period, got {', '.join(scores.periods)}")
    one, other = before.plan, after.plan
    if before.framework is not after.framework and before.framework != after.framework:
        raise ValueError("before and after need one framework")
    if (one.weights, one.profile, one.lens) != (other.weights, other.profile, other.lens):
        raise ValueError("before and after need one choice of weights, profile and lens")
