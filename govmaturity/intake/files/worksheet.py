"""What a sheet's XML says and a reader of values does not tell. Runs in the child process.

Which cells hold an error, a formula without a stored value or a per-cent
format, which rows and columns are hidden. Patterns over the bytes, each one
run only where a quick search shows that there is something to find: a function
called for every element of a sheet of 3,000 x 60 would take longer than all
the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, Final
from xml.parsers import expat

from govmaturity.intake.files import limits
from govmaturity.intake.files.answer import Hidden, Place

# Names come without a prefix and the place comes first (see `plain_names` and
# `with_places`): with less to look for, a search takes a third of the time.
_CELL: Final = rb"""<c\s+r\s*=\s*["']\$?([A-Za-z]+)\$?(\d+)["']"""
_ERROR: Final = re.compile(
    _CELL + rb"""(?=[^>]*?\bt\s*=\s*["']e["'])[^>]*>(.*?)</c\s*>""", re.DOTALL
)
_ERROR_TEXT: Final = re.compile(rb"<v[^>]*>([^<]*)<")
KNOWN_ERRORS: Final = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#"}
)
_FORMULA: Final = re.compile(
    _CELL
    + rb"([^>]*)>\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f\s*>)\s*(?:<v\s*/>|<v[^>]*>\s*</v\s*>)?\s*</c\s*>"
)
_TEXT_RESULT: Final = re.compile(rb"""\bt\s*=\s*["']str["']""")
# Ways to write a style that are allowed and that nobody uses.
_OTHER_STYLES: Final = re.compile(rb"""s(?:\s+=|=\s|=')""")
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
_UNQUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')


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


def shows_per_cent(number_format: str) -> bool:
    """Whether a number format shows numbers times 100, with a per-cent sign that is not a text.

    Examples
    --------
    >>> shows_per_cent("0.0%"), shows_per_cent('0"%"')
    (True, False)
    """
    return "%" in _UNQUOTED.sub("", number_format)


def with_known_errors(part: bytes) -> bytes:
    """Write `#VALUE!` for every error of another name than the usual ones."""

    def known(found: re.Match[bytes]) -> bytes:
        name = _ERROR_TEXT.search(found[0])
        if name is None or name[1].decode() in KNOWN_ERRORS:
            return found[0]
        return _ERROR_TEXT.sub(b"<v>#VALUE!<", found[0])

    return _ERROR.sub(known, part)


def percent_styles(part: bytes) -> frozenset[int]:
    """Return the numbers of the cell styles whose format shows per cent, from styles.xml."""
    codes = {9: True, 10: True}
    styles: list[int] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        name = name.rpartition(":")[2]
        if name == "numFmt":
            is_percent = shows_per_cent(attributes.get("formatCode", ""))
            codes[int(attributes.get("numFmtId", -1))] = is_percent
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


def _with_style(part: bytes, styles: frozenset[int]) -> dict[int, frozenset[int]]:
    """The columns of each row whose cells have one of the styles."""
    if not styles:
        return {}
    numbers = b"|".join(b"%d" % style for style in sorted(styles))
    # The style follows the place wherever a program of the usual kind has written.
    pattern = re.compile(rb"""<c r="([A-Z]+)([0-9]+)" s="(?:%b)\"""" % numbers)
    places = pattern.findall(part)
    usual = sum(part.count(b's="%d"' % style) for style in styles)
    if len(places) < usual or _OTHER_STYLES.search(part):
        pattern = re.compile(_CELL + rb"""(?=[^>]*?\bs\s*=\s*["'](?:%b)["'])""" % numbers)
        places = pattern.findall(part)
    found: dict[int, frozenset[int]] = {}
    # Most rows have the same columns, so that few sets serve them all.
    sets: dict[tuple[bytes, ...], frozenset[int]] = {}
    for row, cells in groupby(places, key=itemgetter(1)):
        letters = tuple(place for place, _ in cells)
        if letters not in sets:
            sets[letters] = frozenset(map(column_number, letters))
        number = int(row)
        found[number] = sets[letters] | found[number] if number in found else sets[letters]
    return found


def _hidden_columns(part: bytes) -> frozenset[int]:
    found: set[int] = set()
    for first, last in _HIDDEN_COLUMNS.findall(part):
        found.update(range(int(first), min(int(last), limits.MAX_COLUMNS) + 1))
    return frozenset(found)
