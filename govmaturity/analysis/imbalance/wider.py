"""Space, change, balance and tiers as rows of the same table as inequality.

======================  ====================================================================
measure                 parts
======================  ====================================================================
moran_i                 total; the note gives p, what chance gives, permutations, islands
local_moran             high_high, low_low, high_low, low_high: units that are significant
getis_ord               hot, cold: units that are significant
join_counts             same_level: links within each level (`group`), the note gives p
coupling_coordination   total: the mean of D; class: units in each class (`group`)
part_spread             total: mean distance from the lowest to the highest part of a unit
tier_gap                county, shared, upper, unassigned: points lost, mean of units; with
                        groups also their sum in each (`group`)
sigma                   total, for each period: standard deviation of ln score
beta                    slope, speed, half_life from the first period to the last
rank_mobility           spearman, kendall, mean_shift, from the first period to the last
transitions             move: chance from level to level (`group`: 1>2), `n` moves from there
======================  ====================================================================

All count each unit once. `node` is the root for `tier_gap`, whose points are
points of the root. Rows from the first period to the last stand under the
last one, the note says `since`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from govmaturity.analysis.balance import CLASSES, balance
from govmaturity.analysis.change.convergence import beta, sigma
from govmaturity.analysis.change.mobility import rank_mobility
from govmaturity.analysis.change.panel import Panel, panel_of
from govmaturity.analysis.change.transitions import transitions
from govmaturity.analysis.imbalance.rows import Row
from govmaturity.analysis.imbalance.table import COLUMNS
from govmaturity.analysis.inequality.sample import Floats, UndefinedMeasureError
from govmaturity.analysis.space.association import (
    PERMUTATIONS,
    QUADRANTS,
    getis_ord,
    global_moran,
    join_counts,
    local_moran,
)
from govmaturity.analysis.space.neighbours import Neighbours, by_border
from govmaturity.analysis.tier_gap import TIERS, summed, tier_gap
from govmaturity.scoring import Scores

_HOT, _COLD = QUADRANTS.index("high_high"), QUADRANTS.index("low_low")
_SPOTS: Final = {"hot": _HOT, "cold": _COLD}


def wider_table(
    scores: Scores,
    node: str,
    *,
    group_by: Sequence[str] = (),
    groupings: Sequence[Mapping[str, str]] = (),
    permutations: int = PERMUTATIONS,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure space, change, balance and tiers of one node.

    Parameters
    ----------
    scores : Scores
        Rows that are not ranked (not assessed) are left out.
    node : str
    group_by, groupings
        As `imbalance_table`; here they only sum the tier gap.
    permutations, seed : int
        Of the spatial measures.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`. A measure that is undefined has a blank value and
        the reason as its note.
    """
    found: list[Row] = []
    for period in scores.periods:
        here = scores.at(period)
        here = here.rows(here.rank_of(here.plan.root) > 0)
        near = by_border([str(unit) for unit in here.unit])
        base: Row = {"period": period, "node": node, "weighting": "unit", "note": ""}
        rows = [
            *_space(here, node, near, permutations, seed),
            *_balance(here, node),
            *_tiers(here, ",".join(group_by), groupings),
        ]
        found += [base | row for row in rows]
    panel = panel_of(scores, node)
    if len(panel.periods) > 1:
        base = {"node": node, "weighting": "unit", "period": panel.periods[-1]}
        found += [base | row for row in _change(scores, node, panel)]
    return pd.DataFrame(found, columns=list(COLUMNS))


def _space(
    scores: Scores, node: str, near: Neighbours, permutations: int, seed: int
) -> Iterator[Row]:
    values = scores.of(node)
    n = int((~np.isnan(values)).sum())
    try:
        moran = global_moran(values, near, permutations=permutations, seed=seed)
    except UndefinedMeasureError as reason:
        yield {"measure": "moran_i", "part": "total", "n": n, "note": reason.reason}
        return
    note = (
        f"p={moran.p:.4g};expected={moran.expected:.4g};permutations={permutations}"
        f";islands={len(moran.islands)};unmapped={len(near.unmapped)}"
    )
    yield {"measure": "moran_i", "part": "total", "value": moran.value, "n": n, "note": note}
    local = local_moran(values, near, permutations=permutations, seed=seed)
    for place, name in enumerate(QUADRANTS):
        count = int((local.is_significant & (local.quadrant == place)).sum())
        note = f"p<={local.threshold:.4g}"
        yield {"measure": "local_moran", "part": name, "value": count, "n": n, "note": note}
    spots = getis_ord(values, near, permutations=permutations, seed=seed)
    for name, place in _SPOTS.items():
        count = int((spots.is_significant & (spots.quadrant == place)).sum())
        note = f"p<={spots.threshold:.4g}"
        yield {"measure": "getis_ord", "part": name, "value": count, "n": n, "note": note}
    yield from _joins(scores, node, near, permutations, seed)


