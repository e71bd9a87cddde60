"""A person's own outlines: GeoJSON in, shapes that a map can draw out.

The file is JSON, which the parser reads in bounded depth and time; nothing in
it is executed, so it needs no process of its own. Its coordinate system is
stated by the person: nothing in GeoJSON tells GCJ-02 from WGS-84, and half a
kilometre is seen on a map of districts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import orjson
import shapely

from govmaturity.units.coordinates import EXTENT, to_gcj02

System = Literal["gcj02", "wgs84"]
SYSTEMS: Final[tuple[System, ...]] = ("gcj02", "wgs84")
MAX_BYTES: Final = 10_000_000
MAX_SHAPES: Final = 5_000
# More points than this a browser draws slowly; then all borders are simplified.
MANY_POINTS: Final = 200_000
# Parts of the map's width that simplified borders may be off by.
_FINENESS: Final = 1_500
_IDS: Final = (
    *("unit", "unit_id", "adcode", "code", "区划代码", "行政区划代码", "id"),
    *("name", "unit_name", "名称", "区县"),
)
# What names of coordinate systems say; EPSG codes of degrees only.
_KNOWN_SYSTEMS: Final = re.compile(r"CRS84|EPSG:+(?:[0-9.]*:)?(?:4326|4490)$", re.IGNORECASE)
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Remark:
    """Something about a part of the file; `shapes` are the places of features, 1 is the first."""

    code: str
    shapes: tuple[int, ...] = ()
    found: str = ""


class OutlinesError(ValueError):
    """Why a file is not taken; the code of a sentence, what was found, and in which feature."""

    def __init__(self, code: str, found: str = "", shape: int = 0) -> None:
        self.code, self.found, self.shape = code, found, shape
        super().__init__(f"{code}: {found}" if found else code)


@dataclass(frozen=True)
class OwnOutlines:
    """Shapes in GCJ-02, and where each unit lies (west, south, east, north).

    `content` is GeoJSON with a feature for each unit, its id the unit's and its
    `bbox` those bounds; `name` and `system` say where it comes from.
    """

    content: bytes
    bounds: Mapping[str, Bounds]
    remarks: tuple[Remark, ...]


def read_outlines(
    content: bytes, system: System, names: Mapping[str, str], name: str = ""
) -> OwnOutlines:
    """Read a person's outlines.

    Parameters
    ----------
    content : bytes
        A GeoJSON FeatureCollection of polygons, in degrees.
    system : {"gcj02", "wgs84"}
        As the person states it; CGCS2000 counts as `wgs84`.
    names : mapping
        Chinese names by the ids of the units that may be drawn. A feature is
        told by an id (`adcode`, `code`, `区划代码`, ... or its own `id`), else by
        a name that only one unit has.
    name : str
        What the file is called; stands in the GeoJSON that comes out.

    Returns
    -------
    OwnOutlines
        Features of no unit known, and second ones of the same unit, are left
        out and named in its remarks.

    Raises
    ------
    OutlinesError
        If the file is too large, not such a collection, not in degrees, states
        another coordinate system, or draws none of the units.
    """
    features = list(_features(content))
    by_name = _unique(names)
    kept: dict[str, Any] = {}
    unknown: list[int] = []
    twice: list[int] = []
    mended: list[int] = []
    for place, feature in enumerate(features, start=1):
        unit = _unit(feature, names, by_name)
        if unit is None:
            unknown.append(place)
        elif unit in kept:
            twice.append(place)
        else:
            shape = _shape(feature, place)
            if not shapely.is_valid(shape):
                mended.append(place)
                shape = _areas(shapely.make_valid(shape))
            kept[unit] = shape
    if not kept:
        raise OutlinesError("no_unit", _some_ids(features))
    shapes = np.array(list(kept.values()), dtype=object)
    if system == "wgs84":
        shapes = shapely.transform(shapes, lambda points: np.column_stack(to_gcj02(*points.T)))
    remarks = [
        Remark(code, tuple(places))
        for code, places in (("unknown", unknown), ("twice", twice), ("mended", mended))
        if places
    ]
    points = int(shapely.get_num_coordinates(shapes).sum())
    if points > MANY_POINTS:
        west, _, east, _ = shapely.total_bounds(shapes)
        shapes = shapely.coverage_simplify(shapes, (east - west) / _FINENESS)
        remarks.append(Remark("simplified", found=f"{points:,}"))
    # Plotly fills what lies to the left of a ring otherwise: all the rest of the world.
    shapes = shapely.orient_polygons(shapely.set_precision(shapes, 1e-5), exterior_cw=True)
    bounds = shapely.bounds(shapes).tolist()
    made = {
        "type": "FeatureCollection",
        "name": name,
        "system": system,
        "features": [
            {
                "type": "Feature",
                "id": unit,
                "bbox": box,
                "properties": {},
                "geometry": orjson.Fragment(text),
            }
            for unit, box, text in zip(kept, bounds, shapely.to_geojson(shapes), strict=True)
        ],
    }
    placed = {unit: tuple(box) for unit, box in zip(kept, bounds, strict=True)}
    return OwnOutlines(orjson.dumps(made), placed, tuple(remarks))


def _features(content: bytes) -> Iterator[Mapping[str, Any]]:
    if len(content) > MAX_BYTES:
        raise OutlinesError("too_large", f"{len(content) / 1e6:.1f} MB")
    if content[:2] == b"PK":
        raise OutlinesError("zipped")
    try:
        given = orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as fault:
        raise OutlinesError("not_json", f"{fault.lineno}:{fault.colno}") from None
    if not isinstance(given, dict) or given.get("type") != "FeatureCollection":
        kind = given.get("type", "") if isinstance(given, dict) else type(given).__name__
        raise OutlinesError("not_features", str(kind)[:40])
    stated = given.get("crs")
    if stated is not None:
        name = stated.get("properties", {}) if isinstance(stated, dict) else stated
        name = str(name.get("name", "") if isinstance(name, dict) else name)[:80]
        if not _KNOWN_SYSTEMS.search(name):
            raise OutlinesError("other_system", name)
    features = given.get("features")
    if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
        raise OutlinesError("not_features", "features")
    if len(features) > MAX_SHAPES:
        raise OutlinesError("too_many", f"{len(features):,}")
    yield from features


def _unique(names: Mapping[str, str]) -> dict[str, str]:
    counts: dict[str, list[str]] = {}
    for unit, name in names.items():
        counts.setdefault(name, []).append(unit)
    return {name: units[0] for name, units in counts.items() if len(units) == 1}


def _unit(
    feature: Mapping[str, Any], names: Mapping[str, str], by_name: Mapping[str, str]
) -> str | None:
    said = [_text(one) for one in _said(feature)]
    found = next((one for one in said if one in names), None)
    return found or next((by_name[one] for one in said if one in by_name), None)


def _said(feature: Mapping[str, Any]) -> Iterator[Any]:
    yield feature.get("id")
    properties = feature.get("properties")
    if isinstance(properties, dict):
        plain = {str(key).strip().casefold(): value for key, value in properties.items()}
        yield from (plain.get(name) for name in _IDS)


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() if isinstance(value, str | int) else ""


def _some_ids(features: Sequence[Mapping[str, Any]]) -> str:
    said = (next((text for one in _said(f) if (text := _text(one))), "") for f in features)
    return ", ".join(list(dict.fromkeys(one[:20] for one in said if one))[:5])


def _shape(feature: Mapping[str, Any], place: int) -> Any:
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise OutlinesError("not_an_area", str(kind)[:40], place)
    try:
        shape = shapely.force_2d(shapely.from_geojson(orjson.dumps(geometry)))
    except (shapely.GEOSException, orjson.JSONEncodeError) as fault:
        raise OutlinesError("broken_shape", str(fault)[:80], place) from None
    points = shapely.get_coordinates(shape)
    if not len(points):
        raise OutlinesError("broken_shape", "", place)
    if not np.isfinite(points).all() or np.abs(points).max() > 360:
        far = points[np.argmax(np.abs(points).max(axis=1))]
        raise OutlinesError("projected", f"{far[0]:g}, {far[1]:g}", place)
    west, south, east, north = EXTENT
    lon, lat = points.T
    if not ((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)).all():
        swapped = ((lat >= west) & (lat <= east) & (lon >= south) & (lon <= north)).all()
        code = "swapped" if swapped else "outside"
        raise OutlinesError(code, f"{lon[0]:g}, {lat[0]:g}", place)
    return shape


def _areas(shape: Any) -> Any:
    """What has an area of a shape that was mended; loose lines and points are nothing to fill."""
    parts = shapely.get_parts(shape, return_index=False)
    return shapely.union_all([part for part in parts if part.geom_type.endswith("Polygon")])
