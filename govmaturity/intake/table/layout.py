"""Where in a workbook the values are: the sheet, the header row, what each column means.

Three layouts: wide (a row per unit and period, a column per indicator, input
or checklist item), the same on its side, and long (a row per value). Titles
above the header are passed over. Further columns are kept as attributes of the
unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from govmaturity.framework.fields import Field
from govmaturity.intake.files.reader import Content, Row, Sheet, Workbook
from govmaturity.intake.files.worksheet import column_letters
from govmaturity.intake.issues import Findings, Issue, shown
from govmaturity.intake.table.header_rows import header_row, names_fields, overlaid, stacked
from govmaturity.intake.table.headers import (
    LONG,
    NAME,
    PARENT,
    PERIOD,
    UNIT,
    Known,
    first_of,
    header_key,
    is_long,
    keys_of,
    known_headers,
    text_of,
)
from govmaturity.intake.table.turned import turned


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


def find_tables(
    workbook: Workbook,
    fields: Mapping[str, Field],
    findings: Findings,
    *,
    in_template: bool = False,
) -> list[Table]:
    """Find every table of values; say what is not read and what is wrong with the headers.

    Parameters
    ----------
    workbook : Workbook
    fields : mapping of str to Field
        What can be entered, by id (see `govmaturity.framework.fields`).
    findings : Findings
        Takes what is found.
    in_template : bool
        The workbook is a template: a long table needs no column of units, and
        further columns are left to `govmaturity.intake.template.compare`.

    Returns
    -------
    list of Table
        Those of visible sheets, from the top down; empty, with an error, if there is none.
    """
    known = known_headers(fields)
    if in_template:
        # Its header has a row of names above the row of ids, and the ids count.
        known = replace(known, by_name={})
    tables: list[Table] = []
    near_misses: list[tuple[Sheet, Row]] = []
    for sheet in workbook.sheets:
        header = header_row(sheet, known, in_template=in_template)
        if header is None or not names_fields(header, known):
            on_its_side = None if in_template else turned(sheet, known)
            turned_header = header_row(on_its_side, known) if on_its_side else None
            if on_its_side is None or turned_header is None:
                if header is not None:
                    near_misses.append((sheet, header))
                continue
            if not sheet.is_hidden:
                findings.add(Issue("turned_table", "info", sheet.name))
            sheet, header = on_its_side, turned_header
        if sheet.is_hidden:
            findings.add(Issue("hidden_sheet", "confirm", sheet.name))
            continue
        for head, rows in stacked(sheet, header, known):
            table = _table(sheet, head, rows, known, workbook.format == "csv", findings)
            if not in_template:
                _report_unused(table, known, findings)
            tables.append(table)
    if not tables:
        _report_none(near_misses, workbook, fields, findings)
    return tables


def _table(
    sheet: Sheet,
    header: Row,
    rows: tuple[Row, ...],
    known: Known,
    is_csv: bool,
    findings: Findings,
) -> Table:
    keys = keys_of(header)
    unit, name, period = (first_of(keys, aliases) for aliases in (UNIT, NAME, PERIOD))
    taken = {unit, name, period}
    long: dict[str, int] = {}
    if is_long(keys.values()):
        long = {key: place for key in LONG if (place := first_of(keys, (key,))) is not None}
        taken |= set(long.values())
    others = {place: key for place, key in keys.items() if place not in taken}
    fields = {} if long else _fields(others, known)
    titles = {place: text_of(header.cell(place)) for place in others if place not in fields}
    attributes: dict[int, str] = {}
    # What is headed like a column that is used is an error of its own.
    used_keys = {*known.by_id, *(keys[place] for place in taken if place is not None)}
    for place, title in titles.items():
        if keys[place] not in used_keys and title not in attributes.values():
            attributes[place] = title
    used = {*known.by_id, *UNIT, *NAME, *PERIOD, *(long or ())}
    _report_headers(sheet, header, used, findings)
    _report_names(sheet, header, fields, known, findings)
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


def _fields(keys: Mapping[int, str], known: Known) -> dict[int, Field]:
    """The field of each column, the first column of a field; ids come before names."""
    found: dict[int, Field] = {}
    for names in (known.by_id, known.by_name):
        for place, key in keys.items():
            field = names.get(key)
            if place not in found and field is not None and field not in found.values():
                found[place] = field
    return {place: found[place] for place in sorted(found)}


def _report_headers(sheet: Sheet, header: Row, used: set[str], findings: Findings) -> None:
    places: dict[str, list[int]] = {}
    for place, key in keys_of(header).items():
        places.setdefault(key, []).append(place)
    for key, columns in places.items():
        if len(columns) > 1 and key in used:
            refs = tuple(header.ref(place) for place in columns)
            found = shown(text_of(header.cell(columns[0])))
            findings.add(Issue("duplicate_header", "error", sheet.name, refs, found=found))


def _report_names(
    sheet: Sheet, header: Row, fields: Mapping[int, Field], known: Known, findings: Findings
) -> None:
    """Say which columns were known by the name of a field and not by its id."""
    keys = keys_of(header)
    named = {place: field for place, field in fields.items() if keys[place] not in known.by_id}
    if named:
        refs = tuple(header.ref(place) for place in named)
        ids = ", ".join(field.id for field in named.values())
        found = ", ".join(shown(text_of(header.cell(place))) for place in named)
        findings.add(Issue("header_is_name", "info", sheet.name, refs, found=found, expected=ids))


def _report_unused(table: Table, known: Known, findings: Findings) -> None:
    sheet, header = table.sheet, table.header
    there = {field.id for field in table.fields.values()}
    unused: dict[int, str] = {}
    for place, title in table.attributes.items():
        near = known.near(header_key(title))
        if near and near not in there:
            cells, found = (header.ref(place),), shown(title)
            findings.add(Issue("header_near", "confirm", sheet.name, cells, "", near, found, near))
        else:
            unused[place] = title
    if unused:
        refs = tuple(header.ref(place) for place in unused)
        found = ", ".join(shown(title) for title in unused.values())
        findings.add(Issue("unused_columns", "info", sheet.name, refs, found=found))


def _longer_than_header(
    sheet: Sheet, header: Row, rows: tuple[Row, ...], is_csv: bool, findings: Findings
) -> frozenset[int]:
    """Rows of a csv with more cells than the header; in a workbook such cells are only named."""
    width = header.width
    longer = [row for row in rows if row.width > width]
    if is_csv and not header.is_turned:
        for row in longer:
            found, expected = str(row.width), str(width)
            cells = (row.ref(1),)
            findings.add(Issue("ragged_row", "error", "", cells, found=found, expected=expected))
        return frozenset(row.number for row in longer)
    named = keys_of(header)
    columns = {
        place
        for row in rows
        for place, content in enumerate(row.contents, start=1)
        if content is not None and place not in named
    }
    if columns and not header.is_turned:
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
        replace(row, contents=overlaid(row, said[row.number])) if row.number in said else row
        for row in rows
    )


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
        titles = [text_of(header.cell(place)) for place in keys_of(header)]
        near = [
            match for title in titles for match in get_close_matches(title, fields, n=2, cutoff=0.6)
        ]
        nearest = list(dict.fromkeys(near or fields))[:10]
        cells = (header.ref(1),)
        found, expected = ", ".join(map(shown, titles[:10])), ", ".join(nearest)
        findings.add(
            Issue("no_known_column", "error", sheet.name, cells, found=found, expected=expected)
        )
