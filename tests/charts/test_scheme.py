"""How maps are coloured, and what their legends say."""

from __future__ import annotations

import numpy as np
import pytest

from govmaturity.analysis.classes import classify, thirds
from govmaturity.charts.coloured import Coloured
from govmaturity.charts.map import choropleth, multiples
from govmaturity.charts.scheme import by_change, by_classes, by_level, by_pair
from govmaturity.charts.theme import Caption
from govmaturity.units.outlines import outline_for
from tests.making import framework_of, group, leaf, levels

NAN = float("nan")
GUANGZHOU = outline_for("440100", "county")
UNITS = GUANGZHOU.units
SCORES = {unit: 5.0 * place for place, unit in enumerate(UNITS)}
FRAMEWORK = framework_of(group("T", leaf("A"), leaf("B")), levels=levels(0, 20, 50, 100))
CAPTION = Caption("title", "points", "2024", len(UNITS), "source", False, "en")


def coloured(scores, **more):
    return Coloured(
        scores,
        dict.fromkeys(scores, 1),
        {unit: f"name {unit}" for unit in UNITS},
        dict.fromkeys(scores, 1),
        "charts.hover_rank",
        len(scores),
        **more,
    )


def drawn(scheme, **more):
    return choropleth(
        FRAMEWORK, [GUANGZHOU], "/o", coloured(SCORES), CAPTION, scheme=scheme, **more
    )


@pytest.mark.parametrize("method", ["quantile", "natural", "equal", "box"])
def test_a_legend_names_borders_and_counts_that_add_up_to_the_units(method):
    scheme = by_classes(classify(list(SCORES.values()), method), SCORES, "en", 100)
    counts = [int(label[label.rindex("(") + 1 : -1]) for label in scheme.labels]
    assert sum(counts) == len(UNITS)
    assert len(scheme.labels) == len(scheme.colours) == (6 if method == "box" else 5)
    bar = next(trace for trace in drawn(scheme).data if trace.colorbar.title.text)
    assert list(bar.colorbar.ticktext) == scheme.labels


def test_levels_are_counted_in_the_legend():
    scheme = by_level(FRAMEWORK, {"x": 1, "y": 3, "z": 3, "w": 0}, "en")
    assert scheme.labels == ["1 level 1 (1)", "2 level 2 (0)", "3 level 3 (2)"]
    shared = by_level(FRAMEWORK, {"x": 1}, "en", is_counted=False)
    assert shared.labels == ["1 level 1", "2 level 2", "3 level 3"]


def test_a_change_of_less_than_a_point_counts_as_none_and_both_sides_are_alike():
    changes = {"a": -12, "b": -7, "c": -3, "d": 0.9, "e": 3, "f": 7, "g": 12, "h": NAN}
    scheme = by_change(changes, "en", 100)
    assert list(scheme.of.values()) == [1, 2, 3, 4, 5, 6, 7, 0]
    assert len(set(scheme.colours)) == 7
    assert list(by_change({k: v / 100 for k, v in changes.items()}, "en", 1).of.values()) == [
        *range(1, 8),
        0,
    ]


def test_two_nodes_make_nine_classes_and_what_lacks_one_has_none():
    first = {"a": 1.0, "b": 2.0, "c": 3.0, "d": 2.0}
    second = {"a": 1.0, "b": 3.0, "c": 2.0, "d": NAN}
    scheme = by_pair((thirds([1, 2, 3]), first, "A"), (thirds([1, 2, 3]), second, "B"), "en")
    assert scheme.of == {"a": 1, "b": 8, "c": 6, "d": 0}
    assert scheme.axes == ("A", "B")
    figure = drawn(
        by_pair(
            (thirds(list(SCORES.values())), SCORES, "A"),
            (thirds(list(SCORES.values())), SCORES, "B"),
            "en",
        )
    )
    assert len(figure.layout.shapes) == 9
    texts = {note.text for note in figure.layout.annotations}
    assert {"A →", "↑ B"} <= texts


def test_no_data_are_counted_in_words_whatever_the_classes():
    scores = dict(SCORES) | {UNITS[0]: NAN}
    scheme = by_classes(classify(list(scores.values()), "equal"), scores, "en", 100)
    figure = choropleth(FRAMEWORK, [GUANGZHOU], "/o", coloured(scores), CAPTION, scheme=scheme)
    assert any("no data or no level: 1" in note.text for note in figure.layout.annotations)
    assert list(figure.data[0].text) == [f"name {UNITS[0]}"]


def test_what_is_picked_out_keeps_its_colour_and_the_rest_pales():
    trace = drawn(None, chosen=UNITS[2:4]).data[-1]
    assert list(trace.selectedpoints) == [2, 3]
    assert trace.unselected.marker.opacity < 0.5
    assert drawn(None).data[-1].selectedpoints is None


def test_a_change_is_shown_with_its_sign():
    given = coloured(SCORES, is_change=True)
    figure = choropleth(
        FRAMEWORK, [GUANGZHOU], "/o", given, CAPTION, scheme=by_change(SCORES, "en", 100)
    )
    assert "%{customdata[0]:+.1f}" in figure.data[-1].hovertemplate


def test_small_maps_share_one_scale_and_do_not_overlap():
    maps = {f"part {place}": coloured(SCORES) for place in range(5)}
    figure = multiples(FRAMEWORK, [GUANGZHOU], "/o", maps, CAPTION, schemes=dict.fromkeys(maps))
    assert [trace.showscale for trace in figure.data].count(False) == 4
    assert len({trace.geo for trace in figure.data}) == 5
    places = [figure.layout[trace.geo].domain for trace in figure.data]
    corners = {(place.x[0], place.y[0]) for place in places}
    assert len(corners) == 5
    assert all(0 <= edge <= 1 for place in places for edge in (*place.x, *place.y))
    assert np.ptp([place.x[1] - place.x[0] for place in places]) == pytest.approx(0)
