"""Where in a workbook the values are."""

from __future__ import annotations

import pytest

from govmaturity.framework.fields import Field
from govmaturity.intake.files.reader import read
from govmaturity.intake.issues import Findings
from govmaturity.intake.table.headers import UNIT, text_of
from govmaturity.intake.table.layout import Table, find_tables


def found(
    content: bytes, known: dict[str, Field]
) -> tuple[list[Table], dict[str, tuple[str, ...]]]:
    findings = Findings()
    tables = find_tables(read(content), known, findings)
    return tables, {issue.code: issue.cells for issue in findings.all()}


def test_titles_above_the_header_are_passed_over(xlsx, known) -> None:
    rows = [["2024年数据"], [], ["单位：%"], ["区划代码", "名称", "S2"], ["440106", "天河区", 85]]
    (table,), issues = found(xlsx(rows), known)
    assert (table.header.number, table.unit, table.name) == (4, 1, 2)
    assert [row.number for row in table.rows] == [5]
    assert {place: field.id for place, field in table.fields.items()} == {3: "S2"}
    assert not issues


@pytest.mark.parametrize("alias", UNIT)
def test_every_name_for_the_units_column_is_known(csv_file, known, alias: str) -> None:
    (table,), _ = found(csv_file([[alias.upper(), "S2"], ["440106", 1]]), known)
    assert table.unit == 1


def test_headers_match_in_any_width_case_and_with_line_breaks(xlsx, known) -> None:
    (table,), _ = found(
        xlsx([["Ａｄｃｏｄｅ", "年\n份", " s2 ", "\ufeffc1.PLAN"], ["440106", 2024, 1, 1]]), known
    )
    assert (table.unit, table.period) == (1, 2)
    assert [field.id for field in table.fields.values()] == ["S2", "C1.plan"]


def test_a_second_column_of_codes_is_an_attribute(csv_file, known) -> None:
    (table,), _ = found(csv_file([["adcode", "unit_id", "S2"], ["440106", "th", 1]]), known)
    assert table.unit == 2
    assert table.attributes == {1: "adcode"}


def test_further_columns_are_named_once_and_kept(csv_file, known) -> None:
    (table,), issues = found(
        csv_file([["code", "province", "S2", "备注"], ["440106", "广东省", 1, "x"]]), known
    )
    assert table.attributes == {2: "province", 4: "备注"}
    assert issues == {"unused_columns": ("B1", "D1")}


def test_a_header_twice_is_an_error_where_it_is_used(csv_file, known) -> None:
    _, issues = found(
        csv_file([["code", "S2", "备注", "s2", "备注"], ["440106", 1, "", 2, ""]]), known
    )
    assert issues["duplicate_header"] == ("B1", "D1")


def test_a_long_table_is_told_by_its_headers(csv_file, known) -> None:
    (table,), _ = found(
        csv_file([["unit", "period", "indicator", "value", "note"], ["440106", 2024, "S2", 1, ""]]),
        known,
    )
    assert table.long == {"indicator": 3, "value": 4, "note": 5}
    assert not table.fields


def test_every_sheet_with_a_table_is_read_and_hidden_ones_are_not(xlsx, known) -> None:
    def change(book) -> None:
        for name, state in (("More", "visible"), ("Old", "hidden"), ("Notes", "hidden")):
            sheet = book.create_sheet(name)
            sheet.sheet_state = state
            sheet.append(["text"] if name == "Notes" else ["code", "S3"])
            sheet.append(["440106", 2])

    tables, issues = found(xlsx([["code", "S2"], ["440106", 1]], change), known)
    assert [table.sheet.name for table in tables] == ["Data", "More"]
    assert issues == {"hidden_sheet": ()}


def test_a_row_longer_than_the_header_of_a_csv_is_an_error(known) -> None:
    (table,), issues = found(b"code,population\n440106,2,241,826\n440104,5\n", known)
    assert issues == {"ragged_row": ("A2",)}
    assert table.doubtful == {2}


def test_contents_without_a_header_are_to_be_confirmed(xlsx, known) -> None:
    _, issues = found(xlsx([["code", "S2"], ["440106", 1, 5], ["440104", 1, None]]), known)
    assert issues == {"columns_without_header": ("C1",)}


def test_merged_units_hold_for_all_their_rows_and_merged_values_do_not(xlsx, known) -> None:
    def change(book) -> None:
        book["Data"].merge_cells("A2:A3")
        book["Data"].merge_cells("C2:C3")

    rows = [["code", "period", "S2"], ["440106", 2023, 1], [None, 2024, None], ["440104", 2024, 3]]
    (table,), _ = found(xlsx(rows, change), known)
    assert [row.cell(1).value for row in table.rows] == ["440106", "440106", "440104"]
    assert table.rows[1].cell(3).kind == "blank"


