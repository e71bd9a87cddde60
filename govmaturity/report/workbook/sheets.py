"""The sheets of a workbook: head, columns, styles, and cells that are written safely."""

from __future__ import annotations

import io
import math
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import xlsxwriter
from wcwidth import wcswidth
from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from govmaturity.report.tables import stamp
from govmaturity.report.workbook.cells import Live
from govmaturity.texts import Language
from govmaturity.values.table import SIMULATED

Style = Literal[
    "text", "wrap", "headline", "number", "input", "score", "share", "weight", "raw", "level"
]
HEAD_ROW: Final = 3
FIRST_ROW: Final = HEAD_ROW + 1
_LINE_HEIGHT: Final = 15.0
# Letters are narrower than the digits that columns are measured in.
_WIDTH_OF_LETTER: Final = 0.95
_LINE: Final = {"bottom": 1, "bottom_color": "#D9D9D9", "valign": "top"}
_BOLD: Final = {"bold": True, "bg_color": "#E8EEF4"}
_RIGHT: Final = {"align": "right"}
# Away from the figures that may stand to the left of a text.
_LEFT: Final = {"align": "left", "indent": 1}
_STYLES: Final[Mapping[Style, Mapping[str, object]]] = {
    "text": _LEFT,
    "wrap": {"text_wrap": True} | _LEFT,
    "headline": {"num_format": "0.00##"} | _LEFT,
    "number": _RIGHT,
    # What may be changed looks like what is filled in elsewhere: yellow.
    "input": {"bg_color": "#FFF6CC", "border": 1, "border_color": "#BFA94A"} | _RIGHT,
    "share": {"num_format": "0.0%"} | _RIGHT,
    "weight": {"num_format": "0.0000"} | _RIGHT,
    "raw": {"num_format": "#,##0.00##"} | _RIGHT,
    "level": {"num_format": "0"} | _RIGHT,
}


@dataclass(frozen=True)
class Head:
    """What stands above every sheet."""

    title: str
    language: Language
    is_simulated: bool
    width: float = 100.0


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
        self._head = book.head
        self._widths: list[float] = []
        self._lines: dict[int, int] = {}

    def open(
        self, note: str, columns: Sequence[tuple[str, float]], figures: Container[int] = ()
    ) -> None:
        """Write the head: title, what the sheet is, the mark of simulated data, columns.

        `figures` are the columns that hold figures: their heads stand to the right, as they do.
        """
        sheet = self._sheet
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, f"{self.name} · {self._head.title}", self._styles["title"])
        sheet.write_string(1, 0, note, self._styles["note"])
        if self._head.is_simulated:
            sheet.write_string(2, 0, SIMULATED, self._styles["mark"])
        for place, (column, width) in enumerate(columns):
            look = "head_right" if place in figures else "head"
            sheet.write_string(HEAD_ROW, place, column, self._styles[look])
            sheet.set_column(place, place, width)
            self._lines[HEAD_ROW] = max(self._lines.get(HEAD_ROW, 1), _lines(column, width))
        self._widths = [width for _, width in columns]
        sheet.freeze_panes(FIRST_ROW, min(2, len(columns)))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
        # An ampersand is a command in a header: two of them are one.
        title = self._head.title.replace("&", "&&")[:100]
        mark = f"&R&B{SIMULATED}" if self._head.is_simulated else ""
        sheet.set_header(f"&L{title}{mark}")
        sheet.set_footer("&R&P / &N")

    def write(
        self,
        row: int,
        column: int,
        content: object,
        style: Style = "text",
        *,
        is_bold: bool = False,
    ) -> None:
        """Write a text, a number or a formula; a text never becomes a formula or a link."""
        look = self._styles[f"bold_{style}" if is_bold else style]
        if isinstance(content, Live):
            self._sheet.write_formula(row, column, content.formula, look, content.value)
        elif isinstance(content, str) and content:
            self._sheet.write_string(row, column, content, look)
            if style == "wrap":
                lines = _lines(content, self._widths[column])
                self._lines[row] = max(self._lines.get(row, 1), lines)
        elif content is None or content == "":
            self._sheet.write_blank(row, column, None, look)
        else:
            self._sheet.write_number(row, column, content, look)

    def close(self) -> None:
        """Make rows as high as their texts: not every program does so by itself."""
        for row, lines in self._lines.items():
            if lines > 1:
                self._sheet.set_row(row, _LINE_HEIGHT * lines)

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
        self.file.set_properties({"created": stamp(), "title": head.title})
        score = {"num_format": "0.00" if head.width > 10 else "0.0000"} | _RIGHT
        styles = {**_STYLES, "score": score}
        self.styles: dict[str, Any] = {}
        for style, look in styles.items():
            self.styles[style] = self.file.add_format({**_LINE, **look})
            self.styles[f"bold_{style}"] = self.file.add_format({**_LINE, **_BOLD, **look})
        heading = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 2}
        heading |= {"bg_color": "#F2F2F2"}
        parts: dict[str, dict[str, Any]] = {
            "title": {"bold": True, "font_size": 14},
            "note": {"font_color": "#595959"},
            "mark": {"bold": True, "font_color": "#C00000"},
            "head": heading | _LEFT,
            "head_right": heading | _RIGHT,
        }
        for part, dressed in parts.items():
            self.styles[part] = self.file.add_format(dressed)
        self._sheets: list[Sheet] = []

    def sheet(self, name: str) -> Sheet:
        """Add a sheet; sheets stand in the order in which they are added."""
        self._sheets.append(Sheet(self, name))
        return self._sheets[-1]

    def finished(self) -> bytes:
        """Close the workbook and return it."""
        for sheet in self._sheets:
            sheet.close()
        self.file.close()
        return self._buffer.getvalue()


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column; a Chinese character is as wide as two letters."""
    return max(1, math.ceil(max(wcswidth(text), 0) * _WIDTH_OF_LETTER / width))
