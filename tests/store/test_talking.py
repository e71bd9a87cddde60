"""Threads over all submissions, and what was sent last."""

from __future__ import annotations

from govmaturity.store.people import LOCAL
from govmaturity.store.service import Store
from tests.store.making import (
    NEIGHBOUR,
    OFFICIAL,
    READER,
    REVIEWER,
    TIANHE,
    YUEXIU,
    approve,
    send,
    submission_of,
)


def test_a_thread_waits_for_whoever_did_not_have_the_last_word(store: Store):
    send(store, {TIANHE: {"a": 1}, YUEXIU: {"a": 2}})
    about, other = submission_of(store, TIANHE), submission_of(store, YUEXIU)
    store.reviews.say(REVIEWER, about.id, "why so low?", "a")
    store.reviews.say(REVIEWER, other.id, "thank you")
    store.reviews.say(OFFICIAL, other.id, "welcome")
    found = store.threads(OFFICIAL, "made", "1")
    assert [(one.submission.unit, one.indicator, one.waits) for one in found] == [
        (TIANHE, "a", True),
        (YUEXIU, "", False),
    ]
    assert [one.text for one in found[1].comments] == ["thank you", "welcome"]
    store.reviews.say(OFFICIAL, about.id, "a flood", "a")
    assert not any(one.waits for one in store.threads(OFFICIAL, "made", "1"))
    assert all(one.waits for one in store.threads(REVIEWER, "made", "1"))


def test_threads_are_told_to_whoever_sees_the_unit_alone(store: Store):
    send(store, {TIANHE: {"a": 1}, YUEXIU: {"a": 2}})
    store.reviews.say(REVIEWER, submission_of(store, TIANHE).id, "?", "a")
    assert store.threads(NEIGHBOUR, "made", "1") == ()
    assert store.threads(READER, "made", "1") == ()
    assert store.threads(OFFICIAL, "made", "2") == ()


def test_what_is_approved_waits_for_nobody(store: Store):
    send(store, {TIANHE: {"a": 1}})
    store.reviews.say(REVIEWER, submission_of(store, TIANHE).id, "?", "a")
    approve(store, TIANHE)
    assert [one.waits for one in store.threads(OFFICIAL, "made", "1")] == [False]


def test_the_one_person_of_a_workbench_is_told_of_every_open_thread(store: Store):
    send(store, {TIANHE: {"a": 1}}, person=LOCAL)
    store.reviews.say(LOCAL, submission_of(store, TIANHE).id, "note to myself")
    assert [one.waits for one in store.threads(LOCAL, "made", "1")] == [True]


def test_what_was_sent_last_is_told_for_the_persons_units(store: Store):
    assert store.latest_values(OFFICIAL, "made", "1") is None
    send(store, {TIANHE: {"a": 1, "b": 5}, YUEXIU: {"a": 2, "b": 6}})
    send(store, {TIANHE: {"a": 3}})
    mine = store.latest_values(NEIGHBOUR, "made", "1")
    assert mine is not None
    assert mine.units == (YUEXIU,)
    all_ = store.latest_values(OFFICIAL, "made", "1")
    assert all_ is not None
    told = {(r.unit, r.indicator): r.value for r in all_.table.itertuples()}
    assert told == {(TIANHE, "a"): 3, (TIANHE, "b"): 5, (YUEXIU, "a"): 2, (YUEXIU, "b"): 6}
    assert store.latest_values(READER, "made", "1") is None
