"""Files made to hurt: no part with declarations reaches openpyxl, limits hold, nothing raises."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from govmaturity.framework.model import Framework
from govmaturity.intake.checks import check
from govmaturity.intake.files import limits
from govmaturity.intake.files.refused import RefusedError
from govmaturity.intake.issues import Issue
from govmaturity.intake.marked import same
from govmaturity.intake.marked.compose import compose
from govmaturity.intake.marked.mark import mark

Open = Callable[..., openpyxl.Workbook]
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]>'
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">&c;</Types>'
)


@pytest.mark.parametrize(
    "name",
    [
        "xl/styles.xml",
        "xl/theme/theme1.xml",
        "docProps/core.xml",
        "xl/worksheets/sheet1.xml",
        "any",
    ],
)
def test_a_part_with_declarations_is_never_parsed(
    name: str, xlsx: Any, with_part: Any, monkeypatch: pytest.MonkeyPatch
):
    content = with_part(xlsx([["code", "S2"], ["440103", 1]]), name, LAUGHS)

    def loaded(_: bytes) -> Any:
        pytest.fail("openpyxl was handed the file")

    monkeypatch.setattr(same, "load", loaded)
    with pytest.raises(RefusedError) as refused:
        same.mark_same(content, compose([], "en", {}, ""))
    assert refused.value.code == "xml_entities"


@pytest.mark.parametrize(
    "data",
    [
        b'<row r="1"><c r="XFD1048576"><v>1</v></c></row>',
        b'<row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells>'
        b'<mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>',
        b'<row r="1"><c r="A1" s="999999"><v>1</v></c></row>',
        b'<row r="1"><c r="A1" t="s"><v>77</v></c></row>',
        b'<row r="99999999"><c r="A99999999" s="0"/></row>',
        b"<row><c><v>1</v></c></row><row",
    ],
)
def test_whatever_is_in_a_sheet_something_comes_back(
    data: bytes, sheet_xml: Any, framework: Framework, open_copy: Open, monkeypatch: Any
):
    content = sheet_xml(data)
    issues = check(content, "a.xlsx", framework).issues
    copy = mark(content, "a.xlsx", issues, "en")
    assert open_copy(copy.content).sheetnames[0] == "Issues"


def test_more_cells_than_can_be_marked_give_the_list_alone(
    xlsx: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limits, "MARKING_CELLS", 3)
    with pytest.raises(RefusedError) as refused:
        same.mark_same(xlsx([["code", "S2"], ["440103", 1]]), compose([], "en", {}, ""))
    assert refused.value.code == "too_many_cells"


def test_rows_styled_to_the_end_of_the_sheet_are_not_loaded(sheet_xml: Any, open_copy: Open):
    rows = (b'<row r="%d" ht="9"/>' % number for number in range(2, limits.MARKING_CELLS + 3))
    content = sheet_xml(b'<row r="1"><c r="A1"><v>7</v></c></row>' + b"".join(rows))
    with pytest.raises(RefusedError):
        same.mark_same(content, compose([], "en", {}, ""))
    copy = mark(content, "a.xlsx", [], "en")
    assert (copy.is_same_file, "formats" in copy.lost) == (False, True)
    assert open_copy(copy.content).worksheets[1]["A1"].value == 7


def test_a_file_cut_anywhere_gives_a_copy_or_a_list(
    faulty: bytes, framework: Framework, open_copy: Open
):
    for share in (0.1, 0.5, 0.9, 0.99):
        content = faulty[: int(len(faulty) * share)]
        copy = mark(content, "a.xlsx", check(content, "a", framework).issues, "zh")
        assert open_copy(copy.content).sheetnames == ["问题清单"]


def test_a_false_note_of_old_fills_does_no_harm(xlsx: Any, open_copy: Open):
    first = mark(xlsx([["code", "S2"], ["440103", 142]]), "a.xlsx", [_at("B2")], "en")
    book = open_copy(first.content)
    sheet = book["Issues"]
    column = next(cell.column for cell in sheet[1] if str(cell.value).startswith("govmaturity"))
    for row, fill in enumerate(("<a", "<!DOCTYPE a []><fill/>", "<fill><patternFill/></fill>"), 2):
        for place, text in enumerate(("Data", fill, "B2 ZZ0 x"), column):
            sheet.cell(row, place).value = text
    target = io.BytesIO()
    book.save(target)
    copy = mark(target.getvalue(), "a.xlsx", [], "en")
    assert open_copy(copy.content).sheetnames == ["Issues", "Data"]


def test_names_of_parts_lead_nowhere_outside(xlsx: Any, with_part: Any, tmp_path: Any):
    content = with_part(xlsx([["code"]]), "../../evil.xml", b"<a/>")
    copy = mark(content, "a.xlsx", [], "en")
    with zipfile.ZipFile(io.BytesIO(copy.content)) as archive:
        assert not [name for name in archive.namelist() if "evil" in name]


def _at(ref: str) -> Issue:
    return Issue("outside_valid", "error", "Data", (ref,), slots=(("enter", "1"),))
