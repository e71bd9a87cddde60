"""The middle part, or the weakest one, for the whole."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# Halves of the weight that differ by no more than rounding are equal.
_NOISE = 1e-12


def median(parts: Floats, weights: Floats) -> Floats:
    """Weighted median of the parts that are there: a single extreme part does not move it.

    Where the weight is cut exactly in half, the mean of the two parts beside the cut.

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

    Examples
    --------
    >>> median(np.array([[10.0, 10.0], [20.0, np.nan], [90.0, 30.0]]), np.array([1.0, 1.0, 1.0]))
    array([20., 20.])
    """
    order = np.argsort(parts, axis=0)  # NaN comes last
    ranked = np.take_along_axis(parts, order, axis=0)
    shares = np.where(np.isnan(ranked), 0.0, weights[order])
    total = shares.sum(axis=0)
    below = np.cumsum(shares, axis=0)
    half = total / 2
    noise = _NOISE * total
    lower = np.argmax(below >= half - noise, axis=0)
    upper = np.argmax(below > half + noise, axis=0)
    columns = np.arange(parts.shape[1])
    middle = (ranked[lower, columns] + ranked[upper, columns]) / 2
    return np.where(total > 0, middle, np.nan)


def minimum(parts: Floats) -> Floats:
    """Weakest of the parts that are there.

    Parameters
    ----------
    parts : ndarray of float, shape (parts, rows)
        Scores on one scale; NaN where there is none.

    Returns
    -------
    ndarray of float, shape (rows,)
        NaN where no part is there.

    Examples
    --------
    >>> minimum(np.array([[10.0, np.nan], [20.0, np.nan]]))
    array([10., nan])
    """
    return np.fmin.reduce(parts, axis=0, initial=np.nan)
