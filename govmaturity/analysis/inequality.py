"""How unequal units are: measures in points first, then relative ones.

All take one value per unit and, to count residents instead of units, one
weight per unit; weights of 1 give the unweighted measure. NaN is left out
together with its weight. Relative measures depend on the chosen zero of the
scale and are undefined where the mean is zero or a value is negative: then
they raise, and the caller says so.

Sources: Cowell (2011), Measuring Inequality; Theil (1967), Economics and
Information Theory, for the decomposition; formulas as in methods.md section 6.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
# Tails of fewer values than this are one or two units, not a distribution.
MIN_FOR_PERCENTILES = 10


class UndefinedMeasureError(ValueError):
    """A measure that these values do not have; `reason` is a text code."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def known(values: ArrayLike, weights: ArrayLike | None = None) -> tuple[Floats, Floats]:
    """Return the values that are there and their weights.

    Raises
    ------
    ValueError
        If the shapes differ, or a weight of a known value is negative or missing.
    UndefinedMeasureError
        If nothing is left, or all weights are zero.
    """
    x = np.asarray(values, dtype=np.float64)
    w = np.ones(x.shape) if weights is None else np.asarray(weights, dtype=np.float64)
    if x.ndim != 1 or x.shape != w.shape:
        raise ValueError(f"values and weights need one shape (units,), got {x.shape}, {w.shape}")
    is_there = ~np.isnan(x)
    x, w = x[is_there], w[is_there]
    if np.isnan(w).any() or (w < 0).any():
        raise ValueError("weights must be zero or more for every unit with a value")
    if not len(x) or not w.any():
        raise UndefinedMeasureError("no_values")
    return x, w / w.sum()


