"""What a checked file gives, by unit and period, and what of it cannot be taken."""

from __future__ import annotations

from typing import Any

import pandas as pd

from govmaturity.intake.checks import Traced
from govmaturity.store.figures import Key, StoredValue
from govmaturity.store.receipt import LeftOut
from govmaturity.values.table import OPTIONAL_COLUMNS

_NUMBERS = ("se", "n")


def values_by_unit(traced: Traced) -> dict[Key, tuple[StoredValue, ...]]:
    """The usable values of a file with their cells; a faulty cell gives none.

    A cell with an error is not a blank one: what was there before stays.
    """
    checked = traced.checked
    faulty = set(checked.faulty)
    table = checked.values.table
    details = [name for name in OPTIONAL_COLUMNS if name in table.columns]
    found: dict[Key, list[StoredValue]] = {}
    for row in table[["unit", "period", "indicator", "value", "status", *details]].itertuples(
        index=False
    ):
        unit, period, indicator, value, status, *said = row
        values = found.setdefault((str(unit), str(period)), [])
        if (unit, period, indicator) in faulty:
            continue
        origin = traced.origins[unit, period, indicator]
        values.append(
            StoredValue(
                indicator=str(indicator),
                value=None if pd.isna(value) else float(value),
                status=status,
                sheet=origin.sheet,
                cell=origin.cell,
                kind=origin.kind,
                sent=origin.sent,
                typed=origin.typed,
                **dict(_detail(*pair) for pair in zip(details, said, strict=True)),
            )
        )
    return {key: tuple(values) for key, values in found.items()}


def left_out(traced: Traced) -> tuple[LeftOut, ...]:
    """What would be left out of a file: cells with an error, and errors that hit no one value."""
    checked = traced.checked
    found = []
    named: set[tuple[str, str]] = set()
    for key in checked.faulty:
        origin = traced.origins[key]
        found.append(LeftOut(*key, origin.sheet, (origin.cell,)))
        named.add((origin.sheet, origin.cell))
    for issue in checked.issues:
        others = tuple(cell for cell in issue.cells if (issue.sheet, cell) not in named)
        if issue.severity == "error" and (others or not issue.cells):
            found.append(LeftOut(issue.unit, "", issue.indicator, issue.sheet, others))
    return tuple(dict.fromkeys(found))


def _detail(name: str, value: Any) -> tuple[str, Any]:
    if name in _NUMBERS:
        return name, None if pd.isna(value) else float(value)
    return name, "" if pd.isna(value) else str(value)
