"""Pictures of pages, small enough to keep, and how far two of them differ."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageChops, ImageFilter

FOLDER: Final = Path(__file__).parent
SCALE: Final = 0.5
COLOURS: Final = 96
# A pixel differs where a channel does by more than this of 255, both pictures a little
# blurred: what moves by less than a pixel does not count.
STEP: Final = 40
# The share is that of the band of so many rows that differs most: on a tall page a
# picture may change and still be little of the whole.
BAND: Final = 60
# Share of pixels that may differ: other versions of fonts and Chromium move some.
TOLERANCE: Final = 0.02
_RED: Final = (200, 30, 30)


@dataclass(frozen=True)
class Difference:
    """The share of pixels that differ in the worst band, 0 to 1, and a picture of where.

    The picture has three columns: before, now, and now with what differs in red.
    """

    share: float
    shown: Image.Image


def shrink(shot: bytes) -> Image.Image:
    """A screenshot at half its size, in few colours."""
    with Image.open(io.BytesIO(shot)) as whole:
        size = (round(whole.width * SCALE), round(whole.height * SCALE))
        half = whole.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    # Without dithering, which spreads a change of one pixel over many and packs badly.
    return half.quantize(COLOURS, dither=Image.Dither.NONE)


def save(picture: Image.Image, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    picture.save(file, optimize=True)


def difference(before: Image.Image, now: Image.Image) -> Difference:
    """How far two pictures differ; what only one of them has, below or at the right, differs.

    Examples
    --------
    >>> white, black = Image.new("RGB", (9, 60), "white"), Image.new("RGB", (9, 60), "black")
    >>> difference(white, white).share, difference(white, black).share
    (0.0, 1.0)
    """
    size = (max(before.width, now.width), max(before.height, now.height))
    # Magenta, which no page has: a page that has grown differs by all that is new.
    both = [Image.new("RGB", size, "magenta") for _ in range(2)]
    for ground, picture in zip(both, (before, now), strict=True):
        ground.paste(picture.convert("RGB"))
    soft = [one.filter(ImageFilter.GaussianBlur(1)) for one in both]
    apart = np.asarray(ImageChops.difference(*soft)).max(axis=2) > STEP
    marked = Image.composite(
        Image.new("RGB", size, _RED),
        Image.blend(both[1], Image.new("RGB", size, "white"), 0.6),
        Image.fromarray(apart),
    )
    shown = Image.new("RGB", (3 * size[0] + 40, size[1]), "white")
    for place, one in enumerate((*both, marked)):
        shown.paste(one, (place * (size[0] + 20), 0))
    bands = np.array_split(apart, list(range(BAND, size[1], BAND)))
    # The last one may be a line or two: it counts as if it were whole.
    return Difference(max(float(band.sum()) / (BAND * size[0]) for band in bands), shown)
