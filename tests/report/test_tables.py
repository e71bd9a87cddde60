"""Tables as files: the same figures in each format, text that stays text."""

from __future__ import annotations

import csv
import io
import json
import math
import zipfile

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.report.tables import (
    FORMATS,
    MIME,
    as_csv,
    as_file,
    as_json,
    as_parquet,
    as_xlsx,
    made_at,
)

TABLE = pd.DataFrame(
    {
        "unit": ["荔湾区", 'b, "c"', "d\ne"],
        "score": [0.1 + 0.2, math.nan, 1e-9],
        "rank": pd.array([1, None, 2], dtype="Int32"),
        "is_late": [True, False, True],
    }
)


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_csv_has_unrounded_figures_and_blanks():
    assert rows_of(as_csv(TABLE)) == [
        ["unit", "score", "rank", "is_late"],
        ["荔湾区", "0.30000000000000004", "1", "True"],
        ['b, "c"', "", "", "False"],
        ["d\ne", "1e-09", "2", "True"],
    ]


def test_a_byte_order_mark_stands_before_text_beyond_ascii_alone():
    assert as_csv(TABLE).startswith(b"\xef\xbb\xbf")
    assert as_csv(TABLE[["score"]]) == b'score\n0.30000000000000004\n""\n1e-09\n'


def test_json_has_null_for_what_is_not_there():
    rows = json.loads(as_json(TABLE))
    assert rows[0] == {"unit": "荔湾区", "score": 0.1 + 0.2, "rank": 1, "is_late": True}
    assert (rows[1]["score"], rows[1]["rank"]) == (None, None)


def test_parquet_keeps_types():
    back = pd.read_parquet(io.BytesIO(as_parquet(TABLE)))
    assert [str(kind) for kind in back.dtypes[1:]] == ["float64", "Int32", "bool"]
    assert np.array_equal(back["score"], TABLE["score"], equal_nan=True)


def test_a_workbook_has_a_header_that_stays_and_filters():
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx({"One": TABLE, "Two": TABLE.iloc[:0]})))
    assert book.sheetnames == ["One", "Two"]
    sheet = book["One"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:D4")
    assert [cell.value for cell in sheet[2]] == ["荔湾区", pytest.approx(0.3), 1, True]
    assert [cell.value for cell in sheet[3]] == ['b, "c"', None, None, False]
    assert [cell.value for cell in book["Two"][1]] == list(TABLE.columns)


FORMULAS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "http://x.y"]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_never_becomes_a_formula_or_a_link(text: str):
    table = pd.DataFrame({"name": [text]})
    ((_,), (written,)) = rows_of(as_csv(table))
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert written.removeprefix("'") == text.replace("\r", "\n")
    content = as_xlsx({"Data": table})
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
        assert b"hyperlink" not in sheet
    cell = openpyxl.load_workbook(io.BytesIO(content))["Data"]["A2"]
    assert cell.data_type == "s"
    assert json.loads(as_json(table)) == [{"name": text}]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_line_end_inside_a_text_ends_no_row(end: str):
    content = as_csv(pd.DataFrame({"name": [f"a{end}b", "c"]}))
    assert rows_of(content) == [["name"], ["a\nb"], ["c"]]
    assert b"\r" not in content


def test_a_negative_figure_is_a_figure_and_gets_no_apostrophe():
    assert as_csv(pd.DataFrame({"x": [-1.5]})) == b"x\n-1.5\n"


def test_a_title_never_becomes_a_formula_either():
    header = rows_of(as_csv(pd.DataFrame({"=1+1": [1]})))[0]
    assert header == ["'=1+1"]


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_table_gives_the_same_bytes(format_: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert as_file(TABLE, format_) == as_file(TABLE.copy(), format_)
    assert format_ in MIME


@pytest.mark.parametrize("format_", FORMATS)
def test_a_table_without_rows_is_a_file(format_: str):
    assert as_file(TABLE.iloc[:0], format_)
    assert json.loads(as_json(TABLE.iloc[:0])) == []


def test_the_time_is_that_of_the_setting(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert made_at() is None
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert str(made_at()) == "1970-01-01 00:00:00"


def test_infinity_is_refused_in_json():
    with pytest.raises(ValueError, match="Out of range"):
        as_json(pd.DataFrame({"x": [math.inf]}))


@given(st.lists(st.floats(allow_infinity=False, width=64), min_size=1, max_size=5))
def test_every_figure_comes_back_to_the_last_bit(numbers: list[float]):
    table = pd.DataFrame({"x": np.array(numbers, dtype=np.float64), "y": 1})
    back = [float(row[0]) if row[0] else math.nan for row in rows_of(as_csv(table))[1:]]
    assert np.array_equal(back, numbers, equal_nan=True)
    again = [row["x"] for row in json.loads(as_json(table))]
    assert np.array_equal([math.nan if x is None else x for x in again], numbers, equal_nan=True)
