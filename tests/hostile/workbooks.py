"""Workbooks as offices keep them: titles, merged cells, hidden things, totals, notes."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.making import (
    TABLE,
    TOLD,
    Case,
    book,
    good,
    grid,
    parts,
    refused,
    relations,
    row,
    sheet,
    workbook,
    zipped,
)

_TYPE = (
    '<Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.worksheet+xml"/></Types>'
)


def cases() -> Iterator[Case]:
    yield from _around()
    yield from _hidden()
    yield from _sheets()
    yield from _headers()


def _around() -> Iterator[Case]:
    title = row(1, "2024年数字政府统计表") + row(2, None, "单位：%")
    yield good("title rows above the header", book(title + grid(TABLE, 3)))
    yield good("blank rows above the header", book(grid(TABLE, 40)))
    shifted = "".join(row(n, *values, first=3) for n, values in enumerate(TABLE, start=1))
    yield good("a table that begins in column C", book(shifted))
    low = "".join(row(n, *values, first=28) for n, values in enumerate(TABLE, start=30))
    yield good("a table that begins in AB30", book(low))
    bad = low.replace("<v>85</v>", "<v>850</v>")
    yield Case(
        "a wrong value in a table that begins in AB30",
        book(bad),
        ("outside_valid@Data!AC31",),
        {("440103", "S2"): 70.0},
    )
    total = grid([*TABLE, ["合计", 155]])
    yield good("a row of totals at the bottom", book(total), "total_row@Data!A4")
    above = grid([*TABLE, ["440100", 77.5]])
    yield good("a row of the city above", book(above), "total_row@Data!A4")
    note = grid([*TABLE, [], ["填表人：张三"]])
    yield good("a note below the table", book(note), "note_row@Data!A5")
    yield good("the header repeated in the middle", book(grid([*TABLE[:2], TABLE[0], TABLE[2]])))
    blank = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(4, 200_000))
    yield good("blank styled rows to row 200,000", book(grid(TABLE) + blank))
    last = '<row r="1048576"><c r="A1048576" s="1"/></row>'
    yield good("a blank styled cell in the last row", book(grid(TABLE) + last))
    wide = "".join(f'<c r="{letters}2" s="1"/>' for letters in ("C", "AA", "XFD"))
    inside = grid(TABLE).replace("<v>85</v></c>", f"<v>85</v></c>{wide}")
    yield good("blank styled cells to the last column", book(inside))
    area = '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
    merged = grid([["adcode", "period", "S2"], ["440106", "2023", 80], [None, "2024", 85]])
    yield Case("a unit in merged cells", book(merged, after=area), (), {("440106", "S2"): 85.0})
    two = grid([["指标", "满意率"], *TABLE])
    area = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    yield good("a header of two rows with merged cells", book(two, after=area))
    area = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    yield good("a merged area of the whole sheet", book(after=area))
    area = '<mergeCells><mergeCell ref="nonsense"/></mergeCells>'
    yield refused("a merged area that is none", book(after=area), "broken_file")


def _hidden() -> Iterator[Case]:
    hidden = row(1, *TABLE[0]) + row(2, *TABLE[1], attributes=' hidden="1"') + row(3, *TABLE[2])
    yield good("a hidden row", book(hidden), "hidden_rows@Data!A2")
    filtered = '<autoFilter ref="A1:B3"/>'
    yield good("a row that a filter hides", book(hidden, after=filtered), "hidden_rows@Data!A2")
    grouped = hidden.replace(' hidden="1"', ' hidden="1" outlineLevel="1" collapsed="1"')
    yield good("a group of rows that is closed", book(grouped), "hidden_rows@Data!A2")
    columns = '<cols><col min="2" max="2" hidden="1"/></cols>'
    yield good("a hidden column", book(before=columns), "hidden_columns@Data!B1")
    columns = '<cols><col min="1" max="16384" hidden="1"/></cols>'
    yield good("all columns hidden", book(before=columns), "hidden_columns@Data!B1")
    columns = '<cols><col min="1" max="99999999999" hidden="1"/></cols>'
    yield good("hidden columns without end", book(before=columns), "*")
    protected = '<sheetProtection sheet="1" password="CC1A"/>'
    yield good("a protected sheet", book(after=protected))
    for state in ("hidden", "veryHidden"):
        one = workbook(f'<sheet name="Data" sheetId="1" state="{state}" r:id="rId1"/>')
        content = zipped(parts() | {"xl/workbook.xml": one})
        yield Case(f"data in a sheet that is {state}", content, ("hidden_sheet@Data", "no_table"))


def _two_sheets(first: str, second: bytes, name: str = "Two", state: str = "") -> bytes:
    shown = f' state="{state}"' if state else ""
    first_one = '<sheet name="Data" sheetId="1" r:id="rId1"/>'
    sheets = f'{first_one}<sheet name="{name}" sheetId="2"{shown} r:id="rId9"/>'
    types = parts()["[Content_Types].xml"].replace(b"</Types>", _TYPE.encode())
    return zipped(
        parts(first)
        | {
            "[Content_Types].xml": types,
            "xl/workbook.xml": workbook(sheets),
            "xl/_rels/workbook.xml.rels": relations(
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId9", "worksheet", "/xl/worksheets/sheet2.xml"),
                ("rId2", "styles", "styles.xml"),
            ),
            "xl/worksheets/sheet2.xml": second,
        }
    )


def _sheets() -> Iterator[Case]:
    first, second = grid(TABLE[:2]), sheet(grid([TABLE[0], TABLE[2]]))
    yield good("a table on each of two sheets", _two_sheets(first, second))
    other = sheet(grid([["adcode", "S2"], ["440106", 86]]))
    yield Case(
        "another value on the second sheet",
        _two_sheets(grid(TABLE), other),
        ("two_values@Two!B2",),
        {("440103", "S2"): 70.0},
    )
    yield good(
        "other data on a hidden sheet",
        _two_sheets(grid(TABLE), other, state="veryHidden"),
        "hidden_sheet@Two",
    )
    lists = sheet(grid([["是"], ["否"]]))
    yield good("a sheet of lists", _two_sheets(grid(TABLE), lists, "填报说明"))
    odd = "A&amp;B &lt;x&gt;&apos;"
    error = sheet(grid([["adcode", "S2"], ["440104", "x"]]))
    yield good(
        "a sheet with a name in odd characters",
        _two_sheets(grid(TABLE), error, odd),
        "not_a_number@A&B <x>'!B2",
    )
    side = row(1, "adcode", "S2", None, "adcode", "S2") + row(2, "440106", 85, None, "440103", 70)
    yield Case(
        "two tables side by side",
        book(side),
        ("duplicate_header@Data!A1,D1", "duplicate_header@Data!B1,E1"),
        {("440106", "S2"): 85.0},
    )
    sheets = "".join(f'<sheet name="S{n}" sheetId="{n + 2}" r:id="rId1"/>' for n in range(300))
    many = workbook(f'<sheet name="Data" sheetId="1" r:id="rId1"/>{sheets}')
    yield good("300 sheets of one part", zipped(parts() | {"xl/workbook.xml": many}))
    none = zipped(parts() | {"xl/workbook.xml": workbook("")})
    yield refused("a workbook without sheets", none, "no_table")


def _headers() -> Iterator[Case]:
    def headed(*titles: object) -> bytes:
        return book(grid([titles, *(values for values in TABLE[1:])]))

    for name, title in (
        ("a line break", "S2\n"),
        ("a wide space", "\u3000S2"),
        ("a space that does not break", "S2\u00a0"),
        ("a byte order mark", "\ufeffS2"),
        ("wide letters", "Ｓ２"),
        ("small letters", "s2"),
        ("a carriage return of Excel", "S2_x000D_\n"),
    ):
        yield good(f"a header with {name}", headed("adcode", title))
    yield good("headers in another order", book(grid([[b, a] for a, b in TABLE])))
    yield Case(
        "a header twice", headed("adcode", "S2", "S2"), ("duplicate_header@Data!B1,C1",), TOLD
    )
    yield Case("no header for the values", headed("adcode"), ("no_known_column@Data!A1",))
    yield Case("no header at all", book(grid(TABLE[1:])), ("no_table",))
    yield Case("a header that is nearly one", headed("adcode", "S22"), ("no_known_column@Data!A1",))
    blank = book(grid([["adcode", "S2", None], ["440106", 85, "x"], ["440103", 70]]))
    yield good("a column without a header", blank, "columns_without_header@Data!C1")
    extra = book(grid([["adcode", "S2", "备注"], ["440106", 85, "x"], ["440103", 70]]))
    yield good("a column of remarks", extra, "unused_columns@Data!C1")
    evil = "<img src=x onerror=alert(1)>"
    yield good(
        "HTML in a header",
        book(grid([["adcode", "S2", evil], ["440106", 85, "x"], ["440103", 70]])),
        "unused_columns@Data!C1",
    )
    yield Case("a sheet of headers only", book(grid(TABLE[:1])), ("no_values",))
    codes = book(grid([["adcode", "S2"], [440106, 85], [440103.0, 70]]))
    yield good("codes as numbers", codes)
    long = book(grid([["adcode", "S2"], ["440106000000", 85], ["440103", 70]]))
    yield good("a long code", long, "unit_from_long_code@Data!A2")
    rounded = book(grid([["adcode", "S2"], [4.40106e11, 85], ["440103", 70]]))
    yield good("a long code as a number", rounded, "unit_from_long_code@Data!A2")
    shown = book(grid([["adcode", "S2"], ["4.40106E+11", 85], ["440103", 70]]))
    yield Case(
        "a long code in scientific notation",
        shown,
        ("unit_unreadable@Data!A2",),
        {("440103", "S2"): 70.0},
    )
    lost = book(grid([["adcode", "S2"], [44010, 85], ["440103", 70]]))
    yield Case(
        "a code that has lost a digit", lost, ("unit_unreadable@Data!A2",), {("440103", "S2"): 70.0}
    )