def _joins(
    scores: Scores, node: str, near: Neighbours, permutations: int, seed: int
) -> Iterator[Row]:
    if not scores.framework.levels:
        return
    try:
        found = join_counts(scores.level_of(node), near, permutations=permutations, seed=seed)
    except UndefinedMeasureError as reason:
        yield {"measure": "join_counts", "part": "same_level", "note": reason.reason}
        return
    for place, level in enumerate(found.levels):
        yield {
            "measure": "join_counts",
            "part": "same_level",
            "group": str(level),
            "value": float(found.observed[place, place]),
            "n": found.n,
            "note": f"p={found.p[place, place]:.4g};expected={found.expected[place, place]:.4g}",
        }


def _balance(scores: Scores, node: str) -> Iterator[Row]:
    found = balance(scores, node)
    if found is None:
        return
    coordination = found.coupling.coordination
    n = int((~np.isnan(coordination)).sum())
    zero = int(found.coupling.has_zero.sum())
    yield {
        "measure": "coupling_coordination",
        "part": "total",
        "value": _mean(coordination),
        "n": n,
        "note": f"units_with_a_part_at_zero={zero}" if zero else "",
    }
    for place, name in enumerate(CLASSES):
        yield {
            "measure": "coupling_coordination",
            "part": "class",
            "group": name,
            "value": int((found.coupling.class_ == place).sum()),
            "n": n,
        }
    yield {"measure": "part_spread", "part": "total", "value": _mean(found.spread), "n": n}


def _tiers(scores: Scores, group_by: str, groupings: Sequence[Mapping[str, str]]) -> Iterator[Row]:
    if not any(one.controllable for one in scores.framework.indicators.values()):
        return
    root = scores.plan.root
    found = tier_gap(scores)
    n = int((~np.isnan(found.total)).sum())
    for part, points in (*zip(TIERS, found.gap, strict=True), ("unassigned", found.unassigned)):
        yield {
            "node": root,
            "measure": "tier_gap",
            "part": part,
            "value": _mean(points),
            "n": n,
            "note": "mean",
        }
    if not groupings:
        return
    key = {
        unit: "/".join(grouping[unit] for grouping in groupings)
        for unit in map(str, scores.unit)
        if all(unit in grouping for grouping in groupings)
    }
    for line in summed(scores, key).to_dict("records"):
        for part in (*TIERS, "unassigned"):
            yield {
                "node": root,
                "measure": "tier_gap",
                "group_by": group_by,
                "part": part,
                "group": line["group"],
                "value": line[part],
                "n": line["units"],
                "note": "sum",
            }


def _change(scores: Scores, node: str, panel: Panel) -> Iterator[Row]:
    since = f"since={panel.periods[0]}"
    first, last = panel.values[0], panel.values[-1]
    try:
        spread = sigma(panel.values)
        for period, value in zip(panel.periods, spread.spread, strict=True):
            note = f"units_left_out={spread.left_out}" if spread.left_out else ""
            yield {
                "period": period,
                "measure": "sigma",
                "part": "total",
                "value": value,
                "n": spread.n,
                "note": note,
            }
    except UndefinedMeasureError as reason:
        yield {"measure": "sigma", "part": "total", "note": reason.reason}
    try:
        slope = beta(first, last, panel.years)
        base: Row = {"measure": "beta", "n": slope.n, "note": since}
        yield base | {"part": "slope", "value": slope.slope, "low": slope.low, "high": slope.high}
        yield base | {"part": "speed", "value": slope.speed}
        yield base | {"part": "half_life", "value": slope.half_life}
    except UndefinedMeasureError as reason:
        yield {"measure": "beta", "part": "slope", "note": reason.reason}
    try:
        moved = rank_mobility(first, last)
        for part in ("spearman", "kendall", "mean_shift"):
            value = getattr(moved, part)
            yield {
                "measure": "rank_mobility",
                "part": part,
                "value": value,
                "n": moved.n,
                "note": since,
            }
    except UndefinedMeasureError as reason:
        yield {"measure": "rank_mobility", "part": "spearman", "note": reason.reason}
    yield from _moves(scores, node, panel)


def _moves(scores: Scores, node: str, panel: Panel) -> Iterator[Row]:
    k = len(scores.framework.levels)
    if not k:
        return
    column = {unit: place for place, unit in enumerate(panel.units)}
    row = {period: place for place, period in enumerate(panel.periods)}
    states = np.zeros(panel.values.shape, dtype=np.intp)
    at = [row[one] for one in scores.period], [column[one] for one in scores.unit]
    states[at] = scores.level_of(node)
    states[np.isnan(panel.values)] = 0
    found = transitions(states, k)
    for before in range(k):
        for after in range(k):
            yield {
                "measure": "transitions",
                "part": "move",
                "group": f"{before + 1}>{after + 1}",
                "value": float(found.chances[before, after]),
                "n": int(found.counts[before].sum()),
                "note": "" if found.counts[before].any() else "no_observation",
            }


def _mean(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")
