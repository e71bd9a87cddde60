"""Which choice the uncertainty of ranks comes from: Sobol's first-order and total indices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govmaturity.analysis.robustness.choices import Choices, fitted
from govmaturity.analysis.robustness.design import NOBODY, Design, unvaried, weight_factors
from govmaturity.analysis.robustness.ranges import ranks_of_runs
from govmaturity.analysis.robustness.run import simulated, variants_of
from govmaturity.scoring import Scores

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sensitivity:
    """How the mean change of ranks depends on each choice.

    table : one row per choice that varies: `choice`, `first`, `first_error`,
        `total`, `total_error`. First: the share of the variance that the
        choice explains alone; total: with all its interplay. Errors are half
        the width of 95 % bootstrap intervals. NaN where ranks never change.
    runs : replicates that were computed.
    failed : replicates without a result; their place is taken by the mean of
        the others, so that many of them pull all indices to zero.
    """

    table: pd.DataFrame
    runs: int
    failed: int


def sensitivity(
    scores: Scores,
    choices: Choices,
    *,
    size: int = 256,
    seed: int = 0,
    errors: Floats | None = None,
) -> Sensitivity:
    """Share out the variance of mean absolute rank change among the choices.

    Parameters
    ----------
    scores : Scores
        Of all periods, as the framework states it; the latest counts.
    choices : Choices
    size : int
        A power of 2; choices + 2 times as many replicates are computed.
    seed : int
    errors : ndarray of float, shape (indicators, rows), optional
        From `standard_errors`.

    Returns
    -------
    Sensitivity

    Raises
    ------
    ValueError
        If fewer than two choices vary, or `size` is no power of 2.

    Notes
    -----
    A Sobol sequence after Saltelli, by SALib. The quantity is the mean over
    units of |rank - rank as stated|, as in Saisana, Saltelli and Tarantola
    (2005). Weights and errors are each one choice: which draw is taken from a
    pool of as many as `size`.
    """
    if size < 2 or size & (size - 1):
        raise ValueError(f"the size of a Sobol sequence is a power of 2, got {size}")
    chosen = fitted(choices, scores.plan)
    names = varying(chosen)
    if len(names) < 2:
        raise ValueError(f"two choices or more have to vary, got {', '.join(names) or 'none'}")
    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    from SALib.sample import sobol as sobol_sample

    sample = sobol_sample.sample(problem, size, calc_second_order=False, seed=seed)
    design = _design(scores, chosen, names, sample, size, np.random.default_rng(seed))
    drawn = simulated(variants_of(scores, chosen, errors), design)
    here = scores.at(scores.periods[-1])
    is_ranked = np.asarray(here.rank_of(here.plan.root) > 0)
    ok = np.isfinite(drawn[:, is_ranked]).all(axis=1)
    of_runs = ranks_of_runs(drawn, is_ranked, here.framework.width)[:, is_ranked]
    change = np.abs(of_runs - here.rank_of(here.plan.root)[is_ranked]).mean(axis=1)
    change[~ok] = change[ok].mean() if ok.any() else 0.0
    return Sensitivity(_indices(problem, names, change, seed), len(design), int((~ok).sum()))


def varying(choices: Choices) -> list[str]:
    """The names of the choices that have more than one option."""
    several = [
        name
        for name in ("treat", "missing", "normalise", "aggregate")
        if len(getattr(choices, name)) > 1
    ]
    alone = {
        "weights": choices.weights > 0,
        "errors": choices.errors or choices.rubric > 0,
        "leave_out": choices.leave_out,
    }
    return [*several, *(name for name, varies in alone.items() if varies)]


def _design(
    scores: Scores,
    choices: Choices,
    names: Sequence[str],
    sample: Floats,
    size: int,
    random: np.random.Generator,
) -> Design:
    plan = scores.plan
    runs = len(sample)
    given: dict[str, NDArray[np.intp] | Floats] = dict(vars(unvaried(plan, runs)))
    for column, name in zip(sample.T, names, strict=True):
        if name == "weights":
            pool = weight_factors(choices.weights, len(plan.nodes), size, random)
            given["factors"] = pool[_place(column, size)]
        elif name == "errors":
            given["noise"] = random.integers(2**31, size=size)[_place(column, size)]
        elif name == "leave_out":
            given["left_out"] = _place(column, len(plan.indicators) + 1) + NOBODY
        else:
            given[name] = _place(column, len(getattr(choices, name)))
    return Design(**given)  # type: ignore[arg-type]


def _place(share: Floats, options: int) -> NDArray[np.intp]:
    return np.minimum((share * options).astype(np.intp), options - 1)


def _indices(
    problem: dict[str, object], names: Sequence[str], change: Floats, seed: int
) -> pd.DataFrame:
    from SALib.analyze import sobol as sobol_analysis

    nothing = np.full(len(names), np.nan)
    keys = ("S1", "S1_conf", "ST", "ST_conf")
    if change.min() == change.max():
        found = dict.fromkeys(keys, nothing)
    else:
        found = sobol_analysis.analyze(problem, change, calc_second_order=False, seed=seed)
    columns = ("first", "first_error", "total", "total_error")
    return pd.DataFrame(
        {"choice": list(names)}
        | {name: np.asarray(found[key]) for name, key in zip(columns, keys, strict=True)}
    )
