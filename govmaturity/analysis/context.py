"""What goes with a score: schooling, ageing, population, urban share. Never: what causes it.

Counties differ in many things at once; that two go together does not say that
moving one would move the other.

Sources: Fisher (1921) for the interval of a correlation; HC3 errors as in
MacKinnon and White (1985).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from govmaturity.analysis.figures import of_same_units, that_vary
from govmaturity.analysis.inequality.sample import UndefinedMeasureError

LEVEL: Final = 0.95
# Rule of thumb: with fewer units to each slope a regression fits noise (Harrell 2015).
UNITS_PER_SLOPE: Final = 10
QUADRANTS: Final = (
    "means_high_effect_high",
    "means_low_effect_high",
    "means_low_effect_low",
    "means_high_effect_low",
)


@dataclass(frozen=True)
class Correlation:
    """How closely two figures go together, -1 to 1.

    `low`, `high` are Pearson's interval; `spearman` is that of the ranks,
    which a few extreme units cannot make.
    """

    pearson: float
    low: float
    high: float
    spearman: float
    n: int


@dataclass(frozen=True)
class Slope:
    """Points of score that go with one unit of measure (`value`) or one standard deviation.

    `low`, `high` are the robust interval of `value`, `inflation` says how far
    the others tell the same (variance inflation factor; above 10 they can
    hardly be told apart).
    """

    value: float
    low: float
    high: float
    p: float
    per_deviation: float
    inflation: float


@dataclass(frozen=True)
class Regression:
    """A score on several figures at once; `is_thin` where units are few for so many slopes."""

    slopes: dict[str, Slope]
    intercept: float
    r_squared: float
    n: int

    @property
    def is_thin(self) -> bool:
        return self.n < UNITS_PER_SLOPE * len(self.slopes)


@dataclass(frozen=True)
class Quadrants:
    """Where units stand in means and effects against two lines, shape (units,).

    `place` is an index into `QUADRANTS`, -1 without both scores.
    """

    place: NDArray[np.int8]
    means_line: float
    effect_line: float


def correlation(x: ArrayLike, y: ArrayLike) -> Correlation:
    """Correlate two figures of units.

    Parameters
    ----------
    x, y : array_like of float, shape (units,)
        NaN in either leaves a unit out.

    Raises
    ------
    ValueError
        If the shapes differ.
    UndefinedMeasureError
        `too_few_units` with fewer than four, `no_variation` if one is the same for all.
    """
    from scipy import stats

    a, b = that_vary(4, {"x": x, "y": y})
    found = stats.pearsonr(a, b)
    low, high = found.confidence_interval(LEVEL)
    ranked = float(stats.spearmanr(a, b).statistic)
    return Correlation(float(found.statistic), float(low), float(high), ranked, len(a))


def regression(score: ArrayLike, on: Mapping[str, ArrayLike]) -> Regression:
    """Regress a score on figures of context, with errors that allow for unequal spread (HC3).

    Parameters
    ----------
    score : array_like of float, shape (units,)
    on : mapping of name to array_like of float, shape (units,)
        NaN in any leaves a unit out.

    Raises
    ------
    ValueError
        If nothing is given to regress on, or shapes differ.
    UndefinedMeasureError
        `too_few_units` with fewer than two more than coefficients;
        `no_variation` if a figure is the same for all, or follows from the others.
    """
    import statsmodels.api as sm
    from statsmodels.stats.outliers_influence import variance_inflation_factor

    y = np.asarray(score, dtype=np.float64)
    given = {name: np.asarray(x, dtype=np.float64) for name, x in on.items()}
    if not given or any(x.shape != y.shape for x in given.values()):
        raise ValueError("a regression needs figures of the shape of the score")
    kept = ~np.isnan(y)
    for x in given.values():
        kept &= ~np.isnan(x)
    y, columns = y[kept], [x[kept] for x in given.values()]
    if len(y) < len(columns) + 3:
        raise UndefinedMeasureError("too_few_units")
    # About their means, in deviations: figures of millions and of shares side by side.
    means = np.array([x.mean() for x in columns])
    spread = np.array([x.std() for x in columns])
    if (spread == 0).any() or np.ptp(y) == 0:
        raise UndefinedMeasureError("no_variation")
    z = (np.column_stack(columns) - means) / spread
    design = np.column_stack([np.ones(len(y)), z])
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise UndefinedMeasureError("no_variation")
    plain = sm.OLS(y, design).fit()
    if (plain.get_influence().hat_matrix_diag > 1 - 1e-9).any():
        # A unit that alone decides a slope: HC3 would divide by zero.
        raise UndefinedMeasureError("too_few_units")
    model = plain.get_robustcov_results("HC3")
    ends = model.conf_int(1 - LEVEL)
    slopes = {
        name: Slope(
            float(model.params[i] / spread[i - 1]),
            float(ends[i][0] / spread[i - 1]),
            float(ends[i][1] / spread[i - 1]),
            float(model.pvalues[i]),
            float(model.params[i]),
            float(variance_inflation_factor(design, i)),
        )
        for i, name in enumerate(given, start=1)
    }
    intercept = float(model.params[0] - (model.params[1:] / spread) @ means)
    return Regression(slopes, intercept, float(plain.rsquared), len(y))


def quadrants(
    means: ArrayLike, effect: ArrayLike, lines: tuple[float, float] | None = None
) -> Quadrants:
    """Tell apart units with much means and little effect from the others.

    Parameters
    ----------
    means, effect : array_like of float, shape (units,)
        For example the groups `inputs` and `effects` of the lens `input_effect`.
        NaN in either: no quadrant.
    lines : (means, effect), optional
        From which value on a unit counts as high; the medians unless given.

    Raises
    ------
    ValueError
        If the shapes differ.
    UndefinedMeasureError
        `no_values` if no unit has both and no lines are given.
    """
    x, y = of_same_units({"means": means, "effect": effect})
    both = ~np.isnan(x) & ~np.isnan(y)
    if lines is None:
        if not both.any():
            raise UndefinedMeasureError("no_values")
        lines = float(np.median(x[both])), float(np.median(y[both]))
    much, works = x >= lines[0], y >= lines[1]
    place = np.select([much & works, ~much & works, ~much & ~works], [0, 1, 2], 3)
    return Quadrants(np.where(both, place, -1).astype(np.int8), *lines)
