"""Which parts of a score make its inequality.

Where a score is the sum of its parts (an arithmetic group: weight times score
of each child), the variance and the Gini index split without a rest and
without a choice of order:

covariance
    A part's share of the variance is its covariance with the whole (Shorrocks
    1982, Inequality decomposition by factor components).
rao_lerman_yitzhaki
    A part's share of the Gini index is the sum of its values, each by the
    rank weight of its unit in the whole (Rao 1969; Lerman and Yitzhaki 1985,
    Income inequality effects by income source).

Where it is not (a geometric group), each part gets its Shapley value: what
the inequality falls by when the part is made equal for all units, averaged
over the orders in which parts are made equal (Shorrocks 2013, Decomposition
procedures for distributional analysis).

A part may have less than nothing: it then makes up for others.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from math import comb
from typing import Final, Literal

import numpy as np

from govmaturity.analysis.inequality.rows import Rows
from govmaturity.analysis.inequality.sample import Floats

Method = Literal["covariance", "rao_lerman_yitzhaki", "shapley"]
# All orders of ten parts are 1,024 coalitions; beyond that orders are drawn.
MAX_EXACT: Final = 10
PERMUTATIONS: Final = 200


def variance_sources(rows: Rows, parts: Floats) -> Floats:
    """Covariance of each part with the whole, in every row of weights.

    Parameters
    ----------
    rows : Rows
        Of the whole.
    parts : ndarray of float, shape (parts, units)
        They sum to the whole.

    Returns
    -------
    ndarray of float, shape (rows, parts)
        They sum to the variance.
    """
    d = rows.x - rows.x.mean()
    centred = parts - parts.mean(axis=1, keepdims=True)
    return rows.p @ (centred * d).T - (rows.p @ d)[:, None] * (rows.p @ centred.T)


def gini_sources(rows: Rows, parts: Floats) -> Floats:
    """Part of each in the absolute Gini, in every row of weights; see `variance_sources`.

    Returns
    -------
    ndarray of float, shape (rows, parts)
        They sum to the absolute Gini, in points; over the mean they are the
        parts of the Gini index.
    """
    centred = parts - parts.mean(axis=1, keepdims=True)
    return (rows.p * rows.ranks) @ centred.T


def shapley(
    value: Callable[[tuple[int, ...]], float],
    parts: int,
    *,
    seed: int = 0,
    permutations: int = PERMUTATIONS,
) -> Floats:
    """Shapley value of each part.

    Parameters
    ----------
    value : callable
        The inequality where the parts at these positions (in rising order)
        differ between units as they do and all others are equal.
    parts : int
        Exact up to `MAX_EXACT`; beyond that over `permutations` orders drawn
        with `seed`.

    Returns
    -------
    ndarray of float, shape (parts,)
        They sum to `value(all) - value(none)`, drawn or exact.
    """
    if parts <= MAX_EXACT:
        return _exact(value, parts)
    random = np.random.default_rng(seed)
    found = np.zeros(parts)
    nothing = value(())
    for _ in range(permutations):
        before, coalition = nothing, set()
        for part in map(int, random.permutation(parts)):
            coalition.add(part)
            after = value(tuple(sorted(coalition)))
            found[part] += after - before
            before = after
    return found / permutations


def _exact(value: Callable[[tuple[int, ...]], float], parts: int) -> Floats:
    found = np.zeros(parts)
    known = {
        chosen: value(chosen)
        for size in range(parts + 1)
        for chosen in combinations(range(parts), size)
    }
    for chosen, before in known.items():
        for part in range(parts):
            if part not in chosen:
                after = known[tuple(sorted((*chosen, part)))]
                found[part] += (after - before) / (parts * comb(parts - 1, len(chosen)))
    return found
