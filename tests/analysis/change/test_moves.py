"""How far each unit moved: worked by hand, and who moved furthest."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.analysis.change.moves import furthest, moves
from govmaturity.scoring import score
from tests.making import framework_of, group, leaf, rows_of, values_from, values_of

FRAMEWORK = framework_of(group("T", leaf("A"), leaf("B")))
MOVES = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3), st.floats(-100, 100) | st.just(math.nan)
)


def scored(table, period, **more):
    return score(FRAMEWORK, values_of(table, period), **more)


def test_a_move_is_the_later_score_less_the_earlier_one():
    before = scored({"u": {"A": 10, "B": 30}, "w": {"A": 5, "B": 5}}, "2023")
    after = scored({"u": {"A": 50, "B": 10}, "v": {"A": 1, "B": 1}}, "2024")
    moved = moves(before, after, "T")
    assert moved["u"] == pytest.approx(10)
    assert moves(before, after, "B")["u"] == pytest.approx(-20)
    # A newcomer has not moved; who has left is not there.
    assert math.isnan(moved["v"])
    assert list(moved) == ["u", "v"]


def test_what_is_not_assessed_is_not_compared():
    old, new = {"u": {"A": 1, "B": 1}, "x": {"A": 2, "B": 2}}, {"u": {"A": 1, "B": 1}}
    after = scored(new | {"x": {"A": 3, "B": 3}}, "2024", unranked=["x"])
    assert list(moves(scored(old, "2023"), after, "T")) == ["u"]


def test_several_periods_are_refused():
    one = scored({"u": {"A": 1, "B": 1}}, "2023")
    rows = [row for period in ("2023", "2024") for row in rows_of({"u": {"A": 1}}, period)]
    two = score(FRAMEWORK, values_from(rows))
    with pytest.raises(ValueError, match="before needs one period"):
        moves(two, one, "T")
    with pytest.raises(ValueError, match="after needs one period"):
        moves(one, two, "T")


@given(MOVES, st.integers(1, 4))
def test_no_unit_left_out_moved_further_than_one_that_is_named(moved, most):
    named = furthest(moved, most)
    known = {unit for unit, points in moved.items() if not math.isnan(points)}
    assert set(named) <= known
    assert len(named) == len(set(named)) == min(len(known), 2 * most)
    points = [moved[unit] for unit in named]
    assert points == sorted(points, reverse=True)
    for unit in known - set(named):
        assert points[most] <= moved[unit] <= points[most - 1]
