"""Several sets of weights as one: in stated shares, or by game theory."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_SINGULAR: Final = 1e-12


def linear(sets: Floats, shares: Floats | None = None) -> Floats:
    """Weighted mean of sets of weights.

    Parameters
    ----------
    sets : ndarray of float, shape (sets, parts)
        Each sums to 1.
    shares : ndarray of float, shape (sets,), optional
        Zero or more, not all zero; equal unless given.

    Returns
    -------
    ndarray of float, shape (parts,)

    Raises
    ------
    ValueError
        If a share is negative, or all are zero.

    Examples
    --------
    >>> linear(np.array([[0.2, 0.8], [0.6, 0.4]]))
    array([0.4, 0.6])
    """
    given = np.ones(len(sets)) if shares is None else shares
    if (given < 0).any() or given.sum() <= 0:
        raise ValueError(f"shares need to be zero or more and not all zero, got {given}")
    return given / given.sum() @ sets


def game_theory(sets: Floats) -> tuple[Floats, Floats]:
    """Game-theoretic combination (博弈论组合赋权): as near as can be to every set at once.

    Parameters
    ----------
    sets : ndarray of float, shape (sets, parts)
        Each sums to 1.

    Returns
    -------
    weights : ndarray of float, shape (parts,)
    shares : ndarray of float, shape (sets,)
        What each set contributes. A negative one is set to 0 and the others
        scaled up: then the result leans on the other sets alone.

    Notes
    -----
    The shares a solve sum_k a_k (w_i . w_k) = w_i . w_i for each i: one
    condition for each set, as the papers write it, though they speak of one
    common minimum. Sets that say the same leave the system without a single
    answer; they share equally.

    Examples
    --------
    >>> weights, shares = game_theory(np.array([[0.5, 0.5], [0.5, 0.5]]))
    >>> shares
    array([0.5, 0.5])
    """
    products = sets @ sets.T
    if np.linalg.eigvalsh(products)[0] < _SINGULAR * products.trace():
        shares = np.ones(len(sets))
    else:
        shares = np.maximum(np.linalg.solve(products, np.diag(products)), 0.0)
    shares = shares / shares.sum()
    weights = shares @ sets
    return weights / weights.sum(), shares