def test_hidden_rows_and_columns_are_read_and_said(xlsx, known) -> None:
    def change(book) -> None:
        book["Data"].row_dimensions[2].hidden = True
        book["Data"].column_dimensions["B"].hidden = True

    (table,), issues = found(xlsx([["code", "S2"], ["440106", 1]], change), known)
    assert len(table.rows) == 1
    assert issues == {"hidden_rows": ("A2",), "hidden_columns": ("B1",)}


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["a", "b"], [1, 2]], "no_table"),
        ([["S2", "S3"], [1, 2]], "no_table"),
        ([["code", "satisfied", "S9"], ["440106", 1, 2]], "no_known_column"),
    ],
)
def test_a_file_without_a_table_of_values_says_what_is_missing(xlsx, known, rows, code) -> None:
    tables, issues = found(xlsx(rows), known)
    assert not tables
    assert list(issues) == [code]


def test_a_header_of_two_rows_with_merged_cells_is_one(xlsx, known) -> None:
    def change(book) -> None:
        sheet = book["Data"]
        for area in ("A1:A2", "B1:B2", "C1:D1"):
            sheet.merge_cells(area)

    rows = [
        ["区划代码", "名称", "政务服务", None],
        [None, None, "S2", "S3"],
        ["440106", "天河区", 85, 3],
    ]
    (table,), issues = found(xlsx(rows, change), known)
    assert (table.header.number, table.unit, table.name) == (2, 1, 2)
    assert {place: field.id for place, field in table.fields.items()} == {3: "S2", 4: "S3"}
    assert [row.number for row in table.rows] == [3]
    assert not issues


def test_titles_of_the_unit_may_stand_a_row_above_the_ids(csv_file, known) -> None:
    rows = [["区划代码", "年份", "网办", ""], ["", "", "S2", "S3"], ["440106", "2023", 85, 3]]
    (table,), _ = found(csv_file(rows), known)
    assert (table.unit, table.period) == (1, 2)
    assert [field.id for field in table.fields.values()] == ["S2", "S3"]


def test_a_table_on_its_side_keeps_the_names_of_its_cells(xlsx, known) -> None:
    rows = [
        ["2024年数据"],
        ["指标代码", "指标名称", "计量单位", "440106", "440104"],
        ["S2", "满意率", "%", 85, 70],
        ["S3", "办理时长", "天", 3, None],
    ]
    (table,), issues = found(xlsx(rows), known)
    assert [(row.number, text_of(row.cell(table.unit))) for row in table.rows] == [
        (4, "440106"),
        (5, "440104"),
    ]
    assert {place: field.id for place, field in table.fields.items()} == {3: "S2", 4: "S3"}
    assert [row.ref(3) for row in table.rows] == ["D3", "E3"]
    assert table.rows[0].cell(3).value == 85
    assert issues == {"turned_table": ()}


def test_a_table_on_its_side_may_name_its_units(xlsx, known) -> None:
    rows = [["指标", "天河区", "越秀区"], ["S2", 85, 70], ["S3", 3, 4]]
    (table,), _ = found(xlsx(rows), known)
    assert (table.unit, table.name) == (None, 1)


def test_two_tables_below_one_another_keep_their_own_columns(xlsx, known) -> None:
    rows = [["code", "S2"], ["440106", 85], [], ["code", "S3", "S2"], ["440104", 3, 70]]
    tables, _ = found(xlsx(rows), known)
    assert [[field.id for field in table.fields.values()] for table in tables] == [
        ["S2"],
        ["S3", "S2"],
    ]
    assert [[row.number for row in table.rows] for table in tables] == [[2], [5]]


def test_two_tables_side_by_side_are_an_error(xlsx, known) -> None:
    _, issues = found(
        xlsx([["code", "S2", None, "code", "S3"], ["440106", 1, None, "a", 2]]), known
    )
    assert issues["duplicate_header"] == ("A1", "D1")


def test_a_column_headed_by_the_name_of_one_field_is_read_and_said(csv_file, known) -> None:
    (table,), issues = found(csv_file([["code", "满意率", "Days to handle"], ["a", 1, 2]]), known)
    assert [field.id for field in table.fields.values()] == ["S2", "S3"]
    assert issues == {"header_is_name": ("B1", "C1")}


def test_an_id_comes_before_a_name(csv_file, known) -> None:
    (table,), _ = found(csv_file([["code", "满意率", "S2"], ["a", 1, 2]]), known)
    assert {place: field.id for place, field in table.fields.items()} == {3: "S2"}
    assert table.attributes == {2: "满意率"}


def test_a_header_with_a_slip_of_the_hand_is_asked(csv_file, known) -> None:
    (table,), issues = found(csv_file([["code", "items_onlin", "S2"], ["a", 1, 2]]), known)
    assert issues == {"header_near": ("B1",)}
    assert table.attributes == {2: "items_onlin"}


def test_nothing_on_its_side_is_found_where_no_unit_is_named(xlsx, known) -> None:
    tables, issues = found(xlsx([["S2", 85], ["S3", 3]]), known)
    assert not tables
    assert list(issues) == ["no_table"]
