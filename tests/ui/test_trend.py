"""The page Trend, run as Streamlit runs it: what it says with three periods, two and one."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from govmaturity.texts import LANGUAGES, say
from tests.conftest import ROOT
from ui.guard import ROUTED
from ui.widgets import plain

SIMULATED = "county-digital-government"


def opened(**choices: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / "trend.py"), default_timeout=60)
    page.session_state[ROUTED] = True
    for name, value in ({"framework": SIMULATED, "language": "en"} | choices).items():
        page.query_params[name] = value
    page.run()
    assert not page.exception, page.exception
    return page


def texts(page: AppTest) -> str:
    return "\n".join(str(one.value) for one in (*page.markdown, *page.caption, *page.info))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_opens_with_the_finding_and_shows_every_part(language):
    page = opened(language=language)
    finding = next(one.value for one in page.markdown if one.value.startswith("####"))
    assert "2022" in finding
    assert "54.1" in finding
    heads = [one.value for one in page.subheader]
    parts = ("slopes", "progress", "changed", "convergence")
    assert heads == [say(f"trend.{part}", language) for part in parts]
    assert plain(say("trend.rule", language)) in texts(page)
    assert not page.info


def test_a_later_start_and_another_target_are_followed():
    page = opened()
    page.selectbox(key="slope_from").set_value("2023").run()
    assert page.selectbox(key="slope_to_2023").options == ["2024"]
    page.number_input(key=f"target_{SIMULATED}").set_value(95.0).run()
    assert not page.exception
    assert "95.0 points by 2029, of 29 units" in texts(page)


def test_one_unit_is_split_by_indicator_too():
    page = opened(units="360702")
    page.button_group(key="change_of").set_value("one").run()
    page.button_group(key="change_whose").set_value("indicator").run()
    assert not page.exception
    assert page.selectbox(key="change_unit").value == "360702"


def test_an_indicator_has_no_parts_and_says_so():
    page = opened(node="G1.1")
    assert "cannot be split" in texts(page)


def test_with_one_period_or_the_first_it_says_why_there_is_nothing_and_what_helps():
    alone = opened(framework="county-conditions")
    assert "several periods" in alone.info[0].value
    assert not alone.subheader
    first = opened(period="2022")
    assert "Choose a later period" in first.info[0].value


def test_a_region_and_a_lens_are_kept_to():
    page = opened(region="440100")
    assert "11 units" in texts(page)
    assert not opened(lens="focal_points").exception
