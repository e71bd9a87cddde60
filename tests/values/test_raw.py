"""Raw values from what was entered: ratios, checklists, statuses, small samples."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.framework.model import Framework
from govmaturity.values.raw import Raw, raw_values
from govmaturity.values.table import STATUSES
from tests.making import entered, framework_of, group, leaf, rows_of, values_from, values_of, words

RATIO = framework_of(
    group(
        "root", leaf("r", measure="percent", ratio={"of": ["x1", "x2"], "to": "y", "times": 100})
    ),
    inputs=entered("x1", "x2", "y"),
)
ITEMS = [{"id": id_, "name": words(id_)} for id_ in ("i", "j", "k", "l")]
LIST = framework_of(group("root", leaf("c", None, measure="checklist", checklist=ITEMS)))


def of_one(framework: Framework, given_: dict[str, Any]) -> tuple[float, str]:
    raw = raw_values(framework, values_of({"u": given_}))
    return float(raw.value[0, 0]), STATUSES[raw.status[0, 0]]


def items(**answers: float | str | None) -> dict[str, float | str | None]:
    return {f"c.{name}": answer for name, answer in answers.items()}


def same(found: tuple[float, str], value: float, status: str) -> bool:
    is_same = math.isnan(found[0]) if math.isnan(value) else found[0] == pytest.approx(value)
    return is_same and found[1] == status


# Ratios --------------------------------------------------------------------------------------


def test_a_ratio_divides_the_sums_of_its_inputs():
    assert same(of_one(RATIO, {"x1": 10, "x2": 20, "y": 40}), 75, "reported")


def test_a_plain_ratio_is_the_exact_quotient():
    made = framework_of(
        group("root", leaf("r", best=1, measure="ratio", ratio={"of": "x", "to": "y"})),
        inputs=entered("x", "y"),
    )
    assert of_one(made, {"x": 1, "y": 3})[0] == 1 / 3


def test_with_a_denominator_of_zero_a_ratio_does_not_apply():
    assert same(of_one(RATIO, {"x1": 0, "x2": 0, "y": 0}), math.nan, "not_applicable")


@pytest.mark.parametrize(
    ("given_", "status"),
    [
        ({"x1": 1, "x2": None, "y": 4}, "missing"),
        ({"x1": 1, "y": 4}, "missing"),
        ({"x1": 1, "x2": "suppressed", "y": 4}, "suppressed"),
        ({"x1": 1, "x2": "suppressed", "y": None}, "suppressed"),
        ({"x1": "not_applicable", "x2": "suppressed", "y": None}, "not_applicable"),
        ({"x1": "not_applicable", "x2": 1, "y": 4}, "not_applicable"),
        ({"x1": 1, "x2": 1, "y": "suppressed"}, "suppressed"),
        ({}, "missing"),
    ],
)
def test_the_strongest_status_of_the_inputs_decides(given_: dict[str, Any], status: str):
    assert same(of_one(RATIO, {"z": 1, **given_}), math.nan, status)


def test_a_direct_value_counts_where_the_inputs_give_none():
    assert same(of_one(RATIO, {"r": 66}), 66, "reported")
    assert same(of_one(RATIO, {"r": 66, "x1": 1, "x2": None, "y": 4}), 66, "reported")
    assert same(of_one(RATIO, {"r": 66, "x1": 1, "x2": 1, "y": 4}), 50, "reported")
    assert same(of_one(RATIO, {"r": "suppressed"}), math.nan, "suppressed")


def test_a_value_knows_whether_it_was_computed():
    raw = raw_values(
        RATIO, values_of({"a": {"x1": 1, "x2": 1, "y": 4}, "b": {"r": 50}, "c": {"x1": 1}})
    )
    assert raw.computed.tolist() == [[True, False, False]]


# Checklists ----------------------------------------------------------------------------------


def test_a_checklist_is_the_share_of_its_items_that_are_met():
    assert same(of_one(LIST, items(i=1, j=1, k=1, l=0)), 75, "reported")


def test_items_that_do_not_apply_do_not_count():
    assert same(
        of_one(LIST, items(i=1, j=0, k="not_applicable", l="not_applicable")), 50, "reported"
    )


def test_a_checklist_of_which_nothing_applies_does_not_apply():
    none = dict.fromkeys("ijkl", "not_applicable")
    assert same(of_one(LIST, items(**none)), math.nan, "not_applicable")


def test_a_checklist_is_missing_while_an_applicable_item_is():
    assert same(of_one(LIST, items(i=1, j=1, k=1, l=None)), math.nan, "missing")
    assert same(of_one(LIST, items(i=1, j=1, k=1)), math.nan, "missing")
    assert same(of_one(LIST, items(i=1, j=1, k=1, l="suppressed")), math.nan, "missing")


def test_a_checklists_direct_value_is_a_fallback():
    assert same(of_one(LIST, {"c": 60}), 60, "reported")
    assert same(of_one(LIST, {"c": 60, **items(i=1, j=1, k=1, l=1)}), 100, "reported")


# Samples -------------------------------------------------------------------------------------


def test_too_few_answers_make_a_value_missing_and_it_is_noted():
    made = framework_of(
        group("root", leaf("s", None, measure="survey_mean", min_sample=30), leaf("t"))
    )
    values = values_of({"u": {"s": 4, "t": 5}}, sample={"s": 29})
    raw = raw_values(made, values)
    assert [STATUSES[code] for code in raw.status[:, 0]] == ["missing", "reported"]
    assert raw.too_few_answers.tolist() == [[True], [False]]
    assert math.isnan(raw.value[0, 0])
    enough = raw_values(made, values_of({"u": {"s": 4, "t": 5}}, sample={"s": 30}))
    assert enough.value[0, 0] == 4
    unknown = raw_values(made, values_of({"u": {"s": 4, "t": 5}}))
    assert unknown.value[0, 0] == 4


# Tables --------------------------------------------------------------------------------------

PLAIN = framework_of(group("root", leaf("a"), leaf("b")))


def test_rows_are_sorted_by_unit_then_period():
    raw = raw_values(
        PLAIN,
        values_from(
            [
                ["u2", "2023", "a", 1.0, "reported"],
                ["u1", "2024", "a", 2.0, "reported"],
                ["u1", "2023", "b", 3.0, "reported"],
            ]
        ),
    )
    assert list(zip(raw.unit, raw.period, strict=True)) == [
        ("u1", "2023"),
        ("u1", "2024"),
        ("u2", "2023"),
    ]
    assert raw.value[0].tolist()[1:] == [2, 1]


def test_ids_that_the_framework_does_not_know_are_ignored_and_the_rest_is_missing():
    raw = raw_values(PLAIN, values_of({"u": {"z": 1}}))
    assert raw.status.tolist() == [[1], [1]]
    assert "z" in raw.entered.ids


def test_an_empty_table_gives_no_rows():
    raw = raw_values(RATIO, values_from([]))
    assert raw.value.shape == (1, 0)
    assert len(raw.unit) == 0
    assert raw.entered.of("x1")[0].shape == (0,)


def test_a_value_that_is_zero_is_reported_and_not_missing():
    assert same(of_one(PLAIN, {"a": 0}), 0, "reported")


cells = st.one_of(st.floats(0, 50), st.sampled_from([None, "not_applicable", "suppressed"]))
tables = st.dictionaries(
    st.sampled_from(["u1", "u2", "u3"]),
    st.dictionaries(st.sampled_from(["x1", "x2", "y", "r"]), cells, min_size=1),
    min_size=1,
)


def equal(one: Raw, other: Raw) -> bool:
    return (
        np.array_equal(one.value, other.value, equal_nan=True)
        and (one.status == other.status).all()
        and (one.unit == other.unit).all()
    )


@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(table: dict[str, dict[str, Any]], random: Any):
    rows = rows_of(table)
    before = raw_values(RATIO, values_from(rows))
    random.shuffle(rows)
    assert equal(before, raw_values(RATIO, values_from(rows)))


@given(tables)
def test_only_what_is_reported_has_a_value(table: dict[str, dict[str, Any]]):
    raw = raw_values(RATIO, values_from(rows_of(table)))
    assert ((raw.status == 0) == ~np.isnan(raw.value)).all()
