"""What may vary between replicates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from govmaturity.framework.methods import Aggregate, AggregateMethod, NormaliseMethod
from govmaturity.scoring.plan import Plan

STATED: Final = "stated"
# Products and penalties have no meaning below zero.
_NOT_BELOW_ZERO: Final = ("geometric", "harmonic", "generalised", "mazziotta_pareto")
# Between the arithmetic mean and the geometric one.
_POWER: Final = 0.5
# The lowest score that enters a product, as a share of the scale, where the framework states none.
_FLOOR: Final = 0.01


@dataclass(frozen=True)
class Choices:
    """What varies from replicate to replicate; one option alone does not.

    weights : float
        Each weight is multiplied by a number between 1 less and 1 more this
        share, then weights of siblings are brought back to a sum of 1.
    normalise : methods, or "stated" for each indicator's own
        A method that replaces the stated one replaces it for all indicators
        but choices.
    aggregate : methods, or "stated" for each group's own
        Means that are products have a floor of 1 % of the scale unless a group
        states one; a Mazziotta-Pareto index is held at the scale's lower end.
    treat : "stated", or "winsorised" for all numbers
    missing : "stated", or "median" of the period for all gaps
    errors : bool
        Whether survey values move by their standard errors.
    rubric : float
        Probability that a rubric is judged one level higher or lower.
    leave_out : bool
        Whether one indicator, or none, is left out.
    """

    weights: float = 0.25
    normalise: tuple[NormaliseMethod | Literal["stated"], ...] = (STATED,)
    aggregate: tuple[AggregateMethod | Literal["stated"], ...] = (STATED,)
    treat: tuple[Literal["stated", "winsorised"], ...] = (STATED,)
    missing: tuple[Literal["stated", "median"], ...] = (STATED,)
    errors: bool = False
    rubric: float = 0.0
    leave_out: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.weights < 1:
            raise ValueError(f"weights vary by a share from 0 to below 1, got {self.weights}")
        if not 0 <= self.rubric <= 1:
            raise ValueError(f"the probability of another level is 0 to 1, got {self.rubric}")
        for name in ("normalise", "aggregate", "treat", "missing"):
            if not getattr(self, name):
                raise ValueError(f"{name} needs at least one option")

    @property
    def is_weights_alone(self) -> bool:
        """Whether nothing but weights varies."""
        return replace(self, weights=0.25) == Choices()


WEIGHTS: Final = Choices()
ALL: Final = Choices(
    normalise=(STATED, "min_max", "percent_rank"),
    aggregate=("arithmetic", "geometric", "harmonic", "generalised", "mazziotta_pareto"),
    treat=(STATED, "winsorised"),
    missing=(STATED, "median"),
    errors=True,
    rubric=0.1,
    leave_out=True,
)


def fitted(choices: Choices, plan: Plan) -> Choices:
    """The choices that make sense for a plan.

    Products are left out where the scale goes below zero, and the stated way
    of combining is added where the list lacks it.
    """
    if choices.aggregate == (STATED,):
        return choices
    low = plan.framework.scale[0]
    kept = [m for m in choices.aggregate if low >= 0 or m not in _NOT_BELOW_ZERO]
    stated = {group.aggregate.method for group in plan.groups}
    if len(stated) > 1 or not stated <= set(kept):
        kept = [STATED, *(m for m in kept if m != STATED)]
    return replace(choices, aggregate=tuple(kept))


def method_of(plan: Plan, name: str, stated: Aggregate) -> Aggregate:
    """The way of combining by its name, with what it needs to be told."""
    if name in (STATED, stated.method):
        return stated
    low, width = plan.framework.scale[0], plan.framework.width
    floor = low + _FLOOR * width if name in ("geometric", "harmonic", "generalised") else None
    power = _POWER if name == "generalised" else None
    ideals = "fixed" if name == "topsis" else None
    return Aggregate.model_validate(
        {"method": name, "floor": floor, "power": power, "ideals": ideals}
    )
