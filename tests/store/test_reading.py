"""What reviewers and administrators read: revisions, histories, rounds, previews, the log."""

from __future__ import annotations

import ast
from typing import get_args

import pytest

from govmaturity.store.audit import ACTIONS
from govmaturity.store.errors import NotFoundError
from govmaturity.store.people import Person
from govmaturity.store.service import Store
from govmaturity.store.states import Kind
from govmaturity.values.table import SIMULATED
from tests.conftest import ROOT
from tests.making import framework_of, group, leaf
from tests.store.making import (
    ADMINISTRATOR,
    HAIZHU,
    NEIGHBOUR,
    OFFICIAL,
    READER,
    REVIEWER,
    TIANHE,
    UNITS,
    YUEXIU,
    acknowledged,
    approve,
    csv_of,
    send,
    submission_of,
)

FULL = {"a": 40, "b": 60, "r": 2}
BOTH = Person("he", "He", frozenset({"official", "reviewer"}), None, is_alone=True)


def publish(store: Store, version: str = "1") -> str:
    return store.releases.publish(
        ADMINISTRATOR, "made", version, ["2024"], title={"zh": "题", "en": "t"}, licence="CC0-1.0"
    ).id


# One submission ------------------------------------------------------------------------------


def test_the_latest_revision_tells_what_it_changed_and_what_its_sender_answered(store: Store):
    usual = {"plausible": {"min": 0, "max": 90}}
    framework = framework_of(group("root", leaf("a", **usual), leaf("b")), version="2")
    send(store, {TIANHE: {"a": 50, "b": 60}}, framework=framework)
    content = csv_of({TIANHE: {"a": 95, "b": 60}, YUEXIU: {"a": 50, "b": 1}})
    receipt = store.submissions.prepare(OFFICIAL, framework, content, "second.csv").receipt
    acknowledged(store, OFFICIAL, receipt, "counted twice")
    found = store.latest(REVIEWER, submission_of(store, TIANHE, version="2").id)
    assert [(one.indicator, one.old.value, one.new.value) for one in found.changes] == [
        ("a", 50, 95)
    ]
    assert found.changes[0].cell == "C2"
    assert (found.receipt_number, found.file_name) == (2, "second.csv")
    assert (found.part.before.score, found.part.after.score) == (55, 77.5)
    assert {one.code for one in found.findings} >= {"outside_plausible"}
    told = next(one for one in found.findings if one.code == "outside_plausible")
    assert (told.justification, found.hits[told.key]) == ("counted twice", ("a",))
    # Findings about another unit's cells are not this one's.
    other = store.latest(REVIEWER, submission_of(store, YUEXIU, version="2").id)
    assert all(one.code != "outside_plausible" for one in other.findings)
    assert {one.indicator for one in other.changes} == {"a", "b"}


def test_a_history_is_of_the_own_unit_and_kind_of_period_with_what_is_usual(store: Store):
    for period, figure in (("2019", 10), ("2020", 12), ("2021", 11), ("2022", 13), ("2023", 11)):
        send(store, {TIANHE: FULL | {"a": figure}}, period)
    send(store, {TIANHE: FULL | {"a": 77}}, "2023-Q1")
    send(store, {TIANHE: FULL | {"a": 50}, YUEXIU: FULL, HAIZHU: FULL | {"a": 30}})
    send(store, {TIANHE: {"a": 55}})
    found = store.history(REVIEWER, submission_of(store, TIANHE).id, "a")
    assert found.periods == ("2019", "2020", "2021", "2022", "2023", "2024")
    assert found.values == (10, 12, 11, 13, 11, 55)
    assert found.earlier == (10, 12, 11, 13, 11)
    assert [one.value for one in found.revisions] == [50, 55]
    # Median 11, deviations 1 1 0 2 0: median 1, times 1.4826 and 3.5.
    assert found.usual == (11, pytest.approx(5.1891))
    assert found.others == 40
    assert found.edges == pytest.approx((5.8109, 16.1891))
    assert (found.is_beyond, found.replaced) == (True, (50,))


def test_the_usual_range_stays_within_what_can_be_given(store: Store):
    for period, level in (("2021", 1), ("2022", 2), ("2023", 3), ("2024", 3)):
        send(store, {TIANHE: FULL | {"r": level}}, period)
    found = store.history(REVIEWER, submission_of(store, TIANHE).id, "r")
    # 2 and 3.5 times 1.4826 around it, but levels go from 1 to 3.
    assert (found.usual, found.edges) == ((2, pytest.approx(5.1891)), (1, 3))


def test_a_returned_value_is_shown_but_does_not_stand_for_its_period_later(store: Store):
    send(store, {TIANHE: FULL}, "2023")
    first = submission_of(store, TIANHE, "2023")
    store.reviews.send_back(REVIEWER, first.id, 1, "wrong")
    assert store.history(REVIEWER, first.id, "a").values == (40,)
    send(store, {TIANHE: FULL | {"a": 41}})
    found = store.history(REVIEWER, submission_of(store, TIANHE).id, "a")
    assert (found.values, found.usual, found.others) == ((None, 41), None, None)
    assert (found.edges, found.is_beyond, found.replaced) == (None, False, ())


