"""Units are found by what people type."""

from __future__ import annotations

import pytest

from govmaturity.units.registry import registry
from govmaturity.units.search import UnitIndex

UNITS = ["440106", "440113", "360702", "610100", "mine-1"]
INDEX = UnitIndex(UNITS, registry())


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("天河区", "440106"),
        ("天河", "440106"),
        ("thq", "440106"),
        ("TH", "440106"),
        ("tianhe", "440106"),
        ("Tian he", "440106"),
        ("Panyu District", "440113"),
        ("４４０１０６", "440106"),
        ("360702", "360702"),
        ("章贡", "360702"),
        ("xi'an", "610100"),
        ("MINE-1", "mine-1"),
    ],
)
def test_a_unit_is_found_by_name_pinyin_initials_or_code(typed, unit):
    assert INDEX.find(typed) == (unit,)


def test_units_are_found_by_the_place_they_lie_in():
    assert INDEX.find("广州") == ("440106", "440113")


@pytest.mark.parametrize("typed", ["", "  ", "'"])
def test_a_blank_finds_all(typed):
    assert INDEX.find(typed) == tuple(UNITS)


def test_what_nobody_is_called_finds_none():
    assert INDEX.find("zzz") == ()
    assert INDEX.find("区t") == ()


def test_every_unit_of_the_registry_is_found_by_its_own_name_and_code():
    every = [unit.id for unit in registry()]
    index = UnitIndex(every, registry())
    for unit in every[::97]:
        assert unit in index.find(registry().name(unit, "zh"))
        assert unit in index.find(unit)


@pytest.mark.parametrize(
    ("typed", "unit"),
    [("changzhi", "140400"), ("cz", "140400"), ("luohe", "411100"), ("zhangzi", "140428")],
)
def test_names_of_places_are_read_as_people_say_them(typed, unit):
    assert unit in UnitIndex([unit], registry()).find(typed)


def test_every_name_has_a_syllable_for_each_character():
    for unit in registry():
        assert len(unit.pinyin.split()) == len(unit.name_zh), unit
