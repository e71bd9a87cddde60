"""Ranges of single indicators: what treating, filling gaps and normalising do to their scores.

Weights and ways of combining do not touch an indicator's own score, so they
are no part of these ranges; the choices that do are drawn as for the index.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from govmaturity.analysis.robustness import ranges
from govmaturity.analysis.robustness.choices import ALL, Choices, fitted
from govmaturity.analysis.robustness.design import Design, draw
from govmaturity.analysis.robustness.run import NodeRanges, variants_of
from govmaturity.analysis.robustness.variants import Variants
from govmaturity.scoring import Scores
from govmaturity.scoring.rank import TIE, ranks

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


def indicator_ranges(
    scores: Scores,
    *,
    choices: Choices = ALL,
    runs: int = 1000,
    seed: int = 0,
    errors: Floats | None = None,
) -> tuple[NodeRanges, ...]:
    """Ranges of the score and rank of every indicator, for the latest period.

    Parameters
    ----------
    scores : Scores
        Of all periods, as the framework states it. Who has a score, and who is
        ranked, does not vary.
    choices : Choices
        Of these only normalising, treating, missing values, errors and rubrics count.
    runs, seed : int
        The replicates are those of `robustness` with the same ones.
    errors : ndarray of float, shape (indicators, rows), optional
        Standard errors, from `standard_errors`; needed where `choices.errors`.

    Returns
    -------
    tuple of NodeRanges
        In the order of the plan's indicators, without shares of levels.

    Raises
    ------
    ValueError
        If there is no run.
    """
    plan = scores.plan
    design = draw(fitted(choices, plan), plan, runs, np.random.default_rng(seed))
    variants = variants_of(scores, choices, errors)
    here = scores.at(scores.periods[-1])
    options = np.stack([design.treat, design.missing, design.normalise])
    kinds, kind, counts = np.unique(options, axis=1, return_inverse=True, return_counts=True)
    by_kind = np.array([variants.normalised(*_names(choices, one)) for one in kinds.T])
    uncertain = set(variants.uncertain)
    moved = _moved(variants, design, kinds, kind.ravel()) if uncertain else {}
    found = []
    for line, id_ in enumerate(plan.indicators):
        place = plan.place(id_)
        draws = moved.get(line, by_kind[:, line])
        draws = np.where(variants.without[place], np.nan, draws)
        among = np.where(here.rank[place] > 0, 0, -1).astype(np.intp)
        of_runs = ranks(draws, among, TIE * here.framework.width)
        if line in moved:
            ends = ranges.quantiles(draws), ranges.quantiles(of_runs)
        else:
            ends = counted_quantiles(draws, counts), counted_quantiles(of_runs, counts)
        found.append(NodeRanges(id_, *ends, np.empty((0, len(here.unit)))))
    return tuple(found)


def counted_quantiles(values: Floats | ranges.Ranks, counts: Places) -> Floats:
    """The quantiles of `ranges.quantiles` where each row stands for so many replicates.

    Examples
    --------
    >>> counted_quantiles(np.array([[1.0], [5.0]]), np.array([19, 2])).ravel()
    array([1., 1., 5.])
    """
    order = np.argsort(values, axis=0)
    ordered = np.take_along_axis(values, order, axis=0).astype(np.float64)
    reached = np.cumsum(counts[order], axis=0)
    place = np.array([ranges.LOW, ranges.MEDIAN, ranges.HIGH]) * (counts.sum() - 1)
    below = np.floor(place)
    found = np.empty((3, values.shape[1]))
    for line, (at, share) in enumerate(zip(below, place - below, strict=True)):
        low, high = (_at(ordered, reached, position) for position in (at, at + (share > 0)))
        found[line] = low + share * (high - low)
    return found


def _at(ordered: Floats, reached: Places, position: float) -> Floats:
    """What stands at a position once every row is written out as often as it counts."""
    row = (reached > position).argmax(axis=0)
    return np.asarray(np.take_along_axis(ordered, row[None], axis=0)[0])


def _names(choices: Choices, options: Places) -> tuple[str, str, str]:
    treat, missing, normalise = options
    return choices.treat[treat], choices.missing[missing], choices.normalise[normalise]


def _moved(variants: Variants, design: Design, kinds: Places, kind: Places) -> dict[int, Floats]:
    """Scores of uncertain indicators in each replicate, shape (runs, units) each."""
    units = len(variants.rows)
    found = {line: np.empty((len(design), units)) for line in variants.uncertain}
    for run, seed in enumerate(design.noise):
        names = _names(variants.choices, kinds[:, kind[run]])
        for line, drawn in variants.moved(*names, int(seed)):
            found[line][run] = drawn
    return found
