"""What must not reach a reader: XML that declares, deceives or lies too far out.

Runs in the child process, over the bytes of a part, before any reader sees
the file: a reader reserves memory down to the last cell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final
from xml.parsers import expat

from govmaturity.intake.files import limits
from govmaturity.intake.files.refused import RefusedError
from govmaturity.intake.files.worksheet import column_letters, column_number

# Only cells with content count: rows that are merely styled down to the last
# row of the sheet are common, and harmless.
_USED: Final = re.compile(rb"""<c\s+r\s*=\s*["']\$?([A-Za-z]+\$?\d+)["'][^>]*>\s*<(?:v|is|f)\b""")
# A place up to JZ9999 is near enough in every respect; most sheets have no other.
_NEAR: Final = re.compile(rb"""<c r="([A-J]?[A-Z][1-9][0-9]{0,3})\"""")
_OTHER_CELL: Final = re.compile(rb"<c[^ a-zA-Z]")
_DIGITS: Final = b"0123456789"
_ROOT: Final = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(?:worksheet|sst)[\s>]")
_INTERRUPTED: Final = re.compile(rb"<[!?]")
# A number written with references to characters; in a text they are usual.
_DISGUISED: Final = re.compile(
    rb"""<c\b(?![^>]*?\bt\s*=\s*["'](?:str|s|inlineStr)["'])[^>]*>\s*"""
    rb"""(?:<f\b[^>]*(?:/>|>[^<]*</f\s*>)\s*)?<v[^>]*>[^<&]*&"""
)
_TWO_VALUES: Final = re.compile(rb"(?:</v\s*>|<v\s*/>|</is\s*>)\s*<(?:v|is)[\s/>]")
_ROW_END: Final = re.compile(rb"</row\s*>")
_FORBIDDEN: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_NOT_UTF8: Final = re.compile(
    rb"""^<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8|us-ascii)""", re.IGNORECASE
)


def refuse_entities(part: bytes, name: str) -> None:
    """Refuse XML that declares anything, or that is not in UTF-8 and cannot be searched."""
    if part[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<") or _NOT_UTF8.match(part[:200]):
        raise RefusedError("broken_file", found=name)
    if b"<!" in part and _FORBIDDEN.search(part):
        raise RefusedError("xml_entities", found=name)


def refuse_interrupted(part: bytes, name: str) -> None:
    """Refuse a part with cells or texts that is broken, or in which readers lose the thread.

    A comment, a section of plain characters or an instruction inside a value
    ends it for python-calamine: `8<!-- -->5` would be 8. No program that
    writes workbooks puts one there.
    """
    expat.ParserCreate().Parse(part, True)
    root = _ROOT.search(part)
    is_interrupted = root is not None and _INTERRUPTED.search(part, root.start())
    if is_interrupted or (b"&" in part and _DISGUISED.search(part)) or _TWO_VALUES.search(part):
        raise RefusedError("broken_file", found=name)


def check_extent(part: bytes, sheet: str) -> None:
    """Refuse a sheet whose used cells lie too far out, are too many, or stand twice.

    What `<dimension>` says is not looked at: it can be wrong both ways.
    """
    if _is_plain(part):
        return
    seen: set[bytes] = set()
    used = 0
    for piece in _pieces(part):
        places = _USED.findall(piece)
        used += len(places)
        if used > limits.MAX_CELLS:
            raise RefusedError("too_many_cells", sheet=sheet, found=f"{used}")
        seen.update(map(bytes.upper, places))
    _refuse_far(seen, sheet)
    if len(seen) < used:
        times = Counter(map(bytes.upper, _USED.findall(part)))
        twice = times.most_common(1)[0][0].decode()
        raise RefusedError("broken_file", sheet=sheet, cell=twice)


def _is_plain(part: bytes) -> bool:
    """Whether all cells, with content or without, are near, not too many, and stand once."""
    cells = part.count(b"<c ")
    if cells > limits.MAX_CELLS or _OTHER_CELL.search(part):
        return False
    near = _NEAR.findall(part)
    return cells == len(near) == len(set(near))


def _refuse_far(places: Iterable[bytes], sheet: str) -> None:
    columns: dict[bytes, int] = {}
    last_row = last_column = 1
    for place in places:
        letters = place.rstrip(_DIGITS)
        column = columns.get(letters)
        if column is None:
            column = columns[letters] = column_number(letters.rstrip(b"$"))
        row = int(place[len(letters) :])
        if column > limits.MAX_COLUMNS or row > limits.MAX_ROWS:
            raise RefusedError("far_cell", sheet=sheet, cell=place.decode())
        last_row, last_column = max(last_row, row), max(last_column, column)
    if last_row * last_column > limits.MAX_AREA:
        corner = f"{column_letters(last_column)}{last_row}"
        raise RefusedError("far_cell", sheet=sheet, cell=corner)


def _pieces(part: bytes, size: int = 4 * limits.MB) -> Iterator[bytes]:
    """Cut a sheet between rows, so that what is found in one piece stays small."""
    start = 0
    while start < len(part):
        end = part.find(b"</", start + size)
        row_end = _ROW_END.search(part, end) if end >= 0 else None
        stop = row_end.end() if row_end else len(part)
        yield part[start:stop]
        start = stop
