"""Ranges of single indicators: by hand, what touches them and what does not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from govmaturity.analysis.robustness.choices import ALL, WEIGHTS, Choices
from govmaturity.analysis.robustness.indicators import counted_quantiles, indicator_ranges
from govmaturity.analysis.robustness.ranges import quantiles
from govmaturity.scoring import score
from tests.making import framework_of, group, leaf, values_of, words

FRAMEWORK = framework_of(group("T", leaf("A"), leaf("B")))
SCORES = score(
    FRAMEWORK,
    values_of({"x": {"A": 20, "B": 1}, "y": {"A": 50, "B": 2}, "z": {"A": 60, "B": None}}),
)


@given(
    arrays(float, (5, 3), elements=st.floats(-100, 100)),
    st.lists(st.integers(1, 30), min_size=5, max_size=5),
)
def test_counted_quantiles_are_those_of_the_rows_written_out(values, counts):
    written = np.repeat(values, counts, axis=0)
    assert np.allclose(counted_quantiles(values, np.array(counts)), quantiles(written))


def test_weights_and_combining_leave_an_indicator_as_it_is():
    for choices in (WEIGHTS, Choices(aggregate=("arithmetic", "geometric"), leave_out=True)):
        for one in indicator_ranges(SCORES, choices=choices, runs=50):
            assert np.array_equal(one.score, np.tile(SCORES.of(one.node), (3, 1)), equal_nan=True)


def test_the_range_spans_the_ways_of_normalising_worked_by_hand():
    choices = Choices(normalise=("stated", "min_max"))
    one = indicator_ranges(SCORES, choices=choices, runs=200)[0]
    # As stated 20, 50, 60; between the lowest and the highest 0, 75, 100.
    assert one.score[0].tolist() == [0, 50, 60]
    assert one.score[2].tolist() == [20, 75, 100]
    assert one.rank.tolist() == [[3, 2, 1]] * 3


def test_who_has_no_score_as_stated_has_none():
    one = indicator_ranges(SCORES, choices=ALL, runs=100, errors=np.zeros((2, 3)))[1]
    assert np.isnan(one.score[:, 2]).all()
    assert one.rank[:, 2].tolist() == [0, 0, 0]
    assert not np.isnan(one.score[:, :2]).any()


def test_survey_errors_and_rubrics_move_theirs_alone():
    rubric = leaf("R", None, measure="rubric", rubric={n: words(str(n)) for n in range(1, 6)})
    scores = score(
        framework_of(group("T", leaf("A"), rubric)),
        values_of({"x": {"A": 20, "R": 3}, "y": {"A": 50, "R": 3}}),
    )
    errors = np.zeros((2, 2))
    still, moved = indicator_ranges(scores, choices=Choices(rubric=0.5), runs=400, errors=errors)
    assert np.array_equal(still.score[0], still.score[2])
    # One level of five is a quarter of the scale.
    assert moved.score[:, 0].tolist() == [25, 50, 75]
    errors[0, 0] = 10
    varied, _ = indicator_ranges(scores, choices=Choices(errors=True), runs=4000, errors=errors)
    # 1.645 standard errors to either side hold 90 %.
    assert varied.score[:, 0] == pytest.approx([20 - 16.45, 20, 20 + 16.45], abs=1.2)
    assert varied.score[:, 1].tolist() == [50, 50, 50]


def test_the_same_seed_gives_the_same_figures_and_no_run_is_refused():
    first, again = (indicator_ranges(SCORES, runs=60, errors=np.zeros((2, 3))) for _ in range(2))
    for one, other in zip(first, again, strict=True):
        assert np.array_equal(one.score, other.score, equal_nan=True)
    with pytest.raises(ValueError, match="one run or more"):
        indicator_ranges(SCORES, runs=0)