def test_a_value_that_was_never_given_has_an_empty_history(store: Store):
    send(store, {TIANHE: {"a": 1, "b": 2}})
    found = store.history(REVIEWER, submission_of(store, TIANHE).id, "r")
    assert (found.values, found.revisions[0].says_nothing) == ((None,), True)


def test_who_may_not_see_a_unit_reads_nothing_of_it(store: Store):
    send(store, {TIANHE: FULL})
    id_ = submission_of(store, TIANHE).id
    for person in (NEIGHBOUR, READER):
        with pytest.raises(NotFoundError):
            store.latest(person, id_)
        with pytest.raises(NotFoundError):
            store.history(person, id_, "a")


# Rounds and frameworks -----------------------------------------------------------------------


def test_rounds_count_states_and_say_what_is_simulated(store: Store):
    send(store, {TIANHE: FULL, YUEXIU: FULL}, "2023")
    cells = {TIANHE: FULL | {"data_note": SIMULATED}, YUEXIU: FULL, HAIZHU: FULL}
    send(store, cells)
    approve(store, TIANHE)
    publish(store)
    approve(store, HAIZHU)
    now, before = store.rounds(REVIEWER)
    assert (now.period, now.states, now.submissions) == (
        "2024",
        {"released": 1, "submitted": 1, "approved": 1},
        3,
    )
    assert (now.is_simulated, before.is_simulated) == (True, False)
    assert [one.submissions for one in store.rounds(NEIGHBOUR)] == [1, 1]
    assert store.rounds(READER) == ()


def test_kept_frameworks_count_what_was_sent_and_published_by_each_version(store: Store):
    assert store.frameworks(ADMINISTRATOR) == ()
    send(store, {TIANHE: FULL, YUEXIU: FULL})
    approve(store, TIANHE)
    publish(store)
    second = framework_of(group("root", leaf("a"), leaf("b")), version="2")
    send(store, {TIANHE: {"a": 1, "b": 2}}, framework=second)
    found = {one.version: one for one in store.frameworks(ADMINISTRATOR)}
    assert (found["1"].submissions, found["1"].releases) == (2, 1)
    assert (found["2"].submissions, found["2"].releases) == (1, 0)
    assert found["2"].fingerprint == second.fingerprint
    assert store.framework(READER, "made", "1").fingerprint == found["1"].fingerprint
    with pytest.raises(NotFoundError):
        store.framework(READER, "made", "3")


def test_the_mark_moves_with_everything_that_is_done(store: Store):
    marks = [store.mark(REVIEWER)]
    send(store, {TIANHE: FULL})
    marks.append(store.mark(REVIEWER))
    found = submission_of(store, TIANHE)
    store.reviews.say(REVIEWER, found.id, "?")
    marks.append(store.mark(REVIEWER))
    approve(store, TIANHE)
    marks.append(store.mark(REVIEWER))
    store.collections.set_up(ADMINISTRATOR, "made", "1", "2024", units=UNITS)
    marks.append(store.mark(REVIEWER))
    publish(store)
    marks.append(store.mark(REVIEWER))
    assert marks == sorted(set(marks))


# Before a release ----------------------------------------------------------------------------


def test_a_preview_tells_what_goes_in_and_what_is_still_missing(store: Store):
    store.collections.set_up(ADMINISTRATOR, "made", "1", "2024", units=(*UNITS, "440111"))
    send(store, {TIANHE: FULL, YUEXIU: FULL, HAIZHU: FULL | {"a": 1}}, person=BOTH)
    approve(store, TIANHE, person=BOTH)
    approve(store, YUEXIU)
    found = store.releases.preview(ADMINISTRATOR, "made", "1", ["2024"])
    assert {one.unit for one in found.approved} == {TIANHE, YUEXIU}
    assert [one.unit for one in found.open] == [HAIZHU]
    assert found.silent == (("440111", "2024"),)
    assert (found.alone, found.since, found.added, found.is_new) == (1, "", 2, True)
    first = publish(store)
    again = store.releases.preview(ADMINISTRATOR, "made", "1", ["2024"])
    assert (again.since, again.same, again.added, again.is_new) == (first, 2, 0, False)
    reopened = submission_of(store, TIANHE)
    store.reviews.reopen(REVIEWER, reopened.id, reopened.number, "corrected")
    send(store, {TIANHE: {"a": 45}})
    moved = store.releases.preview(ADMINISTRATOR, "made", "1", ["2024"])
    assert [one.unit for one in moved.moved] == [TIANHE]
    assert not moved.is_new
    approve(store, TIANHE)
    approve(store, HAIZHU)
    last = store.releases.preview(ADMINISTRATOR, "made", "1", ["2024"])
    assert (last.added, last.renewed, last.same, last.gone) == (1, 1, 1, 0)
    second = publish(store)
    newest, oldest = store.releases.steps(READER, "made")
    assert (newest.release.id, newest.before, newest.held) == (second, first, 3)
    assert (newest.added, newest.renewed, newest.same, newest.gone) == (1, 1, 1, 0)
    assert (oldest.before, oldest.added, oldest.held) == ("", 2, 2)


