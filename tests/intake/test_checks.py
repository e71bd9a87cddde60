"""A file from its bytes to values and issues."""

from __future__ import annotations

import csv
import io
import json
from hashlib import sha256

import pytest

from govmaturity.framework.load import parse_framework
from govmaturity.framework.model import Framework
from govmaturity.intake.checks import Checked, as_json, check
from govmaturity.intake.issues import grouped
from govmaturity.intake.together import combine


def codes(checked: Checked, severity: str | None = None) -> list[str]:
    return [i.code for i in checked.issues if severity is None or i.severity == severity]


def cells(checked: Checked, code: str) -> tuple[str, ...]:
    return tuple(cell for issue in checked.issues if issue.code == code for cell in issue.cells)


def values(checked: Checked) -> dict[tuple[str, str, str], float | str]:
    return {
        (row.unit, row.period, row.indicator): row.value if row.status == "reported" else row.status
        for row in checked.values.table.itertuples()
    }


def test_a_clean_file_gives_its_values_and_no_word(csv_file, framework: Framework) -> None:
    content = csv_file(
        [["区划代码", "名称", "S2"], ["440106", "天河区", 85], ["440104", "越秀区", 70]]
    )
    checked = check(content, "a.csv", framework)
    assert values(checked) == {("440106", "2024", "S2"): 85.0, ("440104", "2024", "S2"): 70.0}
    assert (checked.issues, checked.blocking, checked.rows) == ((), 0, 2)
    assert checked.sha256 == sha256(content).hexdigest()


def test_a_code_may_be_a_number_and_a_period_too(xlsx, framework) -> None:
    checked = check(xlsx([["code", "year", "S2"], [440106.0, 2023, 85]]), "a.xlsx", framework)
    assert values(checked) == {("440106", "2023", "S2"): 85.0}


def test_a_code_of_a_statistics_office_is_cut_to_six_digits(csv_file, framework) -> None:
    checked = check(csv_file([["code", "S2"], ["440106000000", 85]]), "a.csv", framework)
    assert checked.values.units == ("440106",)
    assert codes(checked) == ["unit_from_long_code"]


def test_an_unknown_code_is_an_error_and_its_cells_are_checked_too(csv_file, framework) -> None:
    checked = check(csv_file([["code", "S2"], ["440199", 142], ["440106", 5]]), "a.csv", framework)
    assert codes(checked, "error") == ["unit_unknown", "outside_valid"]
    assert checked.values.units == ("440106",)


def test_an_abolished_code_is_an_error_that_names_its_successor(csv_file, framework) -> None:
    checked = check(csv_file([["code", "S2"], ["440183", 85]]), "a.csv", framework)
    issue = checked.issues[0]
    assert (issue.code, issue.found, issue.expected) == ("unit_abolished", "440183", "440118")
    assert "440118" in issue.message("zh")


def test_an_abolished_code_is_taken_where_the_period_is_of_its_time(csv_file, framework) -> None:
    rows = [["code", "year", "S2"], ["440183", 2013, 85], ["440183", 2014, 70], ["440183", "", 5]]
    checked = check(csv_file(rows), "a.csv", framework)
    assert values(checked) == {("440183", "2013", "S2"): 85.0}
    assert cells(checked, "unit_of_its_time") == ("A2",)
    assert cells(checked, "unit_abolished") == ("A3", "A4")
    without = check(csv_file([["code", "S2"], ["440183", 85]]), "a.csv", framework, period="2010")
    assert values(without) == {("440183", "2010", "S2"): 85.0}


@pytest.mark.parametrize("code", ["44010", "4401066", "1.10101E+11", "天河 区!", "#REF!"])
def test_what_cannot_be_a_code_is_an_error(csv_file, framework, code: str) -> None:
    checked = check(csv_file([["code", "S2"], [code, 85], ["440106", 5]]), "a.csv", framework)
    assert codes(checked, "error") == ["unit_unreadable"]


