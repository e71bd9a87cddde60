"""Figures of the same units, set beside one another."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from govmaturity.analysis.inequality.sample import UndefinedMeasureError

Floats = NDArray[np.float64]


def of_same_units(figures: Mapping[str, ArrayLike]) -> list[Floats]:
    """The figures as arrays of shape (units,), in the order given.

    Raises
    ------
    ValueError
        If one has another shape; the message names them all.
    """
    arrays = [np.asarray(figure, dtype=np.float64) for figure in figures.values()]
    if any(one.ndim != 1 or one.shape != arrays[0].shape for one in arrays):
        names, shapes = ", ".join(figures), ", ".join(str(one.shape) for one in arrays)
        raise ValueError(f"{names} need one shape (units,), got {shapes}")
    return arrays


def that_vary(least: int, figures: Mapping[str, ArrayLike]) -> list[Floats]:
    """The figures of the units that have all of them.

    Parameters
    ----------
    least : int
        So many units have to be left.
    figures : mapping of name to array_like of float, shape (units,)
        NaN in any leaves a unit out.

    Raises
    ------
    ValueError
        If the shapes differ.
    UndefinedMeasureError
        `too_few_units`; `no_variation` if a figure is the same for all.

    Examples
    --------
    >>> that_vary(2, {"x": [1, 2, np.nan], "y": [5, 7, 9]})
    [array([1., 2.]), array([5., 7.])]
    """
    arrays = of_same_units(figures)
    kept = ~np.isnan(arrays).any(axis=0)
    arrays = [one[kept] for one in arrays]
    if kept.sum() < least:
        raise UndefinedMeasureError("too_few_units")
    if any(np.ptp(one) == 0 for one in arrays):
        raise UndefinedMeasureError("no_variation")
    return arrays
