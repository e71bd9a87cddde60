"""Hand-worked cases, laws and awkward input of the normalisers."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.scoring.normalise.fixed import to_goalposts, to_log_goalposts
from govmaturity.scoring.normalise.sample import min_max, z_score

finite = st.floats(min_value=-1e9, max_value=1e9, allow_nan=False)


def test_a_value_halfway_between_goalposts_is_half():
    assert to_goalposts([52.5], worst=20, best=85)[0] == 0.5


def test_less_is_better_where_the_worst_goalpost_is_the_larger_number():
    assert to_goalposts([60, 3, 31.5, 80, 1], worst=60, best=3).tolist() == [0, 1, 0.5, 0, 1]


def test_the_worst_value_is_zero_and_not_minus_zero():
    assert math.copysign(1, to_goalposts([60], worst=60, best=3)[0]) == 1


@pytest.mark.parametrize("ends", [(5, 5), (math.inf, 5), (5, math.nan)])
def test_goalposts_that_span_nothing_are_refused(ends):
    with pytest.raises(ValueError, match="worst != best"):
        to_goalposts([1], *ends)


@given(st.lists(finite, min_size=1), finite, finite)
def test_goalpost_scores_stay_in_bounds_and_keep_the_order(values, worst, best):
    if worst == best:
        return
    scores = to_goalposts(values, worst, best)
    assert ((scores >= 0) & (scores <= 1)).all()
    order = np.argsort(values)
    steps = np.diff(scores[order]) * (1 if best > worst else -1)
    assert (steps >= 0).all()


@given(st.lists(finite, min_size=1), st.floats(0.01, 100), finite)
def test_goalpost_scores_do_not_change_with_the_unit_of_measure(values, times, plus):
    here = to_goalposts(values, 10, 90)
    there = to_goalposts(np.array(values) * times + plus, 10 * times + plus, 90 * times + plus)
    assert np.allclose(here, there, atol=1e-6)


def test_log_goalposts_match_the_income_index_of_undp():
    # ln(2097.88945 / 100) / ln(75000 / 100) = 3.043516 / 6.620073
    assert to_log_goalposts([2097.88945], 100, 75000)[0] == pytest.approx(
        3.043516 / 6.620073, abs=5e-7
    )


def test_zero_is_held_at_the_limit_of_log_goalposts_either_way_round():
    assert to_log_goalposts([0], worst=1, best=60)[0] == 0
    assert to_log_goalposts([0], worst=60, best=1)[0] == 1


def test_log_goalposts_refuse_negative_values_and_goalposts_at_zero():
    with pytest.raises(ValueError, match="zero or more"):
        to_log_goalposts([-1], 1, 60)
    with pytest.raises(ValueError, match="above zero"):
        to_log_goalposts([1], 0, 60)


def test_min_max_of_equal_values_is_the_middle_and_keeps_what_is_missing():
    assert min_max([7, 7, math.nan], True)[:2].tolist() == [0.5, 0.5]
    assert math.isnan(min_max([7, 7, math.nan], True)[2])


def test_z_score_divides_by_n_minus_one_unless_the_units_are_the_population():
    assert z_score([1, 2, 3], True).tolist() == [-1, 0, 1]
    assert z_score([1, 2, 3], False).tolist() == [1, 0, -1]
    assert z_score([1, 2, 3], True, population=True)[2] == pytest.approx(math.sqrt(1.5))


@given(st.lists(st.integers(-1000, 1000), min_size=2))
def test_z_scores_sum_to_zero(values):
    assert math.isclose(z_score(values, True).sum(), 0, abs_tol=1e-7)


@pytest.mark.parametrize("values", [[], [math.nan], [math.nan, math.nan]])
def test_nothing_reported_gives_nothing(values):
    for scores in (
        to_goalposts(values, 0, 1),
        to_log_goalposts(values, 1, 2),
        min_max(values, True),
        z_score(values, True),
    ):
        assert len(scores) == len(values)
        assert np.isnan(scores).all()


def test_one_value_and_integers_are_taken():
    assert z_score([5], True).tolist() == [0]
    assert min_max(np.array([5]), True).tolist() == [0.5]
    assert to_goalposts(np.array([5], dtype=int), 0, 10).tolist() == [0.5]
