"""The methods that hold at a node: what it says for itself, and what it takes from above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from govmaturity.framework.base import Strict
from govmaturity.framework.methods import (
    Aggregate,
    AggregateOrName,
    Impute,
    ImputeOrName,
    Missing,
    Normalise,
    NormaliseOrName,
    Treat,
    Weigh,
    WeighOrName,
)

Weights = Literal["given", "equal", "relative"]
WeightSum = Literal[1, 100]


class Inherited(Strict):
    """What a node says for itself and all below it; None takes what is above."""

    weights: Weights | None = None
    sum: WeightSum | None = None
    aggregate: AggregateOrName | None = None
    normalise: NormaliseOrName | None = None
    missing: Missing | None = None
    weigh: WeighOrName | None = None
    treat: Treat | None = None
    impute: ImputeOrName | None = None


_ARITHMETIC = Aggregate(method="arithmetic")
_GOALPOSTS = Normalise(method="goalposts")
_MISSING = Missing()


@dataclass(frozen=True)
class Settings:
    """The methods in force at a node, once all it inherits is filled in; the root has depth 0."""

    weights: Weights = "given"
    sum: WeightSum = 1
    aggregate: Aggregate = _ARITHMETIC
    normalise: Normalise = _GOALPOSTS
    missing: Missing = _MISSING
    weigh: Weigh | None = None
    treat: Treat | None = None
    impute: Impute | None = None
    depth: int = 0

    @property
    def min_coverage(self) -> float:
        return self.missing.at(self.depth)

    def below(self, node: Inherited, depth: int) -> Settings:
        """These settings, overridden by what a node says for itself."""
        inherited = None if self.weigh and self.weigh.is_of_its_node else self.weigh
        return Settings(
            weights=node.weights or self.weights,
            sum=node.sum or self.sum,
            aggregate=node.aggregate or self.aggregate,
            normalise=node.normalise or self.normalise,
            missing=node.missing or self.missing,
            weigh=node.weigh or inherited,
            treat=node.treat or self.treat,
            impute=node.impute or self.impute,
            depth=depth,
        )
