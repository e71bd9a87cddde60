"""The shape of a distribution of scores: kernel density on a scale with two ends.

Source: Silverman (1986), Density Estimation, for the width of the kernel and
for reflecting at the ends of the scale. Formulas as in methods.md section 7.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from govmaturity.analysis.inequality.sample import Floats, UndefinedMeasureError

# Two peaks in fewer values are as likely two units as two groups.
MIN_FOR_PEAKS: Final = 15
POINTS: Final = 201


@dataclass(frozen=True)
class Density:
    """A curve over the scale, of area 1: `at` and `height`; `width` is the kernel's, in points.

    `values` are the units themselves, to be drawn below the curve.
    `may_show_peaks` is False where there are too few of them to read two
    peaks as two groups.
    """

    at: Floats
    height: Floats
    width: float
    values: Floats

    @property
    def may_show_peaks(self) -> bool:
        return len(self.values) >= MIN_FOR_PEAKS

    @property
    def peaks(self) -> tuple[float, ...]:
        """Scores at which the curve is highest around; empty where too few units."""
        if not self.may_show_peaks:
            return ()
        h = np.concatenate([[-1.0], self.height, [-1.0]])
        tops = (h[1:-1] > h[:-2]) & (h[1:-1] >= h[2:])
        return tuple(map(float, self.at[tops]))


def kernel_density(values: ArrayLike, low: float = 0.0, high: float = 100.0) -> Density:
    """Gaussian kernel density, reflected at both ends of the scale.

    Parameters
    ----------
    values : array_like of float, shape (units,)
        NaN is left out.
    low, high : float
        Ends of the scale.

    Raises
    ------
    ValueError
        If a value lies beyond the scale, or the scale has no width.
    UndefinedMeasureError
        `too_few_units` with fewer than two values, `no_variation` where the
        kernel would have no width.
    """
    x = np.asarray(values, dtype=np.float64)
    x = np.sort(x[~np.isnan(x)])
    if not high > low:
        raise ValueError(f"high has to be above low, got {low} and {high}")
    if len(x) < 2:
        raise UndefinedMeasureError("too_few_units")
    if x[0] < low - 1e-9 or x[-1] > high + 1e-9:
        raise ValueError(f"values have to lie from {low} to {high}, got {x[0]} to {x[-1]}")
    width = silverman(x)
    if not width > 0:
        raise UndefinedMeasureError("no_variation")
    at = np.linspace(low, high, POINTS)
    mirrored = np.concatenate([x, 2 * low - x, 2 * high - x])
    bells = np.exp(-0.5 * ((at[:, None] - mirrored) / width) ** 2)
    return Density(at, bells.sum(axis=1) / (len(x) * width * np.sqrt(2 * np.pi)), width, x)


def silverman(values: Floats) -> float:
    """Width of the kernel, 0.9 min(s, IQR / 1.34) n^(-1/5); 0 where half of the units tie."""
    spread = float(values.std(ddof=1))
    quarter, three_quarters = np.quantile(values, [0.25, 0.75])
    narrow = min(spread, float(three_quarters - quarter) / 1.34)
    return float(0.9 * narrow * len(values) ** -0.2)
