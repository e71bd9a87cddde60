"""Templates that come back: right ones are read, changed and mistaken ones are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from govmaturity.framework.load import parse_framework
from govmaturity.framework.model import Framework
from govmaturity.intake.checks import Checked, check
from govmaturity.intake.issues import Issue
from govmaturity.intake.template.make import make_template
from tests.intake.conftest import YAML
from tests.intake.template.conftest import (
    BUREAU,
    ONE,
    ONE_ANSWERS,
    WIDE,
    WIDE_ANSWERS,
    changed,
    fill,
    machine_row,
)


def values_of(checked: Checked) -> dict[tuple[str, str, str], float | str]:
    """Values, or what stands for them, by unit, period and field."""
    table = checked.values.table
    rows = zip(
        table["unit"],
        table["period"],
        table["indicator"],
        table["value"],
        table["status"],
        strict=True,
    )
    return {(u, p, i): value if said == "reported" else said for u, p, i, value, said in rows}


def codes(checked: Checked, *severities: str) -> set[str]:
    wanted = severities or ("error", "confirm", "info")
    return {issue.code for issue in checked.issues if issue.severity in wanted}


def only(checked: Checked, code: str) -> Issue:
    (found,) = (issue for issue in checked.issues if issue.code == code)
    for language in ("zh", "en"):
        assert found.message(language)
    return found


WIDE_READ = {
    ("440105", "2024", "population"): 1_800_000,
    ("440105", "2024", "items_online"): 80,
    ("440105", "2024", "items_all"): 100,
    ("440105", "2024", "S2"): 31.5,
    ("440105", "2024", "S3"): 20,
    ("440105", "2024", "P1"): 2,
    ("440105", "2024", "C1.plan"): 1,
    ("440105", "2024", "C1.team"): 0,
    ("440106", "2024", "population"): 2_200_000,
    ("440106", "2024", "items_online"): 95,
    ("440106", "2024", "items_all"): 100,
    ("440106", "2024", "S2"): "not_applicable",
    ("440106", "2024", "S3"): "suppressed",
    ("440106", "2024", "P1"): 3,
    ("440106", "2024", "C1.plan"): "not_applicable",
    ("440106", "2024", "C1.team"): 1,
}
ONE_READ = {key: value for key, value in WIDE_READ.items() if key[0] == "440106"}


def test_a_filled_template_is_read_without_a_remark(framework: Framework, wide: bytes):
    checked = check(fill(wide, WIDE_ANSWERS), "t.xlsx", framework)
    assert checked.issues == ()
    assert values_of(checked) == WIDE_READ
    assert checked.stamp is not None
    assert checked.rows == 2


def test_the_sheet_for_one_unit_is_read_with_notes_and_evidence(framework: Framework, one: bytes):
    checked = check(fill(one, ONE_ANSWERS), "t.xlsx", framework)
    assert checked.issues == ()
    assert values_of(checked) == ONE_READ
    table = checked.values.table.set_index("indicator")
    assert table.loc["S2", "note"] == "无此业务"
    assert table.loc["P1", "evidence"] == "文件1"
    assert checked.values.attributes.empty


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("units", [WIDE, ONE], ids=["wide", "one"])
def test_an_untouched_template_says_that_and_nothing_else(
    framework: Framework, units: Any, language: Any
):
    content = make_template(framework, units, "2024", reporter=BUREAU, language=language)
    checked = check(content, "t.xlsx", framework)
    assert [(issue.code, issue.severity) for issue in checked.issues] == [("no_values", "error")]


def test_the_period_and_the_reporter_come_from_the_template(framework: Framework):
    for units in (WIDE, ONE):
        content = make_template(framework, units, "2023-H1", reporter=BUREAU)
        checked = check(
            fill(content, {("440106", "P1"): "2", ("value", "P1"): "2"}), "t.xlsx", framework
        )
        assert checked.values.periods == ("2023-H1",)
        assert only(checked, "blank_required").indicator == "S2"
    anybody = check(
        fill(make_template(framework, WIDE, "2024"), {("440106", "P1"): 2}), "t.xlsx", framework
    )
    assert "blank_required" not in codes(anybody)


def test_another_framework_is_told_alone(framework: Framework, wide: bytes):
    other = parse_framework(YAML.replace("id: small", "id: other"))
    checked = check(fill(wide, WIDE_ANSWERS), "t.xlsx", other)
    assert [issue.code for issue in checked.issues] == ["template_other_framework"]
    assert (checked.issues[0].found, checked.issues[0].expected) == ("small", "other")
    assert len(checked.values.table) == 0


@pytest.mark.parametrize("change", [("version: 1", "version: 2"), ("max: 365", "max: 366")])
def test_a_template_of_an_older_text_of_the_framework_is_refused(
    wide: bytes, change: tuple[str, str]
):
    newer = parse_framework(YAML.replace(*change))
    checked = check(fill(wide, WIDE_ANSWERS), "t.xlsx", newer)
    assert [issue.code for issue in checked.issues] == ["template_old_version"]
    assert len(checked.values.table) == 0


def test_last_years_template_is_refused_where_this_years_is_wanted(
    framework: Framework, one: bytes
):
    checked = check(fill(one, ONE_ANSWERS), "t.xlsx", framework, period="2025")
    assert [issue.code for issue in checked.issues] == ["template_other_period"]
    assert "2024" in only(checked, "template_other_period").message("en")
    assert not check(fill(one, ONE_ANSWERS), "t.xlsx", framework, period="2024").issues


def delete_column(name: str) -> Callable[[openpyxl.Workbook], None]:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.delete_cols(machine_row(sheet)[1][name])

    return change


def test_a_column_that_is_gone_is_named(framework: Framework, wide: bytes):
    checked = check(changed(fill(wide, WIDE_ANSWERS), delete_column("S3")), "t.xlsx", framework)
    issue = only(checked, "template_column_missing")
    assert (issue.severity, issue.indicator) == ("error", "S3")
    assert issue.message("en") == (
        'Sheet "数据": the column "S3" (Days to handle) is missing. '
        "Download the template again, or add the column."
    )
    assert codes(checked) == {"template_column_missing"}


def test_a_row_that_is_gone_is_named(framework: Framework, one: bytes):
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.delete_rows(next(row for row in range(1, 60) if sheet.cell(row, 1).value == "S3"))

    checked = check(changed(fill(one, ONE_ANSWERS), change), "t.xlsx", framework)
    assert only(checked, "template_row_missing").indicator == "S3"
    assert codes(checked) == {"template_row_missing"}


@pytest.mark.parametrize("layout", ["wide", "one"])
def test_a_column_of_the_senders_own_is_an_error(
    framework: Framework, wide: bytes, one: bytes, layout: str
):
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        row, columns = machine_row(sheet)
        sheet.cell(row, len(columns) + 1).value = "备忘"

    content = fill(wide, WIDE_ANSWERS) if layout == "wide" else fill(one, ONE_ANSWERS)
    checked = check(changed(content, change), "t.xlsx", framework)
    issue = only(checked, "template_column_unknown")
    assert (issue.severity, issue.found) == ("error", "备忘")
    assert codes(checked) == {"template_column_unknown"}


def test_units_that_were_added_or_are_gone_are_asked_about(framework: Framework, wide: bytes):
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        row, _ = machine_row(sheet)
        sheet.cell(row + 1, 1).value, sheet.cell(row + 1, 2).value = "440103", "荔湾区"

    checked = check(changed(fill(wide, WIDE_ANSWERS), change), "t.xlsx", framework)
    added, gone = only(checked, "template_other_unit"), only(checked, "template_unit_missing")
    assert (added.severity, added.unit, added.cells) == ("confirm", "440103", ("A10",))
    assert (gone.severity, gone.found) == ("confirm", "440105 海珠区")
    assert codes(checked) == {"template_other_unit", "template_unit_missing"}


def test_a_row_of_another_period_is_an_error_and_its_values_do_not_count(
    framework: Framework, wide: bytes
):
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        row, columns = machine_row(sheet)
        sheet.cell(row + 1, columns["period"]).value = 2023

    checked = check(changed(fill(wide, WIDE_ANSWERS), change), "t.xlsx", framework)
    issue = only(checked, "template_other_period")
    assert (issue.severity, issue.cells, issue.found) == ("error", ("C10",), "2023")
    assert values_of(checked) == ONE_READ


@pytest.mark.parametrize("old", ["440106", "2024"])
def test_another_unit_or_period_written_above_the_table_is_an_error(
    framework: Framework, one: bytes, old: str
):
    def change(book: openpyxl.Workbook) -> None:
        cells = [cell for row in book.worksheets[0].iter_rows(max_row=7) for cell in row]
        next(cell for cell in cells if cell.value == old).value = "2023"

    checked = check(changed(fill(one, ONE_ANSWERS), change), "t.xlsx", framework)
    issue = only(checked, "template_heading_changed")
    assert issue.severity == "error"
    assert old in issue.expected


def test_a_changed_version_sheet_is_asked_about(framework: Framework, wide: bytes):
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[-1]
        cells = [cell for row in sheet.iter_rows() for cell in row]
        next(cell for cell in cells if cell.value == "海珠区").value = "海珠"

    checked = check(changed(fill(wide, WIDE_ANSWERS), change), "t.xlsx", framework)
    assert only(checked, "template_changed").severity == "confirm"
    assert codes(checked) == {"template_changed"}
    assert values_of(checked) == WIDE_READ


def test_order_of_rows_and_columns_and_names_of_sheets_do_not_count(
    framework: Framework, wide: bytes
):
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.title = "报送"
        book.move_sheet(sheet, 2)
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        first, width = machine_row(sheet)[0], sheet.max_column
        rows = [[sheet.cell(first + i, c).value for c in range(1, width + 1)] for i in range(3)]
        rows = [list(reversed(row)) for row in (rows[0], rows[2], rows[1])]
        for i, row in enumerate(rows):
            for column, value in enumerate(row, start=1):
                sheet.cell(first + i, column).value = value

    checked = check(changed(fill(wide, WIDE_ANSWERS), change), "t.xlsx", framework)
    assert checked.issues == ()
    assert values_of(checked) == WIDE_READ


def test_rows_of_the_sheet_for_one_unit_can_be_in_any_order(framework: Framework, one: bytes):
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        first, width, last = machine_row(sheet)[0] + 1, sheet.max_column, sheet.max_row
        span = range(1, width + 1)
        rows = [[sheet.cell(n, c).value for c in span] for n in range(first, last + 1)]
        for number, row in enumerate(reversed(rows), start=first):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, column).value = value

    checked = check(changed(fill(one, ONE_ANSWERS), change), "t.xlsx", framework)
    assert checked.issues == ()
    assert values_of(checked) == ONE_READ


def test_an_added_row_of_the_sheet_for_one_unit_is_not_passed_over(
    framework: Framework, one: bytes
):
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        _, columns = machine_row(sheet)
        row = sheet.max_row + 1
        sheet.cell(row, 1).value, sheet.cell(row, columns["value"]).value = "S9", 5

    checked = check(changed(fill(one, ONE_ANSWERS), change), "t.xlsx", framework)
    assert only(checked, "unknown_indicator").found == "S9"


def test_a_template_without_its_version_sheet_is_a_file_like_any_other(
    framework: Framework, wide: bytes
):
    def change(book: openpyxl.Workbook) -> None:
        book.remove(book.worksheets[-1])

    checked = check(changed(fill(wide, WIDE_ANSWERS), change), "t.xlsx", framework)
    assert checked.stamp is None
    assert values_of(checked) == WIDE_READ


def test_an_error_in_a_cell_names_it(framework: Framework, one: bytes):
    checked = check(fill(one, {**ONE_ANSWERS, ("value", "S3"): 400}), "t.xlsx", framework)
    issue = only(checked, "outside_valid")
    assert issue.indicator == "S3"
    assert issue.cells[0].startswith("G")
    assert codes(checked) == {"outside_valid"}
