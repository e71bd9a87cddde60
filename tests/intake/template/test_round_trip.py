"""Templates after another spreadsheet program has opened and saved them: what survives."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

import openpyxl
import pytest

from govmaturity.framework.model import Framework
from govmaturity.intake.checks import check
from tests.intake.template.conftest import machine_row
from tests.intake.template.test_compare import ONE_READ, WIDE_READ, values_of


def data_sheet(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


def rule_at(sheet: Any, cell: str) -> Any:
    (found,) = (one for one in sheet.data_validations.dataValidation if cell in one.sqref)
    return found


@pytest.mark.parametrize(("name", "expected"), [("wide", WIDE_READ), ("one", ONE_READ)])
def test_the_server_reads_the_same_values_without_a_remark(
    framework: Framework,
    converted: Mapping[str, bytes],
    name: str,
    expected: dict[tuple[str, str, str], float | str],
):
    checked = check(converted[name], "t.xlsx", framework)
    assert checked.issues == ()
    assert values_of(checked) == expected
    assert checked.stamp is not None
    assert checked.stamp.is_intact
    assert checked.stamp.last["440106", "S2"] == 22.5


def test_an_untouched_template_still_says_only_that(
    framework: Framework, converted: Mapping[str, bytes]
):
    checked = check(converted["untouched"], "t.xlsx", framework)
    assert [issue.code for issue in checked.issues] == ["no_values"]


def test_drop_downs_and_ranges_survive_with_their_messages(converted: Mapping[str, bytes]):
    sheet = data_sheet(converted["wide"])
    row, columns = machine_row(sheet)

    def rule(id_: str) -> Any:
        return rule_at(sheet, sheet.cell(row + 2, columns[id_]).coordinate)

    assert (rule("P1").type, rule("C1.team").type) == ("list", "list")
    assert "3 齐全" in rule("P1").formula1
    assert "是,否" in rule("C1.team").formula1
    assert rule("S2").type == "custom"
    for part in ("ISNUMBER", ">=0", "<=100", '"n/a"', '"保密"'):
        assert part in rule("S2").formula1.replace(" ", "")
    assert rule("S2").errorStyle in (None, "stop")
    assert rule("S2").showErrorMessage
    assert rule("S2").errorTitle == "S2 填写有误"
    assert "0到100之间的百分数" in rule("S2").error
    assert "满意率" in rule("S2").prompt


def test_a_list_on_the_hidden_sheet_survives(converted: Mapping[str, bytes]):
    book = openpyxl.load_workbook(io.BytesIO(converted["digital"]))
    sheet = book.worksheets[0]
    row, columns = machine_row(sheet)
    cell = next(n for n in range(row + 1, sheet.max_row + 1) if sheet.cell(n, 1).value == "G1.2")
    formula = rule_at(sheet, sheet.cell(cell, columns["value"]).coordinate).formula1
    assert "Lists" in formula
    assert book["Lists"].sheet_state == "hidden"
    column = formula.split("$")[1]
    assert str(book["Lists"][f"{column}1"].value).startswith("0 ")


def test_notes_colours_titles_of_pages_and_the_hidden_sheet_survive(
    converted: Mapping[str, bytes],
):
    # Not the frozen panes: they belong to the view, which LibreOffice without a screen has none of.
    for name, titles in (("wide", ("$A:$B", "$5:$8")), ("one", ("", "$7:$7"))):
        book = openpyxl.load_workbook(io.BytesIO(converted[name]))
        sheet = book.worksheets[0]
        assert (sheet.print_title_cols or "", sheet.print_title_rows) == titles
        assert book["版本"].sheet_state in ("hidden", "veryHidden")
        notes = [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment]
        assert any("口径：测试" in text for text in notes)
        formulas = [rule.formula[0] for area in sheet.conditional_formatting for rule in area.rules]
        assert any("LEN(TRIM(" in formula for formula in formulas)
        assert any("ISNUMBER" in formula for formula in formulas)


def test_no_sheet_has_its_titles_twice(converted: Mapping[str, bytes]):
    # To Excel a file that says them twice is damaged; the order in which they are written decides.
    with zipfile.ZipFile(io.BytesIO(converted["untouched"])) as archive:
        parts = archive.read("xl/workbook.xml")
    places = re.findall(rb'localSheetId="(\d+)" name="_xlnm.Print_Titles"', parts)
    assert sorted(places) == sorted(set(places))
    assert len(places) == 3
