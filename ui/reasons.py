"""Why a value is doubtful, in plain words."""

from __future__ import annotations

from typing import Final

from govmaturity.store.queue import Doubtful, Reason
from govmaturity.texts import numbers
from ui.desk import Desk

# Codes that have words of their own for a reviewer; what else was asked is named by the file.
IN_WORDS: Final = frozenset(
    {
        *("jump", "heaping", "all_top", "unit_mix_up", "far_from_last", "far_from_peers"),
        *("copied_last", "same_as_unit", "all_same", "shifted_right", "shifted_left"),
        *("sorted_alone", "outside_plausible", "large_change", "ratio_outside_plausible"),
        *("rule_part", "rule_sum", "rule_ratio", "rule_rubric", "not_whole", "blank"),
        *("shortcut", "none_or_zero", "percent_format_not_expected", "evidence_missing"),
    }
)
# What was found is worth saying beside the reason, unless it is the value itself or a count.
_WITH_FOUND: Final = frozenset(
    {
        *("jump", "far_from_last", "large_change", "outside_plausible", "heaping", "all_top"),
        "not_whole",
    }
)


def reason_words(desk: Desk, code: str) -> str:
    """The kind of a reason: `Wrong unit of measure?`."""
    return desk.say(f"review.reason_{code if code in IN_WORDS else 'other'}")


def in_short(desk: Desk, doubtful: Doubtful) -> str:
    """The values and what is doubtful about them, on one line."""
    kinds = dict.fromkeys(reason_words(desk, one.code) for one in doubtful.reasons)
    return desk.say(
        "review.doubt",
        values=desk.value_names(doubtful.indicators),
        reasons=desk.say("frame.and").join(kinds),
    )


def in_full(desk: Desk, reason: Reason) -> str:
    """A reason with what was found."""
    words = reason_words(desk, reason.code)
    found = reason.found
    if reason.code == "same_as_unit" and reason.found in desk.registry:
        found = desk.unit_name(reason.found)
    elif reason.code not in (*_WITH_FOUND, "same_as_unit"):
        found = ""
    return desk.say("review.reason_found", reason=words, found=found) if found else words


def effect_text(desk: Desk, effect: float | None) -> str:
    """How far the unit's score would move, in points."""
    if effect is None:
        return desk.say("review.effect_unknown")
    digits = 2 if desk.known.width > 10 else 4
    return numbers.decimal(effect, desk.language, digits)
