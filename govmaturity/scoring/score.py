"""Scores of all units and periods: a pure function of a framework and values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govmaturity.framework.model import Framework, Indicator
from govmaturity.scoring.aggregate import arithmetic, geometric
from govmaturity.scoring.level import GateEffect, Levels, apply_gates, bands
from govmaturity.scoring.normalise import min_max, to_goalposts, to_log_goalposts, z_score
from govmaturity.scoring.plan import GroupPlan, Plan, make_plan
from govmaturity.scoring.rank import TIE, UNRANKED, ranks
from govmaturity.values.raw import NOT_APPLICABLE, REPORTED, Raw, raw_values
from govmaturity.values.table import Values

Floats = NDArray[np.float64]
SCORE_COLUMNS: Final = ("unit", "period", "node", "score", "rank", "coverage", "level")
# Coverage is compared with a limit that it may equal but for rounding of sums.
_COVERAGE_NOISE: Final = 1e-9


@dataclass(frozen=True)
class Scores:
    """Every table on the way from raw values to levels.

    Rows are units in periods, sorted by unit, then period; `unit` and
    `period` name them. `score`, `coverage`, `level` and `rank` have the shape
    (nodes, rows) and follow `plan.nodes`; `clipped` the shape (indicators,
    rows) and follows `plan.indicators`, like the rows of `raw`.

    score : float, on the framework's scale; NaN where there is none.
    coverage : float in [0, 1]; NaN where nothing applies.
    level : int, 1 to k from the worst up; 0 where there is none.
    rank : int, 1 is best; 0 where there is none.
    clipped : whether a raw value lay beyond a goalpost.
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
        return Scores(
            self.framework,
            self.plan,
            raw,
            self.score[:, kept],
            self.coverage[:, kept],
            self.level[:, kept],
            self.rank[:, kept],
            self.clipped[:, kept],
            gates,
        )

    def among_themselves(self) -> Scores:
        """Return the same scores ranked among these rows alone, per period.

        What was not ranked before (not assessed) is not ranked now.
        """
        never = ~(self.rank > UNRANKED).any(axis=0)
        periods = pd.factorize(pd.Series(self.period, dtype="object"))[0]
        among = np.where(never, -1, periods).astype(np.intp)
        return replace(self, rank=ranks(self.score, among, TIE * self.framework.width))

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
    ValueError
        If a name is unknown, or log goalposts meet a negative value.

    Notes
    -----
    Steps: raw values from what was entered, normalise, aggregate from the
    indicators up, levels and gates, ranks. Nothing is imputed: a missing
    value's weight is shared among its siblings, and a group below its minimum
    coverage has no score.
    """
    plan = make_plan(framework, weights=weights, profile=profile, lens=lens)
    raw = _of_plan(raw_values(framework, values), plan)
    normalised, clipped = normalise(plan, raw)
    nodes, coverage = aggregate(plan, normalised, raw.status)
    before_gates = bands(framework, nodes)
    levels, gates = apply_gates(plan, before_gates, coverage, raw.entered)
    among = _among(raw, rank_within, unranked)
    ranked = ranks(nodes, among, TIE * framework.width)
    return Scores(framework, plan, raw, nodes, coverage, levels, ranked, clipped, gates)


def normalise(plan: Plan, raw: Raw) -> tuple[Floats, NDArray[np.bool_]]:
    """Bring the raw values of the plan's indicators to the framework's scale.

    Returns
    -------
    scores : ndarray of float, shape (indicators, rows)
    clipped : ndarray of bool, the same shape
        Values that lay beyond a goalpost and were held at it.
    """
    scores = np.empty(raw.value.shape)
    clipped = np.zeros(raw.value.shape, dtype=bool)
    for i, id_ in enumerate(plan.indicators):
        indicator = plan.framework.indicators[id_]
        scores[i] = _normalise_one(plan.framework, indicator, raw.value[i], raw.period)
        ends = goalposts(plan.framework, indicator)
        if ends is not None:
            clipped[i] = (raw.value[i] < min(ends)) | (raw.value[i] > max(ends))
    return scores, clipped


def goalposts(framework: Framework, indicator: Indicator) -> tuple[float, float] | None:
    """The worst and best raw value in force: the stated ones, or the natural ends of the measure.

    None where the method knows none (points, identity, sample-based methods).
    """
    if framework.settings[indicator.id].normalise.method not in ("goalposts", "log_goalposts"):
        return None
    if indicator.goalposts is not None:
        return indicator.goalposts.worst, indicator.goalposts.best
    ends = {
        "yes_no": (0.0, 1.0),
        "checklist": (0.0, 100.0),
        "survey_mean": indicator.answers,
        "rubric": (min(indicator.rubric, default=0), max(indicator.rubric, default=1)),
    }[indicator.measure]
    return (ends[1], ends[0]) if indicator.direction == "lower" else (ends[0], ends[1])


def _normalise_one(
    framework: Framework, indicator: Indicator, raw: Floats, period: NDArray[np.object_]
) -> Floats:
    chosen = framework.settings[indicator.id].normalise
    low, width = framework.scale[0], framework.width
    if chosen.method == "identity":
        return raw
    if chosen.method == "points":
        points = np.array([np.nan, *(option.points for option in indicator.options)])
        return points[np.nan_to_num(raw).astype(np.intp)]
    ends = goalposts(framework, indicator)
    if ends is not None:
        place = to_log_goalposts if chosen.method == "log_goalposts" else to_goalposts
        return low + width * place(raw, *ends)
    higher = indicator.direction == "higher"
    shares = np.empty(raw.shape)
    for one in set(period):
        rows = period == one
        shares[rows] = (
            min_max(raw[rows], higher)
            if chosen.method == "min_max"
            else z_score(raw[rows], higher, population=chosen.population)
        )
    return low + width * shares if chosen.method == "min_max" else shares


def aggregate(plan: Plan, normalised: Floats, status: NDArray[np.int8]) -> tuple[Floats, Floats]:
    """Scores and coverage of all nodes from those of the indicators.

    Parameters
    ----------
    plan : Plan
    normalised : ndarray of float, shape (indicators, rows)
        On the framework's scale; NaN where there is no value.
    status : ndarray of int, shape (indicators, rows)
        What is not applicable counts neither as there nor as lacking.

    Returns
    -------
    scores, coverage : ndarray of float, shape (nodes, rows)
    """
    rows = normalised.shape[1]
    scores = np.full((len(plan.nodes), rows), np.nan)
    coverage = np.full((len(plan.nodes), rows), np.nan)
    is_there = status == REPORTED
    applies = status != NOT_APPLICABLE
    is_full = bool(is_there.all())
    places = [plan.place(id_) for id_ in plan.indicators]
    scores[places] = normalised
    coverage[places] = np.where(applies, is_there, np.nan)
    for group in plan.groups:
        coverage[group.place] = 1.0 if is_full else _coverage(group, is_there, applies)
        whole = _combine(group, scores[list(group.children)])
        if not is_full:
            whole[coverage[group.place] < group.min_coverage - _COVERAGE_NOISE] = np.nan
        scores[group.place] = whole
    return scores, coverage


def _combine(group: GroupPlan, parts: Floats) -> Floats:
    if group.aggregate.method == "geometric":
        return geometric(parts, group.weights, group.aggregate.floor or 0.0)
    return arithmetic(parts, group.weights)


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
