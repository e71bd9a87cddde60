"""The table of cells that a person can put right in the browser."""

from __future__ import annotations

from govmaturity.intake.issues import Issue
from govmaturity.report.correct import COLUMNS, cells_to_correct, count_cells

ISSUES = (
    Issue("said_missing", "info", "Data", ("B9",), "a", "S2", "暂无"),
    Issue("outside_plausible", "confirm", "Data", ("C2", "C3"), "", "S3", "99"),
    Issue("unit_unknown", "error", "Data", ("A3",), "", "", "440199"),
    Issue("total_row", "confirm", "Data", ("A3",), "", "", "x"),
    Issue("no_values", "error"),
)
SLOTS = (("name", "Days"), ("usual", "0-30"))


def test_each_cell_to_answer_has_one_row_and_errors_come_first():
    found = cells_to_correct([*ISSUES[2:], _with_slots(ISSUES[1])], {}, "en")
    assert tuple(found.columns) == COLUMNS
    assert list(found["cell"]) == ["A3", "C2", "C3"]
    assert list(found["found"]) == ["440199", "99", "99"]
    assert "Data" not in found["message"][0]
    assert found["message"][0].startswith("There is no unit with the code 440199")


def test_what_has_been_typed_comes_first_and_can_be_taken_back():
    typed = {("Data", "C3"): "12", ("Data", "D7"): "5"}
    found = cells_to_correct([_with_slots(ISSUES[1])], typed, "zh")
    assert list(zip(found["cell"], found["value"], strict=True)) == [
        ("D7", "5"),
        ("C3", "12"),
        ("C2", ""),
    ]
    assert found["message"][0] == ""


def test_a_long_list_is_cut_and_counted():
    many = _with_slots(ISSUES[1], cells=tuple(f"C{n}" for n in range(2, 500)))
    assert len(cells_to_correct([many], {}, "en", most=50)) == 50
    assert count_cells([many, *ISSUES]) == 499


def test_nothing_to_correct_is_an_empty_table():
    assert cells_to_correct([ISSUES[0]], {}, "en").empty


def _with_slots(issue: Issue, cells: tuple[str, ...] | None = None) -> Issue:
    return Issue(
        issue.code,
        issue.severity,
        issue.sheet,
        cells or issue.cells,
        issue.unit,
        issue.indicator,
        issue.found,
        slots=SLOTS,
    )
