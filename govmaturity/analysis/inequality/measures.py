"""How unequal units are: measures in points first, then relative ones.

All take one value per unit and, to count residents instead of units, one
weight per unit; weights of 1 give the unweighted measure. NaN is left out
together with its weight. Relative measures depend on the chosen zero of the
scale and are undefined where the mean is zero or a value is negative: then
they raise, and the caller says so.

What each does with awkward values (R: raises `UndefinedMeasureError`):

====================  ==========  ========  =========  ==============  ===============
measure               none there  one unit  all equal  all zero        a negative value
====================  ==========  ========  =========  ==============  ===============
standard deviation,
variance, range,
absolute Gini         R           0         0          0               counts
P90-P10 (needs ten)   R           R         0          0               counts
coefficient of
variation, Gini,
Theil T, Hoover,
Atkinson 0.5          R           0         0          R               R
Gini, small sample    R           R         0          R               R
Theil L, Atkinson 1
and 2 (any zero: R)   R           0         0          R               R
max / min
(any zero: R)         R           1         1          R               R
====================  ==========  ========  =========  ==============  ===============

Sources: Cowell (2011), Measuring Inequality; Williamson (1965); Atkinson
(1970), On the measurement of inequality; Deltas (2003) for the small-sample
Gini; formulas in `rows`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike

from govmaturity.analysis.inequality import rows
from govmaturity.analysis.inequality.rows import Rows
from govmaturity.analysis.inequality.sample import (
    Floats,
    Sample,
    UndefinedMeasureError,
    known,
    sample_of,
)

# Tails of fewer values than this are one or two units, not a distribution.
MIN_FOR_PERCENTILES: Final = 10
_Need = Literal["ten_values", "two_units", "above_zero"]


@dataclass(frozen=True)
class Measure:
    """One measure: its formula, whether it is relative, what it needs beyond that.

    `has_interval` is False where the bootstrap fails: the ends of a sample
    tell nothing of values beyond them (Bickel and Freedman 1981).
    """

    formula: Callable[[Rows], Floats]
    is_relative: bool = False
    needs: _Need | None = None
    has_interval: bool = True


ABSOLUTE: Final[dict[str, Measure]] = {
    "standard_deviation": Measure(rows.standard_deviation),
    "variance": Measure(rows.variance),
    "range": Measure(rows.value_range, has_interval=False),
    "p90_p10": Measure(rows.p90_p10, needs="ten_values"),
    "absolute_gini": Measure(rows.absolute_gini),
}
RELATIVE: Final[dict[str, Measure]] = {
    "coefficient_of_variation": Measure(rows.coefficient_of_variation, is_relative=True),
    "max_min": Measure(rows.max_min, is_relative=True, needs="above_zero", has_interval=False),
    "gini": Measure(rows.gini, is_relative=True),
    "gini_small_sample": Measure(rows.gini_small_sample, is_relative=True, needs="two_units"),
    "theil_t": Measure(rows.theil_t, is_relative=True),
    "theil_l": Measure(rows.theil_l, is_relative=True, needs="above_zero"),
    "atkinson_0_5": Measure(rows.atkinson_0_5, is_relative=True),
    "atkinson_1": Measure(rows.atkinson_1, is_relative=True, needs="above_zero"),
    "atkinson_2": Measure(rows.atkinson_2, is_relative=True, needs="above_zero"),
    "hoover": Measure(rows.hoover, is_relative=True),
}
MEASURES: Final[dict[str, Measure]] = {"mean": Measure(rows.mean), **ABSOLUTE, **RELATIVE}


def refuse(measure: Measure, sample: Sample) -> None:
    """Raise where a sample does not have a measure.

    Raises
    ------
    UndefinedMeasureError
        `negative_values`, `zero_mean`, `zero_values`, `one_unit` or
        `too_few_for_percentiles`.
    """
    if measure.is_relative:
        refuse_relative(sample)
    if measure.needs == "above_zero" and sample.x[0] <= 0:
        raise UndefinedMeasureError("zero_values")
    if measure.needs == "two_units" and sample.size < 2:
        raise UndefinedMeasureError("one_unit")
    if measure.needs == "ten_values" and sample.size < MIN_FOR_PERCENTILES:
        raise UndefinedMeasureError("too_few_for_percentiles")


def refuse_relative(sample: Sample) -> None:
    """Raise `negative_values` or `zero_mean` where relative measures mean nothing."""
    if sample.x[0] < 0:
        raise UndefinedMeasureError("negative_values")
    if not sample.mean > 0:
        raise UndefinedMeasureError("zero_mean")


def measured(name: str, values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """One measure by its name in `MEASURES`.

    Raises
    ------
    ValueError
        If the shapes differ, or a weight is negative or missing.
    UndefinedMeasureError
        If these values do not have the measure.
    """
    measure, sample = MEASURES[name], sample_of(values, weights)
    refuse(measure, sample)
    return float(measure.formula(Rows(sample.x, sample.w[None, :]))[0])


def mean(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Mean, in points."""
    return measured("mean", values, weights)


