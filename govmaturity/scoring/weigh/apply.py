"""Find the weights of every group of a plan that asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govmaturity.framework.methods import Weigh
from govmaturity.scoring.aggregate.combine import combine
from govmaturity.scoring.aggregate.nodes import refuse
from govmaturity.scoring.errors import MethodError
from govmaturity.scoring.plan import GroupPlan, Plan, reweighted
from govmaturity.scoring.weigh import combined, judged, objective
from govmaturity.scoring.weigh.components import MIN_KMO, component_weights, kmo
from govmaturity.scoring.weigh.matched import matched
from govmaturity.values.raw import Raw

Floats = NDArray[np.float64]
# Fewer units say nothing about how parts vary together.
MIN_UNITS: Final = 3
_NOT_NEGATIVE: Final = ("entropy", "coefficient_of_variation")
_VARYING: Final = ("principal_components", "matched")


@dataclass(frozen=True)
class Weighed:
    """How the weights of one group were found.

    `stated` and `found` are by child; `ratio` is the consistency ratio of
    judgements, `worst` the two children whose judgement fits least; `units`
    how many rows had all parts, 0 where data were not looked at.
    """

    group: str
    method: str
    stated: dict[str, float]
    found: dict[str, float]
    units: int = 0
    ratio: float | None = None
    worst: tuple[str, str] | None = None
    shares: tuple[float, ...] = field(default=())


def weigh(plan: Plan, normalised: Floats, raw: Raw) -> tuple[Plan, tuple[Weighed, ...]]:
    """Return the plan with the weights that its groups ask to be found, and how they were.

    Parameters
    ----------
    plan : Plan
    normalised : ndarray of float, shape (indicators, rows)
        On the framework's scale. All periods count together, so that weights
        stay the same over the years; rows that lack a part of a group do not
        count for it.
    raw : Raw
        For the units and periods of the rows.

    Returns
    -------
    plan : Plan
        The same one where no group asks.
    weighed : tuple of Weighed

    Raises
    ------
    MethodError
        If scores or judgements do not allow a method; it names the group.
    """
    if not any(group.weigh for group in plan.groups):
        return plan, ()
    scores = np.full((len(plan.nodes), normalised.shape[1]), np.nan)
    scores[[plan.place(id_) for id_ in plan.indicators]] = normalised
    period = pd.factorize(raw.period)[0]
    told: list[Weighed] = []
    weights: dict[str, Floats] = {}
    for group in plan.groups:
        parts = scores[list(group.children)]
        if group.weigh is not None:
            ids = [plan.nodes[child] for child in group.children]
            found = _found(group, group.weigh, ids, parts, plan.framework.scale)
            told.append(found)
            weights[group.id] = np.array([found.found[id_] for id_ in ids])
        in_force = weights.get(group.id, group.weights)
        counted = in_force > 0
        refuse(plan, group, parts, raw)
        scores[group.place] = combine(
            parts[counted], in_force[counted], group.aggregate, plan.framework.scale, period
        )
    return reweighted(plan, weights), tuple(told)


def _found(
    group: GroupPlan, chosen: Weigh, ids: Sequence[str], parts: Floats, scale: tuple[float, float]
) -> Weighed:
    stated = dict(zip(ids, group.weights.tolist(), strict=True))
    if len(ids) == 1:
        return Weighed(group.id, chosen.method, stated, {ids[0]: 1.0})
    if chosen.method == "stated":
        return Weighed(group.id, chosen.method, stated, stated)
    if chosen.method == "ahp":
        return _ahp(group, chosen, ids, stated)
    if chosen.method == "combined":
        return _combined(group, chosen, ids, parts, scale, stated)
    if chosen.method == "budget":
        weights = judged.budget_weights(chosen.budgets, ids)
        return Weighed(group.id, chosen.method, stated, _by_id(ids, weights))
    full = parts[:, ~np.isnan(parts).any(axis=0)]
    _refuse_data(group, chosen, ids, full)
    shares = (full - scale[0]) / (scale[1] - scale[0])
    weights = _FROM_DATA[chosen.method](shares, group.weights, chosen)
    return Weighed(group.id, chosen.method, stated, _by_id(ids, weights), full.shape[1])


_FromData = Callable[[Floats, Floats, Weigh], Floats]
_FROM_DATA: Final[dict[str, _FromData]] = {
    "entropy": lambda x, _, chosen: objective.entropy(x, chosen.shift),
    "critic": lambda x, _, __: objective.critic(x),
    "coefficient_of_variation": lambda x, _, __: objective.coefficient_of_variation(x),
    "principal_components": lambda x, _, __: component_weights(x),
    "matched": lambda x, stated, _: matched(x, stated),
}


def _refuse_data(group: GroupPlan, chosen: Weigh, ids: Sequence[str], full: Floats) -> None:
    method, units = chosen.method, full.shape[1]
    needed = max(MIN_UNITS, len(ids) + 1 if method == "principal_components" else 0)
    if units < needed:
        raise MethodError("too_few_units", group.id, method, str(units), expected=str(needed))
    if method in _NOT_NEGATIVE and (full < 0).any():
        low = [id_ for id_, part in zip(ids, full, strict=True) if (part < 0).any()]
        raise MethodError("negative_scores", group.id, method, ", ".join(low))
    if method not in _VARYING:
        return
    flat = [id_ for id_, part in zip(ids, full, strict=True) if part.min() == part.max()]
    if flat:
        raise MethodError("part_constant", group.id, method, ", ".join(flat))
    if method == "principal_components":
        adequacy = kmo(np.atleast_2d(np.corrcoef(full)))
        # With two parts KMO is 0.5 whatever they are, but for rounding.
        if not adequacy >= MIN_KMO - 1e-9:
            found, wanted = f"{adequacy:.3f}", f"{MIN_KMO}"
            raise MethodError("kmo_too_low", group.id, method, found, expected=wanted)


def _ahp(group: GroupPlan, chosen: Weigh, ids: Sequence[str], stated: dict[str, float]) -> Weighed:
    matrices = [judged.matrix_of(judgement, ids) for judgement in chosen.judgements]
    for judgement, matrix in zip(chosen.judgements, matrices, strict=True):
        alone = judged.ahp(matrix, chosen.random_index)
        if alone.ratio > chosen.max_ratio:
            one, other = (ids[place] for place in alone.worst)
            found = f"{alone.ratio:.3f}"
            where = [f"{judgement.expert}: {one} - {other}"]
            limit = f"{chosen.max_ratio:g}"
            raise MethodError("inconsistent", group.id, "ahp", found, where, limit)
    found_ = judged.ahp(judged.joined(matrices), chosen.random_index)
    worst = (ids[found_.worst[0]], ids[found_.worst[1]])
    return Weighed(
        group.id, "ahp", stated, _by_id(ids, found_.weights), ratio=found_.ratio, worst=worst
    )


def _combined(
    group: GroupPlan,
    chosen: Weigh,
    ids: Sequence[str],
    parts: Floats,
    scale: tuple[float, float],
    stated: dict[str, float],
) -> Weighed:
    several = [_found(group, one, ids, parts, scale) for one in chosen.of]
    sets = np.array([[one.found[id_] for id_ in ids] for one in several])
    if chosen.combine == "linear":
        given = np.array(chosen.shares or [1.0] * len(sets))
        shares = given / given.sum()
        weights = combined.linear(sets, given)
    else:
        weights, shares = combined.game_theory(sets)
    return Weighed(
        group.id,
        "combined",
        stated,
        _by_id(ids, weights),
        max(one.units for one in several),
        shares=tuple(shares.tolist()),
    )


def _by_id(ids: Sequence[str], weights: Floats) -> dict[str, float]:
    return dict(zip(ids, weights.tolist(), strict=True))
