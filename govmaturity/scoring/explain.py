"""Why a score is what it is: the formula with its figures, and where points are lost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from govmaturity.framework.methods import Aggregate
from govmaturity.framework.model import Indicator
from govmaturity.scoring.normalise.apply import goalposts
from govmaturity.scoring.normalise.fixed import EFFICACY_START
from govmaturity.scoring.plan import GroupPlan
from govmaturity.scoring.score import Scores
from govmaturity.values.table import STATUSES, Status

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Part:
    """A child of a node: its weight as given and in force (what is missing shared out)."""

    node: str
    weight: float
    weight_in_force: float
    score: float


@dataclass(frozen=True)
class RawPart:
    """What was entered under one id, for an indicator that is computed from inputs or items."""

    id: str
    value: float
    status: Status


@dataclass(frozen=True)
class Explanation:
    """One score, unrounded, with all that goes into it.

    `formula` is arithmetic that anybody can redo; figures in it are rounded
    to six significant digits. `raw` and what follows it are for indicators;
    `used` is the value that was normalised: `raw`, but for treated outliers
    and imputed gaps.
    """

    node: str
    unit: str
    period: str
    score: float
    method: str
    formula: str
    coverage: float
    parts: tuple[Part, ...] = ()
    raw: float = float("nan")
    status: Status = "missing"
    raw_formula: str = ""
    raw_parts: tuple[RawPart, ...] = ()
    is_clipped: bool = False
    is_imputed: bool = False
    used: float = float("nan")


def explain(scores: Scores, unit: str, node: str, period: str | None = None) -> Explanation:
    """Explain the score of one node for one unit.

    Parameters
    ----------
    scores : Scores
    unit, node : str
    period : str, optional
        The latest one unless said.

    Raises
    ------
    KeyError
        If the unit, the period or the node is not in the scores.

    Examples
    --------
    A county at 52.5 between goalposts 20 and 85 is explained as
    `100 × (52.5 − 20) ÷ (85 − 20) = 50`.
    """
    row = scores.row(unit, period or scores.periods[-1])
    group = scores.plan.group(node)
    if group is None:
        return _indicator(scores, node, row)
    return _group(scores, group, row)


def _group(scores: Scores, group: GroupPlan, row: int) -> Explanation:
    children = [scores.plan.nodes[place] for place in group.children]
    found = [float(scores.score[place, row]) for place in group.children]
    total = sum(w for w, s in zip(group.weights, found, strict=True) if not np.isnan(s))
    parts = tuple(
        Part(child, float(w), 0.0 if np.isnan(s) or not total else float(w / total), s)
        for child, w, s in zip(children, group.weights, found, strict=True)
    )
    there = [part for part in parts if not np.isnan(part.score)]
    right = _of_parts(group.aggregate, there, scores.framework.scale[0]) if there else ""
    result = float(scores.score[group.place, row])
    return Explanation(
        node=group.id,
        unit=str(scores.unit[row]),
        period=str(scores.period[row]),
        score=result,
        method=group.aggregate.method,
        formula=f"{right} = {_n(result)}" if there and not np.isnan(result) else "",
        coverage=float(scores.coverage[group.place, row]),
        parts=parts,
    )


def _of_parts(chosen: Aggregate, there: list[Part], low: float) -> str:
    """The right side of a group's formula: its method, with the figures."""
    floor = chosen.floor or 0.0
    weighed = [(_n(part.weight_in_force), max(part.score, floor)) for part in there]
    listed = "; ".join(f"{_n(part.score)} [{_n(part.weight_in_force)}]" for part in there)
    if chosen.method == "arithmetic":
        return " + ".join(f"{_n(p.weight_in_force)} × {_n(p.score)}" for p in there)
    if chosen.method == "geometric":
        return " × ".join(f"{_n(score)}^{weight}" for weight, score in weighed)
    if chosen.method == "harmonic":
        return f"1 ÷ ({' + '.join(f'{weight} ÷ {_n(score)}' for weight, score in weighed)})"
    if chosen.method == "generalised":
        power = _signed(chosen.power or 1.0)
        terms = " + ".join(f"{weight} × {_n(score)}^{power}" for weight, score in weighed)
        return f"({terms})^(1 ÷ {power})"
    if chosen.method == "mazziotta_pareto":
        mean = sum(part.weight_in_force * part.score for part in there)
        variance = sum(part.weight_in_force * (part.score - mean) ** 2 for part in there)
        return f"max({_n(low)}; {_n(mean)} − {_n(variance)} ÷ {_n(mean)})" if mean else _n(low)
    # What cannot be redone from one unit's figures is named, with what goes in.
    return f"{chosen.method}({listed})"


def _indicator(scores: Scores, node: str, row: int) -> Explanation:
    plan = scores.plan
    place = plan.indicators.index(node) if node in plan.indicators else -1
    if place < 0:
        raise KeyError(f"no node {node!r} in {scores.framework.id}")
    indicator = scores.framework.indicators[node]
    raw = float(scores.raw.value[place, row])
    used = float(scores.value[place, row])
    result = float(scores.score[plan.place(node), row])
    is_clipped = bool(scores.clipped[place, row])
    return Explanation(
        node=node,
        unit=str(scores.unit[row]),
        period=str(scores.period[row]),
        score=result,
        method=scores.framework.settings[node].normalise.method,
        formula="" if np.isnan(result) else _formula(scores, indicator, used, result, is_clipped),
        coverage=float(scores.coverage[plan.place(node), row]),
        raw=raw,
        status=STATUSES[scores.raw.status[place, row]],
        raw_formula=_raw_formula(scores, indicator, place, row),
        raw_parts=_raw_parts(scores, indicator, row),
        is_clipped=is_clipped,
        is_imputed=bool(scores.imputed[place, row]),
        used=used,
    )


