"""Raw values of indicators from what was entered: counts into ratios, items into checklists.

This is the step between the table of values and scoring; checks of uploads
use it too, so that a share is judged by the same figure that is scored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govmaturity.framework.model import Framework, Indicator
from govmaturity.values.table import STATUSES, Values

Floats = NDArray[np.float64]
Codes = NDArray[np.int8]

REPORTED: Final = STATUSES.index("reported")
MISSING: Final = STATUSES.index("missing")
NOT_APPLICABLE: Final = STATUSES.index("not_applicable")
SUPPRESSED: Final = STATUSES.index("suppressed")
# Where the parts of a value differ in status, the first of these decides.
_PRECEDENCE: Final = (NOT_APPLICABLE, SUPPRESSED, MISSING)


@dataclass(frozen=True)
class Raw:
    """Raw values by indicator and row, a row being a unit in a period.

    `value` and `status` have the shape (indicators, rows); `value` is NaN
    unless the status is reported (an index into `values.STATUSES`). `computed`
    marks what was computed from inputs or items. `entered` holds what was
    sent under each id, for whoever explains a value.
    """

    indicators: tuple[str, ...]
    unit: NDArray[np.object_]
    period: NDArray[np.object_]
    value: Floats
    status: Codes
    computed: NDArray[np.bool_]
    too_few_answers: NDArray[np.bool_]
    entered: Entered


@dataclass(frozen=True)
class Entered:
    """The table of values as a matrix, one line per entered id; shape (ids, rows)."""

    ids: dict[str, int]
    value: Floats
    status: Codes
    sample: Floats

    def of(self, id_: str) -> tuple[Floats, Codes]:
        """Values and statuses of one id; missing everywhere where nobody sent it."""
        place = self.ids.get(id_)
        if place is None:
            rows = self.value.shape[1]
            return np.full(rows, np.nan), np.full(rows, MISSING, dtype=np.int8)
        return self.value[place], self.status[place]


def raw_values(framework: Framework, values: Values) -> Raw:
    """Return the raw value of every indicator for every unit and period.

    A ratio is the sum of its numerator inputs over the sum of its denominator
    inputs; it is missing while an input is, and not applicable where the
    denominator is zero. A checklist is the share of its applicable items that
    are met, in per cent; it is missing while an applicable item is. A value
    given for the indicator itself is used where its parts give none.

    Parameters
    ----------
    framework : Framework
    values : Values
        Ids that the framework does not know are ignored.

    Returns
    -------
    Raw
        Rows sorted by unit, then period: the order of the table does not matter.
    """
    units, periods, entered = _matrix(values)
    rows = len(units)
    ids = tuple(framework.indicators)
    value = np.full((len(ids), rows), np.nan)
    status = np.full((len(ids), rows), MISSING, dtype=np.int8)
    computed = np.zeros((len(ids), rows), dtype=bool)
    too_few = np.zeros((len(ids), rows), dtype=bool)
    for i, indicator in enumerate(framework.indicators.values()):
        value[i], status[i] = entered.of(indicator.id)
        parts = _from_parts(indicator, entered)
        if parts is not None:
            use = (parts[1] != MISSING) | (status[i] == MISSING)
            value[i] = np.where(use, parts[0], value[i])
            status[i] = np.where(use, parts[1], status[i])
            computed[i] = use & (parts[1] == REPORTED)
        if indicator.min_sample is not None and indicator.id in entered.ids:
            sample = entered.sample[entered.ids[indicator.id]]
            too_few[i] = (status[i] == REPORTED) & (sample < indicator.min_sample)
            value[i][too_few[i]] = np.nan
            status[i][too_few[i]] = MISSING
    return Raw(ids, units, periods, value, status, computed, too_few, entered)


def _matrix(values: Values) -> tuple[NDArray[np.object_], NDArray[np.object_], Entered]:
    table = values.table
    line, names = pd.factorize(table["indicator"])
    ids = {str(id_): place for place, id_ in enumerate(names)}
    units, unit_names = pd.factorize(table["unit"], sort=True)
    periods, period_names = pd.factorize(table["period"], sort=True)
    keys, row = np.unique(units * max(len(period_names), 1) + periods, return_inverse=True)
    shape = (len(ids), len(keys))
    status = np.full(shape, MISSING, dtype=np.int8)
    told, told_names = pd.factorize(table["status"])
    codes = np.array([STATUSES.index(name) for name in told_names], dtype=np.int8)
    status[line, row] = codes[told]
    value = np.full(shape, np.nan)
    value[line, row] = table["value"].to_numpy(dtype=np.float64)
    value[status != REPORTED] = np.nan
    sample = np.full(shape, np.inf)
    if "n" in table.columns:
        sample[line, row] = table["n"].fillna(np.inf).to_numpy(dtype=np.float64)
    size = max(len(period_names), 1)
    unit = np.asarray(unit_names, dtype=object)[keys // size]
    period = np.asarray(period_names, dtype=object)[keys % size]
    return unit, period, Entered(ids, value, status, sample)


def _from_parts(indicator: Indicator, entered: Entered) -> tuple[Floats, Codes] | None:
    if indicator.ratio is not None:
        top, top_status = _sum(indicator.ratio.numerator, entered)
        bottom, bottom_status = _sum(indicator.ratio.denominator, entered)
        status = _worst([top_status, bottom_status])
        status[(status == REPORTED) & (bottom == 0)] = NOT_APPLICABLE
        is_there = status == REPORTED
        value = np.full(len(status), np.nan)
        np.divide(top, bottom, out=value, where=is_there)
        # Multiplying by 1 changes nothing, so a plain ratio stays the exact quotient.
        return value * indicator.ratio.times, status
    if indicator.checklist:
        return _share_met([f"{indicator.id}.{item.id}" for item in indicator.checklist], entered)
    return None


def _sum(ids: tuple[str, ...], entered: Entered) -> tuple[Floats, Codes]:
    parts = [entered.of(id_) for id_ in ids]
    return np.sum([value for value, _ in parts], axis=0), _worst([status for _, status in parts])


def _worst(statuses: list[Codes]) -> Codes:
    together = np.array(statuses)
    status = np.full(together.shape[1], REPORTED, dtype=np.int8)
    for code in reversed(_PRECEDENCE):
        status[(together == code).any(axis=0)] = code
    return status


def _share_met(items: list[str], entered: Entered) -> tuple[Floats, Codes]:
    value = np.array([entered.of(item)[0] for item in items])
    status = np.array([entered.of(item)[1] for item in items])
    applicable = (status != NOT_APPLICABLE).sum(axis=0)
    answered = (status == REPORTED).sum(axis=0)
    whole = np.full(value.shape[1], MISSING, dtype=np.int8)
    whole[answered == applicable] = REPORTED
    whole[applicable == 0] = NOT_APPLICABLE
    share = np.full(value.shape[1], np.nan)
    met = np.where(status == REPORTED, value, 0).sum(axis=0)
    np.divide(100 * met, applicable, out=share, where=whole == REPORTED)
    return share, whole
