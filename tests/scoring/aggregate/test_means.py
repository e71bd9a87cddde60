"""Means of parts: by hand, as laws, with gaps."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from govmaturity.scoring.aggregate.means import arithmetic, geometric

scores = arrays.arrays(float, (4, 3), elements=st.floats(0, 100))
weights = arrays.arrays(float, 4, elements=st.floats(0.01, 1))


def test_the_weight_of_a_missing_part_is_shared_by_the_others():
    parts = np.array([[80.0], [math.nan], [20.0]])
    assert arithmetic(parts, np.array([0.5, 0.3, 0.2]))[0] == pytest.approx((40 + 4) / 0.7)


def test_the_geometric_mean_of_80_and_20_is_40():
    assert geometric(np.array([[80.0], [20.0]]), np.array([0.5, 0.5]), 0)[0] == pytest.approx(40)


def test_the_floor_holds_up_a_part_at_zero():
    assert geometric(np.array([[100.0], [0.0]]), np.array([0.5, 0.5]), 1)[0] == pytest.approx(10)
    assert geometric(np.array([[100.0], [0.0]]), np.array([0.5, 0.5]), 0)[0] == 0


def test_a_geometric_mean_refuses_negative_scores():
    with pytest.raises(ValueError, match="zero or more"):
        geometric(np.array([[-1.0]]), np.array([1.0]), 0)


def test_no_part_gives_no_score():
    parts = np.full((2, 1), math.nan)
    assert np.isnan(arithmetic(parts, np.array([0.5, 0.5]))).all()
    assert np.isnan(geometric(parts, np.array([0.5, 0.5]), 1)).all()


@given(scores, weights)
def test_the_whole_lies_between_its_parts_and_geometric_below_arithmetic(parts, shares):
    mean = arithmetic(parts, shares)
    assert (mean >= parts.min(axis=0) - 1e-9).all()
    assert (mean <= parts.max(axis=0) + 1e-9).all()
    assert (geometric(parts, shares, 0) <= mean + 1e-9).all()


@given(scores, weights)
def test_a_unit_scores_the_same_whatever_stands_beside_it(parts, shares):
    together = arithmetic(parts, shares)
    alone = [arithmetic(parts[:, [row]], shares)[0] for row in range(parts.shape[1])]
    assert together.tolist() == alone


@given(scores, weights, st.floats(0.1, 10))
def test_only_the_proportion_of_weights_counts(parts, shares, times):
    assert np.allclose(arithmetic(parts, shares), arithmetic(parts, shares * times))
