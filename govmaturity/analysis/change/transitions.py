"""Who moves between levels: Markov transitions, plain and by neighbourhood.

Sources: Quah (1993); Rey (2001), Spatial empirics for economic growth and
convergence, for the spatial Markov chain; Shorrocks (1978) for mobility.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse.csgraph import connected_components

from govmaturity.analysis.inequality.sample import Floats, UndefinedMeasureError
from govmaturity.analysis.space.neighbours import Neighbours

QUARTILES: Final = 4


@dataclass(frozen=True)
class Transitions:
    """Moves from state to state between neighbouring periods.

    `counts` and `chances` have the shape (states, states), from row to
    column. A row of `chances` that nobody was ever in is NaN: no observation,
    neither zero nor staying. `stationary` is what shares of units would
    settle at, NaN unless every state can be reached from every other.
    """

    counts: NDArray[np.intp]
    chances: Floats
    stationary: Floats

    @property
    def stayed(self) -> float:
        """Share of all moves that were none; NaN without moves."""
        total = int(self.counts.sum())
        return float(np.trace(self.counts)) / total if total else float("nan")

    @property
    def mobility(self) -> float:
        """Shorrocks' index, (k - trace) / (k - 1): 0 if nobody moves; NaN with an empty row."""
        k = len(self.chances)
        return float((k - np.trace(self.chances)) / (k - 1)) if k > 1 else float("nan")


def transitions(states: ArrayLike, k: int) -> Transitions:
    """Count moves between states.

    Parameters
    ----------
    states : array_like of int, shape (periods, units)
        1 to k; 0 is no state: moves from or to it are left out.
    k : int

    Raises
    ------
    ValueError
        If `states` is not two-dimensional or has a state above k or below 0.
    UndefinedMeasureError
        `one_period` with fewer than two.
    """
    given = _checked(states, k)
    return _from_counts(_counts(given[:-1].ravel(), given[1:].ravel(), k))


def spatial_transitions(
    states: ArrayLike, values: ArrayLike, neighbours: Neighbours, k: int
) -> tuple[Transitions, ...]:
    """The same apart for units with low to high neighbours.

    Parameters
    ----------
    states : array_like of int, shape (periods, units)
    values : array_like of float, shape (periods, units)
        What the mean of the neighbours is taken of, at the start of a move;
        NaN is left out of it.
    neighbours : Neighbours
    k : int

    Returns
    -------
    tuple of Transitions, one for each quartile of the neighbours' means
        From the lowest up. Islands, and units whose neighbours have no
        score, are in none.

    Raises
    ------
    ValueError, UndefinedMeasureError
        As `transitions`; `no_neighbours` if no unit has any.
    """
    given = _checked(states, k)
    x = np.asarray(values, dtype=np.float64)[:-1]
    if x.shape != given[:-1].shape:
        raise ValueError(f"values and states differ in shape: {x.shape}, {given[:-1].shape}")
    lag = neighbours.mean_of(x)
    if np.isnan(lag).all():
        raise UndefinedMeasureError("no_neighbours")
    around = quantile_states(lag)
    found = []
    for place in range(1, QUARTILES + 1):
        inside = around == place
        found.append(_from_counts(_counts(given[:-1][inside], given[1:][inside], k)))
    return tuple(found)


def quantile_states(values: ArrayLike, k: int = QUARTILES) -> NDArray[np.int8]:
    """States 1 to k by the quantiles of all values together; NaN has none (0).

    Cut points are pooled over periods, so that a move is a move of the unit
    and not of the others.
    """
    x = np.asarray(values, dtype=np.float64)
    known = ~np.isnan(x)
    states = np.zeros(x.shape, dtype=np.int8)
    if known.any():
        cuts = np.quantile(x[known], np.arange(1, k) / k)
        states[known] = 1 + np.searchsorted(cuts, x[known], side="right")
    return states


def _checked(states: ArrayLike, k: int) -> NDArray[np.intp]:
    given = np.asarray(states).astype(np.intp)
    if given.ndim != 2:
        raise ValueError(f"states need the shape (periods, units), got {given.shape}")
    if given.size and (given.min() < 0 or given.max() > k):
        raise ValueError(f"states have to be from 0 to {k}, got {given.min()} to {given.max()}")
    if len(given) < 2:
        raise UndefinedMeasureError("one_period")
    return given


def _counts(before: NDArray[np.intp], after: NDArray[np.intp], k: int) -> NDArray[np.intp]:
    there = (before > 0) & (after > 0)
    flat = (before[there] - 1) * k + after[there] - 1
    return np.bincount(flat, minlength=k * k).reshape(k, k).astype(np.intp)


def _from_counts(counts: NDArray[np.intp]) -> Transitions:
    rows = counts.sum(axis=1, keepdims=True)
    blank = np.full(counts.shape, np.nan)
    chances = np.divide(counts.astype(np.float64), rows, out=blank, where=rows > 0)
    return Transitions(counts, chances, _stationary(chances))


def _stationary(chances: Floats) -> Floats:
    k = len(chances)
    nothing = np.full(k, np.nan)
    if np.isnan(chances).any():
        return nothing
    parts, _ = connected_components(chances > 0, directed=True, connection="strong")
    if parts > 1:
        return nothing
    # Shares that the chances leave as they are, and that sum to 1.
    system = np.vstack([chances.T - np.eye(k), np.ones(k)])
    return np.linalg.lstsq(system, np.concatenate([np.zeros(k), [1.0]]), rcond=None)[0]
