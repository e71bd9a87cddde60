"""Workbooks as a person leaves them: figures spoilt, one value changed, computed anew."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import openpyxl

from govmaturity.report.workbook.sheets import FIRST_ROW
from govmaturity.scoring import Scores
from govmaturity.scoring.level import bands

# xlsxwriter numbers the files of sheets in the order in which they stand.
ABOUT, RESULTS, VALUES, INDICATORS, GROUPS, LEVELS = range(1, 7)
SPOILT = 987654.25
_CACHED = re.compile(r"(<c r=\"[A-Z]+[0-9]+\"[^>]*?)( t=\"[a-z]+\")?(><f>[^<]*</f>)<v>[^<]*</v>")


def spoilt(content: bytes) -> bytes:
    """The same workbook with every cached figure of a formula replaced by nonsense."""
    counted = 0

    def spoil(sheet: str) -> str:
        nonlocal counted
        text, number = _CACHED.subn(rf"\1\3<v>{SPOILT}</v>", sheet)
        assert text.count("<f>") == number, "a formula kept its figure"
        counted += number
        return text

    found = _changed(content, {"xl/worksheets/sheet": spoil})
    assert counted
    return found


def with_value(
    content: bytes, id_: str, value: float | str | None, sheet: int = VALUES, column: str = "D"
) -> bytes:
    """The same workbook with one cell of a row changed, as typing it does; the rest untouched.

    A reported value unless another sheet and column are named; the last row of that id.
    """
    rows = openpyxl.load_workbook(io.BytesIO(content)).worksheets[sheet - 1]
    row = [cells[0].row for cells in rows.iter_rows(FIRST_ROW + 1) if cells[0].value == id_][-1]
    cell = f"{column}{row}"
    typed = "" if value is None else f"<v>{value!r}</v>"
    kind = ""
    if isinstance(value, str):
        kind, typed = ' t="inlineStr"', f"<is><t>{value}</t></is>"
    pattern = re.compile(rf'<c r="{cell}"( s="[0-9]+")?[^>]*?(/>|>.*?</c>)')

    def change(text: str) -> str:
        found, number = pattern.subn(rf'<c r="{cell}"\1{kind}>{typed}</c>', text)
        assert number == 1, cell
        return found

    return _changed(content, {f"xl/worksheets/sheet{sheet}.xml": change})


def _changed(content: bytes, changes: Mapping[str, object]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            for start, change in changes.items():
                if name.startswith(start) and callable(change):
                    part = change(part.decode("utf-8")).encode("utf-8")
            after.writestr(name, part)
    return made.getvalue()


@dataclass(frozen=True)
class Node:
    """What the sheet of results says of a node; None where it shows a dash."""

    score: float | None
    coverage: float | None
    before: float | None = None
    level: float | None = None


def results_of(content: bytes) -> dict[str, Node]:
    """What the sheet of results says, node by node, without computing anything."""
    sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets[RESULTS - 1]
    found = {}
    for cells in sheet.iter_rows(FIRST_ROW + 1, values_only=True):
        if cells[0]:
            shown = [None if cell == "–" else cell for cell in cells[2:6]]
            found[str(cells[0])] = Node(*shown)
    return found


def engine_says(scores: Scores, unit: str, period: str) -> dict[str, Node]:
    """The same from the engine."""
    row = scores.row(unit, period)
    found = {}
    for node in scores.plan.nodes:
        figures: list[float | None] = [
            _there(float(scores.of(node)[row])),
            _there(float(scores.coverage_of(node)[row])),
        ]
        if scores.framework.levels:
            figures += [
                int(bands(scores.framework, scores.of(node))[row]) or None,
                int(scores.level_of(node)[row]) or None,
            ]
        found[node] = Node(*figures)
    return found


def _there(number: float) -> float | None:
    return None if np.isnan(number) else number


def assert_same(found: Mapping[str, Node], expected: Mapping[str, Node], width: float) -> None:
    """Every node has the same score to 1e-9 of the scale, coverage to 1e-9, the same levels."""
    assert list(found) == list(expected)
    for node, one in expected.items():
        mine = found[node]
        assert (mine.before, mine.level) == (one.before, one.level), node
        for got, wanted, tolerance in (
            (mine.score, one.score, 1e-9 * width),
            (mine.coverage, one.coverage, 1e-9),
        ):
            assert (got is None) == (wanted is None), (node, got, wanted)
            if got is not None and wanted is not None:
                assert abs(got - wanted) <= tolerance, (node, got, wanted)


def formulas_of(content: bytes) -> dict[tuple[str, str], object]:
    """The figure beside every formula of a workbook, by sheet and cell."""
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    figures = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return {
        (sheet.title, cell.coordinate): figures[sheet.title][cell.coordinate].value
        for sheet in formulas
        for cells in sheet.iter_rows()
        for cell in cells
        if cell.data_type == "f"
    }
