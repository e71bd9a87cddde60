"""Place raw values among the values of the units.

Scores depend on who is in the sample: views for comparing, not for rating.
All functions leave NaN as NaN, take a direction as `higher_is_better`, and
look at the values they are given unless `reference` names others.

Source: OECD/JRC (2008), Handbook on Constructing Composite Indicators, part 5.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from govmaturity.scoring.normalise.fixed import to_goalposts

Floats = NDArray[np.float64]


def min_max(
    raw: ArrayLike, higher_is_better: bool, *, reference: ArrayLike | None = None
) -> Floats:
    """Place raw values between the lowest and the highest of them.

    Scores depend on which units are in the sample: a view for comparing, not
    for rating. Where all values are equal none is better: all get 0.5.

    Parameters
    ----------
    raw : array_like of float, shape (rows,)
        In the indicator's unit of measure.
    higher_is_better : bool
    reference : array_like of float, optional
        The values to look at instead; what lies beyond them is held at the ends.

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
    known = _known(values, reference)
    if not len(known):
        return np.full(values.shape, np.nan)
    low, high = float(known.min()), float(known.max())
    if low == high:
        return np.where(np.isnan(values), np.nan, 0.5)
    worst, best = (low, high) if higher_is_better else (high, low)
    return to_goalposts(values, worst, best)


