"""Filling in what is missing: by hand, and what stays missing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.scoring.impute import by_group, last_value, linear, regression
from govmaturity.scoring.prepare import year_of

nan = np.nan


def test_a_gap_gets_the_mean_or_median_of_its_own_group():
    values = np.array([1.0, 2, 9, nan, 5, nan])
    group = np.array([0, 0, 0, 0, 1, 2])
    mean = by_group(values, group, "mean")
    assert mean[:5].tolist() == [1, 2, 9, 4, 5]
    assert np.isnan(mean[5])
    assert by_group(values, group, "median")[3] == 2


def test_a_unit_of_no_group_is_filled_from_nowhere():
    assert np.isnan(by_group(np.array([1.0, nan]), np.array([-1, -1]), "mean")[1])


def test_the_last_value_comes_from_before_and_from_the_same_unit():
    unit = np.array([0, 0, 0, 1, 1])
    time = np.array([2022.0, 2023, 2024, 2023, 2024])
    found = last_value(np.array([3.0, nan, nan, nan, 8.0]), unit, time)
    assert found[:3].tolist() == [3, 3, 3]
    assert np.isnan(found[3])  # a later value is not carried back
    turned = last_value(np.array([nan, 3.0]), np.array([0, 0]), np.array([2024.0, 2023.0]))
    assert turned.tolist() == [3, 3]


def test_a_line_is_drawn_between_two_periods_and_not_beyond():
    time = np.array([2020.0, 2021, 2022, 2024, 2025])
    found = linear(np.array([nan, 1.0, nan, 4.0, nan]), np.zeros(5, dtype=np.intp), time)
    assert found[1:4].tolist() == [1, 2, 4]
    assert np.isnan(found[[0, 4]]).all()
    alone = linear(np.array([1.0, nan]), np.zeros(2, dtype=np.intp), time[:2])
    assert np.isnan(alone[1])


def test_a_regression_finds_the_plane_it_was_made_of():
    random = np.random.default_rng(2)
    others = random.normal(size=(2, 12))
    values = 3 + 2 * others[0] - others[1]
    gap = values.copy()
    gap[[3, 7]] = nan
    assert regression(gap, others).tolist() == pytest.approx(values.tolist())


def test_a_regression_without_the_others_or_with_too_few_rows_fills_nothing():
    values = np.array([1.0, 2, 3, nan])
    assert np.isnan(regression(values, np.array([[1.0, 2, 3, nan]]))[3])
    assert np.isnan(regression(values, np.array([[1.0, 2, 3, 4]]))[3])  # three rows, two needed + 2
    assert np.isnan(regression(values, np.empty((0, 4)))[3])


@given(st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=1, max_size=12))
def test_what_is_there_is_never_changed(values):
    given_ = np.array([nan if v is None else v for v in values], dtype=float)
    unit = np.arange(len(values)) % 2
    time = np.arange(len(values), dtype=float)
    is_there = ~np.isnan(given_)
    for found in (
        by_group(given_, unit, "mean"),
        by_group(given_, unit, "median"),
        last_value(given_, unit, time),
        linear(given_, unit, time),
        regression(given_, time[None]),
    ):
        assert np.array_equal(found[is_there], given_[is_there])


def test_periods_of_every_kind_have_a_time_and_keep_their_order():
    assert year_of("2024-01") == pytest.approx(2024 + 1 / 24)
    rising = ["2023", "2024-Q1", "2024-H1", "2024", "2024-H2", "2024-Q4", "2025-01"]
    assert sorted(rising, key=year_of) == rising
