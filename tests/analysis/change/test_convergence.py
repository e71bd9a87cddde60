"""Convergence: the worked example, laws, and what has none."""

import math

import numpy as np
import pytest
import statsmodels.api as sm

from govmaturity.analysis.change.convergence import beta, sigma
from govmaturity.analysis.inequality import UndefinedMeasureError

START, END = [30.0, 40, 50, 60], [50.0, 56, 62, 66]


def test_the_worked_example_comes_out():
    found = beta(START, END, years=3)
    assert found.slope == pytest.approx(-0.197816, abs=5e-7)
    assert found.speed == pytest.approx(0.300016, abs=5e-7)
    assert found.half_life == pytest.approx(2.3104, abs=5e-5)
    assert sigma([START, END]).spread == pytest.approx((0.258794, 0.105315), abs=5e-7)


def test_units_on_the_path_of_the_model_give_its_speed_back():
    random = np.random.default_rng(1)
    y0, speed, years = random.uniform(20, 80, 40), 0.05, 4.0
    y1 = np.exp(np.log(y0) * math.exp(-speed * years) + (1 - math.exp(-speed * years)) * 4)
    found = beta(y0, y1, years)
    assert found.speed == pytest.approx(speed)
    assert found.half_life == pytest.approx(math.log(2) / speed)
    assert found.r_squared == pytest.approx(1)


def test_the_interval_is_that_of_statsmodels_with_hc3():
    random = np.random.default_rng(2)
    y0 = random.uniform(20, 80, 18)
    y1 = y0**0.7 * 4 * np.exp(random.normal(0, 0.1, 18))
    model = sm.OLS(np.log(y1 / y0) / 2, sm.add_constant(np.log(y0))).fit(cov_type="HC3", use_t=True)
    found = beta(y0, y1, 2)
    assert (found.low, found.high) == pytest.approx(tuple(model.conf_int()[1]))
    assert found.is_clear == (found.high < 0)


def test_controls_make_it_conditional_and_find_convergence_that_was_hidden():
    random = np.random.default_rng(3)
    schooling = random.normal(0, 1, 60)
    y0 = np.exp(3.5 + 0.3 * schooling + random.normal(0, 0.1, 60))
    y1 = np.exp(0.5 * np.log(y0) + 1.9 + 0.25 * schooling)
    plain, held = beta(y0, y1, 1), beta(y0, y1, 1, {"schooling": schooling})
    assert not plain.is_conditional
    assert held.is_conditional
    assert held.slope == pytest.approx(-0.5)
    assert held.controls["schooling"] == pytest.approx(0.25)
    assert plain.slope > held.slope


def test_growing_apart_has_no_speed_and_overshooting_neither():
    apart = beta(START, [30, 44, 60, 80], 1)
    assert apart.slope > 0
    assert math.isnan(apart.speed)
    assert math.isnan(apart.half_life)
    over = beta(START, END[::-1], 1)
    assert over.slope < -1
    assert math.isnan(over.speed)


def test_zeros_and_gaps_are_left_out_and_counted():
    found = beta([*START, 0, np.nan, 7], [*END, 5, 6, np.nan], 3)
    assert (found.n, found.left_out) == (4, 3)
    assert found.slope == pytest.approx(beta(START, END, 3).slope)
    spread = sigma([[*START, 0], [*END, 9]])
    assert (spread.n, spread.left_out) == (4, 1)


def test_a_trend_needs_three_periods():
    assert math.isnan(sigma([START, END]).trend)
    falling = sigma([[10, 90], [20, 80], [30, 70]])
    assert falling.trend < 0
    assert sigma([[10, 90]] * 3).trend == pytest.approx(0, abs=1e-12)


def test_what_cannot_be_regressed_is_undefined():
    with pytest.raises(UndefinedMeasureError, match="too_few_units"):
        beta([1, 2, 3], [2, 3, 4], 1)
    with pytest.raises(UndefinedMeasureError, match="no_variation"):
        beta([5] * 6, START[:3] * 2, 1)
    with pytest.raises(UndefinedMeasureError, match="no_variation"):
        beta(START * 2, END * 2, 1, {"same": [1.0] * 8})
    with pytest.raises(UndefinedMeasureError, match="too_few_units"):
        sigma([[5, 0], [5, 5]])
    with pytest.raises(UndefinedMeasureError, match="one_period"):
        sigma([START])
    with pytest.raises(ValueError, match="years"):
        beta(START, END, 0)
    with pytest.raises(ValueError, match="shape"):
        beta(START, END[:2], 1)
    with pytest.raises(ValueError, match="shape"):
        sigma(START)
