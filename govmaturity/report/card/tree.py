"""The tree of a framework as lines, down to the depth that a page has room for."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

from govmaturity.framework.model import Framework, Group, Indicator
from govmaturity.scoring.normalise.apply import goalposts
from govmaturity.scoring.plan import Plan, make_plan
from govmaturity.texts import Language, numbers, say

# Points of type, and columns of the tree: from what reads best to what holds most.
_SIZES: Final = (
    (10.0, 1),
    (9.0, 1),
    (9.0, 2),
    (8.5, 2),
    (8.0, 2),
    (7.5, 2),
    (7.0, 3),
    (6.5, 3),
    (6.0, 3),
)


_FEW: Final = 14


@dataclass(frozen=True)
class Line:
    """A node: how deep it stands, its names, its weight in the whole, its goalposts in words."""

    depth: int
    id: str
    name: str
    weight: str
    is_group: bool
    detail: str = ""


def bar(framework: Framework) -> list[dict[str, object]]:
    """The parts of the whole with their shares of it."""
    plan, whole = _weights(framework)
    return [
        {"id": id_, "share": sum(whole[leaf] for leaf in plan.leaves(id_))}
        for id_ in plan.children(plan.root)
    ]


def lines(framework: Framework, language: Language, depth: int) -> list[Line]:
    """The nodes below the root down to a depth, with their weights in the whole in per cent."""
    plan, whole = _weights(framework)
    found = []
    for id_, node in framework.nodes.items():
        at = framework.settings[id_].depth
        if 0 < at <= depth:
            weight = sum(whole[leaf] for leaf in plan.leaves(id_))
            detail = "" if isinstance(node, Group) else _detail(framework, node, language)
            share = f"{numbers.measured(100 * weight, language)}%"
            name = node.name.in_(language)
            found.append(Line(at, id_, name, share, isinstance(node, Group), detail))
    return found


def _weights(framework: Framework) -> tuple[Plan, dict[str, float]]:
    """The weight of each indicator in the whole."""
    plan = make_plan(framework)
    return plan, {id_: plan.weight_in_root(id_) for id_ in plan.indicators}


def _detail(framework: Framework, indicator: Indicator, language: Language) -> str:
    """From which value to which an indicator is scored, with its unit of measure."""
    ends = goalposts(framework, indicator)
    unit = indicator.unit_of_measure.in_(language)
    if ends is None:
        return unit
    worst, best = (numbers.measured(end, language) for end in ends)
    return say("card.detail", language, worst=worst, best=best, unit=unit)


def layouts(framework: Framework, language: Language) -> list[dict[str, object]]:
    """Ways to set the tree, the fullest and most legible first.

    The typesetter takes the first that leaves all on one page. What is given
    up, in this order: large type, goalposts, and at last the lowest level of
    the tree, which the page then says.
    """
    deepest = max(setting.depth for setting in framework.settings.values())
    found: list[dict[str, object]] = []
    for depth in range(deepest, 0, -1):
        shown = lines(framework, language, depth)
        left_out = len(framework.nodes) - 1 - len(shown)
        listed = [asdict(line) for line in shown]
        has_posts = any("→" in line.detail for line in shown)
        found += [
            {
                "size": size,
                "columns": columns,
                "lines": listed,
                "note": _note(left_out, language, has_posts=has_posts and is_detailed),
                "detailed": is_detailed,
            }
            for is_detailed in (True, False)
            for size, columns in _SIZES
            # One column is for a tree that looks lost in two.
            if columns > 1 or len(shown) <= _FEW
        ]
    return found


def _note(left_out: int, language: Language, *, has_posts: bool) -> str:
    """What the figures beside the tree are, and how much of it is not there."""
    told = [say("card.note_weights", language)]
    told += [say("card.note_posts", language)] if has_posts else []
    told += [say("card.left_out", language, n=left_out)] if left_out else []
    return ("" if language == "zh" else " ").join(told)
