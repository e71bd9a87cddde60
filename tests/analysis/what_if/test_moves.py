"""Who moves how far: by hand, and units that are in one of the two only."""

from __future__ import annotations

import pytest

from govmaturity.analysis.what_if.moves import moves
from govmaturity.scoring import score
from tests.making import framework_of, group, leaf, levels, values_of

FRAMEWORK = framework_of(group("T", leaf("A"), leaf("B")), levels=levels(0, 50, 100))


def scored(**units: float):
    return score(FRAMEWORK, values_of({unit: {"A": at, "B": at} for unit, at in units.items()}))


def test_places_levels_and_tau_are_the_ones_worked_by_hand():
    # Of the six pairs of four units one is turned round: tau = (5 - 1) / 6.
    found = moves(scored(a=90, b=70, c=60, d=10), scored(a=90, b=40, c=60, d=10))
    assert found.rank.tolist() == [[1, 2, 3, 4], [1, 3, 2, 4]]
    assert found.places.tolist() == [0, -1, 1, 0]
    assert (found.moved, found.relevelled, found.lost) == (2, 1, 0)
    assert found.order is not None
    assert found.order.kendall == pytest.approx(4 / 6)
    assert [found.units[place] for place in found.furthest(2)] == ["b", "c"]


def test_the_same_index_moves_nobody():
    found = moves(scored(a=90, b=70, c=60), scored(a=90, b=70, c=60))
    assert found.moved == 0
    assert found.order is not None
    assert found.order.kendall == pytest.approx(1)


def test_units_of_one_side_are_counted_and_few_units_have_no_tau():
    found = moves(scored(a=90, b=70, c=60), scored(b=70, a=50, x=1))
    assert found.units == ("a", "b")
    assert found.rank.tolist() == [[1, 2], [2, 1]]
    assert (found.lost, found.order) == (2, None)


def test_several_periods_are_refused():
    both = score(
        FRAMEWORK,
        values_of({"a": {"A": 1, "B": 1}}),
    )
    two = values_of({"a": {"A": 1, "B": 1}})
    two.table.loc[len(two.table)] = ["a", "2025", "A", 3.0, "reported"]
    with pytest.raises(ValueError, match="after needs one period"):
        moves(both, score(FRAMEWORK, two))
