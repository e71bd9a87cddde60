"""The page Map, run as Streamlit runs it: what it says of units of another time."""

from __future__ import annotations

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from govmaturity.store import uploads
from govmaturity.store.uploads import HOME_SETTING
from tests.conftest import ROOT
from ui import widgets
from ui.guard import ROUTED

CENSUS = ROOT / "data" / "samples" / "census-2020-guangzhou-ganzhou.csv"


@pytest.fixture
def pictures(monkeypatch):
    """What each picture says of itself, by its key."""
    seen: dict[str, str] = {}

    def chart(view, figure, table, key, **more):
        seen[key] = str(figure.to_dict()["layout"])

    monkeypatch.setattr(widgets, "chart_with_table", chart)
    return seen


@pytest.mark.parametrize(("period", "is_said"), [("2012", True), ("2020", False)])
def test_the_map_of_an_earlier_period_says_whose_outline_is_not_of_that_time(
    pictures, monkeypatch, tmp_path, period, is_said
):
    monkeypatch.setenv(HOME_SETTING, str(tmp_path))
    now = pd.read_csv(CENSUS, dtype=str)
    before = now.assign(period="2012")
    before.loc[before["code"] == "440118", ["code", "name"]] = ["440183", "增城市"]
    content = pd.concat([before, now]).to_csv(index=False).encode()
    kept = uploads.keep(content, "time.csv", "county-conditions")
    page = AppTest.from_file(str(ROOT / "pages" / "map.py"), default_timeout=60)
    page.session_state[ROUTED] = True
    asked = {"framework": "county-conditions", "data": kept.id, "period": period}
    for name, value in (asked | {"language": "en"}).items():
        page.query_params[name] = value
    page.run()
    assert not page.exception, page.exception
    told = "in 2012 Huangpu District had another area"
    assert (told in pictures["map"].replace("<br>", " ")) is is_said
    # Zengcheng City has no outline under its code of that time: it is a tile.
    assert ("Zengcheng City" in pictures.get("tiles", "")) is is_said
