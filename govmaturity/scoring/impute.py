"""Fill in missing values: only where a framework asks for it, and every cell is marked."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
Statistic = Literal["mean", "median"]
# A plane through as many points as it has parameters fits anything.
_SPARE: Final = 2


def by_group(values: Floats, group: Codes, statistic: Statistic) -> Floats:
    """Mean or median of the values of the same group, where a value is missing.

    Parameters
    ----------
    values : ndarray of float, shape (rows,)
        NaN where there is none.
    group : ndarray of int, shape (rows,)
        Rows with the same number belong together; below 0 to no group.
    statistic : {"mean", "median"}

    Returns
    -------
    ndarray of float, shape (rows,)
        NaN where the whole group has no value, or there is no group.

    Examples
    --------
    >>> by_group(np.array([1.0, 3.0, np.nan, np.nan]), np.array([0, 0, 0, 1]), "mean")
    array([ 1.,  3.,  2., nan])
    """
    known = pd.Series(values).groupby(np.where(group < 0, np.nan, group))
    return np.where(np.isnan(values), known.transform(statistic).to_numpy(np.float64), values)


def last_value(values: Floats, unit: Codes, time: Floats) -> Floats:
    """The unit's latest earlier value, where a value is missing.

    Parameters
    ----------
    values : ndarray of float, shape (rows,)
        NaN where there is none.
    unit : ndarray of int, shape (rows,)
    time : ndarray of float, shape (rows,)
        When, in years.

    Returns
    -------
    ndarray of float, shape (rows,)
        NaN where the unit has no earlier value.

    Examples
    --------
    >>> last_value(np.array([5.0, np.nan]), np.array([0, 0]), np.array([2023.0, 2024.0]))
    array([5., 5.])
    """
    order = np.lexsort((time, unit))
    found = np.empty(values.shape)
    found[order] = pd.Series(values[order]).groupby(unit[order]).ffill().to_numpy(np.float64)
    return found


def linear(values: Floats, unit: Codes, time: Floats) -> Floats:
    """The value on the line between the unit's values before and after, where one is missing.

    Nothing is carried beyond the first and the last value.

    Parameters
    ----------
    values : ndarray of float, shape (rows,)
        NaN where there is none.
    unit : ndarray of int, shape (rows,)
    time : ndarray of float, shape (rows,)
        When, in years.

    Returns
    -------
    ndarray of float, shape (rows,)
        NaN where the unit has no value on one of the sides.

    Examples
    --------
    >>> linear(np.array([1.0, np.nan, 4.0]), np.zeros(3, int), np.array([2021.0, 2022.0, 2024.0]))
    array([1., 2., 4.])
    """
    found = values.copy()
    gaps = np.isnan(values)
    for one in np.unique(unit[gaps]):
        rows = np.flatnonzero(unit == one)
        known = rows[~gaps[rows]]
        lacking = rows[gaps[rows]]
        if len(known) < 2:
            continue
        known = known[np.argsort(time[known])]
        found[lacking] = np.interp(
            time[lacking], time[known], values[known], left=np.nan, right=np.nan
        )
    return found


def regression(values: Floats, others: Floats) -> Floats:
    """What the other indicators let expect by least squares, where a value is missing.

    Parameters
    ----------
    values : ndarray of float, shape (rows,)
        NaN where there is none.
    others : ndarray of float, shape (indicators, rows)
        What to expect it from.

    Returns
    -------
    ndarray of float, shape (rows,)
        NaN where one of the others is missing too, where there are none, or
        where fewer rows are full than the line has parameters and two to spare.

    Examples
    --------
    >>> others = np.array([[1.0, 2.0, 3.0, 4.0, 5.0]])
    >>> regression(np.array([2.0, 4.0, 6.0, 8.0, np.nan]), others).round(9)
    array([ 2.,  4.,  6.,  8., 10.])
    """
    found = values.copy()
    has_others = ~np.isnan(others).any(axis=0)
    known = has_others & ~np.isnan(values)
    lacking = has_others & np.isnan(values)
    if not len(others) or known.sum() < len(others) + 1 + _SPARE or not lacking.any():
        return found
    design = np.vstack([np.ones(others.shape[1]), others]).T
    line = np.linalg.lstsq(design[known], values[known], rcond=None)[0]
    found[lacking] = design[lacking] @ line
    return found
