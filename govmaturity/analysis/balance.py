"""Balance inside a unit: do its dimensions go together, and which one holds it back?

Coupling coordination (耦合协调度) of the scores of a unit's parts: coupling C
says how even they are, T how high, and D = sqrt(C T) both at once. It says
nothing of one part causing another.

Sources: Wang Shujia et al. (2021), 国内耦合协调度模型的误区及修正, Journal of
Natural Resources 36(3):793, both for the errors in common forms and for the
modified form; ten classes after Liao Chongbin (1999). Formulas as in
methods.md sections 4 and 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from govmaturity.analysis.inequality.sample import Floats
from govmaturity.scoring import Scores
from govmaturity.scoring.explain import points_lost

Form = Literal["corrected", "modified_2021"]
CLASSES: Final = (
    "extreme",
    "serious",
    "moderate",
    "mild",
    "near",
    "barely",
    "primary",
    "intermediate",
    "good",
    "excellent",
)
# A class begins at its lower end but for the noise of floating-point sums.
_NOISE: Final = 1e-9


@dataclass(frozen=True)
class Coupling:
    """Coupling C, level T and coordination D of each unit, shape (units,), all in [0, 1].

    NaN where a unit has fewer than two parts with a score. `has_zero` marks
    units of which a part is at zero: their C and D are zero whatever the
    other parts are. `class_` is an index into `CLASSES`, -1 for none.
    """

    coupling: Floats
    level: Floats
    coordination: Floats
    has_zero: NDArray[np.bool_]
    class_: NDArray[np.int8]


@dataclass(frozen=True)
class Balance:
    """The parts of each unit against each other, shape (units,); on the framework's scale.

    `weakest` names the part of the lowest score, empty where there is none;
    `spread` is the distance from the lowest to the highest part.
    """

    coupling: Coupling
    parts: tuple[str, ...]
    weakest: tuple[str, ...]
    spread: Floats


def coupling_coordination(
    parts: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    form: Form = "corrected",
    closed: Literal["low", "high"] = "low",
) -> Coupling:
    """How evenly and how highly the parts of each unit are developed.

    Parameters
    ----------
    parts : array_like of float, shape (units, parts)
        In [0, 1]. NaN is left out of its unit, with its weight.
    weights : array_like of float, shape (parts,), optional
        For T alone; equal unless given. They enter neither form of C.
    form : {"corrected", "modified_2021"}
        Geometric over arithmetic mean, or the form of Wang et al. (2021),
        which spreads C where the other crowds near 1.
    closed : {"low", "high"}
        Which end of a class belongs to it: [a, b), or (a, b] as some journals
        print it.

    Raises
    ------
    ValueError
        If a score lies outside [0, 1], shapes do not fit, or a name is unknown.

    Examples
    --------
    >>> found = coupling_coordination([[0.8, 0.6, 0.4]])
    >>> found.coupling.round(6), found.coordination.round(6)
    (array([0.9615]), array([0.759539]))
    """
    u = np.asarray(parts, dtype=np.float64)
    if u.ndim != 2:
        raise ValueError(f"parts need the shape (units, parts), got {u.shape}")
    w = np.ones(u.shape[1]) if weights is None else np.asarray(weights, dtype=np.float64)
    if w.shape != (u.shape[1],) or (w < 0).any():
        raise ValueError(f"weights need one figure of zero or more for {u.shape[1]} parts")
    if form not in ("corrected", "modified_2021"):
        raise ValueError(f"unknown form {form!r}; expected one of: corrected, modified_2021")
    there = ~np.isnan(u)
    known = u[there]
    if ((known < -_NOISE) | (known > 1 + _NOISE)).any():
        raise ValueError(f"parts have to be in [0, 1], got {known.min()} to {known.max()}")
    n = there.sum(axis=1)
    enough = n >= 2
    coupling = _corrected(u, there, n) if form == "corrected" else _modified(u, there, n)
    weight = (there * w).sum(axis=1)
    blank = np.full(len(u), np.nan)
    level = np.divide((np.nan_to_num(u) * w).sum(axis=1), weight, out=blank, where=weight > 0)
    level, coupling = np.where(enough, level, np.nan), np.where(enough, coupling, np.nan)
    coordination = np.sqrt(coupling * level)
    return Coupling(
        coupling,
        level,
        coordination,
        enough & (there & (u <= 0)).any(axis=1),
        _classes(coordination, closed),
    )


def balance(scores: Scores, node: str, *, form: Form = "corrected") -> Balance | None:
    """Balance of the children of a node in every row of scores.

    Returns
    -------
    Balance or None
        None for a node with fewer than two children, or with scores that can
        lie outside the framework's scale (z-scores).
    """
    parts = scores.plan.parts if node == scores.plan.root else scores.plan.children(node)
    if len(parts) < 2:
        return None
    of_parts = np.array([scores.of(part) for part in parts]).T
    low, width = scores.framework.scale[0], scores.framework.width
    u = (of_parts - low) / width
    known = u[~np.isnan(u)]
    if ((known < -_NOISE) | (known > 1 + _NOISE)).any():
        return None
    there = ~np.isnan(of_parts)
    lowest = np.where(there, of_parts, np.inf)
    highest = np.where(there, of_parts, -np.inf)
    some = there.any(axis=1)
    weakest = tuple(
        parts[place] if is_some else ""
        for place, is_some in zip(lowest.argmin(axis=1), some, strict=True)
    )
    spread = np.full(len(u), np.nan)
    spread[some] = highest.max(axis=1)[some] - lowest.min(axis=1)[some]
    return Balance(coupling_coordination(u, form=form), parts, weakest, spread)


def obstacle_degree(lost: ArrayLike) -> Floats:
    """Share of each indicator in what a unit lacks (障碍度).

    Parameters
    ----------
    lost : array_like of float, shape (indicators, units)
        Weight times distance to the top, for example points lost. NaN: no
        score, left out.

    Returns
    -------
    ndarray of float, the same shape
        Each column sums to 1; all 0 where a unit lacks nothing. NaN stays NaN.
        Shares hide how much is lost: show the points beside them.

    Examples
    --------
    >>> z, w = np.array([0.9, 0.5, 0.7]), np.array([0.5, 0.3, 0.2])
    >>> obstacle_degree((w * (1 - z))[:, None]).ravel().round(6)
    array([0.192308, 0.576923, 0.230769])
    """
    points = np.asarray(lost, dtype=np.float64)
    total = np.nansum(points, axis=0)
    shares = np.divide(points, total, out=np.zeros_like(points), where=total > 0)
    return np.where(np.isnan(points), np.nan, shares)


def obstacles(scores: Scores) -> tuple[Floats, Floats]:
    """Obstacle degree of every indicator in every row, and the points lost beside it.

    Returns
    -------
    shares, points : ndarray of float, shape (indicators, rows)
        In the order of `scores.plan.indicators`.
    """
    points = points_lost(scores)
    return obstacle_degree(points), points


def _corrected(u: Floats, there: NDArray[np.bool_], n: NDArray[np.intp]) -> Floats:
    product = np.prod(np.where(there, u, 1.0), axis=1)
    count = np.maximum(n, 1)
    mean = np.nan_to_num(u).sum(axis=1) / count
    root = np.maximum(product, 0.0) ** (1.0 / count)
    return np.divide(root, mean, out=np.zeros(len(u)), where=mean > 0)


def _modified(u: Floats, there: NDArray[np.bool_], n: NDArray[np.intp]) -> Floats:
    apart = np.abs(u[:, :, None] - u[:, None, :])
    pairs = np.maximum(n * (n - 1) / 2, 1)
    even = 1.0 - np.nansum(apart, axis=(1, 2)) / 2 / pairs
    most = np.where(there, u, 0.0).max(axis=1, initial=0.0)
    against = np.divide(u, most[:, None], out=np.zeros_like(u), where=most[:, None] > 0)
    product = np.prod(np.where(there, against, 1.0), axis=1)
    high = np.maximum(product, 0.0) ** (1.0 / np.maximum(n - 1, 1))
    return np.sqrt(np.maximum(even, 0.0) * high)


def _classes(coordination: Floats, closed: Literal["low", "high"]) -> NDArray[np.int8]:
    edges = np.arange(1, 10) / 10
    if closed not in ("low", "high"):
        raise ValueError(f"unknown closed {closed!r}; expected one of: low, high")
    noise, side = (_NOISE, "right") if closed == "low" else (-_NOISE, "left")
    found = np.searchsorted(edges, coordination + noise, side=side)  # type: ignore[call-overload]
    return np.where(np.isnan(coordination), -1, found).astype(np.int8)
