"""The page Review, run as Streamlit runs it: the queue, one submission, every decision."""

from __future__ import annotations

import pytest

from govmaturity.store.people import LOCAL
from govmaturity.store.service import Store
from govmaturity.texts import LANGUAGES, say
from tests.browser.filling import (
    HUADU,
    LIWAN,
    PANYU,
    PERIOD,
    REVIEWERS,
    TIANHE,
    framework,
    send_again,
)
from tests.ui.conftest import Opener, finding, press, said

SUM = "1.27"


def state_of(store: Store, unit: str, period: str = PERIOD) -> tuple[str, int]:
    found = store.submissions.all(LOCAL, framework().id, str(framework().version), period)
    one = next(one for one in found if one.unit == unit)
    return one.state, one.number


def id_of(store: Store, unit: str, period: str = PERIOD) -> int:
    found = store.submissions.all(LOCAL, period=period)
    return next(one.id for one in found if one.unit == unit)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_opens_with_what_is_most_doubtful(store: Store, opened: Opener, language):
    at = opened("review", language=language)
    queue = store.queue(LOCAL, framework().id, str(framework().version), PERIOD)
    doubtful = sum(bool(one.reasons) for one in queue)
    told = say("review.finding", language, n=len(queue), doubtful=doubtful, period=PERIOD)
    assert finding(at) == told
    listed = at.dataframe[0].value
    effects = listed[say("review.column_effect", language)].tolist()
    assert effects == sorted(effects, reverse=True)
    assert len(listed) == len(queue) == 20


def test_one_reason_alone_can_be_looked_at(store: Store, opened: Opener):
    at = opened("review", reason="unit_mix_up")
    assert at.dataframe[0].value["Unit"].tolist() == ["Tianhe District"]
    at = opened("review", reason="shifted_left")
    assert "No submission fits." in said(at)
    press(at, "Show everything")
    assert len(at.dataframe[0].value) == 20


def test_an_open_submission_tells_its_doubts_with_what_the_sender_answered(
    store: Store, opened: Opener
):
    at = opened("review", opened=LIWAN)
    text = said(at)
    assert "a large change in a year (3.49 → 1.1)" in text
    assert "**The sender says:** 已与台账核对" in text
    assert SUM in finding(at)
    assert "beyond what is usual for this unit" in text
    # The value that is doubted most is the one that is shown, with its cell.
    assert at.selectbox(key="choose_value").value == "D2.4"
    assert "Cell: CY20" in text


def test_approving_closes_it_and_goes_back_to_the_list(store: Store, opened: Opener):
    at = opened("review", opened=LIWAN)
    press(at, "Approve now")
    assert state_of(store, LIWAN) == ("approved", 1)
    assert "Approved 1 submission." in said(at)
    assert "19 submissions wait" in finding(at)


def test_what_was_sent_anew_meanwhile_is_not_approved(store: Store, opened: Opener):
    at = opened("review", opened=LIWAN)
    send_again(store, LIWAN, {"D2.4": "3.3"})
    press(at, "Approve now")
    assert state_of(store, LIWAN) == ("submitted", 2)
    assert "revision 2" in said(at)
    assert "you looked at" in at.error[0].value


def test_returning_needs_a_reason(store: Store, opened: Opener):
    at = opened("review", opened=LIWAN)
    press(at, "Return now")
    assert at.error[0].value == say("store.reason_missing", "en")
    assert state_of(store, LIWAN) == ("submitted", 1)
    box = next(one for one in at.text_area if one.key.startswith("send_back"))
    box.set_value("Please check D2.4")
    press(at, "Return now")
    assert state_of(store, LIWAN) == ("returned", 1)
    assert "Returned to Liwan District with the reason." in said(at)


def test_a_waived_doubt_is_gone_and_its_reason_is_on_record(store: Store, opened: Opener):
    at = opened("review", opened=LIWAN)
    before = len([one for one in at.button if one.label == "Waive now"])
    box = next(one for one in at.text_area if one.key.startswith("waive"))
    box.set_value("Method of the survey changed")
    press(at, "Waive now")
    assert len([one for one in at.button if one.label == "Waive now"]) == before - 1
    found = store.reviews.waivers(LOCAL, id_of(store, LIWAN))
    assert {one.indicator for one in found} == {"D2.4"}
    assert {one.code for one in found} == {"large_change", "outside_plausible", "jump"}
    assert "Waived rules (3)" in said(at)


def test_a_thread_belongs_to_the_value_that_is_shown(store: Store, opened: Opener):
    at = opened("review", opened=TIANHE, value="population")
    assert "常住人口是不是以“万人”填的？" in said(at)
    box = next(one for one in at.text_area if one.key.startswith("say"))
    box.set_value("Thank you.")
    press(at, "Send")
    assert "Thank you." in said(at)
    threads = store.reviews.threads(LOCAL, id_of(store, TIANHE))
    assert threads["population"][-1].text == "Thank you."


