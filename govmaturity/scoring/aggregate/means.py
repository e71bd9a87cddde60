"""Weighted means, from the one that makes up for a weak part to those that do not."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def arithmetic(parts: Floats, weights: Floats) -> Floats:
    """Weighted mean of the parts that are there: fully compensatory.

    Parameters
    ----------
    parts : ndarray of float, shape (parts, rows)
        Scores on one scale; NaN where there is none.
    weights : ndarray of float, shape (parts,)
        Above zero; they need not sum to 1.

    Returns
    -------
    ndarray of float, shape (rows,)
        NaN where no part is there.

    Notes
    -----
    Source: OECD/JRC (2008), Handbook on Constructing Composite Indicators, 6.10.

    Examples
    --------
    >>> arithmetic(np.array([[80.0, 80.0], [40.0, np.nan]]), np.array([0.25, 0.75]))
    array([50., 80.])
    """
    total, weight = _weighted_sum(parts, weights)
    # Dividing by exactly 1 would only cost time, and weights of a full row sum to 1.
    result = np.full(parts.shape[1], np.nan)
    return np.divide(total, weight, out=result, where=weight > 0)


def geometric(parts: Floats, weights: Floats, floor: float) -> Floats:
    """Weighted geometric mean of the parts that are there: a weak part weighs more.

    Parameters
    ----------
    parts : ndarray of float, shape (parts, rows)
        Scores of zero or more on one scale; NaN where there is none.
    weights : ndarray of float, shape (parts,)
        Above zero; they need not sum to 1.
    floor : float
        The lowest score that enters the product, on the same scale. With 0, a
        part at 0 makes the whole 0.

    Returns
    -------
    ndarray of float, shape (rows,)
        NaN where no part is there.

    Raises
    ------
    ValueError
        If the floor or a score is negative.

    Notes
    -----
    Source: UNDP (2010), Human Development Report, technical note 1.

    Examples
    --------
    >>> geometric(np.array([[80.0, 80.0], [20.0, 0.0]]), np.array([0.5, 0.5]), floor=0)
    array([40.,  0.])
    """
    if floor < 0 or (parts < 0).any():
        raise ValueError(f"a geometric mean needs scores of zero or more, got floor {floor}")
    with np.errstate(divide="ignore"):
        logs = np.log(np.maximum(parts, floor))
    return np.exp(arithmetic(logs, weights))


def harmonic(parts: Floats, weights: Floats, floor: float) -> Floats:
    """Weighted harmonic mean of the parts that are there: a weak part weighs more still.

    Parameters
    ----------
    parts : ndarray of float, shape (parts, rows)
        Scores of zero or more on one scale; NaN where there is none.
    weights : ndarray of float, shape (parts,)
        Above zero; they need not sum to 1.
    floor : float
        The lowest score that enters, on the same scale. With 0, a part at 0
        makes the whole 0.

    Returns
    -------
    ndarray of float, shape (rows,)
        NaN where no part is there.

    Raises
    ------
    ValueError
        If the floor or a score is negative.

    Examples
    --------
    >>> harmonic(np.array([[60.0, 60.0], [30.0, 0.0]]), np.array([0.5, 0.5]), floor=0)
    array([40.,  0.])
    """
    return generalised(parts, weights, -1.0, floor)


def generalised(parts: Floats, weights: Floats, power: float, floor: float) -> Floats:
    """Weighted mean of any order: (sum of w x part^power)^(1/power).

    Order 1 is the arithmetic mean, -1 the harmonic one, 2 the quadratic one;
    towards minus infinity it becomes the weakest part.

    Parameters
    ----------
    parts : ndarray of float, shape (parts, rows)
        Scores of zero or more on one scale; NaN where there is none.
    weights : ndarray of float, shape (parts,)
        Above zero; they need not sum to 1.
    power : float
        Not 0: that is the geometric mean.
    floor : float
        The lowest score that enters, on the same scale.

    Returns
    -------
    ndarray of float, shape (rows,)
        NaN where no part is there.

    Raises
    ------
    ValueError
        If the power is 0, or the floor or a score is negative.

    Notes
    -----
    Source: Bullen (2003), Handbook of Means and Their Inequalities.

    Examples
    --------
    >>> generalised(np.array([[1.0], [7.0]]), np.array([0.5, 0.5]), power=2, floor=0)
    array([5.])
    """
    if power == 0:
        raise ValueError("a mean of power 0 is the geometric one: call geometric")
    if floor < 0 or (parts < 0).any():
        raise ValueError(f"a generalised mean needs scores of zero or more, got floor {floor}")
    with np.errstate(divide="ignore"):
        return arithmetic(np.maximum(parts, floor) ** power, weights) ** (1 / power)


def _weighted_sum(parts: Floats, weights: Floats) -> tuple[Floats, Floats]:
    # Part by part, so that a unit's score does not depend on how many units
    # stand beside it (a matrix product may add in another order).
    total = np.zeros(parts.shape[1])
    weight = np.zeros(parts.shape[1])
    for part, share in zip(parts, weights, strict=True):
        is_there = ~np.isnan(part)
        if is_there.all():
            total += share * part
            weight += share
        else:
            total += np.where(is_there, share * part, 0.0)
            weight += share * is_there
    return total, weight
