"""The fold "How sure are its parts?" of the page Unit."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from govmaturity.texts import LANGUAGES, say
from tests.conftest import ROOT
from ui import widgets
from ui.guard import ROUTED


@pytest.fixture
def seen(monkeypatch) -> dict[str, pd.DataFrame]:
    found: dict[str, pd.DataFrame] = {}

    def chart(view: Any, figure: Any, table: Any, key: str, **more: Any) -> None:
        found[key] = table()

    monkeypatch.setattr(widgets, "chart_with_table", chart)
    return found


def opened(**choices: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / "unit.py"), default_timeout=90)
    page.session_state[ROUTED] = True
    page.session_state["fold_sure_parts"] = True
    for name, value in ({"units": "440106", "language": "en"} | choices).items():
        page.query_params[name] = value
    page.run()
    assert not page.exception, page.exception
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_weights_touch_groups_alone_and_every_choice_indicators_too(seen, language):
    code = say("cards.code", language)
    opened(language=language)
    groups = list(seen["sure_parts"][code])
    assert groups == ["conditions", "people", "place", "means"]
    opened(language=language, vary="all")
    every = list(seen["sure_parts"][code])
    assert set(groups) < set(every)
    assert "mean_years_schooling" in every
    assert say("widgets.rank", language) in seen["sure_parts"]


def test_without_ranks_there_is_no_such_column(seen):
    opened(ranks="none", vary="all")
    assert say("widgets.rank", "en") not in seen["sure_parts"]


def test_a_lens_and_a_unit_with_gaps_are_cases_like_any(seen):
    opened(framework="county-digital-government", units="360702", lens="focal_points", vary="all")
    assert len(seen["sure_parts"]) > 10
