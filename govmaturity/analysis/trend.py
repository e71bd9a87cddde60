"""How scores move: the group's band, five states of progress, and what moved a score."""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial
from typing import Final, Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govmaturity.scoring import Scores
from govmaturity.scoring.aggregate import arithmetic, geometric
from govmaturity.scoring.plan import GroupPlan

Floats = NDArray[np.float64]
State = Literal["deterioration", "limited", "moderate", "substantial", "achieved"]
STATES: Final[tuple[State, ...]] = get_args(State)
# Points of a scale of 100 a year.
WORSE, MODERATE, SUBSTANTIAL = -0.5, 0.5, 1.5
# Splitting among more parts than this would take too many combinations.
MOST_PARTS: Final = 14
_NOISE: Final = 1e-9


@dataclass(frozen=True)
class Split:
    """A change and the points that each part brings to it; they sum to it.

    `is_exact` says that each part's points are its weight times its own
    change; otherwise they are Shapley values.
    """

    before: float
    after: float
    parts: dict[str, float]
    is_exact: bool


def band(scores: Scores, node: str) -> pd.DataFrame:
    """Middle of the ranked units in each period.

    Returns
    -------
    DataFrame
        Columns `period`, `low`, `median`, `high` (quartiles, linear, type 7)
        and `units`; a period in which no ranked unit has a score has NaN.
    """
    values = np.where(scores.rank_of(node) > 0, scores.of(node), np.nan)
    rows = []
    for period in scores.periods:
        inside = values[scores.period == period]
        known = inside[~np.isnan(inside)]
        low, middle, high = np.percentile(known, [25, 50, 75]) if len(known) else [np.nan] * 3
        rows.append((period, low, middle, high, len(known)))
    return pd.DataFrame(rows, columns=["period", "low", "median", "high", "units"])


def years(period: str) -> float:
    """Where a period begins, in years.

    Examples
    --------
    >>> years("2024"), years("2024-H2"), years("2024-Q3"), years("2024-07")
    (2024.0, 2024.5, 2024.5, 2024.5)
    """
    year, _, part = period.partition("-")
    if not part:
        return float(year)
    pieces = {"H": 2, "Q": 4}.get(part[0], 12)
    return float(year) + (int(part.lstrip("HQ")) - 1) / pieces


def progress(scores: Scores, node: str, first: str, last: str) -> pd.DataFrame:
    """State of progress of each unit between two periods.

    Parameters
    ----------
    scores : Scores
        Of both periods.
    node : str
    first, last : str

    Returns
    -------
    DataFrame
        Columns `unit`, `before`, `after`, `yearly` (points a year) and
        `state`; units that lack a score in one of the periods are left out.

    Raises
    ------
    ValueError
        If `last` does not begin after `first`.

    Notes
    -----
    Achieved: the score is in the highest level, or without levels in the
    highest twentieth of the scale. Otherwise the mean change in a year on a
    scale of 100: from 1.5 points substantial, from 0.5 moderate, from -0.5
    limited, else deterioration. The cuts are those that Statistics Canada's
    method, also used by Open SDG, sets for growth in per cent a year where
    there is no numerical target; points take the place of per cents because
    the zero of a score is a convention.
    """
    apart = years(last) - years(first)
    if apart <= 0:
        raise ValueError(f"needs a later period after the first, got {first!r} and {last!r}")
    tables = []
    for period in (first, last):
        rows = scores.period == period
        tables.append(pd.Series(scores.of(node)[rows], index=scores.unit[rows].astype(str)))
    found = pd.DataFrame({"before": tables[0], "after": tables[1]}).dropna()
    width = scores.framework.width
    found["yearly"] = (found["after"] - found["before"]) / apart
    pace = 100 * found["yearly"].to_numpy() / width + _NOISE
    slow = np.searchsorted([WORSE, MODERATE, SUBSTANTIAL], pace, side="right")
    is_there = found["after"].to_numpy() >= _goal(scores) - _NOISE * width
    found["state"] = [
        STATES[4 if there else one] for there, one in zip(is_there, slow, strict=True)
    ]
    return found.rename_axis("unit").reset_index()


