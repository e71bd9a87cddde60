"""Inequality measures against worked examples, laws and awkward input."""

import json
import math
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.analysis import inequality as ineq

SCORES = [40, 50, 60, 80, 90]
GROUPS = ["A", "A", "B", "B", "B"]
ALL = [
    ineq.standard_deviation,
    ineq.variance,
    ineq.value_range,
    ineq.absolute_gini,
    ineq.coefficient_of_variation,
    ineq.gini,
    ineq.theil_t,
    ineq.theil_l,
    ineq.atkinson,
    partial(ineq.atkinson, aversion=1),
    partial(ineq.atkinson, aversion=2),
    ineq.hoover,
]
ABSOLUTE, RELATIVE = [ALL[0], *ALL[2:4]], ALL[4:]
positive = st.lists(st.floats(1, 1000), min_size=2, max_size=30)


def test_the_measures_of_five_units_come_out_as_worked_by_hand():
    # Values computed apart from this code, with populations 1 to 5.
    assert ineq.gini(SCORES) == pytest.approx(0.1625, abs=1e-12)
    assert ineq.gini(SCORES, [1, 2, 3, 4, 5]) == pytest.approx(0.127217, abs=5e-7)
    assert ineq.coefficient_of_variation(SCORES) == pytest.approx(0.289801, abs=5e-7)
    assert ineq.coefficient_of_variation(SCORES, [1, 2, 3, 4, 5]) == pytest.approx(
        0.232818, abs=5e-7
    )
    assert ineq.theil_t(SCORES) == pytest.approx(0.042248, abs=5e-7)
    assert ineq.value_range(SCORES) == 50
    assert ineq.gini_small_sample(SCORES) == pytest.approx(0.203125, abs=1e-12)
    assert ineq.theil_l(SCORES) == pytest.approx(0.043466, abs=5e-7)
    assert ineq.max_min(SCORES) == 2.25
    # 64 is the mean; 40 and 50 and 60 lack 24, 14 and 4 of 5 x 64.
    assert ineq.hoover(SCORES) == pytest.approx(42 / 320)
    assert ineq.absolute_gini(SCORES) == pytest.approx(0.1625 * 64)


def test_theil_splits_into_between_and_within_as_worked_by_hand():
    parts = ineq.theil_by_groups(SCORES, [GROUPS])
    assert parts.within == pytest.approx(0.011516, abs=5e-7)
    assert parts.between[0] == pytest.approx(0.030733, abs=5e-7)


def test_theil_matches_the_worked_example_with_two_groups(shared):
    example = json.loads((shared / "data/reference/theil_decomposition_small.json").read_text())
    parts = ineq.theil_by_groups(example["y"], [example["groups"]])
    expected = example["expected"]
    assert parts.total == pytest.approx(expected["T"], abs=5e-9)
    assert parts.between[0] == pytest.approx(expected["Tb"], abs=5e-9)
    assert parts.within == pytest.approx(expected["Tw"], abs=5e-8)
    assert parts.groups[("A",)] / parts.total == pytest.approx(expected["contrib_A"], abs=5e-9)
    gini = example["gini0"]
    assert ineq.gini(gini["y"]) == pytest.approx(gini["expected"], abs=1e-12)


def test_nested_theil_matches_the_worked_example(shared):
    nested = json.loads((shared / "data/reference/theil_decomposition_small.json").read_text())
    nested = nested["nested"]
    parts = ineq.theil_by_groups(nested["y"], [nested["province"], nested["city"]], nested["pop"])
    found = (parts.total, *parts.between, parts.within)
    expected = [nested["expected"][name] for name in ("T", "Tb_g1", "Tb_g2", "Tw")]
    assert found == pytest.approx(expected, abs=5e-9)


@given(positive, st.data())
def test_the_parts_of_theil_sum_to_the_whole(values, data):
    outer = data.draw(st.lists(st.sampled_from("AB"), min_size=len(values), max_size=len(values)))
    inner = data.draw(st.lists(st.sampled_from("xyz"), min_size=len(values), max_size=len(values)))
    parts = ineq.theil_by_groups(values, [outer, inner])
    assert math.isclose(sum(parts.between) + parts.within, parts.total, abs_tol=1e-9)
    assert math.isclose(sum(parts.groups.values()), parts.within, abs_tol=1e-12)


@given(positive)
@pytest.mark.parametrize("measure", ALL)
def test_weights_of_one_change_nothing_and_order_does_not_count(measure, values):
    plain = measure(values)
    assert math.isclose(measure(values, np.ones(len(values))), plain, rel_tol=1e-9, abs_tol=1e-9)
    assert math.isclose(measure(values[::-1]), plain, rel_tol=1e-6, abs_tol=1e-9)


@given(positive)
@pytest.mark.parametrize("measure", ABSOLUTE)
def test_absolute_measures_do_not_change_when_all_gain_the_same(measure, values):
    gained = measure(np.array(values) + 7)
    assert math.isclose(gained, measure(values), rel_tol=1e-6, abs_tol=1e-5)


@given(positive)
@pytest.mark.parametrize("measure", RELATIVE)
def test_relative_measures_do_not_change_with_the_scale(measure, values):
    assert math.isclose(measure(np.array(values) * 3), measure(values), rel_tol=1e-6, abs_tol=1e-9)


@given(positive)
@pytest.mark.parametrize("measure", ALL)
def test_a_unit_counted_twice_is_a_unit_of_weight_two(measure, values):
    twice = measure([*values, values[0]])
    weighted = measure(values, [2] + [1] * (len(values) - 1))
    assert math.isclose(twice, weighted, rel_tol=1e-6, abs_tol=1e-6)


