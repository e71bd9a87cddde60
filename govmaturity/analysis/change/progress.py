"""Is a unit on course to a target? Five states by a stated rule.

The change a year so far is set against the change a year that would have led
from the first score to the target by the year of the target. The rule is that
of the progress measure which Open SDG offers for the goals of the United
Nations, after Statistics Canada, with its limits of 95, 60 and 0 per cent. It
takes growth in per cent a year; here it is points a year, since a score may
be zero and the zero of a scale is chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from govmaturity.analysis.figures import of_same_units
from govmaturity.analysis.inequality.sample import Floats
from govmaturity.framework.model import Framework
from govmaturity.scoring.rank import TIE

# From the worst up, as levels are; a state is its position here.
STATES: Final = ("deteriorating", "limited", "moderate", "substantial", "achieved")
NO_STATE: Final = -1
SUBSTANTIAL: Final = 0.95
MODERATE: Final = 0.60
DEFAULT_YEARS: Final = 5


@dataclass(frozen=True)
class Progress:
    """States of units on the way to a target, and the figures that decide them.

    `state` is a position in `STATES`, `NO_STATE` for a unit without both
    scores. `yearly` and `needed` are points a year; `pace` is their ratio, NaN
    where nothing was needed from the first score on.
    """

    state: NDArray[np.int8]
    yearly: Floats
    needed: Floats
    pace: Floats
    target: float

    @property
    def counts(self) -> dict[str, int]:
        """How many units are in each state, those of no unit too."""
        return {name: int((self.state == place).sum()) for place, name in enumerate(STATES)}

    @property
    def left_out(self) -> int:
        return int((self.state == NO_STATE).sum())


def progress(
    start: ArrayLike,
    end: ArrayLike,
    years: float,
    target: float,
    years_to_target: float,
    width: float = 100.0,
) -> Progress:
    """Compare the change so far with what the target needs.

    Achieved: the last score is at the target or above it, whatever came
    before. Else, by the change a year as a share of the needed one:
    substantial from 95 per cent, moderate from 60, limited above 0,
    deteriorating at 0 or below.

    Parameters
    ----------
    start, end : array_like of float, shape (units,)
        Scores of the first and last period; a unit with NaN in either has no state.
    years : float
        From the first period to the last.
    target : float
        A score.
    years_to_target : float
        From the last period to the year of the target.
    width : float
        Of the scale; scores that differ by less than 1e-9 of it are the same.

    Raises
    ------
    ValueError
        If the shapes differ, `years` or `years_to_target` is not above zero,
        or the target is not a number.

    Examples
    --------
    Ten points in two years, where sixty in ten were needed: five of six a year.

    >>> found = progress([20.0], [30.0], years=2, target=80, years_to_target=8)
    >>> STATES[found.state[0]], float(found.yearly[0]), float(found.needed[0])
    ('moderate', 5.0, 6.0)
    """
    first, last = of_same_units({"start": start, "end": end})
    if not (years > 0 and years_to_target > 0):
        raise ValueError(f"both spans have to be above zero, got {years} and {years_to_target}")
    if not np.isfinite(target):
        raise ValueError(f"target has to be a number, got {target}")
    same = TIE * width
    whole = years + years_to_target
    yearly, needed = (last - first) / years, (target - first) / whole
    pace = np.divide(yearly, needed, out=np.full(len(first), np.nan), where=needed * whole > same)
    state = np.full(len(first), NO_STATE, dtype=np.int8)
    # Each line outdoes the one before it. Points, not ratios, are compared: no division by what
    # may be nothing, and one tolerance for all limits.
    known = ~np.isnan(yearly)
    state[known] = STATES.index("deteriorating")
    rises = known & (last - first > same)
    state[rises] = STATES.index("limited")
    state[rises & (yearly >= MODERATE * needed - same)] = STATES.index("moderate")
    state[rises & (yearly >= SUBSTANTIAL * needed - same)] = STATES.index("substantial")
    state[known & (last >= target - same)] = STATES.index("achieved")
    return Progress(state, yearly, needed, pace, float(target))


def default_target(framework: Framework) -> float:
    """Where the top level begins; without levels the top of the scale, all goalposts reached."""
    return framework.levels[-1].start if framework.levels else framework.scale[1]
