"""The page Overview, run as Streamlit runs it: newcomers, what changed, what lacks, two regions."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from govmaturity.texts import LANGUAGES, say
from tests.conftest import ROOT

SIMULATED = "county-digital-government"
TWO = {"region": "440100", "region2": "360700"}


def opened(**choices: str) -> AppTest:
    # Through the router, which opens on this page: links to others need it.
    page = AppTest.from_file(str(ROOT / "ui" / "main.py"), default_timeout=60)
    for name, value in ({"framework": SIMULATED, "language": "en"} | choices).items():
        page.query_params[name] = value
    page.run()
    assert not page.exception, page.exception
    return page


def texts(page: AppTest) -> str:
    return "\n".join(
        str(one.value) for one in (*page.header, *page.markdown, *page.caption, *page.info)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_newcomer_is_told_what_is_measured_and_where_to_begin_until_they_close_it(language):
    page = opened(language=language)
    assert say("overview.start", language) in texts(page)
    page.button(key="start_close").click().run()
    assert say("overview.start", language) not in texts(page)
    assert "closed" in page.query_params["start"]
    assert say("overview.start", language) not in texts(opened(language=language, start="closed"))


def test_simulated_units_are_not_named_as_best_or_worst():
    gap = next(one.value for one in opened().markdown if "Where the gap is" in one.value)
    assert "District" not in gap
    assert "County" not in gap


def test_what_changed_and_what_lacks_is_said():
    said = texts(opened())
    assert "From 2023 to 2024" in said
    assert "Mean score of 29 units" in said
    assert "5 of 29 units have every value" in said


def test_without_an_earlier_period_it_says_so():
    assert "there is no change to see" in texts(opened(framework="county-conditions"))
    assert "nothing before it" in texts(opened(period="2022"))


def test_complete_data_are_said_to_be_complete():
    page = opened(framework="county-conditions")
    assert "29 units, 8 indicators" in texts(page)


def test_two_regions_stand_side_by_side_with_a_finding_each():
    page = opened(**TWO)
    findings = [one.value for one in page.header]
    assert [name for one in findings for name in ("Guangzhou", "Ganzhou") if name in one] == [
        "Guangzhou",
        "Ganzhou",
    ]
    said = texts(page)
    assert "Mean score of 11 units" in said
    assert "Mean score of 18 units" in said
