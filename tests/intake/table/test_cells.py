"""One cell as a value: nothing guessed in silence."""

from __future__ import annotations

from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.framework.fields import Field, Option
from govmaturity.framework.model import Measure, Words
from govmaturity.framework.rules import Bounds
from govmaturity.intake.files.reader import Cell
from govmaturity.intake.table.cells import ERRORS, clean, parse, quick_number

NAME = Words(zh="指标", en="indicator")


def field(measure: Measure, *options: Option) -> Field:
    return Field(
        "F", "indicator", NAME, measure, NAME, Bounds(), Bounds(), None, options, False, False
    )


NUMBER, COUNT, PERCENT, YES_NO = (field(m) for m in ("number", "count", "percent", "yes_no"))
CHOICE = field(
    "choice",
    Option("a", Words(zh="自建", en="own"), 1.0),
    Option("b", Words(zh="共用", en="shared"), 2.0),
)
RUBRIC = field(
    "rubric",
    Option("1", Words(zh="没有", en="nothing"), 1.0),
    Option("2", Words(zh="齐全", en="all"), 2.0),
)


def codes(cell: Cell, of: Field) -> list[str]:
    return [remark.code for remark in parse(cell, of).remarks]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234", 1234.0),
        ("-0.5", -0.5),
        ("+5", 5.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("1.5e3", 1500.0),
        (" 42 ", 42.0),
        ("0.30000000000000004", 0.30000000000000004),
        ("-0", 0.0),
    ],
)
def test_a_plain_number_needs_no_remark(text: str, value: float) -> None:
    parsed = parse(Cell("text", text), NUMBER)
    assert (parsed.value, parsed.status, parsed.remarks) == (value, "reported", ())
    assert str(parsed.value) != "-0.0"


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("９５．５", 95.5, ["read_characters"]),
        ("−5", -5.0, ["read_characters"]),
        ("\u00a012\u200b", 12.0, ["read_characters"]),
        ("1,234", 1234.0, ["read_thousands"]),
        ("1，234，567.5", 1234567.5, ["read_characters", "read_thousands"]),
        ("1 234", 1234.0, ["read_thousands"]),
        ("1\u00a0234", 1234.0, ["read_characters", "read_thousands"]),
        ("12.5万", 125000.0, ["read_ten_thousands"]),
        ("1.1 万", 11000.0, ["read_ten_thousands"]),
    ],
)
def test_what_is_normalised_is_said(text: str, value: float, expected: list[str]) -> None:
    parsed = parse(Cell("text", text), NUMBER)
    assert parsed.value == value
    assert [remark.code for remark in parsed.remarks] == expected
    assert {remark.severity for remark in parsed.remarks} == {"info"}


@pytest.mark.parametrize(
    "text",
    [
        "nan",
        "NaN",
        "inf",
        "-inf",
        "Infinity",
        "1_000",
        "1e400",
        "0x10",
        "1,23",
        "12,34,567",
        "1.2.3",
        "85分",
        "八十五",
        "NA",
        "null",
        "(5)",
        "=1+1",
        "<script>",
        "😀",
        "1.234,5",
        "一千",
    ],
)
def test_what_is_no_number_is_an_error_and_missing(text: str) -> None:
    parsed = parse(Cell("text", text), NUMBER)
    assert (parsed.value, parsed.status) == (None, "missing")
    assert [remark.code for remark in parsed.remarks] == ["not_a_number"]
    assert parsed.is_faulty


def test_blanks_inside_a_number_are_no_thousands() -> None:
    assert codes(Cell("text", "1 2"), NUMBER) == ["not_a_number"]


@pytest.mark.parametrize(
    "text", ["约90", "≥90", "＞90", "90-95", "90～95", "90±2", "90%以上", "近90", "90左右", "约90%"]
)
def test_what_is_not_exact_is_an_error_of_its_own(text: str) -> None:
    assert codes(Cell("text", text), PERCENT) == ["not_exact"]
    assert parse(Cell("text", text), NUMBER).is_faulty


