"""What goes with a score: against statsmodels, and what cannot be told."""

import numpy as np
import pytest
import statsmodels.api as sm

from govmaturity.analysis.context import QUADRANTS, correlation, quadrants, regression
from govmaturity.analysis.inequality import UndefinedMeasureError


def made(n=60, seed=0):
    random = np.random.default_rng(seed)
    people = random.uniform(1e4, 1e6, n)
    schooling = random.normal(9, 1, n)
    score = 5 * schooling + 1e-5 * people + random.normal(0, 1 + schooling / 9, n)
    return score, people, schooling


def test_the_slopes_are_those_of_statsmodels_in_their_units_of_measure():
    score, people, schooling = made()
    design = sm.add_constant(np.column_stack([people, schooling]))
    theirs = sm.OLS(score, design).fit(cov_type="HC3", use_t=True)
    ours = regression(score, {"people": people, "schooling": schooling})
    found = list(ours.slopes.values())
    assert [one.value for one in found] == pytest.approx(theirs.params[1:])
    assert [(one.low, one.high) for one in found] == [
        pytest.approx(tuple(ends)) for ends in theirs.conf_int()[1:]
    ]
    assert [one.p for one in found] == pytest.approx(theirs.pvalues[1:])
    assert ours.intercept == pytest.approx(theirs.params[0])
    assert ours.r_squared == pytest.approx(theirs.rsquared)
    assert found[1].per_deviation == pytest.approx(found[1].value * schooling.std())
    assert 1 <= found[0].inflation < 1.2
    assert not ours.is_thin


def test_gaps_leave_a_unit_out_and_few_units_are_said_to_be():
    score, people, schooling = made(12)
    people[0] = np.nan
    found = regression(score, {"people": people, "schooling": schooling})
    assert found.n == 11
    assert found.is_thin


def test_figures_that_repeat_each_other_or_do_not_vary_are_refused():
    score, people, _ = made(20)
    for on in ({"a": people, "b": 2 * people}, {"a": np.ones(20)}):
        with pytest.raises(UndefinedMeasureError, match="no_variation"):
            regression(score, on)
    with pytest.raises(UndefinedMeasureError, match="no_variation"):
        regression(np.ones(20), {"a": people})
    with pytest.raises(UndefinedMeasureError, match="too_few"):
        regression(score[:3], {"a": people[:3]})
    one_decides = np.zeros(10)
    one_decides[0] = 1
    with pytest.raises(UndefinedMeasureError, match="too_few"):
        regression(score[:10], {"a": one_decides})
    with pytest.raises(ValueError, match="figures"):
        regression(score, {})


def test_correlations_have_intervals_and_ranks_stand_beside_them():
    line = correlation([1, 2, 3, 4, 100], [2, 4, 6, 8, 10])
    assert line.spearman == pytest.approx(1)
    assert line.low < line.pearson < line.high
    assert line.n == 5
    with pytest.raises(UndefinedMeasureError, match="too_few"):
        correlation([1, 2, 3], [1, 2, 3])
    with pytest.raises(UndefinedMeasureError, match="no_variation"):
        correlation([1, 1, 1, 1], [1, 2, 3, 4])
    with pytest.raises(ValueError, match="shape"):
        correlation([1], [1, 2])


def test_quadrants_are_cut_at_the_medians_or_at_given_lines():
    found = quadrants([10, 90, 10, 90, np.nan], [90, 90, 10, 10, 50])
    assert [QUADRANTS[place] for place in found.place[:4]] == [
        "means_low_effect_high",
        "means_high_effect_high",
        "means_low_effect_low",
        "means_high_effect_low",
    ]
    assert found.place[4] == -1
    assert (found.means_line, found.effect_line) == (50, 50)
    assert quadrants([10, 20], [10, 20], (5, 5)).place.tolist() == [0, 0]
    with pytest.raises(UndefinedMeasureError, match="no_values"):
        quadrants([np.nan], [1])
