"""Formulas of the aggregates that one unit's parts are enough for.

They follow `govmaturity.scoring.aggregate`. A block has a row for each part
with its score and its weight in force, and up to two steps beside them; the
row of the group holds the sums of the steps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from govmaturity.framework.methods import Aggregate
from govmaturity.report.workbook.cells import NOTHING, literal
from govmaturity.report.workbook.normal import REFUSED
from govmaturity.scoring.aggregate.combine import needs_no_negative
from govmaturity.scoring.aggregate.penalty import ADJUSTED

Floats = NDArray[np.float64]
Scale = tuple[float, float]
_HALF: Final = "0.5-1E-12", "0.5+1E-12"
_NOISE: Final = 1e-12


@dataclass(frozen=True)
class Block:
    """Where a group's cells stand: ranges over its parts, the cells of its own sums."""

    scores: str
    in_force: str
    sums: tuple[str, str]
    steps: tuple[str, str]


@dataclass(frozen=True)
class Method:
    """One aggregate in formulas; each function gives a right side.

    `steps` are those of a part, from its score and weight; `sums` whether
    their sums mean something; `total` the group's score. `figures` gives the
    steps' figures, from scores and weights in force of the parts that are there.
    """

    steps: tuple[Callable[[str, str, Block], str], ...]
    total: Callable[[Block], str]
    figures: Callable[[Floats, Floats], tuple[Floats, ...]]
    has_sums: bool = True


def method_of(chosen: Aggregate, scale: Scale) -> Method | None:
    """The aggregate in formulas; None where it takes other units or a search."""
    floor = chosen.floor or 0.0
    if chosen.method == "arithmetic":
        return Method((lambda x, w, _: f"{w}*{x}",), lambda b: b.sums[0], lambda x, w: (w * x,))
    if chosen.method == "geometric":
        return Method(
            (lambda x, w, _: f"{_held(x, floor)}^{w}",),
            lambda b: f"PRODUCT({b.steps[0]})",
            lambda x, w: (np.maximum(x, floor) ** w,),
            has_sums=False,
        )
    if chosen.method in ("harmonic", "generalised"):
        return _power(-1.0 if chosen.method == "harmonic" else chosen.power or 1.0, floor)
    if chosen.method in ("mazziotta_pareto", "adjusted_mazziotta_pareto"):
        return _penalty(scale, is_adjusted=chosen.method == "adjusted_mazziotta_pareto")
    if chosen.method == "median":
        return _median()
    if chosen.method == "minimum":
        return Method((), lambda b: f"MIN({b.scores})", lambda *_: ())
    if chosen.method == "topsis" and chosen.ideals == "fixed":
        return _topsis(scale)
    return None


def guarded(chosen: Aggregate, block: Block, total: str) -> str:
    """The total, or an error where the engine refuses a score below zero."""
    return f"IF(MIN({block.scores})<0,{REFUSED},{total})" if needs_no_negative(chosen) else total


def _held(x: str, floor: float) -> str:
    return f"MAX({x},{literal(floor)})" if floor else x


def _power(power: float, floor: float) -> Method:
    """Weighted mean of an order; below zero one part at 0 makes the whole 0."""
    p = literal(power)

    def step(x: str, w: str, _: Block) -> str:
        term = f"{w}*{_held(x, floor)}^{p}"
        return f"IF({x}=0,0,{term})" if power < 0 and not floor else term

    def total(block: Block) -> str:
        mean = f"{block.sums[0]}^(1/{p})"
        return f"IF(MIN({block.scores})=0,0,{mean})" if power < 0 and not floor else mean

    def figures(x: Floats, w: Floats) -> tuple[Floats, ...]:
        held = np.maximum(x, floor)
        powers = np.zeros(len(held))
        np.power(held, power, out=powers, where=(held > 0) | (power > 0))
        return (w * powers,)

    return Method((step,), total, figures)


def _penalty(scale: Scale, *, is_adjusted: bool) -> Method:
    """Mean less variance over mean; adjusted on 70-130, and back."""
    low, high = ADJUSTED if is_adjusted else scale
    factor = (high - low) / (scale[1] - scale[0])
    start, least = literal(low), literal(scale[0])

    def moved(x: str) -> str:
        if not is_adjusted:
            return x
        return f"({start}+({x}-{least})*{literal(factor)})"

    def second(x: str, w: str, block: Block) -> str:
        return f"{w}*({moved(x)}-{block.sums[0]})^2"

    def total(block: Block) -> str:
        mean, variance = block.sums
        index = f"{mean}-IF({mean}>0,{variance}/{mean},0)"
        back = f"{least}+({index}-{start})/{literal(factor)}" if is_adjusted else index
        return f"MAX({least},{back})"

    def figures(x: Floats, w: Floats) -> tuple[Floats, ...]:
        placed = low + (x - scale[0]) * factor if is_adjusted else x
        mean = (w * placed).sum()
        return w * placed, w * (placed - mean) ** 2

    return Method((lambda x, w, _: f"{w}*{moved(x)}", second), total, figures)


def _median() -> Method:
    """The parts at which half of the weight is reached, and passed."""

    def reached(limit: str) -> Callable[[str, str, Block], str]:
        def step(x: str, _: str, block: Block) -> str:
            below = f"SUMPRODUCT(--({block.scores}<={x}),{block.in_force})"
            return f'IF({below}{limit},{x},"{NOTHING}")'

        return step

    def figures(x: Floats, w: Floats) -> tuple[Floats, ...]:
        below = np.array([w[x <= one].sum() for one in x])
        return (
            np.where(below >= 0.5 - _NOISE, x, np.nan),
            np.where(below > 0.5 + _NOISE, x, np.nan),
        )

    return Method(
        (reached(f">={_HALF[0]}"), reached(f">{_HALF[1]}")),
        lambda b: f"(MIN({b.steps[0]})+MIN({b.steps[1]}))/2",
        figures,
        has_sums=False,
    )


def _topsis(scale: Scale) -> Method:
    """Distance from the worst over the distances from worst and best together."""
    low, high = scale
    return Method(
        (
            lambda x, w, _: f"{w}*({x}-{literal(low)})^2",
            lambda x, w, _: f"{w}*({x}-{literal(high)})^2",
        ),
        lambda b: (
            f"{literal(low)}+{literal(high - low)}*SQRT({b.sums[0]})"
            f"/(SQRT({b.sums[0]})+SQRT({b.sums[1]}))"
        ),
        lambda x, w: (w * (x - low) ** 2, w * (x - high) ** 2),
    )
