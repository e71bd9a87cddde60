"""What is searched for in the bytes of a sheet."""

from __future__ import annotations

import pytest

from govmaturity.intake.files import limits
from govmaturity.intake.files.refused import RefusedError
from govmaturity.intake.files.soundness import check_extent, refuse_entities, refuse_interrupted
from govmaturity.intake.files.worksheet import (
    column_letters,
    column_number,
    hidden_from_readers,
    percent_styles,
    plain_names,
    with_known_errors,
    with_places,
)

NO_STYLES: frozenset[int] = frozenset()


def test_columns_have_letters_and_numbers() -> None:
    for number in (1, 26, 27, 702, 703, 16384):
        assert column_number(column_letters(number).encode()) == number


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="XFD1048576"><v>1</v></c>',
        b"<c r='XFD1048576' t='s'><v>1</v></c>",
        b'<c r="xfd1" s="1"><f>1</f></c>',
        b'<c r="A1048576" t="inlineStr"><is><t>x</t></is></c>',
        b'<c r="KN20001"><v/></c>',
    ],
)
def test_a_used_cell_too_far_out_is_refused(cell: bytes) -> None:
    with pytest.raises(RefusedError, match="far_cell"):
        check_extent(with_places(b"<row>" + cell + b"</row>"), "Data")


def test_cells_that_are_only_styled_may_go_on_to_the_last_row() -> None:
    check_extent(b'<c r="XFD1048576" s="3"/><c r="A1048576" s="3"></c>', "Data")


def test_the_limit_holds_across_pieces() -> None:
    row = b'<row r="1">' + b'<c r="A1"><v>1</v></c>' * 1000 + b"</row>"
    part = row * (5 * limits.MB // len(row)) + b'<row r="9"><c r="ZZZ9"><v>1</v></c></row>'
    with pytest.raises(RefusedError, match="far_cell"):
        check_extent(part, "Data")


def test_too_many_cells_are_refused() -> None:
    part = b'<c r="A1"><v/></c>' * (limits.MAX_CELLS + 1)
    with pytest.raises(RefusedError, match="too_many_cells"):
        check_extent(part, "Data")


def test_cells_without_a_place_get_one() -> None:
    part = (
        b'<row r="3"><c><v>1</v></c><c s="2" r="D3" t="e"><v>#N/A</v></c><c/></row>'
        b'<row><c t="e"><v>#REF!</v></c></row>'
    )
    found = hidden_from_readers(with_places(part), frozenset({2}))
    assert found.errors == {(3, 4): "#N/A", (4, 1): "#REF!"}
    assert found.percents == {3: frozenset({4})}
    assert b'<c r="E3"/>' in with_places(part)


def test_names_with_a_prefix_are_searched_too() -> None:
    part = (
        b'<x:worksheet xmlns:x="y"><x:row r="1" hidden="1">'
        b'<x:c r="A1" t="e"><x:v>#N/A</x:v></x:c></x:row></x:worksheet>'
    )
    found = hidden_from_readers(plain_names(part), NO_STYLES)
    assert found.errors == {(1, 1): "#N/A"}
    assert found.rows == {1}


@pytest.mark.parametrize(
    ("cell", "is_without"),
    [
        (b'<c r="B2"><f>A1</f><v></v></c>', True),
        (b'<c r="B2"><f>A1</f><v/></c>', True),
        (b'<c r="B2"><f t="shared" si="0"/></c>', True),
        (b'<c r="B2" s="1"><f>A1</f><v>5</v></c>', False),
        (b'<c r="B2" t="str"><f>A1</f><v></v></c>', False),
        (b'<c r="A2"><f>A1</f><v>5</v></c><c r="B2"><v/></c>', False),
    ],
)
def test_a_formula_without_a_result_is_found(cell: bytes, is_without: bool) -> None:
    assert (hidden_from_readers(cell, NO_STYLES).formulas == {(2, 2)}) == is_without


def test_hidden_rows_and_columns_are_found() -> None:
    part = (
        b'<cols><col min="3" max="4" hidden="1"/><col min="6" max="6"/></cols>'
        b'<row r="2" hidden="true"/><row r="3"/>'
    )
    found = hidden_from_readers(part, NO_STYLES)
    assert (found.rows, found.columns) == ({2}, {3, 4})


def test_styles_that_show_per_cent_are_found() -> None:
    part = b"""<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0%"/>
      <numFmt numFmtId="165" formatCode="0&quot;%&quot;"/>
      <numFmt numFmtId="166" formatCode="0\\%"/></numFmts>
      <cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
      <cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="10"/><xf numFmtId="164"/>
      <xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>"""
    assert percent_styles(part) == {1, 2, 3}


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "xml_entities"),
        (b"<!doctype x><x/>", "xml_entities"),
        ("<x/>".encode("utf-16"), "broken_file"),
        (b'<?xml version="1.0" encoding="UTF-7"?><x/>', "broken_file"),
    ],
)
def test_declarations_and_other_encodings_are_refused(part: bytes, code: str) -> None:
    with pytest.raises(RefusedError, match=code):
        refuse_entities(part, "sheet1.xml")


@pytest.mark.parametrize(
    "value",
    [b"<v>8<!-- -->5</v>", b"<v><![CDATA[85]]></v>", b"<v>&#56;5</v>", b"<v>8</v><v>5</v>"],
)
def test_a_value_in_which_readers_lose_the_thread_is_refused(value: bytes) -> None:
    part = b'<worksheet><row r="1"><c r="A1">' + value + b"</c></row></worksheet>"
    with pytest.raises(RefusedError, match="broken_file"):
        refuse_interrupted(part, "sheet1.xml")
    plain = b'<!-- made --><worksheet><c r="A1" t="str"><v>a&amp;b</v></c></worksheet>'
    refuse_interrupted(plain, "sheet1.xml")


def test_a_cell_that_stands_twice_is_named() -> None:
    part = b'<c r="A1"><v>1</v></c><c r="B1"><v>1</v></c><c r="a1"><v>2</v></c>'
    with pytest.raises(RefusedError) as caught:
        check_extent(part, "Data")
    assert (caught.value.code, caught.value.cell) == ("broken_file", "A1")


def test_errors_that_readers_do_not_know_get_a_known_name() -> None:
    part = b'<c r="A1" t="e"><f>B1#</f><v>#SPILL!</v></c><c r="A2" t="e"><v>#N/A</v></c>'
    assert with_known_errors(part) == part.replace(b"#SPILL!", b"#VALUE!")


@pytest.mark.parametrize("style", [b's="2"', b"s='2'", b's = "2"', b't="n" s="2"'])
def test_per_cent_is_found_however_the_style_is_written(style: bytes) -> None:
    part = b'<c r="A1" s="2"><v>1</v></c><c r="B1" ' + style + b"><v>1</v></c>"
    assert hidden_from_readers(part, frozenset({2})).percents == {1: frozenset({1, 2})}
