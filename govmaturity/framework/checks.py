"""What a framework must hold beyond each value alone: siblings, references, inherited methods."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches

from govmaturity.framework.check_methods import (
    SAMPLE_BASED,
    Blame,
    check_methods,
    uses_goalposts,
)
from govmaturity.framework.faults import Path
from govmaturity.framework.levels import InputGate
from govmaturity.framework.model import Framework, Group, Indicator, Profile, WeightSet
from govmaturity.framework.rules import RatioRule, RubricRule

WEIGHT_TOLERANCE = 1e-6
NATURAL_GOALPOSTS = ("yes_no", "rubric", "checklist", "survey_mean")


def check(framework: Framework, blame: Blame) -> None:
    """Report every fault of a framework whose values are each in order."""
    if framework.scale[0] >= framework.scale[1]:
        blame("scale", ("scale",), list(framework.scale), "")
    for step in (
        _ids,
        _weights,
        _indicators,
        _methods,
        _references,
        _levels,
        _gates,
        _rules,
        _breaks,
        _weight_sets,
        _profiles,
        _lenses,
    ):
        step(framework, blame)


def walk(framework: Framework) -> Iterator[tuple[Path, Group | Indicator]]:
    """Yield every node with its place in the file, also those whose id is not unique."""
    waiting: list[tuple[Path, Group | Indicator]] = [(("tree",), framework.tree)]
    while waiting:
        path, node = waiting.pop()
        yield path, node
        if isinstance(node, Group):
            waiting.extend(
                ((*path, "children", i), child)
                for i, child in reversed(list(enumerate(node.children)))
            )


def _ids(framework: Framework, blame: Blame) -> None:
    seen: dict[str, str] = {}

    def claim(id_: str, path: Path, kind: str) -> None:
        if id_ in seen:
            blame("twice_id", path, id_, seen[id_])
        seen.setdefault(id_, kind)

    for path, node in walk(framework):
        claim(node.id, (*path, "id"), "tree")
        if isinstance(node, Indicator):
            for i, item in enumerate(node.checklist):
                claim(f"{node.id}.{item.id}", (*path, "checklist", i), "checklist")
    for id_ in framework.inputs:
        claim(id_, ("inputs", id_), "inputs")
    for kind, listed in (("gates", framework.gates), ("rules", framework.rules)):
        for i, one in enumerate(listed):
            if one.id in {before.id for before in listed[:i]}:
                blame("twice_id", (kind, i, "id"), one.id, kind)


def _weights(framework: Framework, blame: Blame) -> None:
    for path, node in walk(framework):
        if isinstance(node, Group):
            _sibling_weights(framework, path, node, blame)


def _sibling_weights(framework: Framework, path: Path, group: Group, blame: Blame) -> None:
    setting = framework.settings[group.id]
    below = (*path, "children")
    if setting.weights == "equal":
        for i, child in enumerate(group.children):
            if child.weight is not None:
                blame("weight_not_wanted", (*below, i, "weight"), child.weight, "", id=child.id)
        return
    without = [child.id for child in group.children if child.weight is None]
    if setting.weigh is not None and len(without) == len(group.children):
        return  # weights that are found stand in no need of stated ones
    if without:
        blame("weight_missing", path, ", ".join(without), "", id=group.id)
    for i, child in enumerate(group.children):
        if child.weight is not None and child.weight < 0:
            blame("weight_negative", (*below, i, "weight"), child.weight, 0, id=child.id)
    weights = [child.weight for child in group.children if child.weight is not None]
    if not without and not any(weights):
        blame("weights_all_zero", path, 0, "", id=group.id)
    elif not without and setting.weights == "given":
        total = math.fsum(weights)
        if abs(total - setting.sum) > WEIGHT_TOLERANCE * setting.sum:
            blame("weights_sum", path, f"{total:.10g}", setting.sum, id=group.id)


def _indicators(framework: Framework, blame: Blame) -> None:
    for path, node in walk(framework):
        if isinstance(node, Indicator):
            for rule in _INDICATOR_RULES:
                rule(framework, path, node, blame)


def _methods(framework: Framework, blame: Blame) -> None:
    check_methods(framework, walk(framework), blame)


def _measure_parts(_: Framework, path: Path, node: Indicator, blame: Blame) -> None:
    belongs = {
        "options": ("choice",),
        "checklist": ("checklist",),
        "rubric": ("rubric",),
        "survey_items": ("survey_mean", "survey_topbox"),
        "ratio": ("ratio", "percent", "number"),
        "denominate": ("number", "count", "external"),
    }
    for key, measures in belongs.items():
        if getattr(node, key) and node.measure not in measures:
            blame("part_not_wanted", (*path, key), node.measure, ", ".join(measures), key=key)
    needed = {"choice": "options", "checklist": "checklist", "rubric": "rubric", "ratio": "ratio"}
    key = needed.get(node.measure, "")
    if key and not getattr(node, key):
        blame("part_missing", path, node.measure, key, id=node.id)
    codes = [option.code for option in node.options]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        blame("twice_id", (*path, "options"), code, "options")


def _rubric_levels(_: Framework, path: Path, node: Indicator, blame: Blame) -> None:
    if not node.rubric:
        return
    first, last = min(node.rubric), max(node.rubric)
    for level in range(first, last + 1):
        if level not in node.rubric:
            blame("rubric_level_missing", (*path, "rubric"), level, f"{first}-{last}", id=node.id)
    if first == last:
        blame("rubric_one_level", (*path, "rubric"), first, "", id=node.id)


def _goalposts(framework: Framework, path: Path, node: Indicator, blame: Blame) -> None:
    chosen = framework.settings[node.id].normalise
    method = chosen.method
    posts = node.goalposts
    below = (*path, "goalposts")
    if not uses_goalposts(chosen):
        if posts is not None:
            blame("goalposts_not_wanted", below, method, "goalposts", id=node.id)
        return
    if posts is None:
        if node.measure not in NATURAL_GOALPOSTS:
            blame("goalposts_missing", path, node.measure, "goalposts", id=node.id)
        return
    if posts.worst == posts.best:
        blame("goalposts_equal", below, f"worst={posts.worst:g}, best={posts.best:g}", "")
    elif node.direction is not None and (posts.best > posts.worst) != (node.direction == "higher"):
        blame(
            "direction_contradicts",
            (*path, "direction"),
            node.direction,
            "higher" if posts.best > posts.worst else "lower",
            worst=f"{posts.worst:g}",
            best=f"{posts.best:g}",
        )
    first = chosen.steps[0].method if chosen.steps else method
    if first == "log_goalposts" and min(posts.worst, posts.best) <= 0:
        blame("log_goalposts", below, f"worst={posts.worst:g}, best={posts.best:g}", "> 0")


def _method_fits(framework: Framework, path: Path, node: Indicator, blame: Blame) -> None:
    method = framework.settings[node.id].normalise.method
    if method in SAMPLE_BASED and node.direction is None:
        blame("direction_missing", path, method, "higher, lower", id=node.id)
    if method == "points" and node.measure != "choice":
        blame("points_without_options", path, node.measure, "choice", id=node.id)
    if method == "identity":
        _identity(framework, path, node, blame)
    low, high = framework.scale
    for i, option in enumerate(node.options):
        if not low <= option.points <= high:
            place = (*path, "options", i, "points")
            blame("points_off_scale", place, option.points, f"{low:g}-{high:g}")


def _identity(framework: Framework, path: Path, node: Indicator, blame: Blame) -> None:
    low, high = framework.scale
    valid = node.valid
    if node.direction == "lower":
        blame("identity_lower", (*path, "direction"), "lower", "higher", id=node.id)
    if valid is None or valid.min is None or valid.max is None:
        blame("identity_bounds", path, "valid", f"{low:g}-{high:g}", id=node.id)
    elif valid.min < low or valid.max > high:
        found = f"{valid.min:g}-{valid.max:g}"
        blame("identity_bounds", (*path, "valid"), found, f"{low:g}-{high:g}", id=node.id)


def _bounds(_: Framework, path: Path, node: Indicator, blame: Blame) -> None:
    for key in ("valid", "plausible"):
        bounds = getattr(node, key)
        if bounds and None not in (bounds.min, bounds.max) and bounds.min > bounds.max:
            blame("bounds_crossed", (*path, key), f"{bounds.min:g}-{bounds.max:g}", "")
    if node.answers[0] >= node.answers[1]:
        blame("bounds_crossed", (*path, "answers"), list(node.answers), "")


_IndicatorRule = Callable[[Framework, Path, Indicator, Blame], None]
_INDICATOR_RULES: tuple[_IndicatorRule, ...] = (
    _measure_parts,
    _rubric_levels,
    _goalposts,
    _method_fits,
    _bounds,
)


def _references(framework: Framework, blame: Blame) -> None:
    for path, node in walk(framework):
        if not isinstance(node, Indicator):
            continue
        if node.denominate is not None and node.denominate.by not in framework.inputs:
            by = node.denominate.by
            blame("unknown_input", (*path, "denominate"), by, _near(by, framework.inputs))
        if node.ratio is not None:
            for id_ in (*node.ratio.numerator, *node.ratio.denominator):
                if id_ not in framework.inputs:
                    blame("unknown_input", (*path, "ratio"), id_, _near(id_, framework.inputs))
        for i, cite in enumerate(node.cite):
            if cite.document not in framework.documents:
                near = _near(cite.document, framework.documents)
                blame("unknown_document", (*path, "cite", i), cite.document, near)


def _levels(framework: Framework, blame: Blame) -> None:
    levels = framework.levels
    if not levels:
        return
    edges = [framework.scale[0], *(level.end for level in levels[:-1])]
    for i, (level, expected) in enumerate(zip(levels, edges, strict=True)):
        if level.start != expected:
            code = "levels_gap" if level.start > expected else "levels_overlap"
            blame(code, ("levels", i, "from"), f"{level.start:g}", f"{expected:g}")
        if level.end <= level.start:
            blame("level_empty", ("levels", i), f"{level.start:g}-{level.end:g}", "")
    if levels[-1].end != framework.scale[1]:
        found = f"{levels[-1].end:g}"
        code = "levels_gap" if levels[-1].end < framework.scale[1] else "levels_overlap"
        blame(code, ("levels", len(levels) - 1, "to"), found, f"{framework.scale[1]:g}")


def _gates(framework: Framework, blame: Blame) -> None:
    if framework.gates and not framework.levels:
        blame("gates_without_levels", ("gates",), len(framework.gates), "levels")
    for i, gate in enumerate(framework.gates):
        for id_ in gate.nodes:
            if not isinstance(framework.nodes.get(id_), Group):
                groups = [id_ for id_, node in framework.nodes.items() if isinstance(node, Group)]
                blame("unknown_node", ("gates", i, "nodes"), id_, _near(id_, groups))
        if isinstance(gate, InputGate):
            if gate.input not in framework.inputs:
                near = _near(gate.input, framework.inputs)
                blame("unknown_input", ("gates", i, "input"), gate.input, near)
            if gate.max_level > max(len(framework.levels), 1):
                highest = len(framework.levels)
                blame("unknown_level", ("gates", i, "max_level"), gate.max_level, highest)


def _rules(framework: Framework, blame: Blame) -> None:
    known = _measures(framework)
    for i, rule in enumerate(framework.rules):
        path: Path = ("rules", i)
        for id_ in rule.fields:
            if id_ not in known:
                blame("unknown_field", path, id_, _near(id_, known), id=rule.id)
        if isinstance(rule, RubricRule):
            _rubric_rule(framework, known, path, rule, blame)
        elif isinstance(rule, RatioRule):
            low, high = rule.bounds.min, rule.bounds.max
            if low is None and high is None:
                blame("rule_without_bounds", (*path, "bounds"), rule.id, "min, max")
            elif low is not None and high is not None and low > high:
                blame("bounds_crossed", (*path, "bounds"), f"{low:g}-{high:g}", "")


def _measures(framework: Framework) -> dict[str, str]:
    """What can be entered, with its measure; a checklist's item is a yes or no."""
    found: dict[str, str] = {id_: given.measure for id_, given in framework.inputs.items()}
    for id_, indicator in framework.indicators.items():
        found[id_] = indicator.measure
        found |= {f"{id_}.{item.id}": "yes_no" for item in indicator.checklist}
    return found


