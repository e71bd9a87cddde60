"""What parts of a score make of its inequality: exact splits and Shapley values."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.analysis import inequality as ineq
from govmaturity.analysis.contributions import is_sum, points_brought, sources_of
from govmaturity.analysis.inequality import sources
from govmaturity.scoring import score
from tests.making import framework_of, group, leaf, values_of

TREE = group("root", leaf("a"), group("g", leaf("b"), leaf("c")))
ARITHMETIC = framework_of(TREE)
GEOMETRIC = framework_of(TREE | {"aggregate": {"method": "geometric", "floor": 1}})
points = st.floats(0, 100)
table = st.lists(st.tuples(points, points, points), min_size=2, max_size=12)


def scores_of(framework, rows):
    made = {f"u{i}": dict(zip("abc", row, strict=True)) for i, row in enumerate(rows)}
    return score(framework, values_of(made))


@given(table)
@pytest.mark.parametrize("whose", ["child", "indicator"])
@pytest.mark.parametrize("measure", ["variance", "gini"])
def test_the_parts_sum_to_the_measure_whatever_ties_there_are(measure, whose, rows):
    scores = scores_of(ARITHMETIC, rows)
    if scores.of("root").mean() == 0:
        return
    found = sources_of(scores, "root", measure, whose, np.arange(1, len(rows) + 1))
    assert sum(found.parts.values()) == pytest.approx(found.total, abs=1e-9 * max(1, found.total))
    assert found.method == {"variance": "covariance", "gini": "rao_lerman_yitzhaki"}[measure]


def test_a_covariance_split_is_worked_by_hand():
    # root = a / 2 + g / 2; only a differs, so a makes all of it.
    scores = scores_of(ARITHMETIC, [(0, 50, 50), (40, 50, 50)])
    assert sources_of(scores, "root", "variance").parts == {"a": 100.0, "g": 0.0}
    assert sources_of(scores, "root", "gini").parts["g"] == 0


def test_a_part_that_makes_up_for_another_has_less_than_nothing():
    scores = scores_of(ARITHMETIC, [(0, 60, 60), (100, 40, 40)])
    assert sources_of(scores, "root", "variance").parts["g"] < 0


def test_what_parts_bring_sums_to_the_score_with_gaps_in_the_values():
    made = {"u": {"a": 10, "b": 80, "c": 20}, "v": {"a": 30, "b": None, "c": 70}, "w": {"b": 9}}
    scores = score(framework_of(TREE, missing={"min_coverage": 0}), values_of(made))
    for node in ("root", "g"):
        for whose in ("child", "indicator"):
            brought = points_brought(scores, node, whose)
            assert sum(brought.values()) == pytest.approx(scores.of(node))


def test_ties_share_their_rank_so_the_order_of_units_does_not_count():
    rows = [(10, 50, 50), (50, 10, 10), (90, 90, 90)]
    here, there = (
        sources_of(scores_of(ARITHMETIC, one), "root", "gini") for one in (rows, rows[::-1])
    )
    assert here.parts == pytest.approx(there.parts)


@given(table)
def test_a_geometric_node_splits_by_shapley_and_sums_to_the_measure(rows):
    scores = scores_of(GEOMETRIC, rows)
    for measure in ("variance", "gini"):
        found = sources_of(scores, "root", measure)
        assert found.method == "shapley"
        assert sum(found.parts.values()) == pytest.approx(found.total, abs=1e-7)


def test_only_what_adds_up_is_split_by_indicator():
    scores = scores_of(GEOMETRIC, [(1, 2, 3), (4, 5, 9)])
    assert sources_of(scores, "root", "variance", "indicator") is None
    assert sources_of(scores, "a", "variance") is None
    assert not is_sum(scores, "root", "child")


def test_shapley_values_are_those_of_the_glove_game():
    # A pair is worth 1: part 0 is the left glove, 1 and 2 are right ones.
    def worth(chosen):
        return float(0 in chosen and len(chosen) > 1)

    assert sources.shapley(worth, 3) == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_drawn_orders_sum_to_the_whole_and_come_near_the_exact_values():
    weights = np.arange(1.0, 13.0)

    def squared(chosen):
        return float(weights[list(chosen)].sum() ** 2) if chosen else 0.0

    drawn = sources.shapley(squared, 12, seed=3, permutations=400)
    assert math.isclose(drawn.sum(), weights.sum() ** 2, rel_tol=1e-12)
    assert drawn == pytest.approx(weights * weights.sum(), rel=0.1)
    again = sources.shapley(squared, 12, seed=3, permutations=400)
    assert (drawn == again).all()


def test_equal_units_have_sources_of_nothing_and_zeros_are_refused():
    scores = scores_of(ARITHMETIC, [(50, 50, 50), (50, 50, 50)])
    assert set(sources_of(scores, "root", "gini").parts.values()) == {0.0}
    with pytest.raises(ineq.UndefinedMeasureError, match="zero_mean"):
        sources_of(scores_of(ARITHMETIC, [(0, 0, 0), (0, 0, 0)]), "root", "gini")
