"""Combine the scores of parts into the score of the whole.

Where a part has no score its weight is shared among the others in proportion.
"""

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
