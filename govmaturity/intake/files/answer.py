"""What the child process answers: sheets of cells, with what a value alone does not say.

The answer: `{"encoding", "remarks", "sheets": [{"name", "is_hidden", "rows",
"percents", "hidden_columns", "merged"}]}`. A row is `[number, is_hidden,
cells, place]`; `place` says which list of `percents` holds the columns that
the row shows as per cent (the first list is empty). A cell is null, a text, a
number, true, false or a pair of a mark and a value: `["d", "2024-01-01"]`
(date or time), `["e", "#DIV/0!"]` (error), `["f", null]` (formula without a
stored value), `["n", "inf"]` (a number that JSON does not know).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from math import inf, isfinite
from typing import Any, Final, NamedTuple

Place = tuple[int, int]
"""A row and a column, both from 1."""

Grid = dict[int, list[Any]]
"""The cells of each row that is not blank, from column A on, by the row's number."""

_NO_COLUMNS: Final[frozenset[int]] = frozenset()


class Hidden(NamedTuple):
    """What a reader of values does not tell of one sheet; rows and columns count from 1.

    `percents` are the columns of each row that are shown as per cent.
    """

    errors: Mapping[Place, str] = {}
    formulas: frozenset[Place] = frozenset()
    percents: Mapping[int, frozenset[int]] = {}
    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()


def book(
    sheets: list[dict[str, Any]], encoding: str = "", remarks: Iterable[str] = ()
) -> dict[str, Any]:
    """The whole answer; `remarks` are codes of what is to be said of the file."""
    return {"encoding": encoding, "remarks": sorted(remarks), "sheets": sheets}


def sheet(
    name: str,
    grid: Grid,
    hidden: Hidden,
    merged: Iterable[tuple[int, int, int, int]] = (),
    *,
    is_hidden: bool = False,
) -> dict[str, Any]:
    """One sheet; errors and formulas without a value take the place of what the grid says."""
    for (row, column), text in hidden.errors.items():
        _put(grid, row, column, ["e", text])
    for row, column in hidden.formulas:
        _put(grid, row, column, ["f", None])
    lists: dict[frozenset[int], int] = {_NO_COLUMNS: 0}
    rows = []
    for number in sorted(grid):
        columns = hidden.percents.get(number, _NO_COLUMNS)
        place = lists.setdefault(columns, len(lists))
        rows.append([number, number in hidden.rows, grid[number], place])
    return {
        "name": name,
        "is_hidden": is_hidden,
        "rows": rows,
        "percents": [sorted(columns) for columns in lists],
        "hidden_columns": sorted(hidden.columns),
        "merged": [list(area) for area in merged],
    }


def content(cell: Any) -> Any:
    """A value from a reader, as a cell of the answer."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, date | time):
        return ["d", cell.isoformat()]
    if isinstance(cell, timedelta):
        return ["d", str(cell)]
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return number(cell)
    return cell


def number(value: float) -> Any:
    """A number as a cell of the answer; JSON would make a blank of one that is not finite.

    Examples
    --------
    >>> number(8.5), number(float("inf")), number(10**400)
    (8.5, ['n', 'inf'], ['n', 'inf'])
    """
    try:
        value = float(value)
    except OverflowError:
        value = inf if value > 0 else -inf
    return value if isfinite(value) else ["n", str(value)]


def without_blank_end(cells: list[Any]) -> list[Any]:
    """Take the blank cells off the end of a row, in place; the row is empty if it is blank."""
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _put(grid: Grid, row: int, column: int, cell: Any) -> None:
    cells = grid.setdefault(row, [])
    cells.extend([None] * (column - len(cells)))
    cells[column - 1] = cell
