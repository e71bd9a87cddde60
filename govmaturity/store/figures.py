"""The values of revisions: rows of the database, and tables that can be scored."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, select

from govmaturity.store.database import tables as t
from govmaturity.values.table import OPTIONAL_COLUMNS, Status, Values

# How many ids one query names; databases allow a few ten thousand at most.
_AT_ONCE: Final = 5_000
_NUMBERS: Final = ("value", "se", "n")


@dataclass(frozen=True, slots=True)
class Figure:
    """What is said of one indicator: a value in its unit of measure, or why there is none."""

    value: float | None
    status: Status

    @property
    def says_nothing(self) -> bool:
        return self.status == "missing"


@dataclass(frozen=True, slots=True)
class StoredValue:
    """One value of a revision, with the cell it came from (see `intake.origins.Origin`).

    `given_in` is the id of the revision in which it was given; 0 for one that
    is only being prepared.
    """

    indicator: str
    value: float | None
    status: Status
    given_in: int = 0
    sheet: str = ""
    cell: str = ""
    kind: str = ""
    sent: str = ""
    typed: str | None = None
    se: float | None = None
    n: float | None = None
    note: str = ""
    evidence: str = ""
    source: str = ""

    @property
    def figure(self) -> Figure:
        return Figure(self.value, self.status)


Key = tuple[str, str]
"""A unit and a period."""


@dataclass(frozen=True)
class UnitValues:
    """All values of one unit and period by indicator, and what the file said of the unit."""

    values: Mapping[str, StoredValue]
    attributes: Mapping[str, str]


def in_parts(ids: Collection[Any]) -> Iterator[list[Any]]:
    """Ids in lots that one query can name."""
    listed = list(ids)
    for start in range(0, len(listed), _AT_ONCE):
        yield listed[start : start + _AT_ONCE]


def load(
    connection: Connection, revisions: Collection[int], indicators: Collection[str] | None = None
) -> dict[int, UnitValues]:
    """The values of revisions, by the revision's id; only those of `indicators` where given."""
    attributes: dict[int, dict[str, str]] = {}
    values: dict[int, dict[str, StoredValue]] = {id_: {} for id_ in revisions}
    table = t.revision_value
    names = list(StoredValue.__dataclass_fields__)
    for part in in_parts(revisions):
        asked = select(t.revision.c.id, t.revision.c.attributes).where(t.revision.c.id.in_(part))
        attributes |= dict(connection.execute(asked).all())
        asked_values = (
            select(table.c.revision_id, *(table.c[name] for name in names))
            .where(table.c.revision_id.in_(part))
            .order_by(table.c.revision_id, table.c.indicator)
        )
        if indicators is not None:
            asked_values = asked_values.where(table.c.indicator.in_(list(indicators)))
        rows = connection.execute(asked_values)
        for id_, *row in rows:
            value = StoredValue(*row)
            values[id_][value.indicator] = value
    return {id_: UnitValues(values[id_], attributes.get(id_, {})) for id_ in values}


def as_values(given: Mapping[Key, UnitValues]) -> Values:
    """Make the table of values that is scored; optional columns only where something is said."""
    rows = [(*key, value) for key, unit in sorted(given.items()) for value in unit.values.values()]
    data: dict[str, list[Any]] = {
        "unit": [unit for unit, _, _ in rows],
        "period": [period for _, period, _ in rows],
    }
    for name in ("indicator", "value", "status", *OPTIONAL_COLUMNS):
        column = [getattr(value, name) for _, _, value in rows]
        if name not in OPTIONAL_COLUMNS or any(one not in (None, "") for one in column):
            data[name] = column
    numbers = {name: "float64" for name in data if name in _NUMBERS}
    texts = {name: "str" for name in data if name not in _NUMBERS}
    table = pd.DataFrame(data).astype(numbers | texts)
    return Values(table, _attributes(given))


def _attributes(given: Mapping[Key, UnitValues]) -> pd.DataFrame:
    """What was said of each unit, by the latest period that says something."""
    said: dict[str, dict[str, str]] = {}
    for (unit, _), values in sorted(given.items()):
        told = {title: text for title, text in values.attributes.items() if text}
        said.setdefault(unit, {}).update(told)
    said = {unit: told for unit, told in said.items() if told}
    if not said:
        return pd.DataFrame()
    table = pd.DataFrame.from_dict(said, orient="index").fillna("").astype("str")
    table.index.name = "unit"
    return table


def rows_to_insert(revision: int, values: Iterable[StoredValue]) -> list[dict[str, Any]]:
    """Rows of a new revision; what is given in it names it."""
    names = [name for name in StoredValue.__dataclass_fields__ if name != "given_in"]
    return [
        {name: getattr(value, name) for name in names}
        | {"revision_id": revision, "given_in": value.given_in or revision}
        for value in values
    ]
