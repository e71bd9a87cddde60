"""How far a figure would move with other units of the same kind: bootstrap intervals.

Units are drawn with replacement, each with its weight. Intervals are BCa,
bias-corrected and accelerated, at 95 %; the acceleration comes from leaving
out one unit at a time. All figures of one table share the same draws.

They say nothing of errors in the values or of other weights and methods. And
for a city's own units, of which none is missing, they are a yardstick for the
eye, not a confidence interval of a sample.

Source: Efron (1987), Better bootstrap confidence intervals, JASA 82:171.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Final, TypeVar

import numpy as np
from scipy.special import ndtr, ndtri

from govmaturity.analysis.inequality.sample import Floats, Sample

DRAWS: Final = 1000
LEVEL: Final = 0.95
# With fewer units a draw is a handful of the same few: no interval.
MIN_FOR_INTERVAL: Final = 10
_CELLS: Final = 1_000_000  # of the matrix of weights that is held at a time
Interval = tuple[float, float]
Progress = Callable[[float], object]
_Key = TypeVar("_Key", bound=Hashable)


def intervals(
    sample: Sample,
    figures: Callable[[Floats], Mapping[_Key, Floats]],
    *,
    draws: int = DRAWS,
    seed: int = 0,
    progress: Progress | None = None,
) -> dict[_Key, Interval]:
    """BCa intervals of several figures of one sample.

    Parameters
    ----------
    sample : Sample
    figures : callable
        Takes rows of weights, shape (rows, units), and gives every figure,
        shape (rows,).
    draws : int
    seed : int
        The same seed gives the same draws for every sample of this size.
    progress : callable, optional
        Told the share that is done, from 0 to 1.

    Returns
    -------
    dict of key to (low, high)
        Empty with fewer than `MIN_FOR_INTERVAL` units or no draws. NaN where
        the draws cannot place the figure: all of them lie on one side of it.
    """
    if sample.size < MIN_FOR_INTERVAL or draws < 1:
        return {}
    found = figures(sample.w[None, :])
    rounds = draws + sample.size
    done = 0
    drawn: dict[_Key, list[Floats]] = {key: [] for key in found}
    left_out: dict[_Key, list[Floats]] = {key: [] for key in found}
    with np.errstate(divide="ignore", invalid="ignore"):
        for into, chunks in (
            (drawn, draws_of(sample, draws, seed)),
            (left_out, _without_one(sample)),
        ):
            for p in chunks:
                for key, value in figures(p).items():
                    into[key].append(value)
                done += len(p)
                if progress is not None:
                    progress(done / rounds)
    return {
        key: bca(float(value[0]), np.concatenate(drawn[key]), np.concatenate(left_out[key]))
        for key, value in found.items()
    }


def draws_of(sample: Sample, draws: int, seed: int) -> Iterator[Floats]:
    """Rows of weights of bootstrap draws, a few at a time; each row sums to 1."""
    n = sample.size
    random = np.random.default_rng(seed)
    for size in _chunks(draws, n):
        chosen = random.integers(0, n, size=(size, n))
        flat = (chosen + n * np.arange(size)[:, None]).ravel()
        p = np.bincount(flat, minlength=size * n).reshape(size, n) * sample.w
        yield p / p.sum(axis=1, keepdims=True)


def bca(estimate: float, drawn: Floats, left_out: Floats, level: float = LEVEL) -> Interval:
    """The BCa interval of one figure.

    Parameters
    ----------
    estimate : float
    drawn : ndarray of float, shape (draws,)
        The figure in each draw; NaN, where a draw does not have it, is left out.
    left_out : ndarray of float, shape (units,)
        The figure without each unit in turn.
    level : float

    Returns
    -------
    low, high : float
        Both the estimate where nothing moves; NaN where all draws lie on one
        side of the estimate, which the correction for bias cannot mend.
    """
    drawn = drawn[~np.isnan(drawn)]
    if not len(drawn) or np.isnan(estimate):
        return np.nan, np.nan
    noise = 1e-12 * max(1.0, abs(estimate))
    if np.abs(drawn - estimate).max() <= noise:
        return estimate, estimate
    below = np.mean(drawn < estimate - noise) + np.mean(np.abs(drawn - estimate) <= noise) / 2
    if not 0 < below < 1:
        return np.nan, np.nan
    bias = ndtri(below)
    pull = np.nanmean(left_out) - left_out[~np.isnan(left_out)]
    scale = float((pull**2).sum()) ** 1.5
    acceleration = float((pull**3).sum()) / (6 * scale) if scale > 0 else 0.0
    tails = bias + ndtri([(1 - level) / 2, (1 + level) / 2])
    places = ndtr(bias + tails / (1 - acceleration * tails))
    low, high = np.quantile(drawn, places)
    return float(low), float(high)


def _without_one(sample: Sample) -> Iterator[Floats]:
    start = 0
    for size in _chunks(sample.size, sample.size):
        p = np.tile(sample.w, (size, 1))
        p[np.arange(size), np.arange(start, start + size)] = 0.0
        start += size
        yield p / p.sum(axis=1, keepdims=True)


def _chunks(rows: int, n: int) -> Iterator[int]:
    at_a_time = max(1, _CELLS // n)
    for start in range(0, rows, at_a_time):
        yield min(at_a_time, rows - start)
