"""Tables as files: csv, xlsx, parquet and JSON, the same figures in each.

The same table always gives the same bytes: the only time in a file is
SOURCE_DATE_EPOCH, where that is set.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final, Literal, get_args

import numpy as np
import pandas as pd

Format = Literal["csv", "xlsx", "parquet", "json"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
MIME: Final[dict[Format, str]] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
}
# A text that starts like this is run as a formula when a spreadsheet opens a csv.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_EARLIEST: Final = datetime(1980, 1, 1)  # that a zip entry can have


def as_csv(table: pd.DataFrame) -> bytes:
    """Return a table as csv: comma, LF, figures unrounded, blank for what is not there.

    A byte order mark stands in front where there is text beyond ASCII, so that
    Excel and WPS open Chinese properly. Text that a spreadsheet would run as a
    formula gets an apostrophe in front.

    Examples
    --------
    >>> as_csv(pd.DataFrame({"name": ["=1+1"], "score": [0.1]}))
    b"name,score\\n'=1+1,0.1\\n"
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([_csv_text(str(name)) for name in table.columns])
    writer.writerows(zip(*(_csv_cells(table[name]) for name in table.columns), strict=True))
    text = buffer.getvalue()
    return text.encode("utf-8" if text.isascii() else "utf-8-sig")


def as_json(table: pd.DataFrame) -> bytes:
    """Return a table as a JSON list of rows, null for what is not there."""
    columns = {name: _plain(table[name]) for name in table.columns}
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, allow_nan=False) for row in rows)
    return f"[\n{lines}\n]\n".encode() if rows else b"[]\n"


def as_parquet(table: pd.DataFrame) -> bytes:
    """Return a table as Parquet with the types it has."""
    buffer = io.BytesIO()
    table.to_parquet(buffer, engine="pyarrow", index=False)
    return buffer.getvalue()


def as_xlsx(sheets: Mapping[str, pd.DataFrame]) -> bytes:
    """Return tables as the sheets of one workbook.

    Text stays text: nothing becomes a formula or a link. Header frozen, with filters.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": stamp()})
        bold = book.add_format({"bold": True})
        for name, table in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(table.columns):
                cells = _plain(table[column])
                sheet.write_string(0, place, str(column), bold)
                sheet.write_column(1, place, cells)
                widest = max((len(str(cell)) for cell in cells[:200]), default=0)
                sheet.set_column(place, place, min(max(widest, len(str(column))) + 2, 60))
            if len(table) and len(table.columns):
                sheet.autofilter(0, 0, len(table), len(table.columns) - 1)
    return buffer.getvalue()


def as_file(table: pd.DataFrame, format_: Format, sheet: str = "Data") -> bytes:
    """Return one table in any of the formats."""
    if format_ == "xlsx":
        return as_xlsx({sheet: table})
    return {"csv": as_csv, "json": as_json, "parquet": as_parquet}[format_](table)


def made_at() -> datetime | None:
    """The time that goes into files: SOURCE_DATE_EPOCH (seconds, UTC), or none."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    # The agreement allows digits only; anything else counts as not set.
    return datetime.fromtimestamp(int(epoch), UTC).replace(tzinfo=None) if epoch.isdigit() else None


def stamp() -> datetime:
    """The time for files that must have one: SOURCE_DATE_EPOCH, else one that is always the same.

    Examples
    --------
    >>> stamp() == (made_at() or datetime(1980, 1, 1))
    True
    """
    return made_at() or _EARLIEST


def _csv_cells(column: pd.Series) -> list[object]:
    return [_csv_text(cell) if isinstance(cell, str) else cell for cell in _plain(column)]


def _csv_text(text: str) -> str:
    safe = "'" + text if text.startswith(_FORMULA_STARTS) else text
    # A lone CR is a line end to some readers, and the writer does not quote it.
    return safe.replace("\r\n", "\n").replace("\r", "\n")


def _plain(column: pd.Series) -> list[object]:
    """Python values, None for what is not there; the shortest text that gives a float back."""
    if column.dtype.kind == "f":
        numbers = column.to_numpy(dtype=np.float64)
        return [None if np.isnan(number) else float(number) for number in numbers]
    return [None if pd.isna(cell) else cell for cell in column.astype(object)]
