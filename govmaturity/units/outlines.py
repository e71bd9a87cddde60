"""Outlines for maps: which file draws which region at which tier.

The files are built by `data/outlines/build.py` and served by the app under
their names, which are hashes of their content.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from govmaturity.units.registry import Tier

OUTLINES_FOLDER: Final = Path(__file__).resolve().parents[2] / "data" / "outlines"


@dataclass(frozen=True)
class Outline:
    """One file of shapes. `bounds` are west, south, east, north in degrees (GCJ-02)."""

    file: str
    bounds: tuple[float, float, float, float]
    units: tuple[str, ...]
    tolerance: float


@dataclass(frozen=True)
class NationalLine:
    """The line in the South China Sea; each part an array of shape (points, 2), lon and lat."""

    file: str
    lines: tuple[NDArray[np.float64], ...]


def outline_for(region: str, tier: Tier) -> Outline | None:
    """Return the outlines of all units of a tier inside a region.

    Parameters
    ----------
    region : str
        A province's or prefecture's id; empty for the whole country.
    tier : {"county", "prefecture", "province"}
        Units that skip the tier of prefectures stand on that map themselves.

    Returns
    -------
    Outline or None
        None where there is no such map: the region is a county, or has no such tier.
    """
    found = _index()["maps"].get(f"{region}/{tier}")
    if found is None:
        return None
    west, south, east, north = found["bounds"]
    return Outline(
        found["file"], (west, south, east, north), tuple(found["units"]), found["tolerance"]
    )


@cache
def national_line() -> NationalLine:
    """Return the line that every map of the country has to show."""
    file = _index()["national_line"]
    content = json.loads((OUTLINES_FOLDER / file).read_text("utf-8"))
    return NationalLine(file, tuple(np.array(part) for part in content["coordinates"]))


@cache
def _index() -> dict[str, Any]:
    index: dict[str, Any] = json.loads((OUTLINES_FOLDER / "index.json").read_text("utf-8"))
    return index
