"""Every inequality measure of one node as one table, by unit and by resident.

================================  ==============================================================
measure                           parts
================================  ==============================================================
mean                              total
standard_deviation, range,        total; in points
p90_p10, absolute_gini
variance                          total, between, within (also per group), child, indicator
coefficient_of_variation,         total
max_min, gini_small_sample,
atkinson_0_5, atkinson_1,
atkinson_2, hoover
williamson                        total, by resident only: the coefficient of variation weighted
gini                              total, child, indicator
theil_t, theil_l                  total, between, within (also per group)
dagum                             within (also per group), net_between, transvariation
================================  ==============================================================

`between` is `between_NAME` per grouping where several are nested. The parts
`child` and `indicator` name in `group` what makes the inequality and in `note`
how it was split (`covariance`, `rao_lerman_yitzhaki`, `shapley`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from govmaturity.analysis.imbalance import rows as asked
from govmaturity.analysis.imbalance.rows import Row
from govmaturity.analysis.inequality.bootstrap import Progress
from govmaturity.analysis.inequality.measures import MEASURES
from govmaturity.analysis.inequality.sample import Floats, UndefinedMeasureError, sample_of
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


def imbalance_table(
    scores: Scores,
    node: str,
    *,
    group_by: Sequence[str] = (),
    groupings: Sequence[Mapping[str, str]] = (),
    population: Mapping[str, Mapping[str, float]] | None = None,
    draws: int = 0,
    seed: int = 0,
    progress: Progress | None = None,
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
    draws : int
        Bootstrap draws for `low` and `high`; 0 leaves them blank.
    seed : int
        Of the draws.
    progress : callable, optional
        Told the share that is done, from 0 to 1.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`, measures as in the table above. `low` and `high` are
        BCa intervals at 95 % (see `inequality.bootstrap`), blank with fewer
        than ten units. A measure that is undefined has a blank value and a
        note (`no_values`, `zero_mean`, `negative_values`, ...). `weighting` is
        `unit` or `resident`.
    """
    weightings = ("unit",) if population is None else ("unit", "resident")
    steps = [(period, weighting) for period in scores.periods for weighting in weightings]
    found: list[Row] = []
    for place, (period, weighting) in enumerate(steps):
        here = scores.at(period)
        here = here.rows(here.rank_of(here.plan.root) > 0)
        people = None
        if population is not None and weighting == "resident":
            residents = population.get(period, {})
            people = np.array([residents.get(unit, np.nan) for unit in here.unit])
        values, weights, note = _with_weights(here.of(node), people)
        base: Row = {"period": period, "node": node, "weighting": weighting}
        one = _Measuring(
            here, node, values, weights, "no_population" if population is None else note
        )
        parts = 3 if groupings else 2
        told = _Share(progress, place / len(steps), 1 / (parts * len(steps)))
        found += [base | row for row in one.rows(group_by, groupings, draws, seed, told)]
    return pd.DataFrame(found, columns=list(COLUMNS))


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


class _Share:
    """Tells how much of the whole is done while one step of it runs, part by part."""

    def __init__(self, progress: Progress | None, start: float, width: float) -> None:
        self.progress, self.start, self.width = progress, start, width

    def part(self, place: int) -> Progress | None:
        if self.progress is None:
            return None
        tell = self.progress
        return lambda done: tell(self.start + self.width * (place + done))


class _Measuring:
    """One node in one period under one weighting."""

    def __init__(
        self, scores: Scores, node: str, values: Floats, weights: Floats | None, note: str
    ) -> None:
        self.scores, self.node, self.note = scores, node, note
        self.values, self.weights = values, weights
        self.relative = can_be_relative(scores, scores.plan.root)

    def rows(
        self,
        group_by: Sequence[str],
        groupings: Sequence[Mapping[str, str]],
        draws: int,
        seed: int,
        told: _Share,
    ) -> Iterator[Row]:
        try:
            sample = sample_of(self.values, self.weights)
        except UndefinedMeasureError as reason:
            for name in MEASURES:
                yield {"measure": name, "part": "total", "n": 0, "note": reason.reason}
            return
        totals = asked.totals(
            sample, relative=self.relative, by_resident=self.weights is not None, note=self.note
        )
        yield from asked.rows_of(sample, totals, draws=draws, seed=seed, progress=told.part(0))
        sources = asked.sources(
            self.scores, self.node, sample, self.weights, relative=self.relative
        )
        yield from asked.rows_of(sample, sources, draws=draws, seed=seed, progress=told.part(1))
        if groupings:
            yield from self._split(group_by, groupings, draws, seed, told)

    def _split(
        self,
        group_by: Sequence[str],
        groupings: Sequence[Mapping[str, str]],
        draws: int,
        seed: int,
        told: _Share,
    ) -> Iterator[Row]:
        units = self.scores.unit
        inside = np.array([all(unit in grouping for grouping in groupings) for unit in units])
        names = [[grouping.get(unit, "") for unit in units] for grouping in groupings]
        left_out = int((~inside & ~np.isnan(self.values)).sum())
        note = f"units_without_group={left_out}" if left_out else ""
        base: Row = {"group_by": ",".join(group_by)}
        try:
            sample = sample_of(np.where(inside, self.values, np.nan), self.weights)
        except UndefinedMeasureError as reason:
            yield base | {
                "measure": "theil_t",
                "part": "between",
                "n": 0,
                "note": reason.reason,
            }
            return
        split = asked.between_groups(sample, names, group_by, relative=self.relative, note=note)
        for row in asked.rows_of(sample, split, draws=draws, seed=seed, progress=told.part(2)):
            yield base | row
