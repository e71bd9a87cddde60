"""What a framework says once it is read: settings, weights, points, fingerprints."""

from __future__ import annotations

import pytest

from govmaturity.framework.methods import Missing, Normalise
from govmaturity.framework.model import Group, Indicator
from tests.making import data_of, faults_of, framework_of, group, leaf, words


def test_a_node_inherits_what_it_does_not_say_itself():
    made = framework_of(
        group(
            "root",
            group("g", leaf("a"), leaf("b"), aggregate={"method": "geometric", "floor": 1}),
            group("h", leaf("c")),
        ),
        aggregate="arithmetic",
        missing={"min_coverage": 0.6},
    )
    assert made.settings["root"].aggregate.method == "arithmetic"
    assert made.settings["g"].aggregate.method == "geometric"
    assert made.settings["h"].aggregate.method == "arithmetic"
    assert made.settings["h"].weights == "equal"
    assert made.settings["g"].min_coverage == made.settings["a"].min_coverage == 0.6


def test_the_nearest_word_wins_from_the_file_down_to_the_indicator():
    made = framework_of(
        group(
            "root",
            group("g", leaf("a", 1, 9), leaf("b", None, normalise="min_max", direction="higher")),
            normalise="log_goalposts",
        ),
        normalise="z_score",
    )
    assert made.settings["a"].normalise.method == "log_goalposts"
    assert made.settings["b"].normalise.method == "min_max"


def test_without_a_word_the_usual_methods_hold():
    made = framework_of(group("root", leaf("a", weight=3), weights="relative"))
    setting = made.settings["a"]
    assert setting.normalise == Normalise(method="goalposts")
    assert setting.aggregate.method == "arithmetic"
    assert (setting.sum, setting.min_coverage) == (1, 0.5)


def test_minimum_coverage_can_differ_by_depth_and_the_last_one_goes_on():
    made = framework_of(
        group("root", group("g", group("h", leaf("a")))), missing={"min_coverage": [0.8, 0.6]}
    )
    found = {id_: made.settings[id_].min_coverage for id_ in ("root", "g", "h", "a")}
    assert found == {"root": 0.8, "g": 0.6, "h": 0.6, "a": 0.6}
    assert Missing(min_coverage=0.7).at(5) == 0.7


def test_a_branch_can_have_a_coverage_of_its_own_counted_from_the_root():
    made = framework_of(
        group("root", group("g", leaf("a"), missing={"min_coverage": [0.1, 0.2, 0.3]}))
    )
    assert made.settings["g"].min_coverage == 0.2
    assert made.settings["a"].min_coverage == 0.3


def test_a_choice_is_scored_by_its_points_whatever_is_inherited():
    options = [{"code": c, "name": words(c), "points": p} for c, p in (("no", 0), ("yes", 80))]
    made = framework_of(
        group("root", leaf("c", None, measure="choice", options=options)), normalise="goalposts"
    )
    assert made.settings["c"].normalise.method == "points"


@pytest.mark.parametrize(
    ("given", "weight"),
    [("1/3", 1 / 3), (" 2 / 3 ", 2 / 3), (0.25, 0.25), (1, 1.0), ("0.5", 0.5), ("1e2", 100)],
)
def test_a_weight_is_a_number_or_a_fraction(given: object, weight: float):
    made = framework_of(group("root", leaf("a", weight=given), weights="relative"))
    assert made.nodes["a"].weight == weight


def test_nodes_stand_in_the_order_of_the_file_parents_first():
    made = framework_of(group("root", group("g", leaf("a"), leaf("b")), leaf("c")))
    assert list(made.nodes) == ["root", "g", "a", "b", "c"]
    assert list(made.indicators) == ["a", "b", "c"]
    assert made.parents == {"g": "root", "c": "root", "a": "g", "b": "g"}
    assert isinstance(made.nodes["g"], Group)
    assert isinstance(made.nodes["a"], Indicator)


def test_any_depth_is_read():
    tree = leaf("leaf")
    for depth in reversed(range(12)):
        tree = group(f"g{depth}", tree)
    made = framework_of(tree)
    assert made.settings["leaf"].depth == 12


def test_a_version_and_a_period_may_be_written_as_numbers():
    made = framework_of(group("root", leaf("a")), version=2, default_period=2024)
    assert (made.version, made.default_period) == ("2", "2024")


@pytest.mark.parametrize("period", ["2024-H3", "2024-Q0", "2024-13", "24", "2024-1", "2024-H1 "])
def test_a_period_of_another_form_is_refused(period: str):
    faults = faults_of(data_of(group("root", leaf("a")), default_period=period))
    assert [fault.path for fault in faults] == [("default_period",)]


def test_the_fingerprint_follows_what_is_said_and_not_how_it_is_laid_out():
    one = framework_of(group("root", leaf("a"), leaf("b")))
    same = framework_of(dict(reversed(group("root", leaf("a"), leaf("b")).items())))
    other = framework_of(group("root", leaf("a"), leaf("b", 0, 99)))
    assert one.fingerprint == same.fingerprint != other.fingerprint


def test_a_framework_cannot_be_changed():
    made = framework_of(group("root", leaf("a")))
    with pytest.raises(ValueError, match="frozen"):
        made.id = "other"  # type: ignore[misc]


def test_a_form_can_be_given_in_part_and_knows_all_its_keys():
    made = framework_of(group("root", leaf("a")), form={"number": "DG-1", "issued_by": words("X")})
    assert made.form.number == "DG-1"
    assert made.form.issued_by is not None
    assert made.form.issued_by.en == "X"
    assert made.form.approval is None
    faults = faults_of(data_of(group("root", leaf("a")), form={"nubmer": "DG-1"}))
    assert [fault.code for fault in faults] == ["unknown_key"]
