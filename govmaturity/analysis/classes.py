"""Classes for maps: where to cut a distribution, and how many units each class holds."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Method = Literal["quantile", "natural", "equal", "box"]
METHODS: Final[tuple[Method, ...]] = get_args(Method)
CLASSES: Final = 5
# Natural breaks take time with the square of the number of values.
MOST_EXACT: Final = 500
HINGE: Final = 1.5
# Points of a scale of 100 from which a change counts as small, marked, large.
CHANGES: Final = (1.0, 5.0, 10.0)


@dataclass(frozen=True)
class Classes:
    """Classes from the lowest up.

    Class i holds what lies above `edges[i - 1]` and up to `edges[i]`; the
    first one holds its lower edge too. The outer edges of a box map are
    infinite. `sampled` is the number of values that the cuts were found from
    where not all were used, else 0.
    """

    method: Method
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    sampled: int = 0

    def of(self, values: ArrayLike) -> NDArray[np.int8]:
        """Class of each value, 1 from the lowest; 0 for NaN, held at the outer classes."""
        given = np.asarray(values, dtype=float)
        found = np.searchsorted(self.edges[1:-1], given, side="left") + 1
        return np.where(np.isnan(given), 0, found).astype(np.int8)


def classify(
    values: ArrayLike, method: Method, *, count: int = CLASSES, seed: int = 0
) -> Classes | None:
    """Cut values into classes for a map.

    Parameters
    ----------
    values : array_like of float, shape (units,)
        NaN counts in no class.
    method : {"quantile", "natural", "equal", "box"}
        Five classes of about as many units (percentiles are linear, type 7);
        five with the least spread inside them (Fisher and Jenks); five as
        wide; or the six of a box map: quarters, and what lies more than 1.5
        interquartile ranges beyond the middle half.
    count : int
        How many classes, but for a box map, which has six.
    seed : int
        Of the sample that natural breaks are found from above 500 values.

    Returns
    -------
    Classes or None
        Fewer than five where fewer values differ; None where no two do.

    Raises
    ------
    ValueError
        If the method is unknown.

    Notes
    -----
    Fisher (1958), On grouping for maximum homogeneity, through mapclassify.
    Box map: Anselin (1994), Exploratory spatial data analysis and GIS.
    """
    if method not in METHODS:
        raise ValueError(f"unknown method {method!r}; expected one of: {', '.join(METHODS)}")
    given = np.asarray(values, dtype=float)
    known = given[~np.isnan(given)]
    if len(np.unique(known)) < 2:
        return None
    low, high = float(known.min()), float(known.max())
    sampled = 0
    if method == "box":
        q1, q2, q3 = np.percentile(known, [25, 50, 75])
        fence = HINGE * (q3 - q1)
        cuts = np.array([q1 - fence, q1, q2, q3, q3 + fence])
        low, high = -np.inf, np.inf
    elif method == "natural" and len(known) > MOST_EXACT:
        sampled = MOST_EXACT
        cuts = _cuts(_sample(known, seed), method, count)
    else:
        cuts = _cuts(known, method, count)
    inner = cuts if method == "box" else np.unique(cuts[(cuts > low) & (cuts < high)])
    edges = (low, *(float(cut) for cut in inner), high)
    made = Classes(method, edges, (), sampled)
    counts = np.bincount(made.of(known), minlength=len(edges))[1:]
    return Classes(method, edges, tuple(int(n) for n in counts), sampled)


def thirds(values: ArrayLike) -> Classes | None:
    """Cut values into thirds of about as many units; as `classify` otherwise."""
    return classify(values, "quantile", count=3)


def _sample(values: Floats, seed: int) -> Floats:
    # Both ends are always in it, as in mapclassify's own sampling; that one draws
    # from numpy's global generator, whose state belongs to the caller.
    drawn = np.random.default_rng(seed).choice(values, MOST_EXACT - 2, replace=False)
    return np.concatenate([[values.min()], drawn, [values.max()]])


def _cuts(values: Floats, method: Method, count: int) -> Floats:
    import mapclassify

    makers = {
        "quantile": mapclassify.Quantiles,
        "natural": mapclassify.FisherJenks,
        "equal": mapclassify.EqualInterval,
    }
    with warnings.catch_warnings():
        # Numba would make natural breaks faster; 500 values take a fifth of a second.
        warnings.filterwarnings("ignore", message="Numba not installed")
        # Where many values are equal there are fewer classes, and the legend shows it.
        warnings.filterwarnings("ignore", message="Not enough unique values")
        made = makers[method](values, min(count, len(np.unique(values))))
    cuts: Floats = made.bins[:-1]
    return cuts