def test_a_rubric_is_scored_and_a_final_score_needs_a_reason(store: Store, opened: Opener):
    at = opened("review", opened=PANYU, value="G1.2")
    role = next(one for one in at.selectbox if one.key.endswith("_role"))
    level = next(one for one in at.selectbox if one.key.endswith("_level"))
    level.set_value(1.0)
    role.set_value("final")
    press(at, "Give this score")
    assert at.error[0].value == say("store.reason_missing", "en")
    reason = next(one for one in at.text_input if one.key.endswith("_reason"))
    reason.set_value("No roadmap was published")
    press(at, "Give this score")
    rated = store.ratings.of(LOCAL, id_of(store, PANYU))
    assert next(one for one in rated if one.indicator == "G1.2").final.value == 1


def test_several_are_approved_at_once_or_none(store: Store, opened: Opener):
    at = opened("review", brush=f"{LIWAN},{PANYU}")
    press(at, "Approve the 2 chosen")
    assert [state_of(store, unit)[0] for unit in (LIWAN, PANYU)] == ["approved", "approved"]
    others = [one.submission.unit for one in _queue(store)[:2]]
    at = opened("review", brush=",".join(others))
    store.reviews.send_back(REVIEWERS[0], id_of(store, others[1]), 1, "late")
    press(at, "Approve the 2 chosen")
    assert [state_of(store, unit)[0] for unit in others] == ["submitted", "returned"]
    assert at.error


def _queue(store: Store):
    return store.queue(LOCAL, framework().id, str(framework().version), PERIOD)


def test_what_is_approved_is_reopened_with_a_reason_and_its_changes_are_listed(
    store: Store, opened: Opener
):
    at = opened("review", opened=HUADU, period="2023")
    assert not [one for one in at.button if one.label == "Approve now"]
    box = next(one for one in at.text_area if one.key.startswith("reopen"))
    box.set_value("The survey was counted twice")
    press(at, "Reopen now")
    assert state_of(store, HUADU, "2023")[0] == "reopened"
    send_again(store, HUADU, {"D2.4": "4.1"}, "2023")
    at = opened("review", opened=HUADU, period="2023")
    assert "Changed since approval (1 value)" in said(at)


def test_lists_by_state_show_the_reason(store: Store, opened: Opener):
    at = opened("review", stage="returned")
    assert at.dataframe[0].value["Reason"].tolist() == ["请补充第三方测评报告"]


def test_evidence_is_a_download_and_a_link_is_only_written(store: Store, opened: Opener):
    at = opened("review", opened=TIANHE)
    assert "`https://www.example.gov.cn/plan-2024.html`" in said(at)
    names = [one.proto.label for one in at.get("download_button")]
    assert "Download" in names
    assert "公报.pdf" in said(at)


def test_one_who_sent_it_and_approves_it_is_told_that_this_is_on_record(
    store: Store, opened: Opener
):
    send_again(store, LIWAN, {"D2.4": "3.3"}, person=LOCAL)
    at = opened("review", opened=LIWAN)
    assert say("review.own_note", "en") in said(at)
    press(at, "Approve now")
    decided = store.reviews.decisions(LOCAL, id_of(store, LIWAN))
    assert not decided[-1].is_second_person


def test_a_locked_round_lets_reviewers_reopen_what_waits(store: Store, opened: Opener):
    at = opened("review", opened=LIWAN)
    assert not [one for one in at.button if one.label == "Reopen now"]
    units = [one.unit for one in store.submissions.all(LOCAL, period=PERIOD)]
    version = str(framework().version)
    store.collections.set_up(LOCAL, framework().id, version, PERIOD, units=units, is_locked=True)
    at = opened("review", opened=LIWAN)
    assert [one for one in at.button if one.label == "Reopen now"]


def test_two_reviewers_are_compared(store: Store, opened: Opener):
    assert "Two reviewers each scored 16 items; 62.5%" in said(opened("review"))
    assert "2022: nothing waits" in finding(opened("review", period="2022"))


def test_nothing_sent_says_why_and_leads_on(empty: Store, opened: Opener):
    at = opened("review")
    assert "Nothing has been sent for" in at.info[0].value
    assert "submit.py" in said(at)
    assert not at.dataframe


def test_another_framework_leads_to_the_one_that_has_submissions(store: Store, opened: Opener):
    at = opened("review", framework="county-conditions")
    assert "Nothing has been sent for" in at.info[0].value
    press(at, "Show County digital-government maturity framework (default) (27 submissions)")
    assert "20 submissions wait" in finding(at)


def test_nothing_waiting_leads_to_publishing(store: Store, opened: Opener):
    waiting = store.submissions.all(LOCAL, period=PERIOD)
    store.reviews.approve(
        REVIEWERS[0], {one.id: one.number for one in waiting if one.state == "submitted"}
    )
    at = opened("review")
    assert finding(at) == "2024: nothing waits for a reviewer."
    assert "releases.py: 26 are approved: publish them" in said(at)
