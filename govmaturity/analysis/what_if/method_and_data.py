"""Share out a change of scores between a change of method and a change of data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from govmaturity.analysis.inequality.sample import Floats, UndefinedMeasureError
from govmaturity.scoring import Scores
from govmaturity.scoring.rank import TIE, ranks

Of = Literal["score", "rank"]


@dataclass(frozen=True)
class MethodAndData:
    """A change of each unit, in points or places: `method` + `data` is after - before.

    Arrays have the shape (units,). `left_out` counts units that lack a score
    in one of the four combinations of framework and period.
    """

    units: tuple[str, ...]
    before: Floats
    after: Floats
    method: Floats
    data: Floats
    left_out: int

    @property
    def total(self) -> Floats:
        return self.after - self.before

    def turned(self) -> MethodAndData:
        """The same with the sign of every figure changed: ranks lost become places gained."""
        return replace(
            self, before=-self.before, after=-self.after, method=-self.method, data=-self.data
        )


def method_and_data(
    old: Scores, new: Scores, before: str, after: str, of: Of = "score"
) -> MethodAndData:
    """Split the change from one framework and period to another framework and period.

    Parameters
    ----------
    old, new : Scores
        The same units under the first and the second framework, each with
        both periods.
    before, after : str
        Periods of the first and of the second; the same one if only the
        framework changes.
    of : {"score", "rank"}
        Scores of the root in points, or its ranks among the units that are
        compared (1 is best, so a fall of the figure is a rise).

    Raises
    ------
    ValueError
        If scores are on different scales, or a period is missing.
    UndefinedMeasureError
        `too_few_units` where no unit has all four scores.

    Notes
    -----
    With s(framework, period): the method's part is the mean of what the new
    framework does to the old data, s(new, before) - s(old, before), and to the
    new data, s(new, after) - s(old, after); the data's part is the mean of
    what they do under the old framework and under the new. That is the
    Shapley value of two players: both parts add up to the change, and neither
    depends on which of the two is said to have come first. Source: Shorrocks
    (2013), Decomposition procedures for distributional analysis, Journal of
    Economic Inequality 11.
    """
    if of == "score" and old.framework.scale != new.framework.scale:
        raise ValueError(
            f"points of {old.framework.scale} and {new.framework.scale} are not the same"
        )
    for name, scores in (("old", old), ("new", new)):
        for period in (before, after):
            if period not in scores.periods:
                listed = ", ".join(scores.periods)
                raise ValueError(f"{name} has no period {period!r}; expected one of: {listed}")
    cells = [
        _by_unit(scores, period) for scores, period in ((old, before), (new, before), (old, after))
    ]
    cells.append(_by_unit(new, after))
    everybody = set().union(*cells)
    units = [unit for unit in cells[0] if all(unit in cell for cell in cells)]
    if not units:
        raise UndefinedMeasureError("too_few_units")
    table = np.array([[cell[unit] for unit in units] for cell in cells])
    if of == "rank":
        table = _ranked(table, (old.framework.width, new.framework.width))
    first, new_before, old_after, last = table
    return MethodAndData(
        tuple(units),
        first,
        last,
        ((new_before - first) + (last - old_after)) / 2,
        ((old_after - first) + (last - new_before)) / 2,
        len(everybody) - len(units),
    )


def _by_unit(scores: Scores, period: str) -> dict[str, float]:
    """Scores of the root of the units that are ranked."""
    here = scores.at(period)
    root = here.plan.root
    is_ranked = here.rank_of(root) > 0
    return dict(zip(map(str, here.unit[is_ranked]), here.of(root)[is_ranked].tolist(), strict=True))


def _ranked(table: Floats, widths: tuple[float, float]) -> Floats:
    among = np.zeros(table.shape[1], dtype=np.intp)
    old, new = ([row, row + 2] for row in (0, 1))
    found = np.empty(table.shape)
    for rows, width in zip((old, new), widths, strict=True):
        found[rows] = ranks(table[rows], among, TIE * width)
    return found
