"""Which counties touch, and where they lie, read from the national outlines.

Neighbours share at least one point of their outlines (queen contiguity).
Borders are drawn once for both sides (docs/decisions/0003), so sharing a point
of the file is enough; no geometry has to be computed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govmaturity.units.outlines import OUTLINES_FOLDER, outline_for

Points = NDArray[np.float64]


@cache
def touching() -> dict[str, frozenset[str]]:
    """Every county of the national map with those it touches; none for an island."""
    at: dict[tuple[float, float], set[str]] = {}
    found: dict[str, set[str]] = {}
    for unit, rings in _counties().items():
        found[unit] = set()
        for ring in rings:
            for point in ring:
                at.setdefault((point[0], point[1]), set()).add(unit)
    for units in at.values():
        for one, other in combinations(units, 2):
            found[one].add(other)
            found[other].add(one)
    return {unit: frozenset(near) for unit, near in found.items()}


@cache
def middles() -> dict[str, tuple[float, float]]:
    """Longitude and latitude of the centroid of every county, its largest part alone."""
    return {unit: _centroid(rings) for unit, rings in _counties().items()}


@cache
def _counties() -> dict[str, list[list[list[float]]]]:
    outline = outline_for("", "county")
    if outline is None:
        raise FileNotFoundError(f"no national map of counties in {OUTLINES_FOLDER}")
    content = json.loads((OUTLINES_FOLDER / outline.file).read_text("utf-8"))
    return {str(one["id"]): list(_rings(one["geometry"])) for one in content["features"]}


def _rings(geometry: dict[str, Any]) -> Iterator[list[list[float]]]:
    is_one = geometry["type"] == "Polygon"
    for polygon in [geometry["coordinates"]] if is_one else geometry["coordinates"]:
        yield from polygon


def _centroid(rings: list[list[list[float]]]) -> tuple[float, float]:
    parts = [_area_and_centroid(np.array(ring)) for ring in rings]
    _, middle = max(parts, key=lambda part: part[0])
    return float(middle[0]), float(middle[1])


def _area_and_centroid(ring: Points) -> tuple[float, Points]:
    # From the first corner, so that products of degrees far from zero lose no digits.
    here = ring - ring[0]
    (x, y), (u, v) = here[:-1].T, here[1:].T
    cross = x * v - u * y
    area = float(cross.sum()) / 2
    if area == 0:
        return 0.0, ring.mean(axis=0)
    middle = np.array([((x + u) * cross).sum(), ((y + v) * cross).sum()]) / (6 * area)
    return abs(area), ring[0] + middle
