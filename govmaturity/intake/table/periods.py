"""Periods as the contract writes them: 2024, 2024-H1, 2024-Q3, 2024-06; no other form is read."""

from __future__ import annotations

import re
from typing import Final

_PERIOD: Final = re.compile(r"(?:19|20|21)[0-9]{2}(?:-(?:H[12]|Q[1-4]|0[1-9]|1[0-2]))?")
_PARTS: Final = {"H": 2, "Q": 4}


def read_period(text: str) -> str | None:
    """Return the period that a text is, or None.

    Examples
    --------
    >>> read_period("2024-q3"), read_period("2024年"), read_period("45292")
    ('2024-Q3', None, None)
    """
    text = text.upper()
    return text if _PERIOD.fullmatch(text) else None


def years(period: str) -> tuple[int, float]:
    """How many such periods a year has, and when this one starts, in years.

    Examples
    --------
    >>> years("2024"), years("2024-H2"), years("2024-04")
    ((1, 2024.0), (2, 2024.5), (12, 2024.25))
    """
    year, _, part = period.partition("-")
    if not part:
        return 1, float(year)
    in_a_year = _PARTS.get(part[0], 12)
    number = int(part[1:] if part[0] in _PARTS else part)
    return in_a_year, int(year) + (number - 1) / in_a_year


def following(period: str) -> str:
    """The period after one, of the same kind.

    Examples
    --------
    >>> following("2024"), following("2024-Q4"), following("2024-06")
    ('2025', '2025-Q1', '2024-07')
    """
    year, _, part = period.partition("-")
    if not part:
        return f"{int(year) + 1}"
    kind, number = (part[0], part[1:]) if part[0] in _PARTS else ("", part)
    last = _PARTS.get(kind, 12)
    if int(number) == last:
        return f"{int(year) + 1}-{kind}{'01' if not kind else '1'}"
    return f"{year}-{kind}{int(number) + 1:0{len(number)}d}"
