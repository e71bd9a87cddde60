"""Bring raw values to a common scale, the best value at its upper end.

All functions return shares of the scale, 0 to 1 (a z-score: any number), of
the same shape as they were given, and leave NaN as NaN: missing is not zero.
Direction is settled here and nowhere else.

Source of the methods: OECD/JRC (2008), Handbook on Constructing Composite
Indicators, part 5; log goalposts as in UNDP's Human Development Index.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def to_goalposts(raw: ArrayLike, worst: float, best: float) -> Floats:
    """Place raw values between two goalposts.

    A value on the best goalpost gives 1, on the worst one 0. Values beyond a
    goalpost are held at it, so one extreme unit cannot stretch the scale of
    the others. Direction needs no flag: where less is better, `worst` is the
    larger number.

    Parameters
    ----------
    raw : array_like of float, shape (rows,)
        In the indicator's unit of measure. NaN means "not reported".
    worst, best : float
        In the same unit of measure.

    Returns
    -------
    ndarray of float, shape (rows,)
        In [0, 1].

    Raises
    ------
    ValueError
        If `worst` equals `best`, or one of them is not finite.

    Examples
    --------
    >>> to_goalposts([20, 52.5, 90, float("nan")], worst=20, best=85)
    array([0. , 0.5, 1. , nan])
    """
    if worst == best or not np.isfinite([worst, best]).all():
        raise ValueError(f"goalposts need finite worst != best, got worst={worst}, best={best}")
    values = np.asarray(raw, dtype=np.float64)
    # The distance from the worst goalpost, either way round positive: 0 / -5 would be -0.
    placed = values - worst if best > worst else worst - values
    placed /= abs(best - worst)
    return np.clip(placed, 0.0, 1.0, out=placed)


def to_log_goalposts(raw: ArrayLike, worst: float, best: float) -> Floats:
    """Place the logarithms of raw values between those of two goalposts.

    Zero is held at the lower goalpost, like any value below it.

    Parameters
    ----------
    raw : array_like of float, shape (rows,)
        Zero or more, in the indicator's unit of measure.
    worst, best : float
        Above zero, in the same unit of measure.

    Returns
    -------
    ndarray of float, shape (rows,)
        In [0, 1].

    Raises
    ------
    ValueError
        If a goalpost is not above zero, the two are equal, or a value is negative.

    Examples
    --------
    >>> to_log_goalposts([100, 0, 1000, 1e6], worst=100, best=10_000)
    array([0. , 0. , 0.5, 1. ])
    """
    if min(worst, best) <= 0:
        raise ValueError(f"log goalposts must be above zero, got worst={worst}, best={best}")
    values = np.asarray(raw, dtype=np.float64)
    if (values < 0).any():
        raise ValueError(f"log goalposts need values of zero or more, got {np.nanmin(values)}")
    held = np.clip(values, min(worst, best), max(worst, best))
    return to_goalposts(np.log(held), float(np.log(worst)), float(np.log(best)))


def min_max(raw: ArrayLike, higher_is_better: bool) -> Floats:
    """Place raw values between the lowest and the highest of them.

    Scores depend on which units are in the sample: a view for comparing, not
    for rating. Where all values are equal none is better: all get 0.5.

    Parameters
    ----------
    raw : array_like of float, shape (rows,)
        In the indicator's unit of measure.
    higher_is_better : bool

    Returns
    -------
    ndarray of float, shape (rows,)
        In [0, 1].

    Examples
    --------
    >>> min_max([3, 5, 4], higher_is_better=False)
    array([1. , 0. , 0.5])
    >>> min_max([7, 7], higher_is_better=True)
    array([0.5, 0.5])
    """
    values = np.asarray(raw, dtype=np.float64)
    if np.isnan(values).all():
        return values.copy()
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    if low == high:
        return np.where(np.isnan(values), np.nan, 0.5)
    worst, best = (low, high) if higher_is_better else (high, low)
    return to_goalposts(values, worst, best)


def z_score(raw: ArrayLike, higher_is_better: bool, *, population: bool = False) -> Floats:
    """Distance from the mean in standard deviations; not bounded.

    Parameters
    ----------
    raw : array_like of float, shape (rows,)
        In the indicator's unit of measure.
    higher_is_better : bool
    population : bool
        Whether the values are the whole population; then the standard
        deviation divides by n instead of n - 1.

    Returns
    -------
    ndarray of float, shape (rows,)
        0 for all where all values are equal, or there is only one.

    Examples
    --------
    >>> z_score([1, 2, 3], higher_is_better=True)
    array([-1.,  0.,  1.])
    """
    values = np.asarray(raw, dtype=np.float64)
    is_there = ~np.isnan(values)
    if not is_there.any():
        return values.copy()
    known = values[is_there]
    if known.min() == known.max():
        return np.where(is_there, 0.0, np.nan)
    distance = (values - known.mean()) / known.std(ddof=0 if population else 1)
    return distance if higher_is_better else -distance
