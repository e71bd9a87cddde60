"""Types of units: those whose dimensions look alike, named by what is strong and weak in them.

k-means on the scores of the dimensions, each about its mean in standard
deviations, so that no dimension counts more because it spreads more. The
number of types is the one with the best silhouette: how much nearer a unit is
to its own type than to the next one (-1 to 1; under 0.25 the types are drawn
rather than found).

Sources: Rousseeuw (1987), Silhouettes; Kaufman and Rousseeuw (1990) for the
reading of their mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from govmaturity.analysis.inequality.sample import Floats, UndefinedMeasureError

MOST: Final = 8
WEAK_STRUCTURE: Final = 0.25
# A dimension is a type's strength or weakness from half a standard deviation on.
NOTABLE: Final = 0.5
_STARTS: Final = 10


@dataclass(frozen=True)
class Type:
    """One type: its mean profile, how many units, what stands out, by name of the dimension.

    `strong` and `weak` are sorted by how far they stand out; both empty means
    average in everything.
    """

    profile: dict[str, float]
    n: int
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    silhouette: float


@dataclass(frozen=True)
class Types:
    """`of_unit` is an index into `types`, -1 where a dimension has no score, shape (units,).

    `types` run from the highest mean to the lowest. `silhouettes` has one
    figure for each number of types that was tried, `silhouette` is that of
    the number taken, `of_units` that of each unit (NaN without a type).
    """

    of_unit: NDArray[np.int8]
    types: tuple[Type, ...]
    silhouette: float
    silhouettes: dict[int, float]
    of_units: Floats

    @property
    def is_found(self) -> bool:
        """Whether the types stand apart enough to speak of them."""
        return self.silhouette >= WEAK_STRUCTURE


def types_of(
    profiles: ArrayLike, names: Sequence[str], *, k: int | None = None, seed: int = 0
) -> Types:
    """Group units by the profile of their dimensions.

    Parameters
    ----------
    profiles : array_like of float, shape (units, dimensions)
        A unit with a missing score gets no type: nothing is imputed.
    names : sequence of str
        Of the dimensions.
    k : int, optional
        Number of types; the best of 2 to 8 (at most a third of the units) unless given.
    seed : int

    Raises
    ------
    ValueError
        If shapes do not fit, or `k` is below 2 or not below the number of units.
    UndefinedMeasureError
        `too_few_units` with fewer than six, `no_variation` with fewer
        different profiles than types.
    """
    x = np.asarray(profiles, dtype=np.float64)
    if x.ndim != 2 or x.shape[1] != len(names):
        raise ValueError(f"profiles need the shape (units, {len(names)}), got {x.shape}")
    kept = ~np.isnan(x).any(axis=1)
    known = x[kept]
    n = len(known)
    if n < 6:
        raise UndefinedMeasureError("too_few_units")
    if k is not None and not 2 <= k < n:
        raise ValueError(f"k has to be from 2 to below {n} units, got {k}")
    different = len(np.unique(known, axis=0))
    if different < (k or 2):
        raise UndefinedMeasureError("no_variation")
    spread = known.std(axis=0)
    z = (known - known.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    sizes = [k] if k else range(2, min(MOST, n // 3, different) + 1)
    tried = {size: _clustered(z, size, seed) for size in sizes}
    scores = {size: float(found[1].mean()) for size, found in tried.items()}
    best = max(scores, key=lambda size: (scores[size], -size))
    labels, widths = tried[best]
    order = sorted(range(best), key=lambda label: -float(known[labels == label].mean()))
    types = tuple(_type(known, z, labels == label, widths, names) for label in order)
    of_unit = np.full(len(x), -1, dtype=np.int8)
    of_unit[kept] = np.argsort(order)[labels]
    of_units = np.full(len(x), np.nan)
    of_units[kept] = widths
    return Types(of_unit, types, scores[best], scores, of_units)


def _clustered(z: Floats, k: int, seed: int) -> tuple[NDArray[np.intp], Floats]:
    from sklearn.cluster import KMeans
    from sklearn.metrics import silhouette_samples

    model = KMeans(n_clusters=k, n_init=_STARTS, random_state=seed)
    labels = np.asarray(model.fit_predict(z), dtype=np.intp)
    return labels, np.asarray(silhouette_samples(z, labels), dtype=np.float64)


def _type(
    known: Floats, z: Floats, mine: NDArray[np.bool_], widths: Floats, names: Sequence[str]
) -> Type:
    profile, stands = known[mine].mean(axis=0), z[mine].mean(axis=0)
    order = np.argsort(-np.abs(stands), kind="stable")
    return Type(
        dict(zip(names, map(float, profile), strict=True)),
        int(mine.sum()),
        tuple(names[i] for i in order if stands[i] >= NOTABLE),
        tuple(names[i] for i in order if stands[i] <= -NOTABLE),
        float(widths[mine].mean()),
    )
