"""Scores of one node by period and unit, and the time between periods."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from govmaturity.analysis.inequality.sample import Floats
from govmaturity.scoring import Scores


@dataclass(frozen=True)
class Panel:
    """`values` has the shape (periods, units); NaN where a unit is not ranked in a period."""

    periods: tuple[str, ...]
    units: tuple[str, ...]
    values: Floats

    @property
    def years(self) -> float:
        """Years from the first period to the last."""
        return start_of(self.periods[-1]) - start_of(self.periods[0])


def panel_of(scores: Scores, node: str) -> Panel:
    """Scores of a node among rows ranked in it, periods in order, units in the order they come."""
    return _placed(scores, node, scores.of(node))


def ranks_of(scores: Scores, node: str) -> Panel:
    """Ranks of a node in each period, in the same shape."""
    ranks = scores.rank_of(node).astype(np.float64)
    return _placed(scores, node, np.where(ranks > 0, ranks, np.nan))


def levels_of(scores: Scores, node: str) -> Panel:
    """Levels of a node in each period, in the same shape; NaN where there is none."""
    levels = scores.level_of(node).astype(np.float64)
    return _placed(scores, node, np.where(levels > 0, levels, np.nan))


def _placed(scores: Scores, node: str, figures: Floats) -> Panel:
    units, periods = scores.units, scores.periods
    column = {unit: place for place, unit in enumerate(units)}
    row = {period: place for place, period in enumerate(periods)}
    values = np.full((len(periods), len(units)), np.nan)
    counted = scores.rank_of(node) > 0
    rows = [row[period] for period in scores.period]
    columns = [column[unit] for unit in scores.unit]
    values[rows, columns] = np.where(counted, figures, np.nan)
    return Panel(periods, units, values)


def start_of(period: str) -> float:
    """When a period begins, in years.

    Examples
    --------
    >>> start_of("2024"), start_of("2024-H2"), start_of("2024-Q2"), start_of("2024-07")
    (2024.0, 2024.5, 2024.25, 2024.5)
    """
    year, _, part = period.partition("-")
    parts = {"H": 2, "Q": 4}.get(part[:1], 12)
    return int(year) + (int(part.lstrip("HQ")) - 1) / parts if part else float(year)
