"""Between and within groups: the identity, at any depth, and the worked examples."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.analysis import inequality as ineq
from govmaturity.analysis.inequality.dagum import dagum, dagum_pairs

SCORES, OTHER = [40, 50, 60, 80, 90], [40, 85, 60, 80, 90]
GROUPS = ["A", "A", "B", "B", "B"]
units = st.integers(2, 25).flatmap(
    lambda n: st.tuples(
        st.lists(st.floats(1, 1000), min_size=n, max_size=n),
        st.lists(st.sampled_from("AB"), min_size=n, max_size=n),
        st.lists(st.sampled_from("xyz"), min_size=n, max_size=n),
        st.lists(st.floats(0.1, 9), min_size=n, max_size=n),
    )
)


@given(units)
@pytest.mark.parametrize("name", ["variance", "theil_t", "theil_l"])
def test_the_parts_sum_to_the_whole_at_every_depth_and_weighting(name, made):
    values, outer, inner, weights = made
    for groupings in ([outer], [outer, inner]):
        parts = ineq.by_groups(name, values, groupings, weights)
        whole = ineq.measured(name, values, weights)
        tolerance = 1e-9 * max(1, whole)
        assert math.isclose(sum(parts.between) + parts.within, whole, abs_tol=tolerance)
        assert math.isclose(parts.total, whole, abs_tol=tolerance)
        assert math.isclose(sum(parts.groups.values()), parts.within, abs_tol=tolerance)


@given(units)
def test_the_outer_level_of_a_nested_split_is_that_of_the_plain_one(made):
    values, outer, inner, weights = made
    nested = ineq.by_groups("theil_l", values, [outer, inner], weights)
    plain = ineq.by_groups("theil_l", values, [outer], weights)
    assert nested.between[0] == pytest.approx(plain.between[0], abs=1e-12)
    assert sum(nested.between[1:]) + nested.within == pytest.approx(plain.within, abs=1e-9)


def test_theil_l_and_the_variance_split_as_worked_by_hand():
    parts = ineq.by_groups("theil_l", SCORES, [GROUPS])
    assert (parts.within, parts.between[0]) == pytest.approx((0.010929, 0.032538), abs=5e-7)
    # Means 45 and 230/3 about 64; squared distances inside 50 and 466.67.
    parts = ineq.by_groups("variance", SCORES, [GROUPS])
    assert parts.between[0] == pytest.approx((2 * 19**2 + 3 * (230 / 3 - 64) ** 2) / 5)
    assert parts.within == pytest.approx((2 * 25 + 1400 / 3) / 5)


def test_the_levels_between_of_the_crossed_example_come_out(shared):
    # Its part within the innermost groups is not T as its own source defines it: left out.
    file = shared / "data/reference/theil_decomposition_small.json"
    example = json.loads(file.read_text())["cross"]
    wages, people = example["avg_wage"], example["emp_num"]
    expected = example["expected"]
    parts = ineq.theil_by_groups(wages, [example["industry"], example["area"]], people)
    assert parts.between[0] == pytest.approx(expected["Tb"], abs=5e-9)
    assert parts.between[1] == pytest.approx(expected["Tw_b"], abs=5e-9)


def test_a_split_needs_a_grouping_and_groups_keep_the_order_of_the_units():
    with pytest.raises(ValueError, match="grouping"):
        ineq.by_groups("theil_t", SCORES, [])
    parts = ineq.by_groups("variance", [9, 1, 5], [["b", "a", "b"]])
    assert list(parts.groups) == [("b",), ("a",)]


def test_a_group_of_zeros_splits_without_a_warning():
    parts = ineq.by_groups("theil_t", [0, 0, 4, 8], [["a", "a", "b", "b"]])
    assert parts.groups[("a",)] == 0
    assert sum(parts.between) + parts.within == pytest.approx(parts.total)


def test_dagum_comes_out_as_worked_by_hand():
    parts = dagum(SCORES, GROUPS)
    found = (parts.within, parts.net_between, parts.transvariation)
    assert found == pytest.approx((0.04375, 0.11875, 0), abs=1e-12)
    parts = dagum(OTHER, GROUPS)
    found = (parts.within, parts.net_between, parts.transvariation)
    assert parts.total == pytest.approx(0.140845, abs=5e-7)
    assert found == pytest.approx((0.059155, 0.047887, 0.033803), abs=5e-7)


@given(units)
def test_dagums_parts_sum_to_gini_and_to_the_sums_over_pairs(made):
    values, outer, _, weights = made
    parts = dagum(values, outer, weights)
    whole = parts.within + parts.net_between + parts.transvariation
    assert whole == pytest.approx(ineq.gini(values, weights), abs=1e-9)
    assert sum(parts.groups.values()) == pytest.approx(parts.within, abs=1e-9)
    pairs = dagum_pairs(values, outer, weights)
    assert sum(p.net_between for p in pairs) == pytest.approx(parts.net_between, abs=1e-9)
    assert sum(p.transvariation for p in pairs) == pytest.approx(parts.transvariation, abs=1e-9)
    assert all(-1e-12 <= p.dominance <= 1 for p in pairs)


def test_pairs_follow_dagums_own_formulas():
    (pair,) = dagum_pairs(OTHER, GROUPS)
    a, b = np.array([40.0, 85]), np.array([60.0, 80, 90])
    ahead = np.maximum(b[:, None] - a, 0).mean()
    behind = np.maximum(a[:, None] - b, 0).mean()
    assert (pair.higher, pair.lower) == (("B",), ("A",))
    assert pair.gini == pytest.approx((ahead + behind) / (a.mean() + b.mean()))
    assert pair.dominance == pytest.approx((ahead - behind) / (ahead + behind))


def test_equal_groups_have_nothing_between_them_and_refuse_what_gini_refuses():
    parts = dagum([5, 5, 5, 5], ["a", "a", "b", "b"])
    assert (parts.within, parts.net_between, parts.transvariation) == (0, 0, 0)
    assert dagum_pairs([5, 5], ["a", "b"])[0].dominance == 0
    for split in (dagum, dagum_pairs):
        with pytest.raises(ineq.UndefinedMeasureError, match="negative_values"):
            split([-1, 5], ["a", "b"])
        with pytest.raises(ineq.UndefinedMeasureError, match="zero_mean"):
            split([0, 0], ["a", "b"])
