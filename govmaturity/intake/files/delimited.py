"""Read a csv: which encoding, which delimiter, which cells. Runs in the child process."""

from __future__ import annotations

import codecs
import csv
import re
from io import StringIO
from typing import Final

from govmaturity.intake.files import limits

DELIMITERS: Final = (",", ";", "\t", "|")
_ROWS_TO_JUDGE: Final = 20

Numbered = tuple[int, list[str | None]]


class RefusedError(ValueError):
    """Why the child reads no further; the app's process makes an issue of it."""

    def __init__(self, code: str, found: str = "", sheet: str = "", cell: str = "") -> None:
        self.code, self.found, self.sheet, self.cell = code, found, sheet, cell
        super().__init__(code)


def decode(content: bytes) -> tuple[str, str]:
    """Return the text of a file and the name of the encoding that it is in.

    Strict UTF-8 comes first: Chinese text in UTF-8 can pass as GB18030 and
    come out wrong, hardly ever the other way round. GB18030 and not GBK,
    which lacks characters of place names.

    Examples
    --------
    >>> decode("区县".encode("gb18030"))
    ('区县', 'gb18030')
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        attempts = ["utf-16"]
    else:
        attempts = ["utf-8-sig", "gb18030"]
    for encoding in attempts:
        try:
            return content.decode(encoding), encoding.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    raise RefusedError("unknown_encoding")


def rows(text: str) -> list[Numbered]:
    """Return the rows that are not blank, each with the number of its first line.

    Raises
    ------
    RefusedError
        If a quote is not closed, or there is a NUL or too much of everything.
    """
    if "\0" in text:
        raise RefusedError("csv_nul", cell=f"A{_line_of(text, text.index(chr(0)))}")
    first, text = _without_hint(text)
    found: list[Numbered] = []
    used = 0
    reader = csv.reader(
        StringIO(text, newline=""), delimiter=first or _delimiter(text), strict=True
    )
    line = 1
    offset = 1 if first else 0
    try:
        for cells in reader:
            contents = [cell if cell.strip() else None for cell in cells]
            while contents and contents[-1] is None:
                contents.pop()
            if contents:
                found.append((line + offset, list(contents)))
                used += len(contents)
                _check_size(line + offset, len(contents), used)
            line = reader.line_num + 1
    except csv.Error as fault:
        # Read strictly, all other complaints are about quotation marks.
        code = "csv_broken" if "field limit" in str(fault) else "csv_quote"
        raise RefusedError(code, cell=f"A{line + offset}") from None
    return found


def _line_of(text: str, position: int) -> int:
    return 1 + len(re.findall(r"\r\n|\r|\n", text[:position]))


def _without_hint(text: str) -> tuple[str, str]:
    """Take off a first line `sep=;`, with which Excel is told the delimiter."""
    hint = re.match(r"""["']?sep=([,;\t|])["']?(?:\r\n|\r|\n)""", text, re.IGNORECASE)
    return (hint[1], text[hint.end() :]) if hint else ("", text)


def _delimiter(text: str) -> str:
    """The delimiter that gives the most columns in the first rows, at most of their rows alike.

    Not csv.Sniffer, whose patterns take quadratic time on a file made for it.
    """
    head = text[:100_000]

    def columns(delimiter: str) -> int:
        widths = []
        reader = csv.reader(StringIO(head, newline=""), delimiter=delimiter)
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    widths.append(len(cells))
                if len(widths) == _ROWS_TO_JUDGE:
                    break
        except csv.Error:
            return 0
        return sorted(widths)[len(widths) // 2] if widths else 0

    return max(DELIMITERS, key=columns)


def _check_size(line: int, columns: int, used: int) -> None:
    if columns > limits.MAX_COLUMNS:
        raise RefusedError("far_cell", cell=f"A{line}")
    if used > limits.MAX_CELLS:
        raise RefusedError("too_many_cells", found=f"{used}")
