"""Weights fitted so that what parts do to the whole is what was meant for them."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_TOLERANCE: Final = 1e-12
_MOST_STEPS: Final = 1000


def matched(parts: Floats, importance: Floats) -> Floats:
    """Weights under which correlations with the whole are in proportion to an importance.

    A stated weight is not the influence a part has: that depends on how much
    it varies and what it moves with. Where no weights of zero or more bring
    the proportions about, these come nearest.

    Parameters
    ----------
    parts : ndarray of float, shape (parts, units)
        Without gaps; each varies.
    importance : ndarray of float, shape (parts,)
        Above zero.

    Returns
    -------
    ndarray of float, shape (parts,)
        Zero or more, sum 1. The whole is their weighted arithmetic mean.

    Raises
    ------
    ValueError
        If the search does not end.

    Notes
    -----
    Source: Becker, Saisana, Paruolo and Vandecasteele (2017), Weights and
    importance in composite indicators, Ecological Indicators 80.

    Examples
    --------
    >>> two = np.array([[1.0, 2.0, 3.0, 4.0], [20.0, 40.0, 10.0, 30.0]])
    >>> fitted = matched(two, np.array([0.5, 0.5]))
    >>> bool(fitted[0] > fitted[1])
    True
    """
    from scipy.optimize import LinearConstraint, minimize

    wanted = importance / importance.sum()
    covariance = np.atleast_2d(np.cov(parts))
    spread = np.sqrt(np.diag(covariance))

    def misfit(weights: Floats) -> float:
        with_whole = covariance @ weights
        variance = float(weights @ with_whole)
        if variance <= 0:
            return 1.0
        correlations = with_whole / spread / np.sqrt(variance)
        total = float(np.abs(correlations).sum())
        return float(((correlations / total - wanted) ** 2).sum()) if total > 0 else 1.0

    # Equal influence of unequal spreads is a better start than equal weights.
    start = wanted / spread
    found = minimize(
        misfit,
        np.asarray(start / start.sum(), dtype=np.float64),
        method="SLSQP",
        bounds=[(0.0, 1.0)] * len(wanted),
        constraints=LinearConstraint(np.ones((1, len(wanted))), 1.0, 1.0),
        tol=_TOLERANCE,
        options={"maxiter": _MOST_STEPS},
    )
    if not found.success:
        raise ValueError(f"no weights found for the stated importance: {found.message}")
    weights = np.maximum(found.x, 0.0)
    return weights / weights.sum()
