"""What the comparison of pictures notices, and that no page is without a reference.

The comparison itself is a command of its own: `python -m tests.browser.pictures`.
"""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw

from govmaturity.texts import LANGUAGES
from tests.browser.pictures.compare import FOLDER, TOLERANCE, difference, shrink
from tests.browser.views import pages


def page(move: int = 0, *, height: int = 700, title: str = "Overview") -> Image.Image:
    """Something like a page: a heading, bars, text."""
    made = Image.new("RGB", (683, height), "white")
    draw = ImageDraw.Draw(made)
    draw.text((100, 20), title, fill="black", font_size=24)
    for row in range(20):
        draw.rectangle((100, 100 + 20 * row + move, 500 - 10 * row, 112 + 20 * row + move), "navy")
        draw.text((10, 100 + 20 * row + move), f"Unit {row}", fill="black", font_size=12)
    return made


def test_every_page_has_a_reference_in_both_languages_and_nothing_else_has():
    wanted = {f"{name}-{language}.png" for name in pages() for language in LANGUAGES}
    assert {file.name for file in FOLDER.glob("*.png")} == wanted


def test_references_stay_small():
    assert sum(file.stat().st_size for file in FOLDER.glob("*.png")) < 3_000_000


def test_the_same_page_does_not_differ():
    assert difference(page(), page()).share == 0


@pytest.mark.parametrize(
    "now",
    [
        *(page(4), page(height=730), page(height=670), Image.new("RGB", (683, 700), "white")),
        page(title="Overlook at a glance"),
    ],
    ids=["moved", "grown", "cut", "empty", "renamed"],
)
def test_what_a_reader_would_see_is_beyond_the_tolerance(now):
    found = difference(page(), now)
    assert found.share > TOLERANCE
    # Reference, now, and where: side by side.
    assert found.shown.width == 3 * 683 + 40


def test_what_no_reader_sees_is_within_it():
    dim = page().point(lambda channel: min(255, channel + 10))
    assert difference(page(), dim).share == 0


def test_a_screenshot_is_kept_at_half_its_size_in_few_colours():
    shot = io.BytesIO()
    page().save(shot, "png")
    small = shrink(shot.getvalue())
    assert small.size == (342, 350)
    assert small.mode == "P"
