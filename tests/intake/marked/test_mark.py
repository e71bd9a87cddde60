"""What a person gets back: colours, notes, an index in front, and the words for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from govmaturity.framework.model import Framework
from govmaturity.intake.checks import Checked, check
from govmaturity.intake.files import limits, process
from govmaturity.intake.issues import Issue
from govmaturity.intake.marked import orders
from govmaturity.intake.marked.mark import copy_name, mark
from govmaturity.intake.marked.orders import COLOURS, MARKER

SHEET = "A's 数据"
Open = Callable[..., openpyxl.Workbook]
Outside = Callable[..., Issue]


def texts(sheet: Any) -> list[str]:
    return [str(v) for row in sheet.iter_rows(values_only=True) for v in row if v is not None]


def colour(cell: Any) -> str:
    return cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else ""


def test_a_faulty_cell_is_coloured_and_its_note_says_why(
    faulty: bytes, found: Checked, open_copy: Open
):
    copy = mark(faulty, "values.xlsx", found.issues, "en")
    assert (copy.is_same_file, copy.lost, copy.name) == (True, (), "values (marked).xlsx")
    sheet = open_copy(copy.content)[SHEET]
    for ref in ("D3", "E4", "F2", "G3"):
        assert colour(sheet[ref]) == COLOURS["error"], ref
        assert "Error: You entered" in sheet[ref].comment.text
        assert sheet[ref].comment.author == "Govmaturity"
    assert colour(sheet["A2"]) == ""
    assert sheet["A2"].comment is None


def test_the_persons_own_note_stays_and_ours_comes_below(
    faulty: bytes, found: Checked, open_copy: Open
):
    note = open_copy(mark(faulty, "a.xlsx", found.issues, "zh").content)[SHEET]["E3"].comment
    assert note.text.startswith("请核对\n第二行\n")
    assert "错误：填的是142" in note.text
    assert note.author == "王科长"


def test_colour_and_note_say_the_severity(xlsx: Any, outside: Outside, open_copy: Open):
    content = xlsx([["code", "S2"], ["440103", 142], ["440104", 1], ["440105", 2]])
    issues = [outside(f"B{n}", severity=s) for n, s in enumerate(COLOURS, start=2)]
    issues.append(outside("B4", severity="error"))
    sheet = open_copy(mark(content, "a.xlsx", issues, "zh").content)["Data"]
    assert colour(sheet["B2"]) == COLOURS["error"]
    assert colour(sheet["B3"]) == COLOURS["confirm"]
    assert "待确认：" in sheet["B3"].comment.text
    # The graver of two findings gives the colour and comes first.
    assert colour(sheet["B4"]) == COLOURS["error"]
    text = sheet["B4"].comment.text
    assert text.index("错误：") < text.index("提示：")


@pytest.mark.parametrize(("language", "name"), [("zh", "问题清单"), ("en", "Issues")])
def test_the_index_comes_first_and_links_to_the_cells(
    language: Any, name: str, faulty: bytes, found: Checked, open_copy: Open
):
    book = open_copy(mark(faulty, "a.xlsx", found.issues, language).content)
    assert book.sheetnames[0] == name
    assert book.active.title == name
    links = {
        cell.value: cell.hyperlink.location
        for row in book[name].iter_rows()
        for cell in row
        if cell.hyperlink
    }
    assert links["D3"] == "'A''s 数据'!D3"
    assert links[SHEET] == "'A''s 数据'!A1"
    selected = [sheet.title for sheet in book if sheet.sheet_view.tabSelected]
    assert selected == [name]


def test_the_index_gives_the_first_cells_and_the_total(
    xlsx: Any, outside: Outside, open_copy: Open
):
    cells = [f"B{row}" for row in range(2, 30)]
    content = xlsx([["code", "S2"], *([str(440100 + n), 142] for n in range(28))])
    index = open_copy(mark(content, "a.xlsx", [outside(*cells)], "en").content)["Issues"]
    (row,) = (row for row in index.iter_rows(values_only=True) if row[0] == "Error")
    assert row[2:8] == ("B2", "B3", "B4", "B5", "B6", 28)
    assert row[8:11] == ("You entered 142. Enter 42.5.", "142", None)


def test_findings_without_a_cell_are_in_the_index_alone(xlsx: Any, open_copy: Open):
    content = xlsx([["code", "S2"], ["440103", 1]])
    issues = [Issue("no_values", "error"), Issue("period_missing", "error", "Data")]
    book = open_copy(mark(content, "a.xlsx", issues, "en").content)
    assert "The file has no value at all" in " ".join(texts(book["Issues"]))
    assert not [c for row in book["Data"].iter_rows() for c in row if c.comment or colour(c)]


def test_a_file_with_nothing_wrong_comes_back_saying_so(xlsx: Any, open_copy: Open):
    copy = mark(xlsx([["code", "S2"], ["440103", 1]]), "a.xlsx", [], "zh")
    book = open_copy(copy.content)
    assert book.sheetnames == ["问题清单", "Data"]
    assert "未发现需要更正的问题。" in texts(book["问题清单"])


def test_cells_that_are_not_there_are_passed_over_and_a_merged_one_marks_its_first(
    faulty: bytes, outside: Outside, open_copy: Open
):
    issues = [
        outside("A0", "XFE1", "B9999999", "ZZZZ1", "", "D3:E4", "M3", sheet=SHEET),
        outside("A1", sheet="no such sheet"),
        outside("B2", sheet="Lists"),
    ]
    book = open_copy(mark(faulty, "a.xlsx", issues, "en").content)
    marked = [c.coordinate for row in book[SHEET].iter_rows() for c in row if colour(c)]
    assert marked == ["F2", "L2"]  # the first has a fill of its own
    assert colour(book["Lists"]["B2"]) == COLOURS["error"]
    assert book["Lists"].sheet_state == "hidden"


def test_text_that_starts_like_a_formula_stays_text(xlsx: Any, open_copy: Open):
    found = '=HYPERLINK("http://example.org","x")'
    issue = Issue("not_a_number", "error", "Data", ("B2",), found=found, slots=(("enter", "1"),))
    content = xlsx([["code", "S2"], ["440103", 1]])
    typed = {("Data", "A2"): "=1+1", ("Data", "C2"): "a\x00\x0bb"}
    book = open_copy(mark(content, "=a.xlsx", [issue], "en", corrections=typed).content)
    assert (book["Data"]["A2"].value, book["Data"]["A2"].data_type) == ("=1+1", "s")
    assert book["Data"]["C2"].value == "ab"
    written = [c for row in book["Issues"].iter_rows() for c in row if c.value == found]
    assert [cell.data_type for cell in written] == ["s"]


def test_what_was_typed_in_the_browser_stands_in_the_copy(xlsx: Any, open_copy: Open):
    def formats(book: openpyxl.Workbook) -> None:
        book.active["B2"].number_format = "0%"
        book.active["B3"].number_format = "yyyy-mm-dd"

    content = xlsx([["code", "S2", "t"], ["440103", 9.9, "x"], ["440104", 1, "=1+1"]], formats)
    typed = {"B2": "42.5", "B3": " 7 ", "C2": "", "C3": "007", "D9": "85%"}
    corrections = {("Data", ref): text for ref, text in typed.items()}
    copy = mark(content, "a.xlsx", [], "en", corrections=corrections)
    sheet = open_copy(copy.content)["Data"]
    got = {ref: sheet[ref].value for ref in typed}
    assert got == {"B2": 42.5, "B3": 7, "C2": None, "C3": "007", "D9": "85%"}
    assert sheet["B2"].number_format == sheet["B3"].number_format == "General"
    said = texts(open_copy(copy.content)["Issues"])
    assert (
        "The 5 cells that you corrected in the browser are in this copy as you typed them." in said
    )


def test_a_header_typed_anew_renames_the_column_of_its_table(faulty: bytes, open_copy: Open):
    copy = mark(faulty, "a.xlsx", [], "en", corrections={("Lists", "B1"): "w"})
    table = open_copy(copy.content)["Lists"].tables["pairs"]
    assert [column.name for column in table.tableColumns] == ["k", "w"]


def test_a_csv_comes_back_as_a_workbook_in_the_same_layout(
    framework: Framework, csv_file: Any, open_copy: Open
):
    content = csv_file([["code", "unit", "S2"], ["007", "1.10", 142], ["440103", "a", "85.5"]])
    checked = check(content, "a.csv", framework)
    copy = mark(content, "a.csv", checked.issues, "zh", corrections={("", "C3"): "86"})
    assert (copy.name, copy.is_same_file) == ("a(已标注).xlsx", False)
    assert "csv" in copy.about
    book = open_copy(copy.content)
    assert book.sheetnames == ["问题清单", "数据"]
    rows = list(book["数据"].iter_rows(values_only=True))
    # Numbers are numbers only where nothing is lost by it.
    assert rows == [("code", "unit", "S2"), ("007", "1.10", 142), (440103, "a", 86)]
    assert colour(book["数据"]["C2"]) == COLOURS["error"]


def test_a_file_that_cannot_be_read_gives_the_list_alone(open_copy: Open, framework: Framework):
    for content in (b"", b"%PDF-1.7", b"PK\x03\x04 nothing", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        issues = check(content, "a.pdf", framework).issues
        copy = mark(content, "a.pdf", issues, "zh")
        assert (copy.name, copy.is_same_file, copy.lost) == ("a(已标注).xlsx", False, ())
        book = open_copy(copy.content)
        assert book.sheetnames == ["问题清单"]
        assert issues[0].message("zh") in texts(book["问题清单"])


def test_the_same_file_gives_the_same_bytes(faulty: bytes, found: Checked, csv_file: Any):
    for content in (faulty, csv_file([["code", "S2"], ["440103", 142]]), b"%PDF-"):
        one, other = (mark(content, "a.xlsx", found.issues, "zh") for _ in range(2))
        assert one == other


def test_thousands_of_faulty_cells_have_colours_and_the_first_have_notes(
    xlsx: Any, outside: Outside, open_copy: Open, monkeypatch: pytest.MonkeyPatch
):
    cells = [f"B{row}" for row in range(2, orders.MOST_NOTES + 102)]
    content = xlsx([["code", "S2"], *(["440103", 142] for _ in cells)])
    copy = mark(content, "a.xlsx", [outside(*cells)], "en")
    book = open_copy(copy.content)
    assert copy.is_same_file
    noted = [c.coordinate for (c,) in book["Data"]["B2:B6000"] if c.comment is not None]
    assert noted == cells[: orders.MOST_NOTES]
    assert all(colour(book["Data"][ref]) for ref in cells[-100:])
    assert any("5100 cells" in text and "5000" in text for text in texts(book["Issues"]))


def test_a_note_with_too_much_to_say_points_to_the_index(
    xlsx: Any, outside: Outside, open_copy: Open
):
    issues = [replace(outside("B2"), found="九" * n) for n in range(30, 90)]
    content = xlsx([["code", "S2"], ["440103", 142]])
    note = open_copy(mark(content, "a.xlsx", issues, "zh").content)["Data"]["B2"].comment
    assert len(note.text) < 1_800
    assert note.text.endswith("……其余问题见工作表“问题清单”。\n▲")


def test_a_sheet_of_the_persons_own_may_be_called_like_ours(xlsx: Any, open_copy: Open):
    content = xlsx([["code", "S2"], ["440103", 142]], title="Issues")
    assert open_copy(mark(content, "a.xlsx", [], "en").content).sheetnames == [
        "Issues (2)",
        "Issues",
    ]


@pytest.mark.parametrize("failure", ["limit", "time", "crash"])
def test_what_cannot_be_marked_itself_comes_back_as_values_or_as_a_list(
    failure: str,
    faulty: bytes,
    found: Checked,
    open_copy: Open,
    monkeypatch: pytest.MonkeyPatch,
):
    run = process.subprocess.run
    spoilt = {"same"}

    def break_(command: Sequence[str], **how: Any) -> Any:
        if command[-1] not in spoilt:
            return run(command, **how)
        if failure == "time":
            raise process.subprocess.TimeoutExpired(list(command), 1)
        out = b'{"failed": "too_much_memory"}\n' if failure == "limit" else b""
        return process.subprocess.CompletedProcess(command, failure == "crash", out, b"")

    monkeypatch.setattr(process.subprocess, "run", break_)
    copy = mark(faulty, "a.xlsx", found.issues, "en")
    assert not copy.is_same_file
    assert copy.lost == ("formats", "formulas (their results are kept)")
    book = open_copy(copy.content)
    assert book.sheetnames == ["Issues", SHEET, "Lists"]
    sheet = book[SHEET]
    assert [sheet[ref].value for ref in ("A1", "D3", "E3", "H2")] == [
        "code",
        "约100万",
        142,
        "=1+1 是文字",
    ]
    assert (sheet["H2"].data_type, sheet["H2"].quotePrefix) == ("s", True)
    # A formula without a result is no blank cell: sent back, it is an error still.
    assert (sheet["J2"].value, sheet["J2"].data_type) == ("#N/A", "e")
    assert colour(sheet["E3"]) == COLOURS["error"]
    assert [str(area) for area in sheet.merged_cells.ranges] == ["L2:M3"]
    assert (sheet.row_dimensions[5].hidden, book["Lists"].sheet_state) == (True, "hidden")
    spoilt.add("values")
    assert open_copy(mark(faulty, "a.xlsx", found.issues, "en").content).sheetnames == ["Issues"]


def test_the_child_imports_nothing_heavy_and_no_texts():
    code = (
        "import sys, io, json, runpy\n"
        "sys.argv = ['child', 'values']\n"
        "import govmaturity.intake.marked.child as child\n"
        "orders = json.dumps({'corrections': [], 'marks': [], 'more': '', 'lost': {}, 'index':"
        " {'name': 'I', 'title': '', 'lines': [], 'not_kept': '', 'between': '', 'legend': [],"
        " 'header': [], 'findings': []}}).encode()\n"
        "sheets = json.dumps({'sheets': [], 'lost': [], 'is_csv': True}).encode()\n"
        "given = len(orders).to_bytes(8, 'big') + orders + sheets\n"
        "sys.stdin = io.TextIOWrapper(io.BytesIO(given))\n"
        "assert child.main() == 0\n"
        "own = ('govmaturity', 'openpyxl', 'et_xmlfile', 'python_calamine')\n"
        "roots = {n.partition('.')[0] for n, m in sys.modules.items() if m is not None}\n"
        "extra = roots - set(sys.stdlib_module_names) - set(own) - {'__main__'}\n"
        "texts = [n for n in sys.modules if n.startswith('govmaturity.texts')]\n"
        "print(sorted(n for n in extra if not n.startswith('_')), texts, file=sys.stderr)\n"
    )
    done = process.subprocess.run(
        [process.sys.executable, "-P", "-s", "-c", code],
        capture_output=True,
        env={"PYTHONPATH": str(process._ROOT)},
        check=False,
    )
    assert done.stderr.decode().strip() == "[] []"
    assert done.stdout.startswith(b'{"lost": []}\nPK')


def test_the_index_says_which_sheet_it_is_in_a_hidden_column(xlsx: Any, open_copy: Open):
    index = open_copy(mark(xlsx([["code"]]), "a.xlsx", [], "en").content)["Issues"]
    (mark_,) = (cell for cell in index[1] if cell.value == MARKER)
    assert index.column_dimensions[mark_.column_letter].hidden


def test_the_name_of_a_copy_says_once_that_it_is_marked():
    assert copy_name("报表.xlsm", "zh") == "报表(已标注).xlsx"
    assert copy_name("报表(已标注).xlsx", "zh") == "报表(已标注).xlsx"
    assert copy_name("报表(已标注).xlsx", "en") == "报表 (marked).xlsx"
    assert copy_name("C:\\data\\a.b.csv", "en") == "a.b (marked).xlsx"


def test_limits_leave_room_for_the_largest_workbook_that_is_marked():
    assert limits.MARKING_CELLS <= limits.MAX_CELLS
    assert limits.MARKING_CPU_SECONDS < limits.MARKING_SECONDS
