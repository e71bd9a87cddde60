"""Notes: ours come and go, the person's own stay."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment

from govmaturity.intake.marked.notes import sized, width_of, with_ours, without_ours
from govmaturity.intake.marked.orders import NOTE_CLOSES, NOTE_OPENS

WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="▼▲"), min_size=1)


@given(WORDS, st.lists(WORDS, min_size=1, max_size=5))
def test_what_we_add_can_be_taken_out_again(own: str, said: list[str]):
    back = without_ours(with_ours(Comment(own, "Wang"), said, "more"))
    assert (back.text if back else "") == own.strip()
    assert back is None or back.author == "Wang"


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_a_note_of_ours_alone_goes_altogether(said: list[str]):
    assert without_ours(with_ours(None, said, "more")) is None


def test_a_note_without_ours_stays_as_it_is():
    assert without_ours(Comment("a\n\nb ", "Wang")) == Comment("a\n\nb ", "Wang")


def test_what_somebody_wrote_below_ours_stays():
    note = with_ours(Comment("above", "Wang"), ["said"], "more")
    note.text += "\nbelow"
    assert without_ours(note) == Comment("above\nbelow", "Wang")


def test_a_note_is_cut_between_sentences_and_has_at_least_one():
    assert with_ours(None, ["x" * 5_000, "y"], "more").text == "\n".join(
        [NOTE_OPENS, "x" * 5_000, "more", NOTE_CLOSES]
    )


def test_the_box_grows_with_the_text_up_to_a_limit():
    heights = [sized(Comment("字" * n, "")).height for n in (1, 100, 500, 5_000)]
    assert heights == sorted(heights)
    assert heights[0] < heights[1] < heights[2] <= heights[3] <= 500
    assert width_of("aé字１") == 6
