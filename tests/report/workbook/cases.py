"""Units to make workbooks of, each with a value to change: shipped, published, every method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from govmaturity.framework.load import load_framework
from govmaturity.framework.model import Framework
from govmaturity.intake.checks import check
from govmaturity.report.workbook.make import unit_workbook
from govmaturity.scoring import Scores, score
from govmaturity.values.table import Values
from tests.making import entered, framework_of, group, leaf, levels, rows_of, values_from, words

ROOT = Path(__file__).resolve().parents[3]
Change = Mapping[str, float | str | None]


@dataclass(frozen=True)
class Case:
    """A unit of a scored table, and what is changed of it: a number, a status, None for blank."""

    name: str
    framework: Framework
    values: Values
    unit: str
    period: str
    change: Change
    options: Mapping[str, Any] = field(default_factory=dict)

    def scores(self) -> Scores:
        return score(self.framework, self.values, **self.options)

    def workbook(self) -> bytes:
        return unit_workbook(self.scores(), self.unit, "en", period=self.period)

    def changed(self) -> Scores:
        """The engine's scores of the same table with the values changed."""
        table = self.values.table.copy()
        for id_, value in self.change.items():
            is_number = isinstance(value, int | float)
            where = (
                (table["unit"] == self.unit)
                & (table["period"] == self.period)
                & (table["indicator"] == id_)
            )
            assert where.sum() == 1, id_
            status = "reported" if is_number else {"n/a": "not_applicable", "*": "suppressed"}
            told = status if isinstance(status, str) else status.get(str(value), "missing")
            table.loc[where, "value"] = float(value) if is_number else np.nan
            table.loc[where, "status"] = told
        return score(self.framework, Values(table, self.values.attributes), **self.options)


@cache
def sample(framework: str, file: str) -> tuple[Framework, Values]:
    made = load_framework(ROOT / "indicators" / f"{framework}.yaml")
    path = ROOT / "data" / "samples" / file
    return made, check(path.read_bytes(), path.name, made).values


def shipped() -> list[Case]:
    census = sample("county-conditions", "census-2020-guangzhou-ganzhou.csv")
    digital = sample("county-digital-government", "SIMULATED-county-digital-government.csv")
    unit = "360730"
    first: list[Change] = [
        {"employed_ict_sample": 2416.0},
        {"population": 351197.0},
        {"share_65_plus_pct": None},
        {"households_sample": 0.0},
        {"households_sample": "*", "urban_population": "n/a"},
    ]
    found = [
        Case(f"conditions {number}", *census, unit, "2020", change)
        for number, change in enumerate(first)
    ]
    second: list[tuple[Change, dict[str, Any]]] = [
        ({"population": 500000.0}, {}),
        ({"G1.1.decide": 0.0, "G1.2": 4.0}, {}),
        (
            {"P2.4.tech": "n/a", "G3.2.quality": 1.0, "G3.2.process": "n/a"},
            {"lens": "six_transformations"},
        ),
        ({"staff_total": 4000.0}, {"weights": "equal"}),
        ({"I2.2": 4.5}, {"profile": "core"}),
    ]
    for number, (change, options) in enumerate(second):
        found.append(Case(f"digital {number}", *digital, unit, "2024", change, options))
    return found


def published() -> list[Case]:
    """The Human Development Index of three countries, an Indonesian regency, three states."""
    hdi = load_framework(ROOT / "indicators" / "published" / "undp-hdi-2021.yaml")
    rows = {
        "NOR": (83.2, 18.2, 13.0, 64660.0),
        "CHN": (78.2, 14.2, 7.6, 17504.0),
        "NER": (61.6, 7.0, 2.1, 1240.0),
    }
    pemdi = load_framework(ROOT / "indicators" / "published" / "indonesia-pemdi-2026.yaml")
    aceh = (2.0, 1.5, 1.26, 1.3, 1, 1, 1, 1, 1, 1, 1.5, 1.25, 1.17, 1.0, 1, 1, 2.5, 1, 1, 1.3)
    spbe = load_framework(ROOT / "indicators" / "published" / "indonesia-spbe-2020.yaml")
    ranks = np.random.default_rng(59).integers(1, 6, size=47).astype(float)
    egdi = load_framework(ROOT / "indicators" / "published" / "un-egdi.yaml")

    def given(made: Framework, units: Mapping[str, Any], period: str) -> Values:
        table = {
            unit: dict(zip(made.indicators, map(float, row), strict=True))
            for unit, row in units.items()
        }
        return values_from(rows_of_period(table, period))

    first = list(hdi.indicators)
    return [
        Case("hdi", hdi, given(hdi, rows, "2021"), "CHN", "2021", {first[0]: 80.1}),
        Case("hdi at zero", hdi, given(hdi, rows, "2021"), "NER", "2021", {first[0]: 20.0}),
        Case("hdi gap", hdi, given(hdi, rows, "2021"), "CHN", "2021", {first[3]: None}),
        Case(
            "pemdi",
            pemdi,
            given(pemdi, {"a": aceh}, "2026"),
            "a",
            "2026",
            {list(pemdi.indicators)[4]: 4.5},
        ),
        Case("spbe", spbe, given(spbe, {"u": ranks}, "2020"), "u", "2020", {"I47": 5.0}),
        Case(
            "egdi",
            egdi,
            given(egdi, {"Ireland": (0.67716, 0.96190, 0.70391)}, "2014"),
            "Ireland",
            "2014",
            {"tii": 0.99},
        ),
    ]


