"""The formulas: each takes rows of weights of the same sorted values and gives one figure a row.

A row is the sample itself, a bootstrap draw of it, or the sample without one
unit; a unit that a draw misses has weight zero. What is undefined in a row is
NaN there: callers ask first whether the sample itself has the measure
(`measures.refuse`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from govmaturity.analysis.inequality.sample import Floats


@dataclass(frozen=True)
class Rows:
    """Values `x`, shape (units,), from the lowest up; weights `p`, shape (rows, units).

    Each row of weights sums to 1. What several measures are made of is
    computed once, each of shape (rows,).
    """

    x: Floats
    p: Floats

    @cached_property
    def mean(self) -> Floats:
        return self.p @ self.x

    @cached_property
    def variance(self) -> Floats:
        """Mean squared distance from the mean."""
        d = self.x - self.x.mean()  # so that no digits are lost in the difference below
        return np.maximum(self.p @ d**2 - (self.p @ d) ** 2, 0.0)

    @cached_property
    def absolute_gini(self) -> Floats:
        """Half the mean distance between two units: sum_ij p_i p_j |x_i - x_j| / 2."""
        d = self.x - self.x.mean()
        return np.maximum(np.einsum("ij,ij,j->i", self.p, self.ranks, d), 0.0)

    @cached_property
    def ranks(self) -> Floats:
        """Weight of those below minus weight of those above, shape (rows, units).

        Units of equal value share one figure, so that what is made of it does
        not depend on their order.
        """
        starts = np.flatnonzero(np.concatenate([[True], np.diff(self.x) > 0]))
        if len(starts) == len(self.x):
            return 2.0 * np.cumsum(self.p, axis=1) - self.p - 1.0
        together = np.add.reduceat(self.p, starts, axis=1)
        middle = 2.0 * np.cumsum(together, axis=1) - together - 1.0
        return np.repeat(middle, np.diff([*starts, len(self.x)]), axis=1)

    @cached_property
    def ends(self) -> tuple[Floats, Floats]:
        """Lowest and highest value among those of a weight above zero."""
        is_in = self.p > 0
        last = len(self.x) - 1 - is_in[:, ::-1].argmax(axis=1)
        return self.x[is_in.argmax(axis=1)], self.x[last]


def mean(rows: Rows) -> Floats:
    """Mean."""
    return rows.mean


def standard_deviation(rows: Rows) -> Floats:
    """Root of the variance; divides by n."""
    return np.sqrt(rows.variance)


def variance(rows: Rows) -> Floats:
    """Mean squared distance from the mean."""
    return rows.variance


def value_range(rows: Rows) -> Floats:
    """Highest minus lowest."""
    low, high = rows.ends
    return high - low


def max_min(rows: Rows) -> Floats:
    """Highest over lowest."""
    low, high = rows.ends
    return _over(high, low)


def p90_p10(rows: Rows) -> Floats:
    """Distance between the percentiles; a value stands at the middle of its weight."""
    return np.array([_percentile_distance(rows.x[row > 0], row[row > 0]) for row in rows.p])


def absolute_gini(rows: Rows) -> Floats:
    """Half the mean distance between two units."""
    return rows.absolute_gini


def coefficient_of_variation(rows: Rows) -> Floats:
    """Standard deviation over mean."""
    return _over(standard_deviation(rows), rows.mean)


def gini(rows: Rows) -> Floats:
    """Absolute Gini over mean."""
    return _over(rows.absolute_gini, rows.mean)


def gini_small_sample(rows: Rows) -> Floats:
    """Gini index times n / (n - 1), n the number of units."""
    return gini(rows) * (len(rows.x) / (len(rows.x) - 1))


def theil_t(rows: Rows) -> Floats:
    """Mean of (x / mean) ln(x / mean), with 0 ln 0 = 0."""
    middle = rows.x.mean()
    m = rows.mean / middle
    return np.maximum(_over(rows.p @ xlogx(rows.x / middle), m) - np.log(m), 0.0)


def theil_l(rows: Rows) -> Floats:
    """Mean of ln(mean / x)."""
    middle = rows.x.mean()
    return np.maximum(np.log(rows.mean / middle) - rows.p @ np.log(rows.x / middle), 0.0)


def atkinson(rows: Rows, aversion: float) -> Floats:
    """One minus the equally distributed equivalent over the mean."""
    if aversion == 1:
        return -np.expm1(-theil_l(rows))
    middle = rows.x.mean()
    power = rows.p @ (rows.x / middle) ** (1 - aversion)
    equivalent = power ** (1 / (1 - aversion))
    return np.maximum(1.0 - _over(equivalent, rows.mean / middle), 0.0)


def atkinson_0_5(rows: Rows) -> Floats:
    """Atkinson, aversion 0.5."""
    return atkinson(rows, 0.5)


def atkinson_1(rows: Rows) -> Floats:
    """Atkinson, aversion 1: one minus the geometric over the arithmetic mean."""
    return atkinson(rows, 1.0)


def atkinson_2(rows: Rows) -> Floats:
    """Atkinson, aversion 2: one minus the harmonic over the arithmetic mean."""
    return atkinson(rows, 2.0)


def hoover(rows: Rows) -> Floats:
    """Half the mean distance from the mean, over the mean."""
    # What those below the mean lack; those above have as much too much.
    lacks = np.maximum(rows.mean[:, None] - rows.x, 0.0)
    return _over(np.einsum("ij,ij->i", rows.p, lacks), rows.mean)


def xlogx(s: Floats) -> Floats:
    """s ln s, with 0 ln 0 = 0."""
    return s * np.log(s, out=np.zeros_like(s), where=s > 0)


def _over(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)


def _percentile_distance(x: Floats, p: Floats) -> float:
    steps = (p[1:] + p[:-1]) / 2
    if not len(steps):
        return 0.0
    place = np.concatenate([[0.0], np.cumsum(steps)]) / steps.sum()
    low, high = np.interp([0.1, 0.9], place, x)
    return float(high - low)