@pytest.mark.parametrize("text", ["2024.1.1", "2024-01-01", "2024年", "2024年3月"])
def test_a_date_in_a_column_of_numbers_is_an_error(text: str) -> None:
    assert codes(Cell("text", text), NUMBER) == ["date_in_number"]
    assert codes(Cell("date", "2024-01-01"), NUMBER) == ["date_in_number"]


@pytest.mark.parametrize("text", ["n/a", "N/A", " Ｎ／Ａ ", "不适用"])
@pytest.mark.parametrize("of", [NUMBER, PERCENT, YES_NO, CHOICE])
def test_not_applicable_is_a_status(text: str, of: Field) -> None:
    assert parse(Cell("text", text), of).status == "not_applicable"


@pytest.mark.parametrize("text", ["*", "＊", "保密"])
def test_suppressed_is_a_status(text: str) -> None:
    assert parse(Cell("text", text), NUMBER).status == "suppressed"


@pytest.mark.parametrize("text", ["暂无", "—", "——", "-", "/", "／", "…", "……", "无数据"])
def test_words_for_missing_are_missing_and_said(text: str) -> None:
    parsed = parse(Cell("text", text), NUMBER)
    assert (parsed.value, parsed.status) == (None, "missing")
    assert [(remark.code, remark.severity) for remark in parsed.remarks] == [
        ("said_missing", "info")
    ]


@pytest.mark.parametrize("of", [NUMBER, YES_NO])
def test_none_may_be_zero_and_is_asked(of: Field) -> None:
    parsed = parse(Cell("text", "无"), of)
    assert (parsed.value, parsed.status, parsed.is_faulty) == (None, "missing", False)
    assert [remark.severity for remark in parsed.remarks] == ["confirm"]


@pytest.mark.parametrize("of", [NUMBER, PERCENT, YES_NO, CHOICE])
def test_errors_and_formulas_without_a_value_are_errors_never_missing(of: Field) -> None:
    assert codes(Cell("error", "#DIV/0!"), of) == ["error_cell"]
    assert codes(Cell("formula_without_value", None), of) == ["formula_without_value"]
    for text in ERRORS:
        assert codes(Cell("text", text), of) == ["error_cell"]


def test_a_blank_cell_is_missing_without_a_word() -> None:
    for cell in (Cell("blank", None), Cell("text", " \u3000"), Cell("text", "\u200b")):
        parsed = parse(cell, NUMBER)
        assert (parsed.value, parsed.status, parsed.remarks) == (None, "missing", ())


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (Cell("number", 85.0), []),
        (Cell("number", 0.85, is_percent=True), ["read_percent_format"]),
        (Cell("text", "85%"), ["read_percent_sign"]),
        (Cell("text", "85 %"), ["read_percent_sign"]),
        (Cell("text", "85％"), ["read_characters", "read_percent_sign"]),
    ],
)
def test_all_ways_to_write_85_per_cent_mean_85(cell: Cell, expected: list[str]) -> None:
    parsed = parse(cell, PERCENT)
    assert parsed.value == 85.0
    assert [remark.code for remark in parsed.remarks] == expected


def test_a_percentage_shown_is_the_percentage_read() -> None:
    assert parse(Cell("number", 0.57, is_percent=True), PERCENT).value == 57.0


def test_per_cent_where_none_is_wanted_is_not_rescaled() -> None:
    assert codes(Cell("text", "85%"), NUMBER) == ["percent_not_expected"]
    parsed = parse(Cell("number", 0.85, is_percent=True), NUMBER)
    assert parsed.value == 0.85
    assert [(r.code, r.severity) for r in parsed.remarks] == [
        ("percent_format_not_expected", "confirm")
    ]


