"""What stands beside a map."""

from __future__ import annotations

import numpy as np
import pytest

from govmaturity.charts.beside import BINS, bins_of, histogram, scatter
from govmaturity.charts.theme import Caption

NAN = float("nan")
CAPTION = Caption("title", "points", "2024", 4, "source", True, "en", is_half=True)
VALUES = {"a": 0.0, "b": 10.0, "c": 99.0, "d": 100.0, "e": NAN}


def test_a_point_needs_both_nodes():
    figure = scatter(
        VALUES, {"a": 1.0, "c": NAN, "d": 2.0}, dict.fromkeys(VALUES, ""), ("A", "B"), [], CAPTION
    )
    assert list(figure.data[0].customdata) == ["a", "d"]
    assert figure.data[0].selectedpoints is None


def test_points_picked_out_are_marked_by_their_place():
    figure = scatter(VALUES, VALUES, dict.fromkeys(VALUES, ""), ("A", "B"), ["c", "gone"], CAPTION)
    assert list(figure.data[0].selectedpoints) == [2]


def test_every_unit_with_a_value_is_in_one_bin():
    edges, bins = bins_of(VALUES)
    assert len(edges) == BINS + 1
    assert bins == {"a": 0, "b": 2, "c": 19, "d": 19}


@pytest.mark.parametrize("values", [{}, {"a": NAN}])
def test_without_values_there_are_no_bins(values):
    assert bins_of(values)[1] == {}
    assert not histogram(values, "x", [], CAPTION).data


def test_all_equal_make_one_bar():
    figure = histogram({"a": 5.0, "b": 5.0}, "x", [], CAPTION)
    assert list(figure.data[0].y) == [2]


def test_bars_picked_out_and_the_rest_sum_to_all():
    figure = histogram(VALUES, "x", ["a", "d"], CAPTION)
    assert np.sum([trace.y for trace in figure.data], axis=0).sum() == 4
    assert sum(figure.data[0].y) == 2
