"""The moving distribution: every period is a frame, and every unit stands in one bar."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.analysis.change.panel import Panel
from govmaturity.charts.moving import BINS, moving_distribution
from govmaturity.charts.theme import Caption
from govmaturity.charts.trend import unit_lines

PERIODS = ("2022", "2023", "2024")
NAMES = {"a": "Alpha", "b": "Beta", "c": "Gamma"}
VALUES = np.array([[10.0, 20.0, np.nan], [15.0, 20.0, 30.0], [100.0, 20.0, 40.0]])
PANEL = Panel(PERIODS, ("a", "b", "c"), VALUES)


def drawn(panel=PANEL, chosen=("a", "c"), scale=(0.0, 100.0), language="en"):
    words = Caption("what it shows", "points", "2022 – 2024", 3, "a source", True, language)
    return moving_distribution(panel, NAMES, set(chosen), words, scale)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_period_is_a_frame_a_step_of_the_slider_and_the_last_is_shown(language):
    figure = drawn(language=language)
    assert [frame.name for frame in figure.frames] == list(PERIODS)
    slider = figure.layout.sliders[0]
    assert [step.label for step in slider.steps] == list(PERIODS)
    assert [step.args[0] for step in slider.steps] == [(period,) for period in PERIODS]
    assert slider.active == 2
    assert list(figure.data[0].y) == list(figure.frames[-1].data[0].y)
    # All frames hold the same pictures, or playing would mix them up.
    assert {len(frame.data) for frame in figure.frames} == {3}


def test_the_middle_and_the_marks_move_and_who_has_no_score_has_no_mark():
    figure = drawn()
    assert [frame.data[1].x[0] for frame in figure.frames] == [15, 20, 40]
    marks = [list(frame.data[2].x) for frame in figure.frames]
    assert marks[1:] == [[15, 30], [100, 40]]
    assert np.isnan(marks[0][1])
    assert list(figure.data[2].customdata) == ["a", "c"]


@given(st.lists(st.floats(-50, 150), min_size=1, max_size=30))
def test_every_unit_with_a_score_is_counted_once_wherever_it_lies(scores):
    panel = Panel(("2024",), tuple(map(str, range(len(scores)))), np.array([scores]))
    words = Caption("what it shows", "points", "2024", 3, "a source", False, "en")
    figure = moving_distribution(panel, {}, (), words, (0.0, 100.0))
    assert len(figure.data[0].y) == BINS
    assert sum(figure.data[0].y) == len(scores)


def test_a_period_without_scores_is_an_empty_frame():
    panel = Panel(("2023", "2024"), ("a",), np.array([[np.nan], [50.0]]))
    figure = drawn(panel)
    assert sum(figure.frames[0].data[0].y) == 0
    assert sum(figure.frames[1].data[0].y) == 1


def test_a_break_of_the_series_stands_as_an_upright_before_its_period():
    words = Caption("what it shows", "points", "2022 – 2024", 3, "a source", False, "en")
    figure = unit_lines(PANEL, NAMES, (), words, breaks=["2023"])
    assert [shape.x0 for shape in figure.layout.shapes] == [0.5]
    assert any("2023" in note.text for note in figure.layout.annotations)