@pytest.mark.parametrize("yes", ["是", "yes", "YES", "true", "1", "１", "√", "✓"])
@pytest.mark.parametrize("no", ["否", "no", "False", "0", "×", "✗"])
def test_yes_and_no_have_many_spellings(yes: str, no: str) -> None:
    assert parse(Cell("text", yes), YES_NO).value == 1.0
    assert parse(Cell("text", no), YES_NO).value == 0.0


def test_yes_and_no_may_be_numbers_or_logical_values() -> None:
    assert parse(Cell("number", 1.0), YES_NO).value == 1.0
    assert parse(Cell("bool", False), YES_NO).value == 0.0
    assert codes(Cell("number", 2.0), YES_NO) == ["not_yes_no"]
    assert codes(Cell("bool", True), NUMBER) == ["not_a_number"]


@pytest.mark.parametrize("text", ["b", "B", "ｂ", "共用", "Shared", "2"])
def test_an_option_is_known_by_code_name_and_number(text: str) -> None:
    assert parse(Cell("text", text), CHOICE).value == 2.0


@pytest.mark.parametrize("text", ["b 共用", "B shared", " ｂ\u3000共用 ", "b  Shared"])
def test_an_option_is_known_by_code_and_name_as_drop_downs_offer_it(text: str) -> None:
    found = parse(Cell("text", text), CHOICE)
    assert (found.value, found.status, found.remarks) == (2.0, "reported", ())


@pytest.mark.parametrize("text", ["a 共用", "b 共", "b共用", "共用 b", "2 共用"])
def test_a_code_with_another_name_is_no_option(text: str) -> None:
    assert codes(Cell("text", text), CHOICE) == ["not_an_option"]


def test_an_option_that_is_not_there_is_an_error() -> None:
    assert parse(Cell("number", 2.0), RUBRIC).value == 2.0
    for cell in (Cell("number", 4.0), Cell("text", "c"), Cell("date", "2024-01-01")):
        assert codes(cell, RUBRIC) == ["not_an_option"]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_comes_back_as_it_was_written(number: float) -> None:
    assert parse(Cell("text", repr(number)), NUMBER).value == number
    assert parse(Cell("number", number), NUMBER).value == number


@given(st.integers(-(10**15), 10**15))
def test_marks_between_thousands_change_nothing(number: int) -> None:
    assert parse(Cell("text", f"{number:,}"), COUNT).value == number
    assert parse(Cell("text", f"{number:,}".replace(",", " ")), COUNT).value == number


CELLS = st.one_of(
    st.builds(Cell, st.just("text"), st.text(max_size=40), st.just(False)),
    st.builds(
        Cell,
        st.just("text"),
        st.from_regex(r"[ 0-9０-９,，.%％万eE+\-−约≥±无/]{1,12}"),
        st.just(False),
    ),
    st.builds(Cell, st.just("number"), st.floats(), st.booleans()),
    st.builds(Cell, st.just("bool"), st.booleans(), st.just(False)),
    st.builds(Cell, st.just("date"), st.dates().map(str), st.just(False)),
)


@given(CELLS, st.sampled_from([NUMBER, COUNT, PERCENT, YES_NO, CHOICE, RUBRIC]))
def test_any_cell_is_read_without_an_exception_and_never_as_infinite(cell: Cell, of: Field) -> None:
    parsed = parse(cell, of)
    assert (parsed.status == "reported") == (parsed.value is not None)
    assert parsed.value is None or isfinite(parsed.value)


@given(CELLS, st.sampled_from([NUMBER, COUNT, PERCENT]))
def test_the_quick_way_gives_what_the_long_way_gives(cell: Cell, of: Field) -> None:
    quick = quick_number(cell, of)
    if quick is not None:
        parsed = parse(cell, of)
        assert parsed.value == quick
        assert [r.code for r in parsed.remarks] == ["read_percent_format"] * cell.is_percent


@given(st.text(max_size=30))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)[0])[0] == clean(text)[0]
