"""Means that make up for less, medians, penalties: by hand, against scipy, their order, gaps."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import hmean, pmean

from govmaturity.scoring.aggregate.means import arithmetic, generalised, geometric, harmonic
from govmaturity.scoring.aggregate.order import median, minimum
from govmaturity.scoring.aggregate.penalty import adjusted_mazziotta_pareto, mazziotta_pareto

scores = arrays(float, (4, 3), elements=st.floats(1, 100))
weights = arrays(float, 4, elements=st.floats(0.05, 1))


@given(scores, weights)
def test_harmonic_and_generalised_means_agree_with_scipy(parts, shares):
    assert np.allclose(harmonic(parts, shares, 0), hmean(parts, weights=shares[:, None], axis=0))
    expected = pmean(parts, 3, weights=shares[:, None], axis=0)
    assert np.allclose(generalised(parts, shares, 3, 0), expected)


@given(scores, weights)
def test_the_less_a_mean_makes_up_for_the_lower_it_is(parts, shares):
    found = [
        minimum(parts),
        generalised(parts, shares, -3, 0),
        harmonic(parts, shares, 0),
        geometric(parts, shares, 0),
        arithmetic(parts, shares),
        generalised(parts, shares, 2, 0),
    ]
    assert (np.diff(found, axis=0) >= -1e-9).all()


def test_the_floor_keeps_a_part_at_zero_from_making_the_whole_zero():
    parts, shares = np.array([[0.0], [50.0]]), np.array([0.5, 0.5])
    assert harmonic(parts, shares, 0)[0] == 0
    assert harmonic(parts, shares, 10)[0] == pytest.approx(2 / (1 / 10 + 1 / 50))
    with pytest.raises(ValueError, match="zero or more"):
        harmonic(-parts, shares, 0)
    with pytest.raises(ValueError, match="geometric"):
        generalised(parts, shares, 0, 0)


def test_the_median_by_hand_with_and_without_equal_weights():
    column = np.array([[10.0], [40.0], [20.0]])
    assert median(column, np.ones(3))[0] == 20
    assert median(column, np.array([0.2, 0.6, 0.2]))[0] == 40
    assert median(column[:2], np.ones(2))[0] == 25  # the weight is cut in half


@given(arrays(float, (5, 4), elements=st.floats(0, 100)))
def test_the_median_of_equal_weights_is_that_of_numpy(parts):
    assert np.allclose(median(parts, np.full(5, 0.2)), np.median(parts, axis=0))


def test_the_mazziotta_pareto_index_is_the_one_worked_by_hand():
    # Mean 60, standard deviation 16.33, cv .2722: 60 - 16.33 x .2722 (methods.md, section 3).
    parts = np.array([[80.0, 60.0, 0.0], [60.0, 60.0, 0.0], [40.0, 60.0, 0.0]])
    assert mazziotta_pareto(parts, np.ones(3)).tolist() == pytest.approx([55.5556, 60, 0], abs=5e-5)


@given(scores, weights)
def test_the_penalty_is_never_negative_and_none_for_equal_parts(parts, shares):
    mean = arithmetic(parts, shares)
    assert (mazziotta_pareto(parts, shares) <= mean + 1e-9).all()
    assert (adjusted_mazziotta_pareto(parts, shares, (0, 100)) <= mean + 1e-9).all()
    level = np.tile(parts[:1], (4, 1))
    assert np.allclose(mazziotta_pareto(level, shares), level[0])
    assert np.allclose(adjusted_mazziotta_pareto(level, shares, (0, 100)), level[0])


def test_the_adjusted_index_by_hand_on_70_to_130():
    # 80, 60, 40 of 100 are 118, 106, 94: mean 106, variance 96; 106 - 96 / 106 = 105.0943,
    # back on 0 to 100: (105.0943 - 70) / 0.6.
    found = adjusted_mazziotta_pareto(np.array([[80.0], [60.0], [40.0]]), np.ones(3), (0, 100))
    assert found[0] == pytest.approx((106 - 96 / 106 - 70) / 0.6)


def test_no_mazziotta_pareto_index_for_negative_scores():
    with pytest.raises(ValueError, match="zero or more"):
        mazziotta_pareto(np.array([[-1.0]]), np.ones(1))


METHODS = {
    "harmonic": lambda x, w: harmonic(x, w, 0),
    "generalised": lambda x, w: generalised(x, w, 0.5, 0),
    "median": median,
    "minimum": lambda x, _: minimum(x),
    "mazziotta_pareto": mazziotta_pareto,
    "adjusted": lambda x, w: adjusted_mazziotta_pareto(x, w, (0, 100)),
}


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_a_missing_part_leaves_the_others_and_no_part_leaves_nothing(method):
    shares = np.array([0.2, 0.3, 0.5])
    gap = np.array([[math.nan, math.nan], [30.0, math.nan], [60.0, math.nan]])
    found = method(gap, shares)
    assert found[0] == pytest.approx(method(gap[1:, :1], shares[1:])[0])
    assert math.isnan(found[1])
    assert method(np.empty((3, 0)), shares).shape == (0,)


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
@given(parts=scores, shares=weights)
def test_a_whole_does_not_depend_on_the_order_of_its_parts(method, parts, shares):
    turned = method(parts[::-1], shares[::-1])
    assert np.allclose(method(parts, shares), turned)
