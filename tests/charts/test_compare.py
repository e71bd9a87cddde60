"""A few units beside one another."""

from __future__ import annotations

import numpy as np
import pytest

from govmaturity.charts.compare import columns_of, dots, radar
from govmaturity.charts.theme import Caption
from govmaturity.report import compared
from govmaturity.scoring import score
from tests.making import framework_of, group, leaf, values_of

SCORES = score(
    framework_of(group("T", leaf("A"), leaf("B"))),
    values_of({"x": {"A": 10, "B": 20}, "y": {"A": 30, "B": None}, "z": {"A": 50, "B": 60}}),
)
NAMES = {"x": "X", "y": "Y", "z": "Z"}
CAPTION = Caption("title", "points", "2024", 3, "source", True, "en", is_half=True)


def test_the_mean_of_peers_leaves_out_what_is_missing():
    found = columns_of(SCORES, ["x"], NAMES, ["y", "z"], "peers")
    assert found["X"] == pytest.approx([15, 10, 20])
    assert found["peers"] == pytest.approx([42.5, 40, 60])


def test_a_mean_over_none_is_none():
    assert np.isnan(columns_of(SCORES, ["x"], NAMES, ["y"], "peers")["peers"][2])


def test_every_unit_has_a_mark_and_a_symbol_of_its_own():
    columns = columns_of(SCORES, ["x", "y"], NAMES, ["z"], "peers")
    marks = [trace for trace in dots(SCORES, columns, CAPTION).data if trace.mode == "markers"]
    assert [trace.name for trace in marks] == ["X", "Y", "peers"]
    assert len({trace.marker.symbol for trace in marks}) == 3


def test_a_missing_part_leaves_the_radar_open():
    figure = radar(SCORES, columns_of(SCORES, ["y"], NAMES, [], ""), CAPTION)
    assert figure.data[0].connectgaps is False
    assert list(figure.data[0].theta) == ["A", "B", "A"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sentence_names_the_widest_gap_and_its_side(language):
    columns = columns_of(SCORES, ["x", "z"], NAMES, [], "")
    said = compared.widest(SCORES, columns, ["T", "A", "B"], language)
    assert "40.0" in said
    assert compared.widest(SCORES, {"X": [1, 2, 3]}, ["T", "A", "B"], language) == ""
