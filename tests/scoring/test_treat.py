"""Outliers: when they are touched, how, and what is recorded."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kurtosis, skew

from govmaturity.framework.methods import Treat
from govmaturity.scoring.treat import shape_of, treat

FAR = np.array([1.0, 2, 3, 2, 1, 2, 3, 90, np.nan])


@given(st.lists(st.floats(-1000, 1000), min_size=4, max_size=30))
def test_skewness_and_kurtosis_are_those_of_scipy_without_bias(values):
    if np.ptp(values) < 1e-3 or np.std(values) < 1e-3:
        return
    found = shape_of(np.array(values))
    assert found.skewness == pytest.approx(skew(values, bias=False), abs=1e-6, rel=1e-6)
    assert found.kurtosis == pytest.approx(kurtosis(values, bias=False), abs=1e-6, rel=1e-6)


def test_one_far_value_is_brought_in_to_the_next_and_recorded():
    found, told = treat("x", FAR, Treat())
    assert found[:8].tolist() == [1, 2, 3, 2, 1, 2, 3, 3]
    assert np.isnan(found[8])
    assert told is not None
    assert (told.method, told.low, told.high, told.is_enough) == ("winsorise", 0, 1, True)
    assert told.before.skewness == pytest.approx(pd.Series(FAR).skew())
    assert FAR[7] == 90  # what was given is not changed


def test_a_far_value_below_is_brought_in_from_below():
    found, told = treat("x", -FAR, Treat())
    assert found[7] == -3
    assert told is not None
    assert (told.low, told.high) == (1, 0)


def test_equal_outliers_are_brought_in_together_and_all_counted():
    values = np.array([*range(40), 900.0, 900.0], dtype=float)
    found, told = treat("x", values, Treat(winsorise=1))
    assert told is not None
    assert told.high == 2
    assert found.max() == 39


def test_what_winsorising_does_not_mend_is_put_in_logs_where_that_is_allowed():
    values = np.exp(np.linspace(0, 12, 40)) + 5
    cut, told = treat("x", values, Treat(winsorise=1))
    assert told is not None
    assert not told.is_enough
    assert cut.max() < values.max()
    logs, told = treat("x", values, Treat(winsorise=1, log=True))
    assert told is not None
    assert (told.method, told.low, told.high, told.is_enough) == ("log", 0, 0, True)
    start = 0.01 * np.ptp(values)
    assert logs.tolist() == pytest.approx(np.log(values - values.min() + start).tolist())
    mirrored, _ = treat("x", -values, Treat(winsorise=1, log=True))
    assert mirrored.tolist() == pytest.approx((-logs).tolist())


@pytest.mark.parametrize("values", [[], [1.0], [1.0, 1, 1, 1, 1], [np.nan] * 5, [1.0, 2, 900]])
def test_too_few_or_equal_values_are_left_alone(values):
    found, told = treat("x", np.array(values, dtype=float), Treat())
    assert told is None
    assert np.array_equal(found, np.array(values, dtype=float), equal_nan=True)


def test_skewness_alone_is_no_reason_to_touch_values():
    values = np.array([0.0] * 17 + [1.0] * 3 + [1.5])
    shape = shape_of(values)
    limits = Treat(skewness=1, kurtosis=50)
    assert abs(shape.skewness) > 1
    assert treat("x", values, limits)[1] is None


@given(st.lists(st.integers(-1000, 1000), min_size=5, max_size=40), st.booleans())
def test_treating_never_turns_the_order_of_two_units(values, log):
    given_ = np.array(values, dtype=float)
    found, _ = treat("x", given_, Treat(winsorise=3, log=log))
    order = np.argsort(given_)
    assert (np.diff(found[order]) >= -1e-12).all()