def _formula(
    scores: Scores, indicator: Indicator, raw: float, result: float, is_clipped: bool
) -> str:
    low, width = scores.framework.scale[0], scores.framework.width
    chosen = scores.framework.settings[indicator.id].normalise
    method = chosen.method
    if chosen.floor is not None:
        low, width = chosen.floor, scores.framework.scale[1] - chosen.floor
    ends = goalposts(scores.framework, indicator)
    if ends is None:
        return _n(result) if method == "identity" else f"{method}({_n(raw)}) = {_n(result)}"
    worst, best = ends
    held = min(max(raw, min(ends)), max(ends))
    x, a, b = (_n(held), _n(worst), _n(best))
    if method == "log_goalposts":
        share = f"(ln {x} − ln {a}) ÷ (ln {b} − ln {a})"
    else:
        share = f"({x} − {_signed(worst)}) ÷ ({b} − {_signed(worst)})"
    if method == "efficacy":
        share = f"({_n(EFFICACY_START)} + {_n(1 - EFFICACY_START)} × {share})"
    start = f"{_n(low)} + " if low else ""
    end = f" [{_n(raw)} → {x}]" if is_clipped else ""
    return f"{start}{_n(width)} × {share} = {_n(result)}{end}"


def _raw_formula(scores: Scores, indicator: Indicator, place: int, row: int) -> str:
    if not scores.raw.computed[place, row]:
        return ""
    value = _n(float(scores.raw.value[place, row]))
    entered = {part.id: part.value for part in _raw_parts(scores, indicator, row)}
    if indicator.ratio is None:
        asked = [part for part in entered.values() if not np.isnan(part)]
        return f"100 × {_n(sum(asked))} ÷ {len(asked)} = {value}"
    top = " + ".join(_n(entered[id_]) for id_ in indicator.ratio.numerator)
    bottom = " + ".join(_n(entered[id_]) for id_ in indicator.ratio.denominator)
    top = f"({top})" if len(indicator.ratio.numerator) > 1 else top
    bottom = f"({bottom})" if len(indicator.ratio.denominator) > 1 else bottom
    times = "" if indicator.ratio.times == 1 else f"{_n(indicator.ratio.times)} × "
    return f"{times}{top} ÷ {bottom} = {value}"


def _raw_parts(scores: Scores, indicator: Indicator, row: int) -> tuple[RawPart, ...]:
    ids = [f"{indicator.id}.{item.id}" for item in indicator.checklist]
    if indicator.ratio is not None:
        ids = list(dict.fromkeys((*indicator.ratio.numerator, *indicator.ratio.denominator)))
    parts = []
    for id_ in ids:
        value, status = scores.raw.entered.of(id_)
        parts.append(RawPart(id_, float(value[row]), STATUSES[status[row]]))
    return tuple(parts)


def weights_in_force(scores: Scores, whole: str | None = None) -> Floats:
    """Weight of every node in the root, with the weight of what is missing shared out.

    Parameters
    ----------
    scores : Scores
    whole : str, optional
        Another node to give the weights in: 1 for it, 0 for all that is not below it.

    Returns
    -------
    ndarray of float, shape (nodes, rows)
        1 for the root; 0 where a node has no score. The groups of a lens are
        no part of the root: 0.
    """
    whole = whole or scores.plan.root
    weights = np.zeros(scores.score.shape)
    weights[scores.plan.place(whole)] = 1.0
    by_place = {group.place: group for group in scores.plan.groups}
    lens_groups = set(scores.plan.parts) if scores.plan.lens else set()
    for place, node in enumerate(scores.plan.nodes):
        group = by_place.get(place)
        if group is None or (node in lens_groups and node != whole):
            continue
        children = list(group.children)
        is_there = ~np.isnan(scores.score[children])
        shares = group.weights[:, None] * is_there
        total = shares.sum(axis=0)
        np.divide(shares, total, out=shares, where=total > 0)
        weights[children] += weights[place] * shares
    return weights


def points_lost(scores: Scores) -> Floats:
    """Points of the root that each indicator costs: its weight in force x what it lacks.

    Where all groups are arithmetic, the points of all indicators add up to
    what the root lacks to the top of the scale. With geometric groups they do
    not, and only their order is meant.

    Returns
    -------
    ndarray of float, shape (indicators, rows)
        On the framework's scale; NaN where an indicator has no score.

    Notes
    -----
    The absolute loss beside the obstacle degree (障碍度), methods.md section 5.
    """
    places = [scores.plan.place(id_) for id_ in scores.plan.indicators]
    return weights_in_force(scores)[places] * (scores.framework.scale[1] - scores.score[places])


def is_additive(scores: Scores) -> bool:
    """Whether points lost add up to what the root lacks: all groups are arithmetic."""
    return all(group.aggregate.method == "arithmetic" for group in scores.plan.groups)


def _n(number: float) -> str:
    return f"{number:.6g}".replace("-", "−")


def _signed(number: float) -> str:
    return f"({_n(number)})" if number < 0 else _n(number)
