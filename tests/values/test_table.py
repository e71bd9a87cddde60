"""The table of values: what it refuses, and what it knows of its units and periods."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from govmaturity.values.table import COLUMNS, SIMULATED, STATUSES, Values
from tests.making import values_from, values_of

ROW = ["440103", "2024", "a", 1.0, "reported"]


def test_the_contracts_statuses_and_columns():
    assert STATUSES == ("reported", "missing", "not_applicable", "suppressed")
    assert COLUMNS == ("unit", "period", "indicator", "value", "status")


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_that_lacks_is_named(column: str):
    table = pd.DataFrame([ROW], columns=list(COLUMNS)).drop(columns=column)
    with pytest.raises(ValueError, match=f"missing: \\['{column}'\\]"):
        Values(table)


def test_an_unknown_status_is_named():
    with pytest.raises(ValueError, match="unknown status \\['absent'\\]"):
        values_from([[*ROW[:4], "absent"]])


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_reported_value_must_be_a_finite_number(value: float):
    with pytest.raises(ValueError, match="440103, 2024, a"):
        values_from([[*ROW[:3], value, "reported"]])


def test_what_is_not_reported_needs_no_number():
    values = values_from([[*ROW[:3], math.nan, status] for status in STATUSES[1:2]])
    assert values.units == ("440103",)


def test_a_unit_period_and_indicator_can_have_one_value():
    with pytest.raises(ValueError, match="440103, 2024, a"):
        values_from([ROW, ROW])
    values_from([ROW, ["440103", "2025", "a", 1.0, "reported"]])


def test_units_keep_the_order_of_the_table_and_periods_that_of_time():
    values = values_from(
        [
            ["b", "2024", "x", 1.0, "reported"],
            ["a", "2023", "x", 1.0, "reported"],
            ["b", "2022", "x", 1.0, "reported"],
        ]
    )
    assert values.units == ("b", "a")
    assert values.periods == ("2022", "2023", "2024")


def test_an_empty_table_is_a_table():
    values = values_from([])
    assert (values.units, values.periods, values.is_simulated) == ((), (), False)


def test_one_row_with_the_mark_makes_the_values_simulated():
    table = values_of({"a": {"x": 1}, "b": {"x": 2}}).table
    marks = pd.DataFrame({"data_note": ["", SIMULATED]}, index=["a", "b"])
    assert Values(table, marks).is_simulated
    assert not Values(table, marks.iloc[:1]).is_simulated
    assert not Values(table).is_simulated
