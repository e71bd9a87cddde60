"""Transitions: by hand, by law, and awkward input."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.analysis.change.transitions import (
    quantile_states,
    spatial_transitions,
    transitions,
)
from govmaturity.analysis.inequality import UndefinedMeasureError
from govmaturity.analysis.space.neighbours import by_border


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
