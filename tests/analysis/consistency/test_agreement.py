"""Weighted kappa: worked by hand, and its laws."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.analysis.consistency.agreement import weighted_kappa

PAIRS = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=2, max_size=30)


def test_kappa_is_worked_by_hand():
    # One step apart once in four: observed 1/4. By chance, margins 1/4, 1/4, 1/2 and
    # 1/4, 1/2, 1/4: 1 step (1/8 + 1/16 + 1/16 + 1/4 = 1/2), 2 steps (1/16 + 1/8) x 4 = 3/4.
    found = weighted_kappa([1, 2, 3, 3], [1, 2, 3, 2])
    assert found.kappa == pytest.approx(1 - (1 / 4) / (1 / 2 + 3 / 4))
    assert (found.same, found.n) == (0.75, 4)


def test_levels_that_nobody_gave_do_not_bring_distant_ones_together():
    assert weighted_kappa([1, 4, 4], [1, 4, 1], [1, 2, 3, 4]).kappa == pytest.approx(
        weighted_kappa([1, 4, 4], [1, 4, 1]).kappa
    )
    assert weighted_kappa([1, 2, 4], [1, 4, 4], [1, 2, 3, 4]).kappa < (
        weighted_kappa([1, 2, 4], [1, 4, 4]).kappa
    )


@given(PAIRS)
def test_it_does_not_matter_who_is_first_and_equals_agree_wholly(pairs):
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    both, back = weighted_kappa(one, other), weighted_kappa(other, one)
    if math.isnan(both.kappa):
        assert len({*one, *other}) == 1
        return
    assert both.kappa == pytest.approx(back.kappa)
    assert both.kappa <= 1
    assert (both.kappa == pytest.approx(1)) == (one == other)


def test_all_the_same_score_says_nothing():
    assert math.isnan(weighted_kappa([2, 2], [2, 2]).kappa)


@pytest.mark.parametrize(("one", "other"), [([], []), ([1], [1, 2]), ([1, 5], [1, 2])])
def test_what_cannot_be_compared_is_refused(one, other):
    with pytest.raises(ValueError, match="scores"):
        weighted_kappa(one, other, [1, 2, 3])
