"""Rules between the values of one unit and period, and the bounds and ratios they are made of."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from govmaturity.framework.base import Id, Number, Strict, Words


class Bounds(Strict):
    """Lowest and highest value, both allowed; None is unbounded. In the unit of measure."""

    min: Number | None = None
    max: Number | None = None

    def holds(self, value: float) -> bool:
        above = self.min is None or value >= self.min
        return above and (self.max is None or value <= self.max)


class Ratio(Strict):
    """Counts that make a value: sum of `of` / sum of `to` x `times`."""

    of: Id | Annotated[list[Id], Field(min_length=1)]
    to: Id | Annotated[list[Id], Field(min_length=1)]
    times: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1.0

    @property
    def numerator(self) -> tuple[str, ...]:
        return (self.of,) if isinstance(self.of, str) else tuple(self.of)

    @property
    def denominator(self) -> tuple[str, ...]:
        return (self.to,) if isinstance(self.to, str) else tuple(self.to)


class RuleBase(Strict):
    """What the values of one unit and period must hold together.

    Broken, it is an error, or a question where `severity` is `confirm`. What
    is missing, or not applicable, breaks no rule.
    """

    id: Id
    name: Words
    severity: Literal["error", "confirm"] = "error"


class PartRule(RuleBase):
    """A part is at most its whole."""

    kind: Literal["part"]
    part: Id
    whole: Id

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.part, self.whole)


class SumRule(RuleBase):
    """Parts add up to their total, give or take `tolerance` in its unit of measure."""

    kind: Literal["sum"]
    parts: Annotated[list[Id], Field(min_length=2)]
    total: Id
    tolerance: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0

    @property
    def fields(self) -> tuple[str, ...]:
        return (*self.parts, self.total)


class RatioRule(RuleBase):
    """The ratio of two inputs, or sums of inputs, lies within bounds."""

    kind: Literal["ratio"]
    ratio: Ratio
    bounds: Bounds

    @property
    def fields(self) -> tuple[str, ...]:
        return (*self.ratio.numerator, *self.ratio.denominator)


class RubricRule(RuleBase):
    """From one level of a rubric up, items of checklists have to be met."""

    kind: Literal["rubric"]
    rubric: Id
    level: int
    items: Annotated[list[Id], Field(min_length=1)]

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.rubric, *self.items)


Rule = Annotated[PartRule | SumRule | RatioRule | RubricRule, Field(discriminator="kind")]
