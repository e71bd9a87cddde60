"""How far a collection is, in a picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import plotly.graph_objects as go

from govmaturity.charts.rows import Part, stacked_bars
from govmaturity.charts.theme import Caption
from govmaturity.texts import say

# From done to not begun: dark to light, what is missing white with stripes.
PARTS: Final = (
    ("approved", "#08306b", ""),
    ("waiting", "#5ba3cf", ""),
    ("returned", "#e69f00", "/"),
    ("missing", "#ffffff", "."),
)


def progress_bars(counts: Mapping[str, Mapping[str, int]], caption: Caption) -> go.Figure:
    """Units by state, a bar for each place.

    Parameters
    ----------
    counts : mapping of str to mapping of str to int
        By the place's name: how many units are `approved`, `waiting`, `returned`, `missing`.
    caption : Caption
    """
    parts = [
        Part(
            say(f"administer.part_{name}", caption.language),
            colour,
            [one[name] for one in counts.values()],
            pattern,
        )
        for name, colour, pattern in PARTS
    ]
    return stacked_bars(list(counts), parts, caption, longest=30)
