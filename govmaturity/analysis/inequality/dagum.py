"""Dagum's Gini: within groups, net between groups, and transvariation (their overlap).

Transvariation (超变密度) is what comes of units of a poorer group that stand
above units of a richer one. It is overlap, not an error term.

Source: Dagum (1997), A new approach to the decomposition of the Gini income
inequality ratio, Empirical Economics 22:515. His sums over pairs of groups
shorten: the net part is the Gini index of the group means, the part within is
the sum of the mean distances inside groups, and transvariation is the rest.
`dagum_pairs` takes the long way, pair by pair; tests hold both together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from govmaturity.analysis.inequality.measures import refuse_relative
from govmaturity.analysis.inequality.rows import Rows, gini
from govmaturity.analysis.inequality.sample import Floats, sample_of
from govmaturity.analysis.inequality.split import Groups, Key, groups_of

PARTS: Final = ("within", "net_between", "transvariation")


@dataclass(frozen=True)
class Dagum:
    """The Gini index in three parts that sum to it; `groups` split the part within."""

    total: float
    within: float
    net_between: float
    transvariation: float
    groups: dict[Key, float]


@dataclass(frozen=True)
class Pair:
    """Two groups, the one of the higher mean first.

    `gini` is the Gini index between them, `dominance` how clearly the first
    stands above the second (Dagum's relative economic affluence D, 0 to 1),
    the others their parts of the whole.
    """

    higher: Key
    lower: Key
    gini: float
    dominance: float
    net_between: float
    transvariation: float


def dagum(values: ArrayLike, grouping: Sequence[str], weights: ArrayLike | None = None) -> Dagum:
    """Split the Gini index by groups.

    Parameters
    ----------
    values : array_like of float, shape (units,)
        NaN is left out.
    grouping : sequence of str
        One name per unit.
    weights : array_like of float, shape (units,), optional

    Raises
    ------
    ValueError
        If shapes differ, or a weight is negative or missing.
    UndefinedMeasureError
        If nothing is there, a value is negative or the mean is zero.

    Examples
    --------
    >>> parts = dagum([40, 50, 60, 80, 90], ["A", "A", "B", "B", "B"])
    >>> round(parts.within, 6), round(parts.net_between, 6), round(parts.transvariation, 6)
    (0.04375, 0.11875, 0.0)
    """
    sample = sample_of(values, weights)
    refuse_relative(sample)
    groups = groups_of(sample, [grouping])
    parts, within = dagum_rows(sample.x, sample.w[None, :], groups)
    total = float(gini(Rows(sample.x, sample.w[None, :]))[0])
    inside = dict(zip(groups.innermost, map(float, within[0]), strict=True))
    within_all, net, overlap = map(float, parts[0])
    return Dagum(total, within_all, net, overlap, inside)


def dagum_rows(x: Floats, p: Floats, groups: Groups) -> tuple[Floats, Floats]:
    """Split the Gini index in every row of weights, by the innermost groups.

    Returns
    -------
    parts : ndarray of float, shape (rows, 3)
        In the order of `PARTS`.
    within : ndarray of float, shape (rows, groups)
    """
    m = p @ x
    within = _within(x, p, groups) / m[:, None]
    net = _of_group_means(x, p, groups) / m
    total = Rows(x, p).absolute_gini / m
    inside = within.sum(axis=1)
    overlap = np.maximum(total - inside - net, 0.0)
    return np.column_stack([inside, net, overlap]), within


def dagum_pairs(
    values: ArrayLike, grouping: Sequence[str], weights: ArrayLike | None = None
) -> tuple[Pair, ...]:
    """Every pair of groups: how far apart they are and how much they overlap.

    Takes and raises what `dagum` does; groups without a unit that counts are left out.

    Returns
    -------
    tuple of Pair
        The parts of all pairs sum to the net between and to the transvariation.
    """
    sample = sample_of(values, weights)
    refuse_relative(sample)
    groups = groups_of(sample, [grouping])
    x, w, members = sample.x, sample.w, groups.members[-1]
    ones = members.toarray() * w[:, None]
    # Weight and points, per group, of all that stand below each unit.
    below, points_below = np.cumsum(ones, axis=0), np.cumsum(ones * x[:, None], axis=0)
    above = members.T @ ((w * x)[:, None] * below - w[:, None] * points_below)
    weight, points = w @ members, (w * x) @ members
    means = points / weight
    pairs = []
    for j, one in enumerate(groups.innermost):
        for h, other in enumerate(groups.innermost):
            if means[j] > means[h] or (means[j] == means[h] and j < h):
                ahead, behind = float(above[j, h]), float(above[h, j])
                apart = ahead + behind
                dominance = (ahead - behind) / apart if apart > 0 else 0.0
                spread = weight[j] * weight[h] * (means[j] + means[h])
                index = apart / spread if spread > 0 else 0.0
                net = apart * dominance / sample.mean
                pairs.append(Pair(one, other, index, dominance, net, apart / sample.mean - net))
    return tuple(pairs)


def _within(x: Floats, p: Floats, groups: Groups) -> Floats:
    code = groups.codes[-1]
    order = np.lexsort((x, code))
    d, q = (x - x.mean())[order], p[:, order]
    starts = np.searchsorted(code[order], np.arange(len(groups.innermost)))
    size = np.diff([*starts, len(x)])
    weight = np.add.reduceat(q, starts, axis=1)
    before = np.repeat(np.cumsum(weight, axis=1) - weight, size, axis=1)
    ranks = 2.0 * (np.cumsum(q, axis=1) - before) - q - np.repeat(weight, size, axis=1)
    return np.maximum(np.add.reduceat(q * ranks * d, starts, axis=1), 0.0)


def _of_group_means(x: Floats, p: Floats, groups: Groups) -> Floats:
    """Absolute Gini of the group means. Their order differs from row to row."""
    weight = p @ groups.members[-1]
    points = (p * (x - x.mean())) @ groups.members[-1]
    means = np.divide(points, weight, out=np.zeros_like(points), where=weight > 0)
    order = np.argsort(means, axis=1, kind="stable")
    weight, means = (np.take_along_axis(one, order, axis=1) for one in (weight, means))
    ranks = 2.0 * np.cumsum(weight, axis=1) - weight - 1.0
    return np.maximum(np.einsum("ij,ij->i", weight * ranks, means), 0.0)