def test_a_preview_of_simulated_values_says_so_and_of_nothing_is_empty(store: Store):
    assert store.releases.preview(ADMINISTRATOR, "made", "1", ["2024"]).approved == ()
    assert store.releases.steps(READER, "made") == ()
    send(store, {TIANHE: FULL | {"data_note": SIMULATED}})
    assert not store.releases.preview(ADMINISTRATOR, "made", "1", ["2024"]).is_simulated
    approve(store, TIANHE)
    assert store.releases.preview(ADMINISTRATOR, "made", "1", ["2024"]).is_simulated


# After it ------------------------------------------------------------------------------------


def test_scores_of_the_whole_that_differ_come_with_the_largest_change_first(store: Store):
    send(store, {TIANHE: FULL, YUEXIU: FULL, HAIZHU: FULL})
    approve(store, TIANHE)
    approve(store, YUEXIU)
    first = publish(store)
    for unit, figure in ((TIANHE, 43), (YUEXIU, 10)):
        found = submission_of(store, unit)
        store.reviews.reopen(REVIEWER, found.id, found.number, "corrected")
        send(store, {unit: {"a": figure}})
        approve(store, unit)
    approve(store, HAIZHU)
    second = publish(store)
    found = store.releases.difference(READER, first, second).roots("root", "root")
    # Three parts of one weight each: 3 / 3 and 30 / 3 points.
    assert found["unit"].tolist() == [YUEXIU, TIANHE, HAIZHU]
    assert found["change"].tolist()[:2] == pytest.approx([-10, 1])
    assert found["change"].isna().tolist() == [False, False, True]


def test_roots_of_two_frameworks_are_paired_by_unit(store: Store):
    send(store, {TIANHE: FULL})
    approve(store, TIANHE)
    first = publish(store)
    other = framework_of(group("whole", leaf("a"), leaf("b")), version="2")
    send(store, {TIANHE: {"a": 1, "b": 2}}, framework=other)
    found = submission_of(store, TIANHE, version="2")
    store.reviews.approve(REVIEWER, {found.id: 1})
    second = publish(store, "2")
    difference = store.releases.difference(READER, first, second)
    roots = difference.roots("root", "whole")
    assert not difference.same_framework
    assert roots[["score_old", "score_new"]].to_numpy().tolist() == [[pytest.approx(50), 1.5]]


def test_a_release_with_a_spoilt_file_is_not_sound(store: Store):
    send(store, {TIANHE: FULL})
    approve(store, TIANHE)
    id_ = publish(store)
    assert store.releases.check(READER, id_).is_sound
    path = store.releases.file(READER, id_, "scores.csv").path
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b"x")
    found = store.releases.check(READER, id_)
    assert (found.content, found.spoilt, found.is_sound) == (True, ("scores.csv",), False)


# Collections and the log ---------------------------------------------------------------------


def test_states_of_a_collection_name_every_unit(store: Store):
    made = store.collections.set_up(ADMINISTRATOR, "made", "1", "2024", units=UNITS)
    send(store, {TIANHE: FULL, YUEXIU: FULL})
    approve(store, TIANHE)
    assert store.collections.states(ADMINISTRATOR, made) == {
        TIANHE: "approved",
        YUEXIU: "submitted",
        HAIZHU: None,
    }
    found = store.collections.completeness(ADMINISTRATOR, made)
    assert (found.expected, found.approved, found.waiting, found.missing) == (3, 1, 1, 1)


def test_the_log_is_filtered_by_text_and_by_time(store: Store):
    send(store, {TIANHE: FULL})
    found = submission_of(store, TIANHE)
    store.reviews.send_back(REVIEWER, found.id, 1, "why")
    assert [one.action for one in store.audit(ADMINISTRATOR, text="LI")] == ["returned"]
    assert store.audit(ADMINISTRATOR, text="100%") == ()
    everything = store.audit(ADMINISTRATOR)
    edge = everything[0].at
    assert store.audit(ADMINISTRATOR, since=edge) == everything[:1]
    assert store.audit(ADMINISTRATOR, until=edge) == everything[1:]


def test_every_action_that_is_logged_has_its_name_in_the_list():
    # Reviews log the kind of their decision.
    logged = set(get_args(Kind))
    for file in sorted((ROOT / "govmaturity" / "store").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            name = getattr(node, "func", None) and getattr(
                node.func, "attr", getattr(node.func, "id", "")
            )
            if name in ("log", "_log", "_after"):
                logged |= {one.value for one in node.args[2:3] if isinstance(one, ast.Constant)}
    assert logged == set(ACTIONS)
