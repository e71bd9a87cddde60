"""Submit, from what is owed to the receipt, for the one person of a workbench."""

from __future__ import annotations

from datetime import date

import pytest
from starlette.requests import Request
from starlette.responses import Response
from streamlit.testing.v1 import AppTest

from govmaturity.framework.load import load_framework
from govmaturity.store import uploads
from govmaturity.store.people import LOCAL, Person
from govmaturity.store.receipt import Receipt
from govmaturity.store.service import Store
from govmaturity.texts import LANGUAGES, say
from tests.conftest import ROOT
from tests.ui.making import CENSUS, COLUMN, UNIT, opened, send
from ui import receipt_page

OTHER = Person("zhou", "Zhou", frozenset({"official"}), None)
SHARE = "share_65_plus_pct"


def framework():
    return load_framework(ROOT / f"indicators/{CENSUS}.yaml")


def prepare(store: Store, rows: str, person: Person = LOCAL) -> Receipt:
    """A receipt of a csv of two columns of values, its upload kept as the page keeps it."""
    content = f"unit,period,{COLUMN},{SHARE}\n{rows}\n".encode()
    uploads.keep(content, "mine.csv", CENSUS)
    return store.submissions.prepare(person, framework(), content, "mine.csv").receipt


def submit(app: AppTest) -> AppTest:
    name = say("receipt.submit", "en")
    button = next(one for one in app.button if one.label == name)
    return button.click().run()


def heads(app: AppTest) -> list[str]:
    return [str(one.value).replace("&#58;", ":") for one in app.header]


def test_a_receipt_is_read_before_anything_is_submitted(kept: Store):
    send(kept, 13)
    draft = prepare(kept, f"{UNIT},2020,12.5,9")
    app = opened("submit", receipt=draft.id)
    (told,) = heads(app)
    assert told.startswith("2 values: 1 new, 1 changed, 0 removed.")
    changes = app.dataframe[0].value
    assert changes[["Old value", "New value", "Cell"]].to_numpy().tolist() == [
        ["", "9", "D2"],
        ["13", "12.5", "C2"],
    ]
    assert len(kept.submissions.receipts(LOCAL)) == 1
    submit(app)
    assert "receipt no. 2" in app.success[0].value
    done = kept.submissions.receipts(LOCAL)[0]
    facts = app.table[0].value.iloc[:, 0]
    assert facts["File SHA-256"] == f"`{done.file_hash}`"
    assert facts["Receipt no."] == "2"


def test_without_answers_and_consent_nothing_is_submitted_and_nothing_typed_is_lost(kept: Store):
    send(kept, 13)
    kept.submissions.acknowledge(LOCAL, prepare(kept, f"{UNIT},2020,13,9").id)
    # A removed value, a share that looks like a part of one, a value that cannot be.
    draft = prepare(kept, f"{UNIT},2020,13,\n440104,2020,142,0.0894")
    app = opened("submit", receipt=draft.id)
    app.text_input[0].set_value("seen in the register")
    submit(app)
    assert "Agree to leave" in app.error[0].value
    assert app.text_input[0].value == "seen in the register"
    for box in app.checkbox:
        box.check()
    submit(app)
    assert "justification" in app.error[0].value
    app.text_input(key=f"why_{draft.id}_all").set_value("right so")
    submit(app)
    assert app.success
    done = kept.submissions.receipts(LOCAL)[0]
    assert done.removes == ((UNIT, "2020", SHARE),)
    answers = [one.justification for one in done.to_justify]
    assert answers[0] == "seen in the register"
    assert set(answers[1:]) == {"right so"}


def test_somebody_who_was_faster_is_told_with_what_differs_and_a_new_receipt_is_there(kept: Store):
    send(kept, 13)
    draft = prepare(kept, f"{UNIT},2020,12.5,9")
    app = opened("submit", receipt=draft.id)
    theirs = prepare(kept, f"{UNIT},2020,11.9,9", OTHER)
    kept.submissions.acknowledge(OTHER, theirs.id)
    submit(app)
    assert "newer revision" in app.error[0].value
    told = next(str(one.value) for one in app.markdown if "Zhou sent revision 2" in str(one.value))
    assert "you looked at revision 1" in told
    differs = next(
        one.value
        for one in app.dataframe
        if "New value" in one.value and "11.9" in list(one.value["New value"])
    )
    assert differs["Old value"].to_list() == ["", "13"]
    # Nothing was overwritten, and the new receipt starts from theirs.
    assert len(kept.submissions.receipts(LOCAL)) == 2
    assert app.query_params["receipt"] != [draft.id]
    assert heads(app)[0].startswith("2 values: 0 new, 1 changed, 0 removed.")
    assert [one.id for one in kept.submissions.drafts(LOCAL)] != [draft.id]
    submit(app)
    assert app.success
    (about,) = [one for one in kept.submissions.all(LOCAL, CENSUS) if one.unit == UNIT]
    assert about.number == 3


def test_a_receipt_that_is_thrown_away_leaves_the_upload(kept: Store):
    draft = prepare(kept, f"{UNIT},2020,12.5,9")
    app = opened("submit", receipt=draft.id, data=draft.file_hash)
    next(one for one in app.button if "go back" in one.label).click().run()
    assert kept.submissions.drafts(LOCAL) == ()
    assert "receipt" not in app.query_params
    assert any("mine.csv" in str(one.value) for one in app.subheader)


