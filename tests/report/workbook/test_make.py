"""A workbook recomputes the index: spoilt, changed and computed anew it agrees with the engine."""

from __future__ import annotations

import io

import openpyxl
import pytest

from govmaturity.framework.model import Framework
from govmaturity.report.workbook.make import unit_workbook
from govmaturity.report.workbook.sheets import HEAD_ROW
from govmaturity.scoring import score
from tests.making import framework_of, group, leaf, levels, values_of
from tests.office import saved_by_office
from tests.report.workbook import reading
from tests.report.workbook.cases import Case, every

Office = dict[str, bytes]
CASES = {case.name: case for case in every()}


@pytest.fixture(scope="module")
def office() -> Office:
    """Every case twice, once as made and once with values changed, all figures spoilt before."""
    files = {}
    for place, case in enumerate(CASES.values()):
        made = case.workbook()
        files[f"{place}-made"] = reading.spoilt(made)
        for id_, value in case.change.items():
            made = reading.with_value(made, id_, value)
        files[f"{place}-changed"] = reading.spoilt(made)
    files["method"] = reading.spoilt(with_another_method())
    return saved_by_office(files, recalculate=True)


def small(weights: dict[str, float], best: float, edge: float) -> Framework:
    """A framework of two parts whose weights, one goalpost and one edge can be said."""
    parts = (leaf("a", 0, best, weight=weights["a"]), leaf("b", weight=weights["b"]))
    tree = group("root", *parts, weights="relative")
    return framework_of(tree, levels=levels(0, edge, 100))


SMALL = values_of({"u": {"a": 60.0, "b": 30.0}})


def with_another_method() -> bytes:
    """A workbook in which a person changes a weight, a goalpost and an edge of levels."""
    made = unit_workbook(score(small({"a": 0.5, "b": 0.5}, 100, 50), SMALL), "u", "en")
    made = reading.with_value(made, "a", 1.5, reading.GROUPS, "C")
    made = reading.with_value(made, "a", 80.0, reading.INDICATORS, "H")
    return reading.with_value(made, "2 level 2", 70.0, reading.LEVELS, "B")


def test_a_changed_weight_goalpost_and_edge_count_as_in_the_engine(office: Office):
    scores = score(small({"a": 0.75, "b": 0.25}, 80, 70), SMALL)
    expected = reading.engine_says(scores, "u", "2024")
    assert expected["root"] == reading.Node(63.75, 1.0, 1, 1)
    reading.assert_same(reading.results_of(office["method"]), expected, 100)


def part(office: Office, case: Case, which: str) -> bytes:
    return office[f"{list(CASES).index(case.name)}-{which}"]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_figures_beside_the_formulas_are_those_of_the_engine(case: Case):
    expected = reading.engine_says(case.scores(), case.unit, case.period)
    found = reading.results_of(case.workbook())
    reading.assert_same(found, expected, case.framework.width)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_every_formula_comes_to_the_figure_beside_it(case: Case, office: Office):
    before = reading.formulas_of(case.workbook())
    after = reading.formulas_of(part(office, case, "made"))
    assert set(before) == set(after)
    assert reading.SPOILT not in after.values()
    for place, figure in before.items():
        found = after[place]
        if isinstance(figure, str):
            assert found == figure, place
        else:
            assert found == pytest.approx(figure, rel=1e-9, abs=1e-9), place


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_changed_value_changes_every_node_as_in_the_engine(case: Case, office: Office):
    expected = reading.engine_says(case.changed(), case.unit, case.period)
    found = reading.results_of(part(office, case, "changed"))
    reading.assert_same(found, expected, case.framework.width)


def test_the_cases_change_something_and_reach_every_step():
    same = {
        name
        for name, case in CASES.items()
        if case.change
        and reading.engine_says(case.scores(), case.unit, case.period)
        == reading.engine_says(case.changed(), case.unit, case.period)
    }
    assert same == set()
    made = {name: case.scores() for name, case in CASES.items() if "treated" in name}
    assert [made[f"treated {log}"].treatments[0].method for log in (False, True)] == [
        "winsorise",
        "log",
    ]
    assert all(scores.imputed.any() for scores in made.values())
    assert CASES["prepared 4"].changed().screened.all()
    levels = [case.changed().level_of("root")[0] for n, case in CASES.items() if "gated" in n]
    assert levels == [2, 2, 4, 0, 0, 5]


def book_of(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_same_scores_give_the_same_bytes_in_both_languages():
    case = CASES["conditions 0"]
    for language in ("zh", "en"):
        made = [unit_workbook(case.scores(), case.unit, language, name="宁都县") for _ in range(2)]
        assert made[0] == made[1]
    names = {sheet.title for sheet in book_of(made[0])}
    assert names == {"About", "Results", "Values", "Indicators", "Groups", "Levels"}


def test_simulated_data_are_marked_on_every_sheet_and_every_printed_page():
    case = CASES["digital 0"]
    marked = book_of(unit_workbook(case.scores(), case.unit, "zh", is_simulated=True))
    for sheet in marked:
        assert sheet.cell(HEAD_ROW, 1).value == "模拟数据 SIMULATED"
        assert "SIMULATED" in sheet.oddHeader.right.text
    plain = book_of(unit_workbook(case.scores(), case.unit, "zh"))
    assert all(sheet.cell(HEAD_ROW, 1).value is None for sheet in plain)


def test_names_that_look_like_formulas_stay_text():
    wicked = {"zh": "=1+1", "en": '=HYPERLINK("x")'}
    tree = group("root", leaf("a", name=wicked, unit_of_measure={"zh": "@x", "en": "+1"}))
    made = framework_of(tree, name={"zh": "-2", "en": "=cmd|' /C calc'!A0"})
    scores = score(made, values_of({"=1+2": {"a": 5.0}}))
    for sheet in book_of(unit_workbook(scores, "=1+2", "en", name="=3+4")):
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.data_type == "f":
                    assert "HYPERLINK" not in cell.value
                    assert "cmd" not in cell.value
                    assert not cell.value.startswith(("=1+", "=3+"))


def test_the_first_sheet_says_what_does_not_follow_a_changed_value():
    held = CASES["held 1"]
    told = [str(cells[1].value) for cells in book_of(held.workbook()).worksheets[0].iter_rows()]
    assert any("inner" in sentence and "fixed" in sentence for sentence in told)
    live = book_of(CASES["hdi"].workbook()).worksheets[0]
    assert not any("fixed" in str(cells[1].value) for cells in live.iter_rows())


def test_a_unit_that_is_not_there_is_refused_by_name():
    with pytest.raises(KeyError, match="nowhere"):
        unit_workbook(CASES["hdi"].scores(), "nowhere", "en")
