"""Weights from how much scores differ between units: entropy, CRITIC, variation.

All functions take scores without gaps, shape (parts, units), and return
weights that sum to 1. They reward dispersion, not importance: a vital part in
which all units are alike gets nearly nothing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import xlogy

Floats = NDArray[np.float64]


def entropy(parts: Floats, shift: float = 0.0) -> Floats:
    """Entropy weights (熵权法): the less evenly a part is spread over units, the more it weighs.

    Parameters
    ----------
    parts : ndarray of float, shape (parts, units)
        Zero or more, more is better.
    shift : float
        Added to every score first. Many papers add 0.0001 or 0.01 to avoid
        the logarithm of zero, which changes the weights; 0 x ln 0 is 0 here.

    Returns
    -------
    ndarray of float, shape (parts,)
        Equal where all parts are spread evenly; 0 for a part that is zero everywhere.

    Raises
    ------
    ValueError
        If a score is missing or negative, or there are fewer than two units.

    Notes
    -----
    With P = score / sum over units, e = -sum(P ln P) / ln n and weights
    (1 - e) / sum(1 - e). Source: Shannon (1948); Zeleny (1982), Multiple
    Criteria Decision Making.

    Examples
    --------
    >>> entropy(np.array([[1.0, 1.0], [0.0, 2.0]]))
    array([0., 1.])
    """
    _refuse_gaps(parts)
    if (parts < 0).any():
        raise ValueError(f"entropy needs scores of zero or more, got {parts.min():g}")
    shifted = parts + shift
    total = shifted.sum(axis=1, keepdims=True)
    shares = np.divide(shifted, total, out=np.zeros(parts.shape), where=total > 0)
    evenness = -xlogy(shares, shares).sum(axis=1) / np.log(parts.shape[1])
    # A part that is zero everywhere says nothing, like one that is spread evenly.
    spread = np.where(total[:, 0] > 0, np.maximum(1.0 - evenness, 0.0), 0.0)
    # What rounding leaves of an even spread is none.
    spread[spread < 1e-12] = 0.0
    return _shared(spread)


def critic(parts: Floats) -> Floats:
    """CRITIC weights: spread of a part times how little it says what the others say.

    Parameters
    ----------
    parts : ndarray of float, shape (parts, units)
        On one scale, more is better.

    Returns
    -------
    ndarray of float, shape (parts,)
        0 for a part in which all units are equal; equal weights where all are
        so. Parts that vary but all say the same share equally.

    Raises
    ------
    ValueError
        If a score is missing, or there are fewer than two units.

    Notes
    -----
    Standard deviation x sum of (1 - correlation), over its sum. Source:
    Diakoulaki, Mavrotas and Papayannakis (1995), Computers and Operations
    Research 22.

    Examples
    --------
    >>> critic(np.array([[0.0, 1.0], [1.0, 0.0], [5.0, 5.0]]))
    array([0.5, 0.5, 0. ])
    """
    _refuse_gaps(parts)
    varies = parts.max(axis=1) > parts.min(axis=1)
    content = np.zeros(len(parts))
    if varies.any():
        kept = parts[varies]
        together = np.atleast_2d(np.corrcoef(kept))
        conflict = np.maximum((1.0 - together).sum(axis=1), 0.0)
        content[varies] = kept.std(axis=1) * conflict
    content[content < 1e-12] = 0.0
    return _shared(content if content.any() else varies.astype(np.float64))


def coefficient_of_variation(parts: Floats) -> Floats:
    """Weights in proportion to standard deviation / mean (变异系数法).

    Parameters
    ----------
    parts : ndarray of float, shape (parts, units)
        Zero or more, more is better.

    Returns
    -------
    ndarray of float, shape (parts,)
        0 for a part that is zero everywhere; equal where nothing varies.

    Raises
    ------
    ValueError
        If a score is missing or negative, or there are fewer than two units.

    Examples
    --------
    >>> coefficient_of_variation(np.array([[1.0, 3.0], [10.0, 10.0]]))
    array([1., 0.])
    """
    _refuse_gaps(parts)
    if (parts < 0).any():
        raise ValueError(f"variation needs scores of zero or more, got {parts.min():g}")
    mean = parts.mean(axis=1)
    found = np.zeros(len(parts))
    np.divide(parts.std(axis=1, ddof=1), mean, out=found, where=mean > 0)
    return _shared(found)


def _refuse_gaps(parts: Floats) -> None:
    if np.isnan(parts).any() or parts.shape[1] < 2:
        raise ValueError(f"weights need two units or more without gaps, got {parts.shape}")


def _shared(amounts: Floats) -> Floats:
    """Amounts as shares of their sum; equal where there is none."""
    total = float(amounts.sum())
    return amounts / total if total > 0 else np.full(len(amounts), 1 / len(amounts))
