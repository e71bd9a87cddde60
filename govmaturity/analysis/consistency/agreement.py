"""How far two people who score the same things agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Agreement:
    """Agreement of two raters.

    Parameters
    ----------
    kappa : float
        Weighted kappa: 1 where they always agree, 0 where no more than chance
        would have them, negative where less. NaN where it is not defined:
        both gave everything one and the same score.
    same : float in [0, 1]
        The share of scores that are equal.
    n : int
        The number of things that both scored.
    """

    kappa: float
    same: float
    n: int


def weighted_kappa(
    one: ArrayLike, other: ArrayLike, scale: Sequence[float] | None = None
) -> Agreement:
    """Measure how far two raters agree on an ordered scale.

    Parameters
    ----------
    one, other : array_like of float, shape (things,)
        Their scores of the same things; no NaN.
    scale : sequence of float, optional
        All scores that can be given, from the lowest up, one step apart each;
        default those that were.

    Raises
    ------
    ValueError
        If the two differ in length, are empty, or give what is not on the scale.

    Notes
    -----
    1 - sum(w O) / sum(w E) with the squared number of steps between two scores
    as weights w of disagreement, O what was observed and E what chance would
    give with the same margins. Source: Cohen (1968), Weighted kappa: Nominal
    scale agreement with provision for scaled disagreement or partial credit,
    Psychological Bulletin 70(4).

    Examples
    --------
    >>> weighted_kappa([1, 2, 3, 3], [1, 2, 3, 2]).same
    0.75
    """
    from sklearn.metrics import cohen_kappa_score

    left, right = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    if left.shape != right.shape or left.ndim != 1 or not left.size:
        raise ValueError(
            f"two lists of scores of one length are needed: {left.shape}, {right.shape}"
        )
    steps = np.array(sorted(set(left) | set(right)) if scale is None else sorted(scale))
    places = np.searchsorted(steps, [left, right]).clip(max=len(steps) - 1)
    if not (steps[places] == [left, right]).all():
        raise ValueError(f"scores that are not on the scale {steps.tolist()}")
    same = float((left == right).mean())
    # Chance alone would leave no disagreement where both gave one and the same score only.
    if len(set(left) | set(right)) == 1:
        return Agreement(float("nan"), same, len(left))
    labels = list(range(len(steps)))
    kappa = cohen_kappa_score(places[0], places[1], labels=labels, weights="quadratic")
    return Agreement(float(kappa), same, len(left))
