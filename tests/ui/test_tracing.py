"""From a figure on a page to the cell it came from: of a sample, an upload, a release."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from govmaturity.store import uploads
from govmaturity.store.people import LOCAL
from govmaturity.store.service import Store
from tests.ui.making import CENSUS, COLUMN, UNIT, approve, opened, publish, send


def told(app: AppTest) -> str:
    tables = [one.value.to_csv() for one in (*app.table, *app.dataframe)]
    return "\n".join([*(str(one.value) for one in (*app.markdown, *app.caption)), *tables])


def sentence(app: AppTest) -> str:
    """The one that says where a figure stands."""
    return next(str(one.value) for one in app.markdown if " reads " in str(one.value))


@pytest.mark.usefixtures("home")
def test_a_figure_of_the_sample_stands_in_a_cell_of_its_file():
    said = sentence(opened(traced=COLUMN)).replace("\\", "")
    assert said.startswith("12.62 years&#58; cell N23 of census-2020-guangzhou-ganzhou.csv")
    assert said.endswith('reads "12.62".')


@pytest.mark.usefixtures("home")
def test_nothing_is_told_before_somebody_asks_and_one_click_asks():
    app = opened()
    assert not any(" reads " in str(one.value) for one in app.markdown)
    app.button(key=f"trace_people_{COLUMN}").click().run()
    assert COLUMN in app.query_params["traced"]
    assert "12.62" in sentence(app)
    app.button(key=f"trace_people_{COLUMN}").click().run()
    assert "traced" not in app.query_params


@pytest.mark.usefixtures("home")
def test_a_ratio_is_traced_to_what_it_is_computed_from():
    app = opened(traced="college_pct")
    found = next(one.value for one in app.table if "Place" in one.value and len(one.value) == 5)
    assert list(found["Place"]) == ["J23", "K23", "L23", "M23", "F23"]
    assert list(found["Cell as sent"])[-1] == "2241826"


@pytest.mark.usefixtures("home")
def test_what_was_typed_in_the_browser_stands_beside_what_was_sent():
    content = f"unit,period,{COLUMN}\n{UNIT},2020,142\n440104,2020,11\n".encode()
    mine = uploads.keep(content, "mine.csv", CENSUS, corrections=[("", "C2", "14.2")])
    app = opened(data=mine.id, traced=COLUMN)
    assert sentence(app).endswith('cell C2 of mine.csv reads "142".')
    rows = next(one.value for one in app.table if "Typed in the browser instead" in one.value.index)
    assert rows.loc["Typed in the browser instead"].iloc[0] == "`14.2`"
    assert rows.loc["Read as"].iloc[0] == "14.2"
    assert "A preview of an upload" in told(app)


def test_a_released_figure_has_its_people_its_times_and_all_its_revisions(kept: Store):
    send(kept, 13)
    send(kept, 13.5)
    approve(kept)
    made = publish(kept, "one")
    # What is sent after the release is no part of what it says.
    found = next(one for one in kept.submissions.all(LOCAL, CENSUS) if one.unit == UNIT)
    kept.reviews.reopen(LOCAL, found.id, found.number, "another figure")
    send(kept, 14)
    app = opened(release=made.id, traced=COLUMN)
    assert sentence(app).endswith('cell C2 of v.csv reads "13.5".')
    rows = next(one.value for one in app.table if "Approved by" in one.value.index)
    assert rows.loc["Approved by"].iloc[0] == "user of this machine"
    revisions = next(one.value for one in app.table if one.value.index.name == "Revision")
    assert list(revisions["Value"]) == ["13.5 years", "13 years"]
    assert list(revisions.index) == ["2", "1"]


def test_what_was_never_sent_is_said(kept: Store):
    send(kept, 13)
    approve(kept)
    publish(kept, "one")
    app = opened(traced="share_65_plus_pct")
    assert any("No such value was sent" in str(one.value) for one in app.info)


@pytest.mark.usefixtures("home")
def test_an_indicator_that_is_not_there_is_said_and_set_back():
    app = opened("overview", traced="X6")
    assert any('"X6"' in str(one.value) for one in app.warning)
    assert "traced" not in app.query_params


@pytest.mark.usefixtures("home")
def test_an_indicator_that_a_lens_shows_twice_is_traced_in_both_places():
    app = opened(
        framework="county-digital-government", lens="focal_points", units=UNIT, traced="G3.2"
    )
    found = [one for one in app.button if one.key.startswith("trace_") and "G3.2" in one.key]
    assert len(found) == 2
    assert {one.label for one in found} == {"Close"}
