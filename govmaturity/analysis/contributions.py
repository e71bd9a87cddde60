"""Which children or indicators of a node make the inequality of its scores."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from govmaturity.analysis.inequality.measures import MEASURES, measured, refuse
from govmaturity.analysis.inequality.rows import Rows
from govmaturity.analysis.inequality.sample import Floats, Sample, sample_of
from govmaturity.analysis.inequality.sources import (
    Method,
    gini_sources,
    shapley,
    variance_sources,
)
from govmaturity.scoring import Scores
from govmaturity.scoring.aggregate.combine import combine
from govmaturity.scoring.explain import weights_in_force
from govmaturity.scoring.plan import GroupPlan

Whose = Literal["child", "indicator"]
SplitMeasure = Literal["variance", "gini"]


@dataclass(frozen=True)
class Sources:
    """A measure of a node in parts that sum to it.

    `method` says how: `covariance` and `rao_lerman_yitzhaki` are exact,
    `shapley` is exact up to ten children and drawn beyond.
    """

    measure: SplitMeasure
    method: Method
    total: float
    parts: dict[str, float]


def is_sum(scores: Scores, node: str, whose: Whose) -> bool:
    """Whether a node's score is the sum of what its children (or indicators) bring to it.

    For children the node has to be arithmetic, for indicators every group
    from the node down. An indicator is made of nothing.
    """
    group = scores.plan.group(node)
    if group is None or group.aggregate.method != "arithmetic":
        return False
    below = [child for child in scores.plan.children(node) if scores.plan.group(child) is not None]
    return whose == "child" or all(is_sum(scores, child, whose) for child in below)


def points_brought(scores: Scores, node: str, whose: Whose) -> dict[str, Floats]:
    """Points that each part brings to a node: its weight in force times its score, shape (rows,).

    Where `is_sum`, they add up to the node's score; a part without a score
    brings nothing, its weight is with the others.
    """
    weights = weights_in_force(scores, node)
    ids = scores.plan.children(node) if whose == "child" else scores.plan.leaves(node)
    return {id_: weights[scores.plan.place(id_)] * np.nan_to_num(scores.of(id_)) for id_ in ids}


def sources_of(
    scores: Scores,
    node: str,
    measure: SplitMeasure,
    whose: Whose = "child",
    weights: ArrayLike | None = None,
) -> Sources | None:
    """Split the variance or the Gini index of a node into what its parts make of it.

    Parameters
    ----------
    scores : Scores
        Of one period.
    node : str
    measure : {"variance", "gini"}
    whose : {"child", "indicator"}
    weights : array_like of float, shape (rows,), optional
        For example residents.

    Returns
    -------
    Sources or None
        None for an indicator, and for indicators below a geometric group:
        there is no split of theirs that adds up and means the same at every
        depth. Units without a score of the node are left out.

    Raises
    ------
    UndefinedMeasureError
        As the measure itself.
    """
    group = scores.plan.group(node)
    if group is None:
        return None
    sample = sample_of(scores.of(node), weights)
    refuse(MEASURES[measure], sample)
    rows = Rows(sample.x, sample.w[None, :])
    total = float(MEASURES[measure].formula(rows)[0])
    if is_sum(scores, node, whose):
        brought = points_brought(scores, node, whose)
        found = source_rows(measure, rows, aligned(brought.values(), sample))[0]
        method: Method = "covariance" if measure == "variance" else "rao_lerman_yitzhaki"
        return Sources(measure, method, total, dict(zip(brought, map(float, found), strict=True)))
    if whose == "indicator":
        return None
    children = scores.plan.children(node)
    parts = aligned([scores.of(child) for child in children], sample)
    found = shapley(
        partial(_held_equal, measure, group, scores.framework.scale, parts, sample), len(children)
    )
    return Sources(measure, "shapley", total, dict(zip(children, map(float, found), strict=True)))


def aligned(of_rows: Iterable[Floats], sample: Sample) -> Floats:
    """Figures of all rows in the order of a sample, shape (figures, units)."""
    return np.array(list(of_rows))[:, sample.kept]


def source_rows(measure: SplitMeasure, rows: Rows, parts: Floats) -> Floats:
    """Parts of a measure in every row of weights, shape (rows, parts)."""
    if measure == "variance":
        return variance_sources(rows, parts)
    return gini_sources(rows, parts) / rows.mean[:, None]


def _held_equal(
    measure: SplitMeasure,
    group: GroupPlan,
    scale: tuple[float, float],
    parts: Floats,
    sample: Sample,
    chosen: tuple[int, ...],
) -> float:
    """The measure if only the chosen children differed between units, the others at their mean."""
    held = parts.copy()
    for place in set(range(len(parts))) - set(chosen):
        is_there = ~np.isnan(parts[place])
        if is_there.any():
            held[place, is_there] = np.average(parts[place, is_there], weights=sample.w[is_there])
    period = np.zeros(held.shape[1], dtype=np.intp)  # sources are of one period
    whole = combine(held, group.weights, group.aggregate, scale, period)
    return measured(measure, whole, sample.w)
