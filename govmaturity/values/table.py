"""Reported values as one long table, whatever the file looked like they came in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal, get_args

import pandas as pd

Status = Literal["reported", "missing", "not_applicable", "suppressed"]
STATUSES: Final[tuple[Status, ...]] = get_args(Status)
COLUMNS: Final = ("unit", "period", "indicator", "value", "status")
# What simulated values carry in their column `data_note`, and every figure made of them shows.
SIMULATED: Final = "模拟数据 SIMULATED"
OPTIONAL_COLUMNS: Final = ("se", "n", "note", "evidence", "source")


@dataclass(frozen=True)
class Values:
    """Raw values of units and periods, and what else the files said of the units.

    Parameters
    ----------
    table : DataFrame
        One row per unit, period and indicator. Columns: `unit`, `period`,
        `indicator` (text: an indicator id, an input id or a checklist item
        such as `G1.1.decide`), `value` (float in the indicator's unit of
        measure, NaN unless reported), `status` (see `STATUSES`); optionally
        `se`, `n` (standard error and sample size of a survey value), `note`,
        `evidence`, `source`.
    attributes : DataFrame
        One row per unit (the index), one text column per further column of
        the files: what units can be grouped by. Empty where there is none.

    Raises
    ------
    ValueError
        If a column is missing, a status is unknown, a value is reported but
        not a finite number, or a unit, period and indicator appear twice.
    """

    table: pd.DataFrame
    attributes: pd.DataFrame = field(default_factory=pd.DataFrame)

    def __post_init__(self) -> None:
        missing = [name for name in COLUMNS if name not in self.table.columns]
        if missing:
            raise ValueError(f"values need the columns {', '.join(COLUMNS)}; missing: {missing}")
        unknown = set(self.table["status"].unique()) - set(STATUSES)
        if unknown:
            raise ValueError(f"unknown status {sorted(unknown)}; expected one of: {STATUSES}")
        reported = self.table["status"] == "reported"
        finite = self.table["value"].abs() < float("inf")
        if not finite[reported].all():
            first = self.table[reported & ~finite].iloc[0]
            raise ValueError(
                f"a reported value must be a finite number, got {first['value']}: "
                f"{first['unit']}, {first['period']}, {first['indicator']}"
            )
        twice = self.table.duplicated(["unit", "period", "indicator"])
        if twice.any():
            first = self.table[twice].iloc[0]
            raise ValueError(
                "a unit, period and indicator can have one value, got two: "
                f"{first['unit']}, {first['period']}, {first['indicator']}"
            )

    @property
    def is_simulated(self) -> bool:
        """Whether any unit's data are marked as simulated."""
        if "data_note" not in self.attributes.columns:
            return False
        return bool((self.attributes["data_note"] == SIMULATED).any())

    @property
    def units(self) -> tuple[str, ...]:
        """The units in the order in which they first appear."""
        return tuple(self.table["unit"].unique())

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods in order of time (the contract's formats sort as text)."""
        return tuple(sorted(self.table["period"].unique()))
