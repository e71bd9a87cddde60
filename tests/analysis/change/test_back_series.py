"""Back series: what was sent for other units, restated for those of a later time."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.analysis.change.back_series import back_series
from govmaturity.scoring import score
from govmaturity.units.changes import ChangeError, read_changes
from govmaturity.units.registry import Registry, registry
from govmaturity.values.table import Values
from tests.making import framework_of, group, leaf

HEAD = "code,name_zh,name_en,parent,kind,year,successor,share,note_zh,note_en"
WORDS = {"zh": "人", "en": "persons"}
FRAMEWORK = framework_of(
    group(
        "root",
        leaf("urban", ratio={"of": "in_town", "to": "persons", "times": 100}),
        leaf("level", measure="number"),
    ),
    inputs={
        id_: {"name": WORDS, "unit_of_measure": WORDS, "measure": measure}
        for id_, measure in {"persons": "count", "in_town": "count", "mean_age": "number"}.items()
    },
)


def of(*rows):
    columns = ["unit", "period", "indicator", "value"]
    table = pd.DataFrame(rows, columns=columns)
    status = np.where(table["value"].isna(), "missing", "reported")
    return Values(table.assign(status=status))


def changed(*rows):
    """A registry of nothing but changes: code, kind, year, successor, share."""
    lines = [
        f"{code},{code},{code},,{kind},{year},{into},{share},,"
        for code, kind, year, into, share in rows
    ]
    return Registry([], read_changes([HEAD, *lines]))


def figures(found):
    table = found.values.table.dropna(subset="value")
    keys = zip(table["unit"], table["period"], table["indicator"], strict=True)
    return dict(zip(keys, table["value"], strict=True))


def test_luogang_and_the_former_huangpu_are_added_up():
    values = of(
        ("440112", "2012", "persons", 400.0),
        ("440112", "2012", "in_town", 300.0),
        ("440112", "2012", "level", 60.0),
        ("440116", "2012", "persons", 100.0),
        ("440116", "2012", "in_town", 50.0),
        ("440116", "2012", "level", 40.0),
        ("440112", "2020", "persons", 600.0),
    )
    found = back_series(values, FRAMEWORK, registry(), "2020")
    assert figures(found) == {
        ("440112", "2012", "persons"): 500.0,
        ("440112", "2012", "in_town"): 350.0,
        ("440112", "2020", "persons"): 600.0,
    }
    (one,) = found.restated
    assert (one.unit, one.period, one.how) == ("440112", "2012", "combined")
    assert one.parts == (("440112", 1.0), ("440116", 1.0))
    # The share is made of the sums: 350 of 500; no mean of levels stands for the whole.
    scores = score(FRAMEWORK, found.values)
    place = list(scores.period).index("2012")
    assert scores.raw.value[list(scores.raw.indicators).index("urban"), place] == pytest.approx(70)
    levels = found.values.table.query("indicator == 'level' and period == '2012'")
    assert list(levels["status"]) == ["missing"]


def test_a_unit_under_another_code_keeps_all_its_figures():
    values = of(
        ("440183", "2010", "level", 55.0),
        ("440183", "2010", "mean_age", 33.0),
        ("440118", "2020", "level", 65.0),
    )
    found = back_series(values, FRAMEWORK, registry(), "2020")
    assert figures(found) == {
        ("440118", "2010", "level"): 55.0,
        ("440118", "2010", "mean_age"): 33.0,
        ("440118", "2020", "level"): 65.0,
    }
    assert [one.how for one in found.restated] == ["renamed"]


def test_a_unit_is_parted_by_the_shares_that_are_known():
    rows = [("A", "split", 2021, "A", "0.75"), ("A", "split", 2021, "B", "0.25")]
    values = of(
        ("A", "2020", "persons", 800.0),
        ("A", "2020", "level", 50.0),
        ("A", "2022", "persons", 600.0),
        ("B", "2022", "persons", 210.0),
    )
    found = figures(back_series(values, FRAMEWORK, changed(*rows), "2022"))
    assert found["B", "2020", "persons"] == 200.0
    assert ("B", "2020", "level") not in found
    unknown = changed(("A", "split", 2021, "A", ""), ("A", "split", 2021, "B", ""))
    found = back_series(values, FRAMEWORK, unknown, "2022")
    assert ("B", "2020", "persons") not in figures(found)
    assert np.isnan(found.restated[0].parts[0][1])


def test_changes_one_after_another_are_followed():
    # A and B go into C in 2011, C becomes D in 2015: D's 2010 is A and B.
    steps = changed(
        ("A", "merged", 2011, "C", ""),
        ("B", "merged", 2011, "C", ""),
        ("C", "renamed", 2015, "D", ""),
    )
    values = of(
        ("A", "2010", "persons", 10.0),
        ("B", "2010", "persons", 5.0),
        ("C", "2012", "persons", 16.0),
        ("C", "2012", "level", 70.0),
        ("D", "2016", "persons", 17.0),
    )
    found = back_series(values, FRAMEWORK, steps, "2016")
    assert figures(found) == {
        ("D", "2010", "persons"): 15.0,
        ("D", "2012", "persons"): 16.0,
        ("D", "2012", "level"): 70.0,
        ("D", "2016", "persons"): 17.0,
    }
    # Seen from 2012, C is what it was.
    found = figures(back_series(values, FRAMEWORK, steps, "2012"))
    assert found["C", "2010", "persons"] == 15.0
    assert found["D", "2016", "persons"] == 17.0


def test_a_sum_lacks_what_one_of_its_parts_lacks():
    values = of(
        ("440112", "2012", "persons", 400.0),
        ("440116", "2012", "persons", np.nan),
        ("440116", "2012", "in_town", 3.0),
    )
    assert figures(back_series(values, FRAMEWORK, registry(), "2020")) == {}


def test_what_its_sender_has_restated_stays():
    # Huangpu alone may already be the Huangpu of today; Zengcheng had another code then.
    alone = of(("440112", "2012", "persons", 500.0), ("440112", "2020", "persons", 600.0))
    assert back_series(alone, FRAMEWORK, registry(), "2020").restated == ()
    both = of(("440118", "2010", "persons", 9.0), ("440183", "2010", "persons", 8.0))
    assert back_series(both, FRAMEWORK, registry(), "2020").restated == ()


def test_a_period_is_left_alone_once_the_change_has_come():
    values = of(("440116", "2013", "persons", 1.0), ("440112", "2014", "persons", 2.0))
    assert back_series(values, FRAMEWORK, registry(), "2013").values is values
    found = back_series(values, FRAMEWORK, registry(), "2014")
    assert [one.period for one in found.restated] == ["2013"]


@given(
    st.lists(st.floats(0, 1e6), min_size=3, max_size=3),
    st.floats(0.01, 0.99),
)
def test_nothing_is_lost_or_won_by_restating(sent, share):
    # A is parted between itself and B, which C joins.
    steps = changed(
        ("A", "split", 2021, "A", repr(share)),
        ("A", "split", 2021, "B", repr(1 - share)),
        ("B", "merged", 2021, "B", ""),
        ("C", "merged", 2021, "B", ""),
    )
    values = of(*((unit, "2020", "persons", n) for unit, n in zip("ABC", sent, strict=True)))
    found = back_series(values, FRAMEWORK, steps, "2021").values.table
    assert set(found["unit"]) == {"A", "B"}
    assert found["value"].sum() == pytest.approx(sum(sent))


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("A,,,,joined,2020,B,,,", "kind"),
        ("A,,,,merged,soon,B,,,", "year"),
        ("A,,,,merged,2020,,,,", "successor"),
        ("A,,,,split,2020,B,1.5,,", "share"),
        (",,,,merged,2020,B,,,", "code"),
    ],
)
def test_a_change_that_cannot_be_is_refused_with_its_line(row, field):
    with pytest.raises(ChangeError) as refused:
        read_changes([HEAD, row])
    assert (refused.value.line, refused.value.field) == (2, field)


def test_shares_of_more_than_the_whole_are_refused():
    with pytest.raises(ChangeError, match="up to 1 in all"):
        read_changes([HEAD, "A,,,,split,2020,A,0.8,,", "A,,,,split,2020,B,0.3,,"])
