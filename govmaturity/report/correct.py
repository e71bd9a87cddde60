"""What can be put right cell by cell, as a table to type into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import pandas as pd

from govmaturity.intake.issues import Code, Issue
from govmaturity.texts import Language

COLUMNS: Final = ("sheet", "cell", "unit", "indicator", "found", "value", "message")
# A grid that is longer is corrected faster in the workbook.
MOST_CELLS: Final = 200
_ANSWERED: Final = ("error", "confirm")
_TOGETHER: Final[frozenset[Code]] = frozenset(
    {
        "rule_part",
        "rule_sum",
        "rule_ratio",
        "rule_rubric",
        "ratio_outside_valid",
        "ratio_outside_plausible",
        "row_twice",
        "copied_last",
        "same_as_unit",
    }
)


def cells_to_correct(
    issues: Iterable[Issue],
    corrections: Mapping[tuple[str, str], str],
    language: Language,
    most: int = MOST_CELLS,
) -> pd.DataFrame:
    """Return a row for each cell that has to be corrected or confirmed, errors first.

    Parameters
    ----------
    issues : iterable of Issue
        Not yet grouped: each says what it found in its cells.
    corrections : mapping of (sheet, cell) to str
        What has been typed already; these cells come first, so that they can
        be changed or taken back.
    language : {"zh", "en"}
    most : int
        At most so many cells without a correction.

    Returns
    -------
    DataFrame
        Columns as in `COLUMNS`, all text. `value` holds what has been typed.
        Of a cell with several findings, the most serious one is told.
    """
    found: dict[tuple[str, str], Issue] = {}
    for severity in _ANSWERED:
        for issue in issues:
            if issue.severity == severity:
                for cell in issue.cells:
                    found.setdefault((issue.sheet, cell), issue)
    typed = [place for place in corrections if place not in found]
    open_ = [place for place in found if place not in corrections][:most]
    again = [place for place in found if place in corrections]
    rows = [
        _row(place, found.get(place), corrections.get(place, ""), language)
        for place in (*typed, *again, *open_)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def count_cells(issues: Iterable[Issue]) -> int:
    """How many cells have to be corrected or confirmed."""
    return len(
        {
            (issue.sheet, cell)
            for issue in issues
            if issue.severity in _ANSWERED
            for cell in issue.cells
        }
    )


def _row(
    place: tuple[str, str], issue: Issue | None, value: str, language: Language
) -> dict[str, str]:
    row = dict.fromkeys(COLUMNS, "") | {"sheet": place[0], "cell": place[1], "value": value}
    if issue is not None:
        # What several cells say together stands in none of them.
        found = "" if issue.code in _TOGETHER else issue.found
        row |= {"unit": issue.unit, "indicator": issue.indicator, "found": found}
        row["message"] = issue.reason(language)
    return row
