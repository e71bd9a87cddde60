"""A file as sheets of cells, whatever is in it: the process that asks stays alive."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from govmaturity.intake.files import limits
from govmaturity.intake.files.reader import BLANK, Cell, read
from govmaturity.intake.issues import Unreadable

HAS_LIMITS = sys.platform.startswith("linux")


def code_of(content: bytes, **options: float) -> str:
    with pytest.raises(Unreadable) as caught:
        read(content, **options)
    assert len(caught.value.issues) == 1
    return caught.value.issues[0].code


def test_a_workbook_comes_with_what_its_cells_say_and_hide(xlsx) -> None:
    def change(book) -> None:
        sheet = book["Data"]
        sheet["B3"].number_format = "0.0%"
        sheet["C3"] = "=1/0"
        sheet.row_dimensions[5].hidden = True
        sheet.column_dimensions["C"].hidden = True
        sheet.merge_cells("A7:A8")
        book.create_sheet("Lists").sheet_state = "veryHidden"

    rows = [
        [],
        ["code", "S2", "S3"],
        [440106, 0.85, None],
        ["440104", True, datetime.date(2024, 1, 1)],
        ["440105", "#DIV/0!", "  "],
        [],
        ["a", 1, 2],
        [None, 3, 4],
    ]
    book = read(xlsx(rows, change))
    data, lists = book.sheets
    assert [row.number for row in data.rows] == [2, 3, 4, 5, 7, 8]
    assert data.rows[1].cells == (
        Cell("number", 440106.0),
        Cell("number", 0.85, is_percent=True),
        Cell("formula_without_value", None),
    )
    assert data.rows[1].ref(3) == "C3"
    assert data.rows[2].cells[1:] == (Cell("bool", True), Cell("date", "2024-01-01"))
    assert data.rows[3].cell(2) == Cell("error", "#DIV/0!")
    assert data.rows[3].cell(99) is BLANK
    assert [row.number for row in data.rows if row.is_hidden] == [5]
    assert data.hidden_columns == (3,)
    assert data.merged == ((7, 1, 8, 1),)
    assert (lists.name, lists.is_hidden, lists.rows) == ("Lists", True, ())


def test_an_error_in_the_last_cell_is_not_lost(sheet_xml: Callable[..., bytes]) -> None:
    content = sheet_xml(
        b'<row r="4"><c r="C4"><v>1</v></c><c r="E4" t="e"><v>#REF!</v></c></row>'
        b'<row r="6"><c r="B6" t="e"><v>#N/A</v></c></row>'
    )
    (sheet,) = read(content).sheets
    assert [(row.number, row.width) for row in sheet.rows] == [(4, 5), (6, 2)]
    assert sheet.rows[1].cell(2) == Cell("error", "#N/A")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_comes_as_text_in_any_of_its_encodings(csv_file, encoding: str) -> None:
    book = read(csv_file([["区划代码", "名称", "S2"], ["440106", "天河区", 85]], encoding))
    (sheet,) = book.sheets
    assert sheet.rows[1].cells == (
        Cell("text", "440106"),
        Cell("text", "天河区"),
        Cell("text", "85"),
    )
    assert (book.format, book.encoding) == ("csv", encoding.removesuffix("-sig"))


def test_a_cell_in_the_far_corner_is_named(sheet_xml: Callable[..., bytes]) -> None:
    content = sheet_xml(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert len(content) < 10_000
    with pytest.raises(Unreadable) as caught:
        read(content)
    (issue,) = caught.value.issues
    assert (issue.code, issue.sheet, issue.cells) == ("far_cell", "Data", ("XFD1048576",))


def test_the_dimension_that_a_sheet_declares_does_not_count(
    sheet_xml: Callable[..., bytes],
) -> None:
    row = b'<row r="%d"><c r="A%d"><v>1</v></c><c r="D%d"><v>2</v></c></row>'
    (sheet,) = read(sheet_xml(b"".join(row % (n, n, n) for n in range(1, 31)))).sheets
    assert [row.number for row in sheet.rows] == list(range(1, 31))
    assert sheet.rows[-1].width == 4


def test_rows_that_are_only_styled_cost_nothing(sheet_xml: Callable[..., bytes]) -> None:
    blank = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(2, 300_000))
    (sheet,) = read(sheet_xml(b'<row r="1"><c r="A1"><v>1</v></c></row>' + blank)).sheets
    assert len(sheet.rows) == 1


@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        b"<!DOCTYPE worksheet>",
    ],
)
def test_declarations_in_xml_are_refused(sheet_xml: Callable[..., bytes], declared: bytes) -> None:
    head = b'<?xml version="1.0"?>' + declared
    assert (
        code_of(sheet_xml(b'<row r="1"><c r="A1"><v>&lol2;</v></c></row>', head)) == "xml_entities"
    )


@pytest.mark.parametrize("name", ["xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_declarations_in_other_parts_are_refused(xlsx, with_part, name: str) -> None:
    part = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    assert code_of(with_part(xlsx([[1]]), name, part)) == "xml_entities"


def test_a_broken_part_is_one_sentence(xlsx, with_part) -> None:
    assert code_of(with_part(xlsx([[1]]), "xl/workbook.xml", b"<workbook>")) == "broken_file"
    content = xlsx([["code", "S2"]] * 50)
    assert code_of(content[: len(content) // 2]) == "broken_file"
    spoilt = bytearray(content)
    place = content.index(b"xl/worksheets/sheet1.xml") + 60
    spoilt[place : place + 40] = bytes(40)
    assert code_of(bytes(spoilt)) == "broken_file"


@pytest.mark.skipif(not HAS_LIMITS, reason="this system sets no limit on the memory of a process")
def test_a_file_that_needs_too_much_memory_takes_only_the_child(
    sheet_xml: Callable[..., bytes], with_part
) -> None:
    # 100,000 cells share one text of 9 MB: small in the file, 900 GB as values.
    text = b"<sst><si><t>" + b"x" * 9_000_000 + b"</t></si></sst>"
    cells = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 100_001)
    )
    content = with_part(sheet_xml(cells), "xl/sharedStrings.xml", text)
    types = (
        b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
        b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    )
    content = with_part(content, "[Content_Types].xml", types)
    begun = time.monotonic()
    assert code_of(content) in ("reader_stopped", "too_much_memory")
    assert time.monotonic() - begun < limits.MAX_SECONDS


def test_a_file_that_takes_too_long_is_given_up(xlsx) -> None:
    assert code_of(xlsx([[1]]), seconds=0.001) == "too_slow"


@pytest.mark.parametrize(
    ("module", "library"),
    [
        ("child", ["orjson"]),
        ("delimited", []),
        ("open_document", []),
        ("open_xml", ["python_calamine"]),
        ("old_excel", ["xlrd"]),
    ],
)
def test_the_child_loads_what_reads_and_answers_only(module: str, library: list[str]) -> None:
    script = (
        f"import sys, govmaturity.intake.files.{module}\n"
        "names = {name.split('.')[0] for name in sys.modules}\n"
        "print(*sorted(names - set(sys.stdlib_module_names) - {'__main__'}))"
    )
    environment = {
        "PYTHONPATH": os.pathsep.join(sys.path),
        "SYSTEMROOT": os.environ.get("SYSTEMROOT", ""),
    }
    done = subprocess.run(
        [sys.executable, "-S", "-c", script], capture_output=True, check=True, env=environment
    )
    assert done.stdout.decode().split() == ["govmaturity", *library]


def test_this_process_never_loads_the_reader() -> None:
    script = (
        "import sys, govmaturity.intake.together\n"
        "print(bool({'python_calamine', 'xlrd'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout.decode().strip() == "False"


def test_the_child_does_not_see_the_apps_environment(xlsx, monkeypatch) -> None:
    seen: list[dict[str, str]] = []
    run = subprocess.run

    def note(*arguments, **options):
        seen.append(options["env"])
        return run(*arguments, **options)

    monkeypatch.setenv("DATABASE_PASSWORD", "secret")
    monkeypatch.setattr(subprocess, "run", note)
    read(xlsx([[1]]))
    assert "secret" not in seen[0].values()


def test_many_files_at_once_wait_for_one_another(xlsx) -> None:
    content = xlsx([["code", "S2"], ["440106", 85]])
    with ThreadPoolExecutor(12) as pool:
        books = list(pool.map(read, [content] * 12))
    assert {book.sheets[0].rows[1].cell(2) for book in books} == {Cell("number", 85.0)}
