"""Values typed in the browser are checked like those of the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.intake.checks import check
from govmaturity.intake.files.reader import Row, Sheet, Workbook
from govmaturity.intake.table.corrected import corrected

BOOK = Workbook((Sheet("Data", (Row(1, ["code", "S2"]), Row(3, ["440106", 85.0]))), Sheet("", ())))


def test_a_faulty_cell_is_put_right_and_read_like_any_other(xlsx, framework):
    content = xlsx([["code", "S2", "S3"], ["440106", "eighty", 3], ["440104", 70, 500]])
    first = check(content, "a.xlsx", framework)
    assert first.blocking == 2
    typed = {("Data", "B2"): "８０%", ("Data", "C3"): "5"}
    second = check(content, "a.xlsx", framework, corrections=typed)
    assert second.blocking == 0
    table = second.values.table.set_index(["unit", "indicator"])["value"]
    assert (table["440106", "S2"], table["440104", "S3"]) == (80.0, 5.0)
    assert "read_percent_sign" in [issue.code for issue in second.issues]
    assert second.sha256 == first.sha256


def test_what_is_typed_wrong_is_told_at_the_same_cell(xlsx, framework):
    content = xlsx([["code", "S2"], ["440106", "eighty"]])
    found = check(content, "a.xlsx", framework, corrections={("Data", "B2"): "142"})
    assert [(issue.code, issue.cells) for issue in found.issues] == [("outside_valid", ("B2",))]


def test_an_empty_text_empties_the_cell_and_a_new_row_can_be_filled():
    book = corrected(BOOK, {("Data", "B3"): "", ("Data", "A2"): "440104"})
    assert [(row.number, list(row.contents)) for row in book.sheets[0].rows] == [
        (1, ["code", "S2"]),
        (2, ["440104"]),
        (3, ["440106", None]),
    ]


def test_a_table_on_its_side_is_corrected_by_the_cell_of_the_file(xlsx, framework):
    content = xlsx([["指标代码", "440106", "440104"], ["S2", "x", 70], ["S3", 3, 4]])
    found = check(content, "a.xlsx", framework, corrections={("Data", "B2"): "80"})
    table = found.values.table.set_index(["unit", "indicator"])["value"]
    assert table["440106", "S2"] == 80.0


@pytest.mark.parametrize("cell", ["", "B0", "3B", "ZZZ9", "A9999999", "b3", "B3 "])
def test_what_names_no_cell_is_passed_over(cell: str):
    assert corrected(BOOK, {("Data", cell): "1"}) == BOOK


def test_a_sheet_that_is_not_there_is_passed_over():
    assert corrected(BOOK, {("Other", "B3"): "1"}) == BOOK


@given(st.text(max_size=20), st.sampled_from(["A1", "B3", "C7"]))
def test_nothing_else_changes(text: str, cell: str):
    (sheet, other) = corrected(BOOK, {("Data", cell): text}).sheets
    assert other is BOOK.sheets[1]
    before = {row.ref(c): v for row in BOOK.sheets[0].rows for c, v in enumerate(row.contents, 1)}
    after = {row.ref(c): v for row in sheet.rows for c, v in enumerate(row.contents, 1)}
    assert {k: v for k, v in after.items() if k != cell and v is not None} == {
        k: v for k, v in before.items() if k != cell
    }