def test_ids_of_the_users_own_are_taken_and_said_once(csv_file, framework) -> None:
    checked = check(
        csv_file([["unit", "S2"], ["agency-1", 85], ["经开区", 70]]), "a.csv", framework
    )
    assert checked.values.units == ("agency-1", "经开区")
    assert cells(checked, "own_units") == ("A2", "A3")
    assert codes(checked) == ["own_units"]


def test_a_name_in_the_column_of_codes_is_to_be_confirmed(csv_file, framework) -> None:
    checked = check(csv_file([["unit", "S2"], ["天河区", 85]]), "a.csv", framework)
    assert [(i.code, i.severity, i.expected) for i in checked.issues] == [
        ("unit_is_name", "confirm", "440106")
    ]


def test_a_name_that_is_not_the_codes_is_to_be_confirmed(csv_file, framework) -> None:
    rows = [["code", "name", "S2"], ["360703", "赣州经开区", 85], ["440106", "Tianhe District", 5]]
    checked = check(csv_file(rows), "a.csv", framework)
    assert [(i.code, i.severity, i.cells, i.expected) for i in checked.issues] == [
        ("name_differs", "confirm", ("B2",), "南康区")
    ]


def test_without_codes_names_count_within_their_province_and_city(csv_file, framework) -> None:
    rows = [
        ["省", "市", "区县", "S2"],
        ["福建省", "福州市", "鼓楼区", 1],
        ["江苏省", "徐州市", "鼓楼区", 2],
        ["", "", "鼓楼区", 3],
        ["广东", "广州", "天河区", 6],
        ["湖南省", "", "天河区", 4],
        ["广东省", "", "没有区", 5],
    ]
    checked = check(csv_file(rows), "a.csv", framework)
    assert checked.values.units == ("350102", "320302", "440106")
    assert cells(checked, "name_ambiguous") == ("C4",)
    assert cells(checked, "name_unknown") == ("C6", "C7")


def test_totals_notes_and_repeated_headers_are_passed_over(xlsx, framework) -> None:
    rows = [
        ["code", "name", "S2"],
        ["区划代码", "名称", "满意率"],
        ["440000", "广东省", 60],
        ["440100", "广州市", 61],
        ["440106", "天河区", 85],
        ["440104", "越秀区", 70],
        [None, "广州市", 61],
        ["合计", None, 77.5],
        [None, "全省", 60],
        ["注：数据来自市政务局。"],
    ]
    checked = check(xlsx(rows), "a.xlsx", framework)
    assert checked.values.units == ("440106", "440104")
    assert cells(checked, "total_row") == ("A8", "A9", "A3", "A4", "A7")
    assert cells(checked, "note_row") == ("A10",)
    assert checked.blocking == 0


def test_a_prefecture_is_a_unit_where_nothing_inside_it_is_given(csv_file, framework) -> None:
    checked = check(csv_file([["code", "S2"], ["440100", 85], ["441900", 70]]), "a.csv", framework)
    assert checked.values.units == ("440100", "441900")
    assert codes(checked) == []


def test_a_row_with_values_and_no_unit_is_an_error(csv_file, framework) -> None:
    checked = check(csv_file([["code", "S2"], ["", 85], ["440106", 70]]), "a.csv", framework)
    assert [(i.code, i.cells) for i in checked.issues] == [("unit_blank", ("A2",))]


def test_what_is_never_ranked_is_said(csv_file, framework) -> None:
    checked = check(csv_file([["code", "S2"], ["810001", 85]]), "a.csv", framework)
    assert codes(checked) == ["not_assessed"]


def test_two_values_of_one_unit_are_an_error_and_missing(csv_file, framework) -> None:
    rows = [["code", "S2", "S3"], ["440106", 85, 1], ["440106", 86, 1]]
    checked = check(csv_file(rows), "a.csv", framework)
    assert [(i.code, i.cells, i.found) for i in checked.issues] == [
        ("two_values", ("B2", "B3"), "85 ≠ 86")
    ]
    assert checked.faulty == (("440106", "2024", "S2"),)
    assert values(checked)["440106", "2024", "S2"] == "missing"


