"""What values would do to scores, levels and ranks, with everybody else's latest values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from govmaturity.analysis.what_if.moves import Moves
from govmaturity.framework.model import Framework
from govmaturity.scoring import Scores, score
from govmaturity.scoring.errors import MethodError
from govmaturity.store.figures import Key, UnitValues, as_values
from govmaturity.store.receipt import Part, Standing
from govmaturity.units.registry import registry


def scored(framework: Framework, given: Mapping[Key, UnitValues]) -> Scores | None:
    """Scores of what is given; None where there is nothing, or the method needs more units."""
    if not any(unit.values for unit in given.values()):
        return None
    values = as_values(given)
    known = registry()
    unranked = [id_ for id_ in values.units if id_ in known and not known.get(id_).assessed]
    try:
        return score(framework, values, unranked=unranked)
    except MethodError:
        return None


def standings(
    framework: Framework, given: Mapping[Key, UnitValues], keys: Sequence[Key]
) -> dict[Key, Standing]:
    """Where units stand in their periods, by the root of the framework.

    Parameters
    ----------
    framework : Framework
    given : mapping of (unit, period) to UnitValues
        The values of all units that are compared.
    keys : sequence of (unit, period)
        What is asked about; an empty standing for what has no values.
    """
    found = scored(framework, given)
    if found is None:
        return {key: Standing() for key in keys}
    root = found.plan.root
    scores, levels, ranks = found.of(root), found.level_of(root), found.rank_of(root)
    rows = {key: row for row, key in enumerate(zip(found.unit, found.period, strict=True))}
    ranked = {period: int((ranks[found.period == period] > 0).sum()) for period in found.periods}
    told = {}
    for key in keys:
        row = rows.get(key)
        if row is None:
            told[key] = Standing(ranked=ranked.get(key[1], 0))
            continue
        told[key] = Standing(
            None if np.isnan(scores[row]) else float(scores[row]),
            int(levels[row]) or None,
            int(ranks[row]) or None,
            ranked[key[1]],
        )
    return told


def moves_of(parts: Iterable[Part]) -> Moves:
    """Where units move by what a receipt changes, of those that stood somewhere before.

    Parameters
    ----------
    parts : iterable of Part
        Of one period; `lost` counts those without a rank before or after.
    """
    listed = list(parts)
    both = [one for one in listed if one.before.rank and one.after.rank]

    def side(name: str) -> tuple[list[float], list[int], list[int]]:
        found = [getattr(one, name) for one in both]
        return (
            [one.score for one in found],
            [one.rank for one in found],
            [one.level or 0 for one in found],
        )

    score, rank, level = zip(side("before"), side("after"), strict=True)
    return Moves(
        tuple(one.unit for one in both),
        np.array(score, dtype=np.float64),
        np.array(rank, dtype=np.int32),
        np.array(level, dtype=np.int32),
        None,
        len(listed) - len(both),
    )
