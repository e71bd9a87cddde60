"""The table of imbalance: what is in it, that its parts sum, that it is the same twice."""

from pathlib import Path

import numpy as np
import pytest

from govmaturity.analysis import inequality as ineq
from govmaturity.analysis.imbalance import COLUMNS, imbalance_table, population_of
from govmaturity.framework.load import load_framework
from govmaturity.intake.checks import check
from govmaturity.scoring import score
from govmaturity.units.groups import group_of
from govmaturity.units.registry import registry
from tests.making import entered, framework_of, group, leaf, values_of

ROOT = Path(__file__).resolve().parents[3]
FRAMEWORK = framework_of(
    group("root", leaf("a"), group("g", leaf("b"), leaf("c"))), inputs=entered("population")
)


def made(n, period="2024"):
    random = np.random.default_rng(n)
    return values_of(
        {
            f"u{i:02d}": {
                **dict(zip("abc", map(float, random.uniform(5, 95, 3)), strict=True)),
                "population": float(random.integers(1, 9)),
            }
            for i in range(n)
        },
        period,
    )


SCORES = score(FRAMEWORK, made(24))
OUTER = {unit: "N" if i < 10 else "S" for i, unit in enumerate(SCORES.units)}
INNER = {unit: f"{OUTER[unit]}{i % 3}" for i, unit in enumerate(SCORES.units)}
NESTED = {"group_by": ["region", "city"], "groupings": [OUTER, INNER]}


def table(**more):
    return imbalance_table(SCORES, "root", population=population_of(SCORES, "population"), **more)


def rows(found, **wanted):
    for column, value in wanted.items():
        found = found[found[column].isna() if value is None else found[column] == value]
    return found


@pytest.mark.parametrize("weighting", ["unit", "resident"])
def test_every_measure_stands_once_and_is_that_of_its_function(weighting):
    found = rows(table(), weighting=weighting, part="total")
    x = SCORES.of("root")
    w = None
    if weighting == "resident":
        residents = population_of(SCORES, "population")["2024"]
        w = [residents[unit] for unit in SCORES.unit]
    extra = {"williamson"} if weighting == "resident" else set()
    assert sorted(found["measure"]) == sorted({*ineq.MEASURES, *extra})
    for name in ineq.MEASURES:
        (value,) = rows(found, measure=name)["value"]
        assert value == pytest.approx(ineq.measured(name, x, w)), name


@pytest.mark.parametrize("weighting", ["unit", "resident"])
def test_all_parts_in_the_table_sum_to_their_measure(weighting):
    found = rows(table(**NESTED), weighting=weighting)
    for measure in ("variance", "theil_t", "theil_l", "dagum"):
        whole = "gini" if measure == "dagum" else measure
        (total,) = rows(found, measure=whole, part="total")["value"]
        parts = rows(found, measure=measure, group=None)
        parts = parts[parts["group_by"].notna()]
        assert parts["value"].sum() == pytest.approx(total, abs=1e-9 * max(1, total))
        (within,) = rows(parts, part="within")["value"]
        by_group = rows(found, measure=measure, part="within")
        assert by_group[by_group["group"].notna()]["value"].sum() == pytest.approx(within)
    for measure in ("variance", "gini"):
        (total,) = rows(found, measure=measure, part="total")["value"]
        for part, ids in (("child", ["a", "g"]), ("indicator", ["a", "b", "c"])):
            sources = rows(found, measure=measure, part=part)
            assert list(sources["group"]) == ids
            assert sources["value"].sum() == pytest.approx(total, abs=1e-9 * max(1, total))


def test_draws_fill_the_intervals_and_change_no_figure():
    without, with_ = table(**NESTED), table(**NESTED, draws=200)
    assert with_.drop(columns=["low", "high"]).equals(without.drop(columns=["low", "high"]))
    assert without["low"].isna().all()
    total = rows(with_, part="total")
    blank = set(rows(total, low=None)["measure"])
    assert blank == {"range", "max_min"}
    there = with_[with_["low"].notna()]
    assert (there["low"] <= there["high"]).all()
    inside = rows(total, measure="gini")
    assert (inside["low"] < inside["value"]).all()
    assert (inside["value"] < inside["high"]).all()


def test_the_same_seed_gives_the_same_table_and_another_one_other_intervals():
    first, again, other = (table(draws=50, seed=seed) for seed in (1, 1, 2))
    assert first.equals(again)
    assert not first["low"].equals(other["low"])


@pytest.mark.parametrize("more", [{}, NESTED], ids=["alone", "in groups"])
def test_progress_never_goes_back_and_ends_at_the_end(more):
    told = []
    table(**more, draws=20, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)


def test_a_geometric_node_says_that_its_parts_are_shapley_values():
    framework = framework_of(
        group("root", leaf("a"), leaf("b"), aggregate={"method": "geometric", "floor": 1})
    )
    found = imbalance_table(score(framework, made(12)), "root", draws=20)
    sources = rows(found, part="child")
    assert set(sources["note"]) == {"shapley"}
    assert sources["low"].isna().all()
    assert "indicator" not in set(found["part"])


def test_scores_that_can_be_negative_have_no_relative_measure_and_no_split_of_one():
    children = [leaf(one, worst=None, direction="higher") for one in "ab"]
    framework = framework_of(group("root", *children, normalise={"method": "z_score"}))
    scores = score(framework, made(12))
    found = imbalance_table(scores, "root", group_by=["r"], groupings=[OUTER])
    refused = found[found["note"] == "scale_negative"]
    assert {*ineq.RELATIVE, "dagum"} == set(refused["measure"])
    assert refused["value"].isna().all()
    assert set(rows(found, part="child")["measure"]) == {"variance"}


def test_an_indicator_has_measures_but_no_sources_and_nothing_scored_has_neither():
    found = imbalance_table(SCORES, "b")
    assert set(found["part"]) == {"total"}
    empty = imbalance_table(score(FRAMEWORK, values_of({"u": {"z": 1}})), "root")
    assert list(empty.columns) == list(COLUMNS)
    assert set(empty["note"]) == {"no_values"}


def test_units_without_a_group_are_left_out_of_the_split_and_counted():
    some = {unit: OUTER[unit] for unit in SCORES.units[:20]}
    split = imbalance_table(SCORES, "root", group_by=["r"], groupings=[some])
    split = split[split["group_by"].notna()]
    assert set(split["note"]) == {"units_without_group=4"}
    assert set(split[split["group"].isna()]["n"]) == {20}
    none = imbalance_table(SCORES, "root", group_by=["r"], groupings=[{}])
    assert list(none[none["group_by"].notna()]["note"]) == ["no_values"]


def test_the_census_splits_by_province_and_prefecture_without_a_rest(shared):
    framework = load_framework(ROOT / "indicators" / "county-conditions.yaml")
    file = shared / "data" / "census2020_counties.csv"
    values = check(file.read_bytes(), file.name, framework).values
    scores = score(framework, values)
    columns = ["province", "prefecture"]
    groups = [group_of(one, scores.units, values.attributes, registry()) for one in columns]
    found = imbalance_table(scores, "conditions", group_by=columns, groupings=groups)
    for measure in ("variance", "theil_t", "theil_l"):
        split = rows(found, measure=measure, group=None)
        split = split[split["group_by"].notna()]
        (whole,) = rows(found, measure=measure, part="total")["value"]
        assert list(split["part"]) == ["between_province", "between_prefecture", "within"]
        assert split["value"].sum() == pytest.approx(whole, abs=1e-9)
