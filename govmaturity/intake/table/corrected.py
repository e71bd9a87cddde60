"""Values typed in the browser in place of what a cell of the file says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from govmaturity.intake.files import limits
from govmaturity.intake.files.reader import Content, Row, Sheet, Workbook
from govmaturity.intake.files.worksheet import column_number

Corrections = Mapping[tuple[str, str], str]
"""Text by the name of the sheet and the cell: `{("Data", "D14"): "42.5"}`."""

_CELL: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def corrected(workbook: Workbook, corrections: Corrections) -> Workbook:
    """Return the workbook as if somebody had typed these texts into its cells.

    They are read like any cell of text: a typed `85%` is checked as one that
    stands in the file. An empty text empties the cell. What names no cell
    within the limits of a table, or a sheet that is not there, is passed over.

    Examples
    --------
    >>> book = Workbook((Sheet("Data", (Row(1, ["code", "S2"]), Row(2, ["440106", "x"]))),))
    >>> corrected(book, {("Data", "B2"): "85"}).sheets[0].rows[1].contents
    ['440106', '85']
    """
    by_sheet: dict[str, dict[int, dict[int, Content]]] = {}
    for (sheet, ref), text in corrections.items():
        found = _CELL.fullmatch(ref)
        if found is None:
            continue
        row, column = int(found[2]), column_number(found[1].encode())
        if row <= limits.MAX_ROWS and column <= limits.MAX_COLUMNS:
            by_sheet.setdefault(sheet, {}).setdefault(row, {})[column] = text or None
    sheets = tuple(_sheet(sheet, by_sheet.get(sheet.name, {})) for sheet in workbook.sheets)
    return replace(workbook, sheets=sheets)


def _sheet(sheet: Sheet, typed: Mapping[int, Mapping[int, Content]]) -> Sheet:
    if not typed:
        return sheet
    by_number = {row.number: row for row in sheet.rows}
    for number, cells in typed.items():
        row = by_number.get(number, Row(number, []))
        contents = list(row.contents) + [None] * (max(cells) - row.width)
        for column, content in cells.items():
            contents[column - 1] = content
        # What is typed stands as it is, however the cell shows its number.
        percents = row.percents - cells.keys()
        by_number[number] = replace(row, contents=contents, percents=percents)
    return replace(sheet, rows=tuple(by_number[number] for number in sorted(by_number)))
