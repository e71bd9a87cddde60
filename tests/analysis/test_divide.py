"""Exposure to being left out: worst quarters counted, people added up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.analysis.divide import CONDITIONS, exposure
from govmaturity.analysis.inequality import UndefinedMeasureError

RISING = np.arange(1.0, 13.0)


def of(ageing, illiteracy, schooling, population=None):
    people = np.full(len(ageing), 1000.0) if population is None else population
    given_ = dict(zip(CONDITIONS, (ageing, illiteracy, schooling), strict=True))
    return exposure(given_, people)


def test_a_unit_is_counted_once_for_each_worst_quarter_that_it_is_in():
    found = of(RISING, RISING, RISING)
    # Three of twelve age most and read least; three others went to school least.
    assert found.count.tolist() == [1, 1, 1, 0, 0, 0, 0, 0, 0, 2, 2, 2]
    assert found.lines == {
        "share_65_plus_pct": 9.25,
        "illiterate_15_plus_pct": 9.25,
        "mean_years_schooling": 3.75,
    }


def test_people_and_elders_of_exposed_units_are_added_up():
    found = of(RISING, RISING, RISING[::-1], RISING * 1000)
    assert found.count.tolist() == [0] * 9 + [3] * 3
    units, people, elders = found.people(3)
    assert (units, people) == (3, 33_000)
    assert elders == pytest.approx(10_000 * 0.10 + 11_000 * 0.11 + 12_000 * 0.12)
    assert found.people(1) == found.people(3)


def test_what_is_the_same_everywhere_exposes_nobody():
    same = np.full(12, 9.0)
    assert of(same, same, same).count.tolist() == [0] * 12


def test_a_unit_without_a_condition_has_no_count_and_no_people_are_made_up():
    ageing = RISING.copy()
    ageing[11] = np.nan
    found = of(ageing, RISING, RISING[::-1])
    assert found.count[11] == -1
    assert np.isnan(found.elders[11])
    assert found.people(0)[0] == 11


def test_few_units_have_no_quarters():
    with pytest.raises(UndefinedMeasureError, match="too_few_units"):
        of(RISING[:7], RISING[:7], RISING[:7])


def test_a_condition_that_lacks_or_does_not_fit_is_named():
    with pytest.raises(ValueError, match="mean_years_schooling"):
        exposure({"share_65_plus_pct": RISING, "illiterate_15_plus_pct": RISING}, RISING)
    with pytest.raises(ValueError, match="shape"):
        of(RISING, RISING, RISING, RISING[:5])


@given(st.lists(st.floats(0, 100), min_size=8, max_size=40), st.floats(0.1, 10))
def test_the_count_does_not_depend_on_the_unit_of_measure(values: list[float], factor: float):
    x = np.round(np.array(values), 3)
    plain, scaled = of(x, x, x[::-1]), of(x * 2, x * 2, x[::-1] * 2)
    assert plain.count.tolist() == scaled.count.tolist()
    assert (plain.count <= 3).all()


def test_at_most_about_a_quarter_of_real_counties_is_exposed_in_each_condition(shared):
    import pandas as pd

    table = pd.read_csv(shared / "data" / "census2020_counties.csv")
    found = exposure({name: table[name] for name in CONDITIONS}, table["population"])
    for name, line in found.lines.items():
        given_ = table[name] * CONDITIONS[name]
        assert (given_ >= line * CONDITIONS[name]).mean() == pytest.approx(0.25, abs=0.01)
    units, people, elders = found.people(3)
    assert 0 < units < 0.25 * len(table)
    assert 0 < elders < people < table["population"].sum()
