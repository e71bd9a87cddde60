"""Who is whose neighbour: by shared borders, or the nearest by distance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from govmaturity.units.borders import middles, touching

NEAREST: Final = 5
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Neighbours:
    """A matrix of ones, shape (units, units): which units are neighbours of the unit of a row.

    `islands` have none; `unmapped` have no outline, hence none either.
    """

    units: tuple[str, ...]
    links: sparse.csr_array
    unmapped: tuple[str, ...] = ()

    @property
    def count(self) -> NDArray[np.intp]:
        """Number of neighbours of each unit."""
        return np.diff(self.links.indptr).astype(np.intp)

    @property
    def islands(self) -> tuple[str, ...]:
        lone = np.flatnonzero(self.count == 0)
        return tuple(self.units[i] for i in lone if self.units[i] not in self.unmapped)

    @property
    def shares(self) -> sparse.csr_array:
        """The same with rows that sum to 1; the row of an island stays zero."""
        count = self.count
        weight = np.divide(1.0, count, out=np.zeros(len(count)), where=count > 0)
        return sparse.csr_array(sparse.diags_array(weight) @ self.links)

    def mean_of(self, values: Floats) -> Floats:
        """Mean of the neighbours of each unit that have a value; NaN where none has.

        Parameters
        ----------
        values : ndarray of float, shape (..., units)

        Returns
        -------
        ndarray of float, shape (..., units)
        """
        known = ~np.isnan(values)
        number = (self.links @ known.astype(np.float64).T).T
        total = (self.links @ np.nan_to_num(values).T).T
        return np.divide(total, number, out=np.full(values.shape, np.nan), where=number > 0)

    def among(self, kept: NDArray[np.bool_]) -> Neighbours:
        """The same among some of the units."""
        units = tuple(unit for unit, is_in in zip(self.units, kept, strict=True) if is_in)
        links = sparse.csr_array(self.links[kept][:, kept])
        return Neighbours(units, links, tuple(u for u in self.unmapped if u in set(units)))


def by_border(units: Sequence[str], near: Mapping[str, frozenset[str]] | None = None) -> Neighbours:
    """Neighbours are those that share a point of their outlines (queen contiguity).

    Parameters
    ----------
    units : sequence of unit ids
        Only neighbours among them count.
    near : mapping of unit to its neighbours, optional
        The national map of counties unless given.
    """
    known = touching() if near is None else near
    place = {unit: i for i, unit in enumerate(units)}
    pairs = [
        (i, place[other])
        for unit, i in place.items()
        for other in known.get(unit, ())
        if other in place
    ]
    unmapped = tuple(unit for unit in units if unit not in known)
    return Neighbours(tuple(units), _matrix(pairs, len(units)), unmapped)


def by_distance(
    units: Sequence[str],
    k: int = NEAREST,
    where: Mapping[str, tuple[float, float]] | None = None,
) -> Neighbours:
    """Neighbours are the `k` units whose middles are nearest on the globe.

    Every unit with an outline has exactly `k`, islands too; who is whose
    neighbour need not be mutual.

    Parameters
    ----------
    units : sequence of unit ids
    k : int
    where : mapping of unit to (longitude, latitude), optional
        The centroids of the national map unless given.

    Raises
    ------
    ValueError
        If `k` is less than one, or there are not more than `k` units with an outline.
    """
    from scipy.spatial import KDTree

    known = middles() if where is None else where
    mapped = [i for i, unit in enumerate(units) if unit in known]
    if not 1 <= k < len(mapped):
        raise ValueError(f"k has to be from 1 to below the {len(mapped)} units on the map, got {k}")
    lon, lat = np.radians(np.array([known[units[i]] for i in mapped])).T
    ball = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    found = np.asarray(KDTree(ball).query(ball, k + 1)[1])
    pairs = [
        (mapped[row], mapped[int(other)])
        for row, others in enumerate(found)
        for other in [one for one in others if one != row][:k]
    ]
    unmapped = tuple(unit for unit in units if unit not in known)
    return Neighbours(tuple(units), _matrix(pairs, len(units)), unmapped)


def _matrix(pairs: Sequence[tuple[int, int]], n: int) -> sparse.csr_array:
    at = np.array(sorted(pairs), dtype=np.intp).reshape(-1, 2)
    return sparse.csr_array((np.ones(len(at)), (at[:, 0], at[:, 1])), shape=(n, n))
