"""Figures of the census beside the scores in view: what a county has to work with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from govmaturity.analysis.imbalance import population_of
from govmaturity.analysis.inequality import Floats
from govmaturity.framework.model import Framework, Indicator, Input, Words
from govmaturity.scoring import Scores
from ui import datasets, loaders, scored
from ui.view import View


@dataclass(frozen=True)
class Census:
    """Figures of the units in view, by id and in their order; NaN where the census has none.

    `is_the_score` says that the score in view is made of these very figures.
    """

    figures: Mapping[str, Floats]
    names: Mapping[str, Words]
    units_of_measure: Mapping[str, Words]
    source: Words
    period: str
    is_the_score: bool

    @property
    def population(self) -> Floats:
        return self.figures[loaders.POPULATION]


def census(view: View) -> Census | None:
    """Return the census figures of the units in view, from the data themselves or the sample.

    None where no unit in view is in it.
    """
    is_the_score = view.framework.id == loaders.CENSUS
    framework = loaders.census_framework()
    if framework is None:
        return None
    scores = view.now if is_the_score else _sample_scores(framework)
    if scores is None:
        return None
    period = scores.periods[-1]
    latest = scores.at(period)
    row_of = {str(unit): row for row, unit in enumerate(latest.unit)}
    rows = np.array([row_of.get(str(unit), -1) for unit in view.now.unit])
    if (rows < 0).all():
        return None
    people = (population_of(latest, loaders.POPULATION) or {}).get(period, {})
    figures = {
        id_: np.where(rows >= 0, latest.raw.value[place][rows], np.nan)
        for place, id_ in enumerate(latest.raw.indicators)
    }
    figures[loaders.POPULATION] = np.array(
        [people.get(str(unit), np.nan) for unit in view.now.unit]
    )
    fields: dict[str, Input | Indicator] = {**framework.inputs, **framework.indicators}
    return Census(
        figures,
        {id_: fields[id_].name for id_ in figures},
        {id_: fields[id_].unit_of_measure for id_ in figures},
        framework.source,
        period,
        is_the_score,
    )


def _sample_scores(framework: Framework) -> Scores | None:
    sample = loaders.sample_of(loaders.CENSUS)
    if sample is None:
        return None
    dataset = datasets.sample_dataset(sample, framework)
    return scored.scores_of(dataset, framework, "", "", "")
