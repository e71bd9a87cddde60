"""Which rows of a sheet head a table: one row, several read as one, or several down the sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from govmaturity.intake.files.reader import Content, Row, Sheet
from govmaturity.intake.table.headers import (
    NAME,
    PARENT,
    PERIOD,
    UNIT,
    Known,
    header_key,
    is_long,
    keys_of,
)

_ROWS_SEARCHED: Final = 50
_HEADER_ROWS: Final = 4
_HEADS: Final = frozenset({*UNIT, *NAME})
# Where a header below the first one is looked for: the columns of codes and names come first.
_COLUMNS_SEARCHED: Final = 12
_LONGEST_HEAD: Final = 16


def names_fields(header: Row, known: Known) -> bool:
    """Whether a header names a field, or the columns of a long table."""
    keys = keys_of(header).values()
    return is_long(keys) or any(key in known for key in keys)


def header_row(sheet: Sheet, known: Known, *, in_template: bool = False) -> Row | None:
    """The first row that names the units' column and known columns; else only the units' column.

    Of a header in several rows that each do so, the row that names most.
    """
    best: tuple[int, Row] | None = None
    for place, row in enumerate(sheet.rows[:_ROWS_SEARCHED]):
        whole = _with_rows_above(sheet, row, sheet.rows[max(place - 2, 0) : place], known)
        keys = set(keys_of(whole).values())
        if not (keys & _HEADS or (in_template and is_long(keys))):
            continue
        # A row of ids below a row of names names more.
        found = sum((key in known) + (key in known.by_id) for key in keys) + 2 * is_long(keys)
        if best is None or (
            found > best[0] and (not best[0] or _are_one_header(sheet, best[1], row))
        ):
            best = (found, whole)
    return best[1] if best else None


def _are_one_header(sheet: Sheet, first: Row, last: Row) -> bool:
    """Whether two rows can head the same table: near, and no figures between them."""
    between = [row for row in sheet.rows if first.number < row.number < last.number]
    return last.number - first.number <= _HEADER_ROWS and not any(
        _is_number(content) for row in between for content in row.contents
    )


def _is_number(content: Content) -> bool:
    if isinstance(content, str):
        return content.strip().replace(".", "", 1).isdecimal()
    return isinstance(content, float)


def _with_rows_above(sheet: Sheet, row: Row, above: Sequence[Row], known: Known) -> Row:
    """A header of two or three rows as one: what heads a column further up, in its lowest row.

    From above come cells merged down to this row, and, where this row names
    fields and no unit, the titles of unit, name and period.
    """
    said: dict[int, Content] = {}
    by_number = {one.number: one for one in above}
    for top, left, bottom, _ in sheet.merged:
        if top < row.number <= bottom and top in by_number and left <= by_number[top].width:
            said[left] = by_number[top].contents[left - 1]
    keys = set(keys_of(row).values())
    if not keys & _HEADS and any(key in known for key in keys):
        for one in above:
            titles = {*UNIT, *NAME, *PERIOD, *PARENT}
            said |= {
                place: one.contents[place - 1]
                for place, key in keys_of(one).items()
                if key in titles
            }
    missing = {place: content for place, content in said.items() if row.cell(place).kind == "blank"}
    return replace(row, contents=overlaid(row, missing)) if missing else row


def stacked(sheet: Sheet, header: Row, known: Known) -> list[tuple[Row, tuple[Row, ...]]]:
    """The tables of a sheet, one below the other: each header with the rows down to the next.

    A header repeated (on every printed page) starts no new table.
    """
    found: list[tuple[Row, list[Row]]] = [(header, [])]
    keys = keys_of(header)
    for row in sheet.rows:
        if row.number <= header.number:
            continue
        if _looks_like_header(row):
            new = keys_of(row)
            if new != keys and names_fields(row, known):
                keys = new
                found.append((row, []))
                continue
        found[-1][1].append(row)
    return [(head, tuple(rows)) for head, rows in found]


def _looks_like_header(row: Row) -> bool:
    return any(
        isinstance(content, str)
        and len(content) <= _LONGEST_HEAD
        and not content.isdecimal()
        and header_key(content) in _HEADS
        for content in row.contents[:_COLUMNS_SEARCHED]
    )


def overlaid(row: Row, said: Mapping[int, Content]) -> list[Content]:
    """The cells of a row, those that are blank filled by column with what is said."""
    contents = list(row.contents) + [None] * (max(said) - row.width)
    for place, content in said.items():
        if contents[place - 1] is None:
            contents[place - 1] = content
    return contents
