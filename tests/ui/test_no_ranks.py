"""Published by levels alone: no page, hover, table or file shows a rank."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
import streamlit as st
from streamlit.errors import StreamlitPageNotFoundError
from streamlit.testing.v1 import AppTest

from govmaturity.__main__ import main
from govmaturity.report import findings
from govmaturity.scoring import score
from govmaturity.texts import LANGUAGES, say
from tests.conftest import ROOT
from tests.making import framework_of, group, leaf, levels, values_of
from ui import ranks, widgets
from ui.guard import ROUTED

PAGES = sorted(file.stem for file in (ROOT / "pages").glob("*.py"))
RANK = re.compile(r"\b[Rr]ank|排名|名次|位次|排第|位列")
# The choice itself says that there are none; a way of normalising is called after ranks.
WORDS = ("frame.ranks_none", "frame.ranks_shown", "frame.levels_only", "cards.percent_rank")
ALLOWED = {say(key, one) for key in WORDS for one in LANGUAGES} | {"ranks=none", "--no-ranks"}


@pytest.fixture
def shown(monkeypatch) -> list[str]:
    """All that pictures, their tables and files hold, as text."""
    seen: list[str] = []

    def chart(view: Any, figure: Any, table: Any, key: str, **more: Any) -> None:
        # What a picture says, not how its parts are called inside.
        seen.append(f"{_words_of(figure.to_dict())} {more.get('alt', '')}")
        seen.append(_text(table()))

    def files(view: Any, make: Any, name: str) -> None:
        seen.append(make("csv").decode("utf-8-sig")[:20_000])

    def downloads(view: Any, table: Any, key: str, **more: Any) -> None:
        seen.append(_text(table()))

    link = st.page_link

    def in_words(page: str, **more: Any) -> None:
        # Without the router Streamlit knows no other page.
        try:
            link(page, **more)
        except StreamlitPageNotFoundError:
            st.markdown(more["label"])

    monkeypatch.setattr(st, "page_link", in_words)
    monkeypatch.setattr(widgets, "chart_with_table", chart)
    monkeypatch.setattr(widgets, "score_downloads", files)
    monkeypatch.setattr(widgets, "downloads", downloads)
    return seen


def _text(table: pd.DataFrame) -> str:
    return f"{list(table.columns)} {table.astype(str).to_numpy().tolist()}"


def _words_of(found: Any) -> str:
    if isinstance(found, dict):
        return " ".join(_words_of(value) for value in found.values())
    if isinstance(found, list | tuple | np.ndarray):
        return " ".join(_words_of(value) for value in found)
    return str(found) if isinstance(found, str) else ""


def opened(name: str, **choices: str) -> AppTest:
    # The router opens on Overview, whose links to other pages need it.
    file = "ui/main.py" if name == "overview" else f"pages/{name}.py"
    page = AppTest.from_file(str(ROOT / file), default_timeout=90)
    page.session_state[ROUTED] = True
    for key, value in choices.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, page.exception
    return page


def texts(page: AppTest) -> list[str]:
    kinds = ("markdown", "caption", "info", "warning", "code", "expander")
    kinds += ("title", "header", "subheader")
    found = [
        str(getattr(one, "value", "") or getattr(one, "label", ""))
        for kind in kinds
        for one in page.get(kind)
    ]
    found += [_text(one.value) for one in page.dataframe]
    found += [" ".join([box.label, *map(str, box.options)]) for box in page.selectbox]
    return found


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("framework", ["county-conditions", "county-digital-government"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_shows_a_rank(shown, name, framework, language):
    page = opened(name, framework=framework, language=language, ranks="none")
    for text in [*texts(page), *shown]:
        for allowed in ALLOWED:
            text = text.replace(allowed, "")
        assert not RANK.search(text), text[:300]


@pytest.mark.parametrize("name", ["submit", "review", "releases", "administer"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("store")
def test_nor_where_much_was_sent_reviewed_and_released(shown, name, language):
    page = opened(
        name, framework="county-digital-government", language=language, ranks="none", period="2024"
    )
    for text in [*texts(page), *shown]:
        for allowed in ALLOWED:
            text = text.replace(allowed, "")
        assert not RANK.search(text), text[:300]


def test_with_ranks_the_same_search_finds_them(shown):
    for name in ("ranking", "unit", "robustness", "trend", "export", "overview"):
        shown.clear()
        page = opened(name, framework="county-digital-government", language="en")
        assert any(RANK.search(text) for text in [*texts(page), *shown]), name


FRAMEWORK = framework_of(group("T", leaf("A")), levels=levels(0, 50, 100))
GIVEN = {"a": 90, "b": 70, "c": 60, "d": 20, "e": 10}
SCORES = score(FRAMEWORK, values_of({unit: {"A": at} for unit, at in GIVEN.items()}))


def test_within_a_level_nothing_tells_who_is_ahead():
    found = SCORES.without_ranks()
    assert found.rank_of("T").tolist() == [1, 1, 1, 4, 4]
    assert SCORES.rank_of("T").tolist() == [1, 2, 3, 4, 5]
    some = found.rows(np.array([False, True, True, True, False])).among_themselves()
    assert some.rank_of("T").tolist() == [1, 1, 3]
    assert "rank" not in found.table().columns


def test_who_is_not_assessed_stays_so():
    one = score(FRAMEWORK, values_of({"a": {"A": 90}, "b": {"A": 95}}), unranked=["b"])
    assert one.without_ranks().rank_of("T").tolist() == [1, 0]


def test_the_list_stands_by_level_then_name():
    hidden = SCORES.without_ranks()
    names = {"a": "z", "b": "y", "c": "x", "d": "b", "e": "a"}
    view: Any = SimpleNamespace(now=hidden, scores=hidden, order_of_names=names, key=("made",))
    found = ranks.rows(view, "T", "")
    assert [str(SCORES.unit[row]) for row in found] == ["c", "b", "a", "e", "d"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_name_nobody_highest(language):
    names = {unit: f"<{unit}>" for unit in GIVEN}
    hidden = SCORES.without_ranks()
    told = findings.overview(hidden, names, "R", language) + findings.map_ends(
        hidden, "T", names, language
    )
    assert "<" not in told
    unit = findings.unit(hidden, 0, "N", language)
    assert "90.0" in unit
    assert not RANK.search(unit)


@pytest.mark.parametrize("format_", ["csv", "json"])
def test_the_command_line_leaves_them_out_too(format_: str, tmp_path: Path):
    out = tmp_path / f"scores.{format_}"
    files = ["indicators/county-conditions.yaml", "data/samples/census-2020-guangzhou-ganzhou.csv"]
    told = ["score", *(str(ROOT / file) for file in files), "--no-ranks", "-o", str(out)]
    assert main(told) == 0
    assert "rank" not in out.read_text("utf-8-sig")
