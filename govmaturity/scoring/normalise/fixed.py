"""Place raw values between points that a framework states, whoever else is there.

All functions return shares of the scale, 0 to 1, of the same shape as they
were given, and leave NaN as NaN: missing is not zero.

Source of the methods: OECD/JRC (2008), Handbook on Constructing Composite
Indicators, part 5; log goalposts as in UNDP's Human Development Index.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
# 60 of 100 for the value that is just not allowed: what the efficacy coefficient starts from.
EFFICACY_START: Final = 0.6


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


def to_efficacy(raw: ArrayLike, worst: float, best: float) -> Floats:
    """Efficacy coefficient (功效系数): 0.6 at the value not allowed, 1 at the satisfactory one.

    Held at both, like goalposts.

    Parameters
    ----------
    raw : array_like of float, shape (rows,)
        In the indicator's unit of measure.
    worst, best : float
        The value not allowed (不允许值) and the satisfactory one (满意值).

    Returns
    -------
    ndarray of float, shape (rows,)
        In [0.6, 1].

    Raises
    ------
    ValueError
        If `worst` equals `best`, or one of them is not finite.

    Examples
    --------
    >>> to_efficacy([40, 50, 60, 100], worst=40, best=60)
    array([0.6, 0.8, 1. , 1. ])
    """
    return EFFICACY_START + (1 - EFFICACY_START) * to_goalposts(raw, worst, best)


def to_target_band(
    raw: ArrayLike, band: tuple[float, float], limits: tuple[float, float]
) -> Floats:
    """Full inside a band (适度指标), falling in a line to nothing at the limits around it.

    Parameters
    ----------
    raw : array_like of float, shape (rows,)
        In the indicator's unit of measure.
    band, limits : pair of float
        In the same unit of measure; lowest limit < band <= band < highest limit.

    Returns
    -------
    ndarray of float, shape (rows,)
        In [0, 1].

    Raises
    ------
    ValueError
        If the four do not stand in that order.

    Examples
    --------
    >>> to_target_band([10, 25, 35, 60, 95], band=(30, 40), limits=(20, 80))
    array([0. , 0.5, 1. , 0.5, 0. ])
    """
    (start, end), (lowest, highest) = band, limits
    if not lowest < start <= end < highest:
        raise ValueError(
            f"a target band needs lowest < start <= end < highest, got limits {limits}, band {band}"
        )
    values = np.asarray(raw, dtype=np.float64)
    rising = (values - lowest) / (start - lowest)
    falling = (highest - values) / (highest - end)
    return np.clip(np.minimum(rising, falling), 0.0, 1.0)


def to_thresholds(raw: ArrayLike, thresholds: Sequence[float], scores: Sequence[float]) -> Floats:
    """Give each value the score of the class it falls into; a class holds its lower end.

    Parameters
    ----------
    raw : array_like of float, shape (rows,)
        In the indicator's unit of measure.
    thresholds : sequence of float
        Rising, in the same unit of measure.
    scores : sequence of float
        One more than thresholds, from the lowest class up.

    Returns
    -------
    ndarray of float, shape (rows,)
        Scores as they were given.

    Raises
    ------
    ValueError
        If the thresholds do not rise, or there is not one score more.

    Examples
    --------
    >>> to_thresholds([5, 10, 70], thresholds=[10, 50], scores=[0, 60, 100])
    array([  0.,  60., 100.])
    """
    if list(thresholds) != sorted(set(thresholds)) or len(scores) != len(thresholds) + 1:
        raise ValueError(
            f"rising thresholds and one score more are needed, got {thresholds} and {scores}"
        )
    values = np.asarray(raw, dtype=np.float64)
    found = np.asarray(scores, dtype=np.float64)[np.searchsorted(thresholds, values, side="right")]
    return np.where(np.isnan(values), np.nan, found)
