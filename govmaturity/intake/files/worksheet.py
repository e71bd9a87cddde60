"""What a sheet's XML says and a reader of values does not tell. Runs in the child process.

Where the used cells are (before a reader reserves memory for them), which
cells hold an error, a formula without a stored value or a per-cent format,
which rows and columns are hidden. Patterns over the bytes, each one run only
where a quick search shows that there is something to find: parsing a sheet of
3,000 x 60 as XML in Python would take longer than all the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from xml.parsers import expat

from govmaturity.intake.files import limits
from govmaturity.intake.files.delimited import RefusedError

Place = tuple[int, int]

# Names come without a prefix and the place comes first (see `plain_names` and
# `with_places`): with less to look for, a search takes a third of the time.
_CELL: Final = rb"""<c\s+r\s*=\s*["']\$?([A-Za-z]+)\$?(\d+)["']"""
# Only cells with content count: rows that are merely styled down to the last
# row of the sheet are common, and harmless.
_USED: Final = re.compile(_CELL + rb"[^>]*>\s*<(?:v|is|f)\b")
_ERROR: Final = re.compile(
    _CELL + rb"""(?=[^>]*?\bt\s*=\s*["']e["'])[^>]*>(.*?)</c\s*>""", re.DOTALL
)
_ERROR_TEXT: Final = re.compile(rb"<v[^>]*>([^<]*)<")
_FORMULA: Final = re.compile(
    _CELL
    + rb"([^>]*)>\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f\s*>)\s*(?:<v\s*/>|<v[^>]*>\s*</v\s*>)?\s*</c\s*>"
)
_TEXT_RESULT: Final = re.compile(rb"""\bt\s*=\s*["']str["']""")
_PLACE_NOT_FIRST: Final = re.compile(rb"<c(?:/?>|\s+(?!r\s*=))")
_ROW_OR_CELL: Final = re.compile(rb"<(row|c)\b([^>]*?)(/?)>")
_ROW_NUMBER: Final = re.compile(rb"""\sr\s*=\s*["'](\d+)["']""")
_CELL_REF: Final = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)(\d+)["']""")
_IS_HIDDEN: Final = rb"""(?=[^>]*?\shidden\s*=\s*["'](?:1|true)["'])"""
_HIDDEN_ROW: Final = re.compile(rb"<row" + _IS_HIDDEN + rb"""(?=[^>]*?\sr\s*=\s*["'](\d+)["'])""")
_HIDDEN_COLUMNS: Final = re.compile(
    rb"<col"
    + _IS_HIDDEN
    + rb"""(?=[^>]*?\smin\s*=\s*["'](\d+)["'])(?=[^>]*?\smax\s*=\s*["'](\d+)["'])"""
)
_PREFIXED: Final = re.compile(rb"<([A-Za-z_][\w.-]*:)worksheet[\s>]")
_ROW_END: Final = re.compile(rb"</row\s*>")
_FORBIDDEN: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_NOT_UTF8: Final = re.compile(
    rb"""^<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8|us-ascii)""", re.IGNORECASE
)
_UNQUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')


@dataclass(frozen=True)
class Hidden:
    """What a reader of values does not tell of one sheet; rows and columns count from 1."""

    errors: dict[Place, str]
    formulas: frozenset[Place]
    percents: frozenset[Place]
    rows: frozenset[int]
    columns: frozenset[int]


