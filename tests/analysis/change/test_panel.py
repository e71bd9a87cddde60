"""Scores, ranks and levels by period and unit."""

import numpy as np

from govmaturity.analysis.change.panel import levels_of, panel_of, ranks_of
from govmaturity.scoring import score
from tests.making import framework_of, group, leaf, levels, rows_of, values_from

FRAMEWORK = framework_of(group("root", leaf("a")), levels=levels(0, 50, 100))


def test_every_figure_stands_in_its_period_and_unit_and_gaps_stay_gaps():
    rows = [
        *rows_of({"v": {"a": 80}, "u": {"a": 20}}, "2023"),
        *rows_of({"u": {"a": 60}, "w": {"a": None}}, "2024"),
    ]
    scores = score(FRAMEWORK, values_from(rows))
    expected = {
        panel_of: [[20, 80, np.nan], [60, np.nan, np.nan]],
        ranks_of: [[2, 1, np.nan], [1, np.nan, np.nan]],
        levels_of: [[1, 2, np.nan], [2, np.nan, np.nan]],
    }
    for made, figures in expected.items():
        panel = made(scores, "root")
        assert (panel.periods, panel.units) == (("2023", "2024"), ("u", "v", "w"))
        assert np.array_equal(panel.values, figures, equal_nan=True)
    assert panel_of(scores, "root").years == 1


def test_what_is_not_assessed_is_in_none():
    rows = rows_of({"u": {"a": 20}, "v": {"a": 60}})
    scores = score(FRAMEWORK, values_from(rows), unranked=["v"])
    for made in (panel_of, ranks_of, levels_of):
        assert np.isnan(made(scores, "root").values[0, 1])
