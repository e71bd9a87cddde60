"""Explanations: formulas that anybody can redo, weights in force, points lost."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.scoring import Scores, score
from govmaturity.scoring.explain import explain, is_additive, points_lost, weights_in_force
from tests.making import entered, framework_of, group, leaf, values_of, words

ITEMS = [{"id": id_, "name": words(id_)} for id_ in ("i", "j", "k")]
OPTIONS = [{"code": c, "name": words(c), "points": p} for c, p in (("no", 0), ("some", 60))]
LEAVES = (
    leaf("up", 20, 85),
    leaf("down", 60, 3, direction="lower"),
    leaf("cold", -10, 30),
    leaf("log", 100, 75000, normalise="log_goalposts"),
    leaf("share", measure="percent", ratio={"of": ["x1", "x2"], "to": "y", "times": 100}),
    leaf("plain", 0, 1, measure="ratio", ratio={"of": "x1", "to": "y"}),
    leaf("list", None, measure="checklist", checklist=ITEMS),
    leaf("pick", None, measure="choice", options=OPTIONS),
    leaf("same", None, normalise="identity", valid={"min": 0, "max": 100}),
)
MADE = framework_of(
    group(
        "root",
        group("sum", *LEAVES[:5], weight="1/3"),
        group("product", *LEAVES[5:], weight="2/3", aggregate={"method": "geometric", "floor": 1}),
        weights="given",
    ),
    inputs=entered("x1", "x2", "y"),
    missing={"min_coverage": 0.2},
)
GIVEN: dict[str, float | str | None] = {
    "up": 52.5,
    "down": 20,
    "cold": 5,
    "log": 2097.88945,
    "x1": 3,
    "x2": 1,
    "y": 7,
    "list.i": 1,
    "list.j": 0,
    "list.k": "not_applicable",
    "pick": 2,
    "same": 33,
}


def made(**changes: float | str | None) -> Scores:
    return score(MADE, values_of({"u": GIVEN | changes}))


def redo(formula: str) -> tuple[float, float]:
    """Both sides of a formula, worked out."""
    left, right = formula.split(" [")[0].rsplit(" = ", 1)
    for sign, python in {"×": "*", "÷": "/", "−": "-", "^": "**"}.items():
        left, right = left.replace(sign, python), right.replace(sign, python)
    left = re.sub(r"ln ([0-9.e+]+)", r"log(\1)", left)
    return eval(left, {"__builtins__": {}, "log": math.log}), float(right)


ARITHMETIC = ("root", "sum", "product", "up", "down", "cold", "log", "share", "plain", "list")


@pytest.mark.parametrize("node", ARITHMETIC)
def test_redoing_the_formula_gives_the_score(node: str):
    scores = made()
    explained = explain(scores, "u", node)
    left, right = redo(explained.formula)
    assert left == pytest.approx(right, rel=1e-5)
    assert right == pytest.approx(explained.score, rel=1e-5)
    assert explained.score == scores.of(node)[0]


@pytest.mark.parametrize("node", ["share", "plain", "list"])
def test_redoing_the_raw_formula_gives_the_raw_value(node: str):
    explained = explain(made(), "u", node)
    left, right = redo(explained.raw_formula)
    assert left == pytest.approx(right, rel=1e-5)
    assert right == pytest.approx(explained.raw, rel=1e-5)


def test_the_formulas_read_as_they_are_taught():
    scores = made()
    assert explain(scores, "u", "up").formula == "100 × (52.5 − 20) ÷ (85 − 20) = 50"
    assert explain(scores, "u", "cold").formula == "100 × (5 − (−10)) ÷ (30 − (−10)) = 37.5"
    assert explain(scores, "u", "share").raw_formula == "100 × (3 + 1) ÷ 7 = 57.1429"
    assert explain(scores, "u", "plain").raw_formula == "3 ÷ 7 = 0.428571"
    assert explain(scores, "u", "list").raw_formula == "100 × 1 ÷ 2 = 50"
    assert explain(scores, "u", "pick").formula == "points(2) = 60"
    assert explain(scores, "u", "same").formula == "33"


def test_a_value_beyond_a_goalpost_is_shown_as_it_is_held():
    explained = explain(made(up=90), "u", "up")
    assert explained.is_clipped
    assert explained.formula == "100 × (85 − 20) ÷ (85 − 20) = 100 [90 → 85]"
    left, right = redo(explained.formula)
    assert left == right == 100


def test_the_parts_name_what_was_entered():
    parts = explain(made(), "u", "list").raw_parts
    assert [(part.id, part.status) for part in parts] == [
        ("list.i", "reported"),
        ("list.j", "reported"),
        ("list.k", "not_applicable"),
    ]
    assert [part.value for part in explain(made(), "u", "share").raw_parts] == [3, 1, 7]


def test_a_missing_part_is_named_with_no_weight_in_force():
    explained = explain(made(up=None), "u", "sum")
    weights = {part.node: part.weight_in_force for part in explained.parts}
    assert weights == {"up": 0, **dict.fromkeys(["down", "cold", "log", "share"], 0.25)}
    assert {part.weight for part in explained.parts} == {0.2}
    left, right = redo(explained.formula)
    assert left == pytest.approx(right, rel=1e-5)
    assert explained.coverage == pytest.approx(0.8)


def test_what_has_no_score_has_no_formula():
    scores = score(MADE, values_of({"u": {"up": None}}))
    for node in ("root", "sum", "up", "share"):
        explained = explain(scores, "u", node)
        assert math.isnan(explained.score)
        assert (explained.formula, explained.raw_formula) == ("", "")


def test_a_direct_value_has_no_raw_formula():
    explained = explain(made(x1=None, x2=None, y=None, share=44), "u", "share")
    assert (explained.raw, explained.raw_formula, explained.status) == (44, "", "reported")


def test_a_scale_that_starts_elsewhere_is_in_the_formula():
    five = framework_of(group("root", leaf("a")), scale=[1, 5])
    scores = score(five, values_of({"u": {"a": 50}}))
    explained = explain(scores, "u", "a")
    assert explained.formula == "1 + 4 × (50 − 0) ÷ (100 − 0) = 3"


def test_the_latest_period_is_explained_unless_another_is_named():
    values = values_of({"u": {"up": 85}}, "2024")
    scores = score(MADE, values)
    assert explain(scores, "u", "up").period == "2024"
    with pytest.raises(KeyError, match="2023"):
        explain(scores, "u", "up", "2023")


@pytest.mark.parametrize(("unit", "node"), [("z", "root"), ("u", "z")])
def test_what_is_not_there_raises_a_key_error(unit: str, node: str):
    with pytest.raises(KeyError):
        explain(made(), unit, node)


# Laws ----------------------------------------------------------------------------------------

TREE = framework_of(
    group(
        "root",
        group("g", *(leaf(id_, weight=w) for id_, w in zip("abc", (0.5, 0.3, 0.2), strict=True)))
        | {"weights": "given"},
        group("h", leaf("d"), group("k", leaf("e"), leaf("f"))),
    ),
    lenses={
        "theme": {
            "name": words("theme"),
            "groups": [{"id": "t", "name": words("t"), "indicators": ["a", "d"]}],
        }
    },
)
cells = st.one_of(st.floats(0, 100), st.sampled_from([None, "not_applicable"]))
rows = st.dictionaries(st.sampled_from("abcdef"), cells, min_size=1)


@given(rows)
def test_weights_in_force_sum_to_1_where_there_is_a_score(row: dict[str, Any]):
    scores = score(TREE, values_of({"u": row}))
    weights = weights_in_force(scores)
    leaves = [scores.plan.place(id_) for id_ in scores.plan.indicators]
    if not np.isnan(scores.of("root")[0]):
        assert weights[leaves, 0].sum() == pytest.approx(1)
    there = ~np.isnan(scores.score[leaves, 0])
    assert (weights[leaves, 0][~there] == 0).all()


@given(rows)
def test_points_lost_add_up_to_what_the_root_lacks(row: dict[str, Any]):
    scores = score(TREE, values_of({"u": row}))
    root = scores.of("root")[0]
    assert is_additive(scores)
    if not np.isnan(root):
        assert np.nansum(points_lost(scores)[:, 0]) == pytest.approx(100 - root, abs=1e-9)


@given(rows)
def test_the_figures_of_a_group_recompute_its_score(row: dict[str, Any]):
    scores = score(TREE, values_of({"u": row}))
    for node in ("root", "g", "h", "k"):
        explained = explain(scores, "u", node)
        if not math.isnan(explained.score):
            there = [part for part in explained.parts if part.weight_in_force]
            mean = sum(part.weight_in_force * part.score for part in there)
            assert mean == pytest.approx(explained.score)


def test_groups_of_a_lens_weigh_nothing_in_the_root():
    scores = score(TREE, values_of({"u": dict.fromkeys("abcdef", 50)}), lens="theme")
    weights = weights_in_force(scores)
    assert weights[scores.plan.place("t"), 0] == 0
    assert np.nansum(points_lost(scores)[:, 0]) == pytest.approx(50)


def test_with_a_geometric_group_points_lost_do_not_add_up_and_it_is_said():
    assert not is_additive(made())
