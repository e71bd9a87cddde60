"""The change of a node in parts: worked by hand, exact, and where there is none."""

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from govmaturity.analysis.change.split import change_by_part
from govmaturity.analysis.inequality import UndefinedMeasureError
from govmaturity.scoring import score
from tests.making import framework_of, group, leaf, values_of

# A value is needed for a fifth of the weight only, so that many may be missing.
TREE = group(
    "root",
    group("left", leaf("a", weight=0.25), leaf("b", weight=0.75), weights="given", weight=0.6),
    group("right", leaf("c"), leaf("d"), leaf("e"), weight=0.4),
    weights="given",
)
FRAMEWORK = framework_of(TREE, missing={"min_coverage": 0.2})
GEOMETRIC_MEAN = {"method": "geometric", "floor": 1}
GEOMETRIC = framework_of(
    group("root", group("inner", leaf("a"), leaf("b"), aggregate=GEOMETRIC_MEAN), leaf("c"))
)
LEAVES = ("a", "b", "c", "d", "e")


def scored(framework, table, period):
    return score(framework, values_of(table, period))


def both(old, new, framework=FRAMEWORK):
    return scored(framework, old, "2023"), scored(framework, new, "2024")


def full(*values):
    return dict(zip(LEAVES, values, strict=True))


def test_with_all_values_there_a_part_brings_its_weight_times_its_change():
    before, after = both({"u": full(10, 20, 30, 30, 30)}, {"u": full(50, 20, 30, 30, 0)})
    split = change_by_part(before, after, "u")
    assert split.by_score == pytest.approx({"left": 0.6 * 10, "right": 0.4 * -10})
    assert not split.is_reweighted
    assert split.total == pytest.approx(2)
    leaves = change_by_part(before, after, "u", whose="indicator")
    assert leaves.parts == pytest.approx({"a": 0.15 * 40, "b": 0, "c": 0, "d": 0, "e": -4})
    inner = change_by_part(before, after, "u", node="left")
    assert inner.parts == pytest.approx({"a": 10, "b": 0})


def test_a_value_that_goes_missing_is_told_apart_from_one_that_fell():
    # left: a 0.25 of 80, b 0.75 of 40 make 50; without a it is 40. No score changed.
    before, after = both({"u": full(80, 40, 50, 50, 50)}, {"u": full(None, 40, 50, 50, 50)})
    split = change_by_part(before, after, "u", node="left", whose="indicator")
    assert split.total == pytest.approx(-10)
    assert split.by_score == pytest.approx({"a": 0, "b": 0})
    # Middle score 45: a loses 0.25 x (80 - 45), b gains 0.25 x (40 - 45).
    assert split.by_weight == pytest.approx({"a": -8.75, "b": -1.25})
    assert split.is_reweighted


def test_of_all_units_it_is_the_mean_of_those_with_both_scores():
    old = {"u": full(0, 0, 0, 0, 0), "v": full(10, 10, 10, 10, 10), "w": full(*[9] * 5)}
    new = {"x": full(*[9] * 5), "v": full(30, 30, 10, 10, 10), "u": full(10, 10, 0, 0, 0)}
    split = change_by_part(*both(old, new))
    assert split.n == 2
    assert split.parts == pytest.approx({"left": 0.6 * 15, "right": 0})
    assert (split.before, split.after) == pytest.approx((5, 14))


values = st.one_of(st.none(), st.just("not_applicable"), st.floats(0, 100))
tables = st.dictionaries(st.sampled_from("uvwx"), st.tuples(*[values] * 5), min_size=1)


@given(tables, tables, st.sampled_from(["child", "indicator"]), st.sampled_from(["root", "right"]))
def test_the_parts_sum_to_the_change(old, new, whose, node):
    before, after = both(
        {unit: full(*row) for unit, row in old.items()},
        {unit: full(*row) for unit, row in new.items()},
    )
    try:
        split = change_by_part(before, after, node=node, whose=whose)
    except UndefinedMeasureError:
        reject()
    assert sum(split.parts.values()) == pytest.approx(split.total, abs=1e-9)


def test_an_indicator_and_a_node_that_is_no_sum_have_no_split():
    row = {"u": {"a": 10, "b": 20, "c": 30}}
    before, after = both(row, row, GEOMETRIC)
    assert change_by_part(before, after, node="c") is None
    assert change_by_part(before, after, node="inner") is None
    assert change_by_part(before, after, whose="indicator") is None
    assert change_by_part(before, after).total == 0


def test_what_cannot_be_compared_is_refused():
    table = {"u": full(1, 2, 3, 4, 5)}
    before, after = both(table, table)
    with pytest.raises(UndefinedMeasureError, match="too_few_units"):
        change_by_part(before, after, "elsewhere")
    with pytest.raises(ValueError, match="one framework"):
        change_by_part(before, scored(GEOMETRIC, {"u": {"a": 1}}, "2024"))
    other = score(FRAMEWORK, values_of(table, "2024"), weights="equal")
    with pytest.raises(ValueError, match="one choice of weights"):
        change_by_part(before, other)
