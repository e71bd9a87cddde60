"""Scores and coverage of all nodes of a plan, from the indicators up."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govmaturity.scoring.aggregate.combine import combine, needs_no_negative
from govmaturity.scoring.errors import MethodError
from govmaturity.scoring.normalise.apply import places
from govmaturity.scoring.plan import GroupPlan, Plan
from govmaturity.values.raw import NOT_APPLICABLE, REPORTED, Raw

Floats = NDArray[np.float64]
# Coverage is compared with a limit that it may equal but for rounding of sums.
_COVERAGE_NOISE: Final = 1e-9


def aggregate(plan: Plan, normalised: Floats, raw: Raw) -> tuple[Floats, Floats]:
    """Scores and coverage of all nodes from those of the indicators.

    Parameters
    ----------
    plan : Plan
    normalised : ndarray of float, shape (indicators, rows)
        On the framework's scale; NaN where there is no value.
    raw : Raw
        For the statuses (what is not applicable counts neither as there nor
        as lacking), and for the units and periods of the rows.

    Returns
    -------
    scores, coverage : ndarray of float, shape (nodes, rows)
        A group below its minimum coverage has no score. Coverage counts what
        was reported, not what was imputed.

    Raises
    ------
    MethodError
        If a score does not allow its group's method; it names the units.
    """
    rows = normalised.shape[1]
    scores = np.full((len(plan.nodes), rows), np.nan)
    coverage = np.full((len(plan.nodes), rows), np.nan)
    is_there = raw.status == REPORTED
    applies = raw.status != NOT_APPLICABLE
    is_full = bool(is_there.all())
    period = pd.factorize(raw.period)[0]
    leaves = [plan.place(id_) for id_ in plan.indicators]
    scores[leaves] = normalised
    coverage[leaves] = np.where(applies, is_there, np.nan)
    for group in plan.groups:
        coverage[group.place] = 1.0 if is_full else _coverage(group, is_there, applies)
        parts = scores[list(group.children)]
        refuse(plan, group, parts, raw)
        whole = combine(parts, group.weights, group.aggregate, plan.framework.scale, period)
        if not is_full:
            whole[coverage[group.place] < group.min_coverage - _COVERAGE_NOISE] = np.nan
        scores[group.place] = whole
    return scores, coverage


def refuse(plan: Plan, group: GroupPlan, parts: Floats, raw: Raw) -> None:
    """Refuse scores that a group's method cannot take. Raises MethodError naming the units."""
    method = group.aggregate.method
    if needs_no_negative(group.aggregate):
        negative = np.asarray((parts < 0).any(axis=0))
        if negative.any():
            least = f"{np.nanmin(parts):g}"
            where = places(raw.unit, raw.period, negative)
            raise MethodError("negative_scores", group.id, method, least, where)
    if method == "benefit_of_doubt":
        gaps = np.isnan(parts)
        partly = np.asarray(gaps.any(axis=0) & ~gaps.all(axis=0))
        if partly.any():
            lacking = [
                plan.nodes[p] for p, gap in zip(group.children, gaps, strict=True) if gap.any()
            ]
            where = places(raw.unit, raw.period, partly)
            raise MethodError("parts_missing", group.id, method, ", ".join(lacking), where)


def _coverage(group: GroupPlan, is_there: NDArray[np.bool_], applies: NDArray[np.bool_]) -> Floats:
    members = np.flatnonzero(group.effective)
    weights = group.effective[members]
    there = np.zeros(is_there.shape[1])
    applicable = np.zeros(is_there.shape[1])
    for member, weight in zip(members, weights, strict=True):
        there += weight * is_there[member]
        applicable += weight * applies[member]
    result = np.full(is_there.shape[1], np.nan)
    return np.divide(there, applicable, out=result, where=applicable > 0)