def test_the_button_of_an_upload_prepares_its_receipt_and_says_why_not(kept: Store):
    content = f"unit,period,{COLUMN}\n{UNIT},2020,13\n440104,2020,11\n".encode()
    mine = uploads.keep(content, "v.csv", CENSUS)
    app = opened("submit", data=mine.id)
    app.button(key="prepare").click().run()
    assert heads(app)[0].startswith("2 values: 2 new")
    # Prepared again, it takes the place of the one before.
    opened("submit", data=mine.id).button(key="prepare").click().run()
    assert len(kept.submissions.drafts(LOCAL)) == 1
    send(kept, 13)
    app = opened("submit", data=mine.id)
    app.button(key="prepare").click().run()
    assert "has been sent before" in app.error[0].value


def test_what_is_owed_and_what_came_back_stand_first(kept: Store):
    send(kept, 13)
    units = [UNIT, "440104", "440105"]
    kept.collections.set_up(LOCAL, CENSUS, "2020.1", "2020", units=units, due=date(2020, 12, 31))
    found = next(one for one in kept.submissions.all(LOCAL, CENSUS) if one.unit == UNIT)
    kept.reviews.send_back(LOCAL, found.id, found.number, "too high")
    app = opened("submit")
    (told,) = heads(app)
    assert told.startswith("2020: of 3 units, 2 sent (1 to correct, 0 approved), 1 not yet.")
    assert "Due by 2020-12-31" in told
    assert "overdue" in told
    assert any("returned. Reason" in one.value and "too high" in one.value for one in app.warning)
    table = next(one.value for one in app.dataframe if "State" in one.value)
    assert table["State"].iloc[0] == "Returned, to be corrected"


def test_a_thread_is_answered(kept: Store):
    send(kept, 13)
    found = next(one for one in kept.submissions.all(LOCAL, CENSUS) if one.unit == UNIT)
    kept.reviews.say(LOCAL, found.id, "which year?", COLUMN)
    app = opened("submit")
    app.text_area[0].set_value("2020")
    next(one for one in app.button if one.label == "Send the answer").click().run()
    assert [one.text for one in kept.reviews.threads(LOCAL, found.id)[COLUMN]] == [
        "which year?",
        "2020",
    ]
    assert app.text_area[0].value == ""


def test_the_template_shows_what_was_sent_last_for_the_units_of_the_collection(kept: Store):
    send(kept, 13)
    kept.collections.set_up(LOCAL, CENSUS, "2020.1", "2021", units=[UNIT])
    app = opened("submit")
    assert app.selectbox(key="template_region").value == "collection"
    assert app.text_input(key="template_period").value == "2021"


def printed(id_: str, language: str = "en") -> Response:
    scope = {
        "type": "http",
        "path_params": {"receipt": id_},
        "query_string": f"language={language}".encode(),
        "headers": [],
    }
    return receipt_page.receipt(Request(scope))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receipt_is_a_plain_page_to_print(kept: Store, language):
    draft = prepare(kept, f"{UNIT},2020,12.5,9")
    page = printed(draft.id, language)
    assert page.status_code == 200
    assert say("receipt.not_yet", language) in bytes(page.body).decode()
    done = kept.submissions.acknowledge(LOCAL, draft.id)
    text = bytes(printed(done.id, language).body).decode()
    assert done.file_hash in text
    assert "12.5" in text
    assert say("receipt.not_yet", language) not in text


@pytest.mark.usefixtures("kept")
def test_a_receipt_that_is_not_here_is_no_page():
    answer = printed("none")
    assert answer.status_code == 404
    assert b"none" in answer.body


def test_a_receipt_of_another_framework_version_is_read_by_its_own(kept: Store):
    draft = prepare(kept, f"{UNIT},2020,12.5,9")
    app = opened("submit", receipt=draft.id, framework="un-egdi")
    assert heads(app)[0].startswith("2 values: 2 new")


def test_evidence_is_added_and_taken_back_while_a_submission_is_open(kept: Store):
    send(kept, 13)
    (found, *_) = [one for one in kept.submissions.all(LOCAL, CENSUS) if one.unit == UNIT]
    app = opened("submit")
    app.session_state["fold_evidence"] = True
    app.run()
    app.selectbox(key="evidence_of").set_value(found.id).run()

    def add(link: str = "", file: tuple[str, bytes, str] | None = None) -> None:
        if file:
            app.file_uploader[-1].set_value(file)
        next(one for one in app.text_input if one.label == "Or a link").set_value(link)
        next(one for one in app.button if one.label == "Add").click().run()

    add("ftp://nowhere")
    assert "starts with http" in app.error[0].value
    add("https://example.org/yearbook")
    add(file=("page.pdf", b"%PDF-1.7 \n", "application/pdf"))
    add(file=("page.pdf", b"MZ", "application/pdf"))
    assert "not accepted" in app.error[0].value
    given = kept.evidence.all(LOCAL, found.id)
    assert [one.name for one in given] == ["https://example.org/yearbook", "page.pdf"]
    app.button(key=f"withdraw_{given[0].id}").click().run()
    assert [one.name for one in kept.evidence.all(LOCAL, found.id)] == ["page.pdf"]
