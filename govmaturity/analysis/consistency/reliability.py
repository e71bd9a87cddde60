"""Statistics of items that are meant to measure one thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

Floats = NDArray[np.float64]
_SINGULAR: Final = 1e-10


@dataclass(frozen=True)
class Bartlett:
    """Bartlett's test that nothing correlates; NaN where the correlations cannot be inverted."""

    statistic: float
    degrees: int
    p_value: float


def full_rows(parts: Floats) -> Floats:
    """The units that have all parts, shape (parts, full units)."""
    return parts[:, ~np.isnan(parts).any(axis=0)]


def cronbach_alpha(parts: Floats) -> float:
    """Cronbach's alpha: how far parts agree that are added up.

    Parameters
    ----------
    parts : ndarray of float, shape (parts, units)
        All turned the same way. Units that lack a part are left out.

    Returns
    -------
    float
        At most 1; 0.7 is acceptable. Negative where parts contradict one
        another. NaN with fewer than two parts or units, or where sums do not vary.

    Notes
    -----
    k / (k - 1) x (1 - sum of variances / variance of the sum). Source:
    Cronbach (1951), Psychometrika 16.

    Examples
    --------
    >>> cronbach_alpha(np.array([[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]]))
    1.0
    """
    full = full_rows(parts)
    size, units = full.shape
    if size < 2 or units < 2:
        return float("nan")
    whole = float(full.sum(axis=0).var(ddof=1))
    if whole == 0:
        return float("nan")
    return size / (size - 1) * (1 - float(full.var(axis=1, ddof=1).sum()) / whole)


def bartlett(correlation: Floats, units: int) -> Bartlett:
    """Bartlett's test of sphericity.

    Parameters
    ----------
    correlation : ndarray of float, shape (parts, parts)
    units : int

    Returns
    -------
    Bartlett
        A small p-value says that something correlates, so that components
        make sense; it says nothing of how many units are enough.

    Notes
    -----
    -[(n - 1) - (2p + 5) / 6] ln|R| on p(p - 1)/2 degrees of freedom. Source:
    Bartlett (1951), Biometrika 38.

    Examples
    --------
    >>> bartlett(np.eye(3), 20).p_value
    1.0
    """
    parts = len(correlation)
    degrees = parts * (parts - 1) // 2
    if parts < 2 or np.linalg.eigvalsh(correlation)[0] < _SINGULAR:
        return Bartlett(float("nan"), degrees, float("nan"))
    _, logarithm = np.linalg.slogdet(correlation)
    # Rounding can leave a little less than nothing.
    statistic = max(-((units - 1) - (2 * parts + 5) / 6) * float(logarithm), 0.0)
    return Bartlett(statistic, degrees, float(chdtrc(degrees, statistic)))


def pairwise_correlation(parts: Floats, others: Floats) -> Floats:
    """Pearson correlations of parts with others, each over the units that have both.

    Parameters
    ----------
    parts : ndarray of float, shape (parts, units)
    others : ndarray of float, shape (others, units)

    Returns
    -------
    ndarray of float, shape (parts, others)
        NaN with fewer than three common units, or where one does not vary.

    Examples
    --------
    >>> pairwise_correlation(np.array([[1.0, 2, 3]]), np.array([[6.0, 4, 2], [5.0, 5, 5]]))
    array([[-1., nan]])
    """
    found = np.full((len(parts), len(others)), np.nan)
    for i, one in enumerate(parts):
        for j, other in enumerate(others):
            both = ~np.isnan(one) & ~np.isnan(other)
            x, y = one[both], other[both]
            if len(x) > 2 and np.ptp(x) > 0 and np.ptp(y) > 0:
                found[i, j] = float(np.corrcoef(x, y)[0, 1])
    return found
