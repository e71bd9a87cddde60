"""Copeland: every unit against every other, wins less losses."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# Rows compared at a time: a block of comparisons then stays in the cache.
_BLOCK: Final = 32
# Weight won and weight lost that differ by no more than rounding are a draw.
_NOISE: Final = 1e-12


def copeland(parts: Floats, weights: Floats) -> Floats:
    """Wins less losses of each unit, as a share of the units it was compared with.

    A unit beats another if the weight of the parts in which it is ahead is
    greater than that of those in which it is behind; by how much does not
    count. Only parts that both have are compared, and a pair without such a
    part counts for neither.

    Parameters
    ----------
    parts : ndarray of float, shape (parts, rows)
        Scores, more is better; NaN where there is none.
    weights : ndarray of float, shape (parts,)
        Above zero; they need not sum to 1.

    Returns
    -------
    ndarray of float, shape (rows,)
        In [-1, 1]; 0 for a unit that has parts but nobody to be compared
        with; NaN where no part is there.

    Notes
    -----
    Source: OECD/JRC (2008), Handbook on Constructing Composite Indicators,
    6.11 (non-compensatory multi-criteria approach). Takes time with the
    square of the units.

    Examples
    --------
    >>> copeland(np.array([[3.0, 2.0, 1.0], [9.0, 9.0, 10.0]]), np.array([0.6, 0.4]))
    array([ 1.,  0., -1.])
    """
    rows = parts.shape[1]
    is_there = ~np.isnan(parts)
    balance = np.zeros(rows)
    compared = np.zeros(rows)
    noise = _NOISE * float(weights.sum())
    is_full = bool(is_there.all())
    for start in range(0, rows, _BLOCK):
        block = slice(start, min(start + _BLOCK, rows))
        # Each pair once: the rows of the block against themselves and all after them.
        won = _weight_won(parts[:, block], parts[:, start:], weights)
        signs = (won > noise).astype(np.int8) - (won < -noise).astype(np.int8)
        met = np.ones(won.shape, dtype=bool)
        if not is_full:
            met = is_there[:, block].T.astype(np.float32) @ is_there[:, start:] > 0
        size = won.shape[0]
        balance[block] += signs.sum(axis=1)
        compared[block] += met.sum(axis=1)
        balance[start + size :] -= signs[:, size:].sum(axis=0)
        compared[start + size :] += met[:, size:].sum(axis=0)
    compared -= is_there.any(axis=0)  # not with itself
    found = np.zeros(rows)
    np.divide(balance, compared, out=found, where=compared > 0)
    return np.where(is_there.any(axis=0), found, np.nan)


def _weight_won(ours: Floats, theirs: Floats, weights: Floats) -> Floats:
    """Weight of the parts in which ours is ahead less that in which it is behind.

    What is missing is neither ahead nor behind: every comparison with NaN is false.
    """
    won = np.zeros((ours.shape[1], theirs.shape[1]))
    for mine, other, weight in zip(ours, theirs, weights, strict=True):
        ahead = (mine[:, None] > other).view(np.int8)
        ahead -= (mine[:, None] < other).view(np.int8)
        won += weight * ahead
    return won
