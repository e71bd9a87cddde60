"""Read a csv: which encoding, which delimiter, which cells. Runs in the child process."""

from __future__ import annotations

import codecs
import csv
import re
from io import StringIO
from typing import Any, Final

from govmaturity.intake.files import answer, limits
from govmaturity.intake.files.refused import RefusedError

WIDE_DELIMITERS: Final = ("，", "；")
DELIMITERS: Final = (",", ";", "\t", "|")
_ROWS_TO_JUDGE: Final = 20
_USUAL_IN_GB: Final = 0.8
_FEW_PAIRS: Final = 4
_LINE: Final = re.compile("[\r\n]")
_HAN: Final = re.compile("[\u2e80-\u9fff]")
_LINE_END: Final = re.compile(rb"\r\n|\r|\n")
# Characters of two bytes: those of the first Chinese standard, those that GBK
# added, and those that are frequent in Big5.
_PAIR: Final = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
_COMMON_IN_GB: Final = re.compile(rb"[\xa1-\xa9\xb0-\xf7][\xa1-\xfe]")
_COMMON_IN_BIG5: Final = re.compile(rb"[\xa1-\xc6][\x40-\x7e\xa1-\xfe]")

Numbered = tuple[int, list[str | None]]


def read(content: bytes) -> dict[str, Any]:
    """Return the answer for a text table."""
    text, encoding = decode(content)
    remarks = {"read_big5"} if encoding == "big5" else set()
    hint, body = _without_hint(text)
    delimiter = hint or _delimiter(body)
    if delimiter in WIDE_DELIMITERS:
        remarks.add("wide_delimiter")
    grid = dict(rows(text, delimiter))
    return answer.book([answer.sheet("", grid, answer.Hidden())], encoding, remarks)


def decode(content: bytes) -> tuple[str, str]:
    """Return the text of a file and the name of the encoding that it is in.

    Strict UTF-8 comes first: Chinese text in UTF-8 can pass as GB18030 and
    come out wrong, hardly ever the other way round. GB18030 and not GBK,
    which lacks characters of place names. Big5 where the text is plainly that.

    Raises
    ------
    RefusedError
        `mixed_encodings` at the first line that is in another encoding than
        those before it; `unknown_encoding` if it is in none of them.

    Examples
    --------
    >>> decode("区县".encode("gb18030"))
    ('区县', 'gb18030')
    """
    wide = wide_encoding(content)
    text = _decoded(content, wide or "utf-8-sig")
    if text is not None and (wide or not _is_cyrillic(text, content)):
        return text, (wide or "utf-8")
    if not wide:
        _refuse_mixed(content)
        for encoding in _chinese_encodings(content):
            text = _decoded(content, encoding)
            if text is not None:
                return text, encoding
    raise RefusedError("unknown_encoding")


def _is_cyrillic(text: str, content: bytes) -> bool:
    """Whether text in UTF-8 has letters of farther Europe and Asia, and no Chinese, unmarked.

    Then it is Chinese in GB18030, of which a few words look like that.
    """
    if text.isascii() or content.startswith(codecs.BOM_UTF8):
        return False
    return "\u0400" <= max(text) < "\u0800" and _decoded(content, "gb18030") is not None


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def wide_encoding(content: bytes) -> str:
    """UTF-16, by its mark or by the zeros beside digits and commas; else empty.

    Examples
    --------
    >>> wide_encoding("区县,S2\\n".encode("utf-16-le"))
    'utf-16-le'
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    head = content[:4096]
    if len(content) % 2:
        return ""
    first, second = (head[start::2].count(0) for start in (0, 1))
    if max(first, second) < 2 or min(first, second) > max(first, second) / 10:
        return ""
    encoding = "utf-16-le" if second > first else "utf-16-be"
    # Other text with zeros in it would have no end of a line that way.
    return encoding if _LINE.search(head.decode(encoding, "ignore")) else ""


def rows(text: str, delimiter: str = "") -> list[Numbered]:
    """Return the rows that are not blank, each with the number of its first line.

    The delimiter is the one that Excel's hint names, or what divides the first
    rows best, unless it is given.

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
        StringIO(text, newline=""), delimiter=first or delimiter or _delimiter(text), strict=True
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


def _refuse_mixed(content: bytes) -> None:
    """Refuse text of which some lines are Chinese in UTF-8 and others cannot be UTF-8."""
    first: bool | None = None
    for number, line in enumerate(_LINE_END.split(content), start=1):
        if line.isascii():
            continue
        try:
            is_utf8 = True
            if not _HAN.search(line.decode()):
                continue  # two bytes of GB18030 can look like one accented letter
        except UnicodeDecodeError:
            is_utf8 = False
        first = is_utf8 if first is None else first
        if is_utf8 != first:
            raise RefusedError("mixed_encodings", cell=f"A{number}")


def _chinese_encodings(content: bytes) -> tuple[str, ...]:
    """What to try with text that is not Unicode, the likelier first.

    In Big5 two of five second bytes are below 0x80; in ordinary Chinese text
    in GB18030 such characters are exceptions. With only a few characters to
    go by, text that could be either is left to be refused.
    """
    pairs = _PAIR.findall(content)
    in_gb = sum(_COMMON_IN_GB.fullmatch(pair) is not None for pair in pairs)
    in_big5 = sum(_COMMON_IN_BIG5.fullmatch(pair) is not None for pair in pairs)
    if in_big5 <= in_gb or in_gb >= _USUAL_IN_GB * len(pairs):
        return ("gb18030",)
    if len(pairs) < _FEW_PAIRS and _decoded(content, "big5") is not None:
        return ()
    return ("big5", "gb18030")


def _line_of(text: str, position: int) -> int:
    return 1 + len(re.findall(r"\r\n|\r|\n", text[:position]))


def _without_hint(text: str) -> tuple[str, str]:
    """Take off a first line `sep=;`, with which Excel is told the delimiter."""
    hint = re.match(r"""["']?sep=([,;\t|，；])["']?(?:\r\n|\r|\n)""", text, re.IGNORECASE)
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

    best = max(DELIMITERS, key=columns)
    # Sentences are full of wide commas, so that they divide only what nothing else does.
    return best if columns(best) > 1 else max((best, *WIDE_DELIMITERS), key=columns)


def _check_size(line: int, columns: int, used: int) -> None:
    if columns > limits.MAX_COLUMNS:
        raise RefusedError("far_cell", cell=f"A{line}")
    if used > limits.MAX_CELLS:
        raise RefusedError("too_many_cells", found=f"{used}")
