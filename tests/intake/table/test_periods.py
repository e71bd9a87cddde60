"""Four forms of a period, and no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.framework.model import Framework
from govmaturity.intake.table.periods import following, read_period, years

FORMS = ["2024", "2024-H1", "2024-H2", "2024-Q1", "2024-Q4", "2024-12"]


@pytest.mark.parametrize("text", FORMS)
def test_the_forms_of_the_contract_are_read(text: str) -> None:
    assert read_period(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "24",
        "2024年",
        "2024-H3",
        "2024-Q0",
        "2024-13",
        "2024-00",
        "2024-1",
        "2024/06",
        "45292",
        "2024-06-01",
        "2024.0",
        "9999",
        "FY2024",
        "2024Q3",
        "２０２４",
    ],
)
def test_other_forms_are_refused(text: str) -> None:
    assert read_period(text) is None


def test_nothing_is_no_period() -> None:
    assert read_period("") is None


@given(st.text())
def test_what_is_read_can_be_placed_in_time(text: str) -> None:
    period = read_period(text)
    if period is not None:
        assert 1900 <= years(period)[1] < 2200


def test_frameworks_take_the_same_forms(framework: Framework) -> None:
    assert read_period(framework.default_period or "") == "2024"


@pytest.mark.parametrize("text", FORMS)
def test_the_period_after_one_begins_where_it_ends(text: str) -> None:
    in_a_year, start = years(text)
    assert read_period(following(text)) == following(text)
    assert years(following(text)) == (in_a_year, pytest.approx(start + 1 / in_a_year))
