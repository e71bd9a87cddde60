"""The shift to GCJ-02: points worked out by another program, and what must hold of any."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.units.coordinates import EXTENT, to_gcj02

# Worked out with prcoords 1.0.2 (CC0), which is not this code: lon, lat, shifted lon, lat.
POINTS = [
    (116.3975, 39.9087, 116.4037436, 39.9101035),
    (113.2644, 23.1291, 113.2697296, 23.1264233),
    (121.4737, 31.2304, 121.4782231, 31.2284577),
    (87.6168, 43.8256, 87.6196499, 43.8268054),
    (91.1409, 29.6456, 91.1424293, 29.642864),
    (126.6424, 45.7567, 126.6483698, 45.7586511),
    (110.3492, 20.0174, 110.3536092, 20.0153981),
    (114.9403, 25.851, 114.9450389, 25.8478137),
    (104.0657, 30.6595, 104.0682074, 30.6570791),
    (75.9897, 39.4677, 75.9926546, 39.4679259),
]


@pytest.mark.parametrize("point", POINTS)
def test_points_are_shifted_as_another_program_shifts_them(point):
    lon, lat = to_gcj02(point[:1], point[1:2])
    assert (lon[0], lat[0]) == pytest.approx(point[2:], abs=6e-8)


@given(st.floats(EXTENT[0], EXTENT[2]), st.floats(EXTENT[1], EXTENT[3]))
def test_the_shift_is_less_than_two_kilometres(lon, lat):
    there = to_gcj02(lon, lat)
    north = (there[1] - lat) * 111_320
    east = (there[0] - lon) * 111_320 * np.cos(np.radians(lat))
    assert np.hypot(north, east) < 2_000


@given(st.floats(EXTENT[0] + 0.01, EXTENT[2] - 0.01), st.floats(EXTENT[1], EXTENT[3]))
def test_neighbours_stay_neighbours(lon, lat):
    one, two = to_gcj02(lon, lat)[0], to_gcj02(lon + 0.001, lat)[0]
    assert 0 < two - one < 0.01


def test_nothing_outside_the_country_is_shifted_and_nothing_stays_nothing():
    lon, lat = to_gcj02([-0.12, 151.2, np.nan], [51.5, -33.9, 30.0])
    assert lon[:2].tolist() == [-0.12, 151.2]
    assert lat[:2].tolist() == [51.5, -33.9]
    assert np.isnan(lon[2])


def test_arrays_of_any_shape_keep_it():
    lon, lat = to_gcj02(np.full((2, 3), 113.0), np.full((2, 3), 23.0))
    assert lon.shape == lat.shape == (2, 3)
    assert to_gcj02([], [])[0].shape == (0,)
