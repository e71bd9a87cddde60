"""Transitions, density and mobility of ranks: by hand, by law, and awkward input."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from govmaturity.analysis.change.density import kernel_density, silverman
from govmaturity.analysis.change.mobility import rank_mobility
from govmaturity.analysis.change.transitions import (
    quantile_states,
    spatial_transitions,
    transitions,
)
from govmaturity.analysis.inequality import UndefinedMeasureError
from govmaturity.analysis.space.neighbours import by_border

SCORES = np.array([40.0, 50, 60, 80, 90])


def test_moves_are_counted_from_row_to_column():
    found = transitions([[1, 1, 2, 2], [1, 2, 2, 1], [1, 2, 2, 0]], 3)
    assert found.counts.tolist() == [[2, 1, 0], [1, 3, 0], [0, 0, 0]]
    assert found.chances[0].tolist() == pytest.approx([2 / 3, 1 / 3, 0])
    assert np.isnan(found.chances[2]).all()
    assert np.isnan(found.stationary).all()
    assert np.isnan(found.mobility)
    assert found.stayed == pytest.approx(5 / 7)


def test_the_stationary_shares_are_left_as_they_are():
    states = np.random.default_rng(0).integers(1, 4, (6, 50))
    found = transitions(states, 3)
    assert found.stationary @ found.chances == pytest.approx(found.stationary)
    assert found.stationary.sum() == pytest.approx(1)
    assert 0 < found.mobility < 1.5


def test_states_that_cannot_be_left_have_no_stationary_shares():
    assert np.isnan(transitions([[1, 2], [1, 2]], 2).stationary).all()
    assert transitions([[1, 2], [1, 2]], 2).mobility == 0


@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=6))
def test_every_row_of_chances_sums_to_one_or_is_blank(states):
    found = transitions(states, 4)
    sums = found.chances.sum(axis=1)
    assert np.allclose(sums[~np.isnan(sums)], 1)
    assert (np.isnan(sums) == (found.counts.sum(axis=1) == 0)).all()


def test_the_spatial_chains_split_the_plain_one():
    n, periods = 30, 5
    random = np.random.default_rng(4)
    values = random.uniform(0, 100, (periods, n))
    near = by_border(
        [str(i) for i in range(n)],
        {str(i): frozenset({str(i - 1), str(i + 1)}) for i in range(n)},
    )
    states = quantile_states(values)
    split = spatial_transitions(states, values, near, 4)
    assert len(split) == 4
    whole = transitions(states, 4)
    assert sum(one.counts for one in split).tolist() == whole.counts.tolist()


def test_units_without_neighbours_are_in_no_spatial_chain():
    near = by_border(["a", "b", "c"], {"a": frozenset({"b"}), "b": frozenset({"a"})})
    split = spatial_transitions([[1, 1, 1], [1, 2, 2]], [[1, 2, 3], [4, 5, 6]], near, 2)
    assert sum(one.counts.sum() for one in split) == 2
    with pytest.raises(UndefinedMeasureError, match="no_neighbours"):
        spatial_transitions([[1], [1]], [[1], [1]], by_border(["a"], {}), 2)


def test_quartiles_are_pooled_and_a_gap_has_no_state():
    states = quantile_states([[1, 2, 3, 4], [5, 6, 7, np.nan]])
    assert states.tolist() == [[1, 1, 2, 3], [3, 4, 4, 0]]
    assert quantile_states([np.nan]).tolist() == [0]


def test_states_out_of_range_and_single_periods_are_refused():
    with pytest.raises(ValueError, match="from 0 to 2"):
        transitions([[1], [3]], 2)
    with pytest.raises(ValueError, match="shape"):
        transitions([1, 2], 2)
    with pytest.raises(UndefinedMeasureError, match="one_period"):
        transitions([[1, 2]], 2)


def test_the_width_of_the_kernel_is_as_worked_by_hand():
    assert silverman(SCORES) == pytest.approx(13.526416, abs=5e-7)
    assert kernel_density(SCORES).width == pytest.approx(13.526416, abs=5e-7)


def test_far_from_the_ends_the_curve_is_that_of_scipy():
    x = np.random.default_rng(0).normal(50, 5, 200)
    found = kernel_density(x)
    theirs = stats.gaussian_kde(x, bw_method=found.width / x.std(ddof=1))
    assert found.height == pytest.approx(theirs(found.at), abs=1e-9)


@given(st.lists(st.floats(0, 100), min_size=2, max_size=40))
def test_the_area_is_one_even_at_the_ends_of_the_scale(values):
    assume(silverman(np.array(values)) > 1)  # narrower kernels fall between the points
    found = kernel_density(values)
    area = np.sum((found.height[1:] + found.height[:-1]) / 2 * np.diff(found.at))
    assert area == pytest.approx(1, abs=0.01)


def test_two_peaks_are_read_from_fifteen_units_on():
    groups = np.concatenate([np.linspace(15, 25, 10), np.linspace(75, 85, 10)])
    low, high = kernel_density(groups).peaks
    assert low == pytest.approx(20, abs=3)
    assert high == pytest.approx(80, abs=3)
    few = kernel_density(groups[::2])
    assert not few.may_show_peaks
    assert few.peaks == ()


@pytest.mark.parametrize(
    ("values", "reason"), [([5], "too_few"), ([], "too_few"), ([5, 5, np.nan], "no_variation")]
)
def test_what_has_no_curve_is_undefined(values, reason):
    with pytest.raises(UndefinedMeasureError, match=reason):
        kernel_density(values)


def test_values_beyond_the_scale_are_refused():
    with pytest.raises(ValueError, match=r"from 0\.0 to 100\.0"):
        kernel_density([50, 101])
    with pytest.raises(ValueError, match="above"):
        kernel_density([50, 60], 10, 10)


def test_ranks_that_stay_turn_and_shift():
    stay = rank_mobility([1, 2, 3, 4], [10, 20, 30, 40])
    assert (stay.spearman, stay.kendall, stay.mean_shift) == pytest.approx((1, 1, 0))
    turned = rank_mobility([1, 2, 3, 4], [4, 3, 2, 1])
    assert turned.spearman == pytest.approx(-1)
    assert (turned.mean_shift, turned.largest_shift) == (2, 3)
    gaps = rank_mobility([1, 2, 3, np.nan], [2, 1, 5, 4])
    assert (gaps.n, gaps.mean_shift) == (3, pytest.approx(2 / 3))
    with pytest.raises(UndefinedMeasureError, match="too_few"):
        rank_mobility([1, 2], [1, 2])
    with pytest.raises(UndefinedMeasureError, match="no_variation"):
        rank_mobility([1, 1, 1], [1, 2, 3])
    with pytest.raises(ValueError, match="shape"):
        rank_mobility([1], [1, 2])
