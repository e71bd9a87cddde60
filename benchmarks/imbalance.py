"""Imbalance of the country's counties: all measures of a node, and PySAL on the same calls."""

from __future__ import annotations

import warnings
from functools import partial

import esda
import numpy as np
from libpysal.weights import W

from benchmarks.census import FRAMEWORK, census
from benchmarks.measure import Result, in_ms, medians, timed
from govmaturity.analysis.imbalance import imbalance_table, population_of
from govmaturity.analysis.imbalance.wider import wider_table
from govmaturity.analysis.inequality import gini
from govmaturity.analysis.space.association import getis_ord, global_moran, local_moran
from govmaturity.analysis.space.neighbours import Neighbours, by_border
from govmaturity.framework.load import load_framework
from govmaturity.intake.checks import check
from govmaturity.scoring import Scores, score
from govmaturity.units.groups import group_of
from govmaturity.units.registry import registry

DRAWS, PERMUTATIONS = 1_000, 999
LIMIT_ALL, LIMIT_NODE = 5.0, 0.6


def results() -> list[Result]:
    """Measure imbalance."""
    framework, file = load_framework(FRAMEWORK), census()
    values = check(file.content, file.name, framework).values
    scores = score(framework, values)
    grouping = group_of("province", scores.units, values.attributes, registry())
    by_border(list(scores.units))  # the map is read once for all
    return [*_whole(scores, grouping), *_against_numpy(scores), *_against_pysal(scores)]


def _whole(scores: Scores, grouping: dict[str, str]) -> list[Result]:
    root, *parts = scores.plan.root, *scores.plan.parts
    grouped = {"group_by": ["province"], "groupings": [grouping]}
    spread = partial(imbalance_table, scores, **grouped)
    told: list[float] = []

    def everything() -> None:
        spread(
            node=root,
            population=population_of(scores, "population"),
            draws=DRAWS,
            progress=told.append,
        )
        wider_table(scores, root, permutations=PERMUTATIONS, **grouped)

    all_ = timed(everything)

    def another() -> None:
        spread(node=parts[0], population=population_of(scores, "population"))
        wider_table(scores, parts[0], permutations=PERMUTATIONS, **grouped)

    (node,) = medians(another, times=5)
    n = len(scores.unit)
    return [
        Result(
            f"all measures of a node, {n:,} units, {DRAWS:,} draws, {PERMUTATIONS} permutations",
            in_ms(all_),
            f"< {LIMIT_ALL:g} s",
            is_ok=all_ < LIMIT_ALL,
        ),
        Result(
            "progress told along the way", f"{len(told)} times", "> 10 times", "", len(told) > 10
        ),
        Result(
            f"change of node, without draws, {PERMUTATIONS} permutations",
            in_ms(node),
            f"< {LIMIT_NODE:g} s",
            is_ok=node < LIMIT_NODE,
        ),
    ]


def _against_numpy(scores: Scores) -> list[Result]:
    x = scores.of(scores.plan.root)
    x = x[~np.isnan(x)]

    def bare() -> float:
        ordered = np.sort(x)
        n = len(ordered)
        return float((2 * np.arange(1, n + 1) - n - 1) @ ordered / (n**2 * ordered.mean()))

    # Two ways to the same figure, or the ratio says nothing.
    np.testing.assert_allclose(gini(x), bare(), rtol=1e-9)
    base, ours = medians(bare, partial(gini, x), times=101)
    return [
        Result("Gini in bare numpy", in_ms(base), ratio="1.0"),
        Result("the same with weights and checks", in_ms(ours), ratio=f"{ours / base:.1f}"),
    ]


def _against_pysal(scores: Scores) -> list[Result]:
    values = scores.of(scores.plan.root)
    near = by_border([str(unit) for unit in scores.unit])
    kept = ~np.isnan(values)
    x, near = values[kept], near.among(kept)
    w = _as_pysal(near)
    more = {"permutations": PERMUTATIONS}
    pairs = {
        "global Moran": (
            partial(esda.Moran, x, w, **more),
            partial(global_moran, x, near, **more),
        ),
        "local Moran": (
            partial(esda.Moran_Local, x, w, seed=1, **more),
            partial(local_moran, x, near, **more),
        ),
        "Getis-Ord G*": (
            partial(esda.G_Local, x, w, "B", star=True, n_jobs=1, seed=1, **more),
            partial(getis_ord, x, near, **more),
        ),
    }
    found: list[Result] = []
    with warnings.catch_warnings():
        # esda asks for an alternative that these classes do not let one choose.
        warnings.simplefilter("ignore")
        for name, (theirs, ours) in pairs.items():
            base, own = medians(theirs, ours, times=3)
            found += [
                Result(f"PySAL, {name}, {PERMUTATIONS} permutations", in_ms(base), ratio="1.0"),
                Result(f"{name}, the same", in_ms(own), ratio=f"{own / base:.1f}"),
            ]
    return found


def _as_pysal(near: Neighbours) -> W:
    links = near.links
    lists = {
        row: [int(one) for one in links.indices[links.indptr[row] : links.indptr[row + 1]]]
        for row in range(len(near.units))
    }
    return W(lists, silence_warnings=True)
