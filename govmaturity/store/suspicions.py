"""What a reviewer should look at that no single file shows: jumps, round numbers, top levels.

Pure functions of values; `queue` puts them in order by their effect.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np

from govmaturity.framework.fields import fields
from govmaturity.framework.model import Framework
from govmaturity.store.figures import StoredValue

ReviewCode = Literal["jump", "heaping", "all_top"]
REVIEW_CODES: Final[tuple[ReviewCode, ...]] = get_args(ReviewCode)

# Iglewicz and Hoaglin (1993), How to Detect and Handle Outliers: a modified
# z-score beyond 3.5, the median absolute deviation times 1.4826 being the
# standard deviation of a normal distribution.
_FAR: Final = 3.5
_TO_NORMAL: Final = 1.4826
# With fewer earlier periods there is no usual spread to speak of.
_FEWEST_PERIODS: Final = 3
# A unit whose history never moved may move by this share before it is asked.
_LEAST_SPREAD: Final = 0.02
_FEWEST_VALUES: Final = 10
# One number in five ends in 0 or 5 by chance; a binomial tail below 1 in 10,000.
_BY_CHANCE: Final = 0.2
_RARE: Final = 1e-4
_LEAST_ROUND: Final = 20.0
_FEWEST_RUBRICS: Final = 5
_FEWEST_SAME: Final = 5


@dataclass(frozen=True)
class Suspicion:
    """One reason to look at values of a unit.

    Parameters
    ----------
    code : str
        One of `REVIEW_CODES`, or of `intake.issues.CODES`.
    indicators : tuple of str
        Ids of the fields it is about.
    expected : float, optional
        What the value would be if it went on as before, in its unit of measure.
    found : str
        What was found, in no language.
    """

    code: str
    indicators: tuple[str, ...]
    expected: float | None = None
    found: str = ""


def jumps(
    values: Mapping[str, StoredValue],
    history: Sequence[Mapping[str, StoredValue]],
    steps: Mapping[str, float] | None = None,
) -> list[Suspicion]:
    """Find values far from the unit's own history, by the median absolute deviation.

    Parameters
    ----------
    values : mapping of str to StoredValue
        Of the period in question, by indicator.
    history : sequence of such mappings
        Of the earlier periods; three values are the fewest to judge by.
    steps : mapping of str to float, optional
        The smallest step of what has steps, such as 1 for a level or a count:
        one step is never a jump.

    Notes
    -----
    A value is far where it lies more than 3.5 scaled deviations from the
    median of its history (Iglewicz and Hoaglin 1993). The deviation counts as
    at least 2 % of the median, so that a value which never moved may move a little.
    """
    found = []
    for id_, value in values.items():
        if value.value is None:
            continue
        past = [one[id_].value for one in history if id_ in one]
        usual = usual_range([one for one in past if one is not None])
        if usual is None:
            continue
        middle, reach = usual
        reach = max(reach, (steps or {}).get(id_, 0.0))
        if reach and abs(value.value - middle) > reach:
            found.append(Suspicion("jump", (id_,), middle, f"{middle:.10g} → {value.value:.10g}"))
    return found


def usual_range(past: Sequence[float]) -> tuple[float, float] | None:
    """What a unit's earlier values let expect: their median, and how far from it is usual.

    Parameters
    ----------
    past : sequence of float
        Reported values of earlier periods; with fewer than three there is no
        usual range, and None is returned.

    Returns
    -------
    tuple of float, or None
        Median and reach in the unit of measure: 3.5 scaled median absolute
        deviations, or 3.5 times 2 % of the median where that is more. A reach
        of 0, all having been 0, judges nothing.

    Notes
    -----
    Source: Iglewicz and Hoaglin (1993), How to Detect and Handle Outliers.

    Examples
    --------
    >>> middle, reach = usual_range([10, 12, 11, 13, 11])
    >>> middle, round(reach, 4)
    (11.0, 5.1891)
    >>> usual_range([1, 2]) is None
    True
    """
    if len(past) < _FEWEST_PERIODS:
        return None
    values = np.array(past, dtype=np.float64)
    middle = float(np.median(values))
    spread = _TO_NORMAL * float(np.median(np.abs(values - middle)))
    return middle, _FAR * max(spread, _LEAST_SPREAD * abs(middle))


def heaping(values: Mapping[str, StoredValue]) -> list[Suspicion]:
    """Find a unit most of whose figures end in 0 or 5, as estimates do.

    Looks at reported whole numbers from 20 up; fewer than ten of them, or as
    many round ones as chance gives (binomial, one in five, tail of 1e-4), are
    nothing to ask about.
    """
    from scipy.stats import binom

    large = {
        id_: one.value
        for id_, one in values.items()
        if one.value is not None and one.value >= _LEAST_ROUND and float(one.value).is_integer()
    }
    round_ = tuple(id_ for id_, value in large.items() if value % 5 == 0)
    if len(large) < _FEWEST_VALUES:
        return []
    if float(binom.sf(len(round_) - 1, len(large), _BY_CHANCE)) >= _RARE:
        return []
    return [Suspicion("heaping", round_, found=f"{len(round_)}/{len(large)}")]


def top_levels(framework: Framework) -> dict[str, float]:
    """The highest level of every indicator with a rubric."""
    return {
        id_: max(option.value for option in field.options)
        for id_, field in fields(framework).items()
        if field.measure == "rubric" and field.options
    }


def smallest_steps(framework: Framework) -> dict[str, float]:
    """The smallest step of every field that has steps: counts, and levels of rubrics."""
    known = fields(framework).items()
    return {id_: 1.0 for id_, field in known if field.is_whole or field.measure == "rubric"}


def all_top(best: Mapping[str, float], values: Mapping[str, StoredValue]) -> list[Suspicion]:
    """Find a unit that claims the highest level of every rubric, of five or more.

    `best` is what `top_levels` gives.
    """
    claimed = {id_: values[id_].value for id_ in best if id_ in values}
    reported = {id_: value for id_, value in claimed.items() if value is not None}
    if len(reported) < _FEWEST_RUBRICS or any(best[id_] != reported[id_] for id_ in reported):
        return []
    return [Suspicion("all_top", tuple(reported), found=f"{len(reported)}/{len(reported)}")]


def same_as_others(
    values: Mapping[str, Mapping[str, StoredValue]], units: Collection[str]
) -> dict[str, Suspicion]:
    """Find units that report the same figures as another one, in whatever file they came.

    Parameters
    ----------
    values : mapping of str to mapping
        The values of all units of a period.
    units : collection of str
        Those that are asked about.

    Returns
    -------
    dict of str to Suspicion
        By unit; `found` names the first other one. Same is every reported
        figure, five or more and not all the same number.
    """
    alike: dict[frozenset[tuple[str, float]], list[str]] = {}
    for unit in sorted(values):
        said = frozenset(
            (id_, one.value) for id_, one in values[unit].items() if one.value is not None
        )
        if len(said) >= _FEWEST_SAME and len({value for _, value in said}) > 1:
            alike.setdefault(said, []).append(unit)
    found = {}
    for said, same in alike.items():
        for unit in same:
            others = [other for other in same if other != unit]
            if others and unit in units:
                indicators = tuple(sorted(id_ for id_, _ in said))
                found[unit] = Suspicion("same_as_unit", indicators, found=others[0])
    return found
