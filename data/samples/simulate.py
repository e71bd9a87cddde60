"""Write the simulated values of the default framework.

    PYTHONPATH=. python data/samples/simulate.py

No source gives a county's digital-government figures, so these are made up:
29 real districts and counties, three years, counts and answers as they would
be reported. Every row says so in `data_note`, and so does the file's name.

How a value comes about
-----------------------
1. Each unit has a standing between 0 and 1 that rises with its real schooling
   and population and falls with ageing (2020 census), plus an effect of its own.
2. A place between the goalposts follows for each indicator: the standing, the
   dimension's ease, an effect of the unit in that dimension and that indicator,
   a yearly trend and a little noise of the year. What upper tiers supply is
   nearly the same within a city; what is shared lies between.
3. The place becomes a raw value, held within the plausible bounds, and the raw
   value becomes counts: a denominator that fits the unit's population and the
   numerator that gives the raw value, both whole.
4. Last come the gaps: a few blanks and "not applicable", two units with too
   little in one year to be given a level, one with a major incident.

Each draw is seeded by its own key (unit, id, year), not taken from one stream,
so that a new indicator leaves all other values as they are. Only `random()` is
used, whose sequence Python promises not to change.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from random import Random
from statistics import NormalDist
from typing import Final

from govmaturity.framework.fields import fields
from govmaturity.framework.load import load_framework
from govmaturity.framework.model import Framework, Indicator
from govmaturity.framework.rules import Ratio, RubricRule
from govmaturity.scoring.normalise.apply import goalposts

HERE: Final = Path(__file__).resolve().parent
FRAMEWORK: Final = HERE.parents[1] / "indicators" / "county-digital-government.yaml"
CENSUS: Final = HERE / "census-2020-guangzhou-ganzhou.csv"
OUTPUT: Final = HERE / "SIMULATED-county-digital-government.csv"

SEED: Final = "govmaturity-simulated-1"
MARK: Final = "模拟数据 SIMULATED"
PERIODS: Final = ("2022", "2023", "2024")
LEADING: Final = ("code", "name", "province", "city", "period", "data_note")
NOT_APPLICABLE: Final = "n/a"
SAID_MISSING: Final = "暂无"

TREND: Final = 0.035
BEST_STANDING: Final = 0.74
# Hardware rates well, sharing and inclusion are hard: the tendency of the source documents.
EASE: Final = {
    "G": 0.03, "P": 0.06, "D": -0.06, "S": 0.05, "O": 0.06, "C": 0.0, "I": -0.04, "H": -0.01,
}  # fmt: skip
# How much of an indicator's place is the city's doing.
CITY_SHARE: Final = {"county": 0.0, "shared": 0.4, "upper": 0.85}

# Described, never scored; a made-up figure beside a real county's name would only mislead.
LEFT_OUT: Final = ("area_km2", "gdp_cny", "fiscal_expenditure_cny", "remote")

# What shows the gates at work, by unit and year.
NO_LEVEL: Final = (("360724", "2024"), ("360729", "2024"))
INCIDENTS: Final = (("440115", "2024"),)
INCIDENTS_UNKNOWN: Final = (("360781", "2024"),)


@dataclass(frozen=True)
class Unit:
    """A unit of the census sample; `standing` is its place between 0 and 1 before all effects."""

    code: str
    name: str
    province: str
    city: str
    population: int
    share_65_plus: float
    urban_share: float
    schooling: float

    @property
    def standing(self) -> float:
        schooling = (self.schooling - 8.0) / (12.0 - 8.0)
        youth = (16.0 - self.share_65_plus) / (16.0 - 5.0)
        size = min(self.population / 2_000_000, 1.0)
        return 0.36 + 0.19 * schooling + 0.05 * youth + 0.06 * size


def draw(*key: str) -> float:
    """A number from 0 to 1 that depends on nothing but its key."""
    return Random("|".join((SEED, *key))).random()


def normal(*key: str) -> float:
    """A standard normal number that depends on nothing but its key."""
    return NormalDist().inv_cdf(min(max(draw(*key), 1e-9), 1 - 1e-9))


def between(low: float, high: float, *key: str) -> float:
    return low + (high - low) * draw(*key)


def place(unit: Unit, indicator: Indicator, period: str) -> float:
    """Where a unit lies between worst (0) and best (1) on an indicator in a year."""
    dimension = indicator.id[0]
    own = (
        min(unit.standing + 0.075 * normal(unit.code, "unit"), BEST_STANDING)
        + 0.06 * normal(unit.code, dimension)
        + 0.09 * normal(unit.code, indicator.id)
    )
    city = (0.72 if unit.city == "广州市" else 0.50) + 0.05 * normal(unit.city, indicator.id)
    share = CITY_SHARE[indicator.controllable or "county"]
    level = (1 - share) * own + share * (city + 0.02 * normal(unit.code, indicator.id, "supply"))
    ease = EASE[dimension] + 0.04 * normal("ease", indicator.id)
    years = PERIODS.index(period)
    pace = TREND * (1 + 0.4 * normal(unit.code, "pace"))
    noise = 0.012 * normal(unit.code, indicator.id, period)
    return min(max(level + ease + pace * years + noise, 0.03), 0.99)


def raw_value(framework: Framework, indicator: Indicator, share: float) -> float:
    """The raw value at a place between the goalposts, held within the plausible bounds."""
    worst, best = goalposts(framework, indicator) or (0.0, 1.0)
    if indicator.measure == "survey_mean":
        share = 0.35 + 0.5 * share  # people seldom choose the ends
    if framework.settings[indicator.id].normalise.method == "log_goalposts":
        value = worst * float((best / worst) ** share)
    else:
        value = worst + share * (best - worst)
    bounds = indicator.plausible
    low = bounds.min if bounds and bounds.min is not None else value
    high = bounds.max if bounds and bounds.max is not None else value
    return min(max(value, low), high)


def per_head(rate: float, spread: float = 0.2) -> Callable[[Unit, str], float]:
    """A denominator that grows with the population and 3 % a year."""

    def of(unit: Unit, id_: str) -> float:
        return unit.population * rate * (1 + spread * (2 * draw(unit.code, id_) - 1))

    return of


def within(low: float, high: float) -> Callable[[Unit, str], float]:
    """A denominator between two numbers, larger in larger units."""

    def of(unit: Unit, id_: str) -> float:
        size = min(unit.population / 2_500_000, 1.0)
        return low + (high - low) * (0.6 * size + 0.4 * draw(unit.code, id_))

    return of


# Denominators of ratios. What is fixed by a list or a baseline does not grow (`FIXED`).
DENOMINATORS: Final[dict[str, Callable[[Unit, str], float]]] = {
    "targets_set": within(12, 26),
    "upper_requests_made": within(25, 80),
    "villages_total": lambda unit, _: unit.population / (2_300 + 5_500 * unit.urban_share),
    "systems_eligible": within(25, 90),
    "systems_baseline": within(30, 110),
    "records_due": per_head(0.6),
    "catalogue_due": within(320, 1_500),
    "records_sampled": within(200, 600),
    "share_requests_made": within(35, 180),
    "catalogue_shared": within(160, 900),
    "datasets_open_eligible": within(30, 240),
    "items_total": within(1_150, 1_750),
    "items_in_hall": within(780, 1_120),
    "themes_listed": lambda unit, id_: between(14, 24, unit.city, id_),
    "cases_total": per_head(0.4),
    "ratings_total": per_head(0.02),
    "policies_published": within(9, 36),
    "messages_total": per_head(0.0025),
    "tickets_assigned": per_head(0.07),
    "tickets_followed_up": per_head(0.03, spread=0.1),
    "items_multi_department": within(60, 220),
    "docs_total": within(6_000, 24_000),
    "reg_items_listed": within(420, 860),
    "mlps_due": within(8, 40),
    "staff_total": lambda unit, _: 1_200 + 0.0075 * unit.population,
    "population": lambda unit, _: unit.population,
    # The sample has the share of those aged 65+; those aged 60+ are some 1.42 times as many.
    "population_60plus": lambda unit, _: 1.42 * unit.population * unit.share_65_plus / 100,
}
FIXED: Final = (
    "villages_total", "systems_baseline", "records_due", "population", "population_60plus",
    "themes_listed", "reg_items_listed",
)  # fmt: skip


def denominator(unit: Unit, id_: str, period: str) -> int:
    growth = 0.0 if id_ in FIXED else 0.03 * PERIODS.index(period)
    return max(round(DENOMINATORS[id_](unit, id_) * (1 + growth)), 1)


def simulate_unit(framework: Framework, unit: Unit, period: str) -> dict[str, str]:
    """All cells of one unit in one year, before gaps."""
    cells: dict[str, str] = {}
    for indicator in framework.indicators.values():
        share = place(unit, indicator, period)
        if indicator.ratio is not None:
            raw = raw_value(framework, indicator, share)
            cells |= counts(cells, unit, indicator.ratio, raw, period)
        elif indicator.checklist:
            cells |= items(unit, indicator, share)
        elif indicator.rubric:
            level = round(share * max(indicator.rubric))
            cells[indicator.id] = str(min(max(level, 0), max(indicator.rubric)))
        else:
            digits = 2 if indicator.measure == "survey_mean" else 1
            cells[indicator.id] = f"{raw_value(framework, indicator, share):.{digits}f}"
    cells["major_data_incidents"] = "0"
    for id_ in framework.inputs:
        if id_.startswith("hotline_channels."):
            common = 0.97 if id_.endswith((".phone", ".app", ".web", ".wechat")) else 0.6
            cells[id_] = str(int(draw(unit.code, id_) < common))
    for rule in framework.rules:
        # What a level claims is there.
        if isinstance(rule, RubricRule) and int(cells[rule.rubric]) >= rule.level:
            cells |= dict.fromkeys(rule.items, "1")
    return cells


def items(unit: Unit, indicator: Indicator, share: float) -> dict[str, str]:
    """Yes (1) or no (0) for each item of a checklist.

    Thresholds do not move with the year: what is met stays met as a rule. So
    many items as make the lowest plausible share are always met.
    """
    least = indicator.plausible.min if indicator.plausible else None
    always = ceil((least or 0) / 100 * len(indicator.checklist))
    cells: dict[str, str] = {}
    for position, item in enumerate(indicator.checklist):
        id_ = f"{indicator.id}.{item.id}"
        cells[id_] = str(int(position < always or share + 0.02 > draw(unit.code, id_)))
    return cells


def counts(
    known: Mapping[str, str], unit: Unit, ratio: Ratio, raw: float, period: str
) -> dict[str, str]:
    """The counts that make a raw value; a denominator that is `known` already stays."""
    (of,), (to,) = ratio.numerator, ratio.denominator
    below = int(known[to]) if to in known else denominator(unit, to, period)
    above = round(raw * below / ratio.times)
    return {to: str(below), of: str(round(above, -3) if of == "digital_spending_cny" else above)}


def with_gaps(
    framework: Framework, unit: Unit, period: str, full: Mapping[str, str]
) -> dict[str, str]:
    """The cells without what was not reported, or does not apply, in this unit and year."""
    cells = dict(full)
    rules = framework.indicators
    shared = {rule.ratio.denominator[0] for rule in rules.values() if rule.ratio}
    for id_, field in fields(framework).items():
        # A denominator serves several indicators, so only what is above the line goes missing.
        if id_ in cells and id_ not in shared and draw(unit.code, id_, period, "gap") < 0.012:
            cells[id_] = SAID_MISSING if field.is_required else ""
    if unit.city == "广州市":
        cells["I3.2"] = NOT_APPLICABLE  # no pairing in the city
    if draw(unit.code, "open list") < 0.15:
        cells["datasets_open"] = cells["datasets_open_eligible"] = NOT_APPLICABLE
    if draw(unit.code, "targets", period) < 0.04:
        cells["targets_completed"] = cells["targets_set"] = NOT_APPLICABLE
    if (unit.code, period) in NO_LEVEL:
        for rule in rules.values():
            if rule.measure.startswith("survey"):
                cells[rule.id] = ""
            elif rule.ratio and rule.id[0] in "DO":
                cells[rule.ratio.numerator[0]] = SAID_MISSING
    if (unit.code, period) in INCIDENTS:
        cells["major_data_incidents"] = "1"
    if (unit.code, period) in INCIDENTS_UNKNOWN:
        cells["major_data_incidents"] = ""
    return cells


def table(framework: Framework, units: list[Unit]) -> str:
    """The whole file: a header, then a row per unit and period."""
    columns = [
        id_
        for id_, field in fields(framework).items()
        if not field.is_shortcut and id_ not in LEFT_OUT
    ]
    text = io.StringIO()
    writer = csv.DictWriter(text, (*LEADING, *columns), lineterminator="\n")
    writer.writeheader()
    for unit in units:
        for period in PERIODS:
            full = simulate_unit(framework, unit, period)
            cells = with_gaps(framework, unit, period, full)
            who = (unit.code, unit.name, unit.province, unit.city, period, MARK)
            writer.writerow(dict(zip(LEADING, who, strict=True)) | cells)
    return text.getvalue()


def read_units(path: Path = CENSUS) -> list[Unit]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Unit(
                code=row["code"],
                name=row["name"],
                province=row["province"],
                city=row["city"],
                population=int(row["population"]),
                share_65_plus=float(row["share_65_plus_pct"]),
                urban_share=int(row["urban_population"]) / int(row["population"]),
                schooling=float(row["mean_years_schooling"]),
            )
            for row in csv.DictReader(file)
        ]


def main() -> None:
    text = table(load_framework(FRAMEWORK), read_units())
    OUTPUT.write_bytes(text.encode("utf-8"))


if __name__ == "__main__":
    main()
