"""Scores among other units: their values are written out, so that the formula stays live."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from govmaturity.framework.methods import Normalise
from govmaturity.report.workbook import normal
from govmaturity.report.workbook.cells import Live, figure, if_number, literal
from govmaturity.report.workbook.lookups import Lookups
from govmaturity.report.workbook.normal import Sample
from govmaturity.scoring import Scores
from govmaturity.scoring.normalise.apply import among, ends_of, higher_is_better, to_shares
from govmaturity.texts import Language, say

Floats = NDArray[np.float64]


def sampled(
    scores: Scores, row: int, place: int, u: str, lookups: Lookups, language: Language
) -> str:
    """The right side of the score of an indicator whose method looks at other units.

    The values of the others are columns of the sheet of lookups, without
    their names, with the unit's own cell among them where the method counts
    it, so that a changed value moves the sample as it does in the engine. In
    a chain each later step looks at what the step before found for the
    others: these stand as numbers.
    """
    framework = scores.framework
    id_ = scores.plan.indicators[place]
    indicator = framework.indicators[id_]
    chosen = framework.settings[id_].normalise
    steps = chosen.steps or [chosen]
    values = scores.value[place]
    up = higher_is_better(indicator)
    formula, cell = "", u
    for number, step in enumerate(steps):
        head = f"{id_} · {say(f'cards.{step.method}', language)}"
        own = Live(f"={cell}", figure(float(values[row])))
        if number:
            # The step before, in a cell of its own: it is looked at more than once.
            own = Live(f"={if_number(u, formula)}", figure(float(values[row])))
            cell = lookups.add(f"{id_} · {number}", [own]).split(":")[0]
            own = Live(f"={cell}", own.value)
        if step.method in normal.AMONG:
            is_up = up if not number else True
            sample = _sample(scores, row, step, values, own, head, lookups, language, is_up)
            worst, best = normal.worst_and_best(step, sample, up=is_up)
            formula = normal.sample_share(step, cell, sample, worst, best, up=is_up)
        else:
            ends = (0.0, 0.0) if step.method == "target_band" else ends_of(indicator)
            posts = [literal(end) for end in ends]
            formula = normal.fixed_share(step, cell, *posts, is_rising=ends[0] < ends[1])
        values = (
            to_shares(indicator, step, values, scores.period)
            if not number
            else among(step, values, True, scores.period)
        )
    return normal.on_scale(steps[-1], formula, framework.scale)


def in_basis(scores: Scores, row: int, chosen: Normalise) -> NDArray[np.bool_]:
    """Rows whose values a method looks at when it scores one row, shape (rows,)."""
    if chosen.basis == "pooled":
        return np.ones(scores.period.shape, dtype=bool)
    basis = scores.period[row] if chosen.basis == "period" else chosen.basis
    return np.asarray(scores.period == basis)


def _sample(
    scores: Scores,
    row: int,
    chosen: Normalise,
    values: Floats,
    own: Live,
    head: str,
    lookups: Lookups,
    language: Language,
    up: bool,
) -> Sample:
    rows = in_basis(scores, row, chosen)
    if rows[row]:
        others = rows.copy()
        others[row] = False
        return Sample(lookups.sample(head, own, values[others]))
    if chosen.method in ("percent_rank", "borda"):
        heads = head, f"{head} · {say('workbook.beaten', language)}"
        return lookups.places(heads, values[rows], up=up)
    return Sample(lookups.sample(head, None, values[rows]))
