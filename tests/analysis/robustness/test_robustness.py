"""Replicates: against scoring one by one, laws, the same bytes for the same seed, refusals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from govmaturity.analysis.robustness.choices import ALL, STATED, WEIGHTS, Choices, fitted
from govmaturity.analysis.robustness.design import draw, unvaried
from govmaturity.analysis.robustness.ranges import (
    level_shares,
    probability_above,
    quantiles,
    rank_shares,
    ranks_of_runs,
)
from govmaturity.analysis.robustness.run import COLUMNS, robustness, simulated, variants_of
from govmaturity.analysis.robustness.simulate import CancelledError, simulate
from govmaturity.analysis.robustness.variants import standard_errors
from govmaturity.framework.methods import Aggregate
from govmaturity.framework.model import Framework
from govmaturity.scoring import Scores, score
from govmaturity.scoring.aggregate.nodes import aggregate
from govmaturity.scoring.plan import reweighted
from govmaturity.values.table import Values
from tests.making import Data, entered, framework_of, group, leaf, levels, values_of, words

RUBRIC = {n: words(str(n)) for n in (1, 2, 3, 4, 5)}


def tree(**more: Any) -> Data:
    return group(
        "root",
        group("g", leaf("a"), leaf("b", 50, 0), leaf("c"), **more),
        group("h", leaf("d"), leaf("m", None, measure="rubric", rubric=RUBRIC), **more),
        leaf("s", None, measure="survey_mean"),
        **more,
    )


def made(aggregate: Any = "arithmetic", **more: Any) -> Framework:
    given = {"levels": levels(0, 30, 60, 100), "missing": {"min_coverage": 0.5}} | more
    return framework_of(tree(aggregate=aggregate), **given)


def values(units: int = 30, missing: float = 0.0, seed: int = 4) -> Values:
    random = np.random.default_rng(seed)
    ends = {"a": 100, "b": 50, "c": 100, "d": 100}
    given: dict[str, dict[str, float | str | None]] = {}
    for place in range(units):
        row: dict[str, float | str | None] = {
            id_: float(random.uniform(1, end)) for id_, end in ends.items()
        }
        row |= {"m": float(random.integers(1, 6)), "s": float(random.uniform(1.1, 5))}
        given[f"u{place:03d}"] = {
            id_: None if random.uniform() < missing else value for id_, value in row.items()
        }
    return values_of(given)


def scored(framework: Framework | None = None, **more: Any) -> Scores:
    return score(framework or made(), values(**more))


# Against scoring -----------------------------------------------------------------------------

METHODS: list[Any] = [
    "arithmetic",
    {"method": "geometric", "floor": 1},
    {"method": "harmonic", "floor": 1},
    {"method": "generalised", "floor": 0, "power": 0.5},
    "mazziotta_pareto",
    "median",
    "minimum",
    "adjusted_mazziotta_pareto",
    {"method": "topsis", "ideals": "fixed"},
]


def name_of(method: Any) -> str:
    return method if isinstance(method, str) else str(method["method"])


@pytest.mark.parametrize("method", METHODS, ids=name_of)
@pytest.mark.parametrize("missing", [0.0, 0.25])
def test_a_replicate_that_varies_nothing_is_the_score_itself(method: Any, missing: float):
    scores = scored(made(method), missing=missing)
    places = [group_.place for group_ in scores.plan.groups]
    found, _ = simulate(variants_of(scores, WEIGHTS), unvaried(scores.plan, 2), places)
    expected = scores.score[places]
    assert np.allclose(found[:, 0], expected, equal_nan=True, rtol=0, atol=1e-9)
    assert np.array_equal(found[:, 0], found[:, 1], equal_nan=True)


@pytest.mark.parametrize("method", METHODS, ids=name_of)
@pytest.mark.parametrize("missing", [0.0, 0.25])
def test_a_replicate_with_other_weights_is_what_scoring_gives_with_them(
    method: Any, missing: float
):
    # Who has a score does not vary, so let it not depend on weights either.
    scores = scored(made(method, missing={"min_coverage": 0}), missing=missing)
    plan = scores.plan
    design = draw(WEIGHTS, plan, 4, np.random.default_rng(8))
    root = plan.place("root")
    found = simulate(variants_of(scores, WEIGHTS), design, [root])[0][0]
    leaves = [plan.place(id_) for id_ in plan.indicators]
    for run, factors in enumerate(design.factors):
        weights = {g.id: g.weights * factors[list(g.children)] for g in plan.groups}
        slow, _ = aggregate(reweighted(plan, weights), scores.score[leaves], scores.raw)
        assert np.allclose(found[run], slow[root], equal_nan=True, rtol=0, atol=1e-9)


def test_leaving_an_indicator_out_is_scoring_without_it():
    scores = scored()
    design = replace(unvaried(scores.plan, 6), left_out=np.arange(6))
    found = simulated(variants_of(scores, ALL), design)
    for place, id_ in enumerate(scores.plan.indicators):
        kept = [other for other in scores.plan.indicators if other != id_]
        profile = {"rest": {"name": words("rest"), "indicators": kept}}
        rest = score(made(profiles=profile), values(), profile="rest")
        assert np.allclose(found[place], rest.of("root"))


def test_another_way_of_normalising_is_scoring_with_it():
    scores = scored()
    options = ("stated", "min_max", "percent_rank")
    choices = replace(WEIGHTS, normalise=options)
    design = replace(unvaried(scores.plan, 3), normalise=np.arange(3))
    found = simulated(variants_of(scores, choices), design)
    for place, method in enumerate(options[1:], start=1):
        bare = tree()
        for node in (*bare["children"][0]["children"], *bare["children"][1]["children"][:1]):
            goalposts = node.pop("goalposts")
            node["direction"] = "higher" if goalposts["best"] > goalposts["worst"] else "lower"
        bare["children"][1]["children"][1]["direction"] = "higher"
        bare["children"][2]["direction"] = "higher"
        other = framework_of(bare, normalise=method)
        assert np.allclose(found[place], score(other, values()).of("root")), method


def test_missing_values_are_filled_and_outliers_brought_in_only_in_their_replicates():
    scores = scored(missing=0.2)
    choices = replace(WEIGHTS, missing=("stated", "median"), treat=("stated", "winsorised"))
    variants = variants_of(scores, choices)
    assert np.isnan(variants.values("stated", "stated")).sum() > 0
    filled = variants.values("stated", "median")
    assert not np.isnan(filled).any()
    known = ~np.isnan(scores.value)
    assert np.array_equal(filled[known], scores.value[known])
    assert np.array_equal(
        variants.values("winsorised", "stated"), scores.value, equal_nan=True
    )  # no outliers here


def test_a_group_without_coverage_has_no_score_in_any_replicate():
    scores = scored(missing=0.45)
    found = robustness(scores, choices=ALL, runs=40)
    without = np.isnan(scores.of("root"))
    assert without.any()
    assert np.isnan(found.of("root").score[:, without]).all()
    assert not np.isnan(found.of("root").score[:, ~without]).any()


# Errors --------------------------------------------------------------------------------------


def with_errors(error: float) -> Values:
    table = values().table.copy()
    table["se"] = np.where(table["indicator"] == "s", error, np.nan)
    return Values(table)


def test_standard_errors_move_survey_values_and_nothing_else():
    given = with_errors(0.2)
    scores = score(made(), given)
    errors = standard_errors(scores, given)
    assert (errors > 0).sum() == 30
    choices = Choices(weights=0, errors=True)
    found = robustness(scores, choices=choices, runs=3000, errors=errors)
    spread = found.draws.std(axis=0)
    # A third of the root: .2 / 4 of the scale, where no end of the scale is near.
    inside = (scores.of("s") > 20) & (scores.of("s") < 80)
    assert spread[inside].tolist() == pytest.approx([100 * 0.2 / 4 / 3] * inside.sum(), rel=0.1)
    assert np.isnan(found.of("g").score).sum() == 0
    assert np.allclose(found.of("g").score[0], found.of("g").score[2])


def test_without_errors_in_the_file_there_are_none():
    scores = scored()
    assert not standard_errors(scores, values()).any()


def test_rubrics_move_by_one_level_at_most_and_stay_on_their_scale():
    scores = scored()
    variants = variants_of(scores, Choices(rubric=1.0))
    place = scores.plan.indicators.index("m")
    ((line, moved),) = variants.moved(STATED, STATED, STATED, 7)
    assert line == place
    step = np.abs(moved - scores.of("m")) / 25
    assert set(step.round(9).tolist()) <= {0.0, 1.0}
    stays = step < 0.5
    at_ends = np.isin(scores.value[place], [1, 5])
    assert at_ends[stays].all()  # only a move beyond the ends is held


# What comes out ------------------------------------------------------------------------------


def test_the_table_has_the_columns_of_the_contract_sorted_by_unit_and_node():
    found = robustness(scored(), runs=50)
    table = found.table()
    assert list(table.columns) == [*COLUMNS, "p_level_1", "p_level_2", "p_level_3"]
    assert table["node"].tolist()[:3] == ["root", "g", "h"]
    assert table["unit"].is_monotonic_increasing
    assert len(table) == 30 * 3
    for low, middle, high in (
        ("score_low", "score_median", "score_high"),
        ("rank_low", "rank_median", "rank_high"),
    ):
        assert (table[low] <= table[middle]).all()
        assert (table[middle] <= table[high]).all()
    shares = table[["p_level_1", "p_level_2", "p_level_3"]].sum(axis=1)
    assert np.allclose(shares, 1)


def test_the_same_seed_gives_the_same_table_and_another_seed_another():
    scores = scored(missing=0.1)
    one, same, other = (
        robustness(scores, choices=ALL, runs=60, seed=seed).table() for seed in (3, 3, 4)
    )
    pd.testing.assert_frame_equal(one, same, check_exact=True)
    assert not one.equals(other)


def test_no_variation_gives_ranges_without_width():
    found = robustness(scored(), choices=Choices(weights=0), runs=10)
    table = found.table()
    assert np.allclose(table["score_low"], table["score"])
    assert np.allclose(table["score_high"], table["score"])
    assert (table["rank_low"] == table["rank"]).all()


def test_more_variation_gives_wider_ranges():
    scores = scored()
    widths = []
    for share in (0.05, 0.2, 0.5):
        found = robustness(scores, choices=Choices(weights=share), runs=400)
        widths.append(float((found.of("root").score[2] - found.of("root").score[0]).mean()))
    assert widths == sorted(widths)


def test_probabilities_of_ranks_add_up_and_agree_with_those_of_pairs():
    found = robustness(scored(), runs=200)
    ranks_ = found.rank_probabilities()
    assert np.allclose(ranks_.sum(axis=1), 1)
    above = found.probability_above()
    assert np.allclose(above + above.T, 1)
    # The mean rank is one more than the units expected above.
    mean = ranks_ @ np.arange(1, 31)
    assert np.allclose(mean, 1 + (1 - above).sum(axis=1) - 0.5)
    pair = found.probability_above(["u003", "u001"])
    assert pair[0, 1] == above[3, 1]


def test_units_that_are_not_ranked_get_ranges_of_scores_alone():
    scores = score(made(), values(), unranked=["u002"])
    table = robustness(scores, runs=20).table()
    left_out = table[table["unit"] == "u002"]
    assert left_out["rank"].isna().all()
    assert left_out["rank_low"].isna().all()
    assert left_out["score_low"].notna().all()
    assert table["rank_high"].max() <= 29


def test_the_latest_period_counts():
    both = pd.concat([values().table.assign(period=period) for period in ("2023", "2024")])
    found = robustness(score(made(), Values(both)), runs=10)
    assert set(found.table()["period"]) == {"2024"}


def test_gates_hold_in_every_replicate():
    gates = [
        {"id": "balanced", "kind": "weakest", "plus": 0, "name": words("balanced")},
        {
            "id": "safe",
            "kind": "input",
            "input": "x",
            "above": 0,
            "max_level": 1,
            "name": words("safe"),
        },
    ]
    framework = made(gates=gates, inputs=entered("x"))
    rows = {
        f"u{i}": {"a": v, "b": 5, "c": v, "d": 20, "m": 1, "s": 5} for i, v in enumerate((99, 98))
    }
    rows["u1"]["x"] = 1
    scores = score(framework, values_of(rows))
    found = robustness(scores, runs=50).of("root")
    # The weaker group of both stays in the first level whatever the weights.
    assert found.levels[0].tolist() == [1, 1]
    free = robustness(score(made(), values_of(rows)), runs=50).of("root")
    assert free.levels[0].tolist() == [0, 0]


def test_a_replicate_without_a_result_is_counted_and_left_out():
    nodes = [leaf("p", None, direction="higher"), leaf("q", None, direction="higher")]
    framework = framework_of(group("root", *nodes, normalise="z_score"))
    given = values_of({u: {"p": x, "q": y} for u, x, y in (("u", 1, 3), ("v", 2, 9), ("w", 5, 1))})
    choices = Choices(aggregate=("arithmetic", "geometric"))
    found = robustness(score(framework, given), choices=choices, runs=100)
    assert 30 < found.failed < 70  # the geometric ones: z-scores are negative
    assert len(found.draws) == 100 - found.failed
    assert not found.table()["score_low"].isna().any()


def test_progress_is_told_and_a_simulation_can_be_stopped():
    told: list[tuple[int, int]] = []
    robustness(scored(), runs=600, progress=lambda done, runs: told.append((done, runs)))
    assert told[-1] == (600, 600)
    assert told == sorted(told)
    with pytest.raises(CancelledError):
        robustness(scored(), runs=5, is_cancelled=lambda: True)


# Choices -------------------------------------------------------------------------------------


def test_products_are_not_varied_on_a_scale_below_zero_and_the_stated_way_is_among_them():
    below = score(
        framework_of(group("root", leaf("a")), scale=[-10, 10]), values_of({"u": {"a": 5}})
    )
    assert fitted(ALL, below.plan).aggregate == ("arithmetic",)
    median = score(made("median"), values())
    assert fitted(ALL, median.plan).aggregate[0] == STATED
    assert WEIGHTS.is_weights_alone
    assert not ALL.is_weights_alone


@pytest.mark.parametrize(
    "wrong", [{"weights": 1.0}, {"weights": -0.1}, {"rubric": 2.0}, {"treat": ()}]
)
def test_choices_that_make_no_sense_are_refused(wrong: dict[str, Any]):
    with pytest.raises(ValueError, match=r"got|needs"):
        Choices(**wrong)


def test_runs_and_nodes_that_make_no_sense_are_refused():
    with pytest.raises(ValueError, match="one run"):
        robustness(scored(), runs=0)
    with pytest.raises(ValueError, match="only groups"):
        robustness(scored(), nodes=["a"])
    with pytest.raises(KeyError, match="not simulated"):
        robustness(scored(), runs=2, nodes=["g"]).of("h")


# Ranges --------------------------------------------------------------------------------------


def test_quantiles_are_those_of_numpy():
    draws = np.random.default_rng(1).normal(size=(101, 7))
    draws[:, 3] = np.nan
    assert np.allclose(
        quantiles(draws), np.quantile(draws, [0.05, 0.5, 0.95], axis=0), equal_nan=True
    )
    assert np.isnan(quantiles(draws[:0])).all()


def test_ranks_of_replicates_share_places_within_the_tolerance():
    draws = np.array([[50.0, 50.0 + 1e-9, 70.0, 20.0]])
    found = ranks_of_runs(draws, np.array([True, True, True, False]), 100)
    assert found.tolist() == [[2, 2, 1, 0]]
    assert rank_shares(found)[:, :3].tolist() == [[0, 1, 0], [0, 1, 0], [1, 0, 0], [0, 0, 0]]


def test_shares_of_levels_count_replicates_without_a_level():
    found = level_shares(np.array([[1, 0], [2, 0]], dtype=np.int8), 2)
    assert found.tolist() == [[0.5, 0], [0.5, 0]]


def test_equal_scores_count_half_for_each():
    above = probability_above(np.array([[1.0, 1.0, np.nan], [2.0, 1.0, np.nan]]))
    assert above[:2, :2].tolist() == [[0.5, 0.75], [0.25, 0.5]]
    assert np.isnan(above[2]).all()


def test_a_plan_takes_methods_by_name_with_what_they_need():
    from govmaturity.analysis.robustness.choices import method_of

    plan = scored().plan
    stated = Aggregate(method="arithmetic")
    assert method_of(plan, "geometric", stated).floor == 1
    assert method_of(plan, "generalised", stated).power == 0.5
    assert method_of(plan, "topsis", stated).ideals == "fixed"
    assert method_of(plan, STATED, stated) is stated
