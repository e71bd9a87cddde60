"""Where in a workbook the values are: the sheet, the header row, what each column means.

Two layouts: wide (a row per unit and period, a column per indicator, input or
checklist item) and long (a row per value). Titles above the header are passed
over. Further columns are kept as attributes of the unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from govmaturity.framework.fields import Field
from govmaturity.intake.files.reader import Cell, Content, Row, Sheet, Workbook
from govmaturity.intake.files.worksheet import column_letters
from govmaturity.intake.issues import Findings, Issue, shown
from govmaturity.intake.table.cells import clean

# The first of a list that a header has is the column; a second one (an
# `adcode` beside a `unit_id`) is an attribute.
UNIT: Final = ("unit", "unit_id", "adcode", "code", "区划代码", "行政区划代码")
NAME: Final = ("name", "unit_name", "名称", "区县")
PERIOD: Final = ("period", "year", "年份", "期间")
PARENT: Final = ("province", "city", "prefecture", "省", "省份", "市", "地市", "城市")
DETAILS: Final = ("se", "n", "note", "evidence", "source")
LONG: Final = ("indicator", "value", "status", *DETAILS)

_ROWS_SEARCHED: Final = 50


@dataclass(frozen=True)
class Table:
    """A table of values in a sheet; columns count from 1.

    `fields` are the columns of a wide table. `long` has the columns of a long
    table by their names in `LONG`, and is empty for a wide one. `doubtful` are
    the numbers of rows with more cells than the header, whose values may have
    slipped into the wrong column.
    """

    sheet: Sheet
    header: Row
    rows: tuple[Row, ...]
    unit: int | None
    name: int | None
    period: int | None
    fields: Mapping[int, Field]
    long: Mapping[str, int]
    attributes: Mapping[int, str]
    doubtful: frozenset[int] = frozenset()

    @property
    def key_column(self) -> int:
        """The column that stands for the whole row when a finding names it."""
        return self.unit or self.name or 1

    def parents(self, row: Row) -> tuple[str, ...]:
        """The names of the province and city that a row gives beside its unit."""
        columns = [
            column for column, title in self.attributes.items() if header_key(title) in PARENT
        ]
        return tuple(text_of(row.cell(column)) for column in columns if text_of(row.cell(column)))


def find_tables(workbook: Workbook, fields: Mapping[str, Field], findings: Findings) -> list[Table]:
    """Find every table of values; say what is not read and what is wrong with the headers.

    Parameters
    ----------
    workbook : Workbook
    fields : mapping of str to Field
        What can be entered, by id (see `govmaturity.framework.fields`).
    findings : Findings
        Takes what is found.

    Returns
    -------
    list of Table
        One for each visible sheet that has one; empty, with an error, if none has.
    """
    by_key = {header_key(id_): field for id_, field in fields.items()}
    tables: list[Table] = []
    near_misses: list[tuple[Sheet, Row]] = []
    for sheet in workbook.sheets:
        header = _header_row(sheet, by_key)
        if header is None:
            continue
        if not (_is_long(header) or _known(header, by_key)):
            near_misses.append((sheet, header))
        elif sheet.is_hidden:
            findings.add(Issue("hidden_sheet", "confirm", sheet.name))
        else:
            tables.append(_table(sheet, header, by_key, workbook.format == "csv", findings))
    if not tables:
        _report_none(near_misses, workbook, fields, findings)
    return tables


@lru_cache(maxsize=4096)
def header_key(text: str) -> str:
    """A header without what does not count: case, width of characters, spaces, line breaks.

    Examples
    --------
    >>> header_key(" Ａdcode\\n")
    'adcode'
    """
    return "".join(clean(text)[0].split()).casefold()


def text_of(cell: Cell) -> str:
    """A cell as text: codes and years come as numbers, and stay whole.

    Examples
    --------
    >>> text_of(Cell("number", 440106.0))
    '440106'
    """
    if cell.kind == "number" and isinstance(cell.value, float):
        return f"{cell.value:.0f}" if cell.value.is_integer() else repr(cell.value)
    return clean(str(cell.value))[0] if cell.kind in ("text", "bool", "date", "error") else ""


def _keys(row: Row) -> dict[int, str]:
    found = {place: header_key(text_of(cell)) for place, cell in enumerate(row.cells, start=1)}
    return {place: key for place, key in found.items() if key}


def _known(row: Row, by_key: Mapping[str, Field]) -> int:
    return sum(key in by_key for key in _keys(row).values())


def _is_long(row: Row) -> bool:
    return {"indicator", "value"} <= set(_keys(row).values())


def _header_row(sheet: Sheet, by_key: Mapping[str, Field]) -> Row | None:
    """The row that names the units' column and the most known columns; the first of equals."""
    candidates = []
    for row in sheet.rows[:_ROWS_SEARCHED]:
        keys = set(_keys(row).values())
        if keys & {*UNIT, *NAME}:
            candidates.append((len(keys & by_key.keys()) + 2 * _is_long(row), row))
    return max(candidates, key=lambda found: found[0])[1] if candidates else None


