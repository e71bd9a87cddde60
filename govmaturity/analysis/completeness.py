"""How complete the data are: which values that apply are there, and which are not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from govmaturity.scoring import Scores
from govmaturity.values.raw import NOT_APPLICABLE, REPORTED
from govmaturity.values.table import STATUSES

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Completeness:
    """Counts of values, one for each unit and indicator.

    `counts` has the shape (indicators, statuses), with the statuses in the order
    of `STATUSES`. Of the `units`, `full` have every value that applies to them,
    `unscored` have no score of the root. `coverage` is the mean over units of
    the root's coverage, which counts values by their weight; NaN where nothing
    applies to any of them.
    """

    indicators: tuple[str, ...]
    counts: NDArray[np.intp]
    units: int
    full: int
    unscored: int
    coverage: float

    @property
    def shares(self) -> Floats:
        """Share of the values that apply that is there, by indicator; NaN where none applies."""
        return _share(self.counts)

    @property
    def share(self) -> float:
        """The same of all indicators together; each value counts once, whatever its weight."""
        return float(_share(self.counts.sum(axis=0, keepdims=True))[0])

    @property
    def lacking(self) -> list[int]:
        """Positions of the indicators that lack values, those that lack most first."""
        absent = 1 - np.nan_to_num(self.shares, nan=1.0)
        order = np.argsort(-absent, kind="stable")
        return [int(place) for place in order if absent[place] > 0]


def completeness(scores: Scores) -> Completeness:
    """Count which values are there.

    Parameters
    ----------
    scores : Scores
        Of one period; what counts is what was reported, before anything is
        imputed, of the indicators that the profile uses.

    Raises
    ------
    ValueError
        If the scores have several periods.
    """
    if len(scores.periods) > 1:
        raise ValueError(f"scores need one period, got {', '.join(scores.periods)}")
    status = scores.raw.status
    counts = np.stack([(status == code).sum(axis=1) for code in range(len(STATUSES))], axis=1)
    is_there = (status == REPORTED) | (status == NOT_APPLICABLE)
    applies = (status != NOT_APPLICABLE).any(axis=0)
    root = scores.plan.root
    coverage = scores.coverage_of(root)
    known = coverage[~np.isnan(coverage)]
    return Completeness(
        scores.plan.indicators,
        counts,
        units=status.shape[1],
        full=int((is_there.all(axis=0) & applies).sum()),
        unscored=int(np.isnan(scores.of(root)).sum()),
        coverage=float(known.mean()) if len(known) else float("nan"),
    )


def _share(counts: NDArray[np.intp]) -> Floats:
    apply = counts.sum(axis=1) - counts[:, NOT_APPLICABLE]
    out = np.full(len(counts), np.nan)
    return np.divide(counts[:, REPORTED], apply, out=out, where=apply > 0)
