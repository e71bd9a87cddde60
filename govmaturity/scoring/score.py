"""Scores of all units and periods: a pure function of a framework and values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govmaturity.framework.model import Framework
from govmaturity.scoring.aggregate.nodes import aggregate
from govmaturity.scoring.level import GateEffect, Levels, apply_gates, bands
from govmaturity.scoring.normalise.apply import normalise
from govmaturity.scoring.plan import Plan, make_plan
from govmaturity.scoring.prepare import denominate, prepare
from govmaturity.scoring.rank import TIE, UNRANKED, ranks
from govmaturity.scoring.treat import Treatment
from govmaturity.scoring.weigh.apply import Weighed, weigh
from govmaturity.units.groups import REGISTRY_COLUMNS, group_of
from govmaturity.units.registry import registry
from govmaturity.values.raw import Raw, raw_values
from govmaturity.values.table import Values

Floats = NDArray[np.float64]
SCORE_COLUMNS: Final = ("unit", "period", "node", "score", "rank", "coverage", "level")


@dataclass(frozen=True)
class Scores:
    """Every table on the way from raw values to levels.

    Rows are units in periods, sorted by unit, then period; `unit` and
    `period` name them. `score`, `coverage`, `level` and `rank` have the shape
    (nodes, rows) and follow `plan.nodes`; `clipped`, `value` and `imputed` the
    shape (indicators, rows) and follow `plan.indicators`, like the rows of `raw`.

    score : float, on the framework's scale; NaN where there is none.
    coverage : float in [0, 1]; NaN where nothing applies.
    level : int, 1 to k from the worst up; 0 where there is none.
    rank : int, 1 is best; 0 where there is none.
    clipped : whether a raw value lay beyond a goalpost.
    value : what was normalised: raw values, outliers treated, gaps imputed.
    imputed : whether a value was filled in; no such value counts as coverage.
    screened : rows that reported too little to be scored, shape (rows,).
    treatments : what was done about outliers, for each indicator that had any.
    weighed : how weights were found, for each group that asks for it; `plan`
        holds the weights in force.
    has_ranks : False where only levels may be published: then `rank` holds the
        rank of the level, the same for all units in one, and is not shown.
    """

    framework: Framework
    plan: Plan
    raw: Raw
    score: Floats
    coverage: Floats
    level: Levels
    rank: NDArray[np.int32]
    clipped: NDArray[np.bool_]
    gates: tuple[GateEffect, ...]
    value: Floats
    imputed: NDArray[np.bool_]
    screened: NDArray[np.bool_]
    treatments: tuple[Treatment, ...] = ()
    weighed: tuple[Weighed, ...] = ()
    has_ranks: bool = True

    @property
    def unit(self) -> NDArray[np.object_]:
        return self.raw.unit

    @property
    def period(self) -> NDArray[np.object_]:
        return self.raw.period

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.unit))

    @property
    def periods(self) -> tuple[str, ...]:
        return tuple(sorted(set(self.period)))

    @property
    def provisional(self) -> NDArray[np.bool_]:
        """Rows whose root level rests on a gate that lacked what it looks at."""
        rows = np.zeros(len(self.unit), dtype=bool)
        for effect in self.gates:
            if effect.node == self.plan.root:
                rows |= effect.undecided
        return rows

    def at(self, period: str) -> Scores:
        """Return the same scores for one period alone; ranks are those of the period already."""
        return self.rows(self.period == period)

    def rows(self, kept: NDArray[np.bool_] | NDArray[np.intp]) -> Scores:
        """Return the same scores for some rows; nothing is computed anew."""
        entered = self.raw.entered
        raw = Raw(
            self.raw.indicators,
            self.raw.unit[kept],
            self.raw.period[kept],
            self.raw.value[:, kept],
            self.raw.status[:, kept],
            self.raw.computed[:, kept],
            self.raw.too_few_answers[:, kept],
            type(entered)(
                entered.ids,
                entered.value[:, kept],
                entered.status[:, kept],
                entered.sample[:, kept],
            ),
        )
        gates = tuple(
            GateEffect(e.gate, e.node, e.acted[kept], e.undecided[kept], e.cap[kept])
            for e in self.gates
        )
        return replace(
            self,
            raw=raw,
            score=self.score[:, kept],
            coverage=self.coverage[:, kept],
            level=self.level[:, kept],
            rank=self.rank[:, kept],
            clipped=self.clipped[:, kept],
            gates=gates,
            value=self.value[:, kept],
            imputed=self.imputed[:, kept],
            screened=self.screened[kept],
        )

    def among_themselves(self) -> Scores:
        """Return the same scores ranked among these rows alone, per period.

        What was not ranked before (not assessed) is not ranked now.
        """
        never = ~(self.rank > UNRANKED).any(axis=0)
        periods = pd.factorize(pd.Series(self.period, dtype="object"))[0]
        among = np.where(never, -1, periods).astype(np.intp)
        if not self.has_ranks:
            steps = np.where(np.isnan(self.score), np.nan, self.level)
            return replace(self, rank=ranks(steps, among, 0.5))
        return replace(self, rank=ranks(self.score, among, TIE * self.framework.width))

    def without_ranks(self) -> Scores:
        """Return the same scores to be published by levels alone.

        Who is counted stays known, and who is in a higher level: `rank` is 1
        more than the units in higher levels, the same for all within one, so
        that nothing made from it can tell who is ahead of whom in a level.
        """
        return replace(self, has_ranks=False).among_themselves()

    def row(self, unit: str, period: str) -> int:
        """Position of a unit in a period. Raises KeyError if it is not there."""
        found = np.flatnonzero((self.unit == unit) & (self.period == period))
        if not len(found):
            raise KeyError(f"no values of unit {unit!r} in period {period!r}")
        return int(found[0])

    def of(self, node: str) -> Floats:
        """Scores of one node, shape (rows,)."""
        return self.score[self.plan.place(node)]

    def level_of(self, node: str) -> Levels:
        """Levels of one node, shape (rows,)."""
        return self.level[self.plan.place(node)]

    def rank_of(self, node: str) -> NDArray[np.int32]:
        """Ranks of one node, shape (rows,)."""
        return self.rank[self.plan.place(node)]

    def coverage_of(self, node: str) -> Floats:
        """Coverage of one node, shape (rows,)."""
        return self.coverage[self.plan.place(node)]

    def table(self) -> pd.DataFrame:
        """Return one row per unit, period and shown node, with the columns `SCORE_COLUMNS`.

        Where there are no ranks to be shown there is no such column.

        Sorted by unit, period and the framework's order of nodes. `score` and
        `coverage` are unrounded; `rank` and `level` are nullable integers.
        """
        places = [self.plan.place(node) for node in self.plan.shown]
        rows = len(self.unit)
        flat = {
            "unit": np.repeat(self.unit, len(places)),
            "period": np.repeat(self.period, len(places)),
            "node": np.tile(np.array(self.plan.shown, dtype=object), rows),
            "score": self.score[places].T.ravel(),
            "rank": _nullable(self.rank[places]),
            "coverage": self.coverage[places].T.ravel(),
            "level": _nullable(self.level[places]),
        }
        if not self.has_ranks:
            del flat["rank"]
        return pd.DataFrame(flat)


def score(
    framework: Framework,
    values: Values,
    *,
    weights: str | None = None,
    profile: str | None = None,
    lens: str | None = None,
    rank_within: Mapping[str, str] | None = None,
    unranked: Collection[str] = (),
) -> Scores:
    """Score units against a framework.

    Parameters
    ----------
    framework : Framework
    values : Values
        Values of inputs, indicators and checklist items; other ids are ignored.
    weights, profile, lens : str, optional
        Names that the framework defines; `weights="equal"` is always there.
    rank_within : mapping of unit to group, optional
        Units are ranked among those of the same group; without it among all
        units of the same period. A unit that the mapping lacks is not ranked.
    unranked : collection of unit ids
        Units that are scored but never ranked (not assessed).

    Returns
    -------
    Scores

    Raises
    ------
    MethodError
        If values do not allow a method; it names the node and the units.
    ValueError
        If a name is unknown.

    Notes
    -----
    Steps: raw values from what was entered, denominate, screen, treat, impute,
    normalise, weigh, aggregate from the indicators up, levels and gates, ranks.
    Nothing is imputed unless the framework asks: a missing value's weight is
    shared among its siblings, and a group below its minimum coverage has no
    score.
    """
    plan = make_plan(framework, weights=weights, profile=profile, lens=lens)
    raw = denominate(plan, _of_plan(raw_values(framework, values), plan))
    ready = prepare(plan, raw, _groupings(framework, values))
    normalised, clipped = normalise(plan, ready.value, raw.unit, raw.period)
    plan, weighed = weigh(plan, normalised, raw)
    nodes, coverage = aggregate(plan, normalised, raw)
    before_gates = bands(framework, nodes)
    levels, gates = apply_gates(plan, before_gates, coverage, raw.entered)
    among = _among(raw, rank_within, unranked)
    ranked = ranks(nodes, among, TIE * framework.width)
    return Scores(
        framework,
        plan,
        raw,
        nodes,
        coverage,
        levels,
        ranked,
        clipped,
        gates,
        ready.value,
        ready.imputed,
        ready.screened,
        ready.treatments,
        weighed,
    )


def _groupings(framework: Framework, values: Values) -> dict[str, dict[str, str]]:
    """The groupings that imputing asks for, as far as files or registry have them."""
    asked = {setting.impute.by for setting in framework.settings.values() if setting.impute}
    known = (*values.attributes.columns, *REGISTRY_COLUMNS)
    return {
        by: group_of(by, values.units, values.attributes, registry())
        for by in sorted(name for name in asked if name is not None)
        if by in known
    }


def _of_plan(raw: Raw, plan: Plan) -> Raw:
    if raw.indicators == plan.indicators:
        return raw
    kept = [raw.indicators.index(id_) for id_ in plan.indicators]
    return Raw(
        plan.indicators,
        raw.unit,
        raw.period,
        raw.value[kept],
        raw.status[kept],
        raw.computed[kept],
        raw.too_few_answers[kept],
        raw.entered,
    )


def _among(
    raw: Raw, rank_within: Mapping[str, str] | None, unranked: Collection[str]
) -> NDArray[np.intp]:
    periods = pd.factorize(pd.Series(raw.period, dtype="object"))[0]
    if rank_within is None:
        among = periods
    else:
        groups = pd.Series([rank_within.get(unit) for unit in raw.unit], dtype="object")
        codes = pd.factorize(groups)[0]
        among = np.where(codes < 0, -1, codes * (periods.max(initial=0) + 1) + periods)
    left_out = np.isin(raw.unit.astype(str), list(unranked)) if unranked else False
    return np.where(left_out, -1, among).astype(np.intp)


def _nullable(numbers: NDArray[np.int8] | NDArray[np.int32]) -> pd.arrays.IntegerArray:
    flat = numbers.T.ravel()
    return pd.arrays.IntegerArray(flat, mask=flat == 0)
