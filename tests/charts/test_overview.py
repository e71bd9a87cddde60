"""Pictures of the page Overview: who moved, what is missing, the heat map in half a row."""

from __future__ import annotations

import numpy as np
import pytest

from govmaturity.analysis.completeness import completeness
from govmaturity.charts.change import movers
from govmaturity.charts.complete import MOST_LACKING, lacking_bars, shown
from govmaturity.charts.overview import HALF_WITH_FIGURES, parts_heatmap
from govmaturity.charts.theme import Caption
from govmaturity.scoring import score
from tests.making import framework_of, group, leaf, values_of

LEAVES = "ABCDEFGHIJ"
FRAMEWORK = framework_of(group("T", *map(leaf, LEAVES)), missing={"min_coverage": 0.1})
SCORES = score(FRAMEWORK, values_of({"u": dict.fromkeys(LEAVES, 1), "v": {"A": 5, "B": 5}}))
NAMES = {"u": "U", "v": "V", "w": "W"}


def caption(*, is_half: bool = False) -> Caption:
    return Caption("title", "points", "2024", 2, "source", True, "en", is_half=is_half)


def test_a_rise_and_a_fall_differ_in_colour_and_carry_their_sign():
    bars = movers({"u": 1.5, "v": -2.0, "w": 0.0}, ["u", "w", "v"], NAMES, caption()).data[0]
    assert list(bars.x) == [1.5, 0, -2]
    assert list(bars.text) == ["+1.50", "0.00", "−2.00"]
    assert bars.marker.color[0] != bars.marker.color[2]
    assert list(bars.customdata) == ["u", "w", "v"]


@pytest.mark.parametrize("points", [{"u": 0.0}, {"u": -3.0}, {"u": 3.0}])
def test_bars_and_their_figures_have_room(points):
    low, high = movers(points, ["u"], NAMES, caption()).layout.xaxis.range
    assert low <= min(0, points["u"]) < high or low < points["u"] <= 0 <= high
    assert low < high


def test_bars_of_what_is_missing_are_cut_at_the_worst_and_each_sums_to_all_units():
    found = completeness(SCORES)
    figure = lacking_bars(found, FRAMEWORK, caption())
    assert len(found.lacking) == shown(found) == MOST_LACKING == 8
    assert [trace.name for trace in figure.data] == ["There", "Missing"]
    assert (np.sum([trace.x for trace in figure.data], axis=0) == found.units).all()
    # No data is told apart without colour.
    assert figure.data[1].marker.pattern.shape


def test_figures_are_left_out_of_fields_too_narrow_for_them():
    assert len(SCORES.plan.parts) > HALF_WITH_FIGURES
    heat, written = parts_heatmap(SCORES, [0, 1], NAMES, caption()).data
    assert list(written.text) == [one for line in heat.text for one in line]
    # A figure is clicked as its unit.
    assert set(written.customdata) == {"u", "v"}
    assert len(parts_heatmap(SCORES, [0, 1], NAMES, caption(is_half=True)).data) == 1


def test_rows_of_the_heat_map_carry_their_rank_even_where_others_are_left_out():
    table = {unit: dict.fromkeys(LEAVES, value) for unit, value in {"u": 9, "v": 5, "w": 1}.items()}
    scores = score(FRAMEWORK, values_of(table))
    assert list(parts_heatmap(scores, [0, 2], NAMES, caption()).data[0].y) == ["1. U", "3. W"]
    unranked = parts_heatmap(scores.without_ranks(), [0, 2], NAMES, caption())
    assert list(unranked.data[0].y) == ["U", "W"]
