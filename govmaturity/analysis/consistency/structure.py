"""Groups and indicators of an index: does each belong where it stands?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govmaturity.analysis.consistency.reliability import (
    bartlett,
    cronbach_alpha,
    full_rows,
    pairwise_correlation,
)
from govmaturity.scoring import Scores
from govmaturity.scoring.plan import GroupPlan
from govmaturity.scoring.weigh.components import kmo, principal_components

Floats = NDArray[np.float64]
# COIN tool and handbook: above, two indicators say the same; below, they pull apart.
REDUNDANT: Final = 0.92
CONTRADICTING: Final = -0.4
WEAK: Final = 0.3
# Of the units, at one and the same score: the indicator tells them hardly apart.
CONCENTRATED: Final = 0.9
# Components of fewer units than this for each part are chance as much as structure.
UNITS_PER_PART: Final = 5
# Nunnally (1978): from here on parts agree well enough to be added up.
ACCEPTABLE: Final = 0.7
_PAIR: Final = ["one", "other", "is_within", "correlation", "flag"]


@dataclass(frozen=True)
class Consistency:
    """What the scores of one period say of the framework.

    groups : `group, parts, units, alpha, kmo, bartlett, degrees, p_value,
        components, explained, notes`: of the children's scores; units are those that have
        all. `components` have an eigenvalue above 1, `explained` is the share
        of the first.
    indicators : `indicator, group, with_group, with_root, nearest, with_nearest,
        concentrated, flags`: correlations with the indicator's own group, the
        root, and the group of the same depth it goes with best; the share of
        units at its most frequent score.
    pairs : `one, other, is_within, correlation, flag`: only pairs with a flag.
    correlations : of every indicator's scores with every other's; index and
        columns are ids in the framework's order.
    units : how many are ranked, and so looked at.

    Flags and notes are codes, separated by spaces: `redundant`,
    `contradicting`, `weak`, `elsewhere`, `constant`, `concentrated`;
    `few_units`, `constant_part`, `negative_alpha`, `kmo_below_half`.
    """

    groups: pd.DataFrame
    indicators: pd.DataFrame
    pairs: pd.DataFrame
    correlations: pd.DataFrame
    units: int


def consistency(scores: Scores) -> Consistency:
    """Look at an index's structure, by the scores of its latest period.

    Parameters
    ----------
    scores : Scores
        Units that are not ranked (not assessed) are left out.

    Returns
    -------
    Consistency
        Statistics that are undefined are NaN; correlations are over the units
        that have both.
    """
    here = scores.at(scores.periods[-1])
    here = here.rows(np.asarray(here.rank_of(here.plan.root) > 0))
    groups = [_group_row(here, group) for group in reversed(here.plan.groups)]
    ids = list(here.plan.indicators)
    parts = here.score[[here.plan.place(id_) for id_ in ids]]
    together = pd.DataFrame(pairwise_correlation(parts, parts), index=ids, columns=ids)
    return Consistency(
        pd.DataFrame(groups),
        pd.DataFrame(_indicator_rows(here)),
        pd.DataFrame(_pair_rows(here, together), columns=_PAIR),
        together,
        len(here.unit),
    )


def _group_row(here: Scores, group: GroupPlan) -> dict[str, object]:
    parts = here.score[list(group.children)]
    full = full_rows(parts)
    size, units = full.shape
    row: dict[str, object] = {"group": group.id, "parts": size, "units": units}
    nothing = float("nan")
    row |= {"alpha": cronbach_alpha(parts), "kmo": nothing, "bartlett": nothing}
    row |= {"degrees": size * (size - 1) // 2, "p_value": nothing}
    row |= {"components": 0, "explained": nothing}
    notes = ["few_units"] if units < UNITS_PER_PART * size else []
    varies = units > 2 and bool((np.ptp(full, axis=1) > 0).all())
    if not varies:
        notes.append("constant_part" if units > 2 else "")
    elif size > 1:
        correlation = np.atleast_2d(np.corrcoef(full))
        test = bartlett(correlation, units)
        found = principal_components(correlation)
        row |= {"kmo": kmo(correlation), "bartlett": test.statistic, "p_value": test.p_value}
        row |= {
            "components": int((found.values > 1 + 1e-12).sum()),
            "explained": float(found.explained[0]),
        }
    if isinstance(row["alpha"], float) and row["alpha"] < 0:
        notes.append("negative_alpha")
    if isinstance(row["kmo"], float) and row["kmo"] < 0.5 - 1e-9:
        notes.append("kmo_below_half")
    return row | {"notes": " ".join(note for note in notes if note)}


def _indicator_rows(here: Scores) -> list[dict[str, object]]:
    plan = here.plan
    groups = [group for group in plan.groups if group.id in here.framework.nodes]
    depth = {group.id: here.framework.settings[group.id].depth for group in groups}
    of_indicators = here.score[[plan.place(id_) for id_ in plan.indicators]]
    places = [group.place for group in groups]
    together = pairwise_correlation(of_indicators, here.score[places])
    rows = []
    for line, id_ in enumerate(plan.indicators):
        own = here.framework.parents[id_]
        by_group = dict(zip([group.id for group in groups], together[line], strict=True))
        rivals = {g: r for g, r in by_group.items() if depth[g] == depth[own] and not np.isnan(r)}
        nearest = max(rivals, key=lambda g: rivals[g], default="")
        share = _most_frequent(of_indicators[line])
        flags = _indicator_flags(by_group[own], nearest, own, share)
        rows.append(
            {
                "indicator": id_,
                "group": own,
                "with_group": by_group[own],
                "with_root": by_group[plan.root],
                "nearest": nearest,
                "with_nearest": rivals.get(nearest, float("nan")),
                "concentrated": share,
                "flags": " ".join(flags),
            }
        )
    return rows


def _indicator_flags(with_group: float, nearest: str, own: str, share: float) -> list[str]:
    if share >= 1:
        return ["constant"]
    flags = ["concentrated"] if share >= CONCENTRATED else []
    if with_group < CONTRADICTING:
        flags.append("contradicting")
    elif with_group < WEAK:
        flags.append("weak")
    if nearest not in ("", own):
        flags.append("elsewhere")
    return flags


def _most_frequent(values: Floats) -> float:
    known = values[~np.isnan(values)]
    if not len(known):
        return float("nan")
    return float(np.unique(known, return_counts=True)[1].max() / len(known))


def _pair_rows(here: Scores, together: pd.DataFrame) -> list[dict[str, object]]:
    parents = here.framework.parents
    rows = []
    table = together.to_numpy(dtype=np.float64)
    for (i, one), (j, other) in combinations(enumerate(here.plan.indicators), 2):
        correlation = float(table[i, j])
        is_within = parents[one] == parents[other]
        if flag := _pair_flag(correlation, is_within):
            rows.append(dict(zip(_PAIR, (one, other, is_within, correlation, flag), strict=True)))
    return rows


def _pair_flag(correlation: float, is_within: bool) -> str:
    if correlation > REDUNDANT:
        return "redundant"
    # Between groups two things may well go apart; inside one they should not.
    return "contradicting" if is_within and correlation < CONTRADICTING else ""