def test_the_same_row_twice_is_an_error(csv_file, framework) -> None:
    checked = check(csv_file([["code", "S2"], ["440106", 85], ["440106", 85]]), "a.csv", framework)
    assert [(i.code, i.cells) for i in checked.issues] == [("row_twice", ("A2", "A3"))]


def test_a_unit_may_be_on_two_sheets_with_different_columns(xlsx, framework) -> None:
    def change(book) -> None:
        sheet = book.create_sheet("More")
        sheet.append(["code", "S3"])
        sheet.append(["440106", 2])

    checked = check(xlsx([["code", "S2"], ["440106", 85]], change), "a.xlsx", framework)
    assert len(values(checked)) == 2
    assert codes(checked) == []


def test_errors_in_cells_leave_values_missing_and_are_listed(xlsx, framework) -> None:
    rows = [
        ["code", "S2", "S3", "P1", "C1.plan"],
        ["440103", "#DIV/0!", "约90", 7, "也许"],
        ["440104", "=A1/2", 400, "齐全", "是"],
        ["440106", 142, 5, 2, 0],
    ]
    checked = check(xlsx(rows), "a.xlsx", framework)
    assert {(i.code, i.cells[0]) for i in checked.issues} == {
        ("error_cell", "B2"),
        ("not_exact", "C2"),
        ("not_an_option", "D2"),
        ("not_yes_no", "E2"),
        ("formula_without_value", "B3"),
        ("outside_valid", "C3"),
        ("outside_valid", "B4"),
    }
    assert checked.blocking == 7
    assert len(checked.faulty) == 7
    assert {values(checked)[key] for key in checked.faulty} == {"missing"}
    assert values(checked)["440104", "2024", "P1"] == 3.0


def test_what_is_strange_but_possible_is_to_be_confirmed(csv_file, framework) -> None:
    rows = [
        ["code", "population", "S1", "S2"],
        ["440106", 12.5, 85, ""],
        ["440104", 5000, "", 0.85],
    ]
    checked = check(csv_file(rows), "a.csv", framework)
    assert {(i.code, i.severity, i.cells) for i in checked.issues} == {
        ("not_whole", "confirm", ("B2",)),
        ("outside_plausible", "confirm", ("B2",)),
        ("shortcut", "confirm", ("C2",)),
        ("blank", "confirm", ("D2",)),
        ("share_or_percent", "confirm", ("D3",)),
    }
    assert checked.blocking == 0
    assert ("440104", "2024", "S1") not in values(checked)


@pytest.mark.parametrize(
    ("reporter", "is_error"), [("政务局", True), ("统计局", False), (None, False)]
)
def test_a_blank_is_an_error_only_for_the_reporter_who_must_give_it(
    csv_file, framework, reporter: str | None, is_error: bool
) -> None:
    content = csv_file([["code", "S2", "S3"], ["440106", "", 5]])
    checked = check(content, "a.csv", framework, reporter=reporter)
    assert codes(checked) == (["blank_required"] if is_error else ["blank"])
    assert checked.faulty == ((("440106", "2024", "S2"),) if is_error else ())


def test_per_cent_formats_count_times_100_and_are_said(xlsx, framework) -> None:
    def change(book) -> None:
        book["Data"]["B2"].number_format = "0%"

    rows = [["code", "S2"], ["440106", 0.85], ["440104", "85％"], ["440105", 85]]
    checked = check(xlsx(rows, change), "a.xlsx", framework)
    assert set(values(checked).values()) == {85.0}
    assert set(codes(checked)) == {"read_percent_format", "read_percent_sign", "read_characters"}


def test_a_cell_in_which_nothing_can_be_seen_is_blank(xlsx, framework) -> None:
    rows = [["code", "S2"], ["440106", " "], ["440104", "\u200b"], ["440105", 5]]
    checked = check(xlsx(rows), "a.xlsx", framework)
    assert [(i.code, i.cells) for i in checked.issues] == [("blank", ("B2", "B3"))]


