"""Plans: which nodes, which weights, for a choice of weight set, profile and lens."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.scoring.plan import make_plan
from tests.making import framework_of, group, leaf, words

TREE = group(
    "root",
    group(
        "g", leaf("a", weight=1), leaf("b", weight=3, tags=["core"]), weight=0.6, weights="relative"
    ),
    group(
        "h", leaf("c", weight=1, tags=["core"]), leaf("d", weight=0), weight=0.4, weights="relative"
    ),
    weights="given",
)
MADE = framework_of(
    TREE,
    weight_sets={
        "flat": {"name": words("flat"), "weights": "equal"},
        "top": {"name": words("top"), "weights": {"g": 20, "h": 80}, "sum": 100},
        "loose": {"name": words("loose"), "weights": {"a": 1, "b": 1}, "sum": "relative"},
    },
    profiles={
        "core": {"name": words("core"), "tags": ["core"]},
        "few": {"name": words("few"), "indicators": ["a"], "tags": ["none"]},
    },
    lenses={
        "theme": {
            "name": words("theme"),
            "groups": [
                {"id": "t", "name": words("t"), "indicators": ["a", "c"]},
                {"id": "u", "name": words("u"), "indicators": ["d"]},
            ],
        }
    },
)


def weights(node: str, **choice: str) -> dict[str, float]:
    plan = make_plan(MADE, **choice)
    group_ = plan.group(node)
    assert group_ is not None
    return dict(zip(plan.children(node), group_.weights.tolist(), strict=True))


def test_relative_weights_are_brought_to_a_sum_of_1():
    assert weights("g") == {"a": 0.25, "b": 0.75}


def test_a_part_of_weight_zero_is_shown_but_counts_for_nothing():
    plan = make_plan(MADE)
    assert weights("h") == {"c": 1.0}
    assert "d" in plan.shown
    assert plan.weight_in_root("d") == 0
    assert plan.leaves("h") == ("c",)


def test_an_effective_weight_is_the_product_of_the_weights_down_to_it():
    plan = make_plan(MADE)
    found = {id_: plan.weight_in_root(id_) for id_ in plan.indicators}
    assert found == {"a": pytest.approx(0.15), "b": pytest.approx(0.45), "c": 0.4, "d": 0}


def test_equal_weights_are_always_there_and_count_what_weighs_zero():
    for name in ("equal", "flat"):
        assert weights("h", weights=name) == {"c": 0.5, "d": 0.5}
        assert weights("root", weights=name) == {"g": 0.5, "h": 0.5}


def test_a_weight_set_changes_the_groups_that_it_names_alone():
    assert weights("root", weights="top") == {"g": 0.2, "h": 0.8}
    assert weights("g", weights="top") == {"a": 0.25, "b": 0.75}
    assert weights("g", weights="loose") == {"a": 0.5, "b": 0.5}
    assert weights("root", weights="loose") == {"g": 0.6, "h": 0.4}


def test_a_profile_keeps_the_groups_that_still_hold_something():
    plan = make_plan(MADE, profile="core")
    assert plan.nodes == ("root", "g", "b", "h", "c")
    assert weights("g", profile="core") == {"b": 1.0}
    assert weights("root", profile="few") == {"g": 1.0}
    assert make_plan(MADE, profile="few").nodes == ("root", "g", "a")


def test_a_lens_shows_its_groups_and_still_computes_the_tree():
    plan = make_plan(MADE, lens="theme")
    assert plan.shown == ("root", "t", "u", "a", "c", "d")
    assert plan.parts == ("t", "u")
    assert set(plan.nodes) == {*MADE.nodes, "t", "u"}
    assert weights("t", lens="theme") == {"a": 0.5, "c": 0.5}
    assert plan.name("t").en == "t"
    assert plan.name("a").en == "a"


def test_a_lens_group_that_the_profile_empties_drops_out():
    plan = make_plan(MADE, lens="theme", profile="core")
    assert plan.parts == ("t",)
    assert weights("t", lens="theme", profile="core") == {"c": 1.0}


@pytest.mark.parametrize("choice", [{"weights": "w"}, {"profile": "p"}, {"lens": "l"}])
def test_an_unknown_name_is_refused_and_the_known_ones_are_listed(choice: dict[str, str]):
    with pytest.raises(ValueError, match="expected one of: "):
        make_plan(MADE, **choice)


def test_a_node_that_is_not_there_raises_a_key_error():
    with pytest.raises(KeyError, match="no node 'z'"):
        make_plan(MADE).place("z")


def test_children_come_before_their_group_in_the_order_of_computing():
    plan = make_plan(MADE)
    order = [group_.id for group_ in plan.groups]
    assert order.index("root") == len(order) - 1


@given(st.lists(st.floats(0.001, 1000), min_size=1, max_size=6))
def test_weights_of_siblings_and_effective_weights_sum_to_1(given_: list[float]):
    leaves = [leaf(f"i{n}", weight=weight) for n, weight in enumerate(given_)]
    made = framework_of(group("root", group("g", *leaves, weights="relative"), leaf("z")))
    plan = make_plan(made)
    for group_ in plan.groups:
        assert np.isclose(group_.weights.sum(), 1)
        assert np.isclose(group_.effective.sum(), 1)
