"""Sentences of maps."""

from __future__ import annotations

import pytest

from govmaturity.report import mapped

NAN = float("nan")


def test_a_change_counts_each_unit_once_and_what_lacks_a_period_not_at_all():
    moved = {"a": 5.0, "b": 1.0, "c": -3.0, "d": NAN, "e": 0.0}
    words = {"node": "A", "before": "2023", "now": "2024"}
    found = mapped.change(moved, "en", 100, **words)
    assert "more than 1.0 points in 1, fell in 1 and hardly moved in 2" in found
    assert "median change is +0.5" in found
    assert "No unit" in mapped.change({"a": NAN}, "en", 100, **words)


def test_two_nodes_are_counted_by_their_corners():
    found = mapped.pair({"a": 1, "b": 9, "c": 3, "d": 7, "e": 5, "f": 0}, ("A", "B"), "en")
    assert found.startswith("Of 5 units, 1 are low in both")
    assert "2 are high in one" in found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_picked_out_stands_beside_the_rest(language):
    found = mapped.picked({"a": 10, "b": 20, "c": 40, "d": NAN}, {"a", "b", "d"}, language, 100)
    assert "15.0" in found
    assert "40.0" in found
