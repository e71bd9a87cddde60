"""Values against the last ones and against the other units: what is asked, and what is not."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govmaturity.framework.load import load_framework
from govmaturity.framework.model import Framework
from govmaturity.intake.checks import Checked, check
from govmaturity.intake.issues import Issue
from govmaturity.units.registry import registry
from govmaturity.values.table import Values
from tests.making import entered, framework_of, group, leaf, values_of

COUNTS = ("a", "b", "c", "d", "e", "f")
UNITS = [unit.id for unit in registry() if unit.tier == "county" and unit.assessed][:12]
QUESTIONS = (
    "unit_mix_up",
    "far_from_last",
    "far_from_peers",
    "copied_last",
    "same_as_unit",
    "all_same",
    "shifted_right",
    "shifted_left",
    "sorted_alone",
    "large_change",
)


@pytest.fixture(scope="module")
def framework() -> Framework:
    share = leaf("share", measure="percent", max_yearly_change=20)
    return framework_of(group("root", share), inputs=entered(*COUNTS))


def checked(
    framework: Framework, rows: dict[str, list[float | str]], last: Values | None = None
) -> Checked:
    """A wide file of 2024: by unit the values of COUNTS, perhaps of `share` too."""
    width = max(len(row) for row in rows.values())
    lines = [",".join(("unit", *(*COUNTS, "share")[:width]))]
    lines += [",".join((unit, *map(str, row))) for unit, row in rows.items()]
    return check("".join(f"{line}\n" for line in lines).encode(), "a.csv", framework, last=last)


def questions(found: Checked) -> list[Issue]:
    return [issue for issue in found.issues if issue.code in QUESTIONS]


def last_of(rows: dict[str, list[float]], period: str = "2023") -> Values:
    return values_of(
        {unit: dict(zip(COUNTS, row, strict=False)) for unit, row in rows.items()}, period
    )


def usual(seed: int = 7) -> dict[str, list[float]]:
    """Counts of six kinds and sizes for twelve units that differ by factors of up to three."""
    draw = np.random.default_rng(seed)
    sizes = (40, 600, 9_000, 120, 30_000, 2_500)
    return {
        unit: [float(round(size * 3 ** draw.uniform(-0.5, 0.5))) for size in sizes]
        for unit in UNITS
    }


def grown(rows: dict[str, list[float]]) -> dict[str, list[float | str]]:
    return {unit: [round(value * 1.07 + 1) for value in row] for unit, row in rows.items()}


def test_ordinary_growth_brings_no_question(framework):
    rows = usual()
    assert questions(checked(framework, grown(rows), last_of(rows))) == []
    assert questions(checked(framework, grown(rows))) == []


@pytest.mark.parametrize("factor", [100, 10_000, 0.01, 0.0001])
def test_another_unit_of_measure_is_asked_with_the_value_that_may_be_meant(framework, factor):
    before = usual()
    now = grown(before)
    right = now[UNITS[3]][4]
    now[UNITS[3]][4] = right * factor
    for found in (checked(framework, now, last_of(before)), checked(framework, now)):
        (issue,) = questions(found)
        assert (issue.code, issue.severity, issue.cells) == ("unit_mix_up", "confirm", ("F5",))
        assert float(issue.expected) == pytest.approx(right)
        assert issue.unit == UNITS[3]


def test_a_count_that_trebles_is_asked(framework):
    before = usual()
    now = grown(before)
    now[UNITS[0]][1] = before[UNITS[0]][1] * 4
    (issue,) = questions(checked(framework, now, last_of(before)))
    assert (issue.code, issue.cells) == ("far_from_last", ("C2",))


def test_a_stated_yearly_change_holds_against_the_last_values_too(framework):
    rows = {UNITS[0]: [*usual()[UNITS[0]], 80]}
    last = values_of({UNITS[0]: {"share": 50.0}}, "2023")
    (issue,) = questions(checked(framework, rows, last))
    assert (issue.code, issue.cells, issue.found) == ("large_change", ("H2",), "50 → 80")


def test_only_the_latest_period_of_the_same_kind_is_compared(framework):
    before = usual()
    now = grown(before)
    now[UNITS[0]][1] = before[UNITS[0]][1] * 4
    for period in ("2023-Q4", "2025"):
        assert not questions(checked(framework, now, last_of(before, period)))


def test_the_last_values_sent_again_are_asked(framework):
    before = usual()
    now = grown(before)
    now[UNITS[5]] = [int(value) for value in before[UNITS[5]]]
    (issue,) = questions(checked(framework, now, last_of(before)))
    assert (issue.code, issue.unit, issue.found) == ("copied_last", UNITS[5], "6/6")
    assert len(issue.cells) == 6


def test_two_units_with_the_same_numbers_are_asked(framework):
    now = grown(usual())
    now[UNITS[7]] = now[UNITS[2]]
    (issue,) = questions(checked(framework, now))
    assert (issue.code, issue.unit) == ("same_as_unit", UNITS[7])
    assert issue.found == f"{UNITS[7]} = {UNITS[2]}"


def test_one_number_for_all_units_is_asked_unless_it_is_zero(framework):
    now = grown(usual())
    for row in now.values():
        row[0], row[1] = 50, 0
    (issue,) = questions(checked(framework, now))
    assert (issue.code, issue.indicator, len(issue.cells)) == ("all_same", "a", 12)


@pytest.mark.parametrize(("step", "code"), [(1, "shifted_right"), (-1, "shifted_left")])
def test_values_one_column_off_are_asked_as_one_and_not_one_by_one(framework, step, code):
    before = usual()
    now = grown(before)
    row = now[UNITS[4]]
    now[UNITS[4]] = ["", *row[:-1]] if step == 1 else [*row[1:], ""]
    (issue,) = questions(checked(framework, now, last_of(before)))
    assert (issue.code, issue.unit) == (code, UNITS[4])
    assert issue.cells == tuple(f"{c}6" for c in ("CDEFG" if step == 1 else "BCDEF"))


def test_a_column_sorted_alone_is_asked(framework):
    before = usual()
    now = grown(before)
    for row, value in zip(now.values(), sorted(row[2] for row in now.values()), strict=True):
        row[2] = value
    found = questions(checked(framework, now, last_of(before)))
    assert [(issue.code, issue.indicator) for issue in found if issue.code == "sorted_alone"] == [
        ("sorted_alone", "c")
    ]


def test_a_whole_table_sorted_by_a_column_is_in_order(framework):
    before = usual()
    now = dict(sorted(grown(before).items(), key=lambda item: item[1][2]))
    assert not questions(checked(framework, now, last_of(before)))


def test_a_long_tail_is_no_outlier(framework):
    now = grown(usual())
    for place, unit in enumerate(UNITS):
        now[unit][4] = 4 ** (place + 1)
    assert not questions(checked(framework, now))


def test_few_units_say_nothing_of_what_is_usual(framework):
    now = dict(list(grown(usual()).items())[:7])
    now[UNITS[0]][4] = 3
    assert not questions(checked(framework, now))


def test_a_value_far_from_all_others_that_no_power_of_ten_explains_is_asked(framework):
    now = grown(usual())
    now[UNITS[0]][4] = now[UNITS[0]][4] * 10**7
    (issue,) = questions(checked(framework, now))
    assert (issue.code, issue.cells) == ("far_from_peers", ("F2",))


def test_a_period_that_has_not_begun_is_asked(framework):
    for period, asked in (("2024-07", True), ("2024-06", False), ("2024", False), ("2025", True)):
        content = f"unit,period,a\n{UNITS[0]},{period},5\n".encode()
        found = check(content, "a.csv", framework, today=date(2024, 6, 30))
        assert ("period_future" in [issue.code for issue in found.issues]) == asked, period


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.001, 1000.0]))
def test_questions_do_not_depend_on_the_unit_of_measure_of_all(seed: int, factor: float):
    tree = group("root", leaf("share"))
    made = framework_of(tree, inputs=entered(*COUNTS, measure="number"))
    rows = usual(seed)
    rows[UNITS[3]][4] *= 10_000
    other = {unit: [value * factor for value in row] for unit, row in rows.items()}
    cells = [
        {issue.cells for issue in questions(checked(made, given_)) if issue.code != "far_from_last"}
        for given_ in (rows, other)
    ]
    assert cells[0] == cells[1] == {("F5",)}


def test_nothing_of_the_real_census_is_doubted(root, shared):
    framework = load_framework(root / "indicators/county-conditions.yaml")
    content = (shared / "data" / "census2020_counties.csv").read_bytes()
    assert not questions(check(content, "census.csv", framework))
