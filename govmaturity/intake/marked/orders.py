"""What the process that makes a marked copy is told: words, cells and colours, all as JSON.

All sentences are composed before; that process knows no catalogue.
"""

from __future__ import annotations

import re
from typing import Final, Literal, TypedDict

Severity = Literal["error", "confirm", "info"]

# Unusual on purpose: a cell with one of these fills was coloured by us, and is
# cleaned when its copy comes back.
COLOURS: Final[dict[Severity, str]] = {
    "error": "FFF9C7C3",
    "confirm": "FFFBE4B3",
    "info": "FFD6E7F8",
}
MARKER: Final = "govmaturity-marked-copy-1"
"""In the index sheet's first row, in a hidden column: says that the sheet is ours."""

# What is between these lines of a note is ours; the rest is the person's own.
NOTE_OPENS: Final = "▼ Govmaturity"
NOTE_CLOSES: Final = "▲"

CELLS_LINKED: Final = 5
MOST_NOTES: Final = 5_000
MOST_FINDINGS: Final = 2_000

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Mark(TypedDict):
    """One sentence about some cells of a sheet."""

    sheet: str
    cells: list[str]
    severity: Severity
    text: str


class Finding(TypedDict):
    """One line of the index sheet; `cells` are the first ones, `total` counts all."""

    severity: Severity
    word: str
    sheet: str
    cells: list[str]
    total: int
    text: str
    found: str
    expected: str


class Index(TypedDict):
    """The sheet in front: its name, the lines above the table, the table."""

    name: str
    title: str
    lines: list[str]
    not_kept: str
    between: str
    legend: list[tuple[Severity, str]]
    header: list[str]
    findings: list[Finding]


class Orders(TypedDict):
    """All that a copy needs beside the file; marks come with errors first.

    `lost` are the words for what a copy may not keep, by kind (see `losses`).
    """

    index: Index
    marks: list[Mark]
    more: str
    corrections: list[tuple[str, str, str]]
    lost: dict[str, str]


def plain(text: str, most: int = 1_000) -> str:
    """Text that a workbook can hold: without control characters, cut where it is too long."""
    text = _FORBIDDEN.sub("", text)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def as_number(text: str) -> float | None:
    """The number that a text stands for, if nothing of the text is lost by it.

    Examples
    --------
    >>> as_number("42.5"), as_number("007"), as_number("1.10"), as_number("85%")
    (42.5, None, None, None)
    """
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", text):
        return None
    number = float(text)
    if f"{number:.15g}" != text:
        return None
    return int(number) if number.is_integer() else number
