"""The tree of a framework as lines, down to the depth that a page has room for."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

from govmaturity.framework.model import Framework, Group
from govmaturity.scoring.plan import make_plan
from govmaturity.texts import Language, numbers, say

# Points of type, and columns of the tree: from what reads best to what holds most.
_SIZES: Final = ((8.0, 1), (8.0, 2), (7.5, 2), (7.0, 3), (6.5, 3), (6.0, 3))


@dataclass(frozen=True)
class Line:
    """A node: how deep it stands, its names, its weight in the whole."""

    depth: int
    id: str
    name: str
    weight: str
    is_group: bool


def lines(framework: Framework, language: Language, depth: int) -> list[Line]:
    """The nodes below the root down to a depth, with their weights in the whole in per cent."""
    plan = make_plan(framework)
    root = plan.group(plan.root)
    whole = dict(zip(plan.indicators, root.effective if root else [], strict=True))
    found = []
    for id_, node in framework.nodes.items():
        at = framework.settings[id_].depth
        if 0 < at <= depth:
            weight = float(sum(whole[leaf] for leaf in plan.leaves(id_)))
            share = numbers.share(weight, language)
            name = node.name.in_(language)
            found.append(Line(at, id_, name, share, isinstance(node, Group)))
    return found


def layouts(framework: Framework, language: Language) -> list[dict[str, object]]:
    """Ways to set the tree, the fullest and most legible first.

    The typesetter takes the first that leaves all on one page. All levels of
    the tree are tried in every size before the lowest is left out, which the
    page then says.
    """
    deepest = max(setting.depth for setting in framework.settings.values())
    found: list[dict[str, object]] = []
    for depth in range(deepest, 0, -1):
        shown = lines(framework, language, depth)
        left_out = len(framework.nodes) - 1 - len(shown)
        note = say("card.left_out", language, n=left_out) if left_out else ""
        found += [
            {
                "size": size,
                "columns": columns,
                "lines": [asdict(line) for line in shown],
                "note": note,
            }
            for size, columns in _SIZES
            # One column is for a tree that looks lost in two.
            if columns > 1 or len(shown) <= 12
        ]
    return found