def rows_of_period(table: Mapping[str, Any], period: str) -> list[list[Any]]:
    return rows_of(table, period)


# Every method -------------------------------------------------------------------------------

AGGREGATES: list[Any] = [
    "arithmetic",
    {"method": "geometric", "floor": 0},
    {"method": "geometric", "floor": 1},
    {"method": "harmonic", "floor": 0},
    {"method": "harmonic", "floor": 1},
    {"method": "generalised", "power": 2, "floor": 0},
    {"method": "generalised", "power": -0.5, "floor": 0},
    {"method": "generalised", "power": 0.5, "floor": 2},
    "median",
    "minimum",
    "mazziotta_pareto",
    "adjusted_mazziotta_pareto",
    {"method": "topsis", "ideals": "fixed"},
]
# Held figures: what compares units stays as it was.
HELD: list[Any] = [
    {"method": "topsis", "ideals": "sample"},
    "copeland",
    "benefit_of_doubt",
]
NORMALISERS: dict[str, Any] = {
    "goal": {"method": "goalposts"},
    "floored": {"method": "goalposts", "floor": 10},
    "logs": {"method": "log_goalposts"},
    "efficacy": {"method": "efficacy"},
    "band": {"method": "target_band", "band": [40, 60], "limits": [10, 95]},
    "steps": {"method": "thresholds", "thresholds": [30, 60], "scores": [0, 55, 100]},
    "same": {"method": "identity"},
    "lowhigh": {"method": "min_max"},
    "pooled": {"method": "min_max", "basis": "pooled"},
    "base": {"method": "min_max", "basis": "2023"},
    "zed": {"method": "z_score"},
    "zed_n": {"method": "z_score", "population": True},
    "tee": {"method": "t_score", "centre": 60, "spread": 12},
    "place": {"method": "rank"},
    "share": {"method": "percent_rank"},
    "share_base": {"method": "percent_rank", "basis": "2023"},
    "count": {"method": "borda"},
    "count_base": {"method": "borda", "basis": "2023"},
    "max": {"method": "share_of_maximum"},
    "target": {"method": "distance_to_target", "target": 75},
    "quarters": {"method": "categories", "classes": 4},
    "chain": {
        "method": "chain",
        "steps": [{"method": "goalposts"}, {"method": "percent_rank"}, {"method": "z_score"}],
    },
}
UPWARDS = ("same", "steps", "band")
WITH_ENDS = ("goal", "floored", "logs", "efficacy", "chain")
_PARTS = ("one", "two", "three", "four")


def aggregated() -> list[Case]:
    """Each aggregate, with a full unit, one with a gap and one with a part at zero."""
    table = {
        "full": dict(zip(_PARTS, (80.0, 35.0, 60.0, 35.0), strict=True)),
        "gap": dict(zip(_PARTS, (80.0, 20.0, 60.0, "missing"), strict=True)),
        "zero": dict(zip(_PARTS, (0.0, 20.0, 60.0, 100.0), strict=True)),
    }
    weights = (0.1, 0.2, 0.3, 0.4)
    found = []
    for number, chosen in enumerate(AGGREGATES):
        tree = group(
            "root",
            *(leaf(id_, weight=weight) for id_, weight in zip(_PARTS, weights, strict=True)),
            weights="given",
            aggregate=chosen,
        )
        made = framework_of(tree, levels=levels(0, 25, 50, 75, 100))
        for unit in table:
            change: Change = {"two": 50.0} if unit != "zero" else {"four": None, "three": "n/a"}
            found.append(
                Case(
                    f"aggregate {number} {unit}", made, values_of_2024(table), unit, "2024", change
                )
            )
    return found


