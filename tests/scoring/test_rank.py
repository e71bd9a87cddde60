"""Competition ranks."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.scoring.rank import ranks


def one(scores, among=None, tolerance=1e-7):
    rows = np.array([scores], dtype=float)
    return ranks(rows, np.zeros(len(scores), int) if among is None else among, tolerance)[0]


def test_ties_share_the_better_rank_and_the_next_rank_is_left_out():
    assert one([60, 80, 70, 70]).tolist() == [4, 1, 2, 2]


def test_noise_of_sums_does_not_part_two_units():
    assert one([0.1 + 0.2, 0.3], tolerance=1e-9).tolist() == [1, 1]


def test_what_has_no_score_has_no_rank():
    assert one([np.nan, 5, np.nan]).tolist() == [0, 1, 0]
    assert one([]).tolist() == []
    assert one([np.nan]).tolist() == [0]


def test_units_are_ranked_within_their_group_and_not_at_all_below_zero():
    assert one([9, 8, 7, 6], np.array([0, 1, 0, -1])).tolist() == [1, 1, 2, 0]


@given(st.lists(st.integers(0, 20), min_size=1, max_size=30))
def test_a_rank_is_one_more_than_the_number_of_better_units(scores):
    found = one(scores)
    assert found.tolist() == [1 + sum(other > mine for other in scores) for mine in scores]
