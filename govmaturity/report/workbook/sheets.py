"""The sheets of a workbook: head, columns, styles, and cells that are written safely."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import xlsxwriter
from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from govmaturity.report.tables import made_at
from govmaturity.report.workbook.cells import Live
from govmaturity.texts import Language
from govmaturity.values.table import SIMULATED

Style = Literal[
    "text", "wrap", "score", "weight", "raw", "input", "bold", "bold_score", "level", "score_left"
]
HEAD_ROW: Final = 3
FIRST_ROW: Final = HEAD_ROW + 1
_EPOCH: Final = datetime(1980, 1, 1)  # the earliest time a zip entry can have
_LINE: Final = {"bottom": 1, "bottom_color": "#D9D9D9", "valign": "top"}
_BOLD: Final = {"bold": True, "bg_color": "#E8EEF4"}
_STYLES: Final[Mapping[Style, Mapping[str, object]]] = {
    "text": {},
    "wrap": {"text_wrap": True},
    "score": {"num_format": "0.00##", "align": "right"},
    "weight": {"num_format": "0.0000", "align": "right"},
    "raw": {"num_format": "General", "align": "right"},
    "score_left": {"num_format": "0.####", "align": "left", "bold": True},
    "level": {"num_format": "0", "align": "right"},
    # What may be changed looks like what is filled in elsewhere: yellow.
    "input": {"bg_color": "#FFF6CC", "border": 1, "border_color": "#BFA94A", "align": "right"},
    "bold": _BOLD,
    "bold_score": {"num_format": "0.00##", "align": "right"} | _BOLD,
}


@dataclass(frozen=True)
class Head:
    """What stands above every sheet."""

    title: str
    language: Language
    is_simulated: bool


def span_of(sheet: str, first: int, last: int, column: int) -> str:
    """A cell, or cells below one another, with the sheet's name; rows and columns from 0.

    Examples
    --------
    >>> span_of("Values", 4, 4, 3), span_of("Values", 4, 9, 3)
    ('Values!$D$5', 'Values!$D$5:$D$10')
    """
    cells = [
        str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))
        for row in ((first,) if first == last else (first, last))
    ]
    return f"{quote_sheetname(sheet)}!{':'.join(cells)}"


class Sheet:
    """One sheet: its head, then rows from `FIRST_ROW` on; rows and columns count from 0."""

    def __init__(self, book: Book, name: str) -> None:
        self.name = name
        self._sheet = book.file.add_worksheet(name)
        self._styles = book.styles
        self._simulated = book.simulated
        self._head = book.head

    def open(self, note: str, columns: Sequence[tuple[str, float]]) -> None:
        """Write the head: title, what the sheet is, the mark of simulated data, columns."""
        sheet = self._sheet
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, f"{self.name} · {self._head.title}", self._styles["title"])
        sheet.write_string(1, 0, note, self._styles["note"])
        if self._head.is_simulated:
            sheet.write_string(2, 0, SIMULATED, self._simulated)
        for place, (column, width) in enumerate(columns):
            sheet.write_string(HEAD_ROW, place, column, self._styles["head"])
            sheet.set_column(place, place, width)
        sheet.freeze_panes(FIRST_ROW, min(2, len(columns)))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
        # An ampersand is a command in a header: two of them are one.
        mark = f"&C&B{SIMULATED}" if self._head.is_simulated else ""
        title = self._head.title.replace("&", "&&")[:120]
        sheet.set_header(f"&L{title}{mark}")
        sheet.set_footer("&R&P / &N")

    def write(self, row: int, column: int, content: object, style: Style = "text") -> None:
        """Write a text, a number or a formula; a text never becomes a formula or a link."""
        look = self._styles[style]
        if isinstance(content, Live):
            self._sheet.write_formula(row, column, content.formula, look, content.value)
        elif isinstance(content, str):
            if content:
                self._sheet.write_string(row, column, content, look)
            else:
                self._sheet.write_blank(row, column, None, look)
        elif content is None:
            self._sheet.write_blank(row, column, None, look)
        else:
            self._sheet.write_number(row, column, content, look)

    def width(self, column: int, width: float) -> None:
        self._sheet.set_column(column, column, width)

    def here(self, row: int, column: int) -> str:
        """A cell, as a formula of the same sheet names it."""
        return str(xl_rowcol_to_cell(row, column))

    def span(self, first: int, last: int, column: int) -> str:
        """Cells below one another, as a formula of the same sheet names them."""
        return f"{self.here(first, column)}:{self.here(last, column)}"

    def there(self, row: int, column: int) -> str:
        """A cell, as a formula of any sheet names it."""
        return span_of(self.name, row, row, column)

    def span_there(self, first: int, last: int, column: int) -> str:
        """Cells below one another, as a formula of any sheet names them."""
        return span_of(self.name, first, last, column)


class Book:
    """A workbook in the making; `finished` gives its bytes, the same for the same content."""

    def __init__(self, head: Head) -> None:
        self.head = head
        self._buffer = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.file: Any = xlsxwriter.Workbook(self._buffer, options)
        self.file.set_properties({"created": made_at() or _EPOCH, "title": head.title})
        self.styles: dict[str, Any] = {
            name: self.file.add_format({**_LINE, **look}) for name, look in _STYLES.items()
        }
        self.styles["title"] = self.file.add_format({"bold": True, "font_size": 14})
        self.styles["note"] = self.file.add_format({"font_color": "#595959"})
        self.styles["head"] = self.file.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 2, "bg_color": "#F2F2F2"}
        )
        self.simulated = self.file.add_format({"bold": True, "font_color": "#C00000"})

    def sheet(self, name: str) -> Sheet:
        """Add a sheet; sheets stand in the order in which they are added."""
        return Sheet(self, name)

    def finished(self) -> bytes:
        """Close the workbook and return it."""
        self.file.close()
        return self._buffer.getvalue()