def standard_deviation(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Standard deviation in points; the units are the whole population, so it divides by n.

    Examples
    --------
    >>> standard_deviation([40, 60])
    10.0
    """
    return measured("standard_deviation", values, weights)


def variance(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Variance in squared points, divided by n; it splits exactly between and within groups."""
    return measured("variance", values, weights)


def value_range(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Highest minus lowest, in points; a weight of zero leaves a unit out."""
    return measured("range", values, weights)


def p90_p10(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Distance between the 90th and the 10th percentile, in points.

    Percentiles are linear between values (type 7); with weights, a value
    stands at the middle of its weight.

    Raises
    ------
    UndefinedMeasureError
        With fewer than ten values.
    """
    return measured("p90_p10", values, weights)


def absolute_gini(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Half the mean distance between two units, in points: the Gini index times the mean.

    Examples
    --------
    >>> absolute_gini([40, 60])
    5.0
    """
    return measured("absolute_gini", values, weights)


def coefficient_of_variation(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Standard deviation over mean; with resident weights it is Williamson's index.

    Raises
    ------
    UndefinedMeasureError
        If a value is negative or the mean is zero.
    """
    return measured("coefficient_of_variation", values, weights)


def max_min(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Highest over lowest value.

    Raises
    ------
    UndefinedMeasureError
        If a value is negative or zero: the ratio is infinite, and the range says more.
    """
    return measured("max_min", values, weights)


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
    return measured("gini", values, weights)


def gini_small_sample(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Gini index times n / (n - 1), so that one unit with everything has 1; n counts units.

    Raises
    ------
    UndefinedMeasureError
        As `gini`, and with one unit.

    Examples
    --------
    >>> round(gini_small_sample([0, 0, 0, 8]), 12)
    1.0
    """
    return measured("gini_small_sample", values, weights)


def theil_t(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Theil's T, 0 (all equal) to ln n; a value of zero adds nothing (0 ln 0 = 0).

    Raises
    ------
    UndefinedMeasureError
        If a value is negative or the mean is zero.
    """
    return measured("theil_t", values, weights)


def theil_l(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Theil's L, the mean log deviation: it looks at the low end where T looks at the high.

    Raises
    ------
    UndefinedMeasureError
        If a value is negative or zero; nothing is added to a zero to save the measure.
    """
    return measured("theil_l", values, weights)


def atkinson(
    values: ArrayLike, weights: ArrayLike | None = None, *, aversion: float = 0.5
) -> float:
    """Atkinson's index: the share of all points that equality would let one do without.

    Parameters
    ----------
    values : array_like of float, shape (units,)
    weights : array_like of float, shape (units,), optional
    aversion : float
        Above zero; the larger, the more the lowest units count.

    Raises
    ------
    ValueError
        If `aversion` is zero or less.
    UndefinedMeasureError
        If a value is negative, the mean is zero, or from aversion 1 on a value is zero.

    Examples
    --------
    >>> round(atkinson([1, 4], aversion=1), 12)
    0.2
    """
    if not aversion > 0:
        raise ValueError(f"aversion has to be above zero, got {aversion}")
    sample = sample_of(values, weights)
    refuse_relative(sample)
    if aversion >= 1 and sample.x[0] <= 0:
        raise UndefinedMeasureError("zero_values")
    return float(rows.atkinson(Rows(sample.x, sample.w[None, :]), aversion)[0])


def hoover(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Hoover's index: the share of all points that would have to move to make units equal.

    Raises
    ------
    UndefinedMeasureError
        If a value is negative or the mean is zero.

    Examples
    --------
    >>> hoover([1, 3])
    0.25
    """
    return measured("hoover", values, weights)


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
    x, p = known(values, weights)
    refuse_relative(sample_of(x, p))
    order = np.argsort(x, kind="stable")
    across = np.concatenate([[0.0], np.cumsum(p[order])])
    up = np.concatenate([[0.0], np.cumsum((p * x)[order])])
    return across / across[-1], up / up[-1]