def mean(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Mean, in points."""
    x, p = known(values, weights)
    return float(p @ x)


def standard_deviation(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Standard deviation in points; the units are the whole population, so it divides by n.

    Examples
    --------
    >>> standard_deviation([40, 60])
    10.0
    """
    x, p = known(values, weights)
    return float(np.sqrt(p @ (x - p @ x) ** 2))


def value_range(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Highest minus lowest, in points; a weight of zero leaves a unit out."""
    x, p = known(values, weights)
    counted = x[p > 0]
    return float(counted.max() - counted.min())


def p90_p10(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Distance between the 90th and the 10th percentile, in points.

    Percentiles are linear between values (type 7); with weights, a value
    stands at the middle of its weight.

    Raises
    ------
    UndefinedMeasureError
        With fewer than ten values.
    """
    x, p = known(values, weights)
    x, p = x[p > 0], p[p > 0]
    if len(x) < MIN_FOR_PERCENTILES:
        raise UndefinedMeasureError("too_few_for_percentiles")
    order = np.argsort(x, kind="stable")
    x, p = x[order], p[order]
    steps = (p[1:] + p[:-1]) / 2
    place = np.concatenate([[0.0], np.cumsum(steps)]) / steps.sum()
    low, high = np.interp([0.1, 0.9], place, x)
    return float(high - low)


def absolute_gini(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Half the mean distance between two units, in points: the Gini index times the mean.

    Examples
    --------
    >>> absolute_gini([40, 60])
    5.0
    """
    x, p = known(values, weights)
    order = np.argsort(x, kind="stable")
    x, p = x[order], p[order]
    # sum_ij p_i p_j |x_i - x_j| / 2 in one pass over the sorted values
    below = np.cumsum(p) - p
    above = 1.0 - below - p
    return max(float(p @ (x * (below - above))), 0.0)


def coefficient_of_variation(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Standard deviation over mean; with resident weights it is Williamson's index.

    Raises
    ------
    UndefinedMeasureError
        If a value is negative or the mean is zero.
    """
    x, p = _relative(values, weights)
    return standard_deviation(x, p) / float(p @ x)


def gini(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Gini index, 0 (all equal) to 1; not corrected for small samples.

    Raises
    ------
    UndefinedMeasureError
        If a value is negative or the mean is zero.

    Examples
    --------
    >>> round(gini([40, 50, 60, 80, 90]), 12)
    0.1625
    """
    x, p = _relative(values, weights)
    return absolute_gini(x, p) / float(p @ x)


def theil_t(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Theil's T, 0 (all equal) to ln n; a value of zero adds nothing (0 ln 0 = 0).

    Raises
    ------
    UndefinedMeasureError
        If a value is negative or the mean is zero.
    """
    x, p = _relative(values, weights)
    share = x / float(p @ x)
    logs = np.log(share, out=np.zeros_like(share), where=share > 0)
    return max(float(p @ (share * logs)), 0.0)


@dataclass(frozen=True)
class Decomposition:
    """Theil's T split exactly: `between` one figure per grouping, outermost first, then `within`.

    `groups` maps each innermost group (its names joined) to its part of `within`.
    """

    total: float
    between: tuple[float, ...]
    within: float
    groups: dict[tuple[str, ...], float]


def theil_by_groups(
    values: ArrayLike, groupings: Sequence[Sequence[str]], weights: ArrayLike | None = None
) -> Decomposition:
    """Split Theil's T into what lies between groups and what lies within them.

    Parameters
    ----------
    values : array_like of float, shape (units,)
    groupings : sequence of sequences of str
        One name per unit in each; nested from the outermost: the second
        splits the groups of the first.
    weights : array_like of float, shape (units,), optional

    Returns
    -------
    Decomposition
        The parts sum to the total.

    Raises
    ------
    UndefinedMeasureError
        As `theil_t`.

    Notes
    -----
    Between groups is the T that is left if every unit had the mean of its
    group; a further nested grouping adds what its means add.
    """
    x = np.asarray(values, dtype=np.float64)
    keep = ~np.isnan(x)
    x, p = _relative(x, weights)
    mu = float(p @ x)
    names = [np.asarray(grouping, dtype=object)[keep] for grouping in groupings]
    keys = [tuple(str(part) for part in key) for key in zip(*names, strict=True)]
    levels: list[float] = []
    for depth in range(1, len(names) + 1):
        means = _group_means(x, p, [key[:depth] for key in keys])
        levels.append(theil_t(means, p))
    between = tuple(
        max(after - before, 0.0) for before, after in zip([0.0, *levels], levels, strict=False)
    )
    total = theil_t(x, p)
    groups: dict[tuple[str, ...], float] = {}
    for key in dict.fromkeys(keys):
        members = np.array([k == key for k in keys])
        share = float(p[members] @ x[members]) / mu
        inside = theil_t(x[members], p[members]) if share > 0 else 0.0
        groups[key] = share * inside
    return Decomposition(total, between, sum(groups.values()), groups)


def lorenz(values: ArrayLike, weights: ArrayLike | None = None) -> tuple[Floats, Floats]:
    """Points of the Lorenz curve, from the lowest value up.

    Returns
    -------
    share of units (or residents), share of the total : ndarray, shape (units + 1,)
        Both run from 0 to 1.

    Raises
    ------
    UndefinedMeasureError
        If a value is negative or the mean is zero.
    """
    x, p = _relative(values, weights)
    order = np.argsort(x, kind="stable")
    across = np.concatenate([[0.0], np.cumsum(p[order])])
    up = np.concatenate([[0.0], np.cumsum((p * x)[order])])
    return across / across[-1], up / up[-1]


def _relative(values: ArrayLike, weights: ArrayLike | None) -> tuple[Floats, Floats]:
    x, p = known(values, weights)
    if (x < 0).any():
        raise UndefinedMeasureError("negative_values")
    if not float(p @ x) > 0:
        raise UndefinedMeasureError("zero_mean")
    return x, p


def _group_means(x: Floats, p: Floats, keys: list[tuple[str, ...]]) -> Floats:
    numbers = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    code = np.array([numbers[key] for key in keys])
    weight = np.bincount(code, p)
    total = np.bincount(code, p * x)
    means = np.divide(total, weight, out=np.zeros_like(total), where=weight > 0)
    return means[code]
