"""What stands in a template, and what its cells let in."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.framework.fields import fields
from govmaturity.framework.load import load_framework
from govmaturity.framework.model import Framework
from govmaturity.framework.rules import Bounds
from govmaturity.intake.checks import check
from govmaturity.intake.template import entry
from govmaturity.intake.template.make import make_template
from govmaturity.intake.template.sheets import lines_of
from govmaturity.texts import LANGUAGES, Language
from govmaturity.units.chosen import choose
from govmaturity.units.registry import registry
from govmaturity.values.table import Values
from tests.intake.template.conftest import BUREAU, ONE, WIDE, machine_row
from tests.making import entered, framework_of, group, leaf, words

ROOT = Path(__file__).resolve().parents[3]
FRAMEWORKS = sorted((ROOT / "indicators").glob("*.yaml"))


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def rules(sheet: Any) -> dict[str, Any]:
    """The validations of a sheet by the cells that they hold for."""
    return {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}


def test_the_same_template_is_the_same_to_the_byte_and_tells_no_time(
    framework: Framework, wide: bytes, last: Values
):
    assert make_template(framework, WIDE, "2024", last=last) == wide
    with zipfile.ZipFile(io.BytesIO(wide)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = archive.read("docProps/core.xml")
    assert not re.search(rb"20[0-9]{2}-", properties)


def test_several_units_stand_below_one_another_and_nothing_computed_is_asked(wide: bytes):
    sheet = opened(wide).worksheets[0]
    row, columns = machine_row(sheet)
    assert list(columns) == [
        *("unit", "name", "period", "population", "items_online", "items_all", "S2", "S3", "P1"),
        *("C1.plan", "C1.team"),
    ]
    units = [[sheet.cell(row + i, column).value for column in (1, 2, 3)] for i in (1, 2)]
    assert units == [["440105", "海珠区", "2024"], ["440106", "天河区", "2024"]]
    assert sheet.max_row == row + 2
    assert sheet.cell(row + 1, 1).number_format == "@"


def test_one_unit_has_a_row_per_field_with_what_is_to_be_known(one: bytes):
    sheet = opened(one).worksheets[0]
    row, columns = machine_row(sheet)
    by_id = {sheet.cell(n, 1).value: n for n in range(row + 1, sheet.max_row + 1)}
    assert {"population", "S2", "P1", "C1.plan"} <= set(by_id)
    assert not {"S1", "C1"} & set(by_id)

    def told(id_: str, column: str) -> object:
        return sheet.cell(by_id[id_], columns[column]).value

    assert told("C1.plan", "label") == "清单：有规划"
    assert told("S2", "wanted") == "必填\n0-100"
    assert told("S2", "last_value") == 22.5
    assert told("P1", "last_value") == "2 有"
    assert told("C1.plan", "last_value") == "是"
    assert all(told(id_, "value") is None for id_ in by_id if id_ in ("S2", "P1", "S3"))


def test_last_values_have_a_sheet_of_their_own_and_fill_nothing_in(wide: bytes):
    book = opened(wide)
    assert book.sheetnames == ["数据", "上期数", "填报说明", "评分标准", "版本"]
    shown = [cell.value for row in book["上期数"].iter_rows() for cell in row]
    assert shown.count(22.5) == 4
    assert not {11.0, 99.0} & set(shown)
    row, columns = machine_row(book["数据"])
    cells = book["数据"].iter_rows(min_row=row + 1, min_col=columns["population"])
    assert all(cell.value is None for line in cells for cell in line)


def test_a_reporter_is_asked_for_their_own_and_what_is_everybodys(framework: Framework):
    made = opened(make_template(framework, WIDE, "2024", reporter="Service bureau"))
    assert "S2" in machine_row(made.worksheets[0])[1]
    other = framework_of(
        group(
            "root",
            leaf("a", reporter=words("A")),
            leaf("b", reporter=words("B")),
            leaf("c"),
        )
    )
    sheet = opened(make_template(other, WIDE, "2024", reporter="A")).worksheets[0]
    assert {"a", "c"} <= set(machine_row(sheet)[1])
    assert "b" not in machine_row(sheet)[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"period": "24"}, "period has to be like"),
        ({"units": ()}, "at least one unit"),
        ({"units": (*WIDE, *ONE)}, "twice: 440106"),
        ({"reporter": "nobody"}, f"names: {BUREAU}"),
    ],
)
def test_what_makes_no_template_is_refused(
    framework: Framework, arguments: dict[str, Any], message: str
):
    given = {"units": WIDE, "period": "2024"} | arguments
    units, period = given.pop("units"), given.pop("period")
    with pytest.raises(ValueError, match=message):
        make_template(framework, units, period, **given)


def test_a_file_that_could_not_come_back_is_not_made():
    many = [leaf(f"i{number}") for number in range(290)]
    broad = framework_of(group("root", *many))
    with pytest.raises(ValueError, match="290 columns"):
        make_template(broad, WIDE, "2024")
    assert make_template(broad, ONE, "2024")
    narrow = framework_of(group("root", *many[:250]))
    units = [(f"u{number}", "") for number in range(6001)]
    with pytest.raises(ValueError, match="split the units"):
        make_template(narrow, units, "2024")


def test_names_that_would_run_or_cannot_be_written_stay_text(framework: Framework):
    units = (("z-1", "=cmd|'/C calc'!A0"), ("z-2", "坏\x00字\x0b符"), ("z-3", "+1"))
    sheet = opened(make_template(framework, units, "2024")).worksheets[0]
    row, _ = machine_row(sheet)
    cells = [sheet.cell(row + i, 2) for i in (1, 2, 3)]
    assert [cell.value for cell in cells] == ["=cmd|'/C calc'!A0", "坏字符", "+1"]
    assert {cell.data_type for cell in cells} == {"s"}


def test_drop_downs_offer_levels_with_their_texts_and_words_for_no_value(wide: bytes):
    book = opened(wide)
    sheet = book.worksheets[0]
    row, columns = machine_row(sheet)
    found = rules(sheet)

    def rule(id_: str) -> Any:
        letter = openpyxl.utils.get_column_letter(columns[id_])
        return found[f"{letter}{row + 1}:{letter}{row + 2}"]

    assert rule("C1.plan").formula1 == '"是,否,不适用,保密"'
    assert (rule("S2").type, rule("S2").errorStyle) == ("custom", "stop")
    letter = openpyxl.utils.get_column_letter(columns["S2"])
    cell = f"{letter}{row + 1}"
    assert rule("S2").formula1 == (
        f'OR(AND(ISNUMBER({cell}),{cell}>=0,{cell}<=100),{cell}="n/a",{cell}="不适用",'
        f'{cell}="*",{cell}="保密")'
    )
    assert rule("P1").formula1 == '"1 没有,2 有,3 齐全,不适用,保密"'


def test_long_lists_stand_on_a_hidden_sheet():
    lists = entry.Lists("It's")
    long = tuple(f"{number} {'x' * 60}" for number in range(5))
    assert lists.formula(("a", "b")) == '"a,b"'
    assert lists.formula(long) == "'It''s'!$A$1:$A$5"
    assert lists.formula(("1 a, b", "2 c")) == "'It''s'!$B$1:$B$2"
    assert lists.formula(("1 a", '2 "b"')) == "'It''s'!$C$1:$C$2"
    assert lists.formula(long) == "'It''s'!$A$1:$A$5"


@given(
    low=st.none() | st.floats(-1e9, 1e9),
    high=st.none() | st.floats(-1e9, 1e9),
    value=st.floats(-1e9, 1e9),
)
def test_a_range_in_a_cell_is_the_range_of_the_server(
    low: float | None, high: float | None, value: float
):
    bounds = Bounds(min=low, max=high)
    formula = entry._range_formula(bounds, "D9")
    inner = formula.removeprefix("OR(AND(ISNUMBER(D9)").split(")", 1)[0]
    limits = [part for part in inner.split(",") if part]
    holds = all(
        value >= float(limit[4:]) if ">=" in limit else value <= float(limit[4:])
        for limit in limits
    )
    # Fifteen digits are what a spreadsheet knows.
    near = any(b is not None and abs(value - b) <= abs(b) * 1e-14 for b in (low, high))
    assert near or holds == bounds.holds(value)
    assert len(formula) <= 255


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", FRAMEWORKS, ids=lambda file: file.stem)
def test_nothing_goes_beyond_the_limits_of_excel_in_any_framework(file: Path, language: Language):
    framework = load_framework(file)
    units = choose(["440105", "440106"], registry(), language)
    for chosen in (units, units[:1]):
        book = opened(make_template(framework, chosen, "2024", language=language))
        for sheet in book:
            assert len(sheet.title) <= 31
            for rule in sheet.data_validations.dataValidation:
                assert len(rule.errorTitle) <= 32
                assert len(rule.promptTitle) <= 32
                assert len(rule.error) <= 225
                assert len(rule.prompt) <= 255
                assert len(rule.formula1) <= 257
        sheet = book.worksheets[0]
        asked = [one for one in fields(framework).values() if not one.is_shortcut]
        assert sum(len(str(rule.sqref).split()) for rule in rules(sheet).values()) == len(asked)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_that_a_drop_down_offers_is_read_back(framework: Framework, language: Language):
    from govmaturity.intake.files.reader import Cell
    from govmaturity.intake.table.cells import parse

    for field in fields(framework).values():
        for offered in entry.entries_of(field, language):
            assert not parse(Cell("text", offered), field).remarks, offered
        for option in field.options:
            text = str(entry.shown_value(field, option.value, language))
            assert parse(Cell("text", text), field).value == option.value


def test_usual_ranges_are_coloured_and_blanks_of_what_is_required(wide: bytes):
    sheet = opened(wide).worksheets[0]
    row, columns = machine_row(sheet)
    formulas = {
        str(area.sqref): [rule.formula[0] for rule in area.rules]
        for area in sheet.conditional_formatting
    }
    people = f"{openpyxl.utils.get_column_letter(columns['population'])}{row + 1}"
    assert [f"AND(ISNUMBER({people}),OR({people}<1000,{people}>10000000))"] in formulas.values()
    satisfied = f"{openpyxl.utils.get_column_letter(columns['S2'])}{row + 1}"
    assert [f"LEN(TRIM({satisfied}))=0"] in formulas.values()
    assert len(formulas) == 2


def test_notes_tell_definition_range_and_who_reports(wide: bytes):
    sheet = opened(wide).worksheets[0]
    row, columns = machine_row(sheet)
    comment = sheet.cell(row - 3, columns["S2"]).comment
    assert comment is not None
    for part in (
        "S2 满意率",
        "口径：测试",
        "计量单位：%",
        "0到100之间的百分数",
        "填报单位：政务局",
    ):
        assert part in comment.text


def test_sheets_are_frozen_printed_across_and_the_version_cannot_be_unhidden(
    wide: bytes, one: bytes
):
    for content, corner in ((wide, "D10"), (one, "C9")):
        book = opened(content)
        sheet = book.worksheets[0]
        assert sheet.freeze_panes == corner
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert sheet.print_title_rows
        assert "&P" in sheet.oddFooter.center.text
        assert book["版本"].sheet_state == "veryHidden"
        assert not any(one.protection.sheet for one in book)


def test_the_form_of_the_framework_stands_above_the_table():
    made = framework_of(
        group("root", leaf("a"), leaf("b")), form={"number": "DG-1", "issued_by": words("Bureau")}
    )
    for units in (WIDE, ONE):
        sheet = opened(make_template(made, units, "2024", language="en")).worksheets[0]
        top = {cell.value for row in sheet.iter_rows(max_row=6) for cell in row}
        assert {"Form no.", "DG-1", "Issued by", "Bureau", "Valid until"} <= top


def test_dimensions_head_their_fields_and_an_input_stands_before_its_indicator():
    made = framework_of(
        group(
            "root",
            group("d1", leaf("a"), leaf("b", ratio={"of": "x", "to": "y"}, measure="ratio")),
            group("d2", leaf("c")),
        ),
        inputs=entered("y", "x", "free"),
    )
    sheet = opened(make_template(made, WIDE, "2024", language="en")).worksheets[0]
    row, columns = machine_row(sheet)
    assert list(columns)[3:] == ["free", "a", "y", "x", "c"]
    heads = [sheet.cell(row - 4, column).value for column in range(4, 9)]
    assert heads == ["Context", "d1", None, None, "d2"]
    assert "E5:G5" in {str(area) for area in sheet.merged_cells.ranges}


def test_chinese_characters_are_two_wide():
    assert lines_of("网上可办理率", 14) == 1
    assert lines_of("网上可办理率", 10) == 2
    assert lines_of("a\nb", 80) == 2
    assert lines_of("", 80) == 1


def test_a_framework_of_which_ids_are_also_names_is_found_by_its_row_of_ids():
    inputs = {
        "population": {"name": words("x") | {"en": "Population"}, "unit_of_measure": words("y")}
    }
    made = framework_of(group("root", leaf("a", reporter=words("A"))), inputs=inputs)
    content = make_template(made, WIDE, "2024", language="en")
    checked = check(content, "t.xlsx", made)
    assert [issue.code for issue in checked.issues] == ["no_values"]


def test_instructions_speak_only_of_what_is_there(framework: Framework, wide: bytes):
    def told(content: bytes) -> str:
        cells = (cell for row in opened(content)["填报说明"].iter_rows() for cell in row)
        return "\n".join(str(cell.value) for cell in cells if cell.value)

    assert "评分标准" in told(wide)
    assert "上期数（2023）" in told(wide)
    numbers = framework_of(group("root", leaf("a")))
    plain = make_template(numbers, WIDE, "2024")
    assert "评分标准" not in told(plain)
    assert "上期数" not in told(plain)
    assert "评分标准" not in opened(plain).sheetnames
