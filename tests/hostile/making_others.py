"""OpenDocument tables and workbooks of old Excel, made from their bytes."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from html import escape

from tests.hostile.making import TABLE, Rows, zipped

# OpenDocument ------------------------------------------------------------------------------

ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


def ods_cell(value: object, attributes: str = "") -> str:
    if isinstance(value, str) and value.startswith("<table:"):
        return value
    if value is None:
        return f"<table:table-cell{attributes}/>"
    text = f"<text:p>{escape(str(value))}</text:p>"
    kind = 'office:value-type="string"'
    if not isinstance(value, str):
        kind = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {kind}{attributes}>{text}</table:table-cell>"


def ods_row(*values: object, attributes: str = "") -> str:
    return f"<table:table-row{attributes}>{''.join(map(ods_cell, values))}</table:table-row>"


def ods_content(rows: str, styles: str = "", table: str = "") -> bytes:
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (
            ("office", "office"),
            ("table", "table"),
            ("text", "text"),
            ("style", "style"),
            ("draw", "drawing"),
        )
    )
    calc = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    return (
        f'<?xml version="1.0"?><office:document-content {spaces} xmlns:calcext="{calc}">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f'<office:body><office:spreadsheet><table:table table:name="Data"{table}>{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    ).encode()


def ods(rows: str | None = None, styles: str = "", table: str = "", **more: bytes) -> bytes:
    inside = "".join(ods_row(*values) for values in TABLE) if rows is None else rows
    entries = {"mimetype": ODS_TYPE, "content.xml": ods_content(inside, styles, table)}
    entries["META-INF/manifest.xml"] = b"<manifest/>"
    return zipped(entries | {name.replace("__", "/"): part for name, part in more.items()})


# Old Excel ---------------------------------------------------------------------------------

SECTOR = 512
CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def xls_text(at: int, column_: int, text: str, style: int = 0) -> bytes:
    body = struct.pack("<HHHHB", at, column_, style, len(text), 1) + text.encode("utf-16-le")
    return record(0x0204, body)


def xls_number(at: int, column_: int, value: float, style: int = 0) -> bytes:
    return record(0x0203, struct.pack("<HHHd", at, column_, style, value))


def xls_error(at: int, column_: int, code: int) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", at, column_, 0, code, 1))


def xls_rows(rows: Rows) -> bytes:
    found = b""
    for at, values in enumerate(rows):
        for place, value in enumerate(values):
            if isinstance(value, str):
                found += xls_text(at, place, value)
            elif isinstance(value, int | float):
                found += xls_number(at, place, float(value))
    return found


def xls_stream(cells: bytes, more: bytes = b"", *, is_hidden: bool = False) -> bytes:
    """The stream of a workbook with one sheet, Data; style 1 shows per cent."""
    first = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    fonts = record(0x0031, struct.pack("<HHHHHBBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0, 0)) * 5
    styles = b"".join(
        record(0x00E0, struct.pack("<HHH", 0, number_format, 0x0001) + bytes(14))
        for number_format in (0, 10)
    )
    head = first + more + record(0x0042, struct.pack("<H", 1200)) + fonts + styles
    name = b"\x04\x00Data"
    place = len(head) + 4 + 6 + len(name) + 4
    bound = record(0x0085, struct.pack("<IBB", place, int(is_hidden), 0) + name)
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    return head + bound + record(0x000A) + begin + cells + record(0x000A)


def container(streams: Mapping[str, bytes]) -> bytes:
    """A compound file; every stream is padded to where it needs no small sectors."""
    sectors: list[bytes] = []
    chains: list[int] = []
    entries = [_entry("Root Entry", 5, -2, 0, child=1)]
    for number, (name, stream) in enumerate(streams.items(), start=1):
        padded = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
        start, count = len(sectors), len(padded) // SECTOR
        sectors += [padded[at : at + SECTOR] for at in range(0, len(padded), SECTOR)]
        chains += [*range(start + 1, start + count), -2]
        sibling = number + 1 if number < len(streams) else -1
        entries.append(_entry(name, 2, start, len(padded), right=sibling))
    while len(entries) % 4:
        entries.append(bytes(128))
    directory = len(sectors)
    listing = b"".join(entries)
    count = len(listing) // SECTOR
    sectors += [listing[at : at + SECTOR] for at in range(0, len(listing), SECTOR)]
    chains += [*range(directory + 1, directory + count), -2]
    tables = 1
    while len(sectors) + tables > tables * 128:
        tables += 1
    first_table = len(sectors)
    chains += [-3] * tables
    chains += [-1] * (tables * 128 - len(chains))
    head = CONTAINER + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIiIIiIiI", 0, tables, directory, 0, 4096, -2, 0, -2, 0)
    places = [*range(first_table, first_table + tables), *([-1] * (109 - tables))]
    head += struct.pack("<109i", *places)
    return head + b"".join(sectors) + struct.pack(f"<{len(chains)}i", *chains)


def _entry(
    name: str, kind: int, start: int, size: int, *, child: int = -1, right: int = -1
) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    head = text.ljust(64, b"\0") + struct.pack("<HBBiii", len(text), kind, 1, -1, right, child)
    return head + bytes(36) + struct.pack("<iII", start, size, 0)


def xls(cells: bytes | None = None, more: bytes = b"", **options: bool) -> bytes:
    return container({"Workbook": xls_stream(cells or xls_rows(TABLE), more, **options)})
