"""Hand-worked cases, laws and awkward input of the normalisers."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.scoring.normalise.fixed import (
    to_efficacy,
    to_goalposts,
    to_log_goalposts,
    to_target_band,
    to_thresholds,
)
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


# Efficacy, target band, thresholds -------------------------------------------------------------


def test_the_efficacy_coefficient_runs_from_60_to_100_as_in_the_textbook():
    # 功效系数 = (实际值 - 不允许值) / (满意值 - 不允许值) x 40 + 60: 70 between 40 and 90 is 84.
    assert 100 * to_efficacy([70], worst=40, best=90)[0] == pytest.approx(84)
    assert to_efficacy([90, 40, 10, 200], worst=90, best=40).tolist() == [0.6, 1, 1, 0.6]


def test_a_target_band_rises_and_falls_with_the_slopes_of_its_two_sides():
    found = to_target_band([20, 22.5, 30, 40, 60, 80, 81], band=(30, 40), limits=(20, 80))
    assert found.tolist() == [0, 0.25, 1, 1, 0.5, 0, 0]


@given(st.floats(-50, 150))
def test_outside_its_limits_a_band_gives_nothing_and_inside_the_band_all(value):
    found = to_target_band([value], band=(40, 60), limits=(20, 90))[0]
    assert (found == 1) == (40 <= value <= 60)
    assert (found == 0) == (value <= 20 or value >= 90)


@pytest.mark.parametrize("band", [(60, 40), (20, 40), (40, 90), (0, 50)])
def test_a_band_that_does_not_lie_inside_its_limits_is_refused(band):
    with pytest.raises(ValueError, match="lowest < start <= end < highest"):
        to_target_band([50], band=band, limits=(20, 90))


def test_a_class_holds_its_lower_end_and_not_its_upper_one():
    found = to_thresholds([9.99, 10, 49.99, 50, math.nan], [10, 50], [0, 60, 100])
    assert found[:4].tolist() == [0, 60, 60, 100]
    assert math.isnan(found[4])


@pytest.mark.parametrize(
    ("edges", "scores"), [([5, 5], [0, 1, 2]), ([9, 5], [0, 1, 2]), ([5], [0])]
)
def test_thresholds_that_do_not_rise_or_lack_a_score_are_refused(edges, scores):
    with pytest.raises(ValueError, match="one score more"):
        to_thresholds([1], edges, scores)


@pytest.mark.parametrize("values", [[], [math.nan]])
def test_nothing_reported_gives_nothing_by_the_other_fixed_methods(values):
    for found in (
        to_efficacy(values, 0, 1),
        to_target_band(values, (2, 3), (1, 4)),
        to_thresholds(values, [1], [0, 1]),
    ):
        assert len(found) == len(values)
        assert np.isnan(found).all()
