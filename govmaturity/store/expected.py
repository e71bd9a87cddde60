"""What a doubtful value is expected to be: its own history, else what others report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from govmaturity.store.figures import StoredValue, UnitValues
from govmaturity.store.suspicions import Suspicion


def as_expected(
    suspicion: Suspicion,
    unit: str,
    current: Mapping[str, UnitValues],
    history: Sequence[UnitValues],
) -> UnitValues:
    """A unit's values, the doubtful ones replaced by what they are expected to be.

    Parameters
    ----------
    suspicion : Suspicion
        Names the doubtful values; its own expectation comes first.
    unit : str
    current : mapping of str to UnitValues
        The values of all units in the period.
    history : sequence of UnitValues
        The unit's own in earlier periods, the latest last. A copy of the last
        values is not expected to be the last values.
    """
    mine = current[unit]
    values = dict(mine.values)
    for id_ in suspicion.indicators:
        expected = suspicion.expected
        if expected is None:
            expected = _last(id_, history) if suspicion.code != "copied_last" else None
        if expected is None:
            expected = _usual(id_, unit, current)
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


def _usual(id_: str, unit: str, current: Mapping[str, UnitValues]) -> float | None:
    others = [
        value.value
        for other, held in current.items()
        if other != unit and (value := held.values.get(id_)) and value.value is not None
    ]
    return float(np.median(others)) if others else None
