"""A framework made ready for arithmetic: which nodes, which children, which weights.

A plan is made for one choice of weight set, profile and lens, and holds
positions instead of ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from govmaturity.framework.checks import selected
from govmaturity.framework.methods import Aggregate, Weigh
from govmaturity.framework.model import Framework, Group, Words

EQUAL = "equal"
# Members of a lens are few and weigh equally: half of them have to be there.
LENS_COVERAGE = 0.5
_ARITHMETIC = Aggregate(method="arithmetic")


@dataclass(frozen=True)
class GroupPlan:
    """How one group is computed.

    `children` are positions among the plan's nodes, `weights` (sum 1) theirs;
    `weigh` says how weights are to be found, None where they are as stated;
    `effective` is the weight of each indicator of the plan within this group,
    shape (indicators,), 0 where it does not belong to the group.
    """

    id: str
    place: int
    children: tuple[int, ...]
    weights: NDArray[np.float64]
    aggregate: Aggregate
    min_coverage: float
    effective: NDArray[np.float64]
    weigh: Weigh | None = None


@dataclass(frozen=True)
class Plan:
    """The nodes in the order in which they are shown: root, groups, indicators within them.

    `groups` come children first. With a lens, `shown` holds the root, the
    groups of the lens and the indicators in them; the framework's own groups
    are computed all the same, since the root is made of them.
    """

    framework: Framework
    nodes: tuple[str, ...]
    indicators: tuple[str, ...]
    groups: tuple[GroupPlan, ...]
    shown: tuple[str, ...]
    weights: str | None
    profile: str | None
    lens: str | None

    def place(self, node: str) -> int:
        """Position of a node. Raises KeyError naming the node if the plan has not got it."""
        try:
            return self.nodes.index(node)
        except ValueError:
            raise KeyError(f"no node {node!r} in {self.framework.id}") from None

    @property
    def root(self) -> str:
        return self.framework.tree.id

    @property
    def parts(self) -> tuple[str, ...]:
        """What the root is shown by: the groups of the lens, or its own children."""
        if self.lens is not None:
            groups = (group.id for group in self.framework.lenses[self.lens].groups)
            return tuple(id_ for id_ in groups if id_ in self.nodes)
        return self.children(self.root)

    def group(self, node: str) -> GroupPlan | None:
        """How a node is computed; None for an indicator."""
        return next((group for group in self.groups if group.id == node), None)

    def children(self, node: str) -> tuple[str, ...]:
        """The nodes right below one, inside the profile; none below an indicator."""
        group = self.group(node)
        return tuple(self.nodes[child] for child in group.children) if group else ()

    def leaves(self, node: str) -> tuple[str, ...]:
        """The indicators that a node is made of; an indicator gives itself."""
        group = self.group(node)
        if group is None:
            return (node,)
        return tuple(
            id_ for id_, weight in zip(self.indicators, group.effective, strict=True) if weight > 0
        )

    def weight_in_root(self, indicator: str) -> float:
        """Effective weight of an indicator in the whole: the product of weights down to it."""
        root = self.group(self.root)
        return float(root.effective[self.indicators.index(indicator)]) if root else 1.0

    def name(self, node: str) -> Words:
        """The name of a node or of a group of the lens."""
        if self.lens is not None:
            for group in self.framework.lenses[self.lens].groups:
                if group.id == node:
                    return group.name
        return self.framework.nodes[node].name


def make_plan(
    framework: Framework,
    *,
    weights: str | None = None,
    profile: str | None = None,
    lens: str | None = None,
) -> Plan:
    """Return the plan for a framework and a choice of weights, profile and lens.

    Raises
    ------
    ValueError
        If a name is not the framework's; the message lists those that are.
    """
    _refuse_unknown("weights", weights, (EQUAL, *framework.weight_sets))
    _refuse_unknown("profile", profile, framework.profiles)
    _refuse_unknown("lens", lens, framework.lenses)
    kept = (
        set(selected(framework, framework.profiles[profile]))
        if profile
        else set(framework.indicators)
    )
    for node in reversed(framework.nodes.values()):
        if isinstance(node, Group) and any(child.id in kept for child in node.children):
            kept.add(node.id)
    tree_nodes = [id_ for id_ in framework.nodes if id_ in kept]
    indicators = tuple(id_ for id_ in framework.indicators if id_ in kept)
    members = _lens_members(framework, lens, indicators)
    nodes = (*tree_nodes, *members)
    places = {id_: place for place, id_ in enumerate(nodes)}
    groups: dict[str, GroupPlan] = {}
    for id_ in reversed(tree_nodes):
        node = framework.nodes[id_]
        if isinstance(node, Group):
            children = [child.id for child in node.children if child.id in kept]
            given = _weights_of(framework, node, weights)
            made = _group(
                framework, id_, {c: given[c] for c in children}, places, indicators, groups
            )
            asked = framework.settings[id_].weigh if weights is None else None
            groups[id_] = replace(made, weigh=asked)
    for id_, ids in members.items():
        groups[id_] = _group(framework, id_, dict.fromkeys(ids, 1.0), places, indicators, groups)
    in_lens = {id_ for ids in members.values() for id_ in ids}
    shown = nodes
    if lens is not None:
        shown = (framework.tree.id, *members, *(id_ for id_ in indicators if id_ in in_lens))
    return Plan(framework, nodes, indicators, tuple(groups.values()), shown, weights, profile, lens)


def reweighted(plan: Plan, weights: Mapping[str, NDArray[np.float64]]) -> Plan:
    """Return a plan with other weights for some groups, in the order of their children.

    A child of weight zero is no longer one, as in a plan that is made; what
    each indicator weighs in every group above follows.
    """
    below: dict[int, NDArray[np.float64]] = {}
    for place, id_ in enumerate(plan.nodes):
        if id_ in plan.indicators:
            below[place] = (np.arange(len(plan.indicators)) == plan.indicators.index(id_)) * 1.0
    groups: list[GroupPlan] = []
    for group in plan.groups:
        given = weights.get(group.id, group.weights)
        counted = given > 0
        children = tuple(np.array(group.children)[counted].tolist())
        shares = given[counted] / given[counted].sum() if group.id in weights else given
        effective = np.zeros(len(plan.indicators))
        for child, share in zip(children, shares, strict=True):
            effective += share * below[child]
        below[group.place] = effective
        groups.append(replace(group, children=children, weights=shares, effective=effective))
    return replace(plan, groups=tuple(groups))


def _refuse_unknown(argument: str, name: str | None, known: Iterable[str]) -> None:
    names = list(known)
    if name is not None and name not in names:
        listed = ", ".join(names) or "none"
        raise ValueError(f"unknown {argument} {name!r}; expected one of: {listed}")


def _lens_members(
    framework: Framework, lens: str | None, indicators: tuple[str, ...]
) -> dict[str, list[str]]:
    if lens is None:
        return {}
    found = {
        group.id: [id_ for id_ in group.indicators if id_ in indicators]
        for group in framework.lenses[lens].groups
    }
    return {id_: ids for id_, ids in found.items() if ids}


def _weights_of(framework: Framework, group: Group, chosen: str | None) -> dict[str, float]:
    ids = [child.id for child in group.children]
    named = framework.weight_sets.get(chosen or "")
    if chosen is not None and (named is None or named.weights == "equal"):
        return dict.fromkeys(ids, 1.0)
    if named is not None and isinstance(named.weights, dict) and ids[0] in named.weights:
        return {id_: named.weights[id_] for id_ in ids}
    if framework.settings[group.id].weights == "equal":
        return dict.fromkeys(ids, 1.0)
    if all(child.weight is None for child in group.children):
        return dict.fromkeys(ids, 1.0)  # they are found, not stated
    return {child.id: child.weight or 0.0 for child in group.children}


def _group(
    framework: Framework,
    id_: str,
    weights: dict[str, float],
    places: dict[str, int],
    indicators: tuple[str, ...],
    below: dict[str, GroupPlan],
) -> GroupPlan:
    total = sum(weights.values())
    # A part of weight zero is shown but counts for nothing, coverage included.
    counted = {child: weight / total for child, weight in weights.items() if weight > 0}
    effective = np.zeros(len(indicators))
    for child, weight in counted.items():
        if child in below:
            effective += weight * below[child].effective
        else:
            effective[indicators.index(child)] += weight
    setting = framework.settings.get(id_)
    return GroupPlan(
        id=id_,
        place=places[id_],
        children=tuple(places[child] for child in counted),
        weights=np.array(list(counted.values())),
        aggregate=setting.aggregate if setting else _ARITHMETIC,
        min_coverage=setting.min_coverage if setting else LENS_COVERAGE,
        effective=effective,
    )
