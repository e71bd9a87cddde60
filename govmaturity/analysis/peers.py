"""Units to compare one with: of its kind, its size, its prefecture, or the best quarter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, get_args

import numpy as np

from govmaturity.scoring import Scores
from govmaturity.units.registry import Registry

Preset = Literal["kind", "size", "prefecture", "best"]
PRESETS: Final[tuple[Preset, ...]] = get_args(Preset)
SIMILAR: Final = 10


def peers(
    scores: Scores,
    unit: str,
    preset: Preset,
    registry: Registry,
    population: Mapping[str, float] | None = None,
) -> list[str]:
    """Return the peers of a unit among the ranked units, without itself.

    Parameters
    ----------
    scores : Scores
        Of one period.
    unit : str
    preset : {"kind", "size", "prefecture", "best"}
        The same kind in the registry (district, county, city ...); the ten
        nearest in population, by ratio; the same prefecture; the quarter of
        all with the best total (at least one); without ranks those of the
        highest level that anybody has.
    registry : Registry
    population : mapping of unit to people, optional
        Needed for "size"; units without a positive number have no size.

    Returns
    -------
    list of unit ids
        By rank, the best first; empty where nothing is known of the unit.

    Raises
    ------
    ValueError
        If the preset is unknown.
    """
    if preset not in PRESETS:
        raise ValueError(f"unknown preset {preset!r}; expected one of: {', '.join(PRESETS)}")
    ranks = scores.rank_of(scores.plan.root)
    order = sorted(np.flatnonzero(ranks > 0), key=lambda row: (ranks[row], str(scores.unit[row])))
    ranked = [str(scores.unit[row]) for row in order]
    others = [one for one in ranked if one != unit]
    if preset == "best" and not scores.has_ranks:
        highest = [str(scores.unit[row]) for row in order if ranks[row] == ranks[order[0]]]
        return [one for one in highest if one != unit]
    if preset == "best":
        return [one for one in ranked[: max(1, len(ranked) // 4)] if one != unit]
    if preset == "size":
        return _nearest(unit, others, population or {})
    if unit not in registry:
        return []
    known = [one for one in others if one in registry]
    if preset == "kind":
        kind = registry.get(unit).kind
        return [one for one in known if kind and registry.get(one).kind == kind]
    above = registry.prefecture_of(unit) or registry.province_of(unit)
    return [
        one for one in known if (registry.prefecture_of(one) or registry.province_of(one)) == above
    ]


def _nearest(unit: str, others: list[str], population: Mapping[str, float]) -> list[str]:
    mine = population.get(unit, 0)
    if not mine > 0:
        return []
    apart = {
        one: abs(np.log(population[one] / mine)) for one in others if population.get(one, 0) > 0
    }
    near = set(sorted(apart, key=lambda one: (apart[one], one))[:SIMILAR])
    return [one for one in others if one in near]
