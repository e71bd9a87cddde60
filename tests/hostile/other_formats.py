"""Old workbooks and OpenDocument tables, whole and broken."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from tests.hostile.making import TABLE, Case, good, refused
from tests.hostile.making_others import (
    container,
    ods,
    ods_cell,
    ods_row,
    record,
    xls,
    xls_error,
    xls_number,
    xls_rows,
    xls_stream,
    xls_text,
)


def cases() -> Iterator[Case]:
    yield from _old_excel()
    yield from _open_document()


def _old_excel() -> Iterator[Case]:
    file = "upload.xls"
    yield good("an old workbook", xls(), file=file)
    yield good("an old sheet without a container", xls_stream(xls_rows(TABLE)), file=file)
    head = xls_rows([["adcode", "S2"]]) + xls_text(1, 0, "440106")
    told = {("440106", "S2"): 85.0}
    yield Case(
        "an old workbook with per cent",
        xls(head + xls_number(1, 1, 0.85, 1)),
        ("read_percent_format@Data!B2",),
        told,
        file,
    )
    yield Case(
        "an old workbook with an error",
        xls(head + xls_error(1, 1, 7)),
        ("error_cell@Data!B2",),
        {},
        file,
    )
    far = xls_rows(TABLE) + xls_number(65_535, 255, 1.0)
    yield refused(
        "an old workbook with a cell in the corner", xls(far), "far_cell@Data!IV65536", file
    )
    hidden = record(0x0208, struct.pack("<HHHHHHI", 2, 0, 2, 255, 0, 0, 0x20))
    yield good(
        "an old workbook with a hidden row",
        xls(hidden + xls_rows(TABLE)),
        "hidden_rows@Data!A3",
        file=file,
    )
    yield Case(
        "an old workbook with a hidden sheet",
        xls(is_hidden=True),
        ("hidden_sheet@Data", "no_table"),
        {},
        file,
    )
    locked = xls(more=record(0x002F, bytes(6)))
    yield refused("an old workbook with a password", locked, "password", file)
    yield refused("a new workbook with a password", _encrypted(), "password")
    whole = xls()
    yield refused("an old workbook cut after its head", whole[:600], "broken_file", file)
    spoilt = whole[:0x30] + struct.pack("<I", 2**31 - 1) + whole[0x34:]
    yield refused("an old workbook with a wild directory", spoilt, "broken_file", file)
    yield refused(
        "an old workbook with a loop of sectors",
        _looped(whole),
        "broken_file",
        file,
    )
    macros = container({"Workbook": xls_stream(xls_rows(TABLE)), "_VBA_PROJECT": b"x"})
    yield good("an old workbook with macros", macros, "macros_not_run", file=file)


def _open_document() -> Iterator[Case]:
    file = "upload.ods"
    yield good("an OpenDocument table", ods(), file=file)
    head, last = ods_row("adcode", "S2"), ods_row("440103", 70)
    percent = '<table:table-cell office:value-type="percentage" office:value="0.85"/>'
    yield good(
        "an OpenDocument table with per cent",
        ods(head + ods_row("440106", percent) + last),
        "read_percent_format@Data!B2",
        file=file,
    )
    one = {("440103", "S2"): 70.0}
    for name, inside, issue in (
        (
            "an error of LibreOffice",
            'table:formula="of:=1/0" office:value-type="string" '
            'calcext:value-type="error"><text:p>#DIV/0!</text:p>',
            "error_cell@Data!B2",
        ),
        (
            "an error of Excel, stored as zero",
            'table:formula="of:=1/0" office:value-type="float" '
            'office:value="0"><text:p>#DIV/0!</text:p>',
            "error_cell@Data!B2",
        ),
        (
            "an error with a number",
            'table:formula="of:=A1" office:value-type="string" '
            'calcext:value-type="error"><text:p>Err:502</text:p>',
            "error_cell@Data!B2",
        ),
        ("a formula without a value", 'table:formula="of:=1+1">', "formula_without_value@Data!B2"),
    ):
        inside = f"<table:table-cell {inside}</table:table-cell>"
        content = ods(head + ods_row("440106", inside) + last)
        yield Case(f"an OpenDocument table with {name}", content, (issue,), one, file)
    bad = '<table:table-cell office:value-type="float" office:value="8５"/>'
    yield refused(
        "an OpenDocument number that is none",
        ods(head + ods_row("440106", bad)),
        "broken_file@Data!B2",
        file,
    )
    small = (
        '<table:table-cell office:value-type="string"><text:p><text:ruby><text:ruby-base>440106'
        "</text:ruby-base><text:ruby-text>99</text:ruby-text></text:ruby></text:p>"
        "</table:table-cell>"
    )
    yield good(
        "an OpenDocument code with small print above",
        ods(head + ods_row(small, 85) + last),
        file=file,
    )
    note = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>9</text:p>'
        "</office:annotation><text:p>440106</text:p></table:table-cell>"
    )
    yield good(
        "an OpenDocument code with a comment", ods(head + ods_row(note, 85) + last), file=file
    )
    blank = ods_row(attributes=' table:number-rows-repeated="1048000"')
    yield good(
        "an OpenDocument table with a million blank rows",
        ods("".join(ods_row(*values) for values in TABLE) + blank),
        file=file,
    )
    bomb = ods_row(ods_cell(1, ' table:number-columns-repeated="16384"'))
    yield refused(
        "an OpenDocument cell repeated to the last column", ods(bomb), "far_cell@Data!XFD1", file
    )
    bomb = ods_row(1, 2, attributes=' table:number-rows-repeated="1048576"')
    yield refused(
        "an OpenDocument row repeated to the last one", ods(bomb), "far_cell@Data!B1048576", file
    )
    bomb = ods_row(
        ods_cell(1, ' table:number-columns-repeated="25"'),
        attributes=' table:number-rows-repeated="200000"',
    )
    yield refused("an OpenDocument row of 5 million cells", ods(bomb), "too_many_cells@Data", file)
    odd = ods_row(ods_cell(1, ' table:number-columns-repeated="-1"'))
    yield refused("an OpenDocument cell repeated minus once", ods(odd), "broken_file@Data!A1", file)
    yield good(
        "an OpenDocument table with a hidden row",
        ods(
            head
            + ods_row("440106", 85)
            + ods_row("440103", 70, attributes=' table:visibility="collapse"')
        ),
        "hidden_rows@Data!A3",
        file=file,
    )
    hidden = (
        '<style:style style:name="t"><style:table-properties table:display="false"/></style:style>'
    )
    yield Case(
        "an OpenDocument table that is hidden",
        ods(styles=hidden, table=' table:style-name="t"'),
        ("hidden_sheet@Data", "no_table"),
        {},
        file,
    )
    locked = b"<manifest><encryption-data/></manifest>"
    yield refused(
        "an OpenDocument table with a password",
        ods(**{"META-INF__manifest.xml": locked}),
        "password",
        file,
    )
    yield good(
        "an OpenDocument table with macros",
        ods(Basic__Standard__a=b"x"),
        "macros_not_run",
        file=file,
    )
    link = (
        "<table:table-cell table:formula=\"of:='file:///c:/a.xls'#$Data.A1\" "
        'office:value-type="float" office:value="85"><text:p>85</text:p></table:table-cell>'
    )
    yield good(
        "an OpenDocument table with a link",
        ods(head + ods_row("440106", link) + last),
        "external_links",
        file=file,
    )
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    yield refused(
        "an OpenDocument table with entities", ods(**{"content.xml": laughs}), "xml_entities", file
    )
    yield refused(
        "an OpenDocument table cut in its content",
        ods(**{"content.xml": b"<x><y>"}),
        "broken_file",
        file,
    )


def _encrypted() -> bytes:
    return container({"EncryptionInfo": b"x", "EncryptedPackage": b"x" * 5000})


def _looped(content: bytes) -> bytes:
    """The old workbook with its table of sectors leading back to the first one."""
    table = len(content) - 512
    return content[:table] + struct.pack("<I", 0) * 8 + content[table + 32 :]
