"""What a link names that is not here."""

from __future__ import annotations

import pytest

from govmaturity.scoring import score
from govmaturity.store.known import Names
from govmaturity.units.registry import registry
from tests.making import framework_of, group, leaf, values_of
from ui.outdated import of_framework, of_scores, of_store
from ui.state import VOCABULARY, State

FRAMEWORK = framework_of(group("T", leaf("A"), leaf("B")))
FIGURES = ("age", "population")
SCORES = score(FRAMEWORK, values_of({"x": {"A": 1, "B": 2}, "y": {"A": 3, "B": 4}}))


def test_a_state_at_its_defaults_is_never_outdated():
    assert of_framework(State(), FRAMEWORK, registry(), FIGURES) == []
    assert of_scores(State(), SCORES) == []


def test_what_is_here_passes():
    now = State(
        period="2024", node="A", units="x,y", brush="y", region="440100", weights="equal", page="2"
    )
    assert of_framework(now, FRAMEWORK, registry(), FIGURES) == []
    assert of_scores(now, SCORES) == []


@pytest.mark.parametrize(
    "name",
    [
        *VOCABULARY,
        *(
            "lens",
            "profile",
            "weights",
            "region",
            "region2",
            "against",
            "together",
            "tried",
            "framework2",
            "asked",
        ),
    ],
)
def test_what_the_framework_does_not_know_is_named(name: str):
    assert of_framework(State(**{name: "gone"}), FRAMEWORK, registry(), FIGURES) == [name]


@pytest.mark.parametrize("name", ["node", "node2", "sort"])
def test_a_node_that_is_gone_is_named(name: str):
    assert of_framework(State(**{name: "gone"}), FRAMEWORK, registry(), FIGURES) == [name]
    assert of_scores(State(**{name: "gone"}), SCORES) == [name]


@pytest.mark.parametrize(
    "now",
    [
        State(period="1850"),
        State(before="1850"),
        State(until="1850"),
        State(units="x,gone"),
        State(brush="gone"),
    ],
)
def test_what_the_data_do_not_have_is_named(now: State):
    assert len(of_scores(now, SCORES)) == 1


@pytest.mark.parametrize("name", ["target", "year"])
def test_a_number_that_is_none_is_named(name: str):
    assert of_framework(State(**{name: "85.5"}), FRAMEWORK, registry(), FIGURES) == []
    assert of_framework(State(**{name: "soon"}), FRAMEWORK, registry(), FIGURES) == [name]


@pytest.mark.parametrize("page", ["0", "-1", "one", "٣", "1.5"])
def test_a_page_is_a_whole_number_from_one(page: str):
    assert of_scores(State(page=page), SCORES) == ["page"]


NOTHING = Names({}, frozenset(), frozenset())
KEPT = Names({FRAMEWORK.id: ("0.1",)}, frozenset({"x"}), frozenset({"r1"}))


def test_the_store_is_asked_only_where_a_link_names_something_of_it():
    def never() -> Names:
        raise AssertionError("asked")

    now = State(value="A", reason="jump", action="approved", since="2025-01-31", periods="2024")
    assert of_store(now, FRAMEWORK, never) == []


@pytest.mark.parametrize("name", ["version", "opened", "edition", "edition2"])
def test_what_the_store_does_not_have_is_named(name: str):
    assert of_store(State(**{name: "gone"}), FRAMEWORK, lambda: KEPT) == [name]


def test_what_the_store_has_passes():
    now = State(version="0.1", opened="x", edition="r1", edition2="r1")
    assert of_store(now, FRAMEWORK, lambda: KEPT) == []
    own = State(version=str(FRAMEWORK.version))
    assert of_store(own, FRAMEWORK, lambda: NOTHING) == []


@pytest.mark.parametrize("name", ["value", "reason", "action", "since", "periods"])
def test_what_of_the_store_no_store_can_have_is_named(name: str):
    assert of_store(State(**{name: "gone"}), FRAMEWORK, lambda: NOTHING) == [name]