def z_score(
    raw: ArrayLike,
    higher_is_better: bool,
    *,
    population: bool = False,
    reference: ArrayLike | None = None,
) -> Floats:
    """Distance from the mean in standard deviations; not bounded.

    Parameters
    ----------
    raw : array_like of float, shape (rows,)
        In the indicator's unit of measure.
    higher_is_better : bool
    population : bool
        Whether the values are the whole population; then the standard
        deviation divides by n instead of n - 1.
    reference : array_like of float, optional
        The values whose mean and deviation count instead.

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
    known = _known(values, reference)
    if not len(known):
        return np.full(values.shape, np.nan)
    if known.min() == known.max():
        return np.where(np.isnan(values), np.nan, 0.0)
    distance = (values - known.mean()) / known.std(ddof=0 if population else 1)
    return distance if higher_is_better else -distance


def rank(raw: ArrayLike, higher_is_better: bool, *, reference: ArrayLike | None = None) -> Floats:
    """One more than the number of values that are worse: the worst has 1, ties share the lower.

    Parameters
    ----------
    raw : array_like of float, shape (rows,)
    higher_is_better : bool
    reference : array_like of float, optional

    Returns
    -------
    ndarray of float, shape (rows,)
        Whole numbers from 1; not on any scale.

    Examples
    --------
    >>> rank([10, 30, 30, 20], higher_is_better=True)
    array([1., 3., 3., 2.])
    """
    values, known = _upwards(raw, higher_is_better, reference)
    found = 1.0 + np.searchsorted(np.sort(known), values, side="left")
    return np.where(np.isnan(values) | (len(known) == 0), np.nan, found)


def percent_rank(
    raw: ArrayLike, higher_is_better: bool, *, reference: ArrayLike | None = None
) -> Floats:
    """Share of the other values that are worse, those that are equal counted half.

    Between two values of the reference the share is interpolated, beyond them
    held at 0 and 1. A single value has 0.5.

    Parameters
    ----------
    raw : array_like of float, shape (rows,)
    higher_is_better : bool
    reference : array_like of float, optional

    Returns
    -------
    ndarray of float, shape (rows,)
        In [0, 1].

    Examples
    --------
    >>> percent_rank([10, 30, 30, 20, 40], higher_is_better=True)
    array([0.   , 0.625, 0.625, 0.25 , 1.   ])
    """
    values, known = _upwards(raw, higher_is_better, reference)
    if not len(known):
        return np.full(values.shape, np.nan)
    if len(known) == 1:
        return np.where(np.isnan(values), np.nan, 0.5)
    levels, counts = np.unique(known, return_counts=True)
    beaten = np.cumsum(counts) - counts + (counts - 1) / 2
    found = np.interp(values, levels, beaten / (len(known) - 1))
    return np.where(np.isnan(values), np.nan, found)


def borda(raw: ArrayLike, higher_is_better: bool, *, reference: ArrayLike | None = None) -> Floats:
    """Number of the other values that are worse, those that are equal counted half.

    Parameters
    ----------
    raw : array_like of float, shape (rows,)
    higher_is_better : bool
    reference : array_like of float, optional

    Returns
    -------
    ndarray of float, shape (rows,)
        From 0 to the number of values less one; not on any scale.

    Examples
    --------
    >>> borda([10, 30, 30, 20], higher_is_better=True)
    array([0. , 2.5, 2.5, 1. ])
    """
    _, known = _upwards(raw, higher_is_better, reference)
    return max(len(known) - 1, 0) * percent_rank(raw, higher_is_better, reference=reference)


def share_of_maximum(
    raw: ArrayLike, higher_is_better: bool, *, reference: ArrayLike | None = None
) -> Floats:
    """Value over the best value; where less is better, the best value over the value.

    Parameters
    ----------
    raw : array_like of float, shape (rows,)
        Zero or more; above zero where less is better.
    higher_is_better : bool
    reference : array_like of float, optional
        Better values than the best of these are held at 1.

    Returns
    -------
    ndarray of float, shape (rows,)
        In [0, 1].

    Raises
    ------
    ValueError
        If a value is negative, or zero where less is better, or all are zero.

    Examples
    --------
    >>> share_of_maximum([1, 5, 10], higher_is_better=True)
    array([0.1, 0.5, 1. ])
    >>> share_of_maximum([1, 5, 10], higher_is_better=False)
    array([1. , 0.2, 0.1])
    """
    values = np.asarray(raw, dtype=np.float64)
    known = _known(values, reference)
    if not len(known):
        return np.full(values.shape, np.nan)
    lowest = min(known.min(), np.nanmin(values, initial=np.inf))
    if lowest < 0 or (lowest == 0 and not higher_is_better) or known.max() == 0:
        raise ValueError(f"a share of the best value needs values above zero, got {lowest}")
    shares = values / known.max() if higher_is_better else known.min() / values
    return np.minimum(shares, 1.0)


def distance_to_target(
    raw: ArrayLike, target: float, higher_is_better: bool, *, reference: ArrayLike | None = None
) -> Floats:
    """Place raw values between the worst of them and a target, which gives 1.

    Where even the worst value meets the target there is no way left to go:
    who meets it has 1, who does not (beyond the reference) 0.

    Parameters
    ----------
    raw : array_like of float, shape (rows,)
    target : float
        In the same unit of measure.
    higher_is_better : bool
    reference : array_like of float, optional

    Returns
    -------
    ndarray of float, shape (rows,)
        In [0, 1].

    Examples
    --------
    >>> distance_to_target([50, 65, 90], target=80, higher_is_better=True)
    array([0. , 0.5, 1. ])
    """
    values, known = _upwards(raw, higher_is_better, reference)
    if not len(known):
        return np.full(values.shape, np.nan)
    aim = target if higher_is_better else -target
    worst = float(known.min())
    if worst >= aim:
        return np.where(np.isnan(values), np.nan, (values >= aim).astype(np.float64))
    return to_goalposts(values, worst, aim)


def categories(
    raw: ArrayLike,
    classes: int,
    higher_is_better: bool,
    *,
    reference: ArrayLike | None = None,
) -> Floats:
    """Cut values into classes by their quantiles, in even steps from 0 to 1.

    Parameters
    ----------
    raw : array_like of float, shape (rows,)
    classes : int
        Two or more. Quantiles are linear (type 7); who stands on a cut is in
        the better class.
    higher_is_better : bool
    reference : array_like of float, optional

    Returns
    -------
    ndarray of float, shape (rows,)
        In [0, 1].

    Raises
    ------
    ValueError
        If there are fewer than two classes.

    Examples
    --------
    >>> categories([1, 2, 3, 4, 5, 6], 3, higher_is_better=True)
    array([0. , 0. , 0.5, 0.5, 1. , 1. ])
    """
    if classes < 2:
        raise ValueError(f"classes need to be two or more, got {classes}")
    values, known = _upwards(raw, higher_is_better, reference)
    if not len(known):
        return np.full(values.shape, np.nan)
    cuts = np.quantile(known, np.arange(1, classes) / classes)
    found = np.searchsorted(cuts, values, side="right") / (classes - 1)
    return np.where(np.isnan(values), np.nan, found)


def _known(values: Floats, reference: ArrayLike | None) -> Floats:
    known = values if reference is None else np.asarray(reference, dtype=np.float64)
    return known[~np.isnan(known)]


def _upwards(
    raw: ArrayLike, higher_is_better: bool, reference: ArrayLike | None
) -> tuple[Floats, Floats]:
    """The values and those to look at, turned so that more is better."""
    values = np.asarray(raw, dtype=np.float64)
    known = _known(values, reference)
    return (values, known) if higher_is_better else (-values, -known)
