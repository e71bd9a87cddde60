"""The page Releases, run as Streamlit runs it: list, check, comparison, publishing."""

from __future__ import annotations

import pytest

from govmaturity.framework.model import Framework
from govmaturity.store.people import LOCAL
from govmaturity.store.service import Store
from govmaturity.texts import LANGUAGES, say
from tests.browser.filling import PERIOD, REVIEWERS, SENDER, framework
from tests.store.making import csv_of
from tests.ui.conftest import SIMULATED, Opener, finding, press, said


def ids(store: Store) -> list[str]:
    return [one.id for one in store.releases.all(LOCAL, SIMULATED)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_opens_with_what_is_public(store: Store, opened: Opener, language):
    at = opened("releases", language=language)
    latest = store.releases.all(LOCAL)[0]
    told = say(
        "releases.finding",
        language,
        n=2,
        title=latest.title[language],
        date="2025-03-03",
        held=29,
    )
    assert finding(at) == told
    assert latest.content_hash in said(at)
    assert latest.citation(language) in [one.value for one in at.code]


def test_the_table_has_every_release_with_its_hash(store: Store, opened: Opener):
    at = opened("releases", tables="releases")
    table = at.dataframe[0].value
    assert table["Id"].tolist() == ids(store)
    assert table["Content SHA-256"].tolist() == [
        one.content_hash for one in store.releases.all(LOCAL)
    ]
    assert table[["New", "Other values", "No longer in it"]].to_numpy().tolist() == [
        [0, 2, 0],
        [29, 0, 0],
    ]


def test_a_release_that_is_whole_says_so_and_a_spoilt_one_too(store: Store, opened: Opener):
    at = press(opened("releases"), "Check that it is whole")
    assert "Whole: the content gives the published hash" in at.success[0].value
    path = store.releases.file(LOCAL, ids(store)[0], "scores.csv").path
    path.chmod(0o600)
    path.write_bytes(b"spoilt")
    press(at, "Check that it is whole")
    assert "scores.csv" in at.error[0].value


def test_two_releases_differ_in_what_was_corrected(store: Store, opened: Opener):
    at = opened("releases")
    assert "The two differ in 2 values of 2 units; 2 units have another total score." in said(at)
    table = at.dataframe[0].value
    assert table["Code"].tolist() == ["G1.2", "D2.4"]
    assert table["Value in this release"].tolist() == [1, 4.5]
    # The older one against the newer is the same the other way round.
    at = opened("releases", edition=ids(store)[1], edition2=ids(store)[0])
    assert at.dataframe[0].value["Value in the other"].tolist() == [1, 4.5]


def test_releases_of_two_framework_versions_say_so(store: Store, opened: Opener):
    other = _next_version()
    content = csv_of({"440106": {"G2.3": 4, "G1.2": 3}}, PERIOD)
    receipt = store.submissions.prepare(SENDER, other, content, "v.csv").receipt
    store.submissions.acknowledge(
        SENDER,
        receipt.id,
        justifications={one.key: "y" for one in receipt.to_justify},
        leaves_out=receipt.left_out,
    )
    sent = store.submissions.all(LOCAL, other.id, str(other.version))
    store.reviews.approve(REVIEWERS[0], {one.id: one.number for one in sent})
    made = store.releases.publish(
        LOCAL,
        other.id,
        str(other.version),
        [PERIOD],
        title={"zh": "新", "en": "New"},
        licence="CC0-1.0",
    )
    at = opened("releases", edition=made.id)
    assert f"{SIMULATED} 0.3 and {SIMULATED} 0.4" in at.warning[0].value
    # The version is a choice once there are two.
    assert at.selectbox(key="choose_version").options == ["0.3", "0.4"]


def _next_version() -> Framework:
    found = framework().model_copy(update={"version": "0.4"})
    found.__dict__.pop("fingerprint", None)
    return found


def test_before_publishing_it_says_what_goes_in_and_what_is_missing(store: Store, opened: Opener):
    text = said(opened("releases"))
    assert "6 units and periods, approved, would go in." in text
    assert "Still missing: 21 sent and not approved, 2 due and not sent." in text
    assert say("releases.simulated", "en") in text
    text = said(opened("releases", periods="2023"))
    assert say("releases.nothing_new", "en") in text


def test_what_is_public_already_cannot_be_published_again(store: Store, opened: Opener):
    at = opened("releases", periods="2023")
    assert next(one for one in at.button if one.label == "Publish…").disabled


def test_publishing_asks_once_more_and_then_is_public(store: Store, opened: Opener):
    at = press(opened("releases", periods=f"2022,{PERIOD}"), "Publish…")
    assert len(ids(store)) == 2
    assert "This makes 35 units and periods public" in said(at)
    press(at, "Publish")
    assert len(ids(store)) == 3
    newest = store.releases.all(LOCAL)[0]
    assert (newest.periods, newest.is_simulated) == (("2022", PERIOD), True)
    assert "3 releases are public" in finding(at)


def test_nothing_public_yet_says_so_and_leads_on(empty: Store, opened: Opener):
    at = opened("releases")
    assert 'Nothing of "County digital-government' in finding(at)
    assert "submit.py" in said(at)


def test_nothing_approved_leads_to_review(empty: Store, opened: Opener):
    content = csv_of({"440106": {"G2.3": 4, "G1.2": 3}}, PERIOD)
    receipt = empty.submissions.prepare(SENDER, framework(), content, "v.csv").receipt
    empty.submissions.acknowledge(
        SENDER, receipt.id, justifications={one.key: "y" for one in receipt.to_justify},
        leaves_out=receipt.left_out,
    )  # fmt: skip
    at = opened("releases")
    assert "Nothing of these periods is approved yet (open: 1)" in at.info[0].value
    assert "review.py" in said(at)
