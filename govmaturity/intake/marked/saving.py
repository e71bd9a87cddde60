"""Load and save a workbook with openpyxl: nothing converted, no temporary file, no time stamp."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.reader.excel import ExcelReader
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from govmaturity.intake.marked.results import Result, put_back, stored

# The earliest time that an entry of an archive can have.
_EPOCH: Final = datetime(1980, 1, 1)
_CORE: Final = "docProps/core.xml"

Results = Mapping[str, Mapping[bytes, Result]]
"""The stored results of formulas, by sheet and cell."""


def load(content: bytes) -> tuple[Workbook, Results]:
    """Load a workbook so that it can be saved as it was, and what its formulas had worked out.

    Macros are left behind: a copy of ours never runs anything.
    """
    reader = _Reader(BytesIO(content), keep_vba=False, keep_links=True, rich_text=True)
    reader.read()
    return reader.wb, reader.results


def save(book: Workbook, results: Results) -> bytes:
    """The workbook as a file: the same bytes for the same contents."""
    if book.calculation is None:
        book.calculation = CalcProperties()
    book.calculation.fullCalcOnLoad = True
    target = BytesIO()
    with _Archive(target, "w", ZIP_DEFLATED) as archive:
        _Writer(book, archive, results).write_data()
    return target.getvalue()


def new_workbook() -> Workbook:
    """A workbook without sheets and without the time at which it was made."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.created = book.properties.modified = _EPOCH
    return book


class _Reader(ExcelReader):
    """Reads dates as the numbers that they are stored as.

    openpyxl makes an error cell of a number that its format shows as an
    impossible date, and rounds times to microseconds.
    """

    def read_properties(self) -> None:
        super().read_properties()
        core = self.archive.read(_CORE) if _CORE in self.valid_files else b""
        for time in ("created", "modified"):  # else openpyxl takes the present time
            if f":{time}".encode() not in core:
                setattr(self.wb.properties, time, _EPOCH)

    def read_worksheets(self) -> None:
        book: Any = self.wb
        book._date_formats, book._timedelta_formats = set(), set()
        self.results = {
            sheet.name: stored(self.archive.read(rel.target))
            for sheet, rel in self.parser.find_sheets()
            if rel.target in self.valid_files and "chartsheet" not in rel.Type
        }
        super().read_worksheets()


class _Archive(ZipFile):
    """Gives every entry the same time."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        entry = ZipInfo(zinfo_or_arcname, _EPOCH.timetuple()[:6])
        entry.compress_type = ZIP_DEFLATED
        entry.external_attr = 0o600 << 16
        super().writestr(entry, data)


class _Writer(ExcelWriter):
    """Writes sheets in memory, since its process may write no file, with results put back."""

    def __init__(self, book: Workbook, archive: ZipFile, results: Results) -> None:
        super().__init__(book, archive)
        self._target = archive
        self._results = results

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts = ws._charts
        ws._drawing.images = ws._images
        target = BytesIO()
        writer: Any = WorksheetWriter(ws, target)
        writer.write()
        ws._rels = writer._rels
        part = put_back(target.getvalue(), self._results.get(ws.title, {}))
        self._target.writestr(ws.path[1:], part)
        self.manifest.append(ws)
