"""A copy is handed out only if the reader finds in it what it found in the upload."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from govmaturity.intake.files.reader import Row, Sheet, Workbook, read
from govmaturity.intake.marked.mark import mark
from govmaturity.intake.marked.proof import says_the_same
from govmaturity.intake.marked.recognise import without_index


def book(*rows: list[Any], name: str = "Data") -> Workbook:
    return Workbook((Sheet(name, tuple(Row(n, r) for n, r in enumerate(rows, start=1))),))


def test_the_same_contents_in_the_same_places_are_the_same():
    assert says_the_same(book(["a", 1.0]), book(["a", 1.0]))
    assert not says_the_same(book(["a", 1.0]), book(["a", 1.5]))
    assert not says_the_same(book(["a", 1.0]), book(["a", ["%", 1.0]]))
    assert not says_the_same(book(["a"]), book(["a"], name="Other"))
    assert not says_the_same(Workbook(()), book(["a"]))


def test_what_was_typed_anew_may_differ_and_nothing_else():
    typed = {("Data", "B1"), ("Data", "A2"), ("Other", "A1")}
    assert says_the_same(book(["a", 2.0], ["x"]), book(["a", "about 2"]), typed)
    assert says_the_same(book(["a"]), book(["a", "about 2"]), typed)
    assert not says_the_same(book(["b", 2.0]), book(["a", 1.0]), typed)


@pytest.mark.parametrize("what", ["strict", "escaped"])
def test_what_openpyxl_reads_wrongly_comes_back_as_values(what: str, xlsx: Any, with_part: Any):
    content = xlsx([["code", "S2"], ["440103", 142]])
    if what == "strict":
        content = _strict(content)
    else:
        name = "xl/worksheets/sheet1.xml"
        part = _part(content, name)
        if b"<t>code</t>" not in part:
            name = "xl/sharedStrings.xml"
            part = _part(content, name)
        content = with_part(content, name, part.replace(b"<t>code<", b"<t>_x005F_x0041_<"))
    copy = mark(content, "a.xlsx", [], "en")
    assert not copy.is_same_file
    assert without_index(read(copy.content)).sheets == read(content).sheets


def _part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def _strict(content: bytes) -> bytes:
    """The workbook in the namespaces of strict OOXML."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for name in source.namelist():
            part = source.read(name)
            for kind in (b"spreadsheetml", b"officeDocument"):
                part = part.replace(
                    b"http://schemas.openxmlformats.org/%b/2006/" % kind,
                    b"http://purl.oclc.org/ooxml/%b/" % kind,
                )
            copy.writestr(name, part)
    return target.getvalue()
