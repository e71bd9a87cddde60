"""The page Administer, run as Streamlit runs it: collections, reminders, frameworks, the log."""

from __future__ import annotations

from datetime import date

import pytest

from govmaturity.store.people import LOCAL
from govmaturity.store.service import Store
from govmaturity.texts import LANGUAGES
from tests.browser.filling import PERIOD, framework
from tests.ui.conftest import SIMULATED, Opener, finding, press, said
from ui import kept


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", ["", "units", "frameworks", "log"])
def test_every_part_opens_on_a_store_with_a_life(store: Store, opened: Opener, section, language):
    assert opened("administer", language=language, section=section).header


@pytest.mark.parametrize("section", ["", "units", "frameworks", "log"])
def test_every_part_opens_on_an_empty_store(empty: Store, opened: Opener, section):
    opened("administer", section=section)


def test_a_collection_tells_how_far_it_is_and_whom_to_remind(store: Store, opened: Opener):
    at = opened("administer")
    told = "of 29 units 6 are approved, 20 wait, 1 are returned or reopened, 2 have sent nothing"
    assert told in finding(at)
    table = at.dataframe[0].value
    assert table["Unit"].tolist()[:2] == ["Conghua District", "Zengcheng District"]
    assert "approved" not in table["State"].tolist()
    copied = at.code[-1].value.splitlines()
    assert copied[0] == "Conghua District (2024): nothing was sent yet."
    assert len(copied) == len(table)


def test_a_deadline_and_a_lock_are_set_and_said(store: Store, opened: Opener):
    at = opened("administer")
    at.date_input[0].set_value(date(2020, 12, 31))
    at.toggle[0].set_value(True)
    press(at, "Save (29 units)")
    made = store.collections.all(LOCAL)[0]
    assert (made.due, made.is_locked, len(made.units)) == ("2020-12-31", True, 29)
    assert "The deadline is 2020-12-31" in finding(at)
    assert "It is locked" in finding(at)
    assert at.dataframe[0].value["Days left"].max() < 0
    assert "days ago" in at.code[-1].value


def test_a_first_collection_asks_the_regions_that_are_chosen(empty: Store, opened: Opener):
    at = opened("administer", asked="440100,360700")
    at.text_input[0].set_value("2025-h1")
    press(at, "Save (29 units)")
    made = empty.collections.all(LOCAL)[0]
    assert (made.framework, made.period, len(made.units)) == (SIMULATED, "2025-H1", 29)
    assert "29 have sent nothing" in finding(at)


def test_a_period_that_is_none_is_refused_with_the_forms_there_are(empty: Store, opened: Opener):
    at = opened("administer", asked="440100")
    at.text_input[0].set_value("next year")
    press(at, "Save (11 units)")
    assert "2024-H1" in at.error[0].value
    assert empty.collections.all(LOCAL) == ()


def test_without_a_collection_those_who_have_sent_are_asked(store: Store, opened: Opener):
    store.base.reader.dispose()
    at = opened("administer", framework="county-conditions")
    assert "No collection is set up yet" in at.info[0].value
    assert next(one for one in at.button if one.label.startswith("Save")).disabled


def test_frameworks_are_listed_with_version_hash_and_standing(store: Store, opened: Opener):
    at = opened("administer", section="frameworks")
    table = at.dataframe[0].value.set_index("Id")
    mine = table.loc[SIMULATED]
    assert mine["Content SHA-256"] == framework().fingerprint
    assert mine["Against its file"] == "the same"
    assert mine["Releases"] == 2
    assert table.loc["undp-hdi"]["Against its file"] == "nothing sent yet"


def test_a_file_that_changed_under_its_version_is_an_error(
    store: Store, opened: Opener, monkeypatch: pytest.MonkeyPatch
):
    from ui import loaders

    changed = framework().model_copy(update={"default_period": "1999"})
    changed.__dict__.pop("fingerprint", None)
    known = loaders.frameworks()
    now = loaders.Frameworks({**known.by_id, SIMULATED: changed}, known.files, ())
    monkeypatch.setattr(loaders, "frameworks", lambda: now)
    at = opened("administer", section="frameworks")
    assert "without a new version" in at.error[0].value


def test_the_log_is_filtered_by_action_person_and_day(store: Store, opened: Opener):
    everything = opened("administer", section="log").dataframe[0].value
    assert len(everything) == len(store.audit(LOCAL))
    at = opened("administer", section="log", action="returned")
    assert at.dataframe[0].value["Step"].tolist() == ["returned"]
    assert at.dataframe[0].value["By"].tolist() == ["何梅"]
    at = opened("administer", section="log", search="440114")
    assert "Huadu District (440114)" in at.dataframe[0].value["Details"].tolist()[0]
    at = opened("administer", section="log", since="2999-01-01")
    assert "No entry fits." in finding(at)
    press(at, "Show everything")
    assert len(at.dataframe[0].value) == len(everything)


def test_who_is_alone_is_called_the_user_of_this_machine(store: Store, opened: Opener):
    at = opened("administer", section="log", action="released")
    assert set(at.dataframe[0].value["By"]) == {"user of this machine"}
    assert PERIOD not in said(at)


def test_changes_of_units_are_recorded_listed_logged_and_withdrawn(store: Store, opened: Opener):
    at = opened("administer", section="units")
    assert "0 recorded here hold" in finding(at)
    # A table that is typed into cannot be driven here: what it hands over is.
    rows = [
        {"code": "440106", "kind": "merged", "year": "2020", "successor": "440104"},
        {"code": "440104", "kind": "merged", "year": "2020", "successor": "440104"},
    ]
    store.units.record(LOCAL, rows, "document 1")
    kept.forget_units()
    at = opened("administer", section="units")
    assert "1 recorded here hold" in finding(at)
    assert "2020" in at.dataframe[0].value["From year"].tolist()
    at.session_state["fold_unit_change_end"] = True
    at.run()
    at.text_input(key="unit_change_end_reason").set_value("wrong year").run()
    press(at, "Withdraw")
    assert "withdrawn: wrong year" in at.dataframe[0].value["Standing"].tolist()
    log = opened("administer", section="log").dataframe[0].value
    assert log["Step"].tolist()[:2] == ["change of units withdrawn", "change of units recorded"]


def test_withdrawing_without_a_reason_is_refused(store: Store, opened: Opener):
    store.units.record(
        LOCAL, [{"code": "440106", "kind": "renamed", "year": "2020", "successor": "440104"}], "d"
    )
    at = opened("administer", section="units")
    at.session_state["fold_unit_change_end"] = True
    at.run()
    press(at, "Withdraw")
    assert "Give a reason" in at.error[0].value
    assert store.units.all(LOCAL)[0].withdrawn is None
