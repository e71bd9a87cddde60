"""From raw values to those that are scored: denominate, screen, treat, impute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govmaturity.framework.methods import Impute
from govmaturity.framework.model import Indicator
from govmaturity.scoring import impute
from govmaturity.scoring.errors import MethodError
from govmaturity.scoring.plan import Plan
from govmaturity.scoring.treat import Treatment, treat
from govmaturity.values.raw import MISSING, NOT_APPLICABLE, REPORTED, Raw

Floats = NDArray[np.float64]
# A value of another measure is held by its own ends, or is no number.
TREATABLE: Final = ("number", "percent", "count", "ratio", "external")
_SHARE_NOISE: Final = 1e-9


@dataclass(frozen=True)
class Prepared:
    """Values as they are normalised, and what was done to them.

    value : float, shape (indicators, rows)
        NaN where there is none.
    imputed : bool, shape (indicators, rows)
    screened : bool, shape (rows,)
        Rows that reported too little to be scored.
    treatments : tuple of Treatment
        Of the indicators that had outliers.
    """

    value: Floats
    imputed: NDArray[np.bool_]
    screened: NDArray[np.bool_]
    treatments: tuple[Treatment, ...]


def denominate(plan: Plan, raw: Raw) -> Raw:
    """Divide the values of indicators that ask for it by their input.

    Where the input is missing so is the value; where it is zero the indicator
    does not apply. Returns the same raw values where no indicator asks.
    """
    indicators = plan.framework.indicators
    asked = [i for i, id_ in enumerate(plan.indicators) if indicators[id_].denominate]
    if not asked:
        return raw
    value, status = raw.value.copy(), raw.status.copy()
    for i in asked:
        by = indicators[plan.indicators[i]].denominate
        if by is None:
            continue
        below, told = raw.entered.of(by.by)
        reported = status[i] == REPORTED
        status[i] = np.where(reported, told, status[i])
        status[i][reported & (told == REPORTED) & (below == 0)] = NOT_APPLICABLE
        is_there = status[i] == REPORTED
        value[i] = np.divide(
            value[i] * by.times, below, out=np.full(value[i].shape, np.nan), where=is_there
        )
    return replace(raw, value=value, status=status)


def prepare(
    plan: Plan, raw: Raw, groupings: Mapping[str, Mapping[str, str]] | None = None
) -> Prepared:
    """Screen, treat and impute raw values, as far as the framework asks.

    Parameters
    ----------
    plan : Plan
    raw : Raw
        Of the plan's indicators, denominated.
    groupings : mapping of name to mapping of unit to group, optional
        What `by` of group means and medians can name.

    Returns
    -------
    Prepared

    Raises
    ------
    MethodError
        If a grouping is not there.
    """
    screened = _screened(plan, raw)
    value = np.where(screened, np.nan, raw.value) if screened.any() else raw.value
    treatments: list[Treatment] = []
    settings = plan.framework.settings
    for i, id_ in enumerate(plan.indicators):
        limits = settings[id_].treat
        if limits is None or plan.framework.indicators[id_].measure not in TREATABLE:
            continue
        treated, told = treat(id_, value[i], limits)
        if told is not None:
            value = value.copy() if value is raw.value else value
            value[i] = treated
            treatments.append(told)
    imputed = np.zeros(value.shape, dtype=bool)
    if any(settings[id_].impute for id_ in plan.indicators):
        before = value
        value = _imputed(plan, raw, value, groupings or {})
        wanted = (raw.status == MISSING) & ~screened
        value = np.where(np.isnan(before) & ~wanted, np.nan, value)
        imputed = np.isnan(before) & ~np.isnan(value)
    return Prepared(value, imputed, screened, tuple(treatments))


def _screened(plan: Plan, raw: Raw) -> NDArray[np.bool_]:
    limits = plan.framework.screen
    applicable = (raw.status != NOT_APPLICABLE).sum(axis=0)
    reported = (raw.status == REPORTED).sum(axis=0)
    nonzero = ((raw.status == REPORTED) & (raw.value != 0)).sum(axis=0)
    too_few = reported < (limits.min_available - _SHARE_NOISE) * applicable
    too_empty = nonzero < (limits.min_nonzero - _SHARE_NOISE) * reported
    return too_few | too_empty


def _imputed(
    plan: Plan, raw: Raw, before: Floats, groupings: Mapping[str, Mapping[str, str]]
) -> Floats:
    value = before.copy()
    for i, id_ in enumerate(plan.indicators):
        indicator = plan.framework.indicators[id_]
        chosen = plan.framework.settings[id_].impute
        # An option is a name, not an amount: nothing lies between two of them.
        if chosen is not None and indicator.measure != "choice":
            value[i] = _impute_one(plan, raw, before, i, indicator, chosen, groupings)
    return value


def _impute_one(
    plan: Plan,
    raw: Raw,
    before: Floats,
    place: int,
    indicator: Indicator,
    chosen: Impute,
    groupings: Mapping[str, Mapping[str, str]],
) -> Floats:
    values = before[place]
    period = pd.factorize(raw.period)[0]
    if chosen.method == "mean" or chosen.method == "median":
        return impute.by_group(values, period, chosen.method)
    if chosen.method == "group_mean" or chosen.method == "group_median":
        group = _group_codes(raw, period, indicator, chosen, groupings)
        return impute.by_group(values, group, "mean" if chosen.method == "group_mean" else "median")
    if chosen.method == "regression":
        return _regressed(plan, before, place, period)
    unit = pd.factorize(raw.unit)[0]
    time = np.array([year_of(str(one)) for one in raw.period])
    fill = impute.last_value if chosen.method == "last" else impute.linear
    return fill(values, unit, time)


def _group_codes(
    raw: Raw,
    period: NDArray[np.intp],
    indicator: Indicator,
    chosen: Impute,
    groupings: Mapping[str, Mapping[str, str]],
) -> NDArray[np.intp]:
    if chosen.by is None or chosen.by not in groupings:
        known = ", ".join(groupings) or "-"
        raise MethodError(
            "no_grouping", indicator.id, chosen.method, str(chosen.by), expected=known
        )
    members = groupings[chosen.by]
    groups = pd.Series([members.get(str(unit)) for unit in raw.unit], dtype="object")
    codes = pd.factorize(groups)[0]
    return np.where(codes < 0, -1, codes * (period.max(initial=0) + 1) + period)


def _regressed(plan: Plan, before: Floats, place: int, period: NDArray[np.intp]) -> Floats:
    """Expected from the siblings of the indicator, period by period."""
    id_ = plan.indicators[place]
    parent = plan.framework.parents[id_]
    siblings = [i for i, o in enumerate(plan.indicators) if plan.framework.parents[o] == parent]
    others = [i for i in siblings if i != place]
    found = before[place].copy()
    for one in np.unique(period):
        rows = period == one
        found[rows] = impute.regression(before[place][rows], before[others][:, rows])
    return found


def year_of(period: str) -> float:
    """The middle of a period, in years: 2024-H1 lies a quarter after the start of 2024.

    Examples
    --------
    >>> year_of("2024"), year_of("2024-H1"), year_of("2024-Q3")
    (2024.5, 2024.25, 2024.625)
    """
    year, _, part = period.partition("-")
    if not part:
        return int(year) + 0.5
    kind, number = (part[0], part[1:]) if part[0] in "HQ" else ("M", part)
    pieces = {"H": 2, "Q": 4, "M": 12}[kind]
    return int(year) + (int(number) - 0.5) / pieces
