"""Text tables: encodings, delimiters, quotation marks, lines."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from tests.hostile.making import TABLE, Case, good, refused, text

_NAMED = [["区划代码", "名称", "S2"], ["440106", "天河区", 85], ["440103", "荔湾区", 70]]
_OLD = [["區劃代碼", "名稱", "S2"], ["440106", "天河區", 85], ["440103", "荔灣區", 70]]


def cases() -> Iterator[Case]:
    for case in (*_encodings(), *_delimiters(), *_quotes(), *_shapes()):
        yield Case(case.name, case.content, case.issues, case.told, "upload.csv")


def _encodings() -> Iterator[Case]:
    plain = text(_NAMED)
    for encoding in (
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "gb18030",
        "gbk",
        "gb2312",
    ):
        yield good(f"Chinese in {encoding}", plain.encode(encoding))
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        yield good(f"Chinese in {encoding} with its mark", mark + plain.encode(encoding))
    yield good("Unicode text of Excel", text(_NAMED, "\t").encode("utf-16"))
    heads = text([["adcode", "name", "S2"], *_OLD[1:]]).encode("big5")
    yield good(
        "traditional Chinese in Big5", heads, "read_big5", "name_differs@B2", "name_differs@B3"
    )
    remark = text(
        [["adcode", "S2", "備註"], ["440106", 85, "資料來源：統計局"], ["440103", 70, ""]]
    )
    yield good("a remark in Big5", remark.encode("big5"), "read_big5", "unused_columns@C1")
    rare = text([["adcode", "name", "S2"], ["440106", "天河区", 85], ["440103", "荔湾区", 70]])
    rare += "# 㛃䢺㳇𬇙𫚖\r\n"
    yield good("characters that GBK lacks", rare.encode("gb18030"), "note_row@A4")
    korean = "code,name,S2\n440106,천하구,85\n440103,여만구,70\n".encode("euc-kr")
    yield good("Korean that passes for Chinese", korean, "doubtful_encoding")
    head, *lines = text(_NAMED).splitlines(keepends=True)
    mixed = head.encode() + "".join(lines).encode("gb18030")
    yield refused("a header in UTF-8 over rows in GB18030", mixed, "mixed_encodings@A2")
    mixed = (head + lines[0]).encode("gb18030") + lines[1].encode()
    yield refused("rows in GB18030 and then UTF-8", mixed, "mixed_encodings@A3")
    yield refused("bytes of no encoding", b"adcode,S2\n\xff\xfe\xff,1\n", "unknown_encoding")
    yield refused("half a character at the end", plain.encode() + b"\xe5\x8c", "mixed_encodings@A4")
    yield refused(
        "UTF-16 cut in a character", text(_NAMED).encode("utf-16")[:-1], "unknown_encoding"
    )
    yield refused("UTF-32", text(_NAMED).encode("utf-32-le"), "unknown_format")
    yield refused("a NUL in a cell", text().replace("85", "8\x005").encode(), "csv_nul@A2")


def _delimiters() -> Iterator[Case]:
    for delimiter in (",", ";", "\t", "|"):
        yield good(f"cells divided by {delimiter!r}", text(delimiter=delimiter).encode())
    for delimiter in ("，", "；"):
        yield good(
            f"cells divided by {delimiter}", text(delimiter=delimiter).encode(), "wide_delimiter"
        )
    yield good("a hint at the delimiter", b"sep=;\r\n" + text(delimiter=";").encode())
    sentence = text(
        [["adcode", "S2", "备注"], ["440106", 85, "一，二，三，四"], ["440103", 70, "五，六"]]
    )
    yield good("sentences with wide commas", sentence.encode(), "unused_columns@C1")
    split = text([["adcode", "S2"], ["440106", "1,234"], ["440103", 70]])
    yield Case(
        "a comma for thousands in an unquoted number",
        split.encode(),
        ("ragged_row@A2",),
        {("440103", "S2"): 70.0},
    )
    european = text([["adcode", "S2"], ["440106", "85,0"], ["440103", 70]], ";")
    yield Case(
        "a comma for decimals", european.encode(), ("not_a_number@B2",), {("440103", "S2"): 70.0}
    )


def _quotes() -> Iterator[Case]:
    quoted = 'adcode,S2\n"440106","85"\n"440103",70\n'
    yield good("cells in quotation marks", quoted.encode())
    yield refused(
        "a quotation mark that is not closed", b'adcode,S2\n440106,"85\n440103,70\n', "csv_quote@A2"
    )
    yield refused("letters behind a quotation mark", b'adcode,S2\n"440106"x,85\n', "csv_quote@A2")
    doubled = 'adcode,S2,备注\n440106,85,"say ""hi"""\n440103,70,\n'
    yield good("quotation marks inside", doubled.encode(), "unused_columns@C1")
    broken = 'adcode,备注,S2\n440106,"two\nlines",85\n440103,,701\n'
    yield Case(
        "a line end inside a cell moves the rows below",
        broken.encode(),
        ("unused_columns@B1", "outside_valid@C4"),
        {("440106", "S2"): 85.0},
    )
    formula = 'adcode,S2\n="440106",85\n="440103",70\n'
    yield Case("codes as formulas", formula.encode(), ("*",))


def _shapes() -> Iterator[Case]:
    for name, end in (("CR", "\r"), ("LF", "\n"), ("CRLF", "\r\n")):
        yield good(f"lines that end with {name}", text(end=end).encode())
    yield good("no end of the last line", text().strip().encode())
    yield good("blank lines between", text(end="\n\n,\n").encode())
    short = "adcode,S2,N1\n440106,85,5\n440103,70\n"
    yield Case(
        "a row that is too short",
        short.encode(),
        ("blank@C3",),
        {("440106", "S2"): 85.0, ("440103", "S2"): 70.0, ("440106", "N1"): 5.0},
    )
    yield refused("no header", text(TABLE[1:]).encode(), "no_table")
    yield refused("one word", b"hello", "no_table")
    yield refused("a line of 9 MB without a comma", b"x" * 9_000_000, "csv_broken@A1")
    yield refused("a line of 9 MB of commas", b"adcode" + b",1" * 4_500_000, "far_cell@A1")
    yield refused("4 million rows of one letter", b"a\n" * 4_000_000, "too_many_cells")
    yield refused("a line of 200 MB", b"x" * 200_000_000, "file_too_large")
    numbers = "".join(f"{440100 + n % 7},x\n" for n in range(200_000))
    yield Case("200,000 rows that are all wrong", ("adcode,S2\n" + numbers).encode(), ("*",))
