"""Whatever people do in whatever order: a release holds what was approved when it was published."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from govmaturity.store.errors import StoreError
from govmaturity.store.service import open_store
from tests.store.making import (
    ADMINISTRATOR,
    OFFICIAL,
    READER,
    REVIEWER,
    UNITS,
    acknowledged,
    csv_of,
    small_framework,
    submission_of,
)

UNIT = st.sampled_from(UNITS)
VALUES = st.fixed_dictionaries(
    {
        "a": st.integers(0, 100),
        "b": st.one_of(st.none(), st.integers(0, 100)),
        "r": st.integers(1, 3),
    }
)


def attempt(act: Callable[[], Any]) -> tuple[Any, str | None]:
    """What an act gives, or the code of what refused it."""
    try:
        return act(), None
    except StoreError as refused:
        return None, refused.code


class Life(RuleBasedStateMachine):
    """The store beside the simplest model of it: values sent, approved, published, by unit."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.store = open_store(Path(self._folder.name))
        self.sent: dict[str, dict[str, Any]] = {}
        self.state: dict[str, str] = {}
        self.approved: dict[str, dict[str, Any]] = {}
        self.published: dict[str, dict[str, dict[str, Any]]] = {}
        self.waiting: list[tuple[Any, str, dict[str, Any], int]] = []
        self.numbers: dict[str, int] = {}

    def teardown(self) -> None:
        self.store.close()
        self._folder.cleanup()

    def _prepare(self, unit: str, values: dict[str, Any]) -> Any:
        content = csv_of({unit: values})
        return self.store.submissions.prepare(OFFICIAL, small_framework(), content, "v.csv").receipt

    @rule(unit=UNIT, values=VALUES)
    def prepare(self, unit: str, values: dict[str, Any]) -> None:
        receipt, code = attempt(lambda: self._prepare(unit, values))
        if receipt is not None:
            self.waiting.append((receipt, unit, values, self.numbers.get(unit, 0)))
        elif self.state.get(unit) == "approved" and values != self.sent[unit]:
            assert code == "closed"
        else:
            assert code == "nothing_new"

    @precondition(lambda self: self.waiting)
    @rule(data=st.data())
    def acknowledge(self, data: st.DataObject) -> None:
        place = data.draw(st.integers(0, len(self.waiting) - 1))
        receipt, unit, values, base = self.waiting.pop(place)
        done, code = attempt(lambda: acknowledged(self.store, OFFICIAL, receipt))
        if done is None:
            stale = self.numbers.get(unit, 0) != base
            assert code == "conflict" if stale else self.state.get(unit) == "approved"
            return
        assert self.numbers.get(unit, 0) == base
        self.numbers[unit] = base + 1
        self.sent[unit], self.state[unit] = values, "submitted"
        assert acknowledged(self.store, OFFICIAL, receipt) == done

    @rule(unit=UNIT, act=st.sampled_from(["approve", "send_back", "reopen"]))
    def decide(self, unit: str, act: str) -> None:
        if unit not in self.state:
            return
        found = submission_of(self.store, unit)
        if act == "approve":
            seen = {found.id: found.number}
            _, code = attempt(lambda: self.store.reviews.approve(REVIEWER, seen))
        else:
            decide = getattr(self.store.reviews, act)
            _, code = attempt(lambda: decide(REVIEWER, found.id, found.number, "why"))
        allowed = {"submitted"} if act != "reopen" else {"submitted", "approved"}
        assert (code is None) == (self.state[unit] in allowed)
        if code is not None:
            return
        self.state[unit] = {"approve": "approved", "send_back": "returned", "reopen": "reopened"}[
            act
        ]
        if act == "approve":
            self.approved[unit] = self.sent[unit]

    @rule()
    def publish(self) -> None:
        made, code = attempt(
            lambda: self.store.releases.publish(
                ADMINISTRATOR,
                "made",
                "1",
                ["2024"],
                title={"zh": "题", "en": "t"},
                licence="CC0-1.0",
            )
        )
        assert (code is None) == bool(self.approved)
        if made is None:
            return
        self.published[made.id] = dict(self.approved)

    @invariant()
    def releases_hold_what_was_approved_then(self) -> None:
        assert {one.id for one in self.store.releases.all(READER)} == set(self.published)
        for id_, expected in self.published.items():
            found: dict[str, dict[str, Any]] = {}
            table = self.store.releases.values(READER, id_).table
            for row in table.itertuples():
                value = row.value if row.status == "reported" else None
                found.setdefault(row.unit, {})[row.indicator] = value
            assert found == expected
            assert self.store.releases.is_sound(id_)


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=10, stateful_step_count=25)
