"""How scores move from period to period."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.analysis.trend import (
    STATES,
    band,
    progress,
    split_change,
    split_to_indicators,
    years,
)
from govmaturity.scoring import score
from tests.making import framework_of, group, leaf, levels, rows_of, values_from

GEOMETRIC = {"aggregate": {"method": "geometric", "floor": 1}}


def made(before, after, *, tree=None, periods=("2022", "2024"), **more):
    tree = tree or group("T", leaf("A", weight=0.75), leaf("B", weight=0.25), weights="given")
    rows = [
        row
        for period, table in zip(periods, (before, after), strict=True)
        for row in rows_of(table, period)
    ]
    return score(framework_of(tree, **more), values_from(rows))


def test_the_band_by_hand():
    scores = made(
        {u: {"A": v, "B": v} for u, v in zip("abcde", (10, 20, 30, 40, 50), strict=True)},
        {u: {"A": None, "B": None} for u in "abcde"},
    )
    found = band(scores, "T")
    assert found.iloc[0].tolist() == ["2022", 20, 30, 40, 5]
    assert np.isnan(found.iloc[1]["median"])
    assert found.iloc[1]["units"] == 0


def test_progress_by_hand():
    before = {u: {"A": 50, "B": 50} for u in "abcdef"}
    after = {"a": 48.9, "b": 50.9, "c": 51, "d": 53, "e": 90, "f": None}
    scores = made(
        before, {u: {"A": v, "B": v} for u, v in after.items()}, levels=levels(0, 80, 100)
    )
    found = progress(scores, "T", "2022", "2024").set_index("unit")
    assert found["state"].to_dict() == dict(zip("abcde", STATES, strict=True))
    assert found.loc["d", "yearly"] == pytest.approx(1.5)


def test_without_levels_the_highest_twentieth_of_the_scale_is_achieved():
    scores = made({"a": {"A": 95, "B": 95}}, {"a": {"A": 95, "B": 95}})
    assert progress(scores, "T", "2022", "2024")["state"].tolist() == ["achieved"]


def test_progress_counts_by_the_year_and_not_by_the_period():
    before, after = {"a": {"A": 10, "B": 10}}, {"a": {"A": 11, "B": 11}}
    for periods, state in ((("2024-H1", "2024-H2"), "substantial"), (("2020", "2024"), "limited")):
        found = progress(made(before, after, periods=periods), "T", *periods)
        assert found["state"].tolist() == [state]


def test_progress_needs_a_later_period():
    scores = made({"a": {"A": 1, "B": 1}}, {"a": {"A": 1, "B": 1}})
    with pytest.raises(ValueError, match="needs a later period"):
        progress(scores, "T", "2024", "2022")


def test_an_arithmetic_change_is_weight_times_change():
    scores = made({"a": {"A": 10, "B": 60}}, {"a": {"A": 30, "B": 40}})
    found = split_change(scores, "a", "2022", "2024", "T")
    assert found.is_exact
    assert found.parts == pytest.approx({"A": 15, "B": -5})


def test_a_geometric_change_is_split_by_shapley_values():
    tree = group("T", leaf("A"), leaf("B"), **GEOMETRIC)
    scores = made({"a": {"A": 25, "B": 100}}, {"a": {"A": 100, "B": 25}}, tree=tree)
    found = split_change(scores, "a", "2022", "2024", "T")
    assert not found.is_exact
    # Alone first: 100 - 50 and 25 - 50; last: 50 - 25 and 50 - 100.
    assert found.parts == pytest.approx({"A": 37.5, "B": -37.5})


def test_a_part_that_appears_moves_the_whole_and_is_split_by_shapley_values():
    before, after = {"a": {"A": 40, "B": None}}, {"a": {"A": 40, "B": 80}}
    scores = made(before, after, tree=group("T", leaf("A"), leaf("B")))
    found = split_change(scores, "a", "2022", "2024", "T")
    assert not found.is_exact
    assert found.parts == pytest.approx({"A": 0, "B": 20})


def test_without_a_score_in_both_periods_there_is_nothing_to_split():
    scores = made({"a": {"A": None, "B": None}}, {"a": {"A": 1, "B": 2}})
    assert split_change(scores, "a", "2022", "2024", "T") is None
    assert split_to_indicators(scores, "a", "2022", "2024") is None
    assert split_change(scores, "a", "2022", "2024", "A") is None


values = st.floats(1, 100)


@given(st.lists(values, min_size=10, max_size=10), st.booleans(), st.booleans())
def test_whatever_the_means_the_parts_sum_to_the_change(numbers, outer, inner):
    tree = group(
        "T",
        group("G", leaf("A"), leaf("B"), leaf("C"), **(GEOMETRIC if inner else {})),
        group("H", leaf("D"), leaf("E")),
        **(GEOMETRIC if outer else {}),
    )
    before = dict(zip("ABCDE", numbers[:5], strict=True))
    after = dict(zip("ABCDE", numbers[5:], strict=True))
    scores = made({"a": before}, {"a": after}, tree=tree)
    moved = scores.of("T")[1] - scores.of("T")[0]
    found = split_change(scores, "a", "2022", "2024", "T")
    assert found.is_exact == (not outer)
    assert sum(found.parts.values()) == pytest.approx(moved, abs=1e-6)
    deep = split_to_indicators(scores, "a", "2022", "2024")
    if deep is not None:
        assert deep.is_exact == (not outer and not inner)
        assert sum(deep.parts.values()) == pytest.approx(moved, abs=1e-6)


def test_a_change_turned_round_changes_every_sign():
    tree = group("T", leaf("A"), leaf("B"), leaf("C"), **GEOMETRIC)
    one, other = {"a": {"A": 5, "B": 50, "C": 70}}, {"a": {"A": 60, "B": 20, "C": 90}}
    there = split_change(made(one, other, tree=tree), "a", "2022", "2024", "T").parts
    back = split_change(made(other, one, tree=tree), "a", "2022", "2024", "T").parts
    assert {part: -points for part, points in there.items()} == pytest.approx(back)


def test_periods_are_put_on_a_line():
    assert [years(p) for p in ("2024-Q4", "2024-12", "2025")] == sorted(
        years(p) for p in ("2025", "2024-12", "2024-Q4")
    )
