"""Sum up replicates: ranges of scores and ranks, and how often each level."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from govmaturity.scoring.rank import TIE, ranks

Floats = NDArray[np.float64]
Ranks = NDArray[np.int32]
Levels = NDArray[np.int8]
# 5 % of the replicates lie below the range, 5 % above it.
LOW, MEDIAN, HIGH = 0.05, 0.5, 0.95
_BLOCK: Final = 64


def quantiles(draws: NDArray[np.float64] | Ranks) -> Floats:
    """Low end, median and high end of each column: quantiles 5, 50 and 95 %, linear (type 7).

    Parameters
    ----------
    draws : ndarray of number, shape (runs, units)
        A column of NaN gives NaN.

    Returns
    -------
    ndarray of float, shape (3, units)

    Examples
    --------
    >>> quantiles(np.arange(21.0)[:, None]).ravel()
    array([ 1., 10., 19.])
    """
    runs, units = draws.shape
    found = np.full((3, units), np.nan)
    if not runs:
        return found
    place = np.array([LOW, MEDIAN, HIGH]) * (runs - 1)
    below = np.floor(place).astype(np.intp)
    above = np.minimum(below + 1, runs - 1)
    share = place - below

    def one(columns: slice) -> None:
        ordered = np.sort(np.ascontiguousarray(draws[:, columns].T), axis=1)
        low = ordered[:, below].astype(np.float64)
        found[:, columns] = (low + share * (ordered[:, above] - low)).T

    _in_threads(one, units)
    return found


def ranks_of_runs(draws: Floats, is_ranked: NDArray[np.bool_], width: float) -> Ranks:
    """Rank of each unit in each replicate; 0 for units that are not ranked.

    Parameters
    ----------
    draws : ndarray of float, shape (runs, units)
    is_ranked : ndarray of bool, shape (units,)
    width : float
        Of the framework's scale: ties are scores within 1e-9 of it.

    Returns
    -------
    ndarray of int, shape (runs, units)
    """
    among = np.where(is_ranked, 0, -1).astype(np.intp)
    found = np.zeros(draws.shape, dtype=np.int32)

    def one(runs: slice) -> None:
        found[runs] = ranks(draws[runs], among, TIE * width)

    _in_threads(one, len(draws))
    return found


def level_shares(levels: Levels, count: int) -> Floats:
    """Share of the replicates in each level, from the worst up, shape (count, units).

    Replicates without a level count among all, so that shares may sum to less than 1.
    """
    if not len(levels):
        return np.full((count, levels.shape[1]), np.nan)
    return np.array([(levels == level).mean(axis=0) for level in range(1, count + 1)]).reshape(
        count, levels.shape[1]
    )


def rank_shares(of_runs: Ranks) -> Floats:
    """Share of the replicates in which each unit has each rank, shape (units, ranks from 1)."""
    runs, units = of_runs.shape
    line = np.broadcast_to(np.arange(units), of_runs.shape)
    counts = np.bincount((line * (units + 1) + of_runs).ravel(), minlength=units * (units + 1))
    return counts.reshape(units, units + 1)[:, 1:] / max(runs, 1)


def probability_above(draws: Floats) -> Floats:
    """Share of the replicates in which the unit of the row lies above that of the column.

    Equal scores count half.

    Parameters
    ----------
    draws : ndarray of float, shape (runs, units)

    Returns
    -------
    ndarray of float, shape (units, units)
        0.5 on the diagonal; NaN for a unit without scores. Takes memory and
        time with the square of the units.
    """
    units = draws.shape[1]
    found = np.empty((units, units))
    across = np.ascontiguousarray(draws.T)

    def one(lines: slice) -> None:
        for line in range(lines.start, lines.stop):
            above = (across[line] > across).mean(axis=1)
            found[line] = above + (across[line] == across).mean(axis=1) / 2

    if len(draws):
        _in_threads(one, units)
    without = np.isnan(draws).all(axis=0)
    found[without] = np.nan
    found[:, without] = np.nan
    return found


def _blocks(length: int) -> Iterator[slice]:
    for start in range(0, length, _BLOCK):
        yield slice(start, min(start + _BLOCK, length))


def _in_threads(work: Callable[[slice], None], length: int) -> None:
    """Work on blocks in as many threads as there are cores: sorting lets others run meanwhile."""
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        list(pool.map(work, _blocks(length)))
