"""Kernel density: by hand, against scipy, at the ends of the scale."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from govmaturity.analysis.change.density import kernel_density, silverman
from govmaturity.analysis.inequality import UndefinedMeasureError

SCORES = np.array([40.0, 50, 60, 80, 90])


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
