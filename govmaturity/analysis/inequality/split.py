"""Inequality split exactly into what lies between groups and what lies within them.

Theil's T and L and the variance split without a rest, nested to any depth.
Between groups is what would be left if every unit had the mean of its group;
a further nested grouping adds what its means add.

Sources: Theil (1967), Economics and Information Theory; Shorrocks (1980), The
class of additively decomposable inequality measures; the variance as in any
analysis of variance. Formulas as in methods.md section 6.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from govmaturity.analysis.inequality.measures import MEASURES, refuse
from govmaturity.analysis.inequality.rows import Rows, xlogx
from govmaturity.analysis.inequality.sample import Floats, Sample, sample_of

Key = tuple[str, ...]


@dataclass(frozen=True)
class Decomposition:
    """A measure split exactly: `between` one figure per grouping, outermost first, then `within`.

    `groups` maps each innermost group (its names joined) to its part of `within`.
    """

    total: float
    between: tuple[float, ...]
    within: float
    groups: dict[Key, float]


@dataclass(frozen=True)
class Groups:
    """Nested groups of the units of a sample.

    `keys` holds, per level from the outermost in, the groups in the order in
    which they are first met; `members` a matrix of ones, shape (units, groups).
    """

    keys: tuple[tuple[Key, ...], ...]
    members: tuple[sparse.csr_array, ...]
    codes: tuple[NDArray[np.intp], ...]

    @property
    def innermost(self) -> tuple[Key, ...]:
        return self.keys[-1]


def groups_of(sample: Sample, groupings: Sequence[Sequence[str]]) -> Groups:
    """Put groupings of all units given into the order of a sample.

    Parameters
    ----------
    sample : Sample
    groupings : sequence of sequences of str
        One name per unit given, whether it counts or not; nested from the
        outermost: the second splits the groups of the first.

    Raises
    ------
    ValueError
        If there is no grouping.
    """
    if not groupings:
        raise ValueError("a split needs at least one grouping, got none")
    first_met = np.argsort(sample.kept, kind="stable")
    keys: list[tuple[Key, ...]] = []
    members: list[sparse.csr_array] = []
    codes: list[NDArray[np.intp]] = []
    for depth in range(1, len(groupings) + 1):
        names = [tuple(str(g[place]) for g in groupings[:depth]) for place in sample.kept]
        places = {
            key: place for place, key in enumerate(dict.fromkeys(names[i] for i in first_met))
        }
        code = np.array([places[name] for name in names], dtype=np.intp)
        ones = (np.ones(len(code)), (np.arange(len(code)), code))
        keys.append(tuple(places))
        codes.append(code)
        members.append(sparse.csr_array(ones, shape=(len(code), len(places))))
    return Groups(tuple(keys), tuple(members), tuple(codes))


# Per level: the sum over groups of what a measure has between them, shape (rows,); and per
# innermost group what it has within, shape (rows, groups).
_Parts = tuple[list[Floats], Floats]


def _theil_t(x: Floats, p: Floats, groups: Groups) -> _Parts:
    s = x / x.mean()
    m = p @ s
    between = []
    for members in groups.members:
        weight, points = p @ members, (p * s) @ members
        between.append((points * _log_ratio(points, weight)).sum(axis=1) / m - np.log(m))
    inside = (p * xlogx(s)) @ groups.members[-1] - points * _log_ratio(points, weight)
    return between, inside / m[:, None]


def _theil_l(x: Floats, p: Floats, groups: Groups) -> _Parts:
    s = x / x.mean()
    m = p @ s
    between = []
    for members in groups.members:
        weight, points = p @ members, (p * s) @ members
        between.append(np.log(m) - (weight * _log_ratio(points, weight)).sum(axis=1))
    inside = weight * _log_ratio(points, weight) - (p * np.log(s)) @ groups.members[-1]
    return between, inside


def _variance(x: Floats, p: Floats, groups: Groups) -> _Parts:
    d = x - x.mean()
    m = p @ d
    between = []
    for members in groups.members:
        weight, points = p @ members, (p * d) @ members
        of_groups = np.divide(points**2, weight, out=np.zeros_like(points), where=weight > 0)
        between.append(of_groups.sum(axis=1) - m**2)
    return between, (p * d**2) @ groups.members[-1] - of_groups


_SPLITS: Final[dict[str, Callable[[Floats, Floats, Groups], _Parts]]] = {
    "variance": _variance,
    "theil_t": _theil_t,
    "theil_l": _theil_l,
}
SPLIT: Final = tuple(_SPLITS)


def split_rows(name: str, x: Floats, p: Floats, groups: Groups) -> tuple[Floats, Floats]:
    """Split a measure in every row of weights.

    Returns
    -------
    between : ndarray of float, shape (rows, levels)
    within : ndarray of float, shape (rows, innermost groups)
        Both of zero or more; all of a row sums to the measure.
    """
    levels, within = _SPLITS[name](x, p, groups)
    between = np.diff(np.array([np.zeros(len(p)), *levels]), axis=0).T
    return np.maximum(between, 0.0), np.maximum(within, 0.0)


def by_groups(
    name: str,
    values: ArrayLike,
    groupings: Sequence[Sequence[str]],
    weights: ArrayLike | None = None,
) -> Decomposition:
    """Split the variance or Theil's T or L into what lies between groups and within them.

    Parameters
    ----------
    name : {"variance", "theil_t", "theil_l"}
    values : array_like of float, shape (units,)
        NaN is left out.
    groupings : sequence of sequences of str
        One name per unit in each; nested from the outermost.
    weights : array_like of float, shape (units,), optional

    Returns
    -------
    Decomposition
        The parts sum to the total.

    Raises
    ------
    ValueError
        If there is no grouping, or shapes differ.
    UndefinedMeasureError
        As the measure itself.

    Examples
    --------
    >>> parts = by_groups("variance", [1, 3, 7, 9], [["a", "a", "b", "b"]])
    >>> parts.between, parts.within
    ((9.0,), 1.0)
    """
    sample = sample_of(values, weights)
    refuse(MEASURES[name], sample)
    groups = groups_of(sample, groupings)
    between, within = split_rows(name, sample.x, sample.w[None, :], groups)
    total = float(MEASURES[name].formula(Rows(sample.x, sample.w[None, :]))[0])
    parts = dict(zip(groups.innermost, map(float, within[0]), strict=True))
    return Decomposition(total, tuple(map(float, between[0])), float(within[0].sum()), parts)


def theil_by_groups(
    values: ArrayLike, groupings: Sequence[Sequence[str]], weights: ArrayLike | None = None
) -> Decomposition:
    """Split Theil's T; see `by_groups`."""
    return by_groups("theil_t", values, groupings, weights)


def _log_ratio(points: Floats, weight: Floats) -> Floats:
    """ln(points / weight) of each group; 0 where a group has no points, which then count 0."""
    ratio = np.divide(points, weight, out=np.ones_like(points), where=(weight > 0) & (points > 0))
    return np.log(ratio)
