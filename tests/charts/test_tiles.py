"""Tiles: what has no outline keeps its colour, its figure and a click."""

from __future__ import annotations

import numpy as np
import pytest

from govmaturity.charts.coloured import Coloured
from govmaturity.charts.scheme import by_change
from govmaturity.charts.theme import NO_DATA, Caption, level_colours
from govmaturity.charts.tiles import tiles
from tests.making import framework_of, group, leaf, levels

LEVELS = framework_of(group("root", leaf("a"), leaf("b")), levels=levels(0, 50, 100))
PLAIN = framework_of(group("root", leaf("a"), leaf("b")))
CAPTION = Caption(
    "t",
    unit_of_measure="points",
    period="2024",
    units=3,
    source="s",
    is_simulated=False,
    language="en",
)
UNITS = ("zone-1", "zone-2", "zone-3")


def coloured(**more):
    return Coloured(
        **{
            "scores": {"zone-1": 20.0, "zone-2": 80.0, "zone-3": np.nan},
            "levels": {"zone-1": 1, "zone-2": 2, "zone-3": 0},
            "names": {unit: f"Zone {unit[-1]}" for unit in UNITS},
            "details": {"zone-1": 2, "zone-2": 1, "zone-3": 0},
            "detail": "charts.hover_rank",
            "total": 2,
        }
        | more
    )


def looks(figure):
    """Colour and figure by unit."""
    return {
        datum[0]: (colour, text)
        for trace in figure.data
        for datum, colour, text in zip(
            trace.customdata, trace.marker.color, trace.text, strict=True
        )
    }


def test_a_tile_has_the_colour_of_its_level_and_its_score():
    first, second = level_colours(2)
    figure = tiles(LEVELS, UNITS, coloured(), CAPTION)
    assert looks(figure) == {
        "zone-1": (first, "20.0"),
        "zone-2": (second, "80.0"),
        "zone-3": (NO_DATA, ""),
    }
    assert [trace.name[:1] for trace in figure.data] == ["2", "1", "n"]
    assert {note.text for note in figure.layout.annotations} >= {"Zone 1", "Zone 2", "Zone 3"}


def test_without_levels_the_colour_follows_the_score():
    figure = tiles(PLAIN, UNITS, coloured(), CAPTION)
    found = looks(figure)
    assert found["zone-1"][0] != found["zone-2"][0]
    assert not any(trace.showlegend for trace in figure.data if trace.name == "")


def test_changes_carry_their_sign():
    moved = {"zone-1": -3.5, "zone-2": 4.25, "zone-3": np.nan}
    scheme = by_change(moved, "en", 100.0)
    changed = coloured(scores=moved, levels={}, is_change=True, detail="charts.hover_before")
    found = looks(tiles(LEVELS, UNITS, changed, CAPTION, scheme=scheme))
    assert [found[unit][1][:1] for unit in UNITS] == ["\u2212", "+", ""]


@pytest.mark.parametrize("count", [1, 160, 161, 3000])
def test_every_unit_has_a_place_of_its_own(count):
    units = [f"u{n}" for n in range(count)]
    many = Coloured(
        dict.fromkeys(units, 50.0),
        dict.fromkeys(units, 2),
        {unit: unit for unit in units},
        dict.fromkeys(units, 1),
        "",
        count,
    )
    figure = tiles(LEVELS, units, many, CAPTION)
    spots = {(x, y) for trace in figure.data for x, y in zip(trace.x, trace.y, strict=True)}
    assert len(spots) == count
    assert figure.layout.height < 4000