def held() -> list[Case]:
    """Aggregates that compare units: nothing is changed, the figure stands."""
    table = {
        f"u{number}": dict(zip(_PARTS, map(float, row), strict=True))
        for number, row in enumerate(np.random.default_rng(6).integers(1, 100, (5, 4)))
    }
    found = []
    for number, chosen in enumerate(HELD):
        tree = group("root", group("inner", *map(leaf, _PARTS), aggregate=chosen), leaf("other"))
        every = {unit: {**row, "other": 50.0} for unit, row in table.items()}
        made, values = framework_of(tree), values_of_2024(every)
        found.append(Case(f"held {number}", made, values, "u2", "2024", {"other": 70.0}))
    return found


def normalised(direction: str = "higher") -> list[Case]:
    """All normalisers side by side over two periods, with ties, gaps and values beyond the ends."""
    is_down = direction == "lower"
    ends = (100.0, 1.0) if is_down else (1.0, 100.0)
    nodes = [
        leaf(
            id_,
            *(ends if id_ in WITH_ENDS else (None, None)),
            direction="higher" if id_ in UPWARDS else direction,
            normalise=chosen,
            valid={"min": 0, "max": 100},
        )
        for id_, chosen in NORMALISERS.items()
    ]
    made = framework_of(group("root", *nodes))
    generator = np.random.default_rng(31)
    rows: list[list[Any]] = []
    for period in ("2023", "2024"):
        drawn = generator.integers(5, 99, (7, len(NORMALISERS))).astype(float)
        drawn[3] = drawn[2]  # ties
        table = {
            f"u{number}": dict(zip(NORMALISERS, row.tolist(), strict=True))
            for number, row in enumerate(drawn)
        }
        table["u6"] = dict.fromkeys(NORMALISERS, "missing")
        rows += rows_of(table, period)
    values = values_from(rows)
    changes: list[Change] = [
        dict.fromkeys(set(NORMALISERS) - {"chain"}, 42.0),
        dict.fromkeys(set(NORMALISERS) - {"chain"}, 99.5),
        {"goal": 2.0, "share": None, "zed": "n/a"},
    ]
    return [
        Case(f"normalise {direction} {unit} {number}", made, values, unit, "2024", change)
        for unit in ("u2", "u5")
        for number, change in enumerate(changes)
    ]


def prepared() -> list[Case]:
    """Denominated, asked of few, screened, computed with a direct value, treated and imputed."""
    tree = group(
        "root",
        leaf("per_head", 0, 10, denominate={"by": "people", "times": 1000}),
        leaf("asked", 1, 5, measure="survey_mean", min_sample=30),
        leaf("ratio", measure="ratio", ratio={"of": ["x", "y"], "to": "people", "times": 100}),
        leaf(
            "list",
            None,
            measure="checklist",
            checklist=[{"id": id_, "name": words(id_)} for id_ in ("p", "q", "r")],
        ),
        leaf(
            "pick",
            None,
            measure="choice",
            options=[
                {"code": code, "name": words(code), "points": points}
                for code, points in (("a", 0), ("b", 40), ("c", 100))
            ],
        ),
        leaf(
            "rubric",
            None,
            measure="rubric",
            direction="higher",
            rubric={level: words(f"r{level}") for level in range(5)},
        ),
    )
    full: dict[str, Any] = {
        "per_head": 30.0, "people": 5000.0, "asked": 3.2, "x": 900.0, "y": 350.0,
        "ratio": 44.0, "list.p": 1.0, "list.q": 0.0, "list.r": "not_applicable",
        "pick": 2.0, "rubric": 3.0,
    }  # fmt: skip
    made = framework_of(
        tree,
        inputs=entered("people", "x", "y"),
        screen={"min_available": 0.5, "min_nonzero": 0.2},
    )
    values = values_of_2024({"u": full}, sample={"asked": 31.0})
    changes: list[Change] = [
        {"people": 4000.0, "asked": 4.4},
        {"x": None},
        {"x": "*", "list.q": "n/a", "list.p": "n/a"},
        {"people": 0.0, "pick": 3.0, "rubric": 0.0},
        {"people": None, "asked": None, "list.p": None, "pick": None, "ratio": None},
    ]
    found = [Case(f"prepared {n}", made, values, "u", "2024", c) for n, c in enumerate(changes)]
    for log in (False, True):
        treated = framework_of(
            group(
                "root",
                leaf(
                    "n",
                    None,
                    direction="higher",
                    treat={"winsorise": 1, "log": log},
                    normalise="min_max",
                ),
                leaf("m", impute="mean"),
            )
        )
        drawn = (
            3.0,
            4.0,
            5.0,
            4.0,
            3.5,
            4.5,
            5.5,
            3.8,
            3.9,
            4.1,
            4.2,
            4.4,
            90.0 if log else 5.1,
            300.0,
        )
        table: dict[str, dict[str, Any]] = {
            f"u{n}": {"n": value, "m": 5.0 * n} for n, value in enumerate(drawn)
        }
        table["u13"]["m"] = "missing"
        every = values_of_2024(table)
        # What was treated or imputed is held, so a change shows elsewhere only.
        found.append(Case(f"treated {log}", treated, every, "u13", "2024", {}))
        found.append(Case(f"untreated {log}", treated, every, "u2", "2024", {"m": 52.0}))
    return found


