"""How far a collection is by place, and the words of a reminder."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.store.collecting import Reminder, completeness_of
from govmaturity.store.progress import MOST_PREFECTURES, by_place, due_text, reminder_text
from govmaturity.units.registry import registry

GUANGZHOU, GANZHOU = "440100", "360700"
STATES = (None, "submitted", "returned", "reopened", "approved", "released")
COUNTIES = [one.id for one in registry() if one.tier == "county" and one.assessed]


def test_units_are_counted_where_they_lie_and_unknown_ones_come_last():
    states = {"440106": "approved", "440104": None, "360702": "submitted", "own": "returned"}
    found = by_place(states, registry())
    assert list(found) == [GANZHOU, GUANGZHOU, ""]
    guangzhou = found[GUANGZHOU]
    assert (guangzhou.expected, guangzhou.approved, guangzhou.missing) == (2, 1, 1)
    assert found[""].returned == 1


def test_a_district_of_a_municipality_is_counted_with_it():
    assert list(by_place({"110101": None}, registry())) == ["110000"]


def test_a_whole_country_is_counted_by_province():
    found = by_place(dict.fromkeys(COUNTIES), registry())
    assert 30 < len(found) <= 34
    assert set(found) <= set(registry().provinces())
    assert sum(one.missing for one in found.values()) == len(COUNTIES)


@given(st.dictionaries(st.sampled_from(COUNTIES[:400]), st.sampled_from(STATES), min_size=1))
def test_places_add_up_to_the_whole(states):
    whole = completeness_of(states.values())
    found = by_place(states, registry()).values()
    for part in ("expected", "sent", "returned", "approved", "waiting", "missing"):
        assert sum(getattr(one, part) for one in found) == getattr(whole, part)
    assert whole.approved + whole.waiting + whole.returned + whole.missing == whole.expected
    assert MOST_PREFECTURES < 34


def reminded(state, lacking=(), days=None, language="en") -> str:
    one = Reminder("u", "2024", state, tuple(lacking), None if days is None else "2024-06-30", days)
    return reminder_text([one], str.upper, str.upper, language)


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        ((None, "abcd"), "U (2024): nothing was sent yet."),
        ((None, "", 3), "U (2024): nothing was sent yet. The deadline is 2024-06-30, 3 days left."),
        (("submitted", "a"), "U (2024): 1 required value is lacking (A)."),
        (("submitted", "abcd"), "U (2024): 4 required values are lacking (A, B, C and others)."),
        (
            ("returned", "", 0),
            "U (2024): returned, to be corrected and sent again."
            " The deadline is 2024-06-30, today.",
        ),
        (
            ("reopened", "ab", -1),
            "U (2024): reopened, to be sent again; 2 required values are lacking (A, B)."
            " The deadline is 2024-06-30, 1 day ago.",
        ),
    ],
)
def test_a_reminder_says_what_is_owed_and_by_when(given_, told):
    assert reminded(*given_) == told


def test_a_reminder_in_chinese_has_no_blanks_between_its_sentences():
    assert reminded("returned", "", 2, "zh") == (
        "U（2024）：已退回，请更正后再次报送。截止日期 2024-06-30，还有 2 天。"
    )


@pytest.mark.parametrize(("days", "told"), [(2, "还有 2 天"), (0, "今天截止"), (-3, "已过 3 天")])
def test_a_deadline_is_said_in_days(days: int, told: str):
    assert due_text(days, "zh") == told