def _rubric_rule(
    framework: Framework, known: Mapping[str, str], path: Path, rule: RubricRule, blame: Blame
) -> None:
    indicator = framework.indicators.get(rule.rubric)
    if rule.rubric in known and (indicator is None or rule.level not in indicator.rubric):
        levels = ", ".join(map(str, sorted(indicator.rubric))) if indicator else ""
        blame("rule_level", (*path, "level"), rule.level, levels or "rubric", id=rule.rubric)
    for id_ in rule.items:
        if known.get(id_, "yes_no") != "yes_no":
            blame("rule_item", (*path, "items"), id_, "yes_no", id=rule.id)


def _breaks(framework: Framework, blame: Blame) -> None:
    for i, one in enumerate(framework.breaks):
        for j, id_ in enumerate(one.nodes):
            if id_ not in framework.nodes:
                path: Path = ("breaks", i, "nodes", j)
                blame("unknown_node", path, id_, _near(id_, framework.nodes))


def _weight_sets(framework: Framework, blame: Blame) -> None:
    for name, weight_set in framework.weight_sets.items():
        if weight_set.weights != "equal":
            _weight_set(framework, ("weight_sets", name, "weights"), weight_set, blame)


def _weight_set(framework: Framework, path: Path, chosen: WeightSet, blame: Blame) -> None:
    weights = chosen.weights if isinstance(chosen.weights, dict) else {}
    for id_, weight in weights.items():
        if id_ not in framework.nodes:
            blame("unknown_node", (*path, id_), id_, _near(id_, framework.nodes))
        if weight < 0:
            blame("weight_negative", (*path, id_), weight, 0, id=id_)
    for id_, node in framework.nodes.items():
        children = [child.id for child in node.children] if isinstance(node, Group) else []
        named = [child for child in children if child in weights]
        if not named:
            continue
        without = [child for child in children if child not in weights]
        total = math.fsum(weights[child] for child in named)
        if without:
            blame("weight_missing", path, ", ".join(without), "", id=id_)
        elif not any(weights[child] for child in named):
            blame("weights_all_zero", path, 0, "", id=id_)
        elif chosen.sum != "relative" and abs(total - chosen.sum) > WEIGHT_TOLERANCE * chosen.sum:
            blame("weights_sum", path, f"{total:.10g}", chosen.sum, id=id_)


