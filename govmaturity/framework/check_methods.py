"""What the chosen methods of a framework need to be told, and what they take from nobody else.

Every method is checked where it is written, and where it is in force what it
asks of the node: fixed scales for levels, scores of zero or more for products.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final, Protocol

from govmaturity.framework.base import Strict
from govmaturity.framework.faults import Path
from govmaturity.framework.methods import Aggregate, Judgement, Normalise, Weigh
from govmaturity.framework.model import Framework, Group, Indicator
from govmaturity.framework.settings import Settings

# Scores that move with the other units, so that no level can rest on them.
SAMPLE_BASED: Final = (
    "min_max",
    "z_score",
    "t_score",
    "rank",
    "percent_rank",
    "borda",
    "share_of_maximum",
    "categories",
    "distance_to_target",
    "chain",
)
WITH_GOALPOSTS: Final = ("goalposts", "log_goalposts", "efficacy")
ON_THE_SCALE: Final = (
    "goalposts",
    "log_goalposts",
    "efficacy",
    "target_band",
    "distance_to_target",
    "min_max",
    "percent_rank",
    "share_of_maximum",
    "categories",
)
# What a later step of a chain can be: it sees scores, more is better.
_LATER_STEPS: Final = tuple(m for m in SAMPLE_BASED if m not in ("chain", "distance_to_target"))
_FIRST_STEPS: Final = (*_LATER_STEPS, "goalposts", "log_goalposts", "efficacy", "target_band")
WITH_FLOOR: Final = ("geometric", "harmonic", "generalised")
_NOT_BELOW_ZERO: Final = (
    *WITH_FLOOR,
    "mazziotta_pareto",
    "adjusted_mazziotta_pareto",
    "benefit_of_doubt",
)
_WEIGH_BY_SAMPLE: Final = (
    "entropy",
    "critic",
    "coefficient_of_variation",
    "principal_components",
    "matched",
)
# Parameter: the methods that take it, and whether they cannot do without.
_Parts = dict[str, tuple[tuple[str, ...], bool]]
_OF_NORMALISE: Final[_Parts] = {
    "population": (("z_score", "t_score"), False),
    "basis": (SAMPLE_BASED, False),
    "floor": (ON_THE_SCALE, False),
    "band": (("target_band",), True),
    "limits": (("target_band",), True),
    "thresholds": (("thresholds",), True),
    "scores": (("thresholds",), True),
    "target": (("distance_to_target",), True),
    "classes": (("categories",), True),
    "centre": (("t_score",), False),
    "spread": (("t_score",), False),
    "steps": (("chain",), True),
}
_OF_AGGREGATE: Final[_Parts] = {
    "power": (("generalised",), True),
    "ideals": (("topsis",), True),
    "min_share": (("benefit_of_doubt",), False),
}
_OF_IMPUTE: Final[_Parts] = {"by": (("group_mean", "group_median"), True)}
_OF_WEIGH: Final[_Parts] = {
    "judgements": (("ahp",), True),
    "random_index": (("ahp",), False),
    "max_ratio": (("ahp",), False),
    "budgets": (("budget",), True),
    "shift": (("entropy",), False),
    "of": (("combined",), True),
    "combine": (("combined",), False),
    "shares": (("combined",), False),
}


class Blame(Protocol):
    def __call__(
        self, code: str, path: Path, found: object, expected: object, **slots: object
    ) -> None: ...


def check_methods(
    framework: Framework, nodes: Iterator[tuple[Path, Group | Indicator]], blame: Blame
) -> None:
    """Report every fault of the methods that a framework chooses."""
    _written(framework, (), framework, framework.tree.id, blame)
    for path, node in nodes:
        _written(framework, path, node, node.id, blame)
        setting = framework.settings[node.id]
        if isinstance(node, Group):
            _group(framework, path, node, setting, blame)
        else:
            _indicator(framework, path, node, setting, blame)


def _written(
    framework: Framework, path: Path, node: Framework | Group | Indicator, id_: str, blame: Blame
) -> None:
    """The methods where they are written, whether or not they are inherited."""
    if node.normalise is not None:
        _normalise(framework, (*path, "normalise"), node.normalise, id_, blame)
    if node.aggregate is not None:
        _aggregate((*path, "aggregate"), node.aggregate, id_, blame)
    if node.impute is not None:
        _parts((*path, "impute"), node.impute, node.impute.method, _OF_IMPUTE, id_, blame)
    if node.weigh is not None:
        children = [child.id for child in node.children] if isinstance(node, Group) else []
        _weigh((*path, "weigh"), node.weigh, children, id_, blame)


def _parts(path: Path, given: Strict, method: str, known: _Parts, id_: str, blame: Blame) -> None:
    for key, (methods, is_needed) in known.items():
        default = type(given).model_fields[key].default
        is_given = getattr(given, key) != default
        if is_given and method not in methods:
            blame("method_part_not_wanted", (*path, key), method, ", ".join(methods), key=key)
        elif is_needed and method in methods and not is_given:
            blame("method_part_missing", path, method, key, id=id_)


def _normalise(framework: Framework, path: Path, chosen: Normalise, id_: str, blame: Blame) -> None:
    _parts(path, chosen, chosen.method, _OF_NORMALISE, id_, blame)
    low, high = framework.scale
    if chosen.floor is not None and not low <= chosen.floor < high:
        blame("normalise_floor", (*path, "floor"), f"{chosen.floor:g}", f"{low:g}-{high:g}")
    if chosen.band and chosen.limits:
        (start, end), (first, last) = chosen.band, chosen.limits
        if not first < start <= end < last:
            found = f"{first:g}, {start:g}, {end:g}, {last:g}"
            blame("band_crossed", (*path, "band"), found, "", id=id_)
    _thresholds(framework, path, chosen, id_, blame)
    for place, step in enumerate(chosen.steps):
        allowed = _LATER_STEPS if place else _FIRST_STEPS
        if step.method not in allowed:
            blame("chain_step", (*path, "steps", place), step.method, ", ".join(allowed))
        else:
            _normalise(framework, (*path, "steps", place), step, id_, blame)


def _thresholds(
    framework: Framework, path: Path, chosen: Normalise, id_: str, blame: Blame
) -> None:
    if not chosen.thresholds or not chosen.scores:
        return
    low, high = framework.scale
    if chosen.thresholds != sorted(set(chosen.thresholds)):
        blame("thresholds_order", (*path, "thresholds"), _listed(chosen.thresholds), "", id=id_)
    if len(chosen.scores) != len(chosen.thresholds) + 1:
        wanted = len(chosen.thresholds) + 1
        blame("thresholds_scores", (*path, "scores"), len(chosen.scores), wanted, id=id_)
    for place, score in enumerate(chosen.scores):
        if not low <= score <= high:
            found = (*path, "scores", place)
            blame("points_off_scale", found, f"{score:g}", f"{low:g}-{high:g}")


def _aggregate(path: Path, chosen: Aggregate, id_: str, blame: Blame) -> None:
    _parts(path, chosen, chosen.method, _OF_AGGREGATE, id_, blame)
    if chosen.power == 0:
        blame("power_zero", (*path, "power"), 0, "geometric", id=id_)
    if chosen.floor is not None and chosen.method not in WITH_FLOOR:
        found, wanted = chosen.method, ", ".join(WITH_FLOOR)
        blame("method_part_not_wanted", (*path, "floor"), found, wanted, key="floor")


def _group(framework: Framework, path: Path, group: Group, setting: Settings, blame: Blame) -> None:
    chosen = setting.aggregate
    if chosen.method in WITH_FLOOR:
        if chosen.floor is None:
            blame("floor_missing", (*path, "aggregate"), chosen.method, "", id=group.id)
        elif not chosen.floor < framework.scale[1]:
            blame("floor_too_high", (*path, "aggregate"), chosen.floor, framework.scale[1])
    if chosen.method in _NOT_BELOW_ZERO and framework.scale[0] < 0:
        blame(
            "scale_negative",
            (*path, "aggregate"),
            f"{framework.scale[0]:g}",
            0,
            id=group.id,
            method=chosen.method,
        )
    if not framework.levels:
        return
    if chosen.method in ("copeland", "benefit_of_doubt") or chosen.ideals == "sample":
        blame("levels_from_sample", (*path, "aggregate"), chosen.method, "", id=group.id)
    if setting.weigh is not None:
        found = _sample_weights(setting.weigh)
        if found:
            blame("levels_from_sample", (*path, "weigh"), found, "", id=group.id)


def _sample_weights(chosen: Weigh) -> str:
    if chosen.method in _WEIGH_BY_SAMPLE:
        return chosen.method
    return next((found for part in chosen.of if (found := _sample_weights(part))), "")


def _indicator(
    framework: Framework, path: Path, node: Indicator, setting: Settings, blame: Blame
) -> None:
    method = setting.normalise.method
    if setting.treat is not None and setting.treat.log and uses_goalposts(setting.normalise):
        blame("treat_log", (*path, "treat"), method, ", ".join(SAMPLE_BASED[:3]), id=node.id)
    if not framework.levels:
        return
    if method in SAMPLE_BASED:
        blame("levels_from_sample", path, method, "goalposts", id=node.id)
    elif setting.treat is not None:
        blame("levels_from_sample", path, "treat", "goalposts", id=node.id)


def uses_goalposts(chosen: Normalise) -> bool:
    """Whether a method needs goalposts, itself or as the first step of a chain."""
    if chosen.method == "chain":
        return bool(chosen.steps) and uses_goalposts(chosen.steps[0])
    return chosen.method in WITH_GOALPOSTS


def _weigh(path: Path, chosen: Weigh, children: list[str], id_: str, blame: Blame) -> None:
    _parts(path, chosen, chosen.method, _OF_WEIGH, id_, blame)
    for place, judgement in enumerate(chosen.judgements):
        _judgement((*path, "judgements", place), judgement, children, id_, blame)
    for place, budget in enumerate(chosen.budgets):
        _points((*path, "budgets", place), budget.points, budget.expert, children, id_, blame)
    if chosen.shares and len(chosen.shares) != len(chosen.of):
        blame("combined_shares", (*path, "shares"), len(chosen.shares), len(chosen.of), id=id_)
    for place, part in enumerate(chosen.of):
        _weigh((*path, "of", place), part, children, id_, blame)


def _judgement(
    path: Path, judgement: Judgement, children: list[str], id_: str, blame: Blame
) -> None:
    """Every pair of children is judged once, by a number above zero."""
    known = {frozenset(pair) for pair in combinations(children, 2)}
    seen: list[frozenset[str]] = []
    wrong: list[str] = []
    for one, others in judgement.matrix.items():
        for other, times in others.items():
            pair = frozenset((one, other))
            if pair not in known or pair in seen or times <= 0:
                wrong.append(f"{one}-{other}")
            seen.append(pair)
    wrong += ["-".join(sorted(pair)) for pair in sorted(known - set(seen), key=sorted)]
    if wrong:
        expert, found = judgement.expert, ", ".join(wrong)
        blame("judgement_wrong", path, found, ", ".join(children), id=id_, expert=expert)


def _points(
    path: Path,
    points: Mapping[str, float],
    expert: str,
    children: list[str],
    id_: str,
    blame: Blame,
) -> None:
    wrong = set(points) != set(children) or min(points.values(), default=-1) < 0
    if wrong or not any(points.values()):
        found = ", ".join(f"{key} {value:g}" for key, value in points.items())
        blame("budget_wrong", path, found, ", ".join(children), id=id_, expert=expert)


def _listed(numbers: list[float]) -> str:
    return ", ".join(f"{number:g}" for number in numbers)
