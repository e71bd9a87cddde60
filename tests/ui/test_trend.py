"""The page Trend, run as Streamlit runs it: what it says with three periods, two and one."""

from __future__ import annotations

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from govmaturity.store import uploads
from govmaturity.store.uploads import HOME_SETTING
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
    return "\n".join(
        str(one.value) for one in (*page.header, *page.markdown, *page.caption, *page.info)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_opens_with_the_finding_and_shows_every_part(language):
    page = opened(language=language)
    finding = page.header[0].value
    assert "2022" in finding
    assert "54.1" in finding
    heads = [one.value for one in page.subheader]
    parts = ("moving", "slopes", "progress", "changed", "convergence")
    assert heads == [say(f"trend.{part}", language) for part in parts]
    assert plain(say("trend.rule", language)) in texts(page)
    assert not page.info


def test_a_later_start_and_another_target_are_followed():
    page = opened()
    page.selectbox(key="choose_before").set_value("2023").run()
    assert page.selectbox(key="choose_until").options == ["2024"]
    page.number_input(key="choose_target").set_value(95.0).run()
    assert not page.exception
    assert "95.0 points by 2029, of 29 units" in texts(page)


def test_one_unit_is_split_by_indicator_too():
    page = opened(units="360702")
    page.button_group(key="choose_whom").set_value("one").run()
    page.button_group(key="choose_whose").set_value("indicator").run()
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


CENSUS = ROOT / "data" / "samples" / "census-2020-guangzhou-ganzhou.csv"


def opened_with(monkeypatch, folder, *parts: tuple[str, int, int]) -> AppTest:
    """The page on the census, its rows from one place to another under each period."""
    monkeypatch.setenv(HOME_SETTING, str(folder))
    rows = pd.read_csv(CENSUS, dtype=str)
    made = pd.concat([rows.iloc[low:high].assign(period=period) for period, low, high in parts])
    content = made.to_csv(index=False).encode()
    kept = uploads.keep(content, "several.csv", "county-conditions")
    return opened(framework="county-conditions", data=kept.id)


def test_periods_that_begin_together_have_no_change_a_year(monkeypatch, tmp_path):
    page = opened_with(monkeypatch, tmp_path, ("2020", 0, 29), ("2020-H1", 0, 29))
    told = [one.value for one in page.info if "begin at the same time" in one.value]
    assert len(told) == 2


def test_units_that_are_in_one_period_only_are_compared_with_nothing(monkeypatch, tmp_path):
    page = opened_with(monkeypatch, tmp_path, ("2019", 0, 10), ("2020", 10, 20))
    assert "No unit has a score" in texts(page)
    assert "too few units" in texts(page)


def test_units_that_do_not_change_are_a_case_like_any(monkeypatch, tmp_path):
    page = opened_with(monkeypatch, tmp_path, ("2018", 0, 3), ("2020", 0, 2))
    assert "stayed at" in texts(page)
    page.number_input(key="choose_target").set_value(100.0).run()
    assert "2 stalled or deteriorating" in texts(page)
    assert "1 unit without a score" in texts(page)


def test_a_unit_that_took_in_another_is_followed_back_by_what_it_is_made_of(monkeypatch, tmp_path):
    monkeypatch.setenv(HOME_SETTING, str(tmp_path))
    now = pd.read_csv(CENSUS, dtype=str)
    code = next(name for name in now.columns if (now[name] == "440112").any())
    before = now.assign(period="2012")
    before.loc[before[code] == "440118", [code, "name"]] = ["440183", "增城市"]
    part = before[before[code] == "440112"].assign(**{code: "440116", "name": "萝岗区"})
    whole = pd.concat([before, part, now.assign(period="2020")])
    kept = uploads.keep(whole.to_csv(index=False).encode(), "time.csv", "county-conditions")
    page = opened(framework="county-conditions", data=kept.id, node="college_pct")
    told = texts(page)
    made = "Huangpu District, 2012: made of Huangpu District (440112), Luogang District (440116)"
    assert plain(made) in told
    assert plain("Zengcheng District, 2012: figures of Zengcheng City") in told
    assert not page.warning
    # Two equal halves have the share of each: nobody has moved, and no unit is lost.
    assert "29 units" in page.header[0].value
    earlier = opened(framework="county-conditions", data=kept.id, period="2012")
    assert "Choose a later period" in earlier.info[0].value
