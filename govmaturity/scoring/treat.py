"""Bring in outliers: winsorise a few values, or put all in logs; recorded either way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govmaturity.framework.methods import Treat

Floats = NDArray[np.float64]
# Kurtosis is defined from four values on.
MIN_VALUES: Final = 4
# How far above the lowest value the logarithm starts, as a share of the range.
_LOG_START: Final = 0.01


@dataclass(frozen=True)
class Shape:
    """Skewness and excess kurtosis of values, as in pandas (bias-corrected, type 2)."""

    skewness: float
    kurtosis: float

    def is_outlying(self, limits: Treat) -> bool:
        """Whether both lie above their limits: one alone is no reason to touch values."""
        return abs(self.skewness) > limits.skewness and self.kurtosis > limits.kurtosis


@dataclass(frozen=True)
class Treatment:
    """What was done to one indicator: `low` and `high` count the values brought in at each end.

    `is_enough` says whether the values are in shape afterwards.
    """

    indicator: str
    method: Literal["winsorise", "log"]
    low: int
    high: int
    before: Shape
    after: Shape
    is_enough: bool


def shape_of(values: Floats) -> Shape:
    """Skewness and kurtosis of the values that are there; 0 where fewer than four, or all equal.

    Examples
    --------
    >>> shape_of(np.array([1.0, 2.0, 3.0, 4.0, 5.0]))
    Shape(skewness=0.0, kurtosis=-1.1999999999999993)
    """
    known = values[~np.isnan(values)]
    if len(known) < MIN_VALUES or known.min() == known.max():
        return Shape(0.0, 0.0)
    table = pd.DataFrame(known)
    return Shape(float(table.skew().iloc[0]), float(table.kurt().iloc[0]))


def treat(indicator: str, values: Floats, limits: Treat) -> tuple[Floats, Treatment | None]:
    """Treat the outliers of one indicator, if it has any.

    While skewness and kurtosis are both beyond their limits, the highest
    values (the lowest, if the skew is to the left) are set to the next one,
    equal ones together, until `limits.winsorise` values were brought in. If
    that is not enough and logs are allowed, the untreated values are put in
    logs instead.

    Parameters
    ----------
    indicator : str
    values : ndarray of float, shape (rows,)
        In the indicator's unit of measure; NaN stays NaN.
    limits : Treat

    Returns
    -------
    values : ndarray of float, shape (rows,)
        New; in logs they are no longer in the unit of measure.
    treatment : Treatment or None
        None where there was nothing to treat.

    Notes
    -----
    The rule of the JRC's COIN tool. Source: OECD/JRC (2008), Handbook on
    Constructing Composite Indicators; Becker et al. (2022), COINr, Journal of
    Open Source Software 7.

    Examples
    --------
    >>> found, told = treat("x", np.array([1.0, 2, 3, 2, 1, 2, 3, 90]), Treat(winsorise=1))
    >>> found.tolist(), told.high
    ([1.0, 2.0, 3.0, 2.0, 1.0, 2.0, 3.0, 3.0], 1)
    """
    before = shape_of(values)
    if not before.is_outlying(limits):
        return values, None
    found, low, high = _winsorise(values, limits)
    after = shape_of(found)
    if after.is_outlying(limits) and limits.log:
        found = _in_logs(values, before.skewness)
        after = shape_of(found)
        told = Treatment(indicator, "log", 0, 0, before, after, not after.is_outlying(limits))
        return found, told
    is_enough = not after.is_outlying(limits)
    return found, Treatment(indicator, "winsorise", low, high, before, after, is_enough)


def _winsorise(values: Floats, limits: Treat) -> tuple[Floats, int, int]:
    found = values.copy()
    shape = shape_of(found)
    low = high = 0
    while shape.is_outlying(limits) and low + high < limits.winsorise:
        if shape.skewness >= 0:
            outer = np.nanmax(found)
            found[found == outer] = np.nanmax(found[found < outer])
            high = int((values > np.nanmax(found)).sum())
        else:
            outer = np.nanmin(found)
            found[found == outer] = np.nanmin(found[found > outer])
            low = int((values < np.nanmin(found)).sum())
        shape = shape_of(found)
    return found, low, high


def log_ends(values: Floats) -> tuple[float, float, float]:
    """Lowest and highest value, and how far from the end the logarithm starts, of what is there.

    In the unit of measure of the values, which must not all be missing.

    Examples
    --------
    >>> log_ends(np.array([0.0, 10.0, np.nan]))
    (0.0, 10.0, 0.1)
    """
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    return low, high, _LOG_START * (high - low)


def _in_logs(values: Floats, skewness: float) -> Floats:
    low, high, start = log_ends(values)
    if skewness >= 0:
        return np.log(values - low + start)
    return -np.log(high - values + start)
