"""Competition ranks with a stated tolerance for ties."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

# Scores closer than this share of the scale's width are the same score: what
# floating-point sums differ by must not part two units.
TIE: Final = 1e-9
UNRANKED: Final = 0


def ranks(
    scores: NDArray[np.float64], among: NDArray[np.intp], tolerance: float
) -> NDArray[np.int32]:
    """Rank scores from the highest, 1, within each set of rows; ties share the better rank.

    Parameters
    ----------
    scores : ndarray of float, shape (nodes, rows)
        Unrounded. NaN is not ranked.
    among : ndarray of int, shape (rows,)
        Rows with the same number are ranked together; rows below 0 not at all.
    tolerance : float
        In the unit of the scores. In descending order a score within the
        tolerance of the one before it ties with it.

    Returns
    -------
    ndarray of int, shape (nodes, rows)
        0 where not ranked.

    Examples
    --------
    >>> ranks(np.array([[70.0, 80.0, 70.0, 60.0, np.nan]]), np.zeros(5, dtype=int), 1e-7)
    array([[2, 1, 2, 4, 0]], dtype=int32)
    """
    result = np.full(scores.shape, UNRANKED, dtype=np.int32)
    for rows in _rows_by_number(among):
        result[:, rows] = _ranks_of_all(scores[:, rows], tolerance)
    return result


def _rows_by_number(among: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    order = np.argsort(among, kind="stable")
    order = order[among[order] >= 0]
    starts = np.flatnonzero(np.diff(among[order])) + 1
    return [rows for rows in np.split(order, starts) if len(rows)]


def _ranks_of_all(scores: NDArray[np.float64], tolerance: float) -> NDArray[np.int32]:
    order = np.argsort(-scores, axis=1)
    descending = np.take_along_axis(scores, order, axis=1)
    is_new = np.ones(scores.shape, dtype=bool)
    is_new[:, 1:] = ~(descending[:, :-1] - descending[:, 1:] <= tolerance)
    place = np.arange(1, scores.shape[1] + 1, dtype=np.int32)
    ranked = np.maximum.accumulate(np.where(is_new, place, 0), axis=1)
    ranked[np.isnan(descending)] = UNRANKED
    result = np.empty(scores.shape, dtype=np.int32)
    np.put_along_axis(result, order, ranked, axis=1)
    return result
