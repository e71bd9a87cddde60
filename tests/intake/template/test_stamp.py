"""The version sheet: what is written is read, and what is changed by hand is noticed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.intake.files.reader import Row, Sheet, Workbook, read
from govmaturity.intake.template.stamp import MARK, Stamp, read_stamp

MADE = Stamp(
    "small",
    "1",
    "ab" * 32,
    "2024-Q3",
    "政务局",
    "wide",
    (("440105", "海珠区"), ("440106", "天河区")),
    ("S2", "C1.plan", "P1"),
    "2023",
    {("440105", "S2"): 0.1 + 0.2, ("440106", "P1"): 3.0},
)
word = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=12
).map(lambda text: " ".join(text.split()))
name = word.filter(bool)


def workbook(rows: Sequence[Sequence[str]], sheet: str = "版本") -> Workbook:
    """As the reader gives it: blank cells hold nothing, none at the end of a row."""
    made = []
    for number, cells in enumerate(rows, start=1):
        contents = [cell or None for cell in cells]
        while contents and contents[-1] is None:
            contents.pop()
        made.append(Row(number, contents))
    return Workbook((Sheet("数据", ()), Sheet(sheet, tuple(made), is_hidden=True)))


@given(
    units=st.lists(st.tuples(name, word), min_size=1, max_size=4, unique_by=lambda unit: unit[0]),
    ids=st.lists(name, min_size=1, max_size=4, unique=True),
    values=st.lists(st.none() | st.floats(allow_nan=False, allow_infinity=False), max_size=16),
    reporter=st.none() | name,
)
def test_what_is_written_is_read(
    units: list[tuple[str, str]],
    ids: list[str],
    values: list[float | None],
    reporter: str | None,
):
    places = [(unit, id_) for unit, _ in units for id_ in ids]
    last = {place: value for place, value in zip(places, values, strict=False) if value is not None}
    made = replace(
        MADE,
        units=tuple(units),
        fields=tuple(ids),
        last=last,
        last_period="2023" if last else "",
        reporter=reporter,
    )
    assert read_stamp(workbook(made.rows())) == made


@given(data=st.data())
def test_any_change_by_hand_is_noticed(data: st.DataObject):
    rows = [list(row) for row in MADE.rows()]
    row = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(1, len(rows[row]) - 1)) if len(rows[row]) > 1 else 0
    other = data.draw(name.filter(lambda text: text != rows[row][column]))
    rows[row][column] = other
    found = read_stamp(workbook(rows))
    assert found is None or not found.is_intact


@pytest.mark.parametrize("left_out", range(len(MADE.rows())))
def test_a_row_that_is_gone_is_noticed(left_out: int):
    rows = [row for place, row in enumerate(MADE.rows()) if place != left_out]
    found = read_stamp(workbook(rows))
    assert found is None or not found.is_intact


def test_a_sheet_of_another_name_is_found_by_its_mark():
    assert read_stamp(workbook(MADE.rows(), "Sheet9")) == MADE


def test_a_file_like_any_other_has_no_stamp():
    assert read_stamp(Workbook((Sheet("Data", ()),))) is None
    assert read_stamp(workbook([[MARK, "1"]])) is None
    assert read_stamp(workbook([[MARK, "1"], ["period", "24"], ["layout", "wide"]])) is None


@pytest.mark.parametrize("text", ["nan", "inf", "1e999", "eleven", "1_0x"])
def test_last_values_that_are_no_numbers_are_left_out(text: str):
    rows = [list(row) for row in MADE.rows()]
    row = next(row for row in rows if row[0] == "last")
    row[2] = text
    found = read_stamp(workbook(rows))
    assert found is not None
    assert ("440105", "S2") not in found.last
    assert not found.is_intact


def test_the_stamp_of_a_template_is_read_from_the_file(wide: bytes, one: bytes):
    found = read_stamp(read(wide))
    assert found is not None
    assert found.is_intact
    assert (found.framework, found.period, found.layout) == ("small", "2024", "wide")
    assert found.last_period == "2023"
    assert found.last == {
        ("440105", "S2"): 22.5,
        ("440105", "S3"): 22.5,
        ("440106", "S2"): 22.5,
        ("440106", "S3"): 22.5,
        ("440106", "P1"): 2.0,
        ("440106", "C1.plan"): 1.0,
    }
    single = read_stamp(read(one))
    assert single is not None
    assert (single.layout, single.units) == ("one_unit", (("440106", "天河区"),))
