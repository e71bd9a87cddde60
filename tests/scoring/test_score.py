"""Scores through all steps: a small framework by hand, gaps, ranks, levels, gates, laws."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.framework.model import Framework
from govmaturity.scoring import Scores, score
from govmaturity.scoring.level import bands
from tests.making import (
    entered,
    framework_of,
    group,
    leaf,
    levels,
    rows_of,
    values_from,
    values_of,
    words,
)

OPTIONS = [{"code": c, "name": words(c), "points": p} for c, p in (("no", 0), ("some", 60))]
ITEMS = [{"id": id_, "name": words(id_)} for id_ in ("i", "j")]
TREE = group(
    "root",
    group(
        "g",
        leaf("days", 30, 10, direction="lower", weight=0.25),
        leaf("share", measure="percent", ratio={"of": "x", "to": "y", "times": 100}, weight=0.75),
        weight=0.5,
        weights="given",
    ),
    group(
        "h",
        leaf("income", 100, 10000, normalise="log_goalposts"),
        leaf("opinion", None, measure="survey_mean"),
        weight=0.3,
        aggregate={"method": "geometric", "floor": 1},
    ),
    group(
        "k",
        leaf("pick", None, measure="choice", options=OPTIONS),
        leaf("list", None, measure="checklist", checklist=ITEMS),
        leaf("rub", None, measure="rubric", rubric={n: words(str(n)) for n in (1, 2, 3)}),
        leaf("yes", None, measure="yes_no", direction="lower"),
        leaf("idx", None, normalise="identity", valid={"min": 0, "max": 100}),
        weight=0.2,
    ),
    weights="given",
)
MADE = framework_of(TREE, levels=levels(0, 40, 80, 100), inputs=entered("x", "y"))
FULL = {
    "days": 15,
    "x": 3,
    "y": 5,
    "income": 1000,
    "opinion": 3,
    "pick": 2,
    "list.i": 1,
    "list.j": 0,
    "rub": 2,
    "yes": 1,
    "idx": 90,
}


def root(scores: Scores) -> dict[str, float]:
    return dict(zip(scores.unit, scores.of(scores.plan.root).tolist(), strict=True))


def one(scores: Scores, node: str) -> float:
    return float(scores.of(node)[0])


# By hand -------------------------------------------------------------------------------------


def test_a_small_framework_by_hand_through_all_steps():
    scores = score(MADE, values_of({"u": FULL}))
    by_hand = {
        "days": 75,  # (15 - 30) / (10 - 30)
        "share": 60,  # 3 / 5
        "g": 0.25 * 75 + 0.75 * 60,  # 63.75
        "income": 50,  # (ln 1000 - ln 100) / (ln 10000 - ln 100)
        "opinion": 50,  # (3 - 1) / (5 - 1)
        "h": 50,
        "pick": 60,  # its points
        "list": 50,
        "rub": 50,  # (2 - 1) / (3 - 1)
        "yes": 0,  # less is better
        "idx": 90,
        "k": 50,  # (60 + 50 + 50 + 0 + 90) / 5
        "root": 0.5 * 63.75 + 0.3 * 50 + 0.2 * 50,  # 56.875
    }
    assert {node: one(scores, node) for node in by_hand} == pytest.approx(by_hand)
    assert scores.level_of("root").tolist() == [2]
    assert scores.rank_of("root").tolist() == [1]
    assert scores.coverage_of("root").tolist() == [1]
    assert not scores.clipped.any()


def test_a_geometric_group_lets_a_weak_part_weigh_more():
    scores = score(MADE, values_of({"u": FULL | {"opinion": 1, "income": 10000}}))
    assert one(scores, "h") == pytest.approx(math.sqrt(100 * 1))  # the floor is 1


def test_the_table_holds_every_shown_node_of_every_row():
    table = score(MADE, values_of({"v": FULL, "u": FULL})).table()
    assert list(table.columns) == ["unit", "period", "node", "score", "rank", "coverage", "level"]
    assert len(table) == 2 * len(MADE.nodes)
    assert table["unit"].iloc[0] == "u"
    assert table["node"].tolist()[: len(MADE.nodes)] == list(MADE.nodes)


def test_values_beyond_the_goalposts_are_held_and_marked():
    scores = score(MADE, values_of({"a": FULL | {"days": 5}, "b": FULL | {"days": 99}}))
    assert scores.of("days").tolist() == [100, 0]
    assert scores.clipped[scores.plan.indicators.index("days")].tolist() == [True, True]
    on_them = score(MADE, values_of({"a": FULL | {"days": 10}, "b": FULL | {"days": 30}}))
    assert not on_them.clipped.any()


def test_another_scale_is_kept_to_throughout():
    made = framework_of(
        group("root", leaf("a"), leaf("b", None, normalise="identity", valid={"min": 1, "max": 5})),
        scale=[1, 5],
    )
    scores = score(made, values_of({"u": {"a": 50, "b": 4}}))
    assert (one(scores, "a"), one(scores, "root")) == (3, 3.5)


# What is missing -----------------------------------------------------------------------------

FOUR = framework_of(
    group(
        "root",
        group(
            "g",
            leaf("a", weight=0.5, tags=["core"]),
            leaf("b", weight=0.3),
            leaf("c", weight=0.2),
            weights="given",
        ),
        leaf("d"),
    ),
    profiles={"core": {"name": words("core"), "tags": ["core"]}},
    lenses={
        "theme": {
            "name": words("theme"),
            "groups": [
                {"id": "t", "name": words("t"), "indicators": ["a", "b", "d"]},
                {"id": "s", "name": words("s"), "indicators": ["c", "d"]},
            ],
        }
    },
    weight_sets={"top": {"name": words("top"), "weights": {"g": 0.9, "d": 0.1}}},
)


def four(**values: float | str | None) -> Scores:
    return score(FOUR, values_of({"u": values}))


def test_the_weight_of_what_is_missing_is_shared_among_its_siblings():
    scores = four(a=80, b=None, c=10, d=0)
    assert one(scores, "g") == pytest.approx((0.5 * 80 + 0.2 * 10) / 0.7)
    assert one(scores, "root") == pytest.approx((0.5 * 80 + 0.2 * 10) / 0.7 / 2)
    assert scores.coverage_of("g")[0] == pytest.approx(0.7)
    assert scores.coverage_of("root")[0] == pytest.approx(0.85)


def test_nothing_missing_is_zero():
    scores = four(a=80, c=80, d=80)
    assert math.isnan(one(scores, "b"))
    assert one(scores, "root") == pytest.approx(80)


def test_coverage_that_equals_its_limit_is_enough():
    scores = four(b=30, c=20, d=0)
    assert scores.coverage_of("g")[0] == 0.5
    assert one(scores, "g") == pytest.approx((0.3 * 30 + 0.2 * 20) / 0.5)


@pytest.mark.parametrize("parts", [3, 6, 7, 10, 11, 30])
def test_rounding_does_not_push_coverage_below_a_limit_that_it_equals(parts: int):
    leaves = [leaf(f"i{n}") for n in range(parts)]
    made = framework_of(group("root", *leaves), missing={"min_coverage": 1})
    values = values_of({"u": dict.fromkeys((f"i{n}" for n in range(parts)), 50)})
    assert one(score(made, values), "root") == pytest.approx(50)


def test_a_group_below_its_coverage_has_no_score_and_its_weight_is_shared():
    scores = four(b=30, d=40)
    assert scores.coverage_of("g")[0] == pytest.approx(0.3)
    assert math.isnan(one(scores, "g"))
    assert one(scores, "root") == 40
    assert scores.coverage_of("root")[0] == pytest.approx(0.65)
    assert scores.rank_of("g")[0] == 0


def test_a_root_below_its_coverage_has_no_score_rank_or_level():
    made = framework_of(TREE, levels=levels(0, 40, 80, 100), inputs=entered("x", "y"))
    scores = score(made, values_of({"u": {"days": 20}}))
    assert math.isnan(one(scores, "root"))
    assert (scores.rank_of("root")[0], scores.level_of("root")[0]) == (0, 0)
    (row,) = scores.table().query("node == 'root'").to_dict("records")
    assert row["coverage"] == pytest.approx(0.125)


def test_what_does_not_apply_neither_counts_nor_lacks():
    scores = four(a="not_applicable", b=30, c=20, d=0)
    assert scores.coverage_of("g")[0] == 1
    assert scores.coverage_of("root")[0] == 1
    assert one(scores, "g") == pytest.approx((0.3 * 30 + 0.2 * 20) / 0.5)
    assert math.isnan(scores.coverage_of("a")[0])


def test_where_nothing_applies_there_is_neither_score_nor_coverage():
    scores = four(**dict.fromkeys("abcd", "not_applicable"))
    assert math.isnan(one(scores, "root"))
    assert math.isnan(scores.coverage_of("root")[0])


def test_what_is_suppressed_lacks_like_what_is_missing():
    hidden, missing = four(a="suppressed", b=1, c=2, d=3), four(a=None, b=1, c=2, d=3)
    assert one(hidden, "root") == one(missing, "root")
    assert hidden.coverage_of("g")[0] == missing.coverage_of("g")[0] == pytest.approx(0.5)


def test_a_part_of_weight_zero_counts_neither_in_the_score_nor_in_coverage():
    made = framework_of(
        group("root", leaf("a", weight=1), leaf("b", weight=0), weights="given"),
        missing={"min_coverage": 1},
    )
    scores = score(made, values_of({"u": {"a": 70}, "v": {"a": 70, "b": 0}}))
    assert scores.of("root").tolist() == [70, 70]
    assert scores.of("b").tolist()[1] == 0


# Choices -------------------------------------------------------------------------------------


def test_a_profile_shares_out_the_weight_of_what_it_leaves_out():
    scores = score(FOUR, values_of({"u": {"a": 80, "b": 0, "c": 0, "d": 0}}), profile="core")
    assert scores.plan.nodes == ("root", "g", "a")
    assert one(scores, "root") == 80


def test_coverage_is_that_of_the_profile():
    scores = score(FOUR, values_of({"u": {"a": 80}}), profile="core")
    assert scores.coverage_of("root")[0] == 1


def test_a_lens_groups_the_same_indicators_equally_and_leaves_the_root():
    values = values_of({"u": {"a": 90, "b": 30, "c": 60, "d": 0}})
    plain, seen = score(FOUR, values), score(FOUR, values, lens="theme")
    assert one(seen, "t") == pytest.approx(40)
    assert one(seen, "s") == pytest.approx(30)
    assert one(seen, "root") == one(plain, "root")


def test_a_lens_group_needs_half_of_its_members():
    seen = score(FOUR, values_of({"u": {"a": 90, "b": None, "c": 50, "d": None}}), lens="theme")
    assert math.isnan(one(seen, "t"))
    assert seen.coverage_of("t")[0] == pytest.approx(1 / 3)
    assert one(seen, "s") == 50
    assert seen.coverage_of("s")[0] == 0.5


def test_equal_and_named_weight_sets_change_the_whole():
    values = values_of({"u": {"a": 90, "b": 30, "c": 60, "d": 0}})
    assert one(score(FOUR, values), "root") == pytest.approx((45 + 9 + 12) / 2)
    assert one(score(FOUR, values, weights="equal"), "root") == pytest.approx(60 / 2)
    assert one(score(FOUR, values, weights="top"), "root") == pytest.approx(0.9 * 66)


# Ranks ---------------------------------------------------------------------------------------

ONE = framework_of(group("root", leaf("a")))


def ranked(table: dict[str, float], **choice: Any) -> dict[str, int]:
    scores = score(ONE, values_of({unit: {"a": value} for unit, value in table.items()}), **choice)
    return dict(zip(scores.unit, scores.rank_of("root").tolist(), strict=True))


def test_units_are_ranked_from_the_highest_and_ties_share_the_better_rank():
    assert ranked({"u": 10, "v": 90, "w": 50, "x": 50}) == {"v": 1, "w": 2, "x": 2, "u": 4}


def test_units_are_ranked_within_their_group_and_not_at_all_without_one():
    within = {"u": "A", "v": "A", "w": "B"}
    found = ranked({"u": 10, "v": 90, "w": 50, "x": 99}, rank_within=within)
    assert found == {"u": 2, "v": 1, "w": 1, "x": 0}


def test_what_is_never_ranked_takes_no_place():
    assert ranked({"u": 10, "v": 90, "w": 50}, unranked=["v"]) == {"u": 2, "v": 0, "w": 1}
    assert ranked({"u": 10}, unranked=["z"]) == {"u": 1}


def test_periods_are_ranked_each_by_itself():
    rows = [
        *rows_of({"u": {"a": 10}, "v": {"a": 20}}, "2023"),
        *rows_of({"u": {"a": 30}, "v": {"a": 5}}, "2024"),
    ]
    scores = score(ONE, values_from(rows))
    assert scores.rank_of("root").tolist() == [2, 1, 1, 2]
    within = score(ONE, values_from(rows), rank_within={"u": "A", "v": "A"})
    assert within.rank_of("root").tolist() == [2, 1, 1, 2]


def test_ranks_anew_among_some_rows_keep_out_what_was_not_ranked():
    table = {"u": 10, "v": 90, "w": 50, "x": 70}
    values = values_of({unit: {"a": value} for unit, value in table.items()})
    scores = score(ONE, values, unranked=["x"])
    some = scores.rows(np.array([True, False, True, True])).among_themselves()
    assert dict(zip(some.unit, some.rank_of("root").tolist(), strict=True)) == {
        "u": 2,
        "w": 1,
        "x": 0,
    }


def test_rows_and_periods_are_found_or_refused():
    scores = score(ONE, values_of({"u": {"a": 10}}))
    assert scores.row("u", "2024") == 0
    with pytest.raises(KeyError, match="no values of unit 'z'"):
        scores.row("z", "2024")
    with pytest.raises(KeyError, match="no node 'z'"):
        scores.of("z")
    assert len(scores.at("2023").unit) == 0


# Sample-based methods ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "expected"),
    [("min_max", [0, 50, 100, 50, 50, 50]), ("z_score", [-1, 0, 1, 0, 0, 0])],
)
def test_methods_that_compare_compare_within_a_period(method: str, expected: list[float]):
    made = framework_of(group("root", leaf("a", None, normalise=method, direction="higher")))
    rows = [
        row
        for period, values in {"2023": (1, 2, 3), "2024": (7, 7, 7)}.items()
        for row in rows_of(dict(zip("uvw", ({"a": v} for v in values), strict=True)), period)
    ]
    scores = score(made, values_from(rows))
    order = np.lexsort((scores.unit.astype(str), scores.period.astype(str)))
    assert scores.of("a")[order].tolist() == pytest.approx(expected)


def test_less_is_better_in_methods_that_compare_too():
    made = framework_of(group("root", leaf("a", None, normalise="min_max", direction="lower")))
    scores = score(made, values_of({"u": {"a": 1}, "v": {"a": 3}, "w": {"a": None}}))
    assert scores.of("a").tolist()[:2] == [100, 0]
    assert math.isnan(scores.of("a")[2])


# Levels --------------------------------------------------------------------------------------

LADDER = framework_of(group("root", leaf("a")), levels=levels(0, 20, 40, 60, 80, 100))


@pytest.mark.parametrize(
    ("points", "level"),
    [
        (0, 1),
        (19.99, 1),
        (20, 2),
        (39.99, 2),
        (40, 3),
        (40 - 1e-13, 3),  # the noise of sums
        (40 - 1e-4, 2),
        (99.99, 5),
        (100, 5),
        (math.nan, 0),
    ],
)
def test_bands_are_closed_below_and_open_above_but_for_the_last(points: float, level: int):
    assert bands(LADDER, np.array([points])).tolist() == [level]


def test_forty_is_level_two_of_bands_from_forty_and_just_below_is_level_one():
    scores = score(MADE, values_of({"u": FULL}))
    assert bands(MADE, np.array([40.0, 39.99])).tolist() == [2, 1]
    assert scores.level_of("days").tolist() == [2]


def test_a_sum_that_is_an_edge_but_for_noise_lies_on_it():
    leaves = [leaf(f"i{n}", weight="1/10") for n in range(10)]
    made = framework_of(group("root", *leaves, weights="given"), levels=levels(0, 40, 100))
    noisy = dict.fromkeys((f"i{n}" for n in range(10)), 40)
    assert score(made, values_of({"u": noisy})).level_of("root").tolist() == [2]


def test_a_framework_without_levels_gives_none():
    assert score(ONE, values_of({"u": {"a": 50}})).level_of("root").tolist() == [0]


# Gates ---------------------------------------------------------------------------------------


def gated(*gates: dict[str, Any], **more: Any) -> Framework:
    return framework_of(
        group("root", group("g", leaf("a"), leaf("b")), group("h", leaf("c")), leaf("d")),
        levels=levels(0, 20, 40, 60, 80, 100),
        inputs=entered("breaches"),
        missing={"min_coverage": 0},
        gates=[gate | {"name": words(gate["id"])} for gate in gates],
        **more,
    )


COVERAGE = {"id": "few", "kind": "coverage", "below": 0.8}
WEAKEST = {"id": "weak", "kind": "weakest", "plus": 1}
BREACH = {"id": "breach", "kind": "input", "input": "breaches", "above": 0, "max_level": 2}
HIGH = {"a": 90, "b": 90, "c": 90, "d": 90}


def level(framework: Framework, given_: dict[str, Any]) -> tuple[int, bool]:
    scores = score(framework, values_of({"u": given_}))
    return int(scores.level_of("root")[0]), bool(scores.provisional[0])


def test_a_coverage_gate_withholds_the_level_but_not_the_score():
    made = gated(COVERAGE)
    scores = score(made, values_of({"u": HIGH | {"c": None}}))
    assert scores.coverage_of("root")[0] == pytest.approx(2 / 3)
    assert one(scores, "root") == 90
    assert level(made, HIGH | {"c": None}) == (0, False)
    assert level(made, HIGH) == (5, False)
    assert scores.gates[0].acted.tolist() == [True]


def test_coverage_that_equals_the_gate_passes():
    made = gated(COVERAGE | {"below": 2 / 3})
    assert level(made, HIGH | {"c": None})[0] == 5


def test_the_weakest_part_caps_the_level():
    assert level(gated(WEAKEST), HIGH | {"d": 10}) == (2, False)  # 1 + 1, from 4
    assert level(gated(WEAKEST | {"plus": 0}), HIGH | {"d": 10}) == (1, False)
    assert level(gated(WEAKEST | {"plus": 4}), HIGH | {"d": 10}) == (4, False)
    assert level(gated(WEAKEST), HIGH) == (5, False)


def test_a_part_without_a_score_makes_the_level_provisional():
    assert level(gated(WEAKEST), HIGH | {"c": None}) == (5, True)
    assert level(gated(WEAKEST), HIGH | {"c": None, "d": 10}) == (2, True)


def test_an_input_above_its_limit_caps_the_level():
    assert level(gated(BREACH), HIGH | {"breaches": 1}) == (2, False)
    assert level(gated(BREACH), HIGH | {"breaches": 0}) == (5, False)
    assert level(gated(BREACH | {"above": 1}), HIGH | {"breaches": 1}) == (5, False)


@pytest.mark.parametrize("status", [None, "suppressed", "not_applicable"])
def test_an_input_that_is_not_reported_makes_the_level_provisional(status: str | None):
    assert level(gated(BREACH), HIGH | {"breaches": status}) == (5, True)
    assert level(gated(BREACH), HIGH) == (5, True)


def test_a_cap_above_the_level_does_nothing():
    made = gated(BREACH | {"max_level": 4})
    low = dict.fromkeys("abcd", 30)
    scores = score(made, values_of({"u": low | {"breaches": 9}}))
    assert scores.level_of("root").tolist() == [2]
    assert not scores.gates[0].acted.any()


def test_the_lowest_cap_holds_and_none_goes_below_level_1():
    both = gated(WEAKEST | {"plus": 0}, BREACH)
    assert level(both, HIGH | {"d": 10, "breaches": 1})[0] == 1
    assert level(both, {"a": 1, "b": 1, "c": 1, "d": 1, "breaches": 1})[0] == 1
    assert level(gated(COVERAGE, BREACH), HIGH | {"c": None, "breaches": 1})[0] == 0


def test_a_row_without_a_level_is_neither_capped_nor_provisional():
    made = gated(WEAKEST, BREACH)
    scores = score(made, values_of({"u": {"breaches": 3}}))
    assert scores.level_of("root").tolist() == [0]
    assert not scores.provisional.any()
    assert not any(effect.acted.any() for effect in scores.gates)


def test_a_gate_that_names_nodes_looks_at_these_and_leaves_the_root():
    made = gated(WEAKEST | {"plus": 0, "nodes": ["g"]})
    scores = score(made, values_of({"u": HIGH | {"b": 10}}))
    assert scores.level_of("g").tolist() == [1]
    assert scores.level_of("root").tolist() == [4]  # (50 + 90 + 90) / 3


def test_a_cap_of_a_part_does_not_reach_the_weakest_gate_of_the_whole():
    # Gates look at levels as they are before gates, so that their order does not matter.
    gates = [WEAKEST | {"plus": 0}, BREACH | {"nodes": ["g"], "max_level": 1}]
    for order in (gates, gates[::-1]):
        scores = score(gated(*order), values_of({"u": HIGH | {"breaches": 1}}))
        assert scores.level_of("g").tolist() == [1]
        assert scores.level_of("root").tolist() == [5]


# Laws ----------------------------------------------------------------------------------------

cells = st.one_of(st.floats(-20, 120), st.sampled_from([None, "not_applicable"]))
rows = st.dictionaries(st.sampled_from("abcd"), cells, min_size=1)
tables = st.dictionaries(st.sampled_from(["u", "v", "w", "x"]), rows, min_size=1)


@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_change_a_single_bit(table: dict[str, Any], random: Any):
    given_ = rows_of(table)
    before = score(FOUR, values_from(given_))
    random.shuffle(given_)
    after = score(FOUR, values_from(given_))
    assert before.table().equals(after.table())


@given(tables)
def test_a_units_score_does_not_depend_on_which_other_units_are_there(table: dict[str, Any]):
    together = score(FOUR, values_from(rows_of(table)))
    for unit, values in table.items():
        alone = score(FOUR, values_from(rows_of({unit: values})))
        row = together.row(unit, "2024")
        assert np.array_equal(together.score[:, row], alone.score[:, 0], equal_nan=True)
        assert np.array_equal(together.coverage[:, row], alone.coverage[:, 0], equal_nan=True)
        assert (together.level[:, row] == alone.level[:, 0]).all()


@given(tables)
def test_scores_stay_on_the_scale_and_coverage_between_0_and_1(table: dict[str, Any]):
    scores = score(FOUR, values_from(rows_of(table)))
    there = scores.score[~np.isnan(scores.score)]
    assert ((there >= -1e-9) & (there <= 100 + 1e-9)).all()
    shares = scores.coverage[~np.isnan(scores.coverage)]
    assert ((shares >= 0) & (shares <= 1 + 1e-9)).all()


@given(rows, st.sampled_from("abcd"), st.floats(0, 50))
def test_a_better_value_never_lowers_the_score(row: dict[str, Any], which: str, more: float):
    row[which] = 40.0
    before = score(FOUR, values_of({"u": row}))
    after = score(FOUR, values_of({"u": row | {which: 40.0 + more}}))
    low, high = before.of("root")[0], after.of("root")[0]
    assert np.isnan(low) == np.isnan(high)
    assert np.isnan(low) or high >= low - 1e-9


# Awkward input -------------------------------------------------------------------------------


def test_no_values_at_all_give_empty_scores():
    scores = score(MADE, values_from([]))
    assert scores.table().empty
    assert scores.units == scores.periods == ()


def test_one_unit_with_nothing_but_other_ids_has_no_score():
    scores = score(FOUR, values_of({"u": {"z": 1}}))
    assert np.isnan(scores.score).all()
    assert (scores.rank == 0).all()


def test_a_negative_value_meets_log_goalposts_with_a_refusal():
    made = framework_of(group("root", leaf("a", 1, 100, normalise="log_goalposts")))
    assert one(score(made, values_of({"u": {"a": 0}})), "a") == 0
    with pytest.raises(ValueError, match=r"no value of -1.*u \(2024\)"):
        score(made, values_of({"u": {"a": -1}}))


@pytest.mark.parametrize("choice", [{"weights": "z"}, {"profile": "z"}, {"lens": "z"}])
def test_an_unknown_choice_is_refused_by_name(choice: dict[str, str]):
    with pytest.raises(ValueError, match=r"unknown .* 'z'; expected one of"):
        score(FOUR, values_of({"u": {"a": 1}}), **choice)


def test_scores_do_not_change_the_values_they_were_made_of():
    values = values_of({"u": FULL})
    before = values.table.copy()
    score(MADE, values)
    assert values.table.equals(before)
