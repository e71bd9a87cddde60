"""Scores of indicators under every variant of treating, imputing and normalising.

They do not depend on weights or on how groups are combined, so each variant
is computed once and not once for every replicate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govmaturity.analysis.robustness.choices import STATED, Choices
from govmaturity.framework.methods import Normalise, Treat
from govmaturity.scoring import Scores
from govmaturity.scoring.impute import by_group
from govmaturity.scoring.normalise.apply import normalise_one
from govmaturity.scoring.prepare import TREATABLE
from govmaturity.scoring.treat import treat
from govmaturity.values.raw import MISSING
from govmaturity.values.table import Values

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True)
class Variants:
    """What replicates have in common.

    scores : Scores
        Of all periods, as the framework states it.
    rows : positions of the rows that are simulated, all of one period.
    errors : float, shape (indicators, all rows)
        Standard errors of values; 0 where there is none.
    """

    scores: Scores
    rows: Places
    choices: Choices
    errors: Floats
    _known: dict[tuple[str, str, str], Floats] = field(default_factory=dict)
    _values: dict[tuple[str, str], Floats] = field(default_factory=dict)

    def normalised(self, treated: str, missing: str, method: str) -> Floats:
        """Scores of the indicators, shape (indicators, rows)."""
        key = (treated, missing, method)
        if key not in self._known:
            if key == (STATED, STATED, STATED):
                places = [self.scores.plan.place(id_) for id_ in self.scores.plan.indicators]
                found = self.scores.score[places][:, self.rows]
            else:
                values = self.values(treated, missing)
                found = np.array([self._one(i, method, values[i]) for i in range(len(values))])
            self._known[key] = np.ascontiguousarray(found)
        return self._known[key]

    def values(self, treated: str, missing: str) -> Floats:
        """Values that are normalised, shape (indicators, all rows)."""
        key = (treated, missing)
        if key not in self._values:
            self._values[key] = self._filled(self._treated(treated), missing)
        return self._values[key]

    def moved(
        self, treated: str, missing: str, method: str, seed: int
    ) -> Iterator[tuple[int, Floats]]:
        """Indicators whose values are uncertain, with their scores in one replicate."""
        random = np.random.default_rng(seed)
        values = self.values(treated, missing)
        for i in self.uncertain:
            moved = values[i].copy()
            moved[self.rows] = self._move(i, moved[self.rows], random)
            yield i, self._one(i, method, moved)

    @cached_property
    def without(self) -> NDArray[np.bool_]:
        """What has no score as the framework states it, shape (nodes, rows)."""
        return np.isnan(self.scores.score[:, self.rows])

    @property
    def uncertain(self) -> list[int]:
        """Indicators with standard errors, and rubrics if they may be judged otherwise."""
        indicators = self.scores.framework.indicators
        return [
            i
            for i, id_ in enumerate(self.scores.plan.indicators)
            if (self.choices.errors and (self.errors[i][self.rows] > 0).any())
            or (self.choices.rubric > 0 and indicators[id_].measure == "rubric")
        ]

    def _move(self, place: int, values: Floats, random: np.random.Generator) -> Floats:
        indicator = self.scores.framework.indicators[self.scores.plan.indicators[place]]
        if indicator.measure == "rubric":
            moves = random.uniform(size=values.shape) < self.choices.rubric
            step = np.where(random.uniform(size=values.shape) < 0.5, -1.0, 1.0)
            ends = min(indicator.rubric), max(indicator.rubric)
            return np.clip(np.where(moves, values + step, values), *ends)
        return values + self.errors[place][self.rows] * random.normal(size=values.shape)

    def _one(self, place: int, method: str, values: Floats) -> Floats:
        framework = self.scores.framework
        indicator = framework.indicators[self.scores.plan.indicators[place]]
        chosen = framework.settings[indicator.id].normalise
        if method != STATED and indicator.measure != "choice":
            chosen = Normalise.model_validate({"method": method})
        found = normalise_one(framework, indicator, chosen, values, self.scores.period)
        return found[self.rows]

    def _treated(self, treated: str) -> Floats:
        if treated == STATED:
            return self.scores.value
        indicators = self.scores.framework.indicators
        found = self.scores.value.copy()
        for i, id_ in enumerate(self.scores.plan.indicators):
            if indicators[id_].measure in TREATABLE:
                found[i] = treat(id_, found[i], Treat())[0]
        return found

    def _filled(self, values: Floats, missing: str) -> Floats:
        if missing == STATED:
            return values
        indicators = self.scores.framework.indicators
        period = pd.factorize(self.scores.period)[0]
        gaps = (self.scores.raw.status == MISSING) & ~self.scores.screened
        found = values.copy()
        for i, id_ in enumerate(self.scores.plan.indicators):
            if indicators[id_].measure != "choice" and gaps[i].any():
                filled = by_group(values[i], period, "median")
                found[i] = np.where(gaps[i], filled, values[i])
        return found


def standard_errors(scores: Scores, values: Values) -> Floats:
    """Standard errors that came with the values, shape (indicators, rows).

    0 where there is none, or where the value was computed from inputs.
    """
    found = np.zeros(scores.value.shape)
    if "se" not in values.table.columns:
        return found
    told = values.table[values.table["se"].notna()]
    line = {id_: i for i, id_ in enumerate(scores.plan.indicators)}
    row = {key: i for i, key in enumerate(zip(scores.unit, scores.period, strict=True))}
    columns = (told["indicator"], told["unit"], told["period"], told["se"])
    for indicator, unit, period, error in zip(*columns, strict=True):
        if indicator in line and (unit, period) in row:
            found[line[indicator], row[unit, period]] = float(error)
    found[scores.raw.computed] = 0.0
    return found
