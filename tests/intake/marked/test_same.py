"""The person's workbook is not changed outside our marks, and what is lost is named."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from govmaturity.intake.checks import Checked
from govmaturity.intake.files.reader import read
from govmaturity.intake.issues import Issue
from govmaturity.intake.marked.losses import KINDS, count_kinds
from govmaturity.intake.marked.mark import mark
from govmaturity.intake.marked.recognise import without_index
from govmaturity.texts import say

Open = Callable[..., openpyxl.Workbook]
SHEET = "A's 数据"
FORMAT = ("font", "border", "number_format", "protection", "alignment")


def shown(cell: Any) -> tuple[Any, ...]:
    return (cell.value, cell.data_type, *(repr(getattr(cell, name)) for name in FORMAT))


def with_results(
    content: bytes, with_part: Callable[..., bytes], results: dict[str, bytes]
) -> bytes:
    """Store results beside formulas, as a spreadsheet program does."""
    name = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.read(name)
    for formula, result in results.items():
        told = f"<f>{formula}</f><v />".encode()
        assert told in part or told.replace(b" /", b"/") in part
        part = part.replace(b"<f>" + formula.encode() + b"</f><v />", result)
        part = part.replace(b"<f>" + formula.encode() + b"</f><v/>", result)
    return with_part(content, name, part)


def test_every_cell_is_as_it_was_but_for_colours_and_notes(
    faulty: bytes, found: Checked, open_copy: Open
):
    before = open_copy(faulty, rich_text=True)
    after = open_copy(mark(faulty, "a.xlsx", found.issues, "zh").content, rich_text=True)
    assert after.sheetnames[1:] == before.sheetnames
    marked = {(issue.sheet, cell) for issue in found.issues for cell in issue.cells}
    cells = 0
    for sheet in before:
        for row in sheet.iter_rows():
            for cell in row:
                other = after[sheet.title][cell.coordinate]
                assert type(other) is type(cell)
                assert other.value == cell.value, cell.coordinate
                if hasattr(cell, "style_id"):
                    assert shown(other) == shown(cell), cell.coordinate
                if (sheet.title, cell.coordinate) not in marked:
                    assert repr(other.fill) == repr(cell.fill)
                    assert other.comment == cell.comment
                cells += 1
    assert cells > 60


def test_what_lies_around_the_cells_is_as_it_was(faulty: bytes, found: Checked, open_copy: Open):
    before = open_copy(faulty)
    after = open_copy(mark(faulty, "a.xlsx", found.issues, "zh").content)
    one, other = before[SHEET], after[SHEET]
    assert other.freeze_panes == one.freeze_panes == "C2"
    assert other.auto_filter.ref == one.auto_filter.ref
    assert other.merged_cells == one.merged_cells
    assert other.print_title_rows == one.print_title_rows
    assert other.protection.sheet is True
    assert other.column_dimensions["B"].width == one.column_dimensions["B"].width == 33
    assert other.row_dimensions[4].height == 40
    assert other.row_dimensions[5].hidden
    (rule,) = other.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("G2:G5", '"1,2,3"')
    assert [str(area.sqref) for area in other.conditional_formatting] == ["E2:E5"]
    assert after.defined_names["units"].attr_text == before.defined_names["units"].attr_text
    assert after["Lists"].tables["pairs"].ref == "A1:B2"
    assert after["Lists"].sheet_state == "hidden"


def test_rich_text_inside_cells_stays(xlsx: Any, open_copy: Open):
    rich = CellRichText("a ", TextBlock(InlineFont(b=True), "bold"), " end")
    content = xlsx(
        [["code", "S2"], ["440103", 1]], lambda book: book.active.__setitem__("C1", rich)
    )
    copy = mark(content, "a.xlsx", [], "en").content
    assert open_copy(copy, rich_text=True)["Data"]["C1"].value == rich


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.lists(
            st.none()
            | st.booleans()
            | st.integers(-(10**15), 10**15)
            | st.floats(allow_nan=False, allow_infinity=False)
            | st.text(
                st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=20
            ),
            max_size=6,
        ),
        max_size=5,
    )
)
def test_a_copy_reads_like_the_file_that_it_was_made_of(rows: Any):
    book = openpyxl.Workbook()
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = book.active.cell(number, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    target = io.BytesIO()
    book.save(target)
    copy = mark(target.getvalue(), "a.xlsx", [Issue("no_values", "error", "Sheet", ("B2",))], "en")
    assert copy.is_same_file
    assert without_index(read(copy.content)).sheets == read(target.getvalue()).sheets


def test_results_of_formulas_stay_without_opening_the_copy(
    xlsx: Any, with_part: Any, open_copy: Open, outside: Callable[..., Issue]
):
    formulas = ["=40+2.5", '="a"&"<b>"', "=1>0", "=1/0", "=SUM(A1:A2)"]
    content = xlsx([["code", "S2"], *(["440103", formula] for formula in formulas)])
    content = with_results(
        content,
        with_part,
        {
            "40+2.5": b"<f>40+2.5</f><v>42.5</v>",
            '"a"&amp;"&lt;b&gt;"': b'<f>"a"&amp;"&lt;b&gt;"</f><v>a&lt;b&gt;</v>',
            "1&gt;0": b"<f>1&gt;0</f><v>1</v>",
            "1/0": b"<f>1/0</f><v>#DIV/0!</v>",
        },
    )
    name = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.read(name)
    for ref, type_ in {"B3": b"str", "B4": b"b", "B5": b"e"}.items():
        part = part.replace(b'r="%b"' % ref.encode(), b'r="%b" t="%b"' % (ref.encode(), type_))
    content = with_part(content, name, part)
    copy = mark(content, "a.xlsx", [outside("B2", "B3", "B4", "B5", "B6")], "en")
    column = [c.value for (c,) in open_copy(copy.content, data_only=True)["Data"]["B2:B6"]]
    assert column == [42.5, "a<b>", True, "#DIV/0!", None]
    column = [c.value for (c,) in open_copy(copy.content)["Data"]["B2:B6"]]
    assert column == formulas
    cells = [row.cell(2).kind for row in without_index(read(copy.content)).sheets[0].rows[1:]]
    assert cells == ["number", "text", "bool", "error", "formula_without_value"]
    assert open_copy(copy.content).calculation.fullCalcOnLoad


def test_a_formula_that_was_typed_over_has_no_old_result(
    xlsx: Any, with_part: Any, open_copy: Open
):
    content = xlsx([["code", "S2"], ["440103", "=40+2.5"]])
    content = with_results(content, with_part, {"40+2.5": b"<f>40+2.5</f><v>42.5</v>"})
    copy = mark(content, "a.xlsx", [], "en", corrections={("Data", "B2"): "about 7"})
    assert open_copy(copy.content, data_only=True)["Data"]["B2"].value == "about 7"


def test_what_a_copy_loses_is_named_and_nothing_else(with_everything: bytes, open_copy: Open):
    copy = mark(with_everything, "a.xlsm", [], "en")
    assert copy.is_same_file
    with (
        zipfile.ZipFile(io.BytesIO(with_everything)) as before,
        zipfile.ZipFile(io.BytesIO(copy.content)) as after,
    ):
        kinds = count_kinds(before)
        assert set(kinds) >= {
            "pictures",
            "shapes",
            "controls",
            "sparklines",
            "header_pictures",
            "dynamic_arrays",
            "conditional_formats",
        }
        assert count_kinds(after) == {}
        charts = [name for name in after.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 1
    assert set(copy.lost) == {say(f"marked.lost_{kind}", "en") for kind in kinds}
    book = open_copy(copy.content)
    told = [c.value for (c,) in book["Issues"]["A1:A6"] if c.value]
    assert any(all(word in line for word in copy.lost) for line in told)


def test_macros_do_not_come_back(xlsx: Any, with_part: Any, outside: Callable[..., Issue]):
    content = with_part(xlsx([["code", "S2"], ["440103", 142]]), "xl/vbaProject.bin", b"\xd0\xcf")
    copy = mark(content, "a.xlsm", [outside("B2")], "zh")
    assert (copy.name, copy.is_same_file, copy.lost) == ("a(已标注).xlsx", True, ("宏",))
    with zipfile.ZipFile(io.BytesIO(copy.content)) as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower()]
        types = archive.read("[Content_Types].xml")
    assert b"macroEnabled" not in types


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_loss_has_words(kind: str):
    assert say(f"marked.lost_{kind}", "zh") != say(f"marked.lost_{kind}", "en")


def test_parts_are_told_by_their_names(xlsx: Any, with_part: Any):
    parts = {
        "xl/ctrlProps/ctrlProp1.xml": "controls",
        "xl/slicers/slicer1.xml": "slicers",
        "xl/connections.xml": "connections",
        "xl/threadedComments/threadedComment1.xml": "threads",
        "xl/embeddings/oleObject1.bin": "objects",
        "xl/cellimages.xml": "pictures",
        "customXml/item1.xml": "custom_xml",
        "_xmlsignatures/sig1.xml": "signature",
    }
    for name, kind in parts.items():
        content = with_part(xlsx([["code"]]), name, b"<a/>")
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert dict(count_kinds(archive)) == {kind: 1}
        assert mark(content, "a.xlsx", [], "en").lost == (say(f"marked.lost_{kind}", "en"),)
