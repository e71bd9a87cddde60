"""Entries as the long table of values."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from govmaturity.intake.table.entries import Entries, Key
from govmaturity.values.table import COLUMNS, OPTIONAL_COLUMNS, Values

_NUMBERS = ("value", "se", "n")


def tabulate(
    entries: Entries, attributes: Mapping[str, Mapping[str, str]], left_out: Collection[Key]
) -> Values:
    """Make the table of values.

    Parameters
    ----------
    entries : Entries
    attributes : mapping of str to mapping
        What the file says of each unit, by the titles of its columns.
    left_out : collection of (unit, period)
        Rows of which the unit or the period could not be told.

    Returns
    -------
    Values
        Field by field in the order of the file's columns. Of the optional
        columns only those that the file has.
    """
    units: list[str] = []
    periods: list[str] = []
    indicators: list[str] = []
    amounts: list[float | None] = []
    statuses: list[str] = []
    for id_, column in entries.columns.items():
        given = column
        if left_out:
            given = {key: entry for key, entry in column.items() if key not in left_out}
        units += [unit for unit, _ in given]
        periods += [period for _, period in given]
        indicators += [id_] * len(given)
        amounts += [entry.value for entry in given.values()]
        statuses += [entry.status for entry in given.values()]
    data: dict[str, object] = dict(
        zip(COLUMNS, (units, periods, indicators, amounts, statuses), strict=True)
    )
    if entries.details:
        keys = zip(indicators, zip(units, periods, strict=True), strict=True)
        said = [entries.details.get(key, {}) for key in keys]
        for name in OPTIONAL_COLUMNS:
            if any(name in details for details in said):
                data[name] = [details.get(name) for details in said]
    texts = [name for name in data if name not in _NUMBERS]
    table = pd.DataFrame(data, columns=list(data))
    table = table.astype(dict.fromkeys(texts, "str") | {"value": "float64"})
    return Values(table, _attributes(attributes, table["unit"]))


def _attributes(attributes: Mapping[str, Mapping[str, str]], units: pd.Series[str]) -> pd.DataFrame:
    if not any(attributes.values()):
        return pd.DataFrame()
    known = {unit: attributes[unit] for unit in units.unique() if unit in attributes}
    table = pd.DataFrame.from_dict(known, orient="index").fillna("").astype("str")
    table.index.name = "unit"
    return table
