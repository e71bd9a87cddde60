"""A marked copy that comes back: its index sheet is ours and holds no values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from govmaturity.intake.files.reader import Sheet, Workbook
from govmaturity.intake.issues import Code, Issue
from govmaturity.intake.marked.orders import MARKER

_ROWS_SEARCHED: Final = 5


def is_marked(workbook: Workbook) -> bool:
    """Whether a workbook is a marked copy that somebody sends back."""
    return any(_is_index(sheet) for sheet in workbook.sheets)


def without_index(workbook: Workbook) -> Workbook:
    """The workbook without the index sheet of an earlier marked copy.

    A sheet that is merely called like ours stays.
    """
    if not is_marked(workbook):
        return workbook
    sheets = tuple(sheet for sheet in workbook.sheets if not _is_index(sheet))
    return replace(workbook, sheets=sheets)


def as_of_copy(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """Say of formulas without a result in a marked copy that it has to be opened once.

    A copy is written by a program that does not calculate: the results that
    were not there before are there once WPS or Excel has saved it.
    """
    code: Code = "formula_without_value_in_copy"
    return tuple(
        replace(issue, code=code) if issue.code == "formula_without_value" else issue
        for issue in issues
    )


def _is_index(sheet: Sheet) -> bool:
    return any(MARKER in row.contents for row in sheet.rows[:_ROWS_SEARCHED])
