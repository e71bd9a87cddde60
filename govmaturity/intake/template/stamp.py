"""The version sheet of a template: what the file was made for, sealed by a hash.

The hash is no signature: whoever knows this module can compute it anew. It
tells that somebody has changed the sheet by hand, nothing more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from math import isfinite
from typing import Final, Literal, get_args

from govmaturity.intake.files.reader import Cell, Row, Sheet, Workbook
from govmaturity.intake.table.headers import text_of
from govmaturity.intake.table.periods import read_period

Layout = Literal["wide", "one_unit"]
LastValues = Mapping[tuple[str, str], float]
"""Values by unit and field."""

MARK: Final = "govmaturity-template"
FORMAT: Final = "1"
# Headers of the sheet for one unit; it is read as a long table.
ONE_UNIT_COLUMNS: Final = (
    "indicator",
    "label",
    "unit_of_measure",
    "definition",
    "wanted",
    "last_value",
    "value",
    "note",
    "evidence",
)
_SEAL: Final = "sha256"
_Rows = Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Stamp:
    """What the version sheet says.

    Parameters
    ----------
    framework, version, fingerprint : str
        Of the framework that the template was made for.
    period : str
    reporter : str, optional
        As given when the template was made; None if it is for everybody.
    layout : {"wide", "one_unit"}
        Units down and fields across; or the fields of one unit down.
    units : tuple of (id, name)
    fields : tuple of str
        Ids of what is asked, in their order.
    last_period : str
        The period of `last`; blank if there are no last values.
    last : mapping of (unit, field) to float
        What was reported then; nothing else is in it.
    format : str
        The version of the layout of templates.
    is_intact : bool
        Whether the hash fits what the sheet says.
    """

    framework: str
    version: str
    fingerprint: str
    period: str
    reporter: str | None
    layout: Layout
    units: tuple[tuple[str, str], ...]
    fields: tuple[str, ...]
    last_period: str = ""
    last: LastValues = field(default_factory=dict)
    format: str = FORMAT
    is_intact: bool = True

    def rows(self) -> list[tuple[str, ...]]:
        """The rows of the version sheet, all of them text; the last one is the hash.

        Last values have a row per unit, in the order of the fields: a row per
        value would make the sheet larger than the table itself.
        """
        rows: list[tuple[str, ...]] = [
            (MARK, self.format),
            ("framework", self.framework),
            ("version", self.version),
            ("fingerprint", self.fingerprint),
            ("period", self.period),
            ("reporter", self.reporter or ""),
            ("layout", self.layout),
            *(("unit", unit, name) for unit, name in self.units),
            *(("field", id_) for id_ in self.fields),
        ]
        if self.last:
            rows.append(("last_period", self.last_period))
            for unit, _ in self.units:
                told = (self.last.get((unit, id_)) for id_ in self.fields)
                rows.append(("last", unit, *("" if v is None else repr(v) for v in told)))
        rows = [_plain(row) for row in rows]
        return [*rows, (_SEAL, _hash(rows))]


def read_stamp(workbook: Workbook) -> Stamp | None:
    """Return what the version sheet of a workbook says.

    Returns
    -------
    Stamp or None
        None where there is no version sheet, or it lacks something without
        which nothing can be compared: the file is then one like any other.
    """
    sheet = next((sheet for sheet in workbook.sheets if is_version_sheet(sheet)), None)
    if sheet is None:
        return None
    rows = [_plain(map(_said, row.cells)) for row in sheet.rows]
    said = {row[0]: row[1] for row in rows if len(row) > 1 and row[0] not in ("unit", "field")}
    layout = next((one for one in get_args(Layout) if one == said.get("layout")), None)
    period = read_period(said.get("period", ""))
    units = tuple((row[1], (*row, "")[2]) for row in rows if row[0] == "unit" and len(row) > 1)
    ids = tuple(row[1] for row in rows if row[0] == "field" and len(row) > 1)
    if layout is None or period is None or not units or not ids:
        return None
    stamp = Stamp(
        said.get("framework", ""),
        said.get("version", ""),
        said.get("fingerprint", ""),
        period,
        said.get("reporter"),
        layout,
        units,
        ids,
        read_period(said.get("last_period", "")) or "",
        format=said.get(MARK, ""),
        is_intact=rows[-1] == (_SEAL, _hash(rows[:-1])),
    )
    return replace(stamp, last=_last(rows, ids)) if stamp.last_period else stamp


def is_version_sheet(sheet: Sheet) -> bool:
    """Whether a sheet is the version sheet, whatever it is called now."""
    first: Row | None = sheet.rows[0] if sheet.rows else None
    return first is not None and text_of(first.cell(1)) == MARK


def _last(rows: _Rows, ids: tuple[str, ...]) -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for row in rows:
        if row[0] != "last":
            continue
        for id_, text in zip(ids, row[2:], strict=False):
            try:
                value = float(text)
            except ValueError:
                continue
            if isfinite(value):
                found[row[1], id_] = value
    return found


def _said(cell: Cell) -> str:
    # As it stands there: `text_of` alone would put characters right that were hashed as they are.
    return str(cell.value) if cell.kind == "text" else text_of(cell)


def _plain(row: Iterable[str]) -> tuple[str, ...]:
    """Cells as they come back from any spreadsheet: spaces made plain, none at the end."""
    cells = [" ".join(cell.split()) for cell in row]
    while len(cells) > 1 and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _hash(rows: _Rows) -> str:
    return sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()