def refuse_entities(part: bytes, name: str) -> None:
    """Refuse XML that declares anything, or that is not in UTF-8 and cannot be searched."""
    if part[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<") or _NOT_UTF8.match(part[:200]):
        raise RefusedError("broken_file", found=name)
    if b"<!" in part and _FORBIDDEN.search(part):
        raise RefusedError("xml_entities", found=name)


def plain_names(part: bytes) -> bytes:
    """Take the prefix off all names where a program wrote `<x:c>` for `<c>`."""
    prefixed = _PREFIXED.search(part[:4096])
    if prefixed is None:
        return part
    return part.replace(b"</" + prefixed[1], b"</").replace(b"<" + prefixed[1], b"<")


def with_places(part: bytes) -> bytes:
    """Write the place first in every cell; the format allows to leave it out."""
    if not _PLACE_NOT_FIRST.search(part):
        return part
    row = column = 0

    def placed(found: re.Match[bytes]) -> bytes:
        nonlocal row, column
        kind, attributes, close = found.groups()
        if kind == b"row":
            number = _ROW_NUMBER.search(attributes)
            row, column = (int(number[1]) if number else row + 1), 0
            said = b"" if number else b' r="%d"' % row
        else:
            ref = _CELL_REF.search(attributes)
            column = column_number(ref[1]) if ref else column + 1
            said = ref[0] if ref else b' r="%b%d"' % (column_letters(column).encode(), max(row, 1))
            attributes = _CELL_REF.sub(b"", attributes)
        return b"<" + kind + said + attributes + close + b">"

    return _ROW_OR_CELL.sub(placed, part)


def check_extent(part: bytes, sheet: str) -> None:
    """Refuse a sheet whose used cells lie too far out or are too many.

    What `<dimension>` says is not looked at: it can be wrong both ways.
    """
    last_row, last_column, used = 1, 1, 0
    for piece in _pieces(part):
        found = _USED.findall(piece)
        used += len(found)
        for letters in {letters for letters, _ in found}:
            if column_number(letters) > last_column:
                last_column = column_number(letters)
        last_row = max(last_row, max((int(row) for row in {row for _, row in found}), default=1))
        if last_column > limits.MAX_COLUMNS or last_row > limits.MAX_ROWS:
            far = next(
                f"{letters.decode().upper()}{row.decode()}"
                for letters, row in found
                if column_number(letters) > limits.MAX_COLUMNS or int(row) > limits.MAX_ROWS
            )
            raise RefusedError("far_cell", sheet=sheet, cell=far)
    if last_row * last_column > limits.MAX_AREA:
        far = f"{column_letters(last_column)}{last_row}"
        raise RefusedError("far_cell", sheet=sheet, cell=far)
    if used > limits.MAX_CELLS:
        raise RefusedError("too_many_cells", sheet=sheet, found=f"{used}")


def hidden_from_readers(part: bytes, percent_styles: frozenset[int]) -> Hidden:
    """Collect what a reader of values does not tell of one sheet.

    Parameters
    ----------
    part : bytes
        The sheet's XML, every cell with its place (see `with_places`).
    percent_styles : frozenset of int
        The styles that show a number as per cent (see `percent_styles`).
    """
    errors: dict[Place, str] = {}
    if b'"e"' in part or b"'e'" in part:
        for letters, row, content in _ERROR.findall(part):
            text = _ERROR_TEXT.search(content)
            errors[int(row), column_number(letters)] = text[1].decode() if text else "#"
    formulas = frozenset(
        (int(row), column_number(letters))
        for letters, row, attributes in (_FORMULA.findall(part) if b"<f" in part else [])
        if not _TEXT_RESULT.search(attributes)
    )
    is_hiding = b"hidden" in part
    return Hidden(
        errors,
        formulas - errors.keys(),
        _with_style(part, percent_styles),
        frozenset(int(row) for row in _HIDDEN_ROW.findall(part)) if is_hiding else frozenset(),
        _hidden_columns(part) if is_hiding else frozenset(),
    )


def percent_styles(part: bytes) -> frozenset[int]:
    """Return the numbers of the cell styles whose format shows per cent, from styles.xml."""
    codes = {9: True, 10: True}
    styles: list[int] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        name = name.rpartition(":")[2]
        if name == "numFmt":
            shown = _UNQUOTED.sub("", attributes.get("formatCode", ""))
            codes[int(attributes.get("numFmtId", -1))] = "%" in shown
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            styles.append(int(attributes.get("numFmtId", 0)))

    def end(name: str) -> None:
        nonlocal inside
        if name.rpartition(":")[2] == "cellXfs":
            inside = False

    parse_small(part, start, end)
    return frozenset(place for place, code in enumerate(styles) if codes.get(code, False))


def parse_small(
    part: bytes,
    start: Callable[[str, dict[str, str]], Any],
    end: Callable[[str], Any] | None = None,
) -> None:
    """Walk through a small XML part that has passed `refuse_entities`."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    parser.Parse(part, True)


@lru_cache(maxsize=1024)
def column_number(letters: bytes) -> int:
    """The number of a column from its letters, A is 1.

    Examples
    --------
    >>> column_number(b"AB")
    28
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


@lru_cache(maxsize=1024)
def column_letters(number: int) -> str:
    """The letters of a column from its number, 1 is A.

    Examples
    --------
    >>> column_letters(28)
    'AB'
    """
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _with_style(part: bytes, styles: frozenset[int]) -> frozenset[Place]:
    if not styles:
        return frozenset()
    numbers = b"|".join(b"%d" % style for style in sorted(styles))
    pattern = re.compile(_CELL + rb"""(?=[^>]*?\bs\s*=\s*["'](?:%b)["'])""" % numbers)
    return frozenset((int(row), column_number(letters)) for letters, row in pattern.findall(part))


def _hidden_columns(part: bytes) -> frozenset[int]:
    found: set[int] = set()
    for first, last in _HIDDEN_COLUMNS.findall(part):
        found.update(range(int(first), min(int(last), limits.MAX_COLUMNS) + 1))
    return frozenset(found)


def _pieces(part: bytes, size: int = 4 * limits.MB) -> Iterator[bytes]:
    """Cut a sheet between rows, so that what is found in one piece stays small."""
    start = 0
    while start < len(part):
        end = part.find(b"</", start + size)
        row_end = _ROW_END.search(part, end) if end >= 0 else None
        stop = row_end.end() if row_end else len(part)
        yield part[start:stop]
        start = stop