def _goal(scores: Scores) -> float:
    framework = scores.framework
    if framework.levels:
        return float(framework.levels[-1].start)
    return float(framework.scale[1]) - framework.width / 20


def split_change(scores: Scores, unit: str, before: str, after: str, node: str) -> Split | None:
    """Split the change of a group's score between its parts.

    Parameters
    ----------
    scores : Scores
        Of both periods.
    unit, before, after, node : str

    Returns
    -------
    Split or None
        None for an indicator, where the unit lacks a score in one of the
        periods, where what is missing leaves nothing to combine on the way,
        or where more than fourteen parts would need too many combinations.

    Raises
    ------
    KeyError
        If the unit is not in one of the periods.

    Notes
    -----
    Of an arithmetic mean of the same parts in both periods, a part brings its
    weight times its change. Otherwise (geometric means, parts that are
    missing in one period) each part gets its Shapley value: the mean, over
    all orders in which the parts could change one after the other, of what it
    adds when its turn comes. Shorrocks (2013), Decomposition procedures for
    distributional analysis.
    """
    rows = [scores.row(unit, before), scores.row(unit, after)]
    group = scores.plan.group(node)
    ends = scores.of(node)[rows]
    if group is None or np.isnan(ends).any():
        return None
    names = [scores.plan.nodes[place] for place in group.children]
    parts = scores.score[list(group.children)][:, rows]
    known = ~np.isnan(parts)
    is_exact = group.aggregate.method == "arithmetic" and bool((known[:, 0] == known[:, 1]).all())
    if is_exact:
        weights = np.where(known[:, 0], group.weights, 0.0)
        points = weights / weights.sum() * np.nan_to_num(parts[:, 1] - parts[:, 0])
    else:
        shares = shapley(group, parts)
        if shares is None:
            return None
        points = shares
    found = {name: float(value) for name, value in zip(names, points, strict=True)}
    return Split(float(ends[0]), float(ends[1]), found, is_exact)


def split_to_indicators(scores: Scores, unit: str, before: str, after: str) -> Split | None:
    """Split the change of the root down to its indicators.

    Each group's share is handed on to its parts in proportion to what they
    bring to the group's own change. None as for `split_change`, for any group
    that has a share to hand on.
    """
    root = split_change(scores, unit, before, after, scores.plan.root)
    if root is None:
        return None
    found: dict[str, float] = {}
    is_exact = root.is_exact
    waiting = list(root.parts.items())
    while waiting:
        node, share = waiting.pop(0)
        if scores.plan.group(node) is None or abs(share) < _NOISE:
            found[node] = found.get(node, 0.0) + share
            continue
        inside = split_change(scores, unit, before, after, node)
        own = sum(inside.parts.values()) if inside else 0.0
        if inside is None or abs(own) < _NOISE:
            return None
        is_exact &= inside.is_exact
        waiting += [(part, share * points / own) for part, points in inside.parts.items()]
    return Split(root.before, root.after, found, is_exact)


def shapley(group: GroupPlan, parts: Floats) -> Floats | None:
    """Shapley values of a group's parts for its change.

    Parameters
    ----------
    group : GroupPlan
    parts : ndarray of float, shape (parts, 2)
        Scores before and after; NaN for what is missing.

    Returns
    -------
    ndarray of float, shape (parts,), or None
        They sum to the change of the group.
    """
    count = len(parts)
    if count > MOST_PARTS:
        return None
    # Column s holds the parts of which those in the bits of s have changed already.
    changed = (np.arange(2**count)[None, :] >> np.arange(count)[:, None]) & 1 == 1
    mixed = np.where(changed, parts[:, [1]], parts[:, [0]])
    value = (
        geometric(mixed, group.weights, group.aggregate.floor or 0.0)
        if group.aggregate.method == "geometric"
        else arithmetic(mixed, group.weights)
    )
    if np.isnan(value).any():
        return None
    sizes = changed.sum(axis=0)
    weight = np.array(
        [factorial(s) * factorial(count - s - 1) / factorial(count) for s in range(count)]
    )
    result = np.empty(count)
    for part in range(count):
        without = np.flatnonzero(~changed[part])
        gain = value[without | (1 << part)] - value[without]
        result[part] = (weight[sizes[without]] * gain).sum()
    return result
