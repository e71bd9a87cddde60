"""Reviewing: the doubtful first, by a second person, with everything said and kept."""

from __future__ import annotations

import math
import zipfile
from io import BytesIO

import pytest

from govmaturity.store.errors import NotAllowedError, NotFoundError, RefusedError, StoreError
from govmaturity.store.people import LOCAL, Person
from govmaturity.store.queue import VALUES_MOVE
from govmaturity.store.service import Store
from tests.making import framework_of, group, leaf
from tests.store.making import (
    ADMINISTRATOR,
    HAIZHU,
    NEIGHBOUR,
    OFFICIAL,
    READER,
    REVIEWER,
    SECOND,
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
BOTH = Person("he", "He", frozenset({"official", "reviewer"}), None)
AWAY = Person("qian", "Qian", frozenset({"reviewer"}), frozenset({HAIZHU}))


def test_nobody_approves_what_they_sent_themselves(store: Store):
    send(store, {TIANHE: FULL}, person=BOTH)
    with pytest.raises(RefusedError, match=TIANHE):
        approve(store, TIANHE, person=BOTH)
    send(store, {TIANHE: {"a": 41}})  # by another; b and r are still what BOTH gave
    with pytest.raises(RefusedError):
        approve(store, TIANHE, person=BOTH)
    approve(store, TIANHE)
    last = store.reviews.decisions(REVIEWER, submission_of(store, TIANHE).id)[-1]
    assert (last.kind, last.number, last.by, last.is_second_person) == ("approved", 2, "li", True)


def test_the_one_person_of_a_workbench_may_and_it_is_written_down(store: Store):
    send(store, {TIANHE: FULL}, person=LOCAL)
    approve(store, TIANHE, person=LOCAL)
    decided = store.reviews.decisions(LOCAL, submission_of(store, TIANHE).id)
    assert not decided[-1].is_second_person
    assert store.audit(LOCAL, action="approved")[0].details["second_person"] is False


def test_approving_is_all_or_nothing_and_only_of_what_was_seen(store: Store):
    send(store, {TIANHE: FULL, YUEXIU: FULL})
    seen = {one.id: one.number for one in store.submissions.all(REVIEWER)}
    send(store, {YUEXIU: {"a": 41}})
    with pytest.raises(RefusedError) as refused:
        store.reviews.approve(REVIEWER, seen)
    assert refused.value.code == "revision_moved"
    assert submission_of(store, TIANHE).state == "submitted"
    store.reviews.approve(REVIEWER, {one.id: one.number for one in store.submissions.all(REVIEWER)})
    assert {one.state for one in store.submissions.all(REVIEWER)} == {"approved"}


def test_returning_and_reopening_need_a_reason_and_a_fitting_state(store: Store):
    send(store, {TIANHE: FULL})
    found = submission_of(store, TIANHE)
    with pytest.raises(RefusedError) as refused:
        store.reviews.send_back(REVIEWER, found.id, 1, "  ")
    assert refused.value.code == "reason_missing"
    store.reviews.send_back(REVIEWER, found.id, 1, "a is too low")
    with pytest.raises(RefusedError):
        approve(store, TIANHE)
    assert submission_of(store, TIANHE).reason == "a is too low"


@pytest.mark.parametrize("person", [OFFICIAL, NEIGHBOUR, READER, ADMINISTRATOR, AWAY])
def test_who_may_not_review_cannot(person: Person, store: Store):
    send(store, {TIANHE: FULL})
    found = submission_of(store, TIANHE)
    acts = (
        lambda: store.reviews.approve(person, {found.id: 1}),
        lambda: store.reviews.send_back(person, found.id, 1, "why"),
        lambda: store.reviews.reopen(person, found.id, 1, "why"),
        lambda: store.reviews.waive(person, found.id, 1, "a", "jump", "why"),
        lambda: store.ratings.rate(person, found.id, 1, "r", 2),
    )
    for act in acts:
        with pytest.raises(NotAllowedError):
            act()
    assert submission_of(store, TIANHE).state == "submitted"


def test_a_thread_belongs_to_a_value(store: Store):
    send(store, {TIANHE: FULL})
    id_ = submission_of(store, TIANHE).id
    store.reviews.say(REVIEWER, id_, "Is this per 100?", "a")
    store.reviews.say(OFFICIAL, id_, "Yes.", "a")
    store.reviews.say(REVIEWER, id_, "Thank you")
    threads = store.reviews.threads(OFFICIAL, id_)
    assert [(one.by_name, one.text) for one in threads["a"]] == [
        ("Li", "Is this per 100?"),
        ("Wang", "Yes."),
    ]
    assert len(threads[""]) == 1
    for person in (NEIGHBOUR, READER, AWAY):
        with pytest.raises(NotFoundError):
            store.reviews.say(person, id_, "hello")
        with pytest.raises(NotFoundError):
            store.reviews.threads(person, id_)


def test_values_changed_since_approval_are_listed(store: Store):
    send(store, {TIANHE: FULL})
    approve(store, TIANHE)
    found = submission_of(store, TIANHE)
    assert store.reviews.changed_since_approval(REVIEWER, found.id) == ()
    store.reviews.reopen(REVIEWER, found.id, 1, "corrected")
    send(store, {TIANHE: {"a": 45}})
    changes = store.reviews.changed_since_approval(REVIEWER, found.id)
    assert [(one.indicator, one.old.value, one.new.value) for one in changes] == [("a", 40, 45)]
    assert store.queue(REVIEWER, "made", "1", "2024")[0].changed == 1


# The queue -----------------------------------------------------------------------------------


def test_the_queue_puts_the_largest_effect_first(store: Store):
    for period, figures in (("2021", 40), ("2022", 41), ("2023", 42)):
        send(store, {TIANHE: FULL | {"a": figures}, YUEXIU: FULL | {"b": figures}}, period)
    # From 41 to 95 in one of three equal weights: 18 points; from 41 to 50: 3.
    send(
        store,
        {YUEXIU: FULL | {"b": 50}, TIANHE: FULL | {"a": 95}, HAIZHU: {"a": 1, "b": 2, "r": 1}},
    )
    items = store.queue(REVIEWER, "made", "1", "2024")
    assert [one.submission.unit for one in items] == [TIANHE, YUEXIU, HAIZHU]
    first = items[0].reasons[0]
    assert (first.code, first.indicators) == ("jump", ("a",))
    assert first.effect == pytest.approx(54 / 3)
    assert items[1].effect == pytest.approx(9 / 3)
    assert (items[2].reasons, items[2].effect) == ((), 0.0)


def test_what_the_sender_answered_stands_in_the_queue_until_it_is_waived(store: Store):
    cells = {TIANHE: {"a": 95, "b": 60}, YUEXIU: {"a": 50, "b": 1}, HAIZHU: {"a": 10, "b": 1}}
    content = csv_of(cells)
    receipt = store.submissions.prepare(OFFICIAL, _framework(), content, "v.csv").receipt
    acknowledged(store, OFFICIAL, receipt, "counted twice")
    item = store.queue(REVIEWER, "made", "2", "2024")[0]
    assert [(one.code, one.indicators, one.justification) for one in item.reasons] == [
        ("outside_plausible", ("a",), "counted twice")
    ]
    # Expected is the median, 50 instead of 95, with half the weight.
    assert item.effect == pytest.approx(22.5)
    found = submission_of(store, TIANHE, version="2")
    store.reviews.waive(REVIEWER, found.id, 1, "a", "outside_plausible", "true for a city centre")
    item = next(
        one for one in store.queue(REVIEWER, "made", "2", "2024") if one.submission.unit == TIANHE
    )
    assert item.reasons == ()
    assert [one.reason for one in store.reviews.waivers(REVIEWER, found.id)] == [
        "true for a city centre"
    ]
    with pytest.raises(StoreError):
        store.reviews.waive(REVIEWER, found.id, 1, "a", "outside_plausible", "again")
    with pytest.raises(StoreError):
        store.reviews.waive(REVIEWER, found.id, 1, "a", "no_such_rule", "why")


def test_a_finding_is_waived_for_several_values_or_for_none(store: Store):
    send(store, {TIANHE: FULL})
    found = submission_of(store, TIANHE)
    store.reviews.waive(REVIEWER, found.id, 1, "a", "heaping", "counted")
    with pytest.raises(RefusedError):
        store.reviews.waive(REVIEWER, found.id, 1, ["b", "a"], "heaping", "counted")
    assert [one.indicator for one in store.reviews.waivers(REVIEWER, found.id)] == ["a"]
    store.reviews.waive(REVIEWER, found.id, 1, ["b", "r"], ["heaping", "jump"], "counted")
    waived = [(one.indicator, one.code) for one in store.reviews.waivers(REVIEWER, found.id)]
    both = [(id_, code) for id_ in ("b", "r") for code in ("heaping", "jump")]
    assert waived == [("a", "heaping"), *both]


def _framework(method: str = "goalposts"):
    usual = {"plausible": {"min": 0, "max": 90}}
    if method == "goalposts":
        return framework_of(group("root", leaf("a", **usual), leaf("b")), version="2")
    parts = [leaf(id_, None, direction="higher", **usual) for id_ in ("a", "b")]
    return framework_of(group("root", *parts, normalise=method), version="2")


def test_what_is_left_of_a_queue_is_what_a_new_one_would_say(store: Store):
    for period, figures in (("2021", 40), ("2022", 41), ("2023", 42)):
        send(store, dict.fromkeys(UNITS, FULL | {"a": figures}), period)
    cells = {TIANHE: {"a": 95, "b": 90}, YUEXIU: {"a": 80}, HAIZHU: {"a": 70}}
    send(store, {unit: FULL | given for unit, given in cells.items()})
    asked = (REVIEWER, "made", "1", "2024")
    before = store.queue(*asked)
    moved = store.mark(REVIEWER, VALUES_MOVE)
    approve(store, YUEXIU)
    found = submission_of(store, TIANHE)
    for reason in before[0].reasons[:2]:
        store.reviews.waive(REVIEWER, found.id, 1, reason.indicators, reason.code, "true")
    assert store.mark(REVIEWER, VALUES_MOVE) == moved
    left = store.still_waiting(REVIEWER, before, *asked[1:])
    assert left == store.queue(*asked)
    assert [one.submission.unit for one in left] == [HAIZHU, TIANHE]
    send(store, {HAIZHU: {"a": 60}})
    assert store.mark(REVIEWER, VALUES_MOVE) > moved


def test_where_scores_hang_on_the_others_the_effect_is_told_all_the_same(store: Store):
    a = dict(zip((TIANHE, YUEXIU, HAIZHU, "440111"), (95, 50, 10, 20), strict=True))
    content = csv_of({unit: {"a": value, "b": value + 1} for unit, value in a.items()})
    receipt = store.submissions.prepare(BOTH, _framework("min_max"), content, "v.csv")
    acknowledged(store, BOTH, receipt.receipt)
    item = store.queue(REVIEWER, "made", "2", "2024")[0]
    # a would be the median, 35: 25 of 40 steps up instead of all, with half the weight.
    assert item.submission.unit == TIANHE
    effects = {one.indicators: one.effect for one in item.reasons}
    assert effects["a",] == pytest.approx((100 - 62.5) / 2)


def test_a_reviewer_sees_the_queue_of_their_units_only(store: Store):
    send(store, dict.fromkeys(UNITS, FULL))
    assert [one.submission.unit for one in store.queue(AWAY, "made", "1", "2024")] == [HAIZHU]
    with pytest.raises(NotAllowedError):
        store.queue(OFFICIAL, "made", "1", "2024")
    assert store.queue(REVIEWER, "unknown", "1", "2024") == ()


# Scores of rubrics ---------------------------------------------------------------------------


def test_the_final_score_takes_the_place_of_what_was_sent_once_approved(store: Store):
    send(store, {TIANHE: FULL})
    found = submission_of(store, TIANHE)
    store.ratings.rate(REVIEWER, found.id, 1, "r", 1)
    store.ratings.rate(SECOND, found.id, 1, "r", 2)
    with pytest.raises(RefusedError):
        store.ratings.rate(REVIEWER, found.id, 1, "r", 1, role="final")
    store.ratings.rate(REVIEWER, found.id, 1, "r", 1, role="final", reason="no platform yet")
    rated = store.ratings.of(OFFICIAL, found.id)[0]
    assert (rated.self_score, [one.value for one in rated.reviewers]) == (2, [1, 2])
    assert (rated.final.value, rated.final.reason) == (1, "no platform yet")
    approve(store, TIANHE)
    release = store.releases.publish(
        ADMINISTRATOR, "made", "1", ["2024"], title={"zh": "题", "en": "t"}, licence="CC0-1.0"
    )
    table = store.releases.values(READER, release.id).table.set_index("indicator")
    assert table.loc["r", "value"] == 1
    assert store.provenance.of(READER, "made", "1", TIANHE, "2024", "r").final == 1
    with pytest.raises(RefusedError):
        store.ratings.rate(REVIEWER, found.id, 1, "r", 3, role="final", reason="late")


@pytest.mark.parametrize(("indicator", "value"), [("a", 1), ("r", 4), ("r", 1.5), ("none", 1)])
def test_only_levels_of_rubrics_can_be_given(indicator: str, value: float, store: Store):
    send(store, {TIANHE: FULL})
    with pytest.raises(RefusedError):
        store.ratings.rate(REVIEWER, submission_of(store, TIANHE).id, 1, indicator, value)


def test_agreement_of_two_reviewers_is_measured(store: Store):
    send(store, dict.fromkeys(UNITS, FULL))
    assert store.ratings.agreement(REVIEWER, "made", "1", "2024") is None
    for unit, (one, other) in zip(UNITS, [(1, 1), (2, 3), (3, 3)], strict=True):
        id_ = submission_of(store, unit).id
        store.ratings.rate(REVIEWER, id_, 1, "r", one)
        store.ratings.rate(SECOND, id_, 1, "r", other)
    found = store.ratings.agreement(REVIEWER, "made", "1", "2024")
    assert (found.n, found.same) == (3, pytest.approx(2 / 3))
    # One step once in three. By chance, of nine pairs of (1, 2, 3) with (1, 3, 3), squared steps:
    # 1 with 3 twice, 2 with 1 once, 2 with 3 twice, 3 with 1 once.
    expected = (2 * 4 + 1 * 1 + 2 * 1 + 1 * 4) / 9
    assert found.kappa == pytest.approx(1 - (1 / 3) / expected)
    assert not math.isnan(found.kappa)


# Evidence ------------------------------------------------------------------------------------


def zipped(*names: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return buffer.getvalue()


def test_evidence_is_kept_by_hash_and_comes_back_as_it_was(store: Store):
    send(store, {TIANHE: FULL})
    id_ = submission_of(store, TIANHE).id
    given = store.evidence.add_file(OFFICIAL, id_, "r", b"%PDF-1.7 x", "批复.PDF")
    link = store.evidence.add_link(OFFICIAL, id_, "r", " https://www.gov.cn/a?b=1 ")
    assert store.evidence.content(REVIEWER, id_, given.id) == b"%PDF-1.7 x"
    assert store.evidence.all(REVIEWER, id_) == (given, link)
    store.evidence.withdraw(OFFICIAL, id_, given.id)
    assert store.evidence.all(REVIEWER, id_) == (link,)
    assert [one.action for one in store.audit(ADMINISTRATOR)][:3] == [
        "withdrew",
        "evidence",
        "evidence",
    ]
    for person in (NEIGHBOUR, READER):
        with pytest.raises(NotFoundError):
            store.evidence.all(person, id_)
    with pytest.raises(NotAllowedError):
        store.evidence.add_link(NEIGHBOUR, id_, "r", "https://www.gov.cn")
    approve(store, TIANHE)
    with pytest.raises(RefusedError):
        store.evidence.add_link(OFFICIAL, id_, "r", "https://www.gov.cn")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.pdf"),
        (b"MZ\x90\x00", "program.exe"),
        (b"MZ\x90\x00", "program.pdf"),
        (b"<html><script>", "page.html"),
        (b"%PDF-1.7", "report.html"),
        (b"%PDF-1.7", "report"),
        (b"PK\x03\x04broken", "report.docx"),
        (zipped("other.txt"), "report.docx"),
        (zipped("xl/workbook.xml", "xl/vbaProject.bin"), "book.xlsx"),
        (zipped("xl/workbook.xml"), "book.xlsm"),
        (b"%PDF-" + bytes(20_000_000), "large.pdf"),
    ],
)
def test_what_is_not_on_the_short_list_is_refused(content: bytes, name: str, store: Store):
    send(store, {TIANHE: FULL})
    with pytest.raises(RefusedError):
        store.evidence.add_file(OFFICIAL, submission_of(store, TIANHE).id, "r", content, name)


@pytest.mark.parametrize("name", ["word/document.xml", "xl/workbook.xml", "OFD.xml"])
def test_documents_of_offices_are_taken(name: str, store: Store):
    ending = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "OFD.xml": "ofd"}[name]
    send(store, {TIANHE: FULL})
    id_ = submission_of(store, TIANHE).id
    store.evidence.add_file(OFFICIAL, id_, "r", zipped(name), f"a.{ending}")


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "file:///etc/passwd", "https://", "//host/x", "https://a:b@host/", "x"],
)
def test_what_is_no_link_is_refused(link: str, store: Store):
    send(store, {TIANHE: FULL})
    with pytest.raises(RefusedError):
        store.evidence.add_link(OFFICIAL, submission_of(store, TIANHE).id, "r", link)
