"""Read an OpenDocument spreadsheet (ods). Runs in the child process.

One walk through content.xml, as a stream. python-calamine is not used here: it
loses formulas without a value and takes what stands in small print above a
word for part of it; for errors, per cent and what is hidden the walk is needed
in any case, and cells that are repeated a million times never come to be.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final
from xml.parsers import expat
from zipfile import ZipFile

from govmaturity.intake.files import answer, limits
from govmaturity.intake.files.refused import RefusedError
from govmaturity.intake.files.worksheet import column_letters

_OASIS: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT, _STYLE, _DRAW = (
    f"{_OASIS}{name}:1.0 " for name in ("table", "office", "text", "style", "drawing")
)
_KIND: Final = f"{_OFFICE}value-type"
_ERROR_MARK: Final = (
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
)
_NUMBERS: Final = ("float", "currency", "percentage")
_NUMBER: Final = re.compile(
    r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?|NaN|-?INF", re.IGNORECASE
)
_ERROR_TEXT: Final = re.compile(r"#[A-Z0-9/_]+[!?]?|Err:[0-9]+|#N/A")
_OUTSIDE: Final = tuple(
    f"{_TABLE}{name}" for name in ("table-source", "cell-range-source", "dde-link")
)
# What stands in a cell and is not its value: comments, small print above a word, drawings.
_ASIDE: Final = frozenset(
    {f"{_OFFICE}annotation", f"{_TEXT}ruby-text", f"{_TEXT}note", f"{_TABLE}table"}
)
_FILE_IN_FORMULA: Final = re.compile(r"'(?:file|https?|ftp|smb):", re.IGNORECASE)

_Attributes = dict[str, str]


def read(content: bytes) -> dict[str, Any]:
    """Return the answer for a spreadsheet whose directory has passed the guard.

    Raises
    ------
    RefusedError
        If it needs a password, is no spreadsheet, declares entities, or has
        cells far out or too many.
    """
    with ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        manifest = "META-INF/manifest.xml"
        if manifest in names and b"encryption-data" in archive.read(manifest):
            raise RefusedError("password")
        walk = _Walk()
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_declaration
        parser.StartElementHandler = walk.start
        parser.EndElementHandler = walk.end
        parser.CharacterDataHandler = walk.characters
        with archive.open("content.xml") as part:
            parser.ParseFile(part)
    if not walk.is_spreadsheet:
        raise RefusedError("word_document")
    if any(name.casefold().startswith("basic/") for name in names):
        walk.remarks.add("macros_not_run")
    return answer.book([sheet.answer() for sheet in walk.sheets], remarks=walk.remarks)


def _refuse_declaration(*_: object) -> None:
    raise RefusedError("xml_entities", found="content.xml")


@dataclass
class _Sheet:
    """One sheet while it is walked through; `row` and `column` are the last ones passed."""

    name: str
    is_hidden: bool
    grid: answer.Grid = field(default_factory=dict)
    percents: dict[int, frozenset[int]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    row: int = 0
    column: int = 0
    columns_passed: int = 0
    width: int = 0

    def answer(self) -> dict[str, Any]:
        hidden = answer.Hidden(
            {},
            frozenset(),
            self.percents,
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
        )
        return answer.sheet(self.name, self.grid, hidden, self.merged, is_hidden=self.is_hidden)

    def refused(self, code: str, row: int, column: int) -> RefusedError:
        return RefusedError(code, sheet=self.name, cell=f"{column_letters(column)}{row}")


class _Walk:
    """Follows the elements of content.xml; knows only what it needs of the present row."""

    def __init__(self) -> None:
        self.is_spreadsheet = False
        self.sheets: list[_Sheet] = []
        self.remarks: set[str] = set()
        self._used = 0
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._hidden_groups: list[bool] = []
        self._sheet: _Sheet | None = None
        self._cells: list[Any] = []
        self._percents: set[int] = set()
        self._row: _Attributes = {}
        self._cell: _Attributes | None = None
        self._text: list[str] = []
        self._aside = 0
        self._in_text = 0
        self._starts: dict[str, Callable[[_Attributes], None]] = {
            f"{_OFFICE}spreadsheet": self._start_spreadsheet,
            f"{_STYLE}style": self._start_style,
            f"{_STYLE}table-properties": self._start_table_properties,
            f"{_TABLE}table": self._start_table,
            f"{_TABLE}table-column": self._start_column,
            f"{_TABLE}table-column-group": self._start_group,
            f"{_TABLE}table-row-group": self._start_group,
            f"{_TABLE}table-row": self._start_row,
            f"{_TABLE}table-cell": self._start_cell,
            f"{_TABLE}covered-table-cell": self._start_cell,
        }
        self._ends: dict[str, Callable[[], None]] = {
            f"{_TABLE}table": self._end_table,
            f"{_TABLE}table-column-group": self._end_group,
            f"{_TABLE}table-row-group": self._end_group,
            f"{_TABLE}table-row": self._end_row,
            f"{_TABLE}table-cell": self._end_cell,
            f"{_TABLE}covered-table-cell": self._end_cell,
        }

    def start(self, name: str, attributes: _Attributes) -> None:
        if self._cell is not None:
            self._start_inside(name, attributes)
        elif name in self._starts:
            self._starts[name](attributes)
        elif name in _OUTSIDE:
            self.remarks.add("external_links")

    def end(self, name: str) -> None:
        if self._cell is not None and self._is_inside(name):
            self._end_inside(name)
        elif name in self._ends:
            self._ends[name]()

    def characters(self, text: str) -> None:
        if self._in_text and not self._aside:
            self._text.append(text)

    # Inside a cell: paragraphs of text, and things beside it.

    def _is_inside(self, name: str) -> bool:
        return bool(self._aside) or not name.startswith(_TABLE)

    def _start_inside(self, name: str, attributes: _Attributes) -> None:
        if self._aside or name in _ASIDE or name.startswith(_DRAW):
            self._aside += 1
        elif name == f"{_TEXT}p":
            if self._text:
                self._text.append("\n")
            self._in_text += 1
        elif name == f"{_TEXT}s":
            spaces = _count(attributes.get(f"{_TEXT}c", "1"), self._at())
            self._text.append(" " * min(spaces, limits.MAX_COLUMNS))
        elif name in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            self._text.append("\t" if name.endswith("tab") else "\n")
        elif name in _OUTSIDE:
            self.remarks.add("external_links")

    def _end_inside(self, name: str) -> None:
        if self._aside:
            self._aside -= 1
        elif name == f"{_TEXT}p":
            self._in_text -= 1

    # Styles, sheets, columns, rows.

    def _start_spreadsheet(self, _: _Attributes) -> None:
        self.is_spreadsheet = True

    def _start_style(self, attributes: _Attributes) -> None:
        self._style = attributes.get(f"{_STYLE}name", "")

    def _start_table_properties(self, attributes: _Attributes) -> None:
        if attributes.get(f"{_TABLE}display") == "false":
            self._hidden_styles.add(self._style)

    def _start_table(self, attributes: _Attributes) -> None:
        is_hidden = attributes.get(f"{_TABLE}style-name") in self._hidden_styles
        self._sheet = _Sheet(attributes.get(f"{_TABLE}name", ""), is_hidden)
        self._hidden_groups = []

    def _end_table(self) -> None:
        # A table inside a tracked change or a chart has no rows that count.
        if self._sheet is not None and self.is_spreadsheet:
            self.sheets.append(self._sheet)
        self._sheet = None

    def _start_group(self, attributes: _Attributes) -> None:
        self._hidden_groups.append(attributes.get(f"{_TABLE}display") == "false")

    def _end_group(self) -> None:
        if self._hidden_groups:
            self._hidden_groups.pop()

    def _hides(self, attributes: _Attributes) -> bool:
        is_shown = attributes.get(f"{_TABLE}visibility", "visible") == "visible"
        return not is_shown or any(self._hidden_groups)

    def _start_column(self, attributes: _Attributes) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        count = self._repeated(attributes, "columns")
        first = sheet.columns_passed + 1
        sheet.columns_passed += count
        if self._hides(attributes):
            last = min(sheet.columns_passed, limits.MAX_COLUMNS)
            sheet.hidden_columns.update(range(first, last + 1))

    def _start_row(self, attributes: _Attributes) -> None:
        self._row = attributes
        self._cells, self._percents = [], set()
        if self._sheet is not None:
            self._sheet.column = 0

    def _end_row(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        count = self._repeated(self._row, "rows")
        first, last = sheet.row + 1, sheet.row + count
        sheet.row = last
        used = sum(cell is not None for cell in self._cells)
        if not used:
            return
        self._used += used * count
        sheet.width = max(sheet.width, len(self._cells))
        if last > limits.MAX_ROWS or last * sheet.width > limits.MAX_AREA:
            raise sheet.refused("far_cell", last, len(self._cells))
        if self._used > limits.MAX_CELLS:
            raise RefusedError("too_many_cells", sheet=sheet.name, found=f"{self._used}")
        columns = frozenset(self._percents)
        for number in range(first, last + 1):
            sheet.grid[number] = list(self._cells)
            if columns:
                sheet.percents[number] = columns
            if self._hides(self._row):
                sheet.hidden_rows.add(number)

    # Cells.

    def _start_cell(self, attributes: _Attributes) -> None:
        if self._sheet is not None:
            self._cell, self._text, self._in_text = attributes, [], 0

    def _end_cell(self) -> None:
        sheet, attributes = self._sheet, self._cell
        if sheet is None or attributes is None:
            return
        self._note_merged(sheet, attributes)
        content = self._content(attributes, "".join(self._text))
        self._cell = None
        count = self._repeated(attributes, "columns")
        first = sheet.column + 1
        sheet.column += count
        if content is None:
            return
        if sheet.column > limits.MAX_COLUMNS:
            raise sheet.refused("far_cell", sheet.row + 1, sheet.column)
        self._cells.extend([None] * (first - 1 - len(self._cells)) + [content] * count)
        if attributes.get(_KIND) == "percentage" and type(content) is float:
            self._percents.update(range(first, sheet.column + 1))

    def _content(self, attributes: _Attributes, text: str) -> Any:
        formula = attributes.get(f"{_TABLE}formula")
        if formula is not None and _FILE_IN_FORMULA.search(formula):
            self.remarks.add("external_links")
        kind = attributes.get(_KIND, "")
        said = text or attributes.get(f"{_OFFICE}string-value", "")
        if attributes.get(_ERROR_MARK) == "error" or (formula and _ERROR_TEXT.fullmatch(said)):
            return ["e", said or "#"]
        if kind in _NUMBERS:
            value = attributes.get(f"{_OFFICE}value", "")
            if not _NUMBER.fullmatch(value):
                raise self._broken()
            return answer.number(float(value))
        if kind in ("date", "time"):
            return ["d", attributes.get(f"{_OFFICE}{kind}-value", said)]
        if kind == "boolean":
            return attributes.get(f"{_OFFICE}boolean-value") == "true"
        if kind == "" and formula is not None and not said:
            return ["f", None]
        return answer.content(attributes.get(f"{_OFFICE}string-value") or text)

    def _note_merged(self, sheet: _Sheet, attributes: _Attributes) -> None:
        down, across = (
            _count(attributes.get(f"{_TABLE}number-{what}-spanned", "1"), self._at())
            for what in ("rows", "columns")
        )
        if down > 1 or across > 1:
            top, left = sheet.row + 1, sheet.column + 1
            bottom = min(top + down - 1, limits.MAX_ROWS)
            right = min(left + across - 1, limits.MAX_COLUMNS)
            sheet.merged.append((top, left, bottom, right))

    def _repeated(self, attributes: _Attributes, what: str) -> int:
        return _count(attributes.get(f"{_TABLE}number-{what}-repeated", "1"), self._at())

    def _at(self) -> tuple[str, str]:
        sheet = self._sheet
        if sheet is None:
            return "", ""
        return sheet.name, f"{column_letters(sheet.column + 1)}{sheet.row + 1}"

    def _broken(self) -> RefusedError:
        name, cell = self._at()
        return RefusedError("broken_file", found="content.xml", sheet=name, cell=cell)


def _count(text: str, at: tuple[str, str]) -> int:
    """How often something is repeated; what is no count is a fault of the file."""
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < 1:
        raise RefusedError("broken_file", found="content.xml", sheet=at[0], cell=at[1])
    return int(text)
