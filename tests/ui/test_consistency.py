"""The page Consistency, run as Streamlit runs it: many indicators, one part, hardly any data."""

from __future__ import annotations

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from govmaturity.store import uploads
from govmaturity.store.uploads import HOME_SETTING
from govmaturity.texts import LANGUAGES, say
from tests.conftest import ROOT
from ui.guard import ROUTED

CENSUS = ROOT / "data" / "samples" / "census-2020-guangzhou-ganzhou.csv"


def opened(**choices: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / "consistency.py"), default_timeout=60)
    page.session_state[ROUTED] = True
    for name, value in ({"framework": "county-conditions", "language": "en"} | choices).items():
        page.query_params[name] = value
    page.run()
    assert not page.exception, page.exception
    return page


def texts(page: AppTest) -> str:
    return "\n".join(
        str(one.value) for one in (*page.header, *page.markdown, *page.caption, *page.info)
    )


@pytest.mark.parametrize("framework", ["county-conditions", "county-digital-government"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_opens_with_the_finding_and_shows_every_part(framework, language):
    page = opened(framework=framework, language=language)
    heads = [one.value for one in page.subheader]
    parts = ("look_at", "groups", "importance")
    assert heads == [say(f"consistency.{part}", language) for part in parts]
    assert page.header
    assert not page.info


def test_eleven_units_are_looked_at_with_a_caution():
    page = opened(region="440100")
    assert "(11 units)" in texts(page)
    assert "Only 11 units" in texts(page)


def test_one_dimension_shows_its_own_indicators():
    page = opened(node="means")
    tables = [page.session_state[f"tab_{key}"] for key in ("correlations", "importance")]
    assert len(tables) == 2
    assert not page.info


def test_an_indicator_alone_goes_with_nothing_and_says_so():
    assert "single indicator" in texts(opened(node="mean_years_schooling"))


def test_the_codes_of_a_lens_are_looked_at_too():
    assert not opened(framework="county-digital-government", lens="focal_points").info


def uploaded(monkeypatch, folder, rows: pd.DataFrame) -> AppTest:
    monkeypatch.setenv(HOME_SETTING, str(folder))
    kept = uploads.keep(rows.to_csv(index=False).encode(), "some.csv", "county-conditions")
    return opened(data=kept.id)


def test_with_two_units_it_says_that_there_is_nothing_to_see(monkeypatch, tmp_path):
    page = uploaded(monkeypatch, tmp_path, pd.read_csv(CENSUS, dtype=str).head(2))
    assert "Only 2 units are assessed" in page.info[0].value
    assert not page.subheader


def test_units_that_are_all_alike_are_a_case_like_any(monkeypatch, tmp_path):
    rows = pd.read_csv(CENSUS, dtype=str).head(6)
    figures = [name for name in rows.columns if name not in ("code", "name", "city", "province")]
    rows[figures] = rows[figures].iloc[[0] * 6].to_numpy()
    page = uploaded(monkeypatch, tmp_path, rows)
    assert "all units have the same score" in texts(page)
    assert "nothing to tell" in texts(page)
