"""Pictures of change: what they draw is what they were given."""

import numpy as np
import pytest

from govmaturity.analysis.change.panel import Panel
from govmaturity.analysis.change.progress import STATES, progress
from govmaturity.analysis.change.split import Change
from govmaturity.analysis.change.transitions import transitions
from govmaturity.charts import change, trend
from govmaturity.charts.theme import Caption

UNITS = ("a", "b", "c", "d")
NAMES = {"a": "Alpha", "b": "Beta", "c": "Gamma", "d": "Delta"}
PANEL = Panel(("2022", "2023"), UNITS, np.array([[10.0, 20, 30, np.nan], [15.0, 20, np.nan, 50]]))
CHANGE = Change(40, 42, {"a": 3.0, "b": -1.5}, {"a": 0.0, "b": 0.5}, 4)


def caption(language="en", simulated=False):
    return Caption("what it shows", "points", "2022 – 2023", 4, "a source", simulated, language)


def slopes(chosen=(), words=None):
    before, after = np.array([1, 2, 3, np.nan]), np.array([2, 1, 3, 4.0])
    return trend.rank_slopes(
        before, after, UNITS, NAMES, ("2022", "2023"), chosen, words or caption()
    )


def dots(chosen=(), words=None):
    found = progress(PANEL.values[0], PANEL.values[1], 1, 80, 5)
    return trend.progress_dots(found, PANEL.values[1], UNITS, NAMES, chosen, words or caption())


def figures(words):
    return {
        "lines": trend.unit_lines(PANEL, NAMES, {"b"}, words),
        "slopes": slopes({"a"}, words),
        "progress": dots({"a"}, words),
        "change": change.change_bars(CHANGE, NAMES, words),
        "moves": change.transition_map(
            transitions([[1, 1, 2], [1, 2, 0]], 2), ["low", "high"], words
        ),
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_picture_says_what_it_shows_and_marks_simulated_data(language):
    for name, figure in figures(caption(language, simulated=True)).items():
        assert figure.layout.title.text == "What it shows", name
        texts = [note.text for note in figure.layout.annotations]
        assert any("a source" in text for text in texts), name
        assert any("SIMULATED" in text for text in texts), name


def test_every_unit_has_a_line_broken_where_it_has_no_score_and_only_chosen_ones_have_colour():
    grey, _, band, median, chosen = figures(caption())["lines"].data
    # Two periods and a gap for each of a, c, d.
    assert np.array_equal(
        grey.y, [10, 15, np.nan, 30, np.nan, np.nan, np.nan, 50, np.nan], equal_nan=True
    )
    assert list(chosen.y[:2]) == [20, 20]
    assert (chosen.name, chosen.line.color) != (grey.name, grey.line.color)
    assert list(median.y) == [20, 20]
    assert list(band.y) == [15, 17.5]


def test_a_period_without_any_score_leaves_a_gap_in_the_band():
    panel = Panel(("2022", "2023"), ("a",), np.array([[np.nan], [5.0]]))
    median = trend.unit_lines(panel, NAMES, (), caption()).data[3]
    assert np.array_equal(median.y, [np.nan, 5], equal_nan=True)


def test_ranks_that_rose_fell_and_stayed_look_different_and_who_lacks_one_is_left_out():
    drawn = {trace.name: trace for trace in slopes().data if len(trace.x)}
    assert {name: list(trace.y) for name, trace in drawn.items()} == {
        "Stayed": [3, 3, None],
        "Fell": [1, 2, None],
        "Rose": [2, 1, None],
    }
    assert len({trace.line.color for trace in drawn.values()}) == 3
    assert drawn["Fell"].line.dash != drawn["Rose"].line.dash
    assert drawn["Rose"].text[:2] == ("Beta 2", "1 Beta")


def test_with_many_units_only_the_chosen_are_named():
    count = trend.MAX_NAMED + 1
    units = [f"u{i}" for i in range(count)]
    ranks = np.arange(1.0, count + 1)
    figure = trend.rank_slopes(
        ranks,
        ranks[::-1],
        units,
        dict(zip(units, units, strict=True)),
        ("1", "2"),
        {"u3"},
        caption(),
    )
    named = [trace for trace in figure.data if len(trace.x) and "text" in trace.mode]
    assert [set(trace.customdata) for trace in named] == [{"u3"}]


def test_every_state_has_its_line_with_its_count_and_every_unit_its_dot():
    figure = dots({"b"})
    assert list(figure.layout.yaxis.categoryarray) == [
        *("stalled or deteriorating (1)", "limited (1)", "moderate (0)"),
        *("substantial (0)", "achieved (0)"),
    ]
    boxes = [trace for trace in figure.data if trace.type == "box"]
    assert len(boxes) == len(STATES)
    assert [list(box.customdata or ()) for box in boxes] == [["b"], ["a"], [], [], []]
    marked = [list(trace.text) for trace in figure.data if trace.type == "scatter" and trace.text]
    assert marked == [["Beta"]]


def test_bars_of_a_change_sum_to_it_and_weights_are_apart():
    by_score, by_weight = change.change_bars(CHANGE, NAMES, caption()).data
    assert list(by_score.x) == [-1.5, 3]
    assert list(by_weight.x) == [0.5, 0]
    assert by_score.text == ("−1.50", "+3.00")
    assert sum(by_score.x) + sum(by_weight.x) == pytest.approx(CHANGE.total)
    plain = Change(1, 2, {"a": 1.0}, {"a": 0.0}, 1)
    assert len(change.change_bars(plain, NAMES, caption()).data) == 1


def test_many_parts_share_a_bar_and_still_sum_to_the_change():
    parts = {f"p{i}": float(i) for i in range(20)}
    found = Change(0, sum(parts.values()), parts, dict.fromkeys(parts, 0.0), 1)
    (bars,) = change.change_bars(found, {part: part for part in parts}, caption()).data
    assert len(bars.x) == change.MAX_PARTS + 1
    assert sum(bars.x) == pytest.approx(found.total)


def test_moves_are_counted_in_their_field_and_a_level_nobody_was_in_has_no_share():
    heat, written = figures(caption())["moves"].data
    assert list(written.text) == ["1<br>50.0%"] * 2 + [""] * 2
    assert list(heat.z[0]) == [50, 50]
    assert np.isnan(heat.z[1]).all()
