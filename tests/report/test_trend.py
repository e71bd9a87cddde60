"""Sentences of change: their figures, and what they say where there are none."""

import numpy as np
import pytest

from govmaturity.analysis.change.panel import Panel
from govmaturity.analysis.change.progress import progress
from govmaturity.analysis.change.split import Change
from govmaturity.report import trend
from govmaturity.texts import LANGUAGES


def panel(first, last):
    values = np.array([first, last], dtype=float)
    return Panel(("2022", "2024"), tuple("abcde"[: len(first)]), values)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_middle_is_that_of_units_with_both_scores(language):
    said = trend.middle(panel([10, 20, 30, np.nan], [15, 26, 33, 99]), "Index", language)
    assert all(figure in said for figure in ("2022", "2024", "20.0", "26.0", "6.0", "Index"))
    assert "99" not in said


def test_it_rose_fell_or_stayed():
    def said(first, last, width=100.0):
        return trend.middle(panel([first] * 2, [last] * 2), "Index", "en", width)

    assert "rose by 5.0 points, from 10.0 to 15.0" in said(10, 15)
    assert "fell by 5.0" in said(15, 10)
    assert "stayed at 10.0" in said(10, 10.01)
    assert "rose by 0.012 points, from 0.700 to 0.712" in said(0.7, 0.712, 1)
    assert "No unit has a score" in trend.middle(panel([np.nan], [1]), "Index", "en")


def test_states_without_a_unit_are_left_out():
    found = progress([20.0, 20, np.nan], [26, 90, 1], 1, 80, 9)
    said = trend.on_course(found, "80.0", 2030, "en")
    assert said == "Progress towards 80.0 points by 2030, of 2 units: 1 achieved, 1 substantial."
    assert "no progress to tell" in trend.on_course(
        progress([np.nan], [1.0], 1, 80, 9), "80.0", 2030, "en"
    )


def test_a_change_names_what_lifted_and_what_held_back_only_where_something_did():
    names = {"a": "Alpha", "b": "Beta"}
    both = Change(40, 42, {"a": 3.0, "b": -1.0}, {"a": 0.0, "b": 0.0}, 4)
    assert trend.brought(both, names, "en") == (
        "From 40.0 to 42.0 (+2.00 points). Lifted most by Alpha (+3.00)."
        " Held back most by Beta (−1.00)."
    )
    weights = Change(40, 41, {"a": 0.5, "b": 0.0}, {"a": 0.25, "b": 0.25}, 4)
    said = trend.brought(weights, names, "en")
    assert "Held" not in said
    assert "Alpha (+0.50)" in said
    assert "+0.50 of it" in said
    level = Change(40, 41, {"a": 1.0, "b": 0.0}, {"a": 0.25, "b": -0.25}, 4)
    assert "weights" not in trend.brought(level, names, "en")
    still = Change(40, 40, {"a": 0.0}, {"a": 0.0}, 4)
    assert trend.brought(still, names, "zh") == "由 40.0 变为 40.0（0.00 分）。"