def test_a_change_beyond_the_yearly_one_is_asked_for(csv_file, framework) -> None:
    rows = [["code", "period", "S2"], ["440106", 2023, 50], ["440106", 2024, 85]]
    checked = check(csv_file(rows), "a.csv", framework)
    assert [(i.code, i.cells) for i in checked.issues] == [("large_change", ("C3",))]


@pytest.mark.parametrize("given", [None, "2023", "2023-Q3"])
def test_the_period_comes_from_the_argument_else_from_the_framework(
    csv_file, framework, given: str | None
) -> None:
    checked = check(csv_file([["code", "S2"], ["440106", 85]]), "a.csv", framework, period=given)
    assert checked.values.periods == (given or "2024",)


def test_the_column_comes_before_the_argument(csv_file, framework) -> None:
    content = csv_file([["code", "期间", "S2"], ["440106", "2022-h1", 85]])
    assert check(content, "a.csv", framework, period="2023").values.periods == ("2022-H1",)


@pytest.mark.parametrize(
    ("text", "code"),
    [("2024年", "period_unreadable"), ("45292", "period_unreadable"), ("", "period_blank")],
)
def test_a_period_in_another_form_is_an_error(csv_file, framework, text: str, code: str) -> None:
    rows = [["code", "period", "S2"], ["440106", text, 85], ["440104", "2024", 70]]
    checked = check(csv_file(rows), "a.csv", framework)
    assert [(i.code, i.cells) for i in checked.issues] == [(code, ("B2",))]
    assert checked.values.units == ("440104",)


def test_without_any_period_the_file_is_refused(csv_file, framework) -> None:
    bare = framework.model_copy(update={"default_period": None})
    checked = check(csv_file([["code", "S2"], ["440106", 142]]), "a.csv", bare)
    assert codes(checked) == ["period_missing", "outside_valid"]
    assert checked.values.table.empty


def test_a_period_of_another_form_is_a_wrong_argument(framework) -> None:
    with pytest.raises(ValueError, match="2024-Q3"):
        check(b"code,S2\n", "a.csv", framework, period="24")


@pytest.mark.parametrize(
    "rows",
    [[["code", "S2"]], [["code", "S2"], ["440106", ""]], [["code", "S2"], ["440106", "n/a"]]],
)
def test_a_file_without_any_value_is_an_error(csv_file, framework, rows) -> None:
    assert codes(check(csv_file(rows), "a.csv", framework), "error") == ["no_values"]


def test_a_file_that_cannot_be_read_is_one_error(framework) -> None:
    checked = check(b"%PDF-1.7", "a.xlsx", framework)
    assert (codes(checked), checked.rows, checked.blocking) == (["pdf"], 0, 1)
    assert checked.values.table.empty


def test_names_that_come_out_wrong_betray_the_encoding(framework) -> None:
    korean = "code,name,S2\n440106,천하구,85\n440104,월수구,70\n".encode("euc-kr")
    assert codes(check(korean, "a.csv", framework)) == ["doubtful_encoding"]
    good = "code,name,S2\n440106,天河区,85\n440104,越秀区,70\n".encode("gb18030")
    assert codes(check(good, "a.csv", framework)) == []


def test_traditional_chinese_comes_out_right_and_its_names_are_asked_about(framework) -> None:
    rows = "code,name,S2\n440106,天河區,85\n440104,越秀區,70\n"
    checked = check(rows.encode("big5"), "a.csv", framework)
    assert codes(checked) == ["read_big5", "name_differs", "name_differs"]
    assert "天河區" in checked.issues[1].found


def test_further_columns_are_attributes_of_the_unit(csv_file, framework) -> None:
    rows = [["code", "name", "province", "S2"], ["440106", "天河区", "广东省", 85]]
    attributes = check(csv_file(rows), "a.csv", framework).values.attributes
    assert attributes.loc["440106"].to_dict() == {"province": "广东省", "name": "天河区"}


def test_a_value_in_a_row_longer_than_the_header_is_not_believed(framework) -> None:
    checked = check(b"code,population,S3\n440106,2,241,826\n440104,5000,3\n", "a.csv", framework)
    assert codes(checked, "error") == ["ragged_row"]
    assert checked.faulty == (("440106", "2024", "population"), ("440106", "2024", "S3"))


