"""What a link names that is not here: it is set back and said, never shown as something else."""

from __future__ import annotations

from collections.abc import Container, Iterator

from govmaturity.framework.model import Framework
from govmaturity.scoring import Scores
from govmaturity.scoring.plan import EQUAL
from govmaturity.units.registry import Registry
from ui.state import VOCABULARY, State

REGIONS = ("region", "region2")
NODES = ("node", "node2", "sort")


def of_framework(now: State, framework: Framework, registry: Registry) -> list[str]:
    """Names of the choices that neither the product nor the framework knows."""
    known: dict[str, Container[str]] = {
        **VOCABULARY,
        "lens": framework.lenses,
        "profile": framework.profiles,
        "weights": (EQUAL, *framework.weight_sets),
        **dict.fromkeys(REGIONS, registry),
    }
    nodes = {*framework.nodes, *(g.id for lens in framework.lenses.values() for g in lens.groups)}
    return list(_unknown(now, {**known, **dict.fromkeys(NODES, nodes)}))


def of_scores(now: State, scores: Scores) -> list[str]:
    """Names of the choices that the data, or the chosen lens and profile, do not have."""
    known: dict[str, Container[str]] = {"period": scores.periods, "before": scores.periods}
    known |= dict.fromkeys(NODES, scores.plan.nodes)
    found = list(_unknown(now, known))
    units = set(scores.units)
    found += [name for name in ("units", "brush") if set(now.listed(name)) - units]
    if now.page and not (now.page.isascii() and now.page.isdigit() and int(now.page) > 0):
        found.append("page")
    return found


def _unknown(now: State, known: dict[str, Container[str]]) -> Iterator[str]:
    for name, options in known.items():
        value = getattr(now, name)
        if value and value not in options:
            yield name
