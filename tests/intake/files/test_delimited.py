"""Text tables: encodings, delimiters, lines."""

from __future__ import annotations

import pytest

from govmaturity.intake.files.delimited import RefusedError, decode, rows


def test_utf8_comes_before_gb18030() -> None:
    assert decode("区划代码".encode()) == ("区划代码", "utf-8")
    assert decode("\ufeff区划代码".encode()) == ("区划代码", "utf-8")
    assert decode("区划代码".encode("gb18030")) == ("区划代码", "gb18030")
    assert decode("区划代码".encode("utf-16")) == ("区划代码", "utf-16")


def test_characters_of_place_names_that_gbk_lacks_are_read() -> None:
    text = "㛃䢺㳇𬇙𫚖"
    assert decode(text.encode("gb18030"))[0] == text


def test_bytes_of_no_encoding_are_refused() -> None:
    with pytest.raises(RefusedError, match="unknown_encoding"):
        decode(b"code,\xff\xfe\xff\xff\n")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = "数据表\n" + "\n".join(delimiter.join(["440106", "1", "2"]) for _ in range(5))
    assert rows(text)[1] == (2, ["440106", "1", "2"])


def test_excels_hint_names_the_delimiter_and_is_no_row() -> None:
    assert rows("sep=;\ncode;S2\n440106;1,5\n") == [(2, ["code", "S2"]), (3, ["440106", "1,5"])]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_keep_the_number_of_their_line(end: str) -> None:
    text = end.join(["code,note", "", '1,"two', 'lines"', " , ", "2,x", ""])
    assert [(number, len(cells)) for number, cells in rows(text)] == [(1, 2), (3, 2), (6, 2)]


@pytest.mark.parametrize(
    ("text", "code", "cell"),
    [
        ('a,b\n1,"2\n3,4\n', "csv_quote", "A2"),
        ('a,b\n"1"2,3\n', "csv_quote", "A2"),
        ("a,b\n1,\0\n", "csv_nul", "A2"),
        ("a\n" + "x" * 200_000, "csv_broken", "A2"),
        ("a\n" + "," * 400 + "1", "far_cell", "A2"),
    ],
)
def test_what_cannot_be_divided_is_refused_at_its_line(text: str, code: str, cell: str) -> None:
    with pytest.raises(RefusedError) as caught:
        rows(text)
    assert (caught.value.code, caught.value.cell) == (code, cell)
