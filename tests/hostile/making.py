"""Files made on the spot, part by part: nothing binary is kept in the project."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from govmaturity.framework.load import parse_framework

Rows = Sequence[Sequence[object]]
Parts = dict[str, bytes]
Reported = Mapping[tuple[str, str], float]

FRAMEWORK = parse_framework("""
id: hostile
version: 1
name: {zh: 小体系, en: Small}
source: {zh: 测试, en: made for tests}
default_period: '2024'
tree:
  id: root
  name: {zh: 总, en: All}
  weights: equal
  children:
    - id: S2
      name: {zh: 满意率, en: Share satisfied}
      measure: percent
      unit_of_measure: {zh: '%', en: '%'}
      direction: higher
      goalposts: {worst: 0, best: 100, basis: {zh: 无, en: none}}
      definition: {zh: 测试, en: test}
      source: {zh: 测试, en: test}
    - id: N1
      name: {zh: 事项数, en: Items}
      measure: number
      unit_of_measure: {zh: 项, en: items}
      direction: higher
      goalposts: {worst: 0, best: 100, basis: {zh: 无, en: none}}
      definition: {zh: 测试, en: test}
      source: {zh: 测试, en: test}
""")

TABLE: Rows = [["adcode", "S2"], ["440106", 85], ["440103", 70]]
TOLD: Reported = {("440106", "S2"): 85.0, ("440103", "S2"): 70.0}

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    LINKS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}


@dataclass(frozen=True)
class Case:
    """One file, and all that may come of it.

    Parameters
    ----------
    name : str
        A sentence.
    content : bytes
    issues : tuple of str
        Exactly these, each as `code`, `code@B2` or `code@Data!B2,B3`.
    told : mapping of (unit, indicator) to float
        Exactly these values are reported.
    file : str
        What it is called.
    """

    name: str
    content: bytes
    issues: tuple[str, ...] = ()
    told: Reported = field(default_factory=dict)
    file: str = "upload.xlsx"


def good(name: str, content: bytes, *issues: str, file: str = "upload.xlsx") -> Case:
    """A file that gives the values of `TABLE`, perhaps with something to be said."""
    return Case(name, content, issues, TOLD, file)


def refused(name: str, content: bytes, issue: str, file: str = "upload.xlsx") -> Case:
    """A file of which nothing is read."""
    return Case(name, content, (issue,), {}, file)


# Workbooks of Excel ------------------------------------------------------------------------


def column(number: int) -> str:
    return (
        chr(64 + number)
        if number <= 26
        else column((number - 1) // 26) + column((number - 1) % 26 + 1)
    )


def cell(ref: str, value: object, style: int | None = None) -> str:
    """A cell of a sheet's XML; blank for None, as it stands for what begins with `<c`."""
    shown = "" if style is None else f' s="{style}"'
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith("<c "):
        return value
    if isinstance(value, bool):
        return f'<c r="{ref}"{shown} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        text = f'<is><t xml:space="preserve">{escape(value)}</t></is>'
        return f'<c r="{ref}"{shown} t="inlineStr">{text}</c>'
    return f'<c r="{ref}"{shown}><v>{value!r}</v></c>'


def row(number: int, *values: object, attributes: str = "", first: int = 1) -> str:
    cells = "".join(
        cell(f"{column(place)}{number}", value) for place, value in enumerate(values, start=first)
    )
    return f'<row r="{number}"{attributes}>{cells}</row>'


def grid(rows: Rows, start: int = 1) -> str:
    return "".join(row(number, *values) for number, values in enumerate(rows, start=start))


def sheet(data: str, before: str = "", after: str = "") -> bytes:
    text = f'<worksheet xmlns="{MAIN}" xmlns:r="{LINKS}">{before}<sheetData>{data}</sheetData>'
    return f"{text}{after}</worksheet>".encode()


def parts(data: str | None = None, *, before: str = "", after: str = "") -> Parts:
    """The parts of a workbook with one sheet, Data; style 1 shows per cent."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    type_ = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return {
        "[Content_Types].xml": (
            f'{head}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{type_}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{type_}.worksheet+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{type_}.styles+xml"/></Types>'
        ).encode(),
        "_rels/.rels": (
            f'{head}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ).encode(),
        "xl/workbook.xml": workbook('<sheet name="Data" sheetId="1" r:id="rId1"/>'),
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "styles", "styles.xml"),
            ("rId3", "sharedStrings", "sharedStrings.xml"),
        ),
        "xl/worksheets/sheet1.xml": sheet(grid(TABLE) if data is None else data, before, after),
        "xl/styles.xml": (
            f'{head}<styleSheet xmlns="{MAIN}"><fonts><font/></fonts><fills><fill/></fills>'
            '<borders><border/></borders><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/>'
            "</cellXfs></styleSheet>"
        ).encode(),
    }


def workbook(sheets: str, before: str = "", after: str = "") -> bytes:
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{before}<sheets>{sheets}</sheets>{after}'
        "</workbook>"
    ).encode()


def relations(*found: tuple[str, str, str]) -> bytes:
    inside = "".join(
        f'<Relationship Id="{id_}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for id_, kind, target in found
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'.encode()


def zipped(entries: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive with a fixed time: the same entries give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, part in entries.items():
            archive.writestr(zipfile.ZipInfo(name), part, method)
    return target.getvalue()


def book(data: str | None = None, *, before: str = "", after: str = "", **more: bytes) -> bytes:
    """A workbook; `more` are further parts, `xl__a__xml` for `xl/a.xml`."""
    further = {name.replace("__xml", ".xml").replace("__", "/"): p for name, p in more.items()}
    return zipped(parts(data, before=before, after=after) | further)


def with_b2(value: object, style: int | None = None, heading: str = "S2") -> bytes:
    """A workbook whose one value of 440106 is what is given: a value or a cell's XML."""
    inside = cell("A2", "440106") + cell("B2", value, style)
    return book(row(1, "adcode", heading) + f'<row r="2">{inside}</row>' + row(3, "440103", 70))


# Text --------------------------------------------------------------------------------------


def text(rows: Rows = TABLE, delimiter: str = ",", end: str = "\r\n") -> str:
    lines = (delimiter.join("" if v is None else str(v) for v in values) for values in rows)
    return "".join(f"{line}{end}" for line in lines)
