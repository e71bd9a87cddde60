"""Do neighbours score alike? Global and local Moran's I, Getis-Ord, join counts.

Weights are row-standardised unless said. A unit without a score is left out
and so are its links; an island keeps a row of zeros and is named by
`Neighbours.islands`. Whether a pattern is more than chance is judged by
permutations with a seed: values are shuffled over the units, for local
measures with the unit itself held in place. Pseudo p-values are
(r + 1) / (permutations + 1), for local measures two-sided.

The figures are those of PySAL (`esda`), which tests hold beside these. It is
not called here: it draws from the process's global random state, folds its
p-values to one side, and takes two seconds to import.

Sources: Moran (1950); Anselin (1995), Local indicators of spatial association;
Getis and Ord (1992), Ord and Getis (1995); Cliff and Ord (1981) for join
counts; Benjamini and Hochberg (1995) with Castro and Singer (2006) for the
false discovery rate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from govmaturity.analysis.inequality.sample import Floats, UndefinedMeasureError
from govmaturity.analysis.space.neighbours import Neighbours

PERMUTATIONS: Final = 999
FALSE_DISCOVERIES: Final = 0.05
MIN_UNITS: Final = 3
# With fewer units a pattern has to be extreme to show at all.
LOW_POWER_BELOW: Final = 30
QUADRANTS: Final = ("high_high", "low_high", "low_low", "high_low")


@dataclass(frozen=True)
class Moran:
    """Global Moran's I with its mean under chance and its pseudo p (one-sided, see `p`).

    `p` is the share of shuffles at least as far from the mean under chance on
    the side on which `value` lies.
    """

    value: float
    expected: float
    variance: float
    p: float
    permutations: int
    n: int
    islands: tuple[str, ...]


@dataclass(frozen=True)
class Local:
    """A figure for each unit given, shape (units,); NaN for those without a score or neighbours.

    `quadrant` is an index into `QUADRANTS`, -1 where there is none;
    `is_significant` controls the false discovery rate over all units at once,
    which comes to `p <= threshold`.
    """

    value: Floats
    p: Floats
    quadrant: NDArray[np.int8]
    is_significant: NDArray[np.bool_]
    threshold: float


@dataclass(frozen=True)
class JoinCounts:
    """Links between units of two levels, shape (levels, levels), each link counted once.

    `expected` is the mean over shuffles, `p` the share of shuffles with at
    least as many links (for the diagonal: like beside like).
    """

    levels: tuple[int, ...]
    observed: Floats
    expected: Floats
    p: Floats
    n: int


def global_moran(
    values: ArrayLike, neighbours: Neighbours, *, permutations: int = PERMUTATIONS, seed: int = 0
) -> Moran:
    """Whether units that lie together score alike.

    Parameters
    ----------
    values : array_like of float, shape (units,)
        In the order of `neighbours.units`; NaN is left out.
    neighbours : Neighbours
    permutations, seed : int

    Raises
    ------
    UndefinedMeasureError
        `too_few_units`, `no_variation` if all values are equal, or `no_neighbours`.
    """
    _, d, near = _ready(values, neighbours)
    w, n = near.shares, len(d)
    s0 = float(w.sum())
    scale = n / s0 / float(d @ d)
    found = scale * float(d @ (w @ d))
    random = np.random.default_rng(seed)
    shuffled = random.permuted(np.tile(d, (permutations, 1)), axis=1).T
    drawn = scale * np.einsum("ij,ij->j", shuffled, w @ shuffled)
    expected = -1.0 / (n - 1)
    beyond = (drawn >= found).sum() if found >= expected else (drawn <= found).sum()
    p = (float(beyond) + 1) / (permutations + 1)
    return Moran(found, expected, _variance(w, d), p, permutations, n, near.islands)


def local_moran(
    values: ArrayLike, neighbours: Neighbours, *, permutations: int = PERMUTATIONS, seed: int = 0
) -> Local:
    """Where high units lie among high ones, low among low, and where one stands out.

    Parameters and errors as `global_moran`.

    Notes
    -----
    I_i = (d_i / m2) x the mean of the neighbours' d, m2 = sum d^2 / n. The sum
    over units is n times the global I where there are no islands.
    """
    kept, d, near = _ready(values, neighbours)
    m2 = float(d @ d) / len(d)
    lag = near.shares @ d
    found = d * lag / m2
    p = _conditional(found, d, near, d / m2, 0.0, permutations, seed)
    quadrant = np.select(
        [(d > 0) & (lag > 0), (d <= 0) & (lag > 0), (d <= 0) & (lag <= 0)], [0, 1, 2], 3
    )
    return _spread_out(kept, found, p, np.where(near.count > 0, quadrant, -1))


def getis_ord(
    values: ArrayLike, neighbours: Neighbours, *, permutations: int = PERMUTATIONS, seed: int = 0
) -> Local:
    """Hot and cold spots: Getis-Ord G*, as a z-score (above 0 hot, below 0 cold).

    A unit counts among its own neighbours. Parameters and errors as
    `global_moran`; the quadrant is `high_high` for hot, `low_low` for cold.
    """
    kept, d, near = _ready(values, neighbours)
    n, count = len(d), near.count
    with_self = 1.0 / (count + 1)
    lag = (near.links @ d + d) * with_self
    # Row weights of 1 / (k + 1), k + 1 times: their sum is 1, their squares' sum 1 / (k + 1).
    scale = np.sqrt(float(d @ d) / n) * np.sqrt((n * with_self - 1.0) / (n - 1))
    z = np.divide(lag, scale, out=np.full(n, np.nan), where=(scale > 0) & (count > 0))
    p = _conditional(lag, d, near, count * with_self, d * with_self, permutations, seed)
    return _spread_out(kept, z, p, np.where(count > 0, np.where(lag > 0, 0, 2), -1))


def join_counts(
    levels: ArrayLike, neighbours: Neighbours, *, permutations: int = PERMUTATIONS, seed: int = 0
) -> JoinCounts:
    """Whether units of a level lie beside units of the same or another level.

    Parameters
    ----------
    levels : array_like of int, shape (units,)
        0 is no level and left out.
    neighbours : Neighbours
        By border: each link then stands twice in the matrix and counts once.
    permutations, seed : int

    Raises
    ------
    UndefinedMeasureError
        As `global_moran`, `no_variation` with one level alone.
    """
    given = np.asarray(levels)
    near = neighbours.among(given > 0)
    of_unit = given[given > 0]
    names = tuple(int(one) for one in np.unique(of_unit))
    _refuse(len(of_unit), len(names) > 1, near)
    code = np.searchsorted(names, of_unit)
    links = sparse.coo_array(near.links)
    row, col = links.row.astype(np.intp), links.col.astype(np.intp)
    one, other = row[row < col], col[row < col]
    observed = _joins(code, one, other, len(names))
    random = np.random.default_rng(seed)
    total, more = np.zeros_like(observed), np.zeros_like(observed)
    for _ in range(permutations):
        drawn = _joins(random.permutation(code), one, other, len(names))
        total += drawn
        more += drawn >= observed
    return JoinCounts(
        names, observed, total / permutations, (more + 1) / (permutations + 1), len(of_unit)
    )


def false_discovery_threshold(p: Floats, rate: float = FALSE_DISCOVERIES) -> float:
    """Largest p that is significant with a false discovery rate (Benjamini and Hochberg).

    0 where none is, or there is nothing.
    """
    known = np.sort(p[~np.isnan(p)])
    passed = np.flatnonzero(known <= rate * np.arange(1, len(known) + 1) / max(len(known), 1))
    return float(known[passed[-1]]) if len(passed) else 0.0


def _ready(
    values: ArrayLike, neighbours: Neighbours
) -> tuple[NDArray[np.bool_], Floats, Neighbours]:
    x = np.asarray(values, dtype=np.float64)
    if x.shape != (len(neighbours.units),):
        raise ValueError(f"values need the shape ({len(neighbours.units)},), got {x.shape}")
    kept = ~np.isnan(x)
    near = neighbours.among(kept)
    known = x[kept]
    is_varied = bool(len(known)) and bool(np.ptp(known) > 0)
    _refuse(len(known), is_varied, near)
    return kept, known - known.mean(), near


def _refuse(n: int, is_varied: bool, near: Neighbours) -> None:
    if n < MIN_UNITS:
        raise UndefinedMeasureError("too_few_units")
    if not is_varied:
        raise UndefinedMeasureError("no_variation")
    if not near.links.nnz:
        raise UndefinedMeasureError("no_neighbours")


def _variance(w: sparse.csr_array, d: Floats) -> float:
    """Variance of I under chance, given the values (randomisation; Cliff and Ord 1981)."""
    n = len(d)
    if n < 4:
        return float("nan")
    s0 = float(w.sum())
    both = w + w.T
    s1 = float(both.multiply(both).sum()) / 2
    s2 = float(((w.sum(axis=1) + w.sum(axis=0)) ** 2).sum())
    k = float((d**4).mean()) / float((d**2).mean()) ** 2
    first = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    second = k * ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)
    return (first - second) / ((n - 1) * (n - 2) * (n - 3) * s0**2) - 1.0 / (n - 1) ** 2


def _conditional(
    found: Floats,
    d: Floats,
    near: Neighbours,
    times: Floats,
    plus: Floats | float,
    permutations: int,
    seed: int,
) -> Floats:
    """Two-sided pseudo p of `times` x mean of the neighbours' d + `plus`, the unit held in place.

    All units take their neighbours from the same draws of places, one too few
    to hold the unit itself: a place from its own on means the next one.
    """
    n, count = len(d), near.count
    most = int(count.max())
    random = np.random.default_rng(seed)
    places = np.array(
        [random.choice(n - 1, most, replace=False, shuffle=True) for _ in range(permutations)]
    )
    plus = np.broadcast_to(np.asarray(plus, dtype=np.float64), (n,))
    p = np.full(n, np.nan)
    for i in np.flatnonzero(count > 0):
        at = places[:, : count[i]]
        drawn = times[i] * d[at + (at >= i)].mean(axis=1) + plus[i]
        high = int((drawn >= found[i]).sum())
        low = int((drawn <= found[i]).sum())
        p[i] = min(1.0, 2 * (min(high, low) + 1) / (permutations + 1))
    return p


def _spread_out(
    kept: NDArray[np.bool_], value: Floats, p: Floats, quadrant: NDArray[np.intp]
) -> Local:
    threshold = false_discovery_threshold(p)

    def full(of_kept: Floats) -> Floats:
        found = np.full(len(kept), np.nan)
        found[kept] = of_kept
        return found

    quadrants = np.full(len(kept), -1, dtype=np.int8)
    quadrants[kept] = quadrant
    spread_p = full(np.where(quadrant >= 0, p, np.nan))
    return Local(
        full(np.where(quadrant >= 0, value, np.nan)),
        spread_p,
        quadrants,
        np.nan_to_num(spread_p, nan=2.0) <= threshold,
        threshold,
    )


def _joins(
    code: NDArray[np.intp], one: NDArray[np.intp], other: NDArray[np.intp], k: int
) -> Floats:
    a, b = np.minimum(code[one], code[other]), np.maximum(code[one], code[other])
    upper = np.bincount(a * k + b, minlength=k * k).reshape(k, k).astype(np.float64)
    return upper + upper.T - np.diag(np.diag(upper))
