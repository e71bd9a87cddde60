"""Benefit of the doubt: each unit is seen with the weights that are best for it."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_SOLVED: Final = 0


def benefit_of_doubt(parts: Floats, min_share: float = 0.0) -> Floats:
    """Score of each unit under its own best weights, against the best unit under them.

    Weights are chosen so that the unit's sum is greatest while no unit's sum
    exceeds 1: a linear program for each unit.

    Parameters
    ----------
    parts : ndarray of float, shape (parts, rows)
        Scores of zero or more, more is better; none missing.
    min_share : float
        The least share of each part in the unit's own sum, below 1 / parts.
        With 0 a unit may rest on its best part alone.

    Returns
    -------
    ndarray of float, shape (rows,)
        In [0, 1]; 0 where no weights give the unit any score.

    Raises
    ------
    ValueError
        If a score is missing or negative, or the shares cannot add up to 1.

    Notes
    -----
    Source: Cherchye, Moesen, Rogge and Van Puyenbroeck (2007), An introduction
    to 'benefit of the doubt' composite indicators, Social Indicators Research 82.

    Examples
    --------
    >>> benefit_of_doubt(np.array([[4.0, 2.0], [1.0, 1.0]])).round(6)
    array([1., 1.])
    """
    from scipy.optimize import linprog

    number, rows = parts.shape
    if np.isnan(parts).any() or (parts < 0).any():
        raise ValueError("benefit of the doubt needs scores of zero or more, and none missing")
    if number * min_share > 1:
        raise ValueError(f"{number} shares of at least {min_share} exceed 1")
    found = np.zeros(rows)
    largest = parts.max(initial=0.0)
    if largest == 0:
        return found
    scaled = (parts / largest).T
    limits = np.ones(rows)
    for row, own in enumerate(scaled):
        # Share of part k at least s: w_k y_k >= s sum(w y), so s sum(w y) - w_k y_k <= 0.
        shares = min_share * np.tile(own, (number, 1)) - np.diag(own) if min_share else None
        solved = linprog(
            -own,
            A_ub=scaled if shares is None else np.vstack([scaled, shares]),
            b_ub=limits if shares is None else np.concatenate([limits, np.zeros(number)]),
            method="highs",
        )
        if solved.status != _SOLVED or solved.fun is None:
            raise ValueError(f"no best weights for row {row}: {solved.message}")
        found[row] = min(max(-solved.fun, 0.0), 1.0)
    return found
