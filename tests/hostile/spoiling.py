"""Good files, spoilt at random, each from a seed and its number alone."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tests.hostile.making import TABLE, Parts, parts, text, zipped
from tests.hostile.making_others import ods, ods_content, ods_row, xls, xls_number, xls_rows

_ROWS: Final = [
    ["adcode", "name", "period", "S2", "N1"],
    ["440106", "天河区", "2024", 85, 12],
    ["440103", "荔湾区", "2024", 0.7, "1,234"],
    ["440104", "越秀区", "2024", "85%", None],
    ["440105", "海珠区", "2023", "n/a", 1e5],
    ["合计", None, None, 99, 3],
]
_ODD: Final = (
    "",
    "-1",
    "99999999999999999999",
    "1e400",
    "NaN",
    "XFD1048576",
    "A0",
    "�",
    "\U0010ffff",
    "\u202e",
    "￾",
    "&#0;",
    "&amp;",
    "]]>",
    "<!--",
    "$",
    "e",
    "s",
    "str",
    "true",
)
_ENCODINGS: Final = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5", "latin-1")
_BIT: Final = 8


@dataclass(frozen=True)
class Spoilt:
    """A file and how it was spoilt."""

    kind: str
    content: bytes
    file: str


def spoilt(seed: int, number: int) -> Spoilt:
    """Make one case; the same numbers give the same bytes."""
    chance = random.Random(f"{seed}:{number}")
    kind = chance.choice(list(_KINDS))
    file, content = _KINDS[kind](chance)
    return Spoilt(kind, content, file)


# How bytes are spoilt -------------------------------------------------------------------------


def _bytes(chance: random.Random, content: bytes) -> bytes:
    found = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        if not found:
            break
        at = chance.randrange(len(found))
        size = chance.choice((1, 1, 2, 8, 100))
        match chance.randrange(6):
            case 0:
                found[at] ^= 1 << chance.randrange(_BIT)
            case 1:
                found[at : at + size] = chance.randbytes(size)
            case 2:
                del found[at : at + size]
            case 3:
                found[at:at] = found[at : at + size]
            case 4:
                found[at : at + size] = bytes(min(size, len(found) - at))
            case _:
                del found[at:]
    return bytes(found)


def _text(chance: random.Random, content: str) -> str:
    for _ in range(chance.choice((1, 2, 4))):
        at = chance.randrange(len(content) + 1)
        size = chance.choice((0, 1, 3, 30))
        put = chance.choice((*_ODD, chr(chance.randrange(1, 0xD800)), content[at : at + 50]))
        content = content[:at] + put + content[at + size :]
    return content


# Kinds of cases -------------------------------------------------------------------------------


def _workbook(chance: random.Random) -> Parts:
    made = "".join(
        f'<row r="{n}">'
        + "".join(_cell(chance, f"{'ABCDE'[place]}{n}", value) for place, value in enumerate(row))
        + "</row>"
        for n, row in enumerate(_ROWS, start=1)
    )
    return parts(made)


def _cell(chance: random.Random, ref: str, value: object) -> str:
    style = chance.choice(("", "", ' s="1"'))
    if value is None:
        return f'<c r="{ref}"{style}/>'
    if isinstance(value, str):
        return f'<c r="{ref}" t="inlineStr"><is><t>{value}</t></is></c>'
    formula = chance.choice(("", "", "<f>1+1</f>"))
    return f'<c r="{ref}"{style}>{formula}<v>{value}</v></c>'


def _archive_bytes(chance: random.Random) -> tuple[str, bytes]:
    method = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    return "a.xlsx", _bytes(chance, zipped(_workbook(chance), method))


def _archive_entries(chance: random.Random) -> tuple[str, bytes]:
    entries = _workbook(chance)
    for _ in range(chance.choice((1, 2, 3))):
        one, other = chance.choice(list(entries)), chance.choice(list(entries))
        match chance.randrange(5):
            case 0:
                entries[one], entries[other] = entries[other], entries[one]
            case 1:
                del entries[one]
            case 2:
                entries[chance.choice((one.upper(), f"../{one}", f"{one}/", "xl/a.xml"))] = b"<a/>"
            case 3:
                entries[one] = _bytes(chance, entries[one])
            case _:
                entries[one] = chance.choice((b"", b"<a/>", b"\0" * 99, zipped({"a": b"b"})))
        if not entries:
            break
    method = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2))
    return "a.xlsx", zipped(entries, method)


def _directory(chance: random.Random) -> tuple[str, bytes]:
    content = bytearray(zipped(_workbook(chance)))
    marks = [found.start() for found in re.finditer(rb"PK(?:\x01\x02|\x03\x04|\x05\x06)", content)]
    for _ in range(chance.choice((1, 2))):
        at = chance.choice(marks) + chance.randrange(4, 46)
        value = chance.choice((b"\0", b"\xff", b"\xff\xff", b"\xff\xff\xff\x7f", b"\1\0\0\0"))
        content[at : at + len(value)] = value
    return "a.xlsx", bytes(content)


def _sheet_xml(chance: random.Random) -> tuple[str, bytes]:
    entries = _workbook(chance)
    name = chance.choice(("xl/worksheets/sheet1.xml",) * 4 + tuple(entries))
    entries[name] = _markup(chance, entries[name].decode()).encode("utf-8", "replace")
    return "a.xlsx", zipped(entries)


def _markup(chance: random.Random, content: str) -> str:
    for _ in range(chance.choice((1, 1, 2, 4))):
        tags = list(re.finditer(r"<[^>]+>", content))
        values = list(re.finditer(r'"[^"]*"|>[^<]+<', content))
        if not tags or not values:
            break
        tag, other, value = chance.choice(tags), chance.choice(tags), chance.choice(values)
        odd = chance.choice((*_ODD, str(chance.randrange(10**9)), chr(chance.randrange(1, 0xD800))))
        match chance.randrange(6):
            case 0:
                content = content[: tag.start()] + content[tag.end() :]
            case 1:
                content = (
                    content[: tag.end()] + tag[0] * chance.choice((1, 9)) + content[tag.end() :]
                )
            case 2:
                first, last = sorted((tag.start(), other.end()))
                content = content[:last] + content[first:last] + content[last:]
            case 3:
                inside = f"{value[0][0]}{odd}{value[0][-1]}"
                content = content[: value.start()] + inside + content[value.end() :]
            case 4:
                content = content[: tag.start()] + other[0] + content[tag.end() :]
            case _:
                content = _text(chance, content)
    return content


def _ods_xml(chance: random.Random) -> tuple[str, bytes]:
    rows = "".join(ods_row(*values) for values in _ROWS)
    content = _markup(chance, ods_content(rows).decode())
    return "a.ods", ods(**{"content.xml": content.encode("utf-8", "replace")})


def _ods_bytes(chance: random.Random) -> tuple[str, bytes]:
    return "a.ods", _bytes(chance, ods("".join(ods_row(*values) for values in _ROWS)))


def _xls_bytes(chance: random.Random) -> tuple[str, bytes]:
    whole = xls(xls_rows(_ROWS) + xls_number(7, 3, 0.5, 1))
    if chance.random() < 0.5:
        return "a.xls", _bytes(chance, whole)
    # The records themselves: the rest of the file is mostly padding.
    return "a.xls", whole[:512] + _bytes(chance, whole[512:1600])[:1088].ljust(1088, b"\0") + whole[
        1600:
    ]


def _csv_bytes(chance: random.Random) -> tuple[str, bytes]:
    encoding = chance.choice(_ENCODINGS)
    return "a.csv", _bytes(chance, text(_ROWS).encode(encoding, "replace"))


def _csv_text(chance: random.Random) -> tuple[str, bytes]:
    delimiter = chance.choice((",", ";", "\t", "|", "，", ", ", '","'))
    end = chance.choice(("\n", "\r\n", "\r", "\n\n", "\n\r", "\u2028", "\x85"))
    content = _text(chance, text(chance.choice((_ROWS, TABLE)), delimiter, end))
    for _ in range(chance.choice((0, 0, 1, 2))):
        at = chance.randrange(len(content) + 1)
        content = (
            content[:at] + chance.choice(('"', "'", '""', ",", "\n", "\0", "=")) + content[at:]
        )
    return "a.csv", content.encode(chance.choice(_ENCODINGS), "replace")


def _csv_joined(chance: random.Random) -> tuple[str, bytes]:
    pieces = (text(_ROWS).encode(chance.choice(_ENCODINGS), "replace") for _ in range(2))
    return "a.csv", b"".join(pieces)


_KINDS: Final[dict[str, Callable[[random.Random], tuple[str, bytes]]]] = {
    "bytes of an archive": _archive_bytes,
    "entries of an archive": _archive_entries,
    "fields of the directory": _directory,
    "XML of a workbook": _sheet_xml,
    "XML of an ods": _ods_xml,
    "bytes of an ods": _ods_bytes,
    "bytes of an xls": _xls_bytes,
    "bytes of a csv": _csv_bytes,
    "text of a csv": _csv_text,
    "two encodings in a csv": _csv_joined,
}
