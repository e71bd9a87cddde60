"""Scores by the values of the units: by hand, against COINr's documented results, laws, gaps."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import percentileofscore, rankdata

from govmaturity.scoring.normalise.sample import (
    borda,
    categories,
    distance_to_target,
    min_max,
    percent_rank,
    rank,
    share_of_maximum,
    z_score,
)

FIVE = [3.0, 1.0, 3.0, 8.0, math.nan, 5.0]
whole = st.lists(st.integers(-50, 50), min_size=2, max_size=30)


def test_ranks_are_those_of_coinr_where_ties_share_the_lower():
    assert rank(FIVE, True)[[0, 1, 2, 3, 5]].tolist() == [2, 1, 2, 5, 4]
    assert rank(FIVE, False)[[0, 1, 2, 3, 5]].tolist() == [3, 5, 3, 1, 2]
    assert math.isnan(rank(FIVE, True)[4])


@given(whole)
def test_ranks_and_borda_counts_agree_with_scipy(values):
    assert rank(values, True).tolist() == rankdata(values, "min").tolist()
    assert np.allclose(borda(values, True), rankdata(values, "average") - 1)


@given(whole)
def test_borda_counts_of_both_directions_add_up_to_the_number_of_others(values):
    assert np.allclose(borda(values, True) + borda(values, False), len(values) - 1)
    assert math.isclose(borda(values, True).sum(), len(values) * (len(values) - 1) / 2)


@given(whole)
def test_a_percent_rank_lies_between_strict_and_weak_percentiles_of_scipy(values):
    found = percent_rank(values, True)
    for value, share in zip(values, found, strict=True):
        others = list(values)
        others.remove(value)
        expected = percentileofscore(others, value, "mean") / 100
        assert share == pytest.approx(expected, abs=1e-9)


def test_a_single_value_stands_in_the_middle_of_percent_ranks():
    assert percent_rank([7], True).tolist() == [0.5]
    assert borda([7], True).tolist() == [0]
    assert rank([7], True).tolist() == [1]


def test_the_share_of_the_best_value_turns_round_where_less_is_better():
    # COINr's fraction of the maximum scores the worst value highest here; see its results for
    # (1, 5, 10) with direction -1.
    assert share_of_maximum([1, 5, 10], True).tolist() == [0.1, 0.5, 1]
    assert share_of_maximum([1, 5, 10], False).tolist() == [1, 0.2, 0.1]


@pytest.mark.parametrize(("values", "up"), [([-1, 2], True), ([0, 2], False), ([0, 0], True)])
def test_a_share_of_the_best_value_needs_values_above_zero(values, up):
    with pytest.raises(ValueError, match="above zero"):
        share_of_maximum(values, up)


def test_distance_to_target_by_hand_in_both_directions():
    assert distance_to_target([50, 65, 90], 80, True).tolist() == [0, 0.5, 1]
    assert distance_to_target([30, 18, 5], 10, False).tolist() == [0, 0.6, 1]


def test_where_even_the_worst_meets_the_target_all_have_met_it():
    assert distance_to_target([80, 85, math.nan], 80, True)[:2].tolist() == [1, 1]
    assert distance_to_target([70, 90], 80, True, reference=[85, 90]).tolist() == [0, 1]


def test_classes_are_cut_by_linear_quantiles_and_hold_their_lower_cut():
    # Quartiles of 1..5 are 2, 3, 4.
    assert categories([1, 2, 3, 4, 5], 4, True).tolist() == pytest.approx([0, 1 / 3, 2 / 3, 1, 1])
    assert categories([1, 2, 3, 4, 5], 2, False).tolist() == [1, 1, 1, 0, 0]
    with pytest.raises(ValueError, match="two or more"):
        categories([1, 2], 1, True)


def test_a_reference_of_another_period_holds_what_lies_beyond_it():
    base = [10, 20, 30]
    assert min_max([0, 15, 40], True, reference=base).tolist() == [0, 0.25, 1]
    assert percent_rank([0, 15, 40], True, reference=base).tolist() == [0, 0.25, 1]
    assert z_score([20, 40], True, reference=base).tolist() == [0, 2]
    assert rank([0, 15, 40], True, reference=base).tolist() == [1, 2, 4]


METHODS = {
    "min_max": min_max,
    "z_score": z_score,
    "rank": rank,
    "percent_rank": percent_rank,
    "borda": borda,
    "share_of_maximum": share_of_maximum,
    "distance": lambda x, up: distance_to_target(x, 5, up),
    "categories": lambda x, up: categories(x, 3, up),
}


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_nothing_reported_gives_nothing_and_gaps_stay_gaps(method):
    for values in ([], [math.nan], [math.nan, math.nan]):
        found = method(values, True)
        assert len(found) == len(values)
        assert np.isnan(found).all()
    assert np.isnan(method([1.0, math.nan, 3.0], True)).tolist() == [False, True, False]


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
@pytest.mark.parametrize("up", [True, False])
@given(values=st.lists(st.integers(1, 60), min_size=1, max_size=20))
def test_a_better_value_never_scores_lower(method, up, values):
    found = method(values, up)
    order = np.argsort(values, kind="stable")
    steps = np.diff(found[order]) * (1 if up else -1)
    assert (steps >= -1e-12).all()


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=20))
def test_what_comes_by_order_alone_does_not_change_with_the_unit_of_measure(values):
    moved = 3 * np.array(values) ** 3 + 7  # rising, far from a line
    for method in (rank, percent_rank, borda):
        assert np.allclose(method(values, True), method(moved, True))
