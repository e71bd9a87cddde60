"""Mark the uploaded workbook itself. Runs in the child process."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any, Final
from xml.etree.ElementTree import fromstring, tostring
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import PatternFill
from openpyxl.styles.fills import Fill
from openpyxl.styles.numbers import is_date_format
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from govmaturity.intake.files import limits
from govmaturity.intake.files.refused import RefusedError
from govmaturity.intake.files.soundness import check_extent, refuse_entities
from govmaturity.intake.files.worksheet import plain_names, with_places
from govmaturity.intake.marked.index_sheet import (
    add_index,
    cells_of,
    coloured,
    is_index,
    put_text,
    read_undo,
)
from govmaturity.intake.marked.losses import count_kinds
from govmaturity.intake.marked.notes import with_ours, without_ours
from govmaturity.intake.marked.orders import COLOURS, MOST_NOTES, Orders, Severity, as_number
from govmaturity.intake.marked.saving import load, save

_REF: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
# Rows that are merely styled, down to the last one of the sheet, cost as much as cells.
_CELLS: Final = re.compile(rb"<(?:\w+:)?(?:c|row)[\s/>]")
_OURS: Final = frozenset(COLOURS.values())


def mark_same(content: bytes, orders: Orders) -> tuple[bytes, list[str]]:
    """Return the workbook with its faults marked, and the kinds of what it has lost.

    Raises
    ------
    RefusedError
        If it declares entities, or has more cells than a copy can be made of.
    """
    with ZipFile(BytesIO(content)) as archive:
        _look_through(archive)
        lost = list(count_kinds(archive))
    book, results = load(content)
    clean(book)
    correct(book, orders["corrections"])
    undo = highlight(book, orders)
    words = list(dict.fromkeys(orders["lost"][kind] for kind in lost))
    add_index(book, orders["index"], words, undo)
    return save(book, results), lost


def clean(book: Workbook) -> None:
    """Take out what an earlier copy of ours has put in: index sheet, colours, notes.

    A cell gets back the fill that it had. Where rows have been moved since, so
    that nothing is noted about it, it gets none. A fill that the person has
    chosen in the meantime stays.
    """
    fills = {(sheet, ref): fill for sheet, ref, fill in read_undo(book)}
    for sheet in [sheet for sheet in book.worksheets if is_index(sheet)]:
        book.remove(sheet)
    for sheet in book.worksheets:
        for cell in cells_of(sheet):
            if cell.comment is not None:
                cell.comment = without_ours(cell.comment)
            if cell.has_style and _is_ours(cell):
                cell.fill = _parsed(fills.get((sheet.title, cell.coordinate), ""))


def correct(book: Workbook, corrections: list[tuple[str, str, str]]) -> None:
    """Write what was typed in the browser: numbers as numbers, all else as text.

    A number goes in as it was typed, so a format that would make 4250 % or a
    date of it is taken off.
    """
    for name, ref, text in corrections:
        cell = _cell(book, name, ref)
        if cell is None or cell.coordinate != ref:  # inside a merged area nothing can stand
            continue
        number = as_number(text.strip())
        if number is None:
            cell.value = None
            if text:
                put_text(cell.parent, cell.row, cell.column, text)
                _rename_column(cell, text)
        else:
            cell.value = number
            _rename_column(cell, str(number))
            if "%" in cell.number_format or is_date_format(cell.number_format):
                cell.number_format = "General"


def highlight(book: Workbook, orders: Orders) -> dict[tuple[str, str], list[str]]:
    """Colour the cells and write the notes; return the fills that were there before."""
    undo: dict[tuple[str, str], list[str]] = {}
    severities: dict[tuple[str, str], Severity] = {}
    sentences: dict[tuple[str, str], list[str]] = {}
    for mark in orders["marks"]:
        for ref in mark["cells"]:
            cell = _cell(book, mark["sheet"], ref)
            if cell is None:
                continue
            place = (mark["sheet"], cell.coordinate)
            if place not in severities:
                severities[place] = mark["severity"]
                before = cell.fill.fill_type and tostring(cell.fill.to_tree(), "unicode")
                if before:
                    undo.setdefault((mark["sheet"], before), []).append(cell.coordinate)
                cell.fill = _FILLS[mark["severity"]]
            if place in sentences or len(sentences) < MOST_NOTES:
                sentences.setdefault(place, []).append(mark["text"])
    for (name, ref), said in sentences.items():
        cell = book[name][ref]
        cell.comment = with_ours(cell.comment, list(dict.fromkeys(said)), orders["more"])
    return undo


_FILLS: Final = {severity: coloured(severity) for severity in COLOURS}


def _look_through(archive: ZipFile) -> None:
    """Refuse what openpyxl is not to see; it may parse any part, whatever it is called."""
    cells = 0
    for name in archive.namelist():
        part = archive.read(name)
        refuse_entities(part, name)
        if b"sheetData" in part:
            part = with_places(plain_names(part))
            check_extent(part, name)
            cells += len(_CELLS.findall(part))
    if cells > limits.MARKING_CELLS:
        raise RefusedError("too_many_cells", found=f"{cells}")


def _cell(book: Workbook, name: str, ref: str) -> Any:
    """The cell that a finding names, of a merged area its first one; None if there is none."""
    found = _REF.fullmatch(ref)
    if found is None or name not in book.sheetnames or int(found[2]) > limits.MAX_ROWS:
        return None
    sheet = book[name]
    if not isinstance(sheet, Worksheet) or (len(found[1]) == 3 and found[1] > "XFD"):
        return None
    cell = sheet[ref]
    if isinstance(cell, MergedCell):
        for area in sheet.merged_cells.ranges:
            if ref in area:
                return sheet.cell(area.min_row, area.min_col)
    return cell


def _rename_column(cell: Any, name: str) -> None:
    """Call a table's column as its header now says; else Excel finds the file damaged."""
    for table in cell.parent.tables.values():
        area = CellRange(table.ref)
        if table.headerRowCount and cell.row == area.min_row and cell.coordinate in area:
            table.tableColumns[cell.column - area.min_col].name = name


def _is_ours(cell: Any) -> bool:
    return cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb in _OURS


def _parsed(fill: str) -> Any:
    """A fill from its XML as an earlier copy noted it: it has been in other hands since."""
    if not fill.startswith("<"):
        return PatternFill()
    refuse_entities(fill.encode(), "fill")
    tree: Any = fromstring(fill)
    return Fill.from_tree(tree)
