"""Every way into the store asks who it is, and answers strangers like nobody."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from govmaturity.store.errors import NotAllowedError, NotFoundError
from govmaturity.store.people import LOCAL, ROLES, Person, Role, need, scope
from govmaturity.store.service import Store
from govmaturity.units.registry import registry
from tests.store.making import HAIZHU, TIANHE, csv_of, send, small_framework, submission_of

# Without a person, on purpose: they open, close and verify, and give nothing away.
NOBODY = {"close", "is_sound"}


def ways(store: Store) -> Iterator[tuple[str, Callable[..., Any]]]:
    for name, part in vars(store).items():
        if name != "base":
            for method, function in inspect.getmembers(part, inspect.ismethod):
                yield f"{name}.{method}", function
    yield from inspect.getmembers(store, inspect.ismethod)


def test_every_call_names_the_person_first(store: Store):
    asked = 0
    for name, function in ways(store):
        if name.split(".")[-1].startswith("_") or name.split(".")[-1] in NOBODY:
            continue
        first = next(iter(inspect.signature(function).parameters), None)
        assert first == "person", name
        asked += 1
    assert asked > 30


def acts(store: Store) -> dict[str, tuple[set[Role], Callable[[Person], Any]]]:
    """What can be done about a unit, and the roles that may."""
    id_ = submission_of(store, TIANHE).id
    title = {"zh": "题", "en": "t"}
    see: set[Role] = {"official", "reviewer", "administrator"}
    reviewer: set[Role] = {"reviewer"}
    administrator: set[Role] = {"administrator"}
    return {
        "prepare": (
            {"official"},
            lambda who: store.submissions.prepare(
                who, small_framework(), csv_of({TIANHE: {"a": 1}}), "v.csv"
            ),
        ),
        "values": (see, lambda who: store.provenance.current(who, id_)),
        "origin": (
            see,
            lambda who: store.provenance.of(who, "made", "1", TIANHE, "2024", "a"),
        ),
        "decisions": (see, lambda who: store.reviews.decisions(who, id_)),
        "say": (see, lambda who: store.reviews.say(who, id_, "x")),
        "link": ({"official"}, lambda who: store.evidence.add_link(who, id_, "a", "https://x.cn")),
        "evidence": (see, lambda who: store.evidence.all(who, id_)),
        "rate": (reviewer, lambda who: store.ratings.rate(who, id_, 1, "r", 1)),
        "waive": (reviewer, lambda who: store.reviews.waive(who, id_, 1, "a", "jump", "x")),
        "return": (reviewer, lambda who: store.reviews.send_back(who, id_, 1, "x")),
        "collect": (
            administrator,
            lambda who: store.collections.set_up(who, "made", "1", "2024", units=[TIANHE]),
        ),
        "publish": (
            administrator,
            lambda who: store.releases.publish(
                who, "made", "1", ["2024"], title=title, licence="CC0-1.0"
            ),
        ),
        "audit": (administrator, lambda who: store.audit(who)),
        "latest": (see, lambda who: store.latest(who, id_)),
        "history": (see, lambda who: store.history(who, id_, "a")),
        "frameworks": (administrator, lambda who: store.frameworks(who)),
        "preview": (
            administrator,
            lambda who: store.releases.preview(who, "made", "1", ["2024"]),
        ),
    }


NAMES = [
    *("prepare", "values", "origin", "decisions", "say", "link", "evidence"),
    *("rate", "waive", "return", "collect", "publish", "audit"),
    *("latest", "history", "frameworks", "preview"),
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("unit", [TIANHE, HAIZHU])
def test_role_and_unit_decide(name: str, role: Role, unit: str, store: Store):
    send(store, {TIANHE: {"a": 40, "b": 60, "r": 2}}, person=LOCAL)
    allowed, act = acts(store)[name]
    person = Person("x", "X", frozenset({role}), frozenset({unit}))
    may = role in allowed and (unit == TIANHE or role == "administrator")
    if may and name != "publish":
        act(person)
    elif not may:
        with pytest.raises((NotAllowedError, NotFoundError)):
            act(person)


def test_the_names_are_all_the_acts(store: Store):
    send(store, {TIANHE: {"a": 40, "b": 60, "r": 2}}, person=LOCAL)
    assert set(acts(store)) == set(NAMES)


def test_a_prefecture_stands_for_its_counties():
    found = scope(["440100", "own-unit"], registry())
    assert {"440100", TIANHE, HAIZHU, "own-unit"} <= found
    assert "360702" not in found


def test_an_administrator_is_no_official_of_all_units():
    both = Person("x", "X", frozenset({"administrator", "official"}), frozenset({HAIZHU}))
    with pytest.raises(NotAllowedError):
        need(both, "official", units=[TIANHE])
