"""What people and programs write into one cell; most in a workbook and as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from tests.hostile.making import TOLD, Case, with_b2

_OTHER = {key: value for key, value in TOLD.items() if key != ("440106", "S2")}
_FORMULA = "<f>1+1</f>"

# What stands in the cell, what is said of it, what is read.
_TYPED: tuple[tuple[str, str, float | None], ...] = (
    ("85%", "read_percent_sign", 85),
    ("85％", "read_characters read_percent_sign", 85),
    ("0.85", "", 0.85),
    ("８５", "read_characters", 85),
    ("８５．５", "read_characters", 85.5),
    ("  85  ", "", 85),
    ("85\u00a0", "", 85),
    ("\u200b85", "read_characters", 85),
    ("\u200f85\u202c", "read_characters", 85),
    ("\ufeff85", "read_characters", 85),
    ("85\u3000", "", 85),
    ("约90", "not_exact", None),
    ("≥90", "not_exact", None),
    ("90-95", "not_exact", None),
    ("90±2", "not_exact", None),
    ("90以上", "not_exact", None),
    ("九十", "not_a_number", None),
    ("85分", "not_a_number", None),
    ("0x10", "not_a_number", None),
    ("8_5", "not_a_number", None),
    ("1e1", "", 10),
    ("nan", "not_a_number", None),
    ("inf", "not_a_number", None),
    ("-inf", "not_a_number", None),
    ("1e400", "not_a_number", None),
    ("1e308", "outside_valid", None),
    ("-1", "outside_valid", None),
    ("−1", "outside_valid read_characters", None),
    ("101", "outside_valid", None),
    ("-0", "", 0),
    ("0", "", 0),
    ("0.30000000000000004e2", "", 30.000000000000004),
    ("—", "said_missing", None),
    ("/", "said_missing", None),
    ("暂无", "said_missing", None),
    ("无", "none_or_zero", None),
    ("不适用", "", None),
    ("N/A", "", None),
    ("*", "", None),
    ("null", "not_a_number", None),
    ("NA", "not_a_number", None),
    ("None", "none_or_zero", None),
    ("2024.1.1", "date_in_number", None),
    ("2024年", "date_in_number", None),
    ("2024-01-01", "date_in_number", None),
    ("#DIV/0!", "error_cell", None),
    ("#N/A", "error_cell", None),
    ("#REF!", "error_cell", None),
    ("#VALUE!", "error_cell", None),
    ("#NAME?", "error_cell", None),
    ("#NUM!", "error_cell", None),
    ("#SPILL!", "error_cell", None),
    ("45292", "outside_valid", None),
    ("x" * 33_000, "not_a_number", None),
    ("85👍", "not_a_number", None),
    ("𬇙", "not_a_number", None),
    ("=cmd|' /C calc'!A0", "not_a_number", None),
    ("+1", "", 1),
    ("@SUM(A1)", "not_a_number", None),
    ('=HYPERLINK("http://a.example","85")', "not_a_number", None),
    ("<script>alert(1)</script>", "not_a_number", None),
    ("[85](javascript:alert(1))", "not_a_number", None),
    ("'; DROP TABLE units; --", "not_a_number", None),
    ("{found}%s%n{0}", "not_a_number", None),
    ("../../etc/passwd", "not_a_number", None),
    ("1，234", "outside_valid read_characters read_thousands", None),
    ("1,234", "outside_valid read_thousands", None),
    ("1 234", "outside_valid read_thousands", None),
    ("12.5万", "outside_valid read_ten_thousands", None),
    ("85\n", "", 85),
    ("8\n5", "not_a_number", None),
)
# Excel's way to write characters that XML does not allow.
_ESCAPED: tuple[tuple[str, str, float | None], ...] = (
    ("8_x000D_5", "not_a_number", None),
    ("85_x000D_", "", 85),
)
# Cells as programs store them.
_STORED: tuple[tuple[str, str, str, float | None], ...] = (
    *(
        (f"the error {error}", f'<c r="B2" t="e"><v>{error}</v></c>', "error_cell", None)
        for error in ("#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")
    ),
    (
        "an error with a formula",
        f'<c r="B2" t="e">{_FORMULA}<v>#SPILL!</v></c>',
        "error_cell",
        None,
    ),
    ("an error without a name", '<c r="B2" t="e"/>', "error_cell", None),
    ("a formula with its value", f'<c r="B2">{_FORMULA}<v>85</v></c>', "", 85),
    ("a formula without a value", f'<c r="B2">{_FORMULA}</c>', "formula_without_value", None),
    (
        "a formula with a blank value",
        f'<c r="B2">{_FORMULA}<v/></c>',
        "formula_without_value",
        None,
    ),
    ("a formula that refers to itself", '<c r="B2"><f>B2</f></c>', "formula_without_value", None),
    (
        "a shared formula without a value",
        '<c r="B2"><f t="shared" si="0"/></c>',
        "formula_without_value",
        None,
    ),
    ("a text that a formula gives", f'<c r="B2" t="str">{_FORMULA}<v>85</v></c>', "", 85),
    ("no text, given by a formula", f'<c r="B2" t="str">{_FORMULA}<v></v></c>', "blank", None),
    ("a number that is a word", '<c r="B2"><v>eighty</v></c>', "not_a_number", None),
    ("a number in wide digits", '<c r="B2"><v>８５</v></c>', "read_characters", 85),
    ("a truth", '<c r="B2" t="b"><v>1</v></c>', "not_a_number", None),
    ("a truth shown as per cent", '<c r="B2" s="1" t="b"><v>1</v></c>', "not_a_number", None),
    ("a date of ISO", '<c r="B2" t="d"><v>2024-01-01</v></c>', "date_in_number", None),
    (
        "rich text",
        '<c r="B2" t="inlineStr"><is><r><rPr><b/></rPr><t>8</t></r><r><t>5</t></r></is></c>',
        "",
        85,
    ),
    (
        "small print above a text",
        '<c r="B2" t="inlineStr"><is><t>85</t><rPh sb="0" eb="1"><t>99</t></rPh></is></c>',
        "",
        85,
    ),
    ("a number that is infinite", '<c r="B2"><v>1e400</v></c>', "not_a_number", None),
    ("a number that is none", '<c r="B2"><v>NaN</v></c>', "not_a_number", None),
    ("a number near the largest", '<c r="B2"><v>1e308</v></c>', "outside_valid", None),
    (
        "a number near the largest, shown as per cent",
        '<c r="B2" s="1"><v>1e308</v></c>',
        "not_a_number",
        None,
    ),
    ("minus zero", '<c r="B2"><v>-0</v></c>', "", 0),
    (
        "noise in the last digits",
        '<c r="B2"><v>0.30000000000000004</v></c>',
        "",
        0.30000000000000004,
    ),
    ("a share shown as per cent", '<c r="B2" s="1"><v>0.85</v></c>', "read_percent_format", 85),
    (
        "85 shown as 8500 %",
        '<c r="B2" s="1"><v>85</v></c>',
        "outside_valid read_percent_format",
        None,
    ),
    ("a number after its format", '<c s="1" r="B2"><v>0.85</v></c>', "read_percent_format", 85),
    ("a format in odd marks", "<c r='B2' s = '1'><v>0.85</v></c>", "read_percent_format", 85),
)


def cases() -> Iterator[Case]:
    for typed, codes, value in (*_TYPED, *_ESCAPED):
        yield _case(
            f"{_name(typed)} typed into a workbook", with_b2(typed), "Data!B2", codes, value
        )
    for typed, codes, value in _TYPED:
        content = _csv([["adcode", "S2"], ["440106", typed], ["440103", "70"]])
        if typed.strip():
            yield _case(f"{_name(typed)} in a csv", content, "B2", codes, value, "a.csv")
    for name, stored, codes, value in _STORED:
        yield _case(f"{name} in a workbook", with_b2(stored), "Data!B2", codes, value)
    number = '<c r="B2" s="1"><v>0.85</v></c>'
    content = with_b2(number, heading="N1")
    issue = "percent_format_not_expected@Data!B2"
    told = {("440106", "N1"): 0.85, ("440103", "N1"): 70.0}
    yield Case("per cent shown where none belongs", content, (issue,), told)


def _case(
    name: str, content: bytes, at: str, codes: str, value: float | None, file: str = "upload.xlsx"
) -> Case:
    told = _OTHER if value is None else _OTHER | {("440106", "S2"): float(value)}
    return Case(name, content, tuple(f"{code}@{at}" for code in codes.split()), told, file)


def _csv(rows: list[list[str]]) -> bytes:
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    return target.getvalue().encode()


def _name(typed: str) -> str:
    shown = typed if len(typed) < 40 else f"{typed[:10]}... of {len(typed)} characters"
    return shown.encode("unicode_escape").decode() if not shown.isprintable() else shown
