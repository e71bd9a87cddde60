"""Do low units catch up? Sigma and beta convergence of scores.

Both work on logs of scores, so scores of zero or less are left out and
counted. Scores near the top of the scale cannot rise much: part of any
convergence of high scores is that ceiling.

Sources: Barro and Sala-i-Martin (1992), Convergence, JPE 100:223; robust
errors HC3 as in MacKinnon and White (1985). Formulas as in methods.md section 7.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from govmaturity.analysis.figures import of_same_units
from govmaturity.analysis.inequality.sample import Floats, UndefinedMeasureError

LEVEL: Final = 0.95
# A line through fewer points has no error to speak of.
MIN_PERIODS_FOR_TREND: Final = 3


@dataclass(frozen=True)
class Sigma:
    """Spread of logs by period; falling is convergence.

    `spread` is the standard deviation of ln score (divided by n), one figure
    per period; `trend` its mean change per step from period to period,
    NaN with fewer than three. `left_out` counts units without a positive
    score in every period.
    """

    spread: tuple[float, ...]
    trend: float
    n: int
    left_out: int


@dataclass(frozen=True)
class Beta:
    """Growth against starting score: `slope` below zero is convergence.

    `low`, `high` are the slope's robust interval. `speed` is the share of the
    distance closed per year, `half_life` years to halve it; NaN where units
    do not converge, or overshoot (1 + slope x years is zero or less).
    `controls` are the slopes of what was controlled for.
    """

    slope: float
    low: float
    high: float
    speed: float
    half_life: float
    years: float
    n: int
    left_out: int
    r_squared: float
    controls: Mapping[str, float]

    @property
    def is_conditional(self) -> bool:
        return bool(self.controls)

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def sigma(scores: ArrayLike) -> Sigma:
    """Spread of the logs of scores over periods.

    Parameters
    ----------
    scores : array_like of float, shape (periods, units)
        On a scale that starts at zero. A unit without a score above zero in
        some period is left out of all, so that the same units are compared.

    Raises
    ------
    ValueError
        If `scores` is not two-dimensional.
    UndefinedMeasureError
        `too_few_units` with fewer than two left, `one_period`.
    """
    y = np.asarray(scores, dtype=np.float64)
    if y.ndim != 2:
        raise ValueError(f"scores need the shape (periods, units), got {y.shape}")
    if len(y) < 2:
        raise UndefinedMeasureError("one_period")
    kept = (np.nan_to_num(y) > 0).all(axis=0)
    if kept.sum() < 2:
        raise UndefinedMeasureError("too_few_units")
    spread = np.log(y[:, kept]).std(axis=1)
    trend = float("nan")
    if len(y) >= MIN_PERIODS_FOR_TREND:
        trend = float(np.polyfit(np.arange(len(y)), spread, 1)[0])
    return Sigma(tuple(map(float, spread)), trend, int(kept.sum()), int((~kept).sum()))


def beta(
    start: ArrayLike,
    end: ArrayLike,
    years: float,
    controls: Mapping[str, ArrayLike] | None = None,
) -> Beta:
    """Regress yearly growth on the starting score, absolute or conditional on controls.

    Parameters
    ----------
    start, end : array_like of float, shape (units,)
        Scores; units without both, or with zero or less, are left out.
    years : float
        Between them.
    controls : mapping of name to array_like of float, shape (units,), optional
        Where units head for different ends, what tells them apart; a unit
        without one is left out.

    Raises
    ------
    ValueError
        If shapes differ or `years` is not above zero.
    UndefinedMeasureError
        `too_few_units` with fewer than two beyond the number of slopes,
        `no_variation` if all start alike or controls repeat each other.

    Notes
    -----
    (1 / T) ln(y_T / y_0) = a + b ln y_0 + e; speed = -ln(1 + b T) / T.
    """
    given = {f"control {name}": figure for name, figure in (controls or {}).items()}
    y0, y1, *added = of_same_units({"start": start, "end": end, **given})
    others = dict(zip(controls or {}, added, strict=True))
    if not years > 0:
        raise ValueError(f"years has to be above zero, got {years}")
    kept = (np.nan_to_num(y0) > 0) & (np.nan_to_num(y1) > 0)
    for x in others.values():
        kept &= ~np.isnan(x)
    n, slopes = int(kept.sum()), 1 + len(others)
    if n < slopes + 3:
        raise UndefinedMeasureError("too_few_units")
    growth = np.log(y1[kept] / y0[kept]) / years
    design = np.column_stack([np.ones(n), np.log(y0[kept]), *(x[kept] for x in others.values())])
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise UndefinedMeasureError("no_variation")
    slope, (low, high), rest, r_squared = _fit(growth, design)
    closes = 1 + slope * years
    is_closing = slope < 0 and closes > 0
    speed = -np.log(closes) / years if is_closing else float("nan")
    return Beta(
        slope,
        low,
        high,
        float(speed),
        float(np.log(2) / speed) if is_closing else float("nan"),
        years,
        n,
        int((~kept).sum()),
        r_squared,
        dict(zip(others, rest, strict=True)),
    )


def _fit(growth: Floats, design: Floats) -> tuple[float, tuple[float, float], list[float], float]:
    import statsmodels.api as sm

    model = sm.OLS(growth, design).fit()
    total = float(((growth - growth.mean()) ** 2).sum())
    r_squared = float(model.rsquared) if total > 0 else float("nan")
    slope = float(model.params[1])
    leverage = model.get_influence().hat_matrix_diag
    if (leverage > 1 - 1e-9).any():
        # HC3 divides by 1 - leverage: a unit that alone decides a slope has no error.
        ends = (float("nan"), float("nan"))
    else:
        low, high = model.get_robustcov_results("HC3").conf_int(1 - LEVEL)[1]
        ends = (float(low), float(high))
    return slope, ends, [float(one) for one in model.params[2:]], r_squared
