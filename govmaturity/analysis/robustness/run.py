"""Run a simulation and hold what came out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govmaturity.analysis.robustness import ranges
from govmaturity.analysis.robustness.choices import WEIGHTS, Choices, fitted
from govmaturity.analysis.robustness.design import Design, draw
from govmaturity.analysis.robustness.simulate import IsCancelled, Progress, simulate
from govmaturity.analysis.robustness.variants import Variants
from govmaturity.framework.levels import WeakestGate
from govmaturity.scoring import Scores
from govmaturity.scoring.level import bands

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Levels = NDArray[np.int8]
RANK_COLUMNS: Final = ("rank", "rank_low", "rank_median", "rank_high")
COLUMNS: Final = (
    *("unit", "period", "node", "score", "score_low", "score_median", "score_high"),
    *RANK_COLUMNS,
)
# Scores of all replicates of as many nodes as fit are held at a time.
_HELD_BYTES: Final = 100_000_000


@dataclass(frozen=True)
class NodeRanges:
    """What the replicates say of one node; arrays follow the units of the period.

    score, rank : shape (3, units): 5 %, 50 % and 95 % of the replicates.
    levels : shape (levels, units): share of the replicates in each, from the worst up.
    """

    node: str
    score: Floats
    rank: Floats
    levels: Floats


@dataclass(frozen=True)
class Robustness:
    """Ranges over assumptions, of one period.

    scores : as the framework states it, that period's rows.
    draws : scores of the root in every replicate that did not fail, shape
        (runs, units): for probabilities of ranks and of being above another.
    failed : how many replicates had no score for a unit that has one as
        stated, and do not count.
    """

    scores: Scores
    choices: Choices
    runs: int
    seed: int
    failed: int
    nodes: tuple[NodeRanges, ...]
    draws: Floats

    @property
    def is_ranked(self) -> Bools:
        """Units that take part in the ranking."""
        return np.asarray(self.scores.rank_of(self.scores.plan.root) > 0)

    def of(self, node: str) -> NodeRanges:
        """The ranges of one node. Raises KeyError if it was not simulated."""
        found = next((one for one in self.nodes if one.node == node), None)
        if found is None:
            raise KeyError(f"node {node!r} was not simulated")
        return found

    def level_held(self) -> Floats:
        """Share of the replicates in which each unit has the root's level as stated.

        Shape (units,); NaN for units without a level.
        """
        stated = self.scores.level_of(self.scores.plan.root).astype(np.intp)
        held = np.full(len(stated), np.nan)
        has_level = np.flatnonzero(stated > 0)
        shares = self.of(self.scores.plan.root).levels
        held[has_level] = shares[stated[has_level] - 1, has_level]
        return held

    def rank_probabilities(self) -> Floats:
        """Share of the replicates in which each unit has each rank, shape (units, ranks from 1)."""
        width = self.scores.framework.width
        return ranges.rank_shares(ranges.ranks_of_runs(self.draws, self.is_ranked, width))

    def probability_above(self, units: Sequence[str] | None = None) -> Floats:
        """Share of the replicates in which one unit lies above another, for all or some units."""
        if units is None:
            return ranges.probability_above(self.draws)
        period = str(self.scores.period[0])
        places = [self.scores.row(unit, period) for unit in units]
        return ranges.probability_above(self.draws[:, places])

    def table(self) -> pd.DataFrame:
        """Return one row per unit and node, the columns `COLUMNS` and `p_level_1` to `p_level_k`.

        Sorted by unit, then in the framework's order of nodes. Unrounded; blank
        where a unit has no score or no rank.
        """
        count = len(self.scores.framework.levels)
        tables = []
        for order, one in enumerate(self.nodes):
            rank = self.scores.rank_of(one.node)
            columns: dict[str, object] = {
                "unit": self.scores.unit,
                "period": self.scores.period,
                "node": one.node,
                "score": self.scores.of(one.node),
                **dict(zip(COLUMNS[4:7], one.score, strict=True)),
                "rank": pd.arrays.IntegerArray(rank, mask=rank == 0),
                **dict(zip(COLUMNS[8:], np.where(rank > 0, one.rank, np.nan), strict=True)),
                **{f"p_level_{i + 1}": one.levels[i] for i in range(count)},
            }
            tables.append(pd.DataFrame(columns).assign(order=order))
        whole = pd.concat(tables, ignore_index=True)
        whole = whole.sort_values(["unit", "order"], kind="stable", ignore_index=True)
        return whole.drop(columns="order")


def robustness(
    scores: Scores,
    *,
    choices: Choices = WEIGHTS,
    runs: int = 1000,
    seed: int = 0,
    errors: Floats | None = None,
    nodes: Sequence[str] | None = None,
    progress: Progress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> Robustness:
    """Compute an index again and again under other choices, for its latest period.

    Parameters
    ----------
    scores : Scores
        Of all periods, as the framework states it. Who has a score, and who is
        ranked, does not vary.
    choices : Choices
        Weights by a quarter unless said.
    runs : int
        How many replicates.
    seed : int
        The same seed gives the same figures.
    errors : ndarray of float, shape (indicators, rows), optional
        Standard errors, from `standard_errors`; needed where `choices.errors`.
    nodes : sequence of str, optional
        Groups; the root and all groups of the framework unless said.
    progress, is_cancelled : callable, optional
        As in `simulate`.

    Returns
    -------
    Robustness

    Raises
    ------
    ValueError
        If there is no run, or a node is no group.
    CancelledError
        If somebody stopped it.
    """
    plan = scores.plan
    chosen = fitted(choices, plan)
    design = draw(chosen, plan, runs, np.random.default_rng(seed))
    variants = variants_of(scores, chosen, errors)
    here = scores.at(scores.periods[-1])
    root = plan.place(plan.root)
    wanted = _places(scores, nodes)
    ok = np.ones(runs, dtype=bool)
    of_root = np.empty((0, 0))
    found: dict[int, NodeRanges] = {}
    batches = _in_memory(list(dict.fromkeys([root, *wanted])), runs, len(here.unit))
    room = np.empty((len(batches[0]), runs, len(here.unit)))
    # The root comes first: replicates that fail there count for no node.
    for some in batches:
        gated = [place for place in some if place in wanted and _weakest(here, place)]
        drawn, lowest = simulate(
            variants,
            design,
            some,
            weakest=gated,
            out=room,
            progress=progress,
            is_cancelled=is_cancelled,
        )
        progress = None
        if some[0] == root:
            has_score = ~np.isnan(here.of(plan.root))
            ok = np.isfinite(drawn[0][:, has_score]).all(axis=1)
        for place, of_node in zip(some, drawn, strict=True):
            kept = of_node if ok.all() else of_node[ok]
            if place == root:
                of_root = kept.copy() if len(batches) > 1 else kept
            if place in wanted:
                weakest = lowest[gated.index(place)][ok] if place in gated else None
                found[place] = _ranges(here, place, kept, weakest)
    return Robustness(
        scores=here,
        choices=chosen,
        runs=runs,
        seed=seed,
        failed=int((~ok).sum()),
        nodes=tuple(found[place] for place in wanted),
        draws=of_root,
    )


def variants_of(scores: Scores, choices: Choices, errors: Floats | None = None) -> Variants:
    """What the replicates of the latest period have in common."""
    rows = np.flatnonzero(scores.period == scores.periods[-1])
    none = np.zeros(scores.value.shape)
    return Variants(scores, rows, choices, none if errors is None else errors)


def simulated(variants: Variants, design: Design) -> Floats:
    """Scores of the root in every replicate, shape (runs, units)."""
    plan = variants.scores.plan
    return simulate(variants, design, [plan.place(plan.root)])[0][0]


def _places(scores: Scores, nodes: Sequence[str] | None) -> list[int]:
    groups = {group.place for group in scores.plan.groups}
    if nodes is None:
        return sorted(groups)
    places = [scores.plan.place(node) for node in nodes]
    wrong = [node for node, place in zip(nodes, places, strict=True) if place not in groups]
    if wrong:
        raise ValueError(f"only groups are simulated, not: {', '.join(wrong)}")
    return places


def _in_memory(places: Sequence[int], runs: int, units: int) -> list[list[int]]:
    size = max(1, _HELD_BYTES // max(8 * runs * units, 1))
    return [list(places[start : start + size]) for start in range(0, len(places), size)]


def _ranges(here: Scores, place: int, drawn: Floats, weakest: Levels | None) -> NodeRanges:
    width = here.framework.width
    is_ranked = np.asarray(here.rank[place] > 0)
    of_runs = ranges.ranks_of_runs(drawn, is_ranked, width)
    count = len(here.framework.levels)
    shares = np.empty((0, len(here.unit)))
    if count:
        shares = ranges.level_shares(_levels(here, place, drawn, weakest), count)
    node = here.plan.nodes[place]
    return NodeRanges(node, ranges.quantiles(drawn), ranges.quantiles(of_runs), shares)


def _levels(here: Scores, place: int, drawn: Floats, weakest: Levels | None) -> Levels:
    """Levels in every replicate, with the gates: those on data cap as they do as stated."""
    levels = bands(here.framework, drawn)
    gates = {gate.id: gate for gate in _weakest(here, place)}
    for effect in here.gates:
        if here.plan.place(effect.node) == place and effect.gate not in gates:
            levels = np.minimum(levels, effect.cap)
    highest = len(here.framework.levels)
    for gate in gates.values():
        if weakest is not None:
            cap = np.where(weakest == 0, highest, np.clip(weakest + gate.plus, 1, highest))
            levels = np.minimum(levels, cap.astype(np.int8))
    return levels


def _weakest(here: Scores, place: int) -> list[WeakestGate]:
    node = here.plan.nodes[place]
    return [
        gate
        for gate in here.framework.gates
        if isinstance(gate, WeakestGate) and node in (gate.nodes or [here.plan.root])
    ]
