"""Levels: bands of scores, and the gates that hold a unit below what its score would give."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from govmaturity.framework.base import Id, Number, Share, Strict, Words


class Level(Strict):
    """A named band of scores `[from, to)`, the last one closed, on the framework's scale."""

    name: Words
    start: Number = Field(alias="from")
    end: Number = Field(alias="to")
    description: Words | None = None


class GateBase(Strict):
    id: Id
    name: Words
    nodes: list[Id] = []


class CoverageGate(GateBase):
    """No level where less than `below` of the effective weight has a value."""

    kind: Literal["coverage"]
    below: Share


class WeakestGate(GateBase):
    """The level may be at most `plus` above the level of the weakest child."""

    kind: Literal["weakest"]
    plus: Annotated[int, Field(ge=0)]


class InputGate(GateBase):
    """The level is at most `max_level` where an input lies above a value."""

    kind: Literal["input"]
    input: Id
    above: Number
    max_level: Annotated[int, Field(ge=1)]


Gate = Annotated[CoverageGate | WeakestGate | InputGate, Field(discriminator="kind")]
