"""A person's own outlines: what is taken, what is refused and why, and where shapes end up."""

from __future__ import annotations

import contextlib
import json

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.intake.outlines import MAX_SHAPES, OutlinesError, read_outlines
from govmaturity.units.coordinates import to_gcj02

NAMES = {
    "440103": "荔湾区",
    "440106": "天河区",
    "zone-1": "开发区",
    "110105": "朝阳区",
    "220104": "朝阳区",
}


def square(west=113.3, south=23.1, side=0.1):
    return [
        [west, south],
        [west + side, south],
        [west + side, south + side],
        [west, south + side],
        [west, south],
    ]


def feature(rings=None, kind="Polygon", **properties):
    coordinates = [square()] if rings is None else rings
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def file_of(*features, **more):
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def shapes_of(found):
    given = json.loads(found.content)
    return {one["id"]: shapely.geometry.shape(one["geometry"]) for one in given["features"]}


def refused(content, system="gcj02"):
    with pytest.raises(OutlinesError) as caught:
        read_outlines(content, system, NAMES)
    return caught.value


@pytest.mark.parametrize(
    "properties",
    [
        {"adcode": 440106},
        {"adcode": 440106.0},
        {"区划代码": " 440106 "},
        {"CODE": "440106"},
        {"name": "天河区"},
        {"code": "999999", "name": "天河区"},
    ],
)
def test_a_feature_is_told_by_its_code_or_by_a_name_that_one_unit_has(properties):
    found = read_outlines(file_of(feature(**properties)), "gcj02", NAMES)
    assert list(found.bounds) == ["440106"]
    assert found.bounds["440106"] == pytest.approx((113.3, 23.1, 113.4, 23.2))
    assert found.remarks == ()


def test_units_that_are_in_no_registry_are_drawn_too():
    assert list(read_outlines(file_of(feature(unit="zone-1")), "gcj02", NAMES).bounds) == ["zone-1"]


def test_what_no_unit_is_called_and_who_comes_twice_is_left_out_and_named():
    content = file_of(
        feature(adcode="440106"), feature(adcode="1"), feature(name="朝阳区"), feature(id="440106")
    )
    found = read_outlines(content, "gcj02", NAMES)
    assert [(one.code, one.shapes) for one in found.remarks] == [
        ("unknown", (2, 3)),
        ("twice", (4,)),
    ]


def test_satellite_coordinates_are_shifted_and_those_of_map_services_are_not():
    content = file_of(feature(adcode="440106"))
    plain = shapes_of(read_outlines(content, "gcj02", NAMES))["440106"]
    moved = shapes_of(read_outlines(content, "wgs84", NAMES))["440106"]
    assert plain.equals_exact(shapely.Polygon(square()), 1e-9, normalize=True)
    lon, lat = to_gcj02(*np.array(square()).T)
    expected = shapely.Polygon(np.column_stack([lon, lat]))
    assert moved.equals_exact(expected, 1e-5, normalize=True)
    assert moved.centroid.distance(plain.centroid) > 0.003


def test_outer_rings_run_clockwise_whichever_way_they_came():
    for ring in (square(), square()[::-1]):
        shape = shapes_of(read_outlines(file_of(feature([ring], adcode="440106")), "gcj02", NAMES))
        assert not shapely.is_ccw(shape["440106"].exterior)


def test_a_border_that_crosses_itself_is_mended_and_said():
    bow = [[113.3, 23.1], [113.4, 23.2], [113.4, 23.1], [113.3, 23.2], [113.3, 23.1]]
    found = read_outlines(file_of(feature([bow], adcode="440106")), "gcj02", NAMES)
    assert [(one.code, one.shapes) for one in found.remarks] == [("mended", (1,))]
    assert shapes_of(found)["440106"].is_valid


def test_very_fine_outlines_are_simplified_and_said():
    angle = np.linspace(0, 2 * np.pi, 210_001)
    ring = np.column_stack([113 + np.cos(angle), 23 + np.sin(angle)]).tolist()
    ring[-1] = ring[0]
    found = read_outlines(file_of(feature([ring], adcode="440106")), "gcj02", NAMES)
    assert [one.code for one in found.remarks] == ["simplified"]
    circle = shapes_of(found)["440106"]
    assert shapely.get_num_coordinates(circle) < 2_000
    assert circle.area == pytest.approx(np.pi, rel=0.01)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_json"),
        (b"PK\x03\x04", "zipped"),
        (b"{", "not_json"),
        (b"[" * 100_000, "not_json"),
        (b"[]", "not_features"),
        (b'{"type": "Topology"}', "not_features"),
        (b'{"type": "FeatureCollection", "features": [1]}', "not_features"),
        (file_of(), "no_unit"),
        (file_of(feature(adcode="1")), "no_unit"),
        (file_of(*[feature()] * (MAX_SHAPES + 1)), "too_many"),
        (b" " * 10_000_001, "too_large"),
        (file_of(feature([113.3, 23.1], "Point", adcode="440106")), "not_an_area"),
        (file_of({"type": "Feature", "properties": {"adcode": "440106"}}), "not_an_area"),
        (file_of(feature([[[1, 2]]], adcode="440106")), "broken_shape"),
        (file_of(feature([], adcode="440106")), "broken_shape"),
        (file_of(feature([square(4e5, 2.5e6, 1e4)], adcode="440106")), "projected"),
        (file_of(feature([square(-0.2, 51)], adcode="440106")), "outside"),
        (file_of(feature([[p[::-1] for p in square()]], adcode="440106")), "swapped"),
        (
            file_of(
                feature(adcode="440106"),
                crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4547"}},
            ),
            "other_system",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_a_reason(content, code):
    assert refused(content).code == code


@pytest.mark.parametrize(
    "name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4490", "EPSG:4326"]
)
def test_a_file_that_states_degrees_is_taken(name):
    content = file_of(feature(adcode="440106"), crs={"type": "name", "properties": {"name": name}})
    assert read_outlines(content, "wgs84", NAMES).bounds


def test_a_fault_names_the_feature():
    content = file_of(feature(adcode="440103"), feature([square(4e5, 2.5e6)], adcode="440106"))
    assert refused(content).shape == 2


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5),
        lambda one: (
            st.lists(one, max_size=4) | st.dictionaries(st.text(max_size=8), one, max_size=4)
        ),
        max_leaves=12,
    )
)
def test_whatever_is_json_is_taken_or_refused_never_a_fault_of_the_program(junk):
    for content in (
        json.dumps(junk).encode(),
        json.dumps({"type": "FeatureCollection", "features": junk}).encode(),
        json.dumps({"type": "FeatureCollection", "features": [junk]}).encode(),
        file_of({"type": "Feature", "id": "440106", "geometry": junk}),
        file_of(feature(junk, adcode="440106")),
        file_of(feature([junk], adcode="440106")),
    ):
        with contextlib.suppress(OutlinesError):
            read_outlines(content, "wgs84", NAMES)
