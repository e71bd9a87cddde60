"""Combine the parts of one group by the method that it asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from govmaturity.framework.methods import Aggregate
from govmaturity.scoring.aggregate import means, order, penalty, topsis
from govmaturity.scoring.aggregate.benefit import benefit_of_doubt
from govmaturity.scoring.aggregate.copeland import copeland

Floats = NDArray[np.float64]
Scale = tuple[float, float]
_Alone = Callable[[Floats, Floats, Aggregate, Scale], Floats]
# What looks at one unit at a time.
_ALONE: Final[dict[str, _Alone]] = {
    "arithmetic": lambda x, w, _, __: means.arithmetic(x, w),
    "geometric": lambda x, w, a, _: means.geometric(x, w, a.floor or 0.0),
    "harmonic": lambda x, w, a, _: means.harmonic(x, w, a.floor or 0.0),
    "generalised": lambda x, w, a, _: means.generalised(x, w, a.power or 1.0, a.floor or 0.0),
    "median": lambda x, w, _, __: order.median(x, w),
    "minimum": lambda x, _, __, ___: order.minimum(x),
    # Parts that differ more than their mean would take it off the scale, where neither a
    # level nor a group above can use it.
    "mazziotta_pareto": lambda x, w, _, s: np.maximum(penalty.mazziotta_pareto(x, w), s[0]),
    "adjusted_mazziotta_pareto": lambda x, w, _, s: np.maximum(
        penalty.adjusted_mazziotta_pareto(x, w, s), s[0]
    ),
}
NOT_BELOW_ZERO: Final = (
    "geometric",
    "harmonic",
    "generalised",
    "mazziotta_pareto",
    "topsis",
    "benefit_of_doubt",
)


def needs_no_negative(chosen: Aggregate) -> bool:
    """Whether the method has no meaning for scores below zero."""
    return chosen.method in NOT_BELOW_ZERO and chosen.ideals != "fixed"


def combine(
    parts: Floats, weights: Floats, chosen: Aggregate, scale: Scale, period: NDArray[np.intp]
) -> Floats:
    """Scores of a group from those of its parts.

    Parameters
    ----------
    parts : ndarray of float, shape (parts, rows)
        NaN where there is none.
    weights : ndarray of float, shape (parts,)
        Above zero, sum 1.
    chosen : Aggregate
    scale : pair of float
        The framework's; TOPSIS, Copeland and benefit of the doubt come to it
        from their own.
    period : ndarray of int, shape (rows,)
        Rows of the same period are compared with one another.

    Returns
    -------
    ndarray of float, shape (rows,)
        NaN where no part is there.

    Raises
    ------
    ValueError
        If a score does not allow the method.
    """
    if chosen.method in _ALONE:
        return _ALONE[chosen.method](parts, weights, chosen, scale)
    low, width = scale[0], scale[1] - scale[0]
    if chosen.method == "topsis" and chosen.ideals == "fixed":
        return low + width * topsis.topsis_of_scale(parts, weights, scale)
    found = np.full(parts.shape[1], np.nan)
    for one in np.unique(period):
        rows = period == one
        found[rows] = _together(parts[:, rows], weights, chosen)
    return low + width * found


def _together(parts: Floats, weights: Floats, chosen: Aggregate) -> Floats:
    """Shares of the scale, of the units of one period."""
    if chosen.method == "topsis":
        return topsis.topsis_of_sample(parts, weights)
    if chosen.method == "copeland":
        return (1 + copeland(parts, weights)) / 2
    there = ~np.isnan(parts).all(axis=0)
    found = np.full(parts.shape[1], np.nan)
    found[there] = benefit_of_doubt(parts[:, there], chosen.min_share or 0.0)
    return found
