"""Pictures for reviewers, releases and collections: what is drawn is what was given."""

from __future__ import annotations

import pytest

from govmaturity.charts.collecting import PARTS, progress_bars
from govmaturity.charts.releases import ScorePair, StepBar, score_pairs, step_bars
from govmaturity.charts.review import QueueBar, queue_bars, value_history
from govmaturity.charts.theme import Caption
from govmaturity.texts import LANGUAGES, say


def caption(language="en") -> Caption:
    return Caption("Title", "points", "2024", 2, "here", False, language)


def named(figure) -> dict[str, object]:
    return {trace.name: trace for trace in figure.data if trace.name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_queue_has_a_bar_for_each_with_its_effect_and_reason_in_words(language):
    bars = [QueueBar("a", "A", 2.5, "why"), QueueBar("b", "B <b>", None, "because")]
    figure = queue_bars(bars, caption(language), 100)
    drawn = figure.data[0]
    assert list(drawn.x) == [2.5, 0]
    assert list(drawn.customdata) == ["a", "b"]
    assert drawn.text[0] == "2.50  why"
    assert say("review.effect_unknown", language) in drawn.text[1]


def test_a_queue_without_any_effect_still_has_an_axis():
    figure = queue_bars([QueueBar("a", "A", 0.0, "why")], caption(), 100)
    assert figure.layout.xaxis.range[1] > 0


def test_a_history_shows_what_was_what_is_and_what_is_usual():
    figure = value_history(
        ("2022", "2023", "2024"),
        (1.0, None, 9.0),
        caption(),
        usual=(0.5, 1.5),
        others=2.0,
        replaced=(8.0,),
    )
    traces = named(figure)
    assert list(traces[say("review.legend_earlier", "en")].y) == [1.0, None]
    assert list(traces[say("review.legend_now", "en")].y) == [9.0]
    assert list(traces[say("review.legend_replaced", "en")].y) == [8.0]
    band = next(one for one in figure.layout.shapes if one.type == "rect")
    assert (band.y0, band.y1) == (0.5, 1.5)


def test_a_history_of_nothing_draws_nothing_of_it():
    traces = named(value_history(("2024",), (None,), caption()))
    assert list(traces) == [say("review.legend_earlier", "en")]
    assert list(traces[say("review.legend_earlier", "en")].y) == []


def test_releases_are_drawn_by_what_stayed_changed_and_came():
    figure = step_bars([StepBar("r2", "two", 27, 2, 1), StepBar("r1", "one", 0, 0, 29)], caption())
    counts = {name: list(trace.x) for name, trace in named(figure).items()}
    assert counts == {
        say("releases.part_same", "en"): [27, 0],
        say("releases.part_renewed", "en"): [2, 0],
        say("releases.part_added", "en"): [1, 29],
    }


def test_scores_of_two_releases_rise_and_fall():
    pairs = [ScorePair("a", "A", 40, 50), ScorePair("b", "B", 60, 55)]
    figure = score_pairs(pairs, caption(), 100)
    full = [trace for trace in figure.data if trace.mode == "markers" and trace.showlegend]
    assert [(list(one.x), list(one.customdata)) for one in full] == [([50], ["a"]), ([55], ["b"])]


def test_progress_has_all_four_parts_and_colour_is_never_alone():
    counts = {"Here": {"approved": 1, "waiting": 2, "returned": 3, "missing": 4}}
    figure = progress_bars(counts, caption())
    assert [list(trace.x) for trace in figure.data] == [[1], [2], [3], [4]]
    patterns = [pattern for _, _, pattern in PARTS]
    assert patterns[2:] == ["/", "."]
