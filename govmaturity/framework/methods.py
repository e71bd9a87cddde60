"""The methods that a framework chooses, and what each of them needs to be told.

Which parameter belongs to which method is checked in
`govmaturity.framework.check_methods`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from govmaturity.framework.base import Id, Number, Pair, Period, Share, Strict, Text, Weight

NormaliseMethod = Literal[
    "goalposts",
    "log_goalposts",
    "min_max",
    "z_score",
    "identity",
    "points",
    "efficacy",
    "target_band",
    "thresholds",
    "distance_to_target",
    "t_score",
    "rank",
    "percent_rank",
    "borda",
    "share_of_maximum",
    "categories",
    "chain",
]
AggregateMethod = Literal[
    "arithmetic",
    "geometric",
    "harmonic",
    "generalised",
    "median",
    "minimum",
    "mazziotta_pareto",
    "adjusted_mazziotta_pareto",
    "topsis",
    "copeland",
    "benefit_of_doubt",
]
WeighMethod = Literal[
    "stated",
    "entropy",
    "critic",
    "coefficient_of_variation",
    "principal_components",
    "ahp",
    "budget",
    "matched",
    "combined",
]
ImputeMethod = Literal[
    "mean", "median", "group_mean", "group_median", "last", "linear", "regression"
]
RandomIndex = Literal["saaty_1980", "saaty_later", "alonso_lamata"]


class Normalise(Strict):
    """How raw values come to the framework's scale.

    Beside the method, what it needs and no other takes (see
    `govmaturity.framework.check_methods`): `population` (z_score, t_score) divides
    by n and not by n - 1; `basis` says whose values a sample-based method
    looks at: those of the same period, of all periods (`pooled`), or of one
    period. `floor` is the score of the worst value, in place of the scale's
    lower end, for methods that stay on the scale.
    """

    method: NormaliseMethod
    population: bool = False
    basis: Literal["period", "pooled"] | Period = "period"
    floor: Number | None = None
    band: Pair | None = None
    limits: Pair | None = None
    thresholds: list[Number] = []
    scores: list[Number] = []
    target: Number | None = None
    classes: Annotated[int, Field(ge=2)] | None = None
    centre: Number = 50.0
    spread: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 10.0
    steps: list[Normalise] = []


class Aggregate(Strict):
    """How scores of parts become the score of the whole.

    `floor` is the lowest score that enters a geometric, harmonic or
    generalised mean, on the framework's scale: with a floor of 0 one part at
    0 makes a product 0. `power` is for `generalised`, `ideals` for `topsis`,
    `min_share` (of each part in the whole) for `benefit_of_doubt`.
    """

    method: AggregateMethod
    floor: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    power: Number | None = None
    ideals: Literal["sample", "fixed"] | None = None
    min_share: Annotated[float, Field(ge=0, lt=1, allow_inf_nan=False)] | None = None


class Treat(Strict):
    """What is done about outliers of an indicator, before it is normalised.

    An indicator is treated where both |skewness| and kurtosis lie above their
    limits: up to `winsorise` values are brought in one after another; if that
    is not enough and `log` is set, the untreated values are put in logs.
    """

    winsorise: Annotated[int, Field(ge=0)] = 5
    log: bool = False
    skewness: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 2.0
    kurtosis: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 3.5


class Impute(Strict):
    """How a missing value is filled in; `by` names the grouping of `group_mean`, `group_median`."""

    method: ImputeMethod
    by: Text | None = None


class Judgement(Strict):
    """One expert's pairwise comparisons: how many times as important one child is as another."""

    expert: Text
    matrix: dict[Id, dict[Id, Weight]]


class Budget(Strict):
    """One expert's points, shared out among the children."""

    expert: Text
    points: dict[Id, Weight]


class Weigh(Strict):
    """How weights are found, where they are not simply stated (`stated`).

    `judgements`, `random_index` and `max_ratio` are for `ahp`, `budgets` for
    `budget`, `shift` for `entropy`; `of`, `combine` and `shares` for
    `combined`. The weights stated in the tree stay what they are: importance
    to compare with.
    """

    method: WeighMethod
    judgements: list[Judgement] = []
    random_index: RandomIndex = "saaty_1980"
    max_ratio: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 0.1
    budgets: list[Budget] = []
    shift: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0
    of: list[WeighOrName] = []
    combine: Literal["game_theory", "linear"] = "game_theory"
    shares: list[Weight] = []

    @property
    def is_of_its_node(self) -> bool:
        """Whether it names children, so that nothing below can inherit it."""
        return self.method in ("ahp", "budget") or any(part.is_of_its_node for part in self.of)


def _method_alone(value: Any) -> Any:
    return {"method": value} if isinstance(value, str) else value


NormaliseOrName = Annotated[
    Normalise, BeforeValidator(_method_alone, json_schema_input_type=NormaliseMethod | Normalise)
]
AggregateOrName = Annotated[
    Aggregate, BeforeValidator(_method_alone, json_schema_input_type=AggregateMethod | Aggregate)
]
WeighOrName = Annotated[
    Weigh, BeforeValidator(_method_alone, json_schema_input_type=WeighMethod | Weigh)
]
ImputeOrName = Annotated[
    Impute, BeforeValidator(_method_alone, json_schema_input_type=ImputeMethod | Impute)
]


class Missing(Strict):
    """How much of a node has to be there for it to have a score.

    `min_coverage` is one share of effective weight for all groups, or one per
    depth from the root down (the last one holds for all below).
    """

    min_coverage: Share | list[Share] = 0.5

    def at(self, depth: int) -> float:
        if isinstance(self.min_coverage, list):
            return self.min_coverage[min(depth, len(self.min_coverage) - 1)]
        return self.min_coverage


class Denominate(Strict):
    """What a directly given value is divided by: value / `by` x `times`."""

    by: Id
    times: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1.0


class Screen(Strict):
    """How much a unit has to report to be scored at all, as shares of its applicable indicators."""

    min_available: Share = 0.0
    min_nonzero: Share = 0.0


for _model in (Normalise, Weigh):
    _model.model_rebuild()
