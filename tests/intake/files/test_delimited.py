"""Text tables: encodings, delimiters, lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.intake.files.delimited import decode, read, rows
from govmaturity.intake.files.refused import RefusedError


def test_utf8_comes_before_gb18030() -> None:
    assert decode("区划代码".encode()) == ("区划代码", "utf-8")
    assert decode("\ufeff区划代码".encode()) == ("区划代码", "utf-8")
    assert decode("区划代码".encode("gb18030")) == ("区划代码", "gb18030")
    assert decode("区划代码".encode("utf-16")) == ("区划代码", "utf-16")


def test_characters_of_place_names_that_gbk_lacks_are_read() -> None:
    text = "㛃䢺㳇𬇙𫚖"
    assert decode(text.encode("gb18030"))[0] == text


HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
COMMON = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5, codec="gb2312")


@given(st.text(HAN, max_size=100), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]))
def test_unicode_comes_out_again(text: str, encoding: str) -> None:
    whole = f"code,{text}\n440106,1\n"
    assert decode(whole.encode(encoding))[0] == whole


@given(st.text(COMMON))
def test_common_chinese_comes_out_of_gb18030_again(text: str) -> None:
    whole = f"区划代码,{text}\n440106,1\n"
    assert decode(whole.encode("gb18030"))[0] == whole


def test_chinese_that_passes_for_cyrillic_is_not_taken_for_it() -> None:
    assert decode("code,一一\n".encode("gb18030")) == ("code,一一\n", "gb18030")
    assert decode("code,m²·°C\n".encode()) == ("code,m²·°C\n", "utf-8")


def test_of_a_few_rare_characters_nobody_can_tell_the_encoding() -> None:
    with pytest.raises(RefusedError, match="unknown_encoding"):
        decode("code,河\n".encode("big5"))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_needs_no_mark(encoding: str) -> None:
    text = "区划代码,名称,S2\n440106,天河区,85\n"
    assert decode(text.encode(encoding)) == (text, encoding)


def test_big5_is_told_from_gb18030_by_its_rare_characters() -> None:
    text = "區劃代碼,名稱\n440106,天河區\n"
    assert decode(text.encode("big5")) == (text, "big5")
    # Traditional characters that GBK has are no reason to think of Big5.
    assert decode(text.encode("gb18030")) == (text, "gb18030")


def test_the_first_line_in_another_encoding_is_named() -> None:
    lines = ["区划代码,S2\n".encode(), b"1,2\n", "天河区,3\n".encode("gb18030")]
    with pytest.raises(RefusedError) as caught:
        decode(b"".join(lines))
    assert (caught.value.code, caught.value.cell) == ("mixed_encodings", "A3")


def test_wide_commas_divide_only_what_nothing_else_does() -> None:
    assert rows("code，S2\n440106，85\n") == [(1, ["code", "S2"]), (2, ["440106", "85"])]
    assert read("code，S2\n1，2\n".encode())["remarks"] == ["wide_delimiter"]
    assert rows("code,note\n1,一，二，三\n")[1] == (2, ["1", "一，二，三"])


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