LONG = ["unit", "period", "indicator", "value", "status", "se", "n", "note"]


def test_a_long_table_gives_values_status_and_details(csv_file, framework) -> None:
    rows = [
        LONG,
        ["440106", 2024, "s2", 85, "", 1.5, 300, "survey"],
        ["440106", 2024, "S3", "", "missing", "", "", ""],
        ["440104", 2024, "S2", "", "不适用", "", "", ""],
        ["440104", 2024, "C1.plan", "是", "reported", "", "", ""],
    ]
    checked = check(csv_file(rows), "a.csv", framework)
    assert codes(checked) == []
    assert values(checked) == {
        ("440106", "2024", "S2"): 85.0,
        ("440106", "2024", "S3"): "missing",
        ("440104", "2024", "S2"): "not_applicable",
        ("440104", "2024", "C1.plan"): 1.0,
    }
    table = checked.values.table.set_index(["unit", "indicator"])
    assert table.loc[("440106", "S2"), ["se", "n", "note"]].tolist() == [1.5, 300, "survey"]


def test_what_is_wrong_in_a_long_table_is_said(csv_file, framework) -> None:
    rows = [
        LONG,
        ["440106", 2024, "S2", 85, "missing", "", "", ""],
        ["440106", 2024, "S3", 5, "perhaps", "", "", ""],
        ["440106", 2024, "S9", 5, "", "", "", ""],
        ["440106", 2024, "", 5, "", "", "", ""],
        ["440104", 2024, "S2", 70, "", "about 1", "", ""],
        ["440104", 2024, "S2", 70, "", "", "", ""],
        ["440105", 2024, "S2", 142, "", "", "", ""],
        ["440105", 2024, "S3", "", "", "", "", ""],
        ["440105", 2024, "P1", "", "reported", "", "", ""],
    ]
    checked = check(csv_file(rows), "a.csv", framework)
    assert {(i.code, i.severity) for i in checked.issues} == {
        ("status_against_value", "error"),
        ("unknown_status", "error"),
        ("unknown_indicator", "confirm"),
        ("indicator_blank", "error"),
        ("detail_not_a_number", "error"),
        ("row_twice", "error"),
        ("outside_valid", "error"),
        ("blank", "confirm"),
    }


def test_two_files_that_contradict_each_other_are_an_error(csv_file, framework) -> None:
    first = check(
        csv_file(
            [
                ["code", "province", "S2", "S3"],
                ["440106", "广东省", 85, 1],
                ["440104", "广东省", 70, ""],
            ]
        ),
        "a.csv",
        framework,
    )
    second = check(
        csv_file([["code", "S2", "S3"], ["440106", 86, 1], ["440104", 70, 2], ["440105", 1, 1]]),
        "b.csv",
        framework,
    )
    both = combine([first, second])
    clash = [issue for issue in both.issues if issue.code == "two_files"]
    assert [(i.unit, i.indicator) for i in clash] == [("440106", "S2")]
    assert "a.csv: 85 ≠ b.csv: 86" in clash[0].message("en")
    assert values(both)["440106", "2024", "S2"] == "missing"
    assert values(both)["440104", "2024", "S3"] == 2.0
    assert ("440106", "2024", "S2") in both.faulty
    assert both.values.attributes.loc["440104", "province"] == "广东省"
    assert (len(both.values.table), both.rows) == (6, 5)


def test_one_file_is_itself_and_no_file_is_a_wrong_argument(csv_file, framework) -> None:
    one = check(csv_file([["code", "S2"], ["440106", 85]]), "a.csv", framework)
    assert combine([one]) is one
    with pytest.raises(ValueError, match="at least one"):
        combine([])


