"""Classes on a map, one figure against another, profiles of types, intervals of ranks."""

from __future__ import annotations

import numpy as np
import pytest

from govmaturity.analysis.robustness.run import robustness
from govmaturity.analysis.types import types_of
from govmaturity.charts import patterns
from govmaturity.charts import robustness as sure
from govmaturity.charts.theme import Caption
from govmaturity.scoring import score
from govmaturity.units.outlines import outline_for
from tests.making import framework_of, group, leaf, levels, values_of

GUANGZHOU = outline_for("440100", "county")
UNITS = tuple(GUANGZHOU.units)
NAMES = {unit: f"name of {unit}" for unit in UNITS}


def caption(language: str = "en", *, simulated: bool = False) -> Caption:
    return Caption("What it shows", "points", "2024", 11, "a source", simulated, language)


def a_map(classes, **more):
    return patterns.classes_map(
        [GUANGZHOU], "/o", classes, ["low", "high"], ["#eee", "#111"], NAMES, caption(), **more
    )


def test_each_class_is_counted_in_the_legend_and_what_has_none_is_drawn_as_no_data():
    figure = a_map({UNITS[0]: 0, UNITS[1]: 1, UNITS[2]: 1})
    assert [trace.name for trace in figure.data[:2]] == ["low (1)", "high (2)"]
    assert len(figure.data[2].locations) == len(UNITS) - 3
    drawn = [unit for trace in figure.data for unit in trace.locations]
    assert sorted(drawn) == sorted(UNITS)


def test_what_is_marked_elsewhere_has_a_strong_border():
    figure = a_map(dict.fromkeys(UNITS, 0), chosen={UNITS[3]})
    widths = dict(zip(figure.data[0].locations, figure.data[0].marker.line.width, strict=True))
    assert [unit for unit, width in widths.items() if width > 1] == [UNITS[3]]


def test_one_figure_against_another_leaves_out_who_lacks_one_and_fits_a_line():
    x = np.array([1.0, 2.0, 3.0, np.nan])
    figure = patterns.against(
        x, 2 * x + 1, list(UNITS[:4]), NAMES, "x", "y", caption("zh", simulated=True)
    )
    points, line = figure.data
    assert list(points.customdata) == list(UNITS[:3])
    assert list(line.y) == pytest.approx([3, 7])
    assert any("SIMULATED" in note.text for note in figure.layout.annotations)


def test_profiles_show_each_type_with_its_means():
    draw = np.random.default_rng(3)
    low, high = draw.normal(30, 2, (6, 2)), draw.normal(70, 2, (6, 2))
    found = types_of(np.vstack([low, high]), ["a", "b"], k=2)
    figure = patterns.type_profiles(found, ["one", "two"], {"a": "Alpha", "b": "Beta"}, caption())
    assert np.asarray(figure.data[0].z) == pytest.approx(
        np.array([[one.profile["a"], one.profile["b"]] for one in found.types])
    )


def test_intervals_hold_the_rank_as_stated_and_name_their_letters():
    framework = framework_of(group("root", leaf("a"), leaf("b")), levels=levels(0, 50, 100))
    rows = {f"u{i}": {"a": 10.0 * i, "b": 100 - 9.0 * i} for i in range(8)}
    found = robustness(score(framework, values_of(rows)), runs=200)
    figure = sure.rank_intervals(
        found, range(8), {f"u{i}": f"unit {i}" for i in range(8)}, {0: "a b"}, caption()
    )
    spread, _, stated = figure.data
    low = np.asarray(spread.x) - np.asarray(spread.error_x.arrayminus)
    high = np.asarray(spread.x) + np.asarray(spread.error_x.array)
    assert (low <= high).all()
    assert list(stated.x) == list(found.scores.rank_of("root"))
    assert stated.y[0] == "unit 0 a b"
