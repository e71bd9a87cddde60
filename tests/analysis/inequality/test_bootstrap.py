"""Bootstrap intervals: against scipy, and where there are none."""

import numpy as np
import pytest
from scipy import stats

from govmaturity.analysis.inequality import MEASURES
from govmaturity.analysis.inequality.bootstrap import bca, draws_of, intervals
from govmaturity.analysis.inequality.rows import Rows
from govmaturity.analysis.inequality.sample import sample_of

VALUES = np.random.default_rng(5).gamma(4, 12, 60)


def interval(name, values, weights=None, **more):
    sample = sample_of(values, weights)
    found = intervals(sample, lambda p: {name: MEASURES[name].formula(Rows(sample.x, p))}, **more)
    return found.get(name)


@pytest.mark.parametrize("name", ["mean", "standard_deviation", "gini", "theil_t", "atkinson_1"])
def test_intervals_come_near_those_of_scipy(name):
    def measure(x, axis):
        flat = np.sort(x.reshape(-1, x.shape[-1]), axis=1)
        equal = np.full((1, flat.shape[1]), 1 / flat.shape[1])
        found = [MEASURES[name].formula(Rows(row, equal))[0] for row in flat]
        return np.array(found).reshape(x.shape[:-1])

    theirs = stats.bootstrap(
        (VALUES,), measure, n_resamples=4000, method="BCa", rng=np.random.default_rng(1)
    ).confidence_interval
    ours = interval(name, VALUES, draws=4000)
    width = theirs.high - theirs.low
    assert ours == pytest.approx((theirs.low, theirs.high), abs=0.07 * width)


def test_the_correction_for_bias_and_skewness_is_scipys_on_the_same_draws():
    drawn = np.random.default_rng(2).gamma(9, 1, 999)
    left_out = np.random.default_rng(3).gamma(9, 0.01, 50)
    low, high = bca(9.0, drawn, left_out)
    below = np.mean(drawn < 9.0)
    pull = left_out.mean() - left_out
    a = (pull**3).sum() / (6 * (pull**2).sum() ** 1.5)
    z = stats.norm.ppf(below)
    tails = z + stats.norm.ppf([0.025, 0.975])
    expected = np.quantile(drawn, stats.norm.cdf(z + tails / (1 - a * tails)))
    assert (low, high) == pytest.approx(expected)


def test_the_same_seed_gives_the_same_interval_and_another_one_not():
    first, again = (interval("gini", VALUES, draws=200, seed=4) for _ in range(2))
    assert first == again
    assert first != interval("gini", VALUES, draws=200, seed=5)


def test_weights_of_one_give_the_interval_without_weights():
    plain, ones = interval("gini", VALUES), interval("gini", VALUES, np.full(60, 7.0))
    assert plain == pytest.approx(ones)


def test_the_interval_holds_the_figure_and_narrows_with_more_units():
    few, many = interval("gini", VALUES[:20]), interval("gini", np.repeat(VALUES, 10))
    for values, (low, high) in ((VALUES[:20], few), (VALUES, many)):
        assert (
            low
            < MEASURES["gini"].formula(
                Rows(np.sort(values), np.full((1, len(values)), 1 / len(values)))
            )[0]
            < high
        )
    assert many[1] - many[0] < few[1] - few[0]


def test_under_ten_units_or_without_draws_there_is_no_interval():
    assert interval("mean", VALUES[:9]) is None
    assert interval("mean", VALUES, draws=0) is None


def test_equal_units_have_an_interval_of_no_width():
    assert interval("standard_deviation", np.full(12, 3.0)) == (0, 0)
    assert interval("mean", np.full(12, 3.0)) == (3, 3)


def test_a_figure_that_all_draws_lie_beside_has_no_interval():
    assert np.isnan(bca(5.0, np.array([1.0, 2, 3]), np.array([1.0, 2]))).all()
    assert np.isnan(bca(np.nan, np.array([1.0]), np.array([1.0]))).all()
    assert np.isnan(bca(1.0, np.array([np.nan]), np.array([1.0]))).all()


def test_draws_are_whole_units_and_do_not_depend_on_the_size_of_a_chunk():
    sample = sample_of(np.arange(12.0))
    p = np.vstack(list(draws_of(sample, 50, seed=0)))
    assert p.sum(axis=1) == pytest.approx(np.ones(50))
    assert np.allclose(p * 12, np.round(p * 12))


def test_progress_runs_from_above_nothing_to_one():
    told = []
    interval("mean", VALUES, draws=100, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1
