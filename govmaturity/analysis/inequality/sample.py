"""Values and weights made ready to be measured, once as they are or many times resampled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


class UndefinedMeasureError(ValueError):
    """A measure that these values do not have; `reason` is a text code."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def known(values: ArrayLike, weights: ArrayLike | None = None) -> tuple[Floats, Floats]:
    """Return the values that are there and their weights, which sum to 1.

    Raises
    ------
    ValueError
        If the shapes differ, or a weight of a known value is negative or missing.
    UndefinedMeasureError
        `no_values` if nothing is left, or all weights are zero.
    """
    x = np.asarray(values, dtype=np.float64)
    w = np.ones(x.shape) if weights is None else np.asarray(weights, dtype=np.float64)
    if x.ndim != 1 or x.shape != w.shape:
        raise ValueError(f"values and weights need one shape (units,), got {x.shape}, {w.shape}")
    is_there = ~np.isnan(x)
    x, w = x[is_there], w[is_there]
    if np.isnan(w).any() or (w < 0).any():
        raise ValueError("weights must be zero or more for every unit with a value")
    if not len(x) or not w.any():
        raise UndefinedMeasureError("no_values")
    return x, w / w.sum()


@dataclass(frozen=True)
class Sample:
    """The units that count, from the lowest value up.

    `x` are their values, `w` their weights (sum 1, none zero), `kept` their
    positions in what was given: `given[kept]` puts anything else about the
    units into the same order. A resample of the units is the same `x` with
    other weights, so one formula serves a sample and a thousand draws from it.
    """

    x: Floats
    w: Floats
    kept: NDArray[np.intp]

    @property
    def size(self) -> int:
        return len(self.x)

    @property
    def mean(self) -> float:
        return float(self.w @ self.x)


def sample_of(values: ArrayLike, weights: ArrayLike | None = None) -> Sample:
    """Sort what is there; units without a value or of weight zero are left out.

    Raises
    ------
    ValueError, UndefinedMeasureError
        As `known`.
    """
    given = np.asarray(values, dtype=np.float64)
    x, w = known(given, weights)
    places = np.flatnonzero(~np.isnan(given))[w > 0]
    x, w = x[w > 0], w[w > 0]
    order = np.argsort(x, kind="stable")
    return Sample(x[order], w[order] / w.sum(), places[order])
