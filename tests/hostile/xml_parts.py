"""What can be wrong inside the XML of a workbook."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.making import (
    MAIN,
    TABLE,
    Case,
    book,
    good,
    grid,
    parts,
    refused,
    row,
    sheet,
    zipped,
)

_HEAD = '<?xml version="1.0"?>'
_SHEET = "xl/worksheets/sheet1.xml"


def cases() -> Iterator[Case]:
    yield from _declarations()
    yield from _broken()
    yield from _interrupted()
    yield from _places()


def _with_sheet(part: bytes) -> bytes:
    return zipped(parts() | {_SHEET: part})


def _declarations() -> Iterator[Case]:
    laughs = '<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    body = sheet(row(1, '<c r="A1" t="str"><v>&i;</v></c>')).decode()
    quadratic = f'<!ENTITY a "{"a" * 50_000}">'
    for name, declared in (
        ("a billion laughs", f"<!DOCTYPE x [{laughs}]>"),
        ("an entity that grows with the square", f"<!DOCTYPE x [{quadratic}]>"),
        ("an entity that reads a file", '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/hostname">]>'),
        ("an entity that asks a server", '<!DOCTYPE x [<!ENTITY i SYSTEM "http://a.example/">]>'),
        ("a document type and nothing else", "<!DOCTYPE worksheet>"),
        ("a document type in small letters", "<!doctype worksheet>"),
    ):
        content = _with_sheet((_HEAD + declared + body).encode())
        yield refused(name, content, "xml_entities")
    for part in ("xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "docProps/core.xml"):
        declared = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
        content = zipped(parts() | {part: declared})
        yield refused(f"an entity in {part}", content, "xml_entities")


def _broken() -> Iterator[Case]:
    whole = parts()[_SHEET]
    for name, part in (
        ("a sheet cut in its XML", whole[: len(whole) - 60]),
        ("a sheet of no bytes", b""),
        ("a sheet with an element not closed", whole.replace(b"</row>", b"", 1)),
        ("a sheet in UTF-16", whole.decode().encode("utf-16")),
        ("a sheet that says it is in GBK", b'<?xml version="1.0" encoding="GBK"?>' + whole),
        ("bytes in a sheet that are not UTF-8", whole.replace(b"440106", b"4401\xff6")),
        ("a control character in a sheet", whole.replace(b"440106", b"4401\x016")),
        ("a NUL in a sheet", whole.replace(b"440106", b"4401\0")),
        ("an entity that nobody has declared", whole.replace(b"440106", b"&nbsp;440106")),
        ("a kind of cell that does not exist", whole.replace(b'r="B2"', b'r="B2" t="weird"')),
    ):
        yield refused(name, _with_sheet(part), "broken_file")
    deep = b"<x>" * 200_000 + b"</x>" * 200_000
    yield good("elements nested 200,000 deep", zipped(parts() | {"docProps/app.xml": deep}))
    many = " ".join(f'a{number}="1"' for number in range(100_000))
    wide = whole.replace(b'<c r="B2"', f'<c r="B2" {many}'.encode())
    yield good("a cell with 100,000 attributes", _with_sheet(wide))
    root = f'<worksheet xmlns="{MAIN}"/>'.encode()
    yield refused("a sheet without cells", _with_sheet(root), "no_table")
    yield good("attributes in other marks", _with_sheet(whole.replace(b'"', b"'")))
    yield good("spaces and line ends in tags", _with_sheet(whole.replace(b"<c ", b"<c\r\n\t ")))


def _interrupted() -> Iterator[Case]:
    whole = parts()[_SHEET]
    for name, value in (
        ("a number with a comment inside", b"<v>8<!-- 9 -->5<"),
        ("a number as plain characters", b"<v><![CDATA[85]]><"),
        ("a number with an instruction inside", b"<v>8<?x 9?>5<"),
        ("a number of references to characters", b"<v>1&#56;5<"),
        ("a cell with two values", b"<v>1</v><v>85<"),
    ):
        content = _with_sheet(whole.replace(b"<v>85<", value))
        yield refused(name, content, "broken_file")
    yield good("a comment before the sheet", _with_sheet(b"<!-- by a system -->" + whole))


def _places() -> Iterator[Case]:
    twice = grid(TABLE) + row(4, '<c r="B2"><v>99</v></c>')
    yield refused("a cell that stands twice", book(twice), "broken_file@Data!B2")
    twice = twice.replace('r="B2"><v>99', 'r="b2"><v>99')
    yield refused("a cell that stands twice in other letters", book(twice), "broken_file@Data!B2")
    unsorted = row(3, "440103", 70) + row(1, "adcode", "S2") + row(2, "440106", 85)
    yield good("rows out of order", book(unsorted))
    mixed = '<row r="2"><c r="B2"><v>85</v></c><c r="A2"><v>440106</v></c></row>'
    yield good("cells out of order", book(row(1, "adcode", "S2") + mixed + row(3, "440103", 70)))
    bare = grid(TABLE).replace(' r="A', ' x="A').replace(' r="B', ' x="B')
    yield good("cells without a place", book(bare))
    yield good("rows without a number", book(bare.replace("<row r=", "<row x=")))
    wrong = grid(TABLE).replace('<row r="2">', '<row r="9">')
    yield good("a row with another number than its cells", book(wrong))
    odd = book(before='<dimension ref="nonsense"/>')
    yield refused("a size declared that is none", odd, "broken_file")
    for dimension in ("A1", "A1:XFD1048576"):
        content = book(before=f'<dimension ref="{dimension}"/>')
        yield good(f"the size {dimension} declared", content)
    far = grid(TABLE) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    yield refused("a cell in the last corner", book(far), "far_cell@Data!XFD1048576")
    wide = grid(TABLE) + '<row r="4"><c r="XFD4"><v>1</v></c></row>'
    yield refused("a cell in the last column", book(wide), "far_cell@Data!XFD4")
    beyond = grid(TABLE) + '<row r="4"><c r="ZZZZZZ99999999"><v>1</v></c></row>'
    yield refused("a cell beyond every sheet", book(beyond), "far_cell@Data!ZZZZZZ99999999")
    far = grid(TABLE) + '<row r="240000"><c r="AZ240000"><v>1</v></c></row>'
    yield refused("a cell that makes the rectangle too large", book(far), "far_cell@Data!AZ240000")
    zero = grid(TABLE) + '<row r="0"><c r="A0"><v>1</v></c></row>'
    yield refused("a cell in row zero", book(zero), "broken_file")