@pytest.mark.parametrize("measure", ALL)
@pytest.mark.parametrize("values", [[5], [5, 5, 5], [5, math.nan, 5]])
def test_equal_values_and_one_value_are_not_unequal(measure, values):
    assert measure(values) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("measure", ALL)
@pytest.mark.parametrize("values", [[], [math.nan]])
def test_nothing_there_is_undefined_and_not_zero(measure, values):
    with pytest.raises(ineq.UndefinedMeasureError, match="no_values"):
        measure(values)


@pytest.mark.parametrize("measure", RELATIVE)
def test_relative_measures_refuse_negative_values_and_a_mean_of_zero(measure):
    with pytest.raises(ineq.UndefinedMeasureError, match="negative_values"):
        measure([-1, 5])
    with pytest.raises(ineq.UndefinedMeasureError, match="zero_mean"):
        measure([0, 0])


def test_percentiles_are_those_of_numpy_and_need_ten_values():
    values = np.array([3.0, 9, 4, 1, 7, 12, 5, 6, 8, 2, 30])
    expected = np.percentile(values, 90) - np.percentile(values, 10)
    assert ineq.p90_p10(values) == pytest.approx(expected)
    with pytest.raises(ineq.UndefinedMeasureError, match="too_few"):
        ineq.p90_p10(values[:9])


def test_the_lorenz_curve_runs_from_nothing_to_everything_below_the_diagonal():
    across, up = ineq.lorenz([1, 3])
    assert across.tolist() == [0, 0.5, 1]
    assert up.tolist() == [0, 0.25, 1]


@given(positive)
def test_the_gini_index_is_twice_the_area_between_lorenz_curve_and_diagonal(values):
    across, up = ineq.lorenz(values)
    area = float(np.sum(np.diff(across) * (up[1:] + up[:-1]) / 2))
    assert math.isclose(1 - 2 * area, ineq.gini(values), abs_tol=1e-9)


def test_a_negative_or_missing_weight_is_refused():
    with pytest.raises(ValueError, match="weights"):
        ineq.gini([1, 2], [1, -1])
    with pytest.raises(ValueError, match="weights"):
        ineq.gini([1, 2], [1, math.nan])
    with pytest.raises(ValueError, match="shape"):
        ineq.gini([1, 2], [1])


@given(positive, st.floats(0.05, 5))
def test_more_aversion_never_makes_the_atkinson_index_smaller(values, aversion):
    found = ineq.atkinson(values, aversion=aversion)
    assert -1e-12 <= found <= 1
    assert ineq.atkinson(values, aversion=1.2 * aversion) >= found - 1e-9


@given(positive)
def test_the_atkinson_index_of_aversion_one_is_theil_l_on_another_scale(values):
    assert math.isclose(
        ineq.atkinson(values, aversion=1), 1 - math.exp(-ineq.theil_l(values)), abs_tol=1e-9
    )


@given(positive)
def test_hoover_is_the_widest_gap_of_the_lorenz_curve(values):
    across, up = ineq.lorenz(values)
    assert math.isclose(float(np.max(across - up)), ineq.hoover(values), abs_tol=1e-9)


@given(positive)
def test_the_measures_know_their_bounds(values):
    n = len(values)
    assert 0 <= ineq.gini(values) <= ineq.gini_small_sample(values) <= 1
    assert 0 <= ineq.theil_t(values) <= math.log(n) + 1e-9
    assert ineq.hoover(values) <= ineq.gini(values) + 1e-9


@given(positive)
def test_a_point_from_a_high_unit_to_a_low_one_makes_no_measure_larger(values):
    low, high = int(np.argmin(values)), int(np.argmax(values))
    after = np.array(values)
    after[low] += 0.25 * (values[high] - values[low])
    after[high] -= 0.25 * (values[high] - values[low])
    for name in ineq.MEASURES:
        if name not in ("mean", "p90_p10"):
            before = ineq.measured(name, values)
            assert ineq.measured(name, after) <= before + 1e-9 * max(1, before), name


@pytest.mark.parametrize("name", ["theil_l", "atkinson_1", "atkinson_2", "max_min"])
def test_a_zero_among_the_values_is_refused_and_nothing_is_added_to_it(name):
    with pytest.raises(ineq.UndefinedMeasureError, match="zero_values"):
        ineq.measured(name, [0, 5])
    assert ineq.atkinson([0, 4], aversion=0.5) == pytest.approx(0.5)


def test_one_unit_has_no_small_sample_gini_and_is_its_own_maximum():
    with pytest.raises(ineq.UndefinedMeasureError, match="one_unit"):
        ineq.gini_small_sample([5])
    assert ineq.max_min([5]) == 1
    with pytest.raises(ValueError, match="aversion"):
        ineq.atkinson([1, 2], aversion=0)


def test_integers_are_measured_like_floats_and_a_missing_weight_of_a_missing_value_is_none():
    assert ineq.measured("gini", [1, 2, 3]) == ineq.measured("gini", [1.0, 2.0, 3.0])
    assert ineq.gini([1, 3, math.nan], [1, 1, math.nan]) == ineq.gini([1, 3])


def test_a_weight_of_zero_leaves_a_unit_out():
    for name in ineq.MEASURES:
        if name != "p90_p10":
            assert ineq.measured(name, [7, 1, 3], [0, 2, 1]) == ineq.measured(name, [1, 3], [2, 1])
