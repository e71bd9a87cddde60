"""How the sheets of a template look: text that stays text, widths, heights, print set-up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Final, Literal

from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import absolute_coordinate, get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from wcwidth import wcswidth

from govmaturity.texts import Language

TEXT_FORMAT: Final = "@"
LINE_POINTS: Final = 15.0
_MOST_POINTS: Final = 400.0  # Excel takes 409
_PAGE_CHARACTERS: Final = 190  # on A4 across, at about two thirds of the natural size

_FONTS: Final[dict[Language, str]] = {"zh": "宋体", "en": "Calibri"}
_GREY, _RED, _INK = "00808080", "00C00000", "00000000"
_THIN: Final = Side(style="thin", color="00BFBFBF")
FRAME: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
LINE_BELOW: Final = Border(bottom=_THIN)
HEADER_FILL: Final = PatternFill("solid", start_color="00DDEBF7", end_color="00DDEBF7")
_WRAPPED: Final = Alignment(wrap_text=True, vertical="center")
_CENTRED: Final = Alignment(wrap_text=True, vertical="center", horizontal="center")


AnyCell = Cell | MergedCell


class Pen:
    """Writes cells of a sheet in the font of a language; text never becomes a formula."""

    def __init__(self, sheet: Worksheet, language: Language) -> None:
        self.sheet = sheet
        font = _FONTS[language]
        self._plain = Font(name=font, size=10, color=_INK)
        self._bold = Font(name=font, size=10, bold=True, color=_INK)
        self._title = Font(name=font, size=15, bold=True, color=_INK)
        self._warning = Font(name=font, size=11, bold=True, color=_RED)
        self._machine = Font(name="Calibri", size=7, color=_GREY)

    def text(self, row: int, column: int, value: object, *, wrap: bool = True) -> AnyCell:
        """Write a value; a text that starts like a formula stays a text."""
        cell = self.sheet.cell(row, column)
        if value not in (None, ""):
            cell.value = value  # type: ignore[assignment]
        if isinstance(value, str):
            cell.data_type = "s" if value else "n"
        cell.font = self._plain
        if wrap:
            cell.alignment = _WRAPPED
        return cell

    def title(self, row: int, value: str, column: int = 1) -> None:
        self.text(row, column, value, wrap=False).font = self._title
        self.sheet.row_dimensions[row].height = 24

    def warning(self, row: int, value: str, column: int = 1) -> None:
        self.text(row, column, value, wrap=False).font = self._warning

    def heading(self, row: int, column: int, value: str) -> AnyCell:
        """A cell of the header: bold, on a ground, in a frame."""
        cell = self.text(row, column, value)
        cell.font, cell.fill, cell.border, cell.alignment = (
            self._bold,
            HEADER_FILL,
            FRAME,
            _CENTRED,
        )
        return cell

    def section(self, row: int, column: int, value: str) -> None:
        """A heading over several cells, at the left: a wide one would be out of sight centred."""
        self.heading(row, column, value).alignment = Alignment(vertical="center", indent=1)

    def machine(self, row: int, column: int, value: str) -> None:
        """A cell that programs read: small and grey."""
        cell = self.text(row, column, value, wrap=False)
        cell.font, cell.border = self._machine, FRAME
        cell.alignment = Alignment(horizontal="center", shrink_to_fit=True)

    def framed(self, row: int, column: int, value: object, format_: str = "General") -> AnyCell:
        cell = self.text(row, column, value)
        cell.border, cell.number_format = FRAME, format_
        return cell

    def labelled(
        self, row: int, column: int, label: str, value: str, *, right: bool = False
    ) -> None:
        """A label, and beside it a place with a line below, filled or to fill in."""
        told = self.text(row, column, label, wrap=False)
        told.font = self._bold
        if right:
            told.alignment = Alignment(horizontal="right")
        place = self.text(row, column + 1, value, wrap=False)
        place.border, place.number_format = LINE_BELOW, TEXT_FORMAT


def note(cell: AnyCell, lines: Iterable[str]) -> None:
    """Put a note on a cell, large enough for its lines."""
    told = [line for line in lines if line]
    made = Comment("\n".join(told), "govmaturity")
    made.width = 360
    made.height = 20 + 18 * sum(lines_of(line, 48) for line in told)
    cell.comment = made


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column; Chinese characters are two wide."""
    # Words and double-width characters leave gaps at the ends of lines.
    usable = max(width - 2, 1)
    return sum(max(1, ceil(max(wcswidth(line), 0) / usable)) for line in text.split("\n"))


def fit_height(sheet: Worksheet, row: int, texts: Iterable[tuple[str, float]]) -> None:
    """Make a row as high as its texts need, each given with the width of its column."""
    lines = max((lines_of(text, width) for text, width in texts), default=1)
    sheet.row_dimensions[row].height = min(lines * LINE_POINTS + 3, _MOST_POINTS)


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Set the widths of the columns from A on, in characters."""
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width


def set_up_print(
    sheet: Worksheet, title: str, widths: Sequence[float], rows: str = "", columns: str = ""
) -> None:
    """A4 across, header rows and columns on every page, the number of the page below.

    As many pages side by side as can still be read; a narrow sheet fits one.
    """
    kept = sum(widths[:2]) if columns else 0.0
    pages = max(1, ceil((sum(widths) - kept) / (_PAGE_CHARACTERS - kept)))
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.8
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    _repeat(sheet, rows, columns)
    # An ampersand starts a code there.
    sheet.HeaderFooter.oddHeader = _in_margin("left", title[:100].replace("&", "&&"))
    sheet.HeaderFooter.oddFooter = _in_margin("center", "&P / &N")


def _repeat(sheet: Worksheet, rows: str, columns: str) -> None:
    """Columns before rows, as Excel writes them: LibreOffice saves the name twice otherwise."""
    name = quote_sheetname(sheet.title)
    areas = [absolute_coordinate(area) for area in (columns, rows) if area]
    if areas:
        text = ",".join(f"{name}!{area}" for area in areas)
        sheet.defined_names.add(DefinedName("_xlnm.Print_Titles", attr_text=text))


def _in_margin(part: Literal["left", "center"], text: str) -> HeaderFooterItem:
    made = HeaderFooterItem()
    getattr(made, part).text = text
    return made
