"""Pictures of the laboratory: what they draw is what they were given."""

import numpy as np
import pytest

from govmaturity.analysis.change.density import kernel_density
from govmaturity.analysis.contributions import Sources
from govmaturity.analysis.space.association import QUADRANTS, local_moran
from govmaturity.analysis.space.neighbours import by_border
from govmaturity.charts import lab
from govmaturity.charts.theme import Caption

VALUES = np.r_[np.repeat([10.0, 90], 20) + np.arange(40) % 7, np.nan]
NAMES = [f"unit {i}" for i in range(41)]
NEAR = by_border(
    [str(i) for i in range(41)],
    {str(i): frozenset(str(i + step) for step in (-3, -2, -1, 1, 2, 3)) for i in range(41)},
)


def caption(language="en", simulated=False):
    return Caption("what it shows", "points", "2024", 29, "a source", simulated, language)


def figures(words):
    sources = Sources("gini", "rao_lerman_yitzhaki", 0.4, {"a": 0.5, "b": -0.1})
    return {
        "sources": lab.source_bars(sources, {"a": "Alpha", "b": "Beta"}, words),
        "density": lab.density_curves({"2024": kernel_density(VALUES)}, words),
        "catching_up": lab.catching_up(VALUES, VALUES + 5, 2, NAMES, words),
        "neighbours": lab.neighbours_scatter(VALUES, NEAR, local_moran(VALUES, NEAR), NAMES, words),
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_picture_says_what_it_shows_and_marks_simulated_data(language):
    for name, figure in figures(caption(language, simulated=True)).items():
        assert figure.layout.title.text == "What it shows", name
        texts = [note.text for note in figure.layout.annotations]
        assert any("a source" in text for text in texts), name
        assert any("SIMULATED" in text for text in texts), name


def test_the_bars_are_shares_of_the_measure_and_sum_to_all_of_it():
    parts = {f"i{i}": 1.0 for i in range(20)}
    found = Sources("variance", "covariance", 20.0, parts)
    figure = lab.source_bars(found, {part: part for part in parts}, caption())
    assert len(figure.data[0].x) == lab.MAX_SOURCES + 1
    assert sum(figure.data[0].x) == pytest.approx(100)
    small = figures(caption())["sources"].data[0]
    assert list(small.y) == ["Beta", "Alpha"]
    assert list(small.x) == pytest.approx([-25, 125])


def test_the_curve_stands_over_all_its_units():
    curve, units = figures(caption())["density"].data
    assert curve.name == "2024"
    assert sorted(units.x) == sorted(VALUES[~np.isnan(VALUES)])


def test_growth_is_a_year_and_units_without_scores_are_left_out():
    points, line = figures(caption())["catching_up"].data
    assert len(points.x) == 40
    assert points.y[0] == pytest.approx(100 * np.log(15 / 10) / 2)
    assert line.y[0] > line.y[-1]
    same = lab.catching_up(np.full(3, 5.0), np.full(3, 6.0), 1, NAMES[:3], caption())
    assert len(same.data) == 1


def test_every_unit_is_drawn_once_and_in_colour_only_where_it_is_significant():
    local = local_moran(VALUES, NEAR)
    figure = figures(caption())["neighbours"]
    assert sum(len(trace.x) for trace in figure.data) == 40
    grey, *coloured = figure.data
    assert len(grey.x) == 40 - local.is_significant.sum()
    counts = [int((local.is_significant & (local.quadrant == i)).sum()) for i in range(4)]
    assert [len(trace.x) for trace in coloured] == counts
    assert sum(counts) > 0
    assert len(QUADRANTS) == len(coloured)
