"""Who may be left out of digital services: where ageing, illiteracy and little schooling meet.

Figures of the census, so they say whom services have to reach, and nothing of
how good services are (document 001, focal point 5; document 003).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from govmaturity.analysis.inequality.sample import Floats, UndefinedMeasureError

# Whether more of it exposes (1) or less (-1).
CONDITIONS: Final[dict[str, int]] = {
    "share_65_plus_pct": 1,
    "illiterate_15_plus_pct": 1,
    "mean_years_schooling": -1,
}
WORST: Final = 0.25
MIN_UNITS: Final = 8


@dataclass(frozen=True)
class Exposure:
    """Exposure of each unit, shape (units,).

    count : int
        In how many conditions the unit is in the worst quarter; -1 where a
        condition is not known.
    lines : mapping of condition to float
        From where on the worst quarter begins, in the condition's unit of measure.
    elders : float, persons
        Residents aged 65+, from their share; NaN where unknown.
    """

    count: NDArray[np.int8]
    lines: dict[str, float]
    population: Floats
    elders: Floats

    def people(self, at_least: int) -> tuple[int, float, float]:
        """Units with so many conditions or more, their residents, and of these those aged 65+."""
        inside = self.count >= at_least
        population = float(np.nansum(self.population[inside]))
        return int(inside.sum()), population, float(np.nansum(self.elders[inside]))


def exposure(conditions: Mapping[str, ArrayLike], population: ArrayLike) -> Exposure:
    """Count in how many conditions each unit is in the worst quarter of all units given.

    Parameters
    ----------
    conditions : mapping of str to array_like of float, shape (units,)
        By the names in `CONDITIONS`, in the census's units of measure; NaN is
        unknown, and leaves the unit without a count.
    population : array_like of float, shape (units,), persons

    Returns
    -------
    Exposure
        A unit on the line of the worst quarter counts as in it, if it is
        worse than the middle one. The quarter is one of the units given: in
        another region other units are in it.

    Raises
    ------
    ValueError
        If a condition is lacking or shapes differ.
    UndefinedMeasureError
        `too_few_units` with fewer than eight units that have all conditions.

    Notes
    -----
    Quartiles by linear interpolation (type 7).

    Examples
    --------
    >>> worse = [5, 6, 7, 8, 9, 10, 11, 30]
    >>> found = exposure({"share_65_plus_pct": worse, "illiterate_15_plus_pct": worse,
    ...                   "mean_years_schooling": [9] * 7 + [4]}, [100] * 8)
    >>> found.count.tolist(), found.people(3)
    ([0, 0, 0, 0, 0, 0, 2, 3], (1, 100.0, 30.0))
    """
    lacking = [name for name in CONDITIONS if name not in conditions]
    if lacking:
        raise ValueError(f"exposure needs {', '.join(CONDITIONS)}; missing: {lacking}")
    people = np.asarray(population, dtype=np.float64)
    values = np.array([np.asarray(conditions[name], dtype=np.float64) for name in CONDITIONS])
    if values.shape[1:] != people.shape:
        raise ValueError(f"conditions have the shape {values.shape[1:]}, population {people.shape}")
    known = ~np.isnan(values).any(axis=0)
    if known.sum() < MIN_UNITS:
        raise UndefinedMeasureError("too_few_units")
    count = np.zeros(len(people), dtype=np.int8)
    lines: dict[str, float] = {}
    for (name, direction), given in zip(CONDITIONS.items(), values, strict=True):
        line = float(np.quantile(given[known] * direction, 1 - WORST)) * direction
        lines[name] = line
        middle = float(np.median(given[known]))
        count += (
            known
            & (given * direction >= line * direction)
            # Where most units are alike, the line is what is usual and exposes nobody.
            & (given * direction > middle * direction)
        )
    count[~known] = -1
    share = np.asarray(conditions["share_65_plus_pct"], dtype=np.float64)
    return Exposure(count, lines, people, people * share / 100)