def test_the_answer_has_the_shape_of_the_contract(xlsx, framework) -> None:
    content = xlsx([["code", "S2"], ["440106", 142], ["440104", 150], ["440105", "无"]])
    answer = json.loads(json.dumps(as_json(check(content, "a.xlsx", framework), framework)))
    assert list(answer) == ["framework", "version", "file_sha256", "rows", "blocking", "issues"]
    assert (answer["framework"], answer["version"], answer["rows"]) == ("small", "1", 3)
    assert answer["blocking"] == 1
    first = answer["issues"][0]
    assert list(first) == [
        "code", "severity", "sheet", "cells", "unit", "indicator", "found", "expected",
        "message_zh", "message_en",
    ]  # fmt: skip
    assert (first["cells"], first["unit"], first["indicator"]) == (["B2", "B3"], None, "S2")
    assert first["found"] == "142, 150"


def census_framework(columns: list[str]) -> Framework:
    inputs = "".join(
        f"  {column}: {{name: {{zh: {column}, en: {column}}}, unit_of_measure: {{zh: 个, en: n}}, "
        f"measure: {'percent' if column.endswith('_pct') else 'number'}}}\n"
        for column in columns
    )
    return parse_framework(
        "id: census\nversion: 1\nname: {zh: 普查, en: Census}\nsource: {zh: 普查, en: census}\n"
        f"default_period: '2020'\ninputs:\n{inputs}"
        "tree:\n  id: root\n  name: {zh: 总, en: All}\n  weights: equal\n  children:\n"
        "    - id: X\n      name: {zh: 甲, en: X}\n      measure: number\n"
        "      unit_of_measure: {zh: 个, en: n}\n      direction: higher\n"
        "      goalposts: {worst: 0, best: 1, basis: {zh: 无, en: none}}\n"
        "      definition: {zh: 测试, en: test}\n      source: {zh: 测试, en: test}\n"
    )


@pytest.mark.parametrize("name_column", ["name", "census_name"])
def test_the_census_of_2020_goes_through_as_it_is(shared, name_column: str) -> None:
    content = (shared / "data" / "census2020_counties.csv").read_bytes()
    header = next(csv.reader(io.StringIO(content.decode("utf-8"))))
    if name_column == "census_name":  # the names of 2020, thirteen of which have changed
        content = content.replace(b",name,census_name,", b",name_now,name,", 1)
    checked = check(content, "census2020_counties.csv", census_framework(header[5:]))
    assert (checked.rows, checked.blocking, len(checked.values.units)) == (2834, 0, 2834)
    population = checked.values.table.query("indicator == 'population'")["value"]
    assert population.sum() == 1_381_022_131
    differing = cells(checked, "name_differs")
    assert len(differing) == (0 if name_column == "name" else 13)
    assert set(codes(checked)) <= {"blank", "unused_columns", "name_differs"}
    assert len(as_json(checked, census_framework(header[5:]))["issues"]) <= 4


def test_a_claim_without_evidence_is_asked_once_a_sheet_where_evidence_has_a_column(csv_file):
    words = "{zh: 文件, en: document}"
    framework = parse_framework(
        "id: e\nversion: 1\nname: {zh: 证, en: E}\nsource: {zh: 测试, en: test}\n"
        "default_period: '2024'\ntree:\n  id: root\n  name: {zh: 总, en: All}\n"
        "  weights: equal\n  children:\n"
        + "".join(
            f"    - {{id: {id_}, name: {{zh: {id_}名, en: {id_}}}, measure: yes_no,"
            f" unit_of_measure: {{zh: 是/否, en: answer}}, evidence: {words}}}\n"
            for id_ in ("A", "B", "C", "D")
        )
    )
    rows = [
        ["unit", "indicator", "value", "evidence"],
        ["440106", "A", "是", ""],
        ["440106", "B", "否", ""],
        ["440106", "C", "是", "文件3"],
        ["440106", "D", "是", ""],
    ]
    checked = check(csv_file(rows), "a.csv", framework)
    (issue,) = grouped(checked.issues)
    assert (issue.code, issue.severity, issue.cells) == (
        "evidence_missing",
        "confirm",
        ("D2", "D5"),
    )
    without = [row[:3] for row in rows]
    assert not check(csv_file(without), "a.csv", framework).issues
