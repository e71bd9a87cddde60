"""Breaks of a series: those stated by the framework, and units that have merged."""

from hypothesis import given
from hypothesis import strategies as st

from govmaturity.analysis.change.breaks import breaks_between
from govmaturity.units.registry import registry
from tests.making import framework_of, group, leaf

TREE = group("root", group("left", leaf("a"), leaf("b")), group("right", leaf("c")))
WHY = {"zh": "换了口径。", "en": "Counted anew."}
FRAMEWORK = framework_of(
    TREE,
    breaks=[
        {"period": "2022-H2", "nodes": ["a"], "reason": WHY},
        {"period": "2024", "reason": WHY},
    ],
)
YEARS = ["2020", "2021", "2022", "2022-H2", "2023", "2024", "2025"]


def periods(first, last, node, units=()):
    found = breaks_between(FRAMEWORK, registry(), units, first, last, node)
    return [one.period for one in found]


def test_a_break_lies_after_the_first_period_and_up_to_the_last():
    assert periods("2022", "2024", "a") == ["2022-H2", "2024"]
    assert periods("2022-H2", "2023", "a") == []
    assert periods("2022", "2022-H2", "a") == ["2022-H2"]
    assert periods("2024", "2025", "root") == []


def test_a_break_of_a_node_breaks_what_is_above_and_below_it_and_nothing_beside():
    assert periods("2020", "2023", "root") == ["2022-H2"]
    assert periods("2020", "2023", "left") == ["2022-H2"]
    assert periods("2020", "2023", "b") == []
    assert periods("2020", "2023", "right") == []
    # Without nodes a break is one of all.
    assert periods("2023", "2024", "c") == ["2024"]


def test_a_unit_that_took_in_another_has_a_break_in_that_year():
    # Luogang was merged with the former Huangpu in 2014; Conghua was only renamed.
    found = breaks_between(FRAMEWORK, registry(), ["440112", "440117"], "2010", "2020", "root")
    assert [(one.period, one.unit) for one in found] == [("2014", "440112")]
    assert found[0].reason.en.startswith("Luogang")
    assert periods("2014", "2020", "root", ["440112"]) == []
    assert periods("2010", "2020", "root", ["mine-1"]) == []


@given(st.sampled_from(YEARS), st.sampled_from(YEARS), st.sampled_from(YEARS))
def test_what_breaks_between_two_periods_breaks_on_one_side_of_any_between_them(one, two, three):
    first, middle, last = sorted([one, two, three])
    whole = periods(first, last, "a")
    assert whole == periods(first, middle, "a") + periods(middle, last, "a")
