"""An uploaded file as sheets of cells, parsed in a child process under limits.

One short-lived process per file, started from a fresh interpreter: a fork
server or a pool that spawns would import the caller's main module (the app)
in every child. Measured: 0.06 s to start and import python-calamine.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

import orjson

from govmaturity.intake.files import limits
from govmaturity.intake.files.guard import Format, recognise
from govmaturity.intake.files.process import run_apart
from govmaturity.intake.files.worksheet import column_letters
from govmaturity.intake.issues import CODES, Code, Issue, Unreadable

Kind = Literal["blank", "number", "text", "bool", "date", "error", "formula_without_value"]

# Of a process that SIGXCPU has ended; Windows does not know it.
_OUT_OF_TIME: Final = -24


class Cell(NamedTuple):
    """What one cell holds.

    `value` is a float, a text, a bool or None; of a date its ISO text, of an
    error what Excel shows (`#DIV/0!`). `is_percent` says that the number is
    shown as per cent: 0.85 is shown as 85 %.
    """

    kind: Kind
    value: float | str | bool | None
    is_percent: bool = False


BLANK: Final = Cell("blank", None)


Content = None | str | float | bool | tuple[str, str | float | None] | list[Any]
"""A cell as the child process writes it (see `govmaturity.intake.files.answer`)."""

_NONE: Final[frozenset[int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not blank, under its number in the file; contents from column A on.

    `percents` are the columns whose number is shown as per cent.
    A `Cell` is made when it is asked for: 200,000 of them kept alive would
    cost more time than all checks. Of a table on its side, a row is a column
    of the file (`is_turned`).
    """

    number: int
    contents: Sequence[Content]
    is_hidden: bool = False
    percents: frozenset[int] = _NONE
    is_turned: bool = False

    @property
    def width(self) -> int:
        return len(self.contents)

    @property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(self.cell(column) for column in range(1, self.width + 1))

    def cell(self, column: int) -> Cell:
        """The cell of a column, 1 is A; blank beyond the last one."""
        if column > len(self.contents):
            return BLANK
        return _cell(self.contents[column - 1], column in self.percents)

    def ref(self, column: int) -> str:
        """The name of a cell of this row in the file: `D14`."""
        if self.is_turned:
            return f"{column_letters(self.number)}{column}"
        return f"{column_letters(column)}{self.number}"


@dataclass(frozen=True)
class Sheet:
    """One sheet. `merged` holds areas as (first row, first column, last row, last column)."""

    name: str
    rows: tuple[Row, ...]
    is_hidden: bool = False
    hidden_columns: tuple[int, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True)
class Workbook:
    """All sheets of a file. A csv is one sheet without a name; only it has an `encoding`.

    `remarks` are codes of what is to be said of the file as a whole.
    """

    sheets: tuple[Sheet, ...]
    format: Format = "xlsx"
    encoding: str = ""
    remarks: tuple[Code, ...] = ()


def read(content: bytes, name: str = "", *, seconds: float = limits.MAX_SECONDS) -> Workbook:
    """Read an uploaded file.

    Parameters
    ----------
    content : bytes
        The whole file: xlsx, xlsm, xls, ods or csv, whatever it is called.
    name : str
        What it is called; tells the formats of WPS from old Excel's.
    seconds : float
        How long the child process may take by the clock.

    Returns
    -------
    Workbook

    Raises
    ------
    Unreadable
        With one issue that says what to do, if nothing can be read.
    """
    format_ = recognise(content, name)
    answer = _in_child(content, format_, seconds)
    if "refused" in answer:
        raise _refusal(answer["refused"])
    sheets = tuple(_sheet(sheet) for sheet in answer["sheets"])
    remarks = tuple(code for code in CODES if code in answer["remarks"])
    return Workbook(sheets, format_, str(answer["encoding"]), remarks)


def _in_child(content: bytes, format_: Format, seconds: float) -> dict[str, Any]:
    try:
        done = run_apart("govmaturity.intake.files.child", format_, content, seconds)
    except subprocess.TimeoutExpired:
        issue = Issue("too_slow", "error", expected=f"{seconds:g} s")
        raise Unreadable([issue]) from None
    if done.returncode == _OUT_OF_TIME:
        expected = f"{limits.MAX_CPU_SECONDS} s"
        raise Unreadable([Issue("too_slow", "error", expected=expected)])
    if done.returncode != 0:
        raise Unreadable([Issue("reader_stopped", "error", found=str(done.returncode))])
    answer: dict[str, Any] = orjson.loads(done.stdout)
    return answer


def _refusal(refused: dict[str, str]) -> Unreadable:
    code: Code = next((code for code in CODES if code == refused["code"]), "reader_stopped")
    cell = refused.get("cell", "")
    issue = Issue(
        code,
        "error",
        sheet=refused.get("sheet", ""),
        cells=(cell,) if cell else (),
        found=refused.get("found", ""),
    )
    return Unreadable([issue])


def _sheet(answer: dict[str, Any]) -> Sheet:
    percents = [frozenset(columns) for columns in answer["percents"]]
    rows = tuple(
        Row(number, contents, is_hidden, percents[place])
        for number, is_hidden, contents, place in answer["rows"]
    )
    return Sheet(
        answer["name"],
        rows,
        answer["is_hidden"],
        tuple(answer["hidden_columns"]),
        tuple((a, b, c, d) for a, b, c, d in answer["merged"]),
    )


def _cell(content: Content, is_percent: bool = False) -> Cell:
    if content is None:
        return BLANK
    if isinstance(content, bool):
        return Cell("bool", content)
    if isinstance(content, float | int):
        return Cell("number", float(content), is_percent)
    if isinstance(content, str):
        return Cell("text", content)
    mark, value = content
    if mark == "d":
        return Cell("date", value)
    if mark == "n":
        return Cell("number", float(value or "nan"))
    return Cell("error", value) if mark == "e" else Cell("formula_without_value", None)
