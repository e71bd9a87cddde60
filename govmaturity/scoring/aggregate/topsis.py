"""TOPSIS: how much closer to the ideal than to its opposite."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def topsis_of_sample(parts: Floats, weights: Floats) -> Floats:
    """Closeness to the best of the sample, after Hwang and Yoon (1981).

    Each part is divided by its Euclidean norm over the units and multiplied
    by its weight; ideal and opposite are the best and worst of what results.
    Who else is there changes the result, even the order of two units.

    Parameters
    ----------
    parts : ndarray of float, shape (parts, rows)
        Scores of zero or more, more is better; NaN where there is none: then
        the distances are those of the other parts.
    weights : ndarray of float, shape (parts,)
        Above zero; they need not sum to 1.

    Returns
    -------
    ndarray of float, shape (rows,)
        In [0, 1]; 0.5 where ideal and opposite coincide; NaN where no part is there.

    Raises
    ------
    ValueError
        If a score is negative.

    Examples
    --------
    >>> topsis_of_sample(np.array([[1.0, 2.0, 3.0]]), np.array([1.0]))
    array([0. , 0.5, 1. ])
    """
    if (parts < 0).any():
        raise ValueError("TOPSIS of the sample needs scores of zero or more")
    if not parts.shape[1]:
        return np.empty(0)
    norm = np.sqrt(np.nansum(parts**2, axis=1, keepdims=True))
    placed = np.divide(parts, norm, out=np.where(np.isnan(parts), np.nan, 0.0), where=norm > 0)
    placed *= (weights / weights.sum())[:, None]
    best = np.fmax.reduce(placed, axis=1, keepdims=True)
    worst = np.fmin.reduce(placed, axis=1, keepdims=True)
    return closeness(placed, np.ones(len(parts)), worst, best)


def topsis_of_scale(parts: Floats, weights: Floats, scale: tuple[float, float]) -> Floats:
    """Closeness to the top of the scale, with the weights under the root.

    The ideals are fixed, so that no other unit changes the result.

    Parameters
    ----------
    parts : ndarray of float, shape (parts, rows)
        Scores on `scale`; NaN where there is none: then the distances are
        those of the other parts.
    weights : ndarray of float, shape (parts,)
        Above zero; they need not sum to 1.
    scale : pair of float
        The opposite and the ideal of every part.

    Returns
    -------
    ndarray of float, shape (rows,)
        In [0, 1]; NaN where no part is there.

    Examples
    --------
    >>> topsis_of_scale(np.array([[100.0, 0.0], [0.0, 0.0]]), np.ones(2), (0, 100))
    array([0.5, 0. ])
    """
    ends = [np.full((len(parts), 1), end, dtype=np.float64) for end in scale]
    return closeness(parts, weights, *ends)


def closeness(placed: Floats, weights: Floats, worst: Floats, best: Floats) -> Floats:
    """Distance from the worst over the distances from worst and best together.

    Parameters
    ----------
    placed : ndarray of float, shape (parts, rows)
        NaN where there is none: the distances are those of the other parts.
    weights : ndarray of float, shape (parts,)
        Of the squares under the root.
    worst, best : ndarray of float, shape (parts, 1)

    Returns
    -------
    ndarray of float, shape (rows,)
        In [0, 1]; 0.5 where worst and best coincide; NaN where no part is there.

    Examples
    --------
    >>> closeness(np.array([[1.0]]), np.ones(1), np.array([[0.0]]), np.array([[4.0]]))
    array([0.25])
    """
    from_best = np.zeros(placed.shape[1])
    from_worst = np.zeros(placed.shape[1])
    for part, weight, low, high in zip(placed, weights, worst, best, strict=True):
        is_there = ~np.isnan(part)
        from_best += np.where(is_there, weight * (part - high) ** 2, 0.0)
        from_worst += np.where(is_there, weight * (part - low) ** 2, 0.0)
    near, far = np.sqrt(from_worst), np.sqrt(from_best)
    found = np.full(placed.shape[1], 0.5)
    np.divide(near, near + far, out=found, where=near + far > 0)
    return np.where(np.isnan(placed).all(axis=0), np.nan, found)
