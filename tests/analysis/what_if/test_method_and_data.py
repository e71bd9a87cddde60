"""A change in two parts: by hand, that they add up, and that no order of them matters."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govmaturity.analysis.inequality.sample import UndefinedMeasureError
from govmaturity.analysis.what_if.method_and_data import method_and_data
from govmaturity.framework.model import Framework
from govmaturity.scoring import Scores, score
from tests.making import framework_of, group, leaf, rows_of, values_from, words


def framework(a: float, b: float, **more: object) -> Framework:
    tree = group("T", leaf("A", weight=a), leaf("B", weight=b), weights="relative")
    return framework_of(tree, **more)


Given = dict[str, dict[str, float | str | None]]


def scored(made: Framework, first: Given, second: Given) -> Scores:
    return score(made, values_from([*rows_of(first, "2023"), *rows_of(second, "2024")]))


OLD, NEW = framework(1, 1), framework(3, 1)
FIRST: Given = {"x": {"A": 40, "B": 60}, "y": {"A": 80, "B": 20}}
SECOND: Given = {"x": {"A": 60, "B": 60}, "y": {"A": 80, "B": 40}}


def test_points_are_the_ones_worked_by_hand():
    found = method_and_data(scored(OLD, FIRST, SECOND), scored(NEW, FIRST, SECOND), "2023", "2024")
    # x: 50 and 60 under the old, 45 and 60 under the new: method (-5 + 0) / 2, data (10 + 15) / 2.
    # y: 50 and 60 under the old, 65 and 70 under the new: method (15 + 10) / 2, data (10 + 5) / 2.
    assert found.before.tolist() == [50, 50]
    assert found.after.tolist() == [60, 70]
    assert found.method == pytest.approx([-2.5, 12.5])
    assert found.data == pytest.approx([12.5, 7.5])
    assert found.left_out == 0


def test_places_are_split_too():
    found = method_and_data(
        scored(OLD, FIRST, SECOND), scored(NEW, FIRST, SECOND), "2023", "2024", "rank"
    )
    # Both tie under the old framework; under the new y leads in both periods.
    assert found.before.tolist() == [1, 1]
    assert found.after.tolist() == [2, 1]
    assert found.method.tolist() == [1, 0]
    assert found.data.tolist() == [0, 0]


shares = st.floats(0.1, 10)
points = st.lists(st.floats(0, 100), min_size=8, max_size=8)


@given(shares, shares, points, st.sampled_from(["score", "rank"]))
@settings(max_examples=60)
def test_both_parts_make_the_change_and_turning_it_round_turns_them_round(a, b, at, of):
    first: Given = {"x": {"A": at[0], "B": at[1]}, "y": {"A": at[2], "B": at[3]}}
    second: Given = {"x": {"A": at[4], "B": at[5]}, "y": {"A": at[6], "B": at[7]}}
    old, new = (scored(framework(*w), first, second) for w in ((1, 1), (a, b)))
    found = method_and_data(old, new, "2023", "2024", of)
    assert np.allclose(found.method + found.data, found.total, atol=1e-9)
    back = method_and_data(new, old, "2024", "2023", of)
    assert np.allclose(back.method, -found.method, atol=1e-9)
    assert np.allclose(back.data, -found.data, atol=1e-9)
    still = method_and_data(old, new, "2023", "2023", of)
    assert not still.data.any()
    same = method_and_data(old, old, "2023", "2024", of)
    assert not same.method.any()


def test_units_without_all_four_scores_are_counted():
    found = method_and_data(
        scored(OLD, FIRST, SECOND | {"z": {"A": 1, "B": 1}}),
        scored(NEW, FIRST, SECOND),
        "2023",
        "2024",
    )
    assert (found.units, found.left_out) == (("x", "y"), 1)
    nobody: Given = {"z": {"A": 1, "B": 1}}
    with pytest.raises(UndefinedMeasureError, match="too_few_units"):
        method_and_data(scored(OLD, FIRST, nobody), scored(NEW, FIRST, nobody), "2023", "2024")


def test_points_of_other_scales_and_periods_that_are_not_there_are_refused():
    small = framework_of(group("T", leaf("A"), leaf("B")), scale=[0, 1], name=words("Small"))
    old = scored(OLD, FIRST, SECOND)
    with pytest.raises(ValueError, match="are not the same"):
        method_and_data(old, scored(small, FIRST, SECOND), "2023", "2024")
    assert method_and_data(old, scored(small, FIRST, SECOND), "2023", "2024", "rank").units
    with pytest.raises(ValueError, match="old has no period '1999'"):
        method_and_data(old, old, "1999", "2024")


def test_places_gained_are_ranks_turned_round():
    found = method_and_data(
        scored(OLD, FIRST, SECOND), scored(NEW, FIRST, SECOND), "2023", "2024", "rank"
    )
    gained = found.turned()
    assert gained.total.tolist() == [-1, 0]
    assert (gained.method + gained.data).tolist() == [-1, 0]
