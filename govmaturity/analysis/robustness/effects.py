"""What each choice does alone: one thing changed at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govmaturity.analysis.robustness.choices import STATED, Choices, fitted
from govmaturity.analysis.robustness.design import Design, unvaried, weight_factors
from govmaturity.analysis.robustness.ranges import ranks_of_runs
from govmaturity.analysis.robustness.run import simulated, variants_of
from govmaturity.scoring import Scores

Floats = NDArray[np.float64]
COLUMNS: Final = (
    *("choice", "option", "runs", "score_change_mean", "score_change_max"),
    *("rank_change_mean", "rank_change_max", "failed"),
)


def effects(
    scores: Scores,
    choices: Choices,
    *,
    runs: int = 200,
    seed: int = 0,
    errors: Floats | None = None,
) -> pd.DataFrame:
    """How far scores and ranks of the latest period move when one choice is made otherwise.

    Parameters
    ----------
    scores : Scores
        Of all periods, as the framework states it.
    choices : Choices
        Every option but the stated one is taken alone; weights and errors
        are drawn `runs` times, each indicator is left out once.
    runs, seed : int
    errors : ndarray of float, shape (indicators, rows), optional
        From `standard_errors`.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`: mean and greatest absolute change over units and
        runs, in points and in places; replicates that failed do not count.
        `option` is a method, an indicator, or blank.
    """
    plan = scores.plan
    chosen = fitted(choices, plan)
    # The first option of every choice has to be what the framework states.
    stated = {group.aggregate.method for group in plan.groups}
    others = [m for m in chosen.aggregate if m != STATED and {m} != stated]
    chosen = replace(chosen, aggregate=(STATED, *others))
    variants = variants_of(scores, chosen, errors)
    here = scores.at(scores.periods[-1])
    is_ranked = np.asarray(here.rank_of(plan.root) > 0)
    base = here.of(plan.root)[is_ranked]
    base_rank = here.rank_of(plan.root)[is_ranked]
    random = np.random.default_rng(seed)
    rows = []
    for choice, option, design in _designs(scores, chosen, runs, random):
        drawn = simulated(variants, design)
        ok = np.isfinite(drawn[:, is_ranked]).all(axis=1)
        of_runs = ranks_of_runs(drawn[ok], is_ranked, plan.framework.width)
        points = np.abs(drawn[ok][:, is_ranked] - base)
        places = np.abs(of_runs[:, is_ranked] - base_rank)
        changes = [_mean(points), _most(points), _mean(places), _most(places)]
        rows.append((choice, option, len(design), *changes, int((~ok).sum())))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _designs(
    scores: Scores, choices: Choices, runs: int, random: np.random.Generator
) -> Iterator[tuple[str, str, Design]]:
    plan = scores.plan
    for name in ("treat", "missing", "normalise", "aggregate"):
        for place, option in enumerate(getattr(choices, name)):
            if option != STATED:
                design = unvaried(plan, 1)
                yield name, option, replace(design, **{name: np.array([place])})
    if choices.weights:
        factors = weight_factors(choices.weights, len(plan.nodes), runs, random)
        yield "weights", "", replace(unvaried(plan, runs), factors=factors)
    if choices.errors or choices.rubric:
        yield "errors", "", replace(unvaried(plan, runs), noise=random.integers(2**31, size=runs))
    if choices.leave_out:
        for place, id_ in enumerate(plan.indicators):
            yield "leave_out", id_, replace(unvaried(plan, 1), left_out=np.array([place]))


def _mean(changes: NDArray[np.float64] | NDArray[np.int32]) -> float:
    return float(changes.mean()) if changes.size else float("nan")


def _most(changes: NDArray[np.float64] | NDArray[np.int32]) -> float:
    return float(changes.max()) if changes.size else float("nan")
