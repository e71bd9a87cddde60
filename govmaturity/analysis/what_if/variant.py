"""Make a framework with other choices: the same indicators under other weights and methods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from govmaturity.analysis.robustness.choices import method_of
from govmaturity.analysis.what_if.changes import Changes
from govmaturity.framework.base import Words
from govmaturity.framework.check_methods import SAMPLE_BASED
from govmaturity.framework.checks import check
from govmaturity.framework.document import Document
from govmaturity.framework.faults import Fault, FrameworkError
from govmaturity.framework.model import Framework, Group
from govmaturity.framework.write import as_data
from govmaturity.scoring.normalise.apply import direction
from govmaturity.scoring.plan import Plan, make_plan
from govmaturity.texts import say

SET: Final = "what_if"
_Data = dict[str, Any]


def set_name(framework: Framework) -> str:
    """A name for the weights that are tried, which no weight set of the framework has.

    Examples
    --------
    It is `what_if`, or `what_if_2` in a framework that was itself made by trying.
    """
    taken, number, name = framework.weight_sets, 1, SET
    while name in taken:
        number += 1
        name = f"{SET}_{number}"
    return name


def variant(plan: Plan, changes: Changes) -> Framework:
    """Return a framework in which some choices are others.

    Parameters
    ----------
    plan : Plan
        Of the scores to start from (`Scores.plan`): it holds the weights in
        force, be they stated, of a weight set or found from the data.
    changes : Changes

    Returns
    -------
    Framework
        With one more weight set, `set_name(plan.framework)`, that holds the
        weight of every node; `score(..., weights=NAME)` uses it. Methods and
        goalposts are changed in the tree. What is left out weighs nothing, and
        so does a group of which nothing is left. Where a score depends on the
        other units no level can rest on it: then levels and gates are gone.

    Raises
    ------
    FrameworkError
        If the choices do not fit: goalposts against the direction, nothing left.
    """
    framework = plan.framework
    data = as_data(framework)
    data["version"] = f"{framework.version}-{SET.replace('_', '-')}"
    name = set_name(framework)
    data.setdefault("weight_sets", {})[name] = {
        "name": _words("what_if.set_name"),
        "weights": _weights(plan, changes),
        "sum": "relative",
    }
    if changes.normalise is not None:
        _normalise(framework, data, changes.normalise)
    else:
        _goalposts(data, changes.goalposts)
    if changes.aggregate is not None:
        _aggregate(plan, data, changes.aggregate)
    made = Framework.model_validate(data)
    faults: list[Fault] = []
    check(made, Document("", faults=faults).blame)
    if faults:
        raise FrameworkError(faults)
    return made


def weights_in_force(plan: Plan) -> dict[str, float]:
    """Share of every node but the root among its siblings, also of those outside the profile."""
    whole = make_plan(plan.framework, weights=plan.weights)
    found = dict.fromkeys(plan.framework.parents, 0.0)
    for group in whole.groups:
        found |= _shares(whole, group.id)
    for group in plan.groups:
        if group.id not in plan.framework.nodes:
            continue  # of a lens: no part of the tree
        inside = [one for one in plan.nodes if plan.framework.parents.get(one) == group.id]
        total = sum(found[one] for one in inside)
        found |= dict.fromkeys(inside, 0.0)
        found |= {one: total * share for one, share in _shares(plan, group.id).items()}
    return found


def _shares(plan: Plan, node: str) -> dict[str, float]:
    group = plan.group(node)
    weights = group.weights.tolist() if group else []
    return dict(zip(plan.children(node), weights, strict=True))


def _weights(plan: Plan, changes: Changes) -> dict[str, float]:
    """The weights of a whole set: those changed, those left out, and all others as in force."""
    found = weights_in_force(plan) | dict(changes.weights)
    found |= dict.fromkeys(changes.left_out, 0.0)
    framework = plan.framework
    # From the bottom up, so that a group of which nothing is left is seen by the one above.
    for id_, node in reversed(framework.nodes.items()):
        children = [child.id for child in node.children] if isinstance(node, Group) else []
        if children and not any(found[child] for child in children) and id_ in found:
            found[id_] = 0.0
            for child in children:
                del found[child]  # they keep their weights: they count for nothing anyhow
    return found


def _normalise(framework: Framework, data: _Data, method: str) -> None:
    for node in _nodes(data):
        indicator = framework.indicators.get(node.get("id", ""))
        if indicator is not None and indicator.measure == "choice":
            continue
        node.pop("normalise", None)
        node.pop("goalposts", None)
        if indicator is not None:
            # Goalposts told which way is better; now somebody else has to.
            node["direction"] = direction(framework, indicator)
    data["normalise"] = {"method": method}
    if method in SAMPLE_BASED:
        data.pop("levels", None)
        data.pop("gates", None)


def _goalposts(data: _Data, given: Mapping[str, tuple[float, float]]) -> None:
    for node in _nodes(data):
        if node.get("id") in given:
            worst, best = given[node["id"]]
            node["goalposts"] = {
                "worst": worst,
                "best": best,
                "basis": _words("what_if.goalposts_basis"),
                "proposed": True,
            }


def _aggregate(plan: Plan, data: _Data, method: str) -> None:
    settings = plan.framework.settings
    for node in _nodes(data):
        if "children" in node:
            chosen = method_of(plan, method, settings[node["id"]].aggregate)
            node["aggregate"] = chosen.model_dump(exclude_defaults=True)


def _nodes(data: _Data) -> Iterator[_Data]:
    """The framework's own settings, then every node of its tree."""
    yield data
    waiting = [data["tree"]]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(node.get("children", ()))


def _words(key: str) -> dict[str, str]:
    return Words(zh=say(key, "zh"), en=say(key, "en")).model_dump()
