"""Which units a list of ids or a csv means."""

from __future__ import annotations

import pytest

from govmaturity.units.chosen import UnitsFileError, UnknownUnitsError, choose, choose_from_csv
from govmaturity.units.registry import registry


def test_a_prefecture_means_its_districts_and_counties():
    found = choose(["440100"], registry(), "zh")
    assert len(found) == 11
    assert ("440106", "天河区") in found


def test_above_counties_only_what_is_assessed_is_meant():
    known = registry()
    # Sansha's districts are drawn and named, never ranked.
    found = [unit for unit, _ in choose(["460000"], known, "zh")]
    assert found
    assert all(known.get(unit).assessed for unit in found)
    assert len(found) < len(known.descendants("460000"))


def test_a_unit_that_is_never_assessed_can_be_named_itself():
    assert choose(["350527"], registry(), "zh") == (("350527", "金门县"),)


def test_nothing_is_meant_twice_and_blanks_do_not_count():
    assert [unit for unit, _ in choose(["440106", " ", "440106 "], registry(), "zh")] == ["440106"]
    whole = choose(["440106", "440100"], registry(), "zh")
    assert whole[0][0] == "440106"
    assert len(whole) == 11


def test_every_unknown_id_is_named_and_the_message_has_the_first_ten():
    ids = [f"99{number:04}" for number in range(12)]
    with pytest.raises(UnknownUnitsError, match=r"12 unknown units: 990000, .*990009, …") as fault:
        choose([*ids, "440106", ids[0]], registry(), "zh")
    assert fault.value.unknown == tuple(ids)


def test_names_follow_the_language():
    assert choose(["440106"], registry(), "en") == (("440106", "Tianhe District"),)


def test_a_list_on_the_command_line_takes_no_ids_of_the_users_own():
    with pytest.raises(UnknownUnitsError):
        choose(["zone-1"], registry(), "zh")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_gives_ids_and_names(encoding: str):
    content = "行政区划代码,区县,备注\r\n440106,,x\r\nzone-1,开发区\r\n\r\n".encode(encoding)
    found = choose_from_csv(content, registry(), "zh")
    assert found == (("440106", "天河区"), ("zone-1", "开发区"))


def test_a_csv_can_name_whole_prefectures():
    assert len(choose_from_csv(b"adcode\n440100\n", registry(), "zh")) == 11


def test_a_name_of_the_file_goes_before_that_of_the_register():
    found = choose_from_csv("unit,name\n440106,天河\n".encode(), registry(), "zh")
    assert found == (("440106", "天河"),)


def test_a_mistaken_code_in_a_csv_is_no_id_of_the_users_own():
    with pytest.raises(UnknownUnitsError, match="999999"):
        choose_from_csv(b"unit\n999999\n", registry(), "zh")


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xff\xff"])
def test_a_file_without_a_column_of_units_is_refused(content: bytes):
    with pytest.raises(UnitsFileError):
        choose_from_csv(content, registry(), "zh")
