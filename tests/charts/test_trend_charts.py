"""Pictures of movement draw the figures they were given."""

from __future__ import annotations

import pandas as pd
import pytest

from govmaturity.analysis.trend import STATES, Split
from govmaturity.charts import trend
from govmaturity.charts.theme import Caption
from govmaturity.report import moved

NAN = float("nan")
CAPTION = Caption("title", "points", "2024", 4, "source", True, "en")
BAND = pd.DataFrame(
    {"period": ["2022", "2024"], "low": [10, 15], "median": [20, 30], "high": [40, 41], "units": 4}
)


def test_a_missing_period_leaves_a_gap_in_the_line():
    figure = trend.lines(BAND, {"a": [5.0, NAN]}, CAPTION)
    assert figure.data[-1].connectgaps is False
    assert list(figure.data[1].y) == [20, 30]


def test_the_unit_named_is_drawn_over_the_others():
    ranks = {"a": (1, 2), "b": (2, 1)}
    figure = trend.slope(ranks, ["a"], ("2022", "2024"), CAPTION)
    assert [tuple(trace.y) for trace in figure.data] == [(2, 1), (1, 2)]


def test_every_state_has_a_bar_even_where_it_is_empty():
    figure = trend.states(pd.DataFrame({"state": ["limited", "limited"]}), CAPTION)
    assert list(figure.data[0].y) == [0, 2, 0, 0, 0]
    assert len(figure.data[0].x) == len(STATES)


def test_a_split_begins_at_the_old_score_and_ends_at_the_new_one():
    found = Split(50, 53, {"A": -1.0, "B": 4.0}, True)
    figure = trend.split(found, {"A": "a", "B": "b"}, 100, CAPTION)
    assert list(figure.data[0].x) == [50, 4, -1, 0]
    assert figure.data[0].text[-1] == "53.0"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sentences_carry_the_figures_of_their_pictures(language):
    said = moved.group(BAND, "X", language, 100)
    assert all(text in said for text in ("20.0", "30.0", "+10.0", "26.0"))
    found = Split(50, 53, {"A": -1.0, "B": 4.0}, True)
    said = moved.split(found, "u", {"A": "a", "B": "b"}, language, 100)
    assert "+3.0" in said
    assert "+4.0" in said
    table = pd.DataFrame({"state": ["achieved", "limited", "limited"]})
    assert "2" in moved.states(table, "1", "3", language)
