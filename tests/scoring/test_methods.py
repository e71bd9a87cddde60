"""Every step that a framework can choose, from YAML to scores, and what a method refuses."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest
from babel.messages.pofile import read_po

from govmaturity.scoring import Scores, score
from govmaturity.scoring.errors import MethodError
from govmaturity.scoring.explain import explain
from govmaturity.scoring.normalise.sample import percent_rank
from govmaturity.texts import LANGUAGES
from tests.making import (
    Data,
    entered,
    framework_of,
    group,
    leaf,
    levels,
    rows_of,
    values_from,
    values_of,
    words,
)

UNITS = {
    "a": {"p": 10.0, "q": 80.0, "r": 5.0},
    "b": {"p": 40.0, "q": 20.0, "r": 50.0},
    "c": {"p": 90.0, "q": 60.0, "r": 20.0},
    "d": {"p": 60.0, "q": 70.0, "r": 90.0},
    "e": {"p": 30.0, "q": 30.0, "r": 35.0},
}
P = [row["p"] for row in UNITS.values()]


def bare(id_: str, **more: Any) -> Data:
    return leaf(id_, None, direction="higher", **more)


def of_group(values: Any = None, **more: Any) -> Scores:
    """Scores of a root with three indicators of which values are the scores."""
    made = framework_of(group("root", leaf("p"), leaf("q"), leaf("r"), **more))
    return score(made, values_of(UNITS if values is None else values))


def of_one(normalise: Any, given: dict[str, float | None], **more: Any) -> list[float]:
    """Scores of one indicator by a method."""
    made = framework_of(group("root", bare("p", normalise=normalise, **more)))
    found = score(made, values_of({unit: {"p": value} for unit, value in given.items()}))
    return found.of("p").tolist()


# Normalise -----------------------------------------------------------------------------------

THREE: dict[str, float | None] = {"a": 10.0, "b": 20.0, "c": 40.0}
BY_METHOD: dict[str, tuple[Any, list[float]]] = {
    "min_max": ("min_max", [0, 100 / 3, 100]),
    "min_max with a floor": ({"method": "min_max", "floor": 1}, [1, 34, 100]),
    "rank": ("rank", [1, 2, 3]),
    "percent_rank": ("percent_rank", [0, 50, 100]),
    "borda": ("borda", [0, 1, 2]),
    "share_of_maximum": ("share_of_maximum", [25, 50, 100]),
    "distance_to_target": ({"method": "distance_to_target", "target": 30}, [0, 50, 100]),
    "categories": ({"method": "categories", "classes": 3}, [0, 50, 100]),
    "target_band": (
        {"method": "target_band", "band": [15, 25], "limits": [5, 45]},
        [50, 100, 25],
    ),
    "thresholds": (
        {"method": "thresholds", "thresholds": [15, 40], "scores": [0, 60, 90]},
        [0, 60, 90],
    ),
    "chain": (
        {"method": "chain", "steps": [{"method": "rank"}, {"method": "min_max"}]},
        [0, 50, 100],
    ),
}


@pytest.mark.parametrize(("method", "expected"), BY_METHOD.values(), ids=BY_METHOD)
def test_a_method_scores_as_worked_by_hand(method: Any, expected: list[float]):
    assert of_one(method, THREE) == pytest.approx(expected)


def test_t_scores_have_the_centre_and_spread_that_are_asked_for():
    assert of_one("t_score", {"a": 1.0, "b": 2.0, "c": 3.0}) == [40, 50, 60]
    method = {"method": "t_score", "centre": 100, "spread": 20, "population": True}
    found = of_one(method, {"a": 1.0, "b": 3.0})
    assert found == [80, 120]


def test_the_efficacy_coefficient_starts_at_60_and_is_held_and_marked():
    made = framework_of(group("root", leaf("p", 20, 80, normalise="efficacy")))
    found = score(made, values_of({"u": {"p": 50}, "v": {"p": 10}, "w": {"p": 99}}))
    assert found.of("p").tolist() == pytest.approx([80, 60, 100])
    assert found.clipped[0].tolist() == [False, True, True]
    assert explain(found, "u", "p").formula == "100 × (0.6 + 0.4 × (50 − 20) ÷ (80 − 20)) = 80"


def test_less_is_better_turns_methods_round_in_one_place():
    made = framework_of(
        group("root", leaf("p", None, direction="lower", normalise="share_of_maximum"))
    )
    found = score(made, values_of({"u": {"p": 2}, "v": {"p": 4}}))
    assert found.of("p").tolist() == [100, 50]


def test_the_basis_is_the_period_all_periods_or_one_of_them():
    rows = [
        row
        for period, values in {"2023": [10.0, 20.0], "2024": [20.0, 40.0]}.items()
        for row in rows_of({u: {"p": v} for u, v in zip("ab", values, strict=True)}, period)
    ]

    def found(basis: str) -> list[float]:
        made = framework_of(
            group("root", bare("p", normalise={"method": "min_max", "basis": basis}))
        )
        return score(made, values_from(rows)).of("p").tolist()

    # Rows are a 2023, a 2024, b 2023, b 2024.
    assert found("period") == [0, 0, 100, 100]
    assert found("pooled") == pytest.approx([0, 100 / 3, 100 / 3, 100])
    assert found("2023") == [0, 100, 100, 100]


# Aggregate -----------------------------------------------------------------------------------


def test_every_way_of_combining_by_hand_for_one_unit():
    by_hand = {
        "harmonic": 3 / (1 / 60 + 1 / 70 + 1 / 90),
        "generalised": np.sqrt((3600 + 4900 + 8100) / 3),
        "median": 70,
        "minimum": 60,
        "mazziotta_pareto": 220 / 3 - np.var([60, 70, 90]) / (220 / 3),
    }
    more = {"harmonic": {"floor": 1}, "generalised": {"floor": 0, "power": 2}}
    for method, expected in by_hand.items():
        chosen = {"method": method} | more.get(method, {})
        assert of_group(aggregate=chosen).of("root")[3] == pytest.approx(expected), method


def test_methods_that_look_at_units_together_stay_inside_a_period():
    rows = rows_of(UNITS, "2023") + rows_of({u: UNITS[u] for u in "ab"}, "2024")
    for chosen in ("copeland", "benefit_of_doubt", {"method": "topsis", "ideals": "sample"}):
        made = framework_of(group("root", leaf("p"), leaf("q"), leaf("r"), aggregate=chosen))
        both = score(made, values_from(rows))
        alone = score(made, values_from(rows_of(UNITS, "2023")))
        assert both.at("2023").of("root").tolist() == pytest.approx(alone.of("root").tolist())
        assert ((both.of("root") >= 0) & (both.of("root") <= 100 + 1e-9)).all()


def test_copeland_on_the_scale_is_the_share_of_wins_and_half_of_draws():
    found = of_group(aggregate="copeland")
    # By two of three indicators: d beats all; c beats a, b, e; b beats a, e; e beats a.
    assert found.of("root").tolist() == pytest.approx([0, 50, 75, 100, 25])
    assert explain(found, "d", "root").formula.startswith("copeland(60 [0.333333]; 70")


def test_each_group_may_be_combined_in_its_own_way():
    made = framework_of(
        group("root", group("g", leaf("p"), leaf("q"), aggregate="minimum"), leaf("r"))
    )
    found = score(made, values_of(UNITS))
    assert found.of("g").tolist() == [10, 20, 60, 60, 30]
    assert found.of("root")[0] == pytest.approx((10 + 5) / 2)


# Weigh ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["entropy", "critic", "coefficient_of_variation", "matched"])
def test_weights_from_data_are_found_recorded_and_in_force(method: str):
    found = of_group(weigh=method)
    (told,) = found.weighed
    assert (told.group, told.method, told.units) == ("root", method, 5)
    assert sum(told.found.values()) == pytest.approx(1)
    assert told.stated == pytest.approx({"p": 1 / 3, "q": 1 / 3, "r": 1 / 3})
    expected = sum(
        told.found[id_] * np.array([row[id_] for row in UNITS.values()]) for id_ in "pqr"
    )
    assert found.of("root").tolist() == pytest.approx(expected.tolist())
    group_plan = found.plan.group("root")
    assert group_plan is not None
    assert dict(zip("pqr", group_plan.effective.tolist(), strict=True)) == pytest.approx(told.found)


def test_component_weights_are_found_where_the_parts_move_together():
    given = {
        u: {"p": v, "q": v + i % 2, "r": 2 * v - i % 3}
        for i, (u, v) in enumerate(zip("abcdef", [5.0, 11.0, 20.0, 28.0, 37.0, 45.0], strict=True))
    }
    (told,) = of_group(given, weigh="principal_components").weighed
    assert all(weight == pytest.approx(1 / 3, abs=0.01) for weight in told.found.values())


def test_a_weight_set_that_is_chosen_replaces_weights_that_are_found():
    made = framework_of(group("root", leaf("p"), leaf("q"), leaf("r"), weigh="entropy"))
    equal = score(made, values_of(UNITS), weights="equal")
    assert equal.weighed == ()
    assert equal.of("root")[0] == pytest.approx(95 / 3)


def test_judged_weights_hold_for_their_group_alone_and_data_based_ones_below_too():
    inner = group("g", leaf("p"), leaf("q"))
    judgements = [{"expert": "E", "matrix": {"g": {"r": 3}}}]
    made = framework_of(
        group("root", inner, leaf("r"), weigh={"method": "ahp", "judgements": judgements})
    )
    found = score(made, values_of(UNITS))
    (told,) = found.weighed
    assert told.found == pytest.approx({"g": 0.75, "r": 0.25})
    assert (told.ratio, told.worst) == (0, ("g", "r"))
    made = framework_of(group("root", inner, leaf("r"), weigh="entropy"))
    assert [told.group for told in score(made, values_of(UNITS)).weighed] == ["g", "root"]


def test_weights_are_combined_in_stated_shares_or_by_game_theory():
    linear = {"method": "combined", "of": ["stated", "entropy"], "combine": "linear"}
    (entropy,) = of_group(weigh="entropy").weighed
    (told,) = of_group(weigh=linear | {"shares": ["3/4", "1/4"]}).weighed
    assert told.found["p"] == pytest.approx(0.75 / 3 + 0.25 * entropy.found["p"])
    assert told.shares == (0.75, 0.25)
    (told,) = of_group(weigh={"method": "combined", "of": ["stated", "entropy"]}).weighed
    assert sum(told.shares) == pytest.approx(1)


def test_budget_weights_count_each_expert_alike():
    budgets = [
        {"expert": "A", "points": {"p": 50, "q": 50, "r": 0}},
        {"expert": "B", "points": {"p": 1, "q": 1, "r": 2}},
    ]
    (told,) = of_group(weigh={"method": "budget", "budgets": budgets}).weighed
    assert told.found == pytest.approx({"p": 0.375, "q": 0.375, "r": 0.25})


# Denominate, screen, treat, impute -----------------------------------------------------------


def test_a_count_is_denominated_and_does_not_apply_where_there_is_nobody():
    node = leaf("p", 0, 10, measure="count", denominate={"by": "people", "times": 1000})
    made = framework_of(group("root", node), inputs=entered("people"))
    found = score(
        made,
        values_of(
            {
                "u": {"p": 3, "people": 600},
                "v": {"p": 3, "people": 0},
                "w": {"p": 3},
            }
        ),
    )
    assert found.value[0, 0] == pytest.approx(5)
    assert found.of("p")[0] == pytest.approx(50)
    assert np.isnan(found.of("p")[1:]).all()
    assert np.isnan(found.coverage_of("p")[1])  # not applicable
    assert found.coverage_of("p")[2] == 0  # missing


def test_a_unit_that_reports_too_little_is_screened_out_and_changes_nobody():
    parts = [bare(id_, normalise="min_max") for id_ in "pqr"]
    made = framework_of(group("root", *parts), screen={"min_available": 0.66})
    rest = score(made, values_of(UNITS))
    found = score(made, values_of(UNITS | {"z": {"p": 1000.0}}))
    assert found.screened.tolist() == [False] * 5 + [True]
    assert np.isnan(found.of("root")[5])
    assert found.of("root")[:5].tolist() == rest.of("root").tolist()
    assert found.rank_of("root")[5] == 0


def test_a_unit_with_too_many_zeros_is_screened_out():
    made = framework_of(group("root", leaf("p"), leaf("q"), leaf("r")), screen={"min_nonzero": 0.5})
    found = score(made, values_of({"u": {"p": 0, "q": 0, "r": 5}, "v": {"p": 0, "q": 1, "r": 5}}))
    assert found.screened.tolist() == [True, False]


def test_outliers_are_treated_where_asked_and_the_raw_value_stays():
    given = {f"u{i}": {"p": float(i), "q": float(i)} for i in range(20)}
    given["u19"] = {"p": 900.0, "q": 900.0}
    made = framework_of(
        group("root", bare("p", normalise="min_max", treat={}), bare("q", normalise="min_max"))
    )
    found = score(made, values_of(given))
    (told,) = found.treatments
    assert (told.indicator, told.high) == ("p", 1)
    place = found.row("u19", "2024")
    assert (found.raw.value[0, place], found.value[0, place]) == (900, 18)
    assert found.value[1, place] == 900
    explained = explain(found, "u19", "p")
    assert (explained.raw, explained.used) == (900, 18)


def imputing(method: Any, given: Any = None, **more: Any) -> Scores:
    made = framework_of(
        group("root", leaf("p"), leaf("q"), leaf("r"), impute=method),
        missing={"min_coverage": 0.3},
        **more,
    )
    return score(made, values_of(given or UNITS | {"a": {"p": None, "q": 80.0, "r": 5.0}}))


def test_an_imputed_value_is_scored_and_marked_but_is_no_coverage():
    found = imputing("median")
    assert found.value[0, 0] == 50  # of 40, 90, 60, 30
    assert found.imputed[0].tolist() == [True, False, False, False, False]
    assert found.of("root")[0] == pytest.approx((50 + 80 + 5) / 3)
    assert found.coverage_of("root")[0] == pytest.approx(2 / 3)
    assert explain(found, "a", "p").is_imputed


@pytest.mark.parametrize("method", ["mean", "last", "linear", "regression"])
def test_what_is_missing_alone_is_imputed(method: str):
    given = copy.deepcopy(UNITS)
    given["a"]["p"] = "not_applicable"
    given["b"]["p"] = "suppressed"
    found = imputing(method, given)
    assert not found.imputed.any()


def test_nothing_is_imputed_unless_a_framework_asks():
    found = of_group(UNITS | {"a": {"p": None, "q": 80.0, "r": 5.0}})
    assert not found.imputed.any()
    assert found.of("root")[0] == pytest.approx(42.5)


def test_an_option_is_never_imputed():
    options = [{"code": c, "name": words(c), "points": n} for c, n in (("x", 0), ("y", 50))]
    made = framework_of(
        group("root", leaf("p", None, measure="choice", options=options), impute="mean"),
        missing={"min_coverage": 0},
    )
    found = score(made, values_of({"u": {"p": 1}, "v": {"p": None}}))
    assert not found.imputed.any()


def test_a_group_median_looks_at_units_of_the_same_province_of_the_registry():
    given = {
        "440103": {"p": 10.0},
        "440104": {"p": 20.0},
        "440105": {"p": None},
        "360702": {"p": 90.0},
    }
    made = framework_of(group("root", leaf("p"), impute={"method": "group_mean", "by": "province"}))
    found = score(made, values_of(given))
    assert found.value[0, found.row("440105", "2024")] == 15


# Refusals ------------------------------------------------------------------------------------


def framework(*children: Data, **more: Any) -> Any:
    return framework_of(group("root", *children, **more))


AHP_WRONG = {"p": {"q": 3}, "q": {"r": 3}, "r": {"p": 5}}
REFUSED: dict[str, tuple[Any, Any, str]] = {
    "values_too_low": (
        framework(leaf("p", 1, 9, normalise="log_goalposts")),
        {"u": {"p": -2}},
        "-2",
    ),
    "no_base_period": (
        framework(bare("p", normalise={"method": "rank", "basis": "2019"})),
        {"u": {"p": 1}},
        "2019",
    ),
    "negative_scores": (
        framework(bare("p", normalise="z_score"), aggregate={"method": "geometric", "floor": 1}),
        {"u": {"p": 1}, "v": {"p": 2}},
        "-0.707107",
    ),
    "parts_missing": (
        framework(leaf("p"), leaf("q"), aggregate="benefit_of_doubt"),
        {"u": {"p": 1, "q": None}, "v": {"p": 2, "q": 2}},
        "q",
    ),
    "no_grouping": (
        framework(leaf("p"), impute={"method": "group_mean", "by": "zone"}),
        {"u": {"p": 1}},
        "zone",
    ),
    "too_few_units": (
        framework(leaf("p"), leaf("q"), weigh="entropy"),
        {"u": {"p": 1, "q": 2}},
        "1",
    ),
    "part_constant": (
        framework(leaf("p"), leaf("q"), weigh="matched"),
        {u: {"p": 5, "q": v} for u, v in (("u", 1), ("v", 2), ("w", 4))},
        "p",
    ),
    "kmo_too_low": (
        framework(leaf("p"), leaf("q"), leaf("r"), weigh="principal_components"),
        {
            u: dict(zip("pqr", v, strict=True))
            for u, v in zip(
                "uvwxyz",
                [(1, 9, 11), (2, 8, 9), (3, 9, 14), (4, 2, 7), (5, 1, 6), (6, 0.5, 8)],
                strict=True,
            )
        },
        "0.",
    ),
    "inconsistent": (
        framework(
            leaf("p"),
            leaf("q"),
            leaf("r"),
            weigh={"method": "ahp", "judgements": [{"expert": "E", "matrix": AHP_WRONG}]},
        ),
        UNITS,
        "",
    ),
}


@pytest.mark.parametrize("code", sorted(REFUSED))
def test_a_method_that_lacks_what_it_needs_says_where_and_what(code: str):
    made, given, found = REFUSED[code]
    with pytest.raises(MethodError) as caught:
        score(made, values_of(given))
    error = caught.value
    assert error.code == code
    assert error.node in ("p", "root")
    assert found in error.found
    sentences = [error.message(language) for language in LANGUAGES]
    assert sentences[0] != sentences[1]
    for sentence in sentences:
        assert error.node in sentence
        assert "{" not in sentence


def test_the_units_are_named_the_first_ten_and_the_total():
    made, _, _ = REFUSED["values_too_low"]
    with pytest.raises(MethodError, match=r"u00 \(2024\).*u09 \(2024\), …") as caught:
        score(made, values_of({f"u{i:02d}": {"p": -1} for i in range(12)}))
    assert "12 places" in str(caught.value)


def test_an_inconsistent_expert_and_the_judgement_that_fits_least_are_named():
    made, given, _ = REFUSED["inconsistent"]
    with pytest.raises(MethodError, match="E: p - "):
        score(made, values_of(given))


def test_every_refusal_of_the_catalogue_is_driven_above(root: Any):
    with (root / "govmaturity" / "texts" / "en" / "scoring.po").open("rb") as source:
        ids = [message.id for message in read_po(source, locale="en") if message.id]
    codes = {(id_ if isinstance(id_, str) else id_[0]).split(".")[1] for id_ in ids}
    assert codes - {"at_places"} == set(REFUSED)


def test_levels_rest_on_the_efficacy_coefficient_and_on_fixed_ideals():
    made = framework_of(
        group(
            "root",
            leaf("p", normalise="efficacy"),
            aggregate={"method": "topsis", "ideals": "fixed"},
        ),
        levels=levels(0, 50, 100),
    )
    assert score(made, values_of({"u": {"p": 50}})).level_of("root").tolist() == [2]


def test_percent_ranks_of_a_framework_are_those_of_the_function():
    found = of_one("percent_rank", dict(zip("abcde", P, strict=True)))
    assert found == pytest.approx((100 * percent_rank(P, True)).tolist())
