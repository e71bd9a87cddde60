"""The official's second try: the copy comes back corrected, by whatever program it was saved."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pandas as pd
import pytest

from govmaturity.framework.model import Framework
from govmaturity.intake.checks import Checked, check
from govmaturity.intake.files.reader import read
from govmaturity.intake.marked.mark import mark
from govmaturity.intake.marked.orders import COLOURS
from govmaturity.intake.marked.recognise import is_marked, without_index
from tests.office import saved_by_office

Open = Callable[..., openpyxl.Workbook]
SHEET = "A's 数据"
RED = COLOURS["error"]


def coded(checked: Checked) -> list[tuple[str, tuple[str, ...]]]:
    """What was found, without the columns that the fixture has beside the table."""
    return [(issue.code, issue.cells) for issue in checked.issues]


def test_a_copy_sent_back_unopened_is_found_to_have_the_same_faults(
    faulty: bytes, found: Checked, framework: Framework
):
    copy = mark(faulty, "a.xlsx", found.issues, "zh")
    again = check(copy.content, copy.name, framework)
    assert coded(again) == coded(found)
    assert again.blocking == found.blocking == 5
    assert again.values.table.equals(found.values.table)


def test_a_corrected_copy_has_no_error(
    faulty: bytes, found: Checked, framework: Framework, corrected: Callable[[bytes], bytes]
):
    copy = mark(faulty, "a.xlsx", found.issues, "zh")
    again = check(corrected(copy.content), copy.name, framework)
    assert again.blocking == 0
    assert again.rows == found.rows


def test_the_second_round_leaves_no_trace_of_the_first(
    faulty: bytes,
    found: Checked,
    framework: Framework,
    corrected: Callable[[bytes], bytes],
    open_copy: Open,
):
    first = mark(faulty, "a.xlsx", found.issues, "zh")
    mended = corrected(first.content)
    left = check(mended, "a", framework).issues
    second = mark(mended, first.name, left, "en")
    assert second.name == "a (marked).xlsx"
    book, before = open_copy(second.content), open_copy(faulty)
    assert book.sheetnames == ["Issues", SHEET, "Lists"]
    still = {cell for issue in left for cell in issue.cells}
    clean = [c for row in before[SHEET].iter_rows() for c in row if c.coordinate not in still]
    assert len(clean) > 50
    for cell in clean:
        after = book[SHEET][cell.coordinate]
        assert repr(after.fill) == repr(cell.fill), cell.coordinate
        assert after.comment == cell.comment, cell.coordinate
    assert book[SHEET]["F2"].fill.fgColor.rgb == "FF00B050"
    assert book[SHEET]["G3"].fill.stop == before[SHEET]["G3"].fill.stop
    assert book[SHEET]["E3"].comment.text == "请核对\n第二行"


def test_marked_again_without_corrections_it_is_the_same_copy(
    faulty: bytes, found: Checked, framework: Framework
):
    first = mark(faulty, "a.xlsx", found.issues, "zh")
    issues = check(first.content, first.name, framework).issues
    assert mark(first.content, first.name, issues, "zh") == mark(
        mark(first.content, first.name, issues, "zh").content, first.name, issues, "zh"
    )


def test_what_the_person_has_changed_in_a_marked_cell_stays(
    xlsx: Any, open_copy: Open, outside: Any
):
    copy = mark(xlsx([["code", "S2"], ["440103", 142]]), "a.xlsx", [outside("B2")], "en")
    book = open_copy(copy.content)
    cell = book["Data"]["B2"]
    cell.fill = openpyxl.styles.PatternFill("solid", fgColor="FF123456")
    cell.comment = openpyxl.comments.Comment(f"{cell.comment.text}\nI have checked it.", "Wang")
    target = io.BytesIO()
    book.save(target)
    again = open_copy(mark(target.getvalue(), "a.xlsx", [], "en").content)["Data"]["B2"]
    assert again.fill.fgColor.rgb == "FF123456"
    assert again.comment.text == "I have checked it."


def test_colours_go_even_where_rows_were_moved_or_the_index_deleted(
    xlsx: Any, open_copy: Open, outside: Any
):
    copy = mark(xlsx([["code", "S2"], ["440103", 142]]), "a.xlsx", [outside("B2")], "en")
    book = open_copy(copy.content)
    book["Data"].insert_rows(1)
    del book["Issues"]
    target = io.BytesIO()
    book.save(target)
    again = open_copy(mark(target.getvalue(), "a.xlsx", [], "en").content)["Data"]
    assert again["B3"].value == 142
    assert again["B3"].fill.fill_type is None


def test_formulas_without_results_say_that_a_copy_has_to_be_opened(
    framework: Framework, xlsx: Any, open_copy: Open
):
    content = xlsx([["code", "S2"], ["440103", "=40+2"]])
    first = check(content, "a.xlsx", framework)
    assert [issue.code for issue in first.issues] == ["formula_without_value"]
    copy = mark(content, "a.xlsx", first.issues, "zh")
    again = check(copy.content, copy.name, framework)
    assert [issue.code for issue in again.issues] == ["formula_without_value_in_copy"]
    assert "打开一次并保存" in again.issues[0].message("zh")
    # The corrected one, without its index, is a file like any other.
    book = open_copy(copy.content)
    del book["问题清单"]
    target = io.BytesIO()
    book.save(target)
    last = check(target.getvalue(), "a.xlsx", framework)
    assert [issue.code for issue in last.issues] == ["formula_without_value"]


def test_only_our_index_is_passed_over(xlsx: Any, faulty: bytes, found: Checked):
    own = read(xlsx([["code", "S2"], ["440103", 1]], title="问题清单"))
    assert not is_marked(own)
    assert without_index(own) is own
    copy = read(mark(faulty, "a.xlsx", found.issues, "zh").content)
    assert is_marked(copy)
    assert without_index(copy).sheets == read(faulty).sheets


@pytest.fixture(scope="module")
def resaved(
    faulty: bytes,
    found: Checked,
    framework: Framework,
    corrected: Callable[[bytes], bytes],
    xlsx: Any,
) -> dict[str, bytes]:
    """Copies as LibreOffice saves them; all in one call, which takes seconds to start."""
    formula = xlsx([["code", "S2"], ["440103", "=40+2"]])
    marked = mark(faulty, "a.xlsx", found.issues, "zh").content
    copies = {
        "marked": marked,
        "corrected": corrected(marked),
        "formula": mark(formula, "a.xlsx", check(formula, "a", framework).issues, "en").content,
    }
    return saved_by_office(copies)


def test_a_copy_saved_by_libreoffice_has_the_same_faults(
    resaved: dict[str, bytes], found: Checked, framework: Framework
):
    again = check(resaved["marked"], "a.xlsx", framework)
    assert is_marked(read(resaved["marked"]))
    assert again.blocking == found.blocking
    errors = [issue for issue in again.issues if issue.severity == "error"]
    assert sorted(c for i in errors for c in i.cells) == ["D3", "E3", "E4", "F2", "G3"]


def test_a_corrected_copy_saved_by_libreoffice_has_no_error_and_is_cleaned(
    resaved: dict[str, bytes], framework: Framework, open_copy: Open
):
    checked = check(resaved["corrected"], "a.xlsx", framework)
    assert checked.blocking == 0
    copy = mark(resaved["corrected"], "a.xlsx", checked.issues, "zh")
    assert copy.is_same_file
    sheet = open_copy(copy.content)[SHEET]
    assert RED not in {c.fill.fgColor.rgb for row in sheet["A1:F5"] for c in row}
    assert sheet["F2"].fill.fgColor.rgb == "FF00B050"
    assert sheet["E3"].comment.text == "请核对\n第二行"


def test_opened_and_saved_a_formula_has_its_result(resaved: dict[str, bytes], framework: Framework):
    checked = check(resaved["formula"], "a.xlsx", framework)
    assert checked.issues == ()
    assert checked.values.table["value"].tolist() == [42.0]


@pytest.mark.parametrize("format_", ["xls", "ods"])
def test_another_format_comes_back_as_a_workbook_that_says_the_same(xlsx, framework, format_):
    def change(book: Any) -> None:
        book["Data"]["B2"].number_format = "0.0%"

    content = saved_by_office(
        {"a": xlsx([["code", "S2", "S3"], ["440103", 0.85, "x"], ["440104", 70, 3]], change)},
        format_,
    )["a"]
    first = check(content, f"a.{format_}", framework)
    copy = mark(content, f"a.{format_}", first.issues, "en")
    assert not copy.is_same_file
    second = check(copy.content, copy.name, framework)
    assert [(i.code, i.cells) for i in second.issues] == [(i.code, i.cells) for i in first.issues]
    pd.testing.assert_frame_equal(second.values.table, first.values.table)