def gated() -> list[Case]:
    """Levels that gates of all three kinds cap or withhold, and a score on an edge."""
    tree = group("root", group("a", leaf("a1"), leaf("a2")), group("b", leaf("b1"), leaf("b2")))
    gates = [
        {"id": "cover", "name": words("cover"), "kind": "coverage", "below": 0.8},
        {"id": "weak", "name": words("weak"), "kind": "weakest", "plus": 1},
        {"id": "seen", "name": words("seen"), "kind": "input", "input": "x", "above": 2,
         "max_level": 2, "nodes": ["root", "b"]},
    ]  # fmt: skip
    made = framework_of(
        tree, levels=levels(0, 20, 40, 60, 80, 100), gates=gates, inputs=entered("x")
    )
    full: dict[str, Any] = {"a1": 90.0, "a2": 90.0, "b1": 70.0, "b2": 85.0, "x": 0.0}
    changes: list[Change] = [
        {"b1": 0.0, "b2": 10.0},
        {"x": 5.0},
        {"x": None, "a1": 70.0, "a2": 50.0, "b1": 60.0, "b2": 60.0},
        {"a1": None, "b1": None},
        {"a1": None, "a2": None},
        {"x": "n/a", "b1": "n/a", "b2": "n/a"},
    ]
    values = values_of_2024({"u": full})
    return [Case(f"gated {n}", made, values, "u", "2024", c) for n, c in enumerate(changes)]


def weighed() -> list[Case]:
    """Weights from data, and a part that weighs nothing: weights are held."""
    table = {
        f"u{number}": dict(zip(_PARTS, map(float, row), strict=True))
        for number, row in enumerate(np.random.default_rng(8).integers(1, 100, (6, 4)))
    }
    found = []
    for method in ("entropy", "critic", "coefficient_of_variation"):
        tree = group("root", group("inner", *map(leaf, _PARTS), weigh=method), leaf("other"))
        values = values_of_2024({unit: {**row, "other": 50.0} for unit, row in table.items()})
        found.append(
            Case(f"weighed {method}", framework_of(tree), values, "u2", "2024", {"other": 70.0})
        )
    none = group(
        "root",
        *(leaf(id_, weight=w) for id_, w in zip(_PARTS, (0.5, 0, 0.25, 0.25), strict=True)),
        weights="given",
    )
    values = values_of_2024(table)
    return [*found, Case("weighs nothing", framework_of(none), values, "u1", "2024", {"two": 3.0})]


def values_of_2024(
    table: Mapping[str, Mapping[str, Any]], sample: Mapping[str, float] | None = None
) -> Values:
    rows = rows_of(table, "2024", sample)
    columns = ["unit", "period", "indicator", "value", "status", *(["n"] if sample else [])]
    return Values(pd.DataFrame(rows, columns=columns))


@cache
def every() -> tuple[Case, ...]:
    return (
        *shipped(),
        *published(),
        *aggregated(),
        *held(),
        *normalised(),
        *normalised("lower"),
        *prepared(),
        *gated(),
        *weighed(),
    )
