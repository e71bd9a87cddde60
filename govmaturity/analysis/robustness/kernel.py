"""Scores of nodes for many replicates at a time: the arithmetic of the simulation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from govmaturity.framework.methods import Aggregate
from govmaturity.scoring.aggregate.combine import combine, needs_no_negative
from govmaturity.scoring.plan import Plan

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
Bools = NDArray[np.bool_]
_Turn = Callable[[Floats, float], Floats]
# Means that are a weighted sum of turned scores, turned back: (there, back).
_QUASI: Final[Mapping[str, tuple[_Turn, _Turn]]] = {
    "arithmetic": (lambda x, _: x, lambda x, _: x),
    "geometric": (lambda x, _: np.log(x), lambda x, _: np.exp(x)),
    "harmonic": (lambda x, _: 1 / x, lambda x, _: 1 / x),
    "generalised": (lambda x, p: x**p, lambda x, p: x ** (1 / p)),
}


def weights_of(plan: Plan, factors: Floats, left_out: Places) -> dict[int, Floats]:
    """Weights of the children of every group in every replicate.

    Parameters
    ----------
    plan : Plan
    factors : ndarray of float, shape (runs, nodes)
    left_out : ndarray of int, shape (runs,)
        Position of an indicator; -1 for none.

    Returns
    -------
    dict
        By the group's place, shape (runs, children). Sum 1, or 0 where the
        group has lost all its children: then it counts for nothing above.
    """
    leaves = np.array([plan.place(id_) for id_ in plan.indicators])
    is_gone = np.zeros(factors.shape, dtype=bool)
    runs = np.flatnonzero(left_out >= 0)
    is_gone[runs, leaves[left_out[runs]]] = True
    found: dict[int, Floats] = {}
    for group in plan.groups:
        children = list(group.children)
        weights = group.weights * factors[:, children]
        weights[is_gone[:, children]] = 0.0
        total = weights.sum(axis=1, keepdims=True)
        np.divide(weights, total, out=weights, where=total > 0)
        found[group.place] = weights
        is_gone[:, group.place] = total[:, 0] == 0
    return found


def effective_weights(
    plan: Plan, weights: Mapping[int, Floats], nodes: Sequence[int]
) -> dict[int, Floats]:
    """Weight of every indicator in each of some nodes, shape (runs, indicators)."""
    runs = len(next(iter(weights.values())))
    known: dict[int, Floats] = {}
    for i, id_ in enumerate(plan.indicators):
        one = np.zeros((1, len(plan.indicators)))
        one[0, i] = 1.0
        known[plan.place(id_)] = one
    for group in plan.groups:
        total = np.zeros((runs, len(plan.indicators)))
        for k, child in enumerate(group.children):
            total += weights[group.place][:, k, None] * known[child]
        known[group.place] = total
    return {node: known[node] for node in nodes}


def node_scores(
    plan: Plan,
    indicators: Floats,
    moved: Mapping[int, Floats],
    weights: Mapping[int, Floats],
    methods: Mapping[int, Aggregate],
    without: Bools,
) -> dict[int, Floats]:
    """Scores of all groups in every replicate, from the indicators up.

    Parameters
    ----------
    plan : Plan
    indicators : ndarray of float, shape (indicators, units)
        Scores that are the same in every replicate; NaN where there is none.
    moved : mapping of indicator to ndarray of float, shape (runs, units)
        Those that are not.
    weights : mapping of group to ndarray of float, shape (runs, children)
    methods : mapping of group to its way of combining
    without : ndarray of bool, shape (nodes, units)
        What has no score as the framework states it, for want of coverage: it
        has none in any replicate.

    Returns
    -------
    dict
        By the group's place, shape (runs, units). NaN where no part is there,
        or where a score does not allow the method.
    """
    places = {plan.place(id_): i for i, id_ in enumerate(plan.indicators)}
    found: dict[int, Floats] = {}
    for group in plan.groups:
        fixed, varied = [], []
        for k, child in enumerate(group.children):
            line = places.get(child)
            if line is None:
                varied.append((k, found[child]))
            elif line in moved:
                varied.append((k, moved[line]))
            else:
                fixed.append((k, indicators[line]))
        parts = _Parts(fixed, varied, weights[group.place])
        whole = _whole(plan, parts, methods[group.place])
        whole[:, without[group.place]] = np.nan
        found[group.place] = whole
    return found


class _Parts:
    """Children of a group: those that are the same in every replicate, and those that are not."""

    def __init__(
        self,
        fixed: Sequence[tuple[int, Floats]],
        varied: Sequence[tuple[int, Floats]],
        weights: Floats,
    ) -> None:
        self.fixed = np.array([part for _, part in fixed])
        self.fixed_weights = np.ascontiguousarray(weights[:, [k for k, _ in fixed]])
        self.varied = [(weights[:, k, None], part) for k, part in varied]
        self.order = [k for k, _ in (*fixed, *varied)]
        self.weights = weights

    def mean(self, turn: Callable[[Floats], Floats]) -> Floats:
        """Weighted mean of turned scores over the parts that are there, shape (runs, units)."""
        total: Floats = np.zeros((1, 1))
        weight: Floats = np.zeros((1, 1))
        if len(self.fixed):
            turned = turn(self.fixed)
            is_there = ~np.isnan(turned)
            total = self.fixed_weights @ np.where(is_there, turned, 0.0)
            weight = (
                self.fixed_weights.sum(axis=1, keepdims=True)
                if is_there.all()
                else self.fixed_weights @ is_there.astype(np.float64)
            )
        for share, part in self.varied:
            turned = turn(part)
            is_there = ~np.isnan(turned)
            total = total + share * np.where(is_there, turned, 0.0)
            weight = weight + share * is_there
        full = np.broadcast_to(weight, total.shape)
        return np.divide(total, full, out=np.full(total.shape, np.nan), where=full > 0)

    def any(self, test: Callable[[Floats], Bools]) -> Bools:
        """Where any part that counts passes a test, shape (runs, units)."""
        found = np.zeros((len(self.weights), 1), dtype=bool)
        if len(self.fixed):
            counted = self.fixed_weights > 0
            found = found | ((counted.astype(np.float64) @ test(self.fixed)) > 0)
        for share, part in self.varied:
            found = found | ((share > 0) & test(part))
        return found

    def of_run(self, run: int) -> tuple[Floats, Floats]:
        """Parts and weights of one replicate that count, in the order of the group."""
        parts = [*self.fixed, *(part[run] for _, part in self.varied)]
        ranked = sorted(zip(self.order, parts, strict=True), key=lambda pair: pair[0])
        weights = self.weights[run]
        kept = [(part, weights[k]) for k, part in ranked if weights[k] > 0]
        return np.array([part for part, _ in kept]), np.array([weight for _, weight in kept])


def _whole(plan: Plan, parts: _Parts, chosen: Aggregate) -> Floats:
    if chosen.method in _QUASI:
        there, back = _QUASI[chosen.method]
        power = chosen.power or 1.0
        floor = chosen.floor
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            found = parts.mean(lambda x: there(x if floor is None else np.maximum(x, floor), power))
            found = back(found, power)
    elif chosen.method == "mazziotta_pareto":
        mean = parts.mean(lambda x: x)
        square = parts.mean(np.square)
        variance = np.maximum(square - mean**2, 0.0)
        penalty = np.divide(variance, mean, out=np.zeros(mean.shape), where=mean > 0)
        # Very unequal parts would take it below the scale, where no group above can use it.
        found = np.maximum(mean - penalty, plan.framework.scale[0])
    else:
        return _one_by_one(plan, parts, chosen)
    if needs_no_negative(chosen):
        found = np.where(parts.any(lambda x: x < 0), np.nan, found)
    return found


def _one_by_one(plan: Plan, parts: _Parts, chosen: Aggregate) -> Floats:
    """What has no form for many replicates at once, one replicate after another."""
    runs = len(parts.weights)
    units = parts.fixed.shape[1] if len(parts.fixed) else parts.varied[0][1].shape[1]
    together = np.zeros(units, dtype=np.intp)
    found = np.full((runs, units), np.nan)
    for run in range(runs):
        these, weights = parts.of_run(run)
        if not len(weights):
            continue
        try:
            found[run] = combine(
                these, weights / weights.sum(), chosen, plan.framework.scale, together
            )
        except ValueError:
            # The method has no result for these scores: the replicate failed, and is counted.
            found[run] = np.nan
    return found
