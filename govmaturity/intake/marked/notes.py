"""Cell notes: ours stand below what the person has written, and can be taken out again."""

from __future__ import annotations

import unicodedata
from typing import Final

from openpyxl.comments import Comment

from govmaturity.intake.marked.orders import NOTE_CLOSES, NOTE_OPENS

AUTHOR: Final = "Govmaturity"
_MOST: Final = 1_500
_WIDTH: Final = 340  # pixels, as openpyxl counts them
_LETTERS: Final = 44  # of a line of that width; a Chinese character takes two
_LINE: Final = 18
_TALLEST: Final = 500


def with_ours(note: Comment | None, sentences: list[str], more: str) -> Comment:
    """A note that says what was found, below what the person had noted."""
    said: list[str] = []
    for sentence in sentences:
        if said and sum(map(len, said)) + len(sentence) > _MOST:
            said.append(more)
            break
        said.append(sentence)
    own = [note.text, ""] if note is not None and note.text else []
    text = "\n".join([*own, NOTE_OPENS, *said, NOTE_CLOSES])
    return sized(Comment(text, (note.author if note is not None else None) or AUTHOR))


def without_ours(note: Comment) -> Comment | None:
    """The note without what we had written; None if nothing is left of it."""
    text = note.text
    before, opens, rest = text.partition(NOTE_OPENS)
    if not opens:
        return sized(Comment(text, note.author or AUTHOR))
    _, _, after = rest.partition(NOTE_CLOSES)
    left = "\n".join(part for part in (before.strip(), after.strip()) if part)
    return sized(Comment(left, note.author or AUTHOR)) if left else None


def sized(note: Comment) -> Comment:
    """Make the box large enough for its text; openpyxl forgets the size that it had."""
    lines = sum(1 + max(0, width_of(line) - 1) // _LETTERS for line in note.text.split("\n"))
    note.width = _WIDTH
    note.height = min(_TALLEST, _LINE * (lines + 1))
    return note


def width_of(line: str) -> int:
    """How wide a text is, in letters; a Chinese character counts as two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)
