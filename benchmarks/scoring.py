"""Normalise and aggregate, against the same arithmetic on bare arrays; ranks apart."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.measure import Result, in_ms, medians
from govmaturity.framework.load import load_framework
from govmaturity.framework.model import Framework
from govmaturity.scoring.aggregate.nodes import aggregate
from govmaturity.scoring.normalise.apply import goalposts, normalise
from govmaturity.scoring.plan import Plan, make_plan
from govmaturity.scoring.rank import TIE, ranks
from govmaturity.scoring.score import score
from govmaturity.values.raw import Raw, raw_values
from govmaturity.values.table import Values

Floats = NDArray[np.float64]
FRAMEWORK = Path(__file__).resolve().parents[1] / "indicators" / "county-digital-government.yaml"
SIZES = (300, 3_000, 30_000)
UNITS = 3_000
MISSING_SHARE = 0.05
# How far two medians of the same work lie apart on a machine that does other things too.
NOISE = 0.1


def results() -> list[Result]:
    """Measure scoring."""
    framework = load_framework(FRAMEWORK)
    plan = make_plan(framework)
    return [*_against_numpy(framework, plan), *_against_size(framework, plan)]


def _against_numpy(framework: Framework, plan: Plan) -> list[Result]:
    full = raw_values(framework, made_up(framework, UNITS))
    gappy = raw_values(framework, made_up(framework, UNITS, missing=MISSING_SHARE))
    bare = bare_numpy(plan, full.value)
    expected, found = bare(), _score(plan, full)
    # Two ways to the same figures, or the ratio says nothing.
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-9)
    among = np.zeros(UNITS, dtype=np.intp)
    rank = partial(ranks, found, among, TIE * framework.width)
    base, ours, with_gaps, ranking = medians(
        bare, partial(_score, plan, full), partial(_score, plan, gappy), rank, times=41
    )
    size = f"{UNITS:,} x {len(plan.indicators)}"
    return [
        Result(f"bare numpy, {size}", in_ms(base), ratio="1.0"),
        Result(
            f"normalise + aggregate, {size}",
            in_ms(ours),
            "< 5 ms, < 5 x numpy",
            f"{ours / base:.1f}",
            ours < 0.005 and ours < 5 * base,
        ),
        Result(
            f"the same, {MISSING_SHARE:.0%} of values missing",
            in_ms(with_gaps),
            ratio=f"{with_gaps / base:.1f}",
        ),
        Result(
            f"ranks of {len(plan.nodes)} nodes, {UNITS:,} units",
            in_ms(ranking),
            ratio=f"{ranking / base:.1f}",
        ),
    ]


def _against_size(framework: Framework, plan: Plan) -> list[Result]:
    found: list[Result] = []
    tables = [made_up(framework, units) for units in SIZES]
    raws = [raw_values(framework, values) for values in tables]
    steps: dict[str, list[Callable[[], object]]] = {
        "normalise + aggregate": [partial(_score, plan, raw) for raw in raws],
        "score(), values to ranks": [partial(score, framework, values) for values in tables],
    }
    for name, runs in steps.items():
        took = medians(*runs, times=7)
        for before, units, seconds in zip((None, *took[:-1]), SIZES, took, strict=True):
            growth = seconds / before if before else None
            found.append(
                Result(
                    f"{name}, {units:,} units",
                    f"{in_ms(seconds)}, {seconds / units * 1e6:.1f} us a unit",
                    "" if growth is None else f"linear: <= 10 x, {NOISE:.0%} noise",
                    "" if growth is None else f"{growth:.1f}",
                    None if growth is None else growth <= 10 * (1 + NOISE),
                )
            )
    return found


def _score(plan: Plan, raw: Raw) -> Floats:
    normalised, _ = normalise(plan, raw.value, raw.unit, raw.period)
    return aggregate(plan, normalised, raw)[0]


def made_up(framework: Framework, units: int, missing: float = 0.0) -> Values:
    """Values between the goalposts of every indicator, some a little beyond."""
    random = np.random.default_rng(20250101)
    tables = []
    names = [f"unit-{place:05d}" for place in range(units)]
    for id_, indicator in framework.indicators.items():
        ends = goalposts(framework, indicator)
        low, high = (min(ends), max(ends)) if ends else (0.0, 1.0)
        value = low + (high - low) * random.uniform(0.0, 1.05, units)
        there = random.uniform(size=units) >= missing
        tables.append(
            pd.DataFrame(
                {
                    "unit": names,
                    "period": "2024",
                    "indicator": id_,
                    "value": np.where(there, value, np.nan),
                    "status": np.where(there, "reported", "missing"),
                }
            )
        )
    return Values(pd.concat(tables, ignore_index=True))


def bare_numpy(plan: Plan, raw: Floats) -> Callable[[], Floats]:
    """The same scores as straight lines of numpy: nothing missing, no coverage, no checks.

    Parameters
    ----------
    plan : Plan
    raw : ndarray of float, shape (indicators, units)

    Returns
    -------
    callable
        Gives scores of all nodes, shape (nodes, units).
    """
    framework = plan.framework
    indicators = [framework.indicators[id_] for id_ in plan.indicators]
    ends = np.array([goalposts(framework, one) for one in indicators])
    in_logs = np.array(
        [framework.settings[one.id].normalise.method == "log_goalposts" for one in indicators]
    )
    ends[in_logs] = np.log(ends[in_logs])
    worst, width = ends[:, :1], ends[:, 1:] - ends[:, :1]
    places = [plan.place(id_) for id_ in plan.indicators]
    groups = [(group.place, list(group.children), group.weights) for group in plan.groups]

    def run() -> Floats:
        values = raw.copy()
        values[in_logs] = np.log(values[in_logs])
        scores = np.empty((len(plan.nodes), raw.shape[1]))
        scores[places] = framework.width * np.clip((values - worst) / width, 0, 1)
        for place, children, weights in groups:
            scores[place] = weights @ scores[children]
        return scores

    return run
