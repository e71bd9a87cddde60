"""The Mazziotta-Pareto index: the mean less a penalty for parts that differ."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from govmaturity.scoring.aggregate.means import arithmetic

Floats = NDArray[np.float64]
# The adjusted index is defined for parts between 70 and 130.
ADJUSTED: Final = (70.0, 130.0)


def mazziotta_pareto(parts: Floats, weights: Floats) -> Floats:
    """Weighted mean less variance over mean: M - S x cv, with cv = S / M.

    Parameters
    ----------
    parts : ndarray of float, shape (parts, rows)
        Scores of zero or more on one scale; NaN where there is none.
    weights : ndarray of float, shape (parts,)
        Above zero; they need not sum to 1.

    Returns
    -------
    ndarray of float, shape (rows,)
        NaN where no part is there; 0 where all parts are 0. Below zero where
        parts differ more than their mean.

    Raises
    ------
    ValueError
        If a score is negative.

    Notes
    -----
    S is the standard deviation with divisor n (weighted). Source: Mazziotta
    and Pareto (2016), On a generalized non-compensatory composite index,
    Social Indicators Research 127.

    Examples
    --------
    >>> mazziotta_pareto(np.array([[80.0, 60.0], [60.0, 60.0], [40.0, 60.0]]), np.ones(3))
    array([55.55555556, 60.        ])
    """
    if (parts < 0).any():
        raise ValueError("a Mazziotta-Pareto index needs scores of zero or more")
    mean = arithmetic(parts, weights)
    variance = arithmetic((parts - mean) ** 2, weights)
    penalty = np.zeros(mean.shape)
    np.divide(variance, mean, out=penalty, where=mean > 0)
    return mean - penalty


def adjusted_mazziotta_pareto(parts: Floats, weights: Floats, scale: tuple[float, float]) -> Floats:
    """Mazziotta-Pareto index of parts brought from their scale to 70-130, and back.

    Away from zero the same differences cost less, so that the index stays
    close to the mean and comparable over time.

    Parameters
    ----------
    parts : ndarray of float, shape (parts, rows)
        Scores on `scale`; NaN where there is none.
    weights : ndarray of float, shape (parts,)
        Above zero; they need not sum to 1.
    scale : pair of float
        Its lowest and highest score.

    Returns
    -------
    ndarray of float, shape (rows,)
        On `scale`; NaN where no part is there.

    Raises
    ------
    ValueError
        If a score lies so far below the scale that it is negative on 70-130.

    Notes
    -----
    Source: Mazziotta and Pareto (2016), as for `mazziotta_pareto`.

    Examples
    --------
    >>> adjusted_mazziotta_pareto(np.array([[100.0], [0.0]]), np.ones(2), (0, 100))
    array([35.])
    """
    low, high = ADJUSTED
    factor = (high - low) / (scale[1] - scale[0])
    moved = low + (parts - scale[0]) * factor
    return scale[0] + (mazziotta_pareto(moved, weights) - low) / factor
