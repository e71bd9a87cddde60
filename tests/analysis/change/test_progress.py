"""States of progress: worked by hand, in order, and what has none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.analysis.change.progress import (
    NO_STATE,
    STATES,
    default_target,
    progress,
)
from tests.making import framework_of, group, leaf, levels

scores = st.floats(0, 100)
spans = st.floats(0.25, 10)


def states(start, end, target=80, years=2, years_to_target=8):
    found = progress(start, end, years, target, years_to_target)
    return ["none" if place == NO_STATE else STATES[place] for place in found.state]


def test_the_limits_are_shares_of_the_needed_change_a_year():
    # From 20 to 80 in ten years: 6 a year, 12 in the first two.
    ends = [80, 31.4, 31.399, 27.2, 27.199, 20.001, 20, 19]
    expected = [
        *("achieved", "substantial", "moderate", "moderate", "limited", "limited"),
        *("deteriorating", "deteriorating"),
    ]
    assert states([20.0] * 8, ends) == expected


def test_the_figures_behind_a_state_are_points_a_year():
    found = progress([20, 80], [26, 85], 2, 80, 8)
    assert found.yearly == pytest.approx([3, 2.5])
    assert found.needed == pytest.approx([6, 0])
    assert found.pace[0] == pytest.approx(0.5)
    assert np.isnan(found.pace[1])
    assert found.counts == dict.fromkeys(STATES, 0) | {"limited": 1, "achieved": 1}


def test_a_unit_above_the_target_is_there_even_if_it_fell_and_one_that_fell_below_is_not():
    assert states([90.0, 90, 80], [85.0, 79, 80]) == ["achieved", "deteriorating", "achieved"]


def test_the_last_digits_of_a_sum_decide_nothing():
    assert states([20.0, 50], [80 - 1e-12, 50 + 1e-12]) == ["achieved", "deteriorating"]
    assert states([0.0], [0.1 * 3 * 2 * 0.95], target=3) == ["substantial"]


def test_a_unit_without_both_scores_has_no_state_and_is_counted():
    found = progress([np.nan, 20, np.nan], [30, np.nan, np.nan], 1, 80, 5)
    assert list(found.state) == [NO_STATE] * 3
    assert found.left_out == 3
    assert progress([], [], 1, 80, 5).left_out == 0


@given(scores, st.lists(scores, min_size=2), scores, spans, spans)
def test_more_change_is_never_a_worse_state(start, ends, target, years, years_to_target):
    found = progress([start] * len(ends), sorted(ends), years, target, years_to_target)
    assert (np.diff(found.state) >= 0).all()


@given(scores, scores, st.floats(1, 100), spans, spans)
def test_who_keeps_the_needed_pace_arrives_in_time(start, end, target, years, years_to_target):
    found = progress([start], [end], years, target, years_to_target)
    arrives = end + (end - start) / years * years_to_target
    if arrives >= target + 1e-6 and end > start + 1e-6:
        assert STATES[found.state[0]] in ("substantial", "achieved")


def test_what_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="shape"):
        progress([1.0], [1.0, 2], 1, 80, 5)
    with pytest.raises(ValueError, match="above zero"):
        progress([1.0], [2.0], 0, 80, 5)
    with pytest.raises(ValueError, match="above zero"):
        progress([1.0], [2.0], 1, 80, -1)
    with pytest.raises(ValueError, match="a number"):
        progress([1.0], [2.0], 1, float("nan"), 5)


def test_the_target_is_the_top_level_or_the_top_of_the_scale():
    tree = group("root", leaf("a"))
    assert default_target(framework_of(tree, levels=levels(0, 60, 85, 100))) == 85
    assert default_target(framework_of(tree)) == 100
