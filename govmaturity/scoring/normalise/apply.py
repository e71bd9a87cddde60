"""Normalise every indicator of a plan by the method that is in force for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from govmaturity.framework.check_methods import ON_THE_SCALE, SAMPLE_BASED, WITH_GOALPOSTS
from govmaturity.framework.methods import Normalise
from govmaturity.framework.model import Direction, Framework, Indicator
from govmaturity.scoring.errors import MethodError
from govmaturity.scoring.normalise import fixed, sample
from govmaturity.scoring.plan import Plan

Floats = NDArray[np.float64]
_Place = Callable[[Floats, float, float], Floats]
_BETWEEN: Final[dict[str, _Place]] = {
    "goalposts": fixed.to_goalposts,
    "log_goalposts": fixed.to_log_goalposts,
    "efficacy": fixed.to_efficacy,
}
_Among = Callable[[Floats, bool, Normalise, Floats], Floats]
_AMONG: Final[dict[str, _Among]] = {
    "min_max": lambda x, up, _, r: sample.min_max(x, up, reference=r),
    "z_score": lambda x, up, n, r: sample.z_score(x, up, population=n.population, reference=r),
    "t_score": lambda x, up, n, r: (
        n.centre + n.spread * sample.z_score(x, up, population=n.population, reference=r)
    ),
    "rank": lambda x, up, _, r: sample.rank(x, up, reference=r),
    "percent_rank": lambda x, up, _, r: sample.percent_rank(x, up, reference=r),
    "borda": lambda x, up, _, r: sample.borda(x, up, reference=r),
    "share_of_maximum": lambda x, up, _, r: sample.share_of_maximum(x, up, reference=r),
    "distance_to_target": lambda x, up, n, r: sample.distance_to_target(
        x, n.target or 0.0, up, reference=r
    ),
    "categories": lambda x, up, n, r: sample.categories(x, n.classes or 2, up, reference=r),
}


def normalise(
    plan: Plan, values: Floats, unit: NDArray[np.object_], period: NDArray[np.object_]
) -> tuple[Floats, NDArray[np.bool_]]:
    """Bring the values of the plan's indicators to the framework's scale.

    Parameters
    ----------
    plan : Plan
    values : ndarray of float, shape (indicators, rows)
        Each in its unit of measure; NaN where there is none.
    unit, period : ndarray of str, shape (rows,)

    Returns
    -------
    scores : ndarray of float, shape (indicators, rows)
        On the framework's scale, but for z-scores, T-scores, ranks and Borda
        counts; NaN where there is no value.
    clipped : ndarray of bool, the same shape
        Values that lay beyond a goalpost and were held at it.

    Raises
    ------
    MethodError
        If a value does not allow its indicator's method; it names the units.
    """
    scores = np.empty(values.shape)
    clipped = np.zeros(values.shape, dtype=bool)
    for i, id_ in enumerate(plan.indicators):
        indicator = plan.framework.indicators[id_]
        chosen = plan.framework.settings[id_].normalise
        _refuse(indicator, chosen, values[i], unit, period)
        scores[i] = normalise_one(plan.framework, indicator, chosen, values[i], period)
        ends = goalposts(plan.framework, indicator)
        if ends is not None:
            clipped[i] = (values[i] < min(ends)) | (values[i] > max(ends))
    return scores, clipped


def goalposts(framework: Framework, indicator: Indicator) -> tuple[float, float] | None:
    """The worst and best raw value in force: the stated ones, or the natural ends of the measure.

    None where the method knows none (points, identity, sample-based methods).
    """
    if framework.settings[indicator.id].normalise.method not in WITH_GOALPOSTS:
        return None
    return ends_of(indicator)


def ends_of(indicator: Indicator) -> tuple[float, float]:
    """Goalposts of an indicator, stated or natural. Raises KeyError if it has neither."""
    if indicator.goalposts is not None:
        return indicator.goalposts.worst, indicator.goalposts.best
    ends = {
        "yes_no": (0.0, 1.0),
        "checklist": (0.0, 100.0),
        "survey_mean": indicator.answers,
        "rubric": (min(indicator.rubric, default=0), max(indicator.rubric, default=1)),
    }[indicator.measure]
    return (ends[1], ends[0]) if indicator.direction == "lower" else (ends[0], ends[1])


def direction(framework: Framework, indicator: Indicator) -> Direction:
    """Which raw value is better, from the goalposts where it is not stated."""
    if indicator.direction is not None:
        return indicator.direction
    ends = goalposts(framework, indicator)
    return "lower" if ends is not None and ends[1] < ends[0] else "higher"


def normalise_one(
    framework: Framework,
    indicator: Indicator,
    chosen: Normalise,
    values: Floats,
    period: NDArray[np.object_],
) -> Floats:
    """Normalise one indicator by a method, its own or another.

    Parameters
    ----------
    framework : Framework
    indicator : Indicator
    chosen : Normalise
    values : ndarray of float, shape (rows,)
        In its unit of measure; NaN where there is none.
    period : ndarray of str, shape (rows,)

    Returns
    -------
    ndarray of float, shape (rows,)
        On the framework's scale where the method keeps to it.

    Raises
    ------
    ValueError
        If a value does not allow the method.
    """
    if chosen.method == "identity":
        return values
    if chosen.method == "points":
        points = np.array([np.nan, *(option.points for option in indicator.options)])
        return points[np.nan_to_num(values).astype(np.intp)]
    if chosen.method == "thresholds":
        return fixed.to_thresholds(values, chosen.thresholds, chosen.scores)
    if chosen.method == "chain":
        return _chain(framework, indicator, chosen, values, period)
    return _on_scale(framework, chosen, to_shares(indicator, chosen, values, period))


def _chain(
    framework: Framework,
    indicator: Indicator,
    chosen: Normalise,
    values: Floats,
    period: NDArray[np.object_],
) -> Floats:
    found = to_shares(indicator, chosen.steps[0], values, period)
    for step in chosen.steps[1:]:
        found = among(step, found, True, period)
    return _on_scale(framework, chosen.steps[-1], found)


def _on_scale(framework: Framework, chosen: Normalise, found: Floats) -> Floats:
    if chosen.method not in ON_THE_SCALE:
        return found
    if chosen.floor is not None:
        return chosen.floor + (framework.scale[1] - chosen.floor) * found
    return framework.scale[0] + framework.width * found


def to_shares(
    indicator: Indicator, chosen: Normalise, values: Floats, period: NDArray[np.object_]
) -> Floats:
    """What a method finds before it is brought to the scale: shares of it, or ranks and the like.

    Parameters
    ----------
    indicator : Indicator
    chosen : Normalise
        One that is a step of its own: no chain, points, thresholds or identity.
    values : ndarray of float, shape (rows,)
        In the unit of measure; NaN stays NaN.
    period : ndarray of str, shape (rows,)
    """
    if chosen.method in _BETWEEN:
        return _BETWEEN[chosen.method](values, *ends_of(indicator))
    if chosen.method == "target_band" and chosen.band and chosen.limits:
        return fixed.to_target_band(values, chosen.band, chosen.limits)
    return among(chosen, values, higher_is_better(indicator), period)


def higher_is_better(indicator: Indicator) -> bool:
    """Which raw value is better: as stated, or as the goalposts say."""
    posts = indicator.goalposts
    if indicator.direction is None and posts is not None:
        return posts.best > posts.worst
    return indicator.direction != "lower"


def among(chosen: Normalise, values: Floats, up: bool, period: NDArray[np.object_]) -> Floats:
    """What a sample-based method finds among the rows that its basis names, shape (rows,).

    `up` says whether more is better; NaN stays NaN.
    """
    place = _AMONG[chosen.method]
    if chosen.basis == "pooled":
        return place(values, up, chosen, values)
    if chosen.basis != "period":
        return place(values, up, chosen, values[period == chosen.basis])
    shares = np.empty(values.shape)
    for one in set(period):
        rows = period == one
        shares[rows] = place(values[rows], up, chosen, values[rows])
    return shares


def _refuse(
    indicator: Indicator,
    chosen: Normalise,
    values: Floats,
    unit: NDArray[np.object_],
    period: NDArray[np.object_],
) -> None:
    """Refuse values that a method cannot take, before it is asked to."""
    first = chosen.steps[0] if chosen.steps else chosen
    wrong = np.zeros(values.shape, dtype=bool)
    if first.method == "log_goalposts":
        wrong = values < 0
    elif first.method == "share_of_maximum":
        wrong = (values <= 0) if indicator.direction == "lower" else (values < 0)
        if not wrong.any() and np.nanmax(values, initial=-np.inf) == 0:
            wrong = values == 0
    if wrong.any():
        least = f"{values[wrong].min():g}"
        raise MethodError(
            "values_too_low", indicator.id, first.method, least, places(unit, period, wrong)
        )
    if first.method in SAMPLE_BASED and first.basis not in ("period", "pooled"):
        known = (period == first.basis) & ~np.isnan(values)
        if not known.any() and not np.isnan(values).all():
            raise MethodError("no_base_period", indicator.id, first.method, first.basis)


def places(
    unit: NDArray[np.object_], period: NDArray[np.object_], rows: NDArray[np.bool_]
) -> list[str]:
    """The units that a fault was found in, with their periods."""
    return [f"{u} ({p})" for u, p in zip(unit[rows], period[rows], strict=True)]
