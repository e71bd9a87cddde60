"""What a doubtful value is expected to be: its own history, else what others report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from govmaturity.store.figures import StoredValue, UnitValues
from govmaturity.store.suspicions import Suspicion

_FEWEST_UNITS: Final = 3


def as_expected(
    suspicion: Suspicion,
    mine: UnitValues,
    history: Sequence[UnitValues],
    usual: Mapping[str, float],
) -> UnitValues:
    """A unit's values, the doubtful ones replaced by what they are expected to be.

    Parameters
    ----------
    suspicion : Suspicion
        Names the doubtful values; its own expectation comes first.
    mine : UnitValues
        What the unit says.
    history : sequence of UnitValues
        The unit's own in earlier periods, the latest last. A copy of the last
        values is not expected to be the last values.
    usual : mapping of str to float
        What units usually say, by indicator (see `usual_figures`).
    """
    values = dict(mine.values)
    for id_ in suspicion.indicators:
        expected = suspicion.expected
        if expected is None:
            expected = _last(id_, history) if suspicion.code != "copied_last" else None
        if expected is None:
            expected = usual.get(id_)
        if id_ in values:
            status = values[id_].status if expected is None else "reported"
            values[id_] = replace(
                values[id_],
                value=expected,
                status="missing" if expected is None and status == "reported" else status,
            )
        elif expected is not None:
            values[id_] = StoredValue(id_, expected, "reported")
    return UnitValues(values, mine.attributes)


def _last(id_: str, history: Sequence[UnitValues]) -> float | None:
    for past in reversed(history):
        if id_ in past.values and past.values[id_].value is not None:
            return past.values[id_].value
    return None


def usual_figures(current: Mapping[str, UnitValues]) -> dict[str, float]:
    """The median of what the units of a period report, by indicator.

    Of three or more units; a median of fewer says more of the doubtful value
    itself than of what is usual.
    """
    reported: dict[str, list[float]] = {}
    for held in current.values():
        for id_, one in held.values.items():
            if one.value is not None:
                reported.setdefault(id_, []).append(one.value)
    return {
        id_: float(np.median(figures))
        for id_, figures in reported.items()
        if len(figures) >= _FEWEST_UNITS
    }
