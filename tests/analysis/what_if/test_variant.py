"""A framework with other choices: by hand, the same when nothing changes, as a file."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govmaturity.__main__ import main
from govmaturity.analysis.what_if.changes import AGGREGATE, NORMALISE, Changes
from govmaturity.analysis.what_if.variant import set_name, variant, weights_in_force
from govmaturity.framework.faults import FrameworkError
from govmaturity.framework.load import load_framework, parse_framework
from govmaturity.framework.write import as_yaml
from govmaturity.intake.checks import check
from govmaturity.scoring import Scores, score
from tests.conftest import ROOT
from tests.making import framework_of, group, leaf, levels, values_of, words

TREE = group(
    "T",
    group("G", leaf("A", weight=0.75), leaf("B", weight=0.25), weights="given", weight=0.6),
    leaf("C", 100, 0, weight=0.4),
    weights="given",
)
FRAMEWORK = framework_of(TREE, levels=levels(0, 50, 100))
VALUES = values_of(
    {"x": {"A": 80, "B": 20, "C": 50}, "y": {"A": 40, "B": 90, "C": 10}, "z": {"A": 60, "B": 60}}
)
BASE = score(FRAMEWORK, VALUES)


def tried(changes: Changes, base: Scores = BASE, values=VALUES) -> Scores:
    made = variant(base.plan, changes)
    assert parse_framework(as_yaml(made)) == made
    return score(made, values, weights=set_name(base.framework), profile=base.plan.profile)


def test_weights_are_the_ones_worked_by_hand():
    # x: G = (80 + 20) / 2 = 50, T = (2 x 50 + 50) / 3
    found = tried(Changes(weights={"A": 1, "B": 1, "G": 2, "C": 1}))
    assert found.of("G")[0] == pytest.approx(50)
    assert found.of("T")[0] == pytest.approx(50)
    # y: G = 65, C = 90: (130 + 90) / 3
    assert found.of("T")[1] == pytest.approx(220 / 3)


def test_what_is_left_out_weighs_nothing_and_its_share_is_with_its_siblings():
    found = tried(Changes(left_out=("A",)))
    assert found.of("T")[0] == pytest.approx(0.6 * 20 + 0.4 * 50)
    assert found.of("A")[0] == 80  # shown, and counted for nothing


def test_a_group_of_which_nothing_is_left_weighs_nothing():
    found = tried(Changes(left_out=("A", "B")))
    assert found.of("T")[:2] == pytest.approx([50, 90])


def test_with_nothing_left_it_is_refused():
    with pytest.raises(FrameworkError) as refused:
        variant(BASE.plan, Changes(left_out=("A", "B", "C")))
    assert "weights_all_zero" in [fault.code for fault in refused.value.faults]


def test_goalposts_are_moved_and_those_against_the_direction_refused():
    found = tried(Changes(goalposts={"A": (0, 160)}))
    assert found.of("A")[0] == 50
    assert variant(BASE.plan, Changes(goalposts={"A": (0, 160)})).indicators["A"].goalposts.proposed
    turned = framework_of(group("T", leaf("A", direction="higher"), leaf("B")))
    with pytest.raises(FrameworkError) as refused:
        variant(
            score(turned, values_of({"x": {"A": 1}})).plan, Changes(goalposts={"A": (100.0, 0.0)})
        )
    assert [fault.code for fault in refused.value.faults] == ["direction_contradicts"]


def test_min_max_turns_less_is_better_round_and_takes_levels_away():
    found = tried(Changes(normalise="min_max"))
    assert found.of("C")[:2].tolist() == [0, 100]
    assert found.of("A")[:3].tolist() == [100, 0, 50]
    assert found.framework.levels == []


def test_aggregation_is_changed_in_every_group():
    found = tried(Changes(aggregate="minimum"))
    assert found.of("T")[:2].tolist() == [20, 40]


def test_a_second_trial_gets_a_name_of_its_own():
    once = variant(BASE.plan, Changes(left_out=("A",)))
    again = score(once, VALUES, weights="what_if").plan
    twice = variant(again, Changes(weights={"G": 1, "C": 3}))
    assert list(twice.weight_sets) == ["what_if", "what_if_2"]
    assert twice.weight_sets["what_if_2"].weights["A"] == 0


@given(
    st.lists(st.floats(0.01, 10), min_size=4, max_size=4),
    st.sampled_from([None, "equal"]),
    st.floats(0.1, 10),
)
@settings(max_examples=40)
def test_nothing_tried_is_nothing_changed_and_only_proportions_count(given_weights, base, times):
    a, b, g, c = given_weights
    tree = group(
        "T",
        group("G", leaf("A", weight=a), leaf("B", weight=b), weight=g, weights="relative"),
        leaf("C", weight=c),
        weights="relative",
    )
    before = score(framework_of(tree), VALUES, weights=base)
    same = tried(Changes(), before)
    assert np.allclose(same.score, before.score, rtol=1e-12, equal_nan=True)
    force = weights_in_force(before.plan)
    scaled = Changes(weights={one: times * force[one] for one in ("A", "B")})
    assert np.allclose(tried(scaled, before).score, before.score, rtol=1e-9, equal_nan=True)


def test_weights_found_from_the_data_are_the_ones_to_start_from():
    tree = group("T", leaf("A"), leaf("B"), leaf("C"), weigh="coefficient_of_variation")
    values = values_of({f"u{i}": {"A": 10 * i, "B": 50 + i, "C": 99 - 7 * i} for i in range(1, 9)})
    before = score(framework_of(tree), values)
    assert np.allclose(tried(Changes(), before, values).score, before.score, rtol=1e-12)


def test_a_profile_is_kept_to():
    more = framework_of(TREE, profiles={"p": {"name": words("p"), "indicators": ["A"]}})
    before = score(more, VALUES, profile="p")
    assert np.allclose(tried(Changes(), before).score, before.score, equal_nan=True)
    gone = tried(Changes(left_out=("A",)), before)
    assert np.isnan(gone.of("T")).all()


SAMPLES = {
    "county-conditions": "census-2020-guangzhou-ganzhou.csv",
    "county-digital-government": "SIMULATED-county-digital-government.csv",
}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_method_that_can_be_tried_is_accepted_as_a_file(name: str):
    framework = load_framework(ROOT / "indicators" / f"{name}.yaml")
    file = ROOT / "data" / "samples" / SAMPLES[name]
    values = check(file.read_bytes(), file.name, framework).values
    plan = score(framework, values).plan
    for normalise, aggregate in product((None, *NORMALISE), (None, *AGGREGATE)):
        made = variant(plan, Changes(normalise=normalise, aggregate=aggregate))
        assert parse_framework(as_yaml(made)) == made


@pytest.mark.parametrize(
    "changes",
    [
        Changes(weights={"people": 17, "place": 31, "means": 13.7}, left_out=("car_pct",)),
        Changes(normalise="percent_rank", aggregate="geometric"),
        Changes(goalposts={"mean_years_schooling": (7.3, 11.9)}, aggregate="mazziotta_pareto"),
    ],
)
def test_the_command_line_gives_the_same_figures_from_the_file(changes: Changes, tmp_path: Path):
    name = "county-conditions"
    framework = load_framework(ROOT / "indicators" / f"{name}.yaml")
    values = ROOT / "data" / "samples" / SAMPLES[name]
    before = score(framework, check(values.read_bytes(), values.name, framework).values)
    after = tried(changes, before, check(values.read_bytes(), values.name, framework).values)
    file, out = tmp_path / "what-if.yaml", tmp_path / "scores.csv"
    file.write_text(as_yaml(variant(before.plan, changes)), "utf-8")
    assert main(["check-framework", str(file)]) == 0
    told = ["score", str(file), str(values), "--weights", "what_if", "-o", str(out)]
    assert main(told) == 0
    written = pd.read_csv(out, dtype={"unit": str})
    assert written["score"].to_numpy() == pytest.approx(
        after.table()["score"].to_numpy(), rel=0, abs=0, nan_ok=True
    )
    assert not np.allclose(after.of("conditions"), before.of("conditions"))
