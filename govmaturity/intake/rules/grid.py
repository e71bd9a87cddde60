"""Entries as a matrix, for checks that compare rows and columns."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from govmaturity.framework.fields import Field
from govmaturity.intake.table.entries import Entries, Entry, Key

Floats = NDArray[np.float64]

# What is counted or measured; answers and levels repeat by nature.
_MEASURED: Final = ("number", "percent", "count", "ratio", "external", "survey_mean")


@dataclass(frozen=True)
class Grid:
    """The measured values of one period.

    `value` has the shape (units, fields), NaN where nothing is reported; the
    fields are in the order in which the file gives them.
    """

    keys: tuple[Key, ...]
    fields: tuple[Field, ...]
    value: Floats
    entries: Entries

    def entry(self, row: int, column: int) -> Entry:
        return self.entries.columns[self.fields[column].id][self.keys[row]]

    def known(self) -> dict[tuple[str, str], float]:
        """What is reported, by unit and field."""
        return {
            (self.keys[row][0], self.fields[column].id): float(self.value[row, column])
            for row, column in np.argwhere(~np.isnan(self.value))
        }

    def placed(self, known: Mapping[tuple[str, str], float]) -> Floats:
        """Values of another period, by unit and field, in the same shape; NaN for the others."""
        found = np.full(self.value.shape, np.nan)
        rows = {unit: row for row, (unit, _) in enumerate(self.keys)}
        columns = {field.id: column for column, field in enumerate(self.fields)}
        for (unit, field), value in known.items():
            if unit in rows and field in columns:
                found[rows[unit], columns[field]] = value
        return found


def grids(
    fields: Mapping[str, Field], entries: Entries, left_out: Container[Key]
) -> dict[str, Grid]:
    """Return the measured values of a file by period.

    Rows of which the unit or the period is not known are `left_out`.
    """
    measured = [fields[id_] for id_ in entries.columns if fields[id_].measure in _MEASURED]
    keys = dict.fromkeys(key for field in measured for key in entries.columns[field.id])
    periods: dict[str, list[Key]] = {}
    for key in keys:
        if key not in left_out:
            periods.setdefault(key[1], []).append(key)
    return {
        period: Grid(tuple(rows), tuple(measured), _matrix(rows, measured, entries), entries)
        for period, rows in periods.items()
    }


def _matrix(rows: Sequence[Key], measured: Sequence[Field], entries: Entries) -> Floats:
    value = np.full((len(rows), len(measured)), np.nan)
    for column, field in enumerate(measured):
        given = entries.columns[field.id]
        found = [entry.value if (entry := given.get(key)) else None for key in rows]
        value[:, column] = np.array(found, dtype=np.float64)
    return value
