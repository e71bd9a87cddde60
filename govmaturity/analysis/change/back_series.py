"""Earlier figures restated for the units of a later time: what merges, splits and renames leave.

The rule. A unit under a new code keeps all its figures. Where areas were put
together, or parted by known shares, what counts (persons, services, yuan) is
added up or divided; what is made of counts is then computed from these sums.
Anything else (shares given as such, levels, survey means) has no back series:
a mean of two units' levels is nobody's level. An index is never restated
itself, but scored from the restated figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

import numpy as np
import pandas as pd

from govmaturity.analysis.change.panel import start_of
from govmaturity.framework.fields import fields
from govmaturity.framework.model import Framework
from govmaturity.units.changes import UnitChange
from govmaturity.units.registry import Registry
from govmaturity.values.table import Values

How = Literal["renamed", "combined"]
Parts = tuple[tuple[str, float], ...]
Made = tuple[How, Parts]


@dataclass(frozen=True)
class Restated:
    """The figures of one unit and period that were sent for other units.

    Parameters
    ----------
    unit, period : str
    how : {"renamed", "combined"}
        `renamed`: all figures of one unit under another code. `combined`:
        counts of several units, or of shares of them, added up.
    parts : tuple of (str, float)
        The codes that the figures were sent for and the share taken of each,
        1 for the whole; NaN where nobody has said how much went to this unit.
    """

    unit: str
    period: str
    how: How
    parts: Parts


@dataclass(frozen=True)
class BackSeries:
    """Values with earlier periods restated, and what was: empty where nothing had to be."""

    values: Values
    restated: tuple[Restated, ...]


def back_series(values: Values, framework: Framework, registry: Registry, as_of: str) -> BackSeries:
    """Restate figures of the periods before `as_of` for the units that there were then.

    Parameters
    ----------
    values : Values
    framework : Framework
        Tells what is a count: inputs and indicators of the measure `count`.
    registry : Registry
        With the changes of units. A change holds from the start of its year.
    as_of : str
        Periods that begin later than this one, and it itself, stay as they are.

    Returns
    -------
    BackSeries
        A sum is missing while one of its parts is (not sent, not reported, or
        a share that nobody has said); it is not applicable where all parts
        are. Units that a change ties together are restated together, and only
        where their sender has not done so: not where something was sent for a
        unit that did not exist yet, nor where nothing was sent for those that
        were to vanish.
    """
    plans = [
        one
        for period in values.periods
        if start_of(period) < start_of(as_of)
        for one in _plans(values, registry, period, as_of)
    ]
    if not plans:
        return BackSeries(values, ())
    table = values.table
    used = pd.MultiIndex.from_tuples(
        {(code, one.period) for one in plans for code, _ in (*one.parts, (one.unit, 1.0))}
    )
    taken = pd.MultiIndex.from_frame(table[["unit", "period"]]).isin(used)
    counts = {id_ for id_, field in fields(framework).items() if field.measure == "count"}
    rows = {
        (str(unit), str(period)): group
        for (unit, period), group in table[taken].groupby(["unit", "period"], sort=False)
    }
    new = [_restate(one, rows, counts) for one in plans]
    whole = pd.concat([table[~taken], *new], ignore_index=True)
    return BackSeries(replace(values, table=whole), tuple(plans))


def _plans(values: Values, registry: Registry, period: str, as_of: str) -> list[Restated]:
    begin, end = start_of(period), start_of(as_of)
    changes = [one for one in registry.changes if one.year and begin < one.year <= end]
    if not changes:
        return []
    sent = set(values.table.loc[values.table["period"] == period, "unit"])
    lineage = _lineage(changes)
    return [
        Restated(unit, period, *lineage[unit])
        for units, codes in _tied(lineage)
        if _is_of_its_time(units, codes, sent)
        for unit in sorted(units)
        if any(code in sent for code, _ in lineage[unit][1])
    ]


def _is_of_its_time(units: set[str], codes: set[str], sent: set[str]) -> bool:
    """Whether figures were sent for the units of their time, not for those of today."""
    vanished, new = codes - units, units - codes
    return not new & sent and bool((vanished or codes) & sent)


def _tied(lineage: Mapping[str, Made]) -> list[tuple[set[str], set[str]]]:
    """Units and the codes that they are made of, together where they share a code."""
    groups: list[tuple[set[str], set[str]]] = []
    for unit, (_, parts) in lineage.items():
        units, codes = {unit}, {code for code, _ in parts}
        for group in [one for one in groups if one[1] & codes]:
            groups.remove(group)
            units |= group[0]
            codes |= group[1]
        groups.append((units, codes))
    return groups


def _lineage(changes: Iterable[UnitChange]) -> dict[str, Made]:
    """Of what each unit is made after all changes, in the order of time."""
    made: dict[str, dict[str, float]] = {}
    renamed: dict[str, bool] = {}
    in_order = sorted(changes, key=lambda one: one.year or 0)
    for _, of_year in groupby(in_order, key=lambda one: one.year):
        year = [one for one in of_year if one.successor]
        before = {one.code: made.get(one.code, {one.code: 1.0}) for one in year}
        was_renamed = {one.code: renamed.get(one.code, True) for one in year}
        for code in before:
            made.pop(code, None)
            renamed.pop(code, None)
        for change in year:
            unit = str(change.successor)
            share = np.nan if change.share is None else change.share
            parts = made.setdefault(unit, {})
            for code, part in before[change.code].items():
                parts[code] = parts.get(code, 0.0) + share * part
            same = change.kind == "renamed" and was_renamed[change.code]
            renamed[unit] = renamed.get(unit, True) and same
    return {
        unit: ("renamed" if renamed[unit] else "combined", tuple(sorted(parts.items())))
        for unit, parts in made.items()
    }


def _restate(
    plan: Restated, rows: dict[tuple[str, str], pd.DataFrame], counts: set[str]
) -> pd.DataFrame:
    sent = [(rows.get((code, plan.period)), share) for code, share in plan.parts]
    if plan.how == "renamed":
        return next(part for part, _ in sent if part is not None).assign(unit=plan.unit)
    there = [part.assign(share=share) for part, share in sent if part is not None]
    together = pd.concat(there, ignore_index=True)
    made = []
    for id_, given in together.groupby("indicator", sort=False):
        # groupby's own sum would count what is missing as zero.
        is_whole = id_ in counts and len(given) == len(plan.parts)
        statuses = set(given["status"])
        value = float((given["value"] * given["share"]).sum(skipna=False))
        if is_whole and statuses == {"reported"} and not np.isnan(value):
            made.append((id_, value, "reported"))
        else:
            only = statuses.pop() if len(statuses) == 1 else "missing"
            kept = only if only in ("not_applicable", "suppressed") else "missing"
            made.append((id_, np.nan, kept))
    table = pd.DataFrame(made, columns=["indicator", "value", "status"])
    return table.assign(unit=plan.unit, period=plan.period)
