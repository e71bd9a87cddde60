"""Sending values: nothing before the receipt, everything or nothing after it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from govmaturity.store.conflict import ConflictError
from govmaturity.store.errors import NotAllowedError, NotFoundError, RefusedError
from govmaturity.store.figures import Figure
from govmaturity.store.people import LOCAL
from govmaturity.store.service import Store, open_store
from tests.making import entered, framework_of, group, leaf
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
    small_framework,
    submission_of,
)

FULL = {"a": 40, "b": 60, "r": 2, "people": 100}


def prepare(store: Store, cells, person=OFFICIAL, period="2024"):
    content = csv_of(cells, period)
    return store.submissions.prepare(person, small_framework(), content, "v.csv").receipt


def test_a_prepared_receipt_changes_nothing(store: Store):
    receipt = prepare(store, {TIANHE: FULL})
    assert receipt.number is None
    assert store.submissions.all(ADMINISTRATOR) == ()
    assert store.submissions.drafts(OFFICIAL) == (receipt,)


def test_an_acknowledged_receipt_has_number_hash_and_time(store: Store):
    receipt = send(store, {TIANHE: FULL, YUEXIU: FULL})
    assert receipt.number == 1
    assert receipt.acknowledged_at > receipt.prepared_at
    assert store.base.path_of(receipt.file_hash).read_bytes() == csv_of(
        {TIANHE: FULL, YUEXIU: FULL}
    )
    assert [(part.unit, part.revision) for part in receipt.parts] == [(YUEXIU, 1), (TIANHE, 1)]
    assert [one.state for one in store.submissions.all(OFFICIAL)] == ["submitted"] * 2
    assert send(store, {HAIZHU: FULL}).number == 2


def test_acknowledging_twice_is_acknowledging_once(store: Store):
    receipt = prepare(store, {TIANHE: FULL})
    first = acknowledged(store, OFFICIAL, receipt)
    assert acknowledged(store, OFFICIAL, receipt) == first
    assert store.submissions.receipts(OFFICIAL) == (first,)
    assert submission_of(store, TIANHE).number == 1


def test_the_receipt_says_what_is_new_changed_and_removed(store: Store):
    send(store, {TIANHE: {"a": 40, "b": 60, "r": 2, "people": None}})
    receipt = prepare(store, {TIANHE: {"a": 45, "b": None, "r": 2, "people": 100}})
    part = receipt.parts[0]
    assert (part.base, part.same) == (1, 1)
    assert [(one.indicator, one.new, one.cell) for one in part.new] == [
        ("people", Figure(100.0, "reported"), "F2")
    ]
    assert [(one.indicator, one.old.value, one.new.value) for one in part.changed] == [
        ("a", 40, 45)
    ]
    assert [one.indicator for one in part.removed] == ["b"]
    assert receipt.removes == ((TIANHE, "2024", "b"),)


def test_the_effect_is_worked_by_hand(store: Store):
    # Scores: a and b as they are, level 2 of 1..3 is 50; the mean of the three.
    send(store, {YUEXIU: {"a": 50, "b": 50, "r": 2}})
    send(store, {TIANHE: {"a": 40, "b": 60, "r": 1}})  # (40 + 60 + 0) / 3
    part = prepare(store, {TIANHE: {"a": 70, "b": 60, "r": 2}}).parts[0]  # (70 + 60 + 50) / 3
    assert part.before.score == pytest.approx(100 / 3)
    assert part.after.score == pytest.approx(60)
    assert (part.before.level, part.after.level) == (1, 2)
    assert (part.before.rank, part.after.rank, part.after.ranked) == (2, 1, 2)


def test_what_a_file_does_not_hold_stays_as_it_was(store: Store):
    send(store, {TIANHE: FULL})
    receipt = send(store, {TIANHE: {"a": 41}})
    assert receipt.removes == ()
    trace = store.provenance.current(OFFICIAL, submission_of(store, TIANHE).id)
    assert {id_: one.value for id_, one in trace.items()} == FULL | {"a": 41}


def test_nothing_is_deleted_without_consent_that_names_it(store: Store):
    send(store, {TIANHE: FULL})
    receipt = prepare(store, {TIANHE: FULL | {"b": None}})
    answers = {one.key: "left blank" for one in receipt.to_justify}
    with pytest.raises(RefusedError, match="440106 2024 b"):
        store.submissions.acknowledge(OFFICIAL, receipt.id, justifications=answers)
    assert submission_of(store, TIANHE).number == 1


def test_a_faulty_cell_is_left_out_by_consent_and_the_earlier_value_stays(store: Store):
    send(store, {TIANHE: FULL})
    receipt = prepare(store, {TIANHE: FULL | {"a": "about 5", "b": 61}})
    assert [(one.indicator, one.cells) for one in receipt.left_out] == [("a", ("C2",))]
    answers = {one.key: "yes" for one in receipt.to_justify}
    with pytest.raises(RefusedError, match="440106 2024 a C2"):
        store.submissions.acknowledge(OFFICIAL, receipt.id, justifications=answers)
    acknowledged(store, OFFICIAL, receipt)
    held = store.provenance.current(OFFICIAL, submission_of(store, TIANHE).id)
    assert (held["a"].value, held["b"].value) == (40, 61)


def test_a_row_that_cannot_be_told_is_left_out_by_consent_too(store: Store):
    receipt = prepare(store, {TIANHE: FULL, "999999": FULL})
    assert [(one.unit, one.cells) for one in receipt.left_out] == [("", ("A3",))]


def test_every_finding_to_confirm_needs_an_answer(store: Store):
    receipt = prepare(store, {TIANHE: FULL | {"b": None}})
    assert [one.code for one in receipt.to_justify] == ["blank"]
    with pytest.raises(RefusedError, match="D2"):
        store.submissions.acknowledge(
            OFFICIAL, receipt.id, justifications={receipt.to_justify[0].key: "  "}
        )
    done = acknowledged(store, OFFICIAL, receipt, "not measured yet")
    assert [one.justification for one in done.to_justify] == ["not measured yet"]


def test_what_changes_nothing_is_not_submitted(store: Store):
    send(store, {TIANHE: FULL})
    with pytest.raises(RefusedError) as refused:
        prepare(store, {TIANHE: FULL})
    assert refused.value.code == "nothing_new"
    receipt = prepare(store, {TIANHE: FULL, YUEXIU: FULL})
    assert receipt.unchanged == ((TIANHE, "2024"),)
    assert [part.unit for part in receipt.parts] == [YUEXIU]


def test_a_file_without_a_usable_value_is_refused(store: Store):
    with pytest.raises(RefusedError) as refused:
        prepare(store, {TIANHE: {"a": "much"}})
    assert refused.value.code == "nothing_to_take"


def test_several_periods_of_one_file_are_several_submissions_of_one_receipt(store: Store):
    content = b"unit,period,a,b,r\n440106,2023,1,2,1\n440106,2024,3,4,2\n"
    receipt = store.submissions.prepare(OFFICIAL, small_framework(), content, "v.csv").receipt
    acknowledged(store, OFFICIAL, receipt)
    assert [one.period for one in store.submissions.all(OFFICIAL)] == ["2023", "2024"]


def test_units_of_others_are_refused_and_named(store: Store):
    with pytest.raises(NotAllowedError, match=TIANHE):
        prepare(store, {TIANHE: FULL, YUEXIU: FULL}, NEIGHBOUR)
    for person in (READER, REVIEWER, ADMINISTRATOR):
        with pytest.raises(NotAllowedError, match="official"):
            prepare(store, {TIANHE: FULL}, person)


def test_others_see_neither_receipts_nor_submissions(store: Store):
    receipt = send(store, {TIANHE: FULL})
    assert store.submissions.receipts(NEIGHBOUR) == ()
    assert store.submissions.all(NEIGHBOUR) == store.submissions.all(READER) == ()
    with pytest.raises(NotFoundError):
        store.submissions.receipt(NEIGHBOUR, receipt.id)
    assert store.submissions.receipt(REVIEWER, receipt.id) == receipt


def test_nobody_acknowledges_for_another(store: Store):
    receipt = prepare(store, {YUEXIU: FULL})
    with pytest.raises(NotAllowedError, match="Wang"):
        acknowledged(store, NEIGHBOUR, receipt)


def test_of_two_who_change_one_unit_the_second_is_told_and_nothing_is_overwritten(store: Store):
    send(store, {YUEXIU: FULL})
    mine = prepare(store, {YUEXIU: FULL | {"a": 41}})
    send(store, {YUEXIU: FULL | {"b": 61}}, person=NEIGHBOUR)
    with pytest.raises(ConflictError) as conflict:
        acknowledged(store, OFFICIAL, mine)
    told = conflict.value.conflicts[0]
    assert (told.unit, told.base, told.current, told.by_name) == (YUEXIU, 1, 2, "Zhou")
    assert [(one.indicator, one.old.value, one.new.value) for one in told.changes] == [
        ("b", 60, 61)
    ]
    assert submission_of(store, YUEXIU).number == 2


def test_two_who_send_a_unit_for_the_first_time_conflict_too(store: Store):
    mine, theirs = prepare(store, {YUEXIU: FULL}), prepare(store, {YUEXIU: FULL}, NEIGHBOUR)
    acknowledged(store, NEIGHBOUR, theirs)
    with pytest.raises(ConflictError):
        acknowledged(store, OFFICIAL, mine)


def test_what_is_approved_is_closed_until_it_is_reopened(store: Store):
    send(store, {TIANHE: FULL})
    early = prepare(store, {TIANHE: FULL | {"a": 43}})
    approve(store, TIANHE)
    with pytest.raises(RefusedError, match="440106"):
        prepare(store, {TIANHE: FULL | {"a": 44}})
    with pytest.raises(RefusedError, match="440106"):
        acknowledged(store, OFFICIAL, early)
    found = submission_of(store, TIANHE)
    store.reviews.reopen(REVIEWER, found.id, found.number, "the bureau found an error")
    acknowledged(store, OFFICIAL, early)
    assert submission_of(store, TIANHE).state == "submitted"
    assert submission_of(store, TIANHE).approved_number == 1


def test_a_lock_closes_a_collection_but_for_what_was_returned(store: Store):
    send(store, {TIANHE: FULL, YUEXIU: FULL})
    store.collections.set_up(
        ADMINISTRATOR, "made", "1", "2024", units=UNITS, due=date(2024, 6, 30), is_locked=True
    )
    for unit in (TIANHE, HAIZHU):
        with pytest.raises(RefusedError, match=unit):
            prepare(store, {unit: FULL | {"a": 1}})
    found = submission_of(store, TIANHE)
    store.reviews.send_back(REVIEWER, found.id, found.number, "a is too low")
    # What is returned may be sent again as it was, with the sender's answer.
    assert send(store, {TIANHE: FULL}).parts[0].revision == 2


def test_deadlines_completeness_and_reminders(store: Store):
    send(store, {TIANHE: {"a": 40, "b": 60, "r": 2}, YUEXIU: {"b": 60, "r": 1}})
    collection = store.collections.set_up(
        ADMINISTRATOR, "made", "1", "2024", units=UNITS, due=date(2024, 6, 30)
    )
    approve(store, TIANHE)
    counted = store.collections.completeness(REVIEWER, collection)
    assert (counted.expected, counted.sent, counted.approved) == (3, 2, 1)
    told = store.collections.reminders(REVIEWER, collection, date(2024, 7, 2))
    assert [(one.unit, one.state, one.lacking, one.days_left) for one in told] == [
        (HAIZHU, None, ("a",), -2),
        (YUEXIU, "submitted", ("a",), -2),
    ]
    mine = store.collections.reminders(NEIGHBOUR, collection, date(2024, 6, 29))
    assert [(one.unit, one.days_left) for one in mine] == [(YUEXIU, 1)]
    with pytest.raises(NotAllowedError):
        store.collections.set_up(REVIEWER, "made", "1", "2024", units=UNITS)


def test_nobody_is_reminded_of_what_is_computed_or_of_what_is_approved(store: Store):
    ratio = {
        "measure": "ratio",
        "ratio": {"of": "served", "to": "people", "times": 100},
        "required": True,
    }
    framework = framework_of(
        group("root", leaf("a", **ratio), leaf("b", required=True)),
        inputs=entered("served", required=True) | entered("people", required=True),
        version="2",
    )
    cells = {TIANHE: {"served": 1, "people": 2}, YUEXIU: {"served": 1, "b": 1}}
    send(store, cells, framework=framework)
    collection = store.collections.set_up(ADMINISTRATOR, "made", "2", "2024", units=UNITS[:2])
    told = store.collections.reminders(ADMINISTRATOR, collection, date(2024, 7, 2))
    assert [(one.unit, one.lacking) for one in told] == [(YUEXIU, ("people",)), (TIANHE, ("b",))]
    found = submission_of(store, YUEXIU, version="2")
    store.reviews.approve(REVIEWER, {found.id: 1})
    told = store.collections.reminders(ADMINISTRATOR, collection, date(2024, 7, 2))
    assert [one.unit for one in told] == [TIANHE]


def test_a_framework_that_changed_under_its_version_is_refused(store: Store):
    send(store, {TIANHE: FULL})
    other = small_framework().model_copy(update={"default_period": "2023"})
    other.__dict__.pop("fingerprint", None)
    assert other.fingerprint != small_framework().fingerprint
    with pytest.raises(RefusedError, match="made 1"):
        store.submissions.prepare(OFFICIAL, other, csv_of({YUEXIU: FULL}), "v.csv")


def test_a_discarded_receipt_is_gone(store: Store):
    receipt = prepare(store, {TIANHE: FULL})
    store.submissions.discard(OFFICIAL, receipt.id)
    with pytest.raises(NotFoundError):
        acknowledged(store, OFFICIAL, receipt)


def test_the_store_outlives_its_process_and_logs_who_did_what(store: Store):
    receipt = send(store, {TIANHE: FULL})
    again = open_store(store.base.home)
    assert again.submissions.receipts(OFFICIAL) == (receipt,)
    assert [(one.by, one.action) for one in again.audit(ADMINISTRATOR)] == [
        ("wang", "submitted"),
        ("wang", "prepared"),
    ]
    assert [one.action for one in again.audit(ADMINISTRATOR, action="prepared")] == ["prepared"]
    with pytest.raises(NotAllowedError):
        again.audit(OFFICIAL)
    again.close()


def test_the_one_person_of_a_workbench_may_do_everything_and_the_record_says_so(store: Store):
    receipt = prepare(store, {TIANHE: FULL}, LOCAL)
    acknowledged(store, LOCAL, receipt)
    found = submission_of(store, TIANHE)
    store.reviews.approve(LOCAL, {found.id: 1})
    assert [
        (one.kind, one.is_second_person) for one in store.reviews.decisions(LOCAL, found.id)
    ] == [
        ("submitted", False),
        ("approved", False),
    ]


def test_many_who_acknowledge_at_once_get_numbers_without_gaps(store: Store):
    people = [replace(OFFICIAL, id=f"p{place}") for place in range(8)]
    receipts = [
        prepare(store, {f"44010{3 + place % 4}": FULL | {"a": place}}, replace(one, units=None))
        for place, one in enumerate(people)
    ]

    def send_one(place: int) -> object:
        # A store of one's own, as another process would have.
        mine = open_store(store.base.home)
        try:
            return acknowledged(mine, replace(people[place], units=None), receipts[place]).number
        except ConflictError as conflict:
            return conflict.conflicts[0].unit
        finally:
            mine.close()

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(send_one, range(8)))
    # Two for each of four units: one gets through, the other is told.
    assert sorted(one for one in told if isinstance(one, int)) == [1, 2, 3, 4]
    assert len({one for one in told if isinstance(one, str)}) == 4
    assert {one.number for one in store.submissions.all(ADMINISTRATOR)} == {1}
