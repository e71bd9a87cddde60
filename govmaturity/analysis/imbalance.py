"""Every inequality measure of one node as one table, by unit and by resident."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from govmaturity.analysis import inequality as measures
from govmaturity.analysis.inequality import Floats, UndefinedMeasureError
from govmaturity.scoring import Scores
from govmaturity.values.raw import REPORTED

COLUMNS: Final = (
    "period",
    "node",
    "measure",
    "weighting",
    "group_by",
    "part",
    "group",
    "value",
    "low",
    "high",
    "n",
    "note",
)
_Measure = Callable[[Floats, Floats | None], float]
# Measures in points first: they do not depend on where the scale's zero lies.
ABSOLUTE: Final[dict[str, _Measure]] = {
    "standard_deviation": measures.standard_deviation,
    "range": measures.value_range,
    "p90_p10": measures.p90_p10,
    "absolute_gini": measures.absolute_gini,
}
RELATIVE: Final[dict[str, _Measure]] = {
    "coefficient_of_variation": measures.coefficient_of_variation,
    "gini": measures.gini,
    "theil_t": measures.theil_t,
}
NOT_COUNTED: Final = "scale_negative"


def imbalance_table(
    scores: Scores,
    node: str,
    *,
    group_by: Sequence[str] = (),
    groupings: Sequence[Mapping[str, str]] = (),
    population: Mapping[str, Mapping[str, float]] | None = None,
) -> pd.DataFrame:
    """Measure how unequal units are in one node, for every period.

    Parameters
    ----------
    scores : Scores
        Rows that are not ranked (not assessed) are left out.
    node : str
    group_by : sequence of str
        Names of the groupings, outermost first.
    groupings : sequence of mappings of unit to group
        One for each name; units that one of them lacks are left out of the split.
    population : mapping of period to mapping of unit to residents, optional
        Without it only each unit counts once; the note says so.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`. `low` and `high` are intervals, blank until they are
        computed. A measure that is undefined has a blank value and a note
        (`no_values`, `zero_mean`, `negative_values`, ...). `weighting` is
        `unit` or `resident`.
    """
    rows: list[dict[str, object]] = []
    for period in scores.periods:
        here = scores.at(period)
        counted = here.rank_of(here.plan.root) > 0
        here = here.rows(counted)
        values = here.of(node)
        weightings: dict[str, Floats | None] = {"unit": None}
        if population is not None:
            people = population.get(period, {})
            weightings["resident"] = np.array([people.get(unit, np.nan) for unit in here.unit])
        for weighting, weights in weightings.items():
            base: dict[str, object] = {"period": period, "node": node, "weighting": weighting}
            x, w, note = _with_weights(values, weights)
            if population is None:
                note = "no_population"
            rows += [base | row for row in _measures(here, x, w, note)]
            if groupings:
                names = ",".join(group_by)
                rows += [
                    base | {"group_by": names} | row
                    for row in _split(here, x, w, group_by, groupings)
                ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def population_of(scores: Scores, input_: str) -> dict[str, dict[str, float]] | None:
    """Residents by period and unit from an input of the values; None where nobody sent it."""
    if input_ not in scores.raw.entered.ids:
        return None
    value, status = scores.raw.entered.of(input_)
    found: dict[str, dict[str, float]] = {}
    for place in np.flatnonzero(status == REPORTED):
        unit, period = str(scores.unit[place]), str(scores.period[place])
        found.setdefault(period, {})[unit] = float(value[place])
    return found


def can_be_relative(scores: Scores, node: str) -> bool:
    """Whether scores of a node can never be negative, so that relative measures mean something."""
    if scores.framework.scale[0] < 0:
        return False
    methods = {
        scores.framework.settings[leaf].normalise.method for leaf in scores.plan.leaves(node)
    }
    return not methods & {"z_score", "t_score", "chain"}


def _with_weights(values: Floats, weights: Floats | None) -> tuple[Floats, Floats | None, str]:
    if weights is None:
        return values, None, ""
    without = np.isnan(weights) & ~np.isnan(values)
    note = f"units_without_population={int(without.sum())}" if without.any() else ""
    return np.where(without, np.nan, values), np.nan_to_num(weights), note


def _measures(
    scores: Scores, values: Floats, weights: Floats | None, note: str
) -> list[dict[str, object]]:
    node_is_relative = can_be_relative(scores, scores.plan.root)
    n = int((~np.isnan(values)).sum())
    rows: list[dict[str, object]] = []
    for name, measure in {"mean": measures.mean, **ABSOLUTE, **RELATIVE}.items():
        row: dict[str, object] = {"measure": name, "part": "total", "n": n, "note": note}
        if name in RELATIVE and not node_is_relative:
            row["note"] = NOT_COUNTED
        else:
            try:
                row["value"] = measure(values, weights)
            except UndefinedMeasureError as reason:
                row["note"] = reason.reason
        rows.append(row)
    return rows


def _split(
    scores: Scores,
    values: Floats,
    weights: Floats | None,
    group_by: Sequence[str],
    groupings: Sequence[Mapping[str, str]],
) -> list[dict[str, object]]:
    inside = np.array([all(unit in grouping for grouping in groupings) for unit in scores.unit])
    units = scores.unit[inside]
    x = values[inside]
    w = None if weights is None else weights[inside]
    names = [[grouping[unit] for unit in units] for grouping in groupings]
    n = int((~np.isnan(x)).sum())
    left_out = int((~inside & ~np.isnan(values)).sum())
    note = f"units_without_group={left_out}" if left_out else ""
    base: dict[str, object] = {"measure": "theil_t", "n": n, "note": note}
    if not can_be_relative(scores, scores.plan.root):
        return [base | {"part": "between", "note": NOT_COUNTED}]
    try:
        parts = measures.theil_by_groups(x, names, w)
    except UndefinedMeasureError as reason:
        return [base | {"part": "between", "note": reason.reason}]
    rows = [
        base | {"part": f"between_{name}" if len(group_by) > 1 else "between", "value": value}
        for name, value in zip(group_by, parts.between, strict=True)
    ]
    rows.append(base | {"part": "within", "value": parts.within})
    known = ~np.isnan(x)
    sizes = pd.Series(
        [key for key, is_known in zip(zip(*names, strict=True), known, strict=True) if is_known]
    ).value_counts()
    rows += [
        base | {"part": "within", "group": "/".join(key), "value": value, "n": int(sizes[key])}
        for key, value in sorted(parts.groups.items())
    ]
    return rows