def _profiles(framework: Framework, blame: Blame) -> None:
    for name, profile in framework.profiles.items():
        path: Path = ("profiles", name)
        for id_ in profile.indicators:
            if id_ not in framework.indicators:
                near = _near(id_, framework.indicators)
                blame("unknown_node", (*path, "indicators"), id_, near)
        if not selected(framework, profile):
            blame("profile_empty", path, name, "")


def selected(framework: Framework, profile: Profile) -> tuple[str, ...]:
    """The indicators of a profile, in the order of the file."""
    return tuple(
        id_
        for id_, node in framework.indicators.items()
        if id_ in profile.indicators or set(node.tags) & set(profile.tags)
    )


def _lenses(framework: Framework, blame: Blame) -> None:
    for name, lens in framework.lenses.items():
        members: list[str] = []
        for i, group in enumerate(lens.groups):
            path: Path = ("lenses", name, "groups", i)
            if group.id in framework.nodes or group.id in {g.id for g in lens.groups[:i]}:
                blame("twice_id", (*path, "id"), group.id, "tree")
            for id_ in group.indicators:
                if id_ not in framework.indicators:
                    near = _near(id_, framework.indicators)
                    blame("unknown_node", (*path, "indicators"), id_, near)
            members += group.indicators
        if lens.partition:
            once = {id_ for id_ in members if members.count(id_) == 1}
            wrong = sorted(set(framework.indicators) - once)
            if wrong:
                blame("lens_no_partition", ("lenses", name, "groups"), ", ".join(wrong), "")


def _near(id_: str, known: Iterable[str]) -> str:
    names = list(known)
    return ", ".join(get_close_matches(id_, names, n=1, cutoff=0.5) or names[:5])