def _table(
    sheet: Sheet, header: Row, by_key: Mapping[str, Field], is_csv: bool, findings: Findings
) -> Table:
    keys = _keys(header)
    is_long = _is_long(header)
    unit, name, period = (_first(keys, aliases) for aliases in (UNIT, NAME, PERIOD))
    taken = {unit, name, period}
    long: dict[str, int] = {}
    if is_long:
        long = {key: place for key in LONG if (place := _first(keys, (key,))) is not None}
        taken |= set(long.values())
    fields: dict[int, Field] = {}
    attributes: dict[int, str] = {}
    for place, key in keys.items():
        if place in taken:
            continue
        if not is_long and key in by_key and by_key[key] not in fields.values():
            fields[place] = by_key[key]
        elif key not in by_key and text_of(header.cell(place)) not in attributes.values():
            attributes[place] = text_of(header.cell(place))
    _report_headers(sheet, header, {*by_key, *UNIT, *NAME, *PERIOD, *(long or ())}, findings)
    _report_unused(sheet, header, attributes, findings)
    rows = tuple(row for row in sheet.rows if row.number > header.number)
    filled = {place for place in (unit, name, period, long.get("indicator")) if place}
    table = Table(
        sheet,
        header,
        _fill_merged(sheet, rows, filled | set(attributes)),
        unit,
        name,
        period,
        fields,
        long,
        attributes,
        _longer_than_header(sheet, header, rows, is_csv, findings),
    )
    _report_hidden(table, findings)
    return table


def _first(keys: Mapping[int, str], aliases: Iterable[str]) -> int | None:
    for alias in aliases:
        for place, key in keys.items():
            if key == alias:
                return place
    return None


def _report_headers(sheet: Sheet, header: Row, used: set[str], findings: Findings) -> None:
    places: dict[str, list[int]] = {}
    for place, key in _keys(header).items():
        places.setdefault(key, []).append(place)
    for key, columns in places.items():
        if len(columns) > 1 and key in used:
            refs = tuple(header.ref(place) for place in columns)
            found = shown(text_of(header.cell(columns[0])))
            findings.add(Issue("duplicate_header", "error", sheet.name, refs, found=found))


def _report_unused(
    sheet: Sheet, header: Row, attributes: Mapping[int, str], findings: Findings
) -> None:
    if attributes:
        refs = tuple(header.ref(place) for place in attributes)
        found = ", ".join(shown(title) for title in attributes.values())
        findings.add(Issue("unused_columns", "info", sheet.name, refs, found=found))


def _longer_than_header(
    sheet: Sheet, header: Row, rows: tuple[Row, ...], is_csv: bool, findings: Findings
) -> frozenset[int]:
    """Rows of a csv with more cells than the header; in a workbook such cells are only named."""
    width = header.width
    longer = [row for row in rows if row.width > width]
    if is_csv:
        for row in longer:
            found, expected = str(row.width), str(width)
            cells = (row.ref(1),)
            findings.add(Issue("ragged_row", "error", "", cells, found=found, expected=expected))
        return frozenset(row.number for row in longer)
    named = _keys(header)
    columns = {
        place
        for row in rows
        for place, content in enumerate(row.contents, start=1)
        if content is not None and place not in named
    }
    if columns:
        found = ", ".join(column_letters(place) for place in sorted(columns))
        refs = tuple(header.ref(place) for place in sorted(columns))
        findings.add(Issue("columns_without_header", "confirm", sheet.name, refs, found=found))
    return frozenset()


def _report_hidden(table: Table, findings: Findings) -> None:
    rows = [row for row in table.rows if row.is_hidden]
    if rows:
        refs = tuple(row.ref(table.key_column) for row in rows)
        findings.add(Issue("hidden_rows", "info", table.sheet.name, refs))
    columns = [place for place in table.fields if place in table.sheet.hidden_columns]
    if columns:
        refs = tuple(table.header.ref(place) for place in columns)
        findings.add(Issue("hidden_columns", "info", table.sheet.name, refs))


def _fill_merged(sheet: Sheet, rows: tuple[Row, ...], columns: set[int]) -> tuple[Row, ...]:
    """Give every row of a merged area that is blank what its first cell says: units, not values."""
    by_number = {row.number: row for row in sheet.rows}
    said: dict[int, dict[int, Content]] = {}
    for top, left, bottom, _ in sheet.merged:
        first = by_number.get(top)
        if left in columns and first is not None and left <= first.width:
            for number in range(top + 1, bottom + 1):
                said.setdefault(number, {})[left] = first.contents[left - 1]
    if not said:
        return rows
    return tuple(
        replace(row, contents=_overlaid(row, said[row.number])) if row.number in said else row
        for row in rows
    )


def _overlaid(row: Row, said: Mapping[int, Content]) -> list[Content]:
    contents = list(row.contents) + [None] * (max(said) - row.width)
    for place, content in said.items():
        if contents[place - 1] is None:
            contents[place - 1] = content
    return contents


def _report_none(
    near_misses: list[tuple[Sheet, Row]],
    workbook: Workbook,
    fields: Mapping[str, Field],
    findings: Findings,
) -> None:
    if not near_misses:
        sheets = ", ".join(sheet.name for sheet in workbook.sheets if sheet.name)
        findings.add(Issue("no_table", "error", found=sheets, expected=", ".join(UNIT)))
        return
    for sheet, header in near_misses:
        titles = [text_of(header.cell(place)) for place in _keys(header)]
        near = [
            match for title in titles for match in get_close_matches(title, fields, n=2, cutoff=0.6)
        ]
        nearest = list(dict.fromkeys(near or fields))[:10]
        cells = (header.ref(1),)
        found, expected = ", ".join(map(shown, titles[:10])), ", ".join(nearest)
        findings.add(
            Issue("no_known_column", "error", sheet.name, cells, found=found, expected=expected)
        )
