"""What the header of a column means: unit, name, period, a field, or none of these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from govmaturity.framework.fields import Field
from govmaturity.intake.files.reader import Cell, Row
from govmaturity.intake.table.cells import clean
from govmaturity.units.chosen import NAME_COLUMNS, UNIT_COLUMNS

# The first of a list that a header has is the column; a second one (an
# `adcode` beside a `unit_id`) is an attribute.
UNIT: Final = UNIT_COLUMNS
NAME: Final = NAME_COLUMNS
PERIOD: Final = ("period", "year", "年份", "期间")
PARENT: Final = ("province", "city", "prefecture", "省", "省份", "市", "地市", "城市")
DETAILS: Final = ("se", "n", "note", "evidence", "source")
LONG: Final = ("indicator", "value", "status", *DETAILS)

# So near to an id that a slip of the hand is likelier than a column of something else.
_NEAR: Final = 0.85
_SHORTEST: Final = 4


@lru_cache(maxsize=8192)
def header_key(text: str) -> str:
    """A header without what does not count: case, width of characters, spaces, line breaks.

    Examples
    --------
    >>> header_key(" Ａdcode\\n")
    'adcode'
    """
    return "".join(clean(text)[0].split()).casefold()


def text_of(cell: Cell) -> str:
    """A cell as text: codes and years come as numbers, and stay whole.

    Examples
    --------
    >>> text_of(Cell("number", 440106.0))
    '440106'
    """
    if cell.kind == "number" and isinstance(cell.value, float):
        return f"{cell.value:.0f}" if cell.value.is_integer() else repr(cell.value)
    return clean(str(cell.value))[0] if cell.kind in ("text", "bool", "date", "error") else ""


def keys_of(row: Row) -> dict[int, str]:
    """The keys of a header row by column; blank cells have none."""
    found = {place: header_key(text_of(cell)) for place, cell in enumerate(row.cells, start=1)}
    return {place: key for place, key in found.items() if key}


def first_of(keys: Mapping[int, str], aliases: Iterable[str]) -> int | None:
    """The first column that has the first alias that any has."""
    for alias in aliases:
        for place, key in keys.items():
            if key == alias:
                return place
    return None


def is_long(keys: Iterable[str]) -> bool:
    """Whether a header is that of a table with a row per value."""
    return {"indicator", "value"} <= set(keys)


@dataclass(frozen=True)
class Known:
    """The fields of a framework as headers name them: by id, else by name.

    A name counts only where one field alone has it and no id reads the same.
    """

    by_id: Mapping[str, Field]
    by_name: Mapping[str, Field]

    def __contains__(self, key: str) -> bool:
        return key in self.by_id or key in self.by_name

    def field(self, key: str) -> Field | None:
        return self.by_id.get(key) or self.by_name.get(key)

    def near(self, key: str) -> str:
        """The id that a header was probably meant to be; empty if there is none."""
        if len(key) < _SHORTEST:
            return ""
        found = get_close_matches(key, self.by_id, n=1, cutoff=_NEAR)
        return self.by_id[found[0]].id if found else ""


def known_headers(fields: Mapping[str, Field]) -> Known:
    """Return what headers can name, of the fields of a framework."""
    by_id = {header_key(id_): field for id_, field in fields.items()}
    taken = {*by_id, *UNIT, *NAME, *PERIOD, *PARENT, *LONG}
    named: dict[str, list[Field]] = {}
    for field in fields.values():
        for key in {header_key(field.name.zh), header_key(field.name.en)} - taken:
            named.setdefault(key, []).append(field)
    return Known(by_id, {key: found[0] for key, found in named.items() if len(found) == 1})
