"""Tables on their side: indicators down and units across."""

from __future__ import annotations

import re
from typing import Final

from govmaturity.intake.files.reader import Content, Row, Sheet
from govmaturity.intake.table.headers import NAME, PARENT, PERIOD, UNIT, Known, header_key, text_of

# What may stand in the corner, over the ids of the indicators.
CORNER: Final = frozenset({"indicator", "indicators", "id", "指标", "指标代码", "指标编号", "编号"})
# Columns that describe the indicators and hold no unit.
_DESCRIBING: Final = frozenset(
    {"指标名称", "指标", "计量单位", "单位", "定义", "指标定义", "说明", "备注", "序号"}
    | {"indicator", "unitofmeasure", "definition", "note", "notes", "evidence", "佐证材料"}
)
_ADCODE: Final = re.compile(r"[1-9][0-9]{5}")
_LARGEST: Final = 100_000
_COLUMNS_SEARCHED: Final = 10
_FEWEST: Final = 2


def turned(sheet: Sheet, known: Known) -> Sheet | None:
    """The sheet with rows for columns, where that brings ids of indicators into a header row.

    Returns
    -------
    Sheet or None
        Its rows name the cells as they stand in the file. In the row that
        heads the units a corner such as 指标代码, or none, reads `unit`, or
        `name` where names stand there. None where no column holds at least
        two ids or names of fields, or no row says whose the columns are.
    """
    if sum(row.width for row in sheet.rows) > _LARGEST:
        return None
    width = max((row.width for row in sheet.rows), default=0)
    columns = [_column(sheet, place) for place in range(1, width + 1)]
    for number, column in enumerate(columns[:_COLUMNS_SEARCHED]):
        fields = [place for place, key in column.items() if key in known]
        if len(fields) < _FEWEST:
            continue
        heads = _unit_row(sheet, number + 1, fields[0])
        if heads is not None:
            return _turn(sheet, width, number + 1, heads)
    return None


def _column(sheet: Sheet, place: int) -> dict[int, str]:
    found = {row.number: header_key(text_of(row.cell(place))) for row in sheet.rows}
    return {number: key for number, key in found.items() if key}


def _unit_row(sheet: Sheet, column: int, first_field: int) -> int | None:
    """The number of the row above the first indicator that holds the units."""
    for row in reversed([row for row in sheet.rows if row.number < first_field]):
        key = header_key(text_of(row.cell(column)))
        texts = [text_of(row.cell(place)) for place in range(column + 1, row.width + 1)]
        units = [text for text in texts if text and header_key(text) not in _DESCRIBING]
        if not units or key in PERIOD:
            continue
        if key in {*UNIT, *NAME} or key in CORNER or any(map(_ADCODE.fullmatch, units)):
            return row.number
    return None


def _turn(sheet: Sheet, width: int, ids: int, heads: int) -> Sheet:
    by_number = {row.number: row for row in sheet.rows}
    height = max(by_number)
    units = [text_of(by_number[heads].cell(place)) for place in range(ids + 1, width + 1)]
    are_codes = all(map(str.isascii, units)) or any(map(_ADCODE.fullmatch, units))
    corner = UNIT[0] if are_codes else NAME[0]
    # What stands above the units (a title, a form number) heads no column.
    kept = {
        number: row
        for number, row in by_number.items()
        if number >= heads or header_key(text_of(row.cell(ids))) in {*PERIOD, *NAME, *PARENT}
    }
    rows = []
    for place in range(ids, width + 1):
        contents: list[Content] = [None] * height
        for number, row in kept.items():
            contents[number - 1] = row.contents[place - 1] if place <= row.width else None
        key = header_key(text_of(by_number[heads].cell(place)))
        if place == ids and key not in {*UNIT, *NAME}:
            contents[heads - 1] = corner
        elif place != ids and key in _DESCRIBING:
            continue
        shown = frozenset(number for number, row in kept.items() if place in row.percents)
        hidden_too = place in sheet.hidden_columns
        rows.append(Row(place, contents, hidden_too, percents=shown, is_turned=True))
    hidden = tuple(row.number for row in sheet.rows if row.is_hidden)
    merged = tuple((left, top, right, bottom) for top, left, bottom, right in sheet.merged)
    return Sheet(sheet.name, tuple(rows), sheet.is_hidden, hidden, merged)
