"""Which values are there: worked by hand, and its laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.analysis.completeness import completeness
from govmaturity.scoring import score
from govmaturity.values.raw import MISSING, NOT_APPLICABLE, REPORTED, SUPPRESSED
from tests.making import framework_of, group, leaf, rows_of, values_from, values_of

LEAVES = "ABCD"
FRAMEWORK = framework_of(
    group(
        "T",
        group("left", leaf("A"), leaf("B"), weight=0.8),
        group("right", leaf("C"), leaf("D"), weight=0.2),
        weights="given",
    ),
    missing={"min_coverage": 0.5},
)
STATUSES = st.sampled_from([1.0, None, "not_applicable", "suppressed"])
ROWS = st.fixed_dictionaries(dict.fromkeys(LEAVES, STATUSES))
TABLES = st.dictionaries(st.sampled_from("uvwxyz"), ROWS, min_size=1)


def found(table):
    return completeness(score(FRAMEWORK, values_of(table)))


def test_values_that_apply_are_counted_by_indicator_and_altogether():
    result = found(
        {
            "full": {"A": 1, "B": 1, "C": 1, "D": "not_applicable"},
            "half": {"A": None, "B": 1, "C": 1, "D": 1},
            "poor": {"A": None, "B": "suppressed", "C": 1, "D": None},
        }
    )
    assert (result.units, result.full, result.unscored) == (3, 1, 1)
    assert result.counts[0].tolist() == [1, 2, 0, 0]
    assert result.counts[1, [REPORTED, SUPPRESSED]].tolist() == [2, 1]
    assert result.counts[3, [REPORTED, MISSING, NOT_APPLICABLE]].tolist() == [1, 1, 1]
    assert result.shares == pytest.approx([1 / 3, 2 / 3, 1, 1 / 2])
    # Seven values of the eleven that apply.
    assert result.share == pytest.approx(7 / 11)
    # By weight: all; 0.4 + 0.2 of 1; of the last unit 0.1.
    assert result.coverage == pytest.approx((1 + 0.6 + 0.1) / 3)
    assert [result.indicators[place] for place in result.lacking] == ["A", "D", "B"]


def test_where_nothing_applies_there_is_no_share_and_nobody_is_complete():
    result = found({"u": dict.fromkeys(LEAVES, "not_applicable")})
    assert np.isnan(result.shares).all()
    assert np.isnan(result.share)
    assert np.isnan(result.coverage)
    assert (result.full, result.lacking) == (0, [])


@given(TABLES)
def test_every_value_has_one_status_and_shares_lie_between_nothing_and_all(table):
    result = found(table)
    assert (result.counts.sum(axis=1) == len(table)).all()
    known = result.shares[~np.isnan(result.shares)]
    assert ((known >= 0) & (known <= 1)).all()
    lacking = result.shares[result.lacking]
    assert (np.diff(lacking) >= 0).all()
    assert (lacking < 1).all()


@given(TABLES)
def test_all_units_are_complete_exactly_where_no_indicator_lacks_a_value(table):
    result = found({**table, "other": dict.fromkeys(LEAVES, 1.0)})
    idle = sum(all(cell == "not_applicable" for cell in row.values()) for row in table.values())
    idle -= all(cell == "not_applicable" for cell in table.get("other", {"": 1}).values())
    assert (result.full == result.units - idle) == (not result.lacking)


def test_several_periods_are_refused():
    rows = [row for one in ("2023", "2024") for row in rows_of({"u": {"A": 1}}, one)]
    with pytest.raises(ValueError, match="one period, got 2023, 2024"):
        completeness(score(FRAMEWORK, values_from(rows)))
