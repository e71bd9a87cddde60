"""One uploaded file, parsed in a process of its own: `python -m govmaturity.intake.files.child`.

The file comes on standard input, its cells leave as JSON on standard output
(never as a pickle: what parsed a hostile file is not to be believed). A file
made to exhaust memory or time takes only this process with it. Only the
standard library and python-calamine are imported here.

Output: `{"encoding", "sheets": [{"name", "is_hidden", "rows", "hidden_columns",
"merged"}]}`, a row being `[number, is_hidden, cells]`; a cell is null, a text,
a number, true, false or a pair of a mark and a value: `["%", 0.85]` (shown as
per cent), `["d", "2024-01-01"]` (date or time), `["e", "#DIV/0!"]` (error),
`["f", null]` (formula without a stored value). Or `{"refused": {"code",
"found", "sheet", "cell"}}`.
"""

from __future__ import annotations

import gc
import json
import posixpath
import sys
import zlib
from contextlib import suppress
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile

import python_calamine as calamine

from govmaturity.intake.files import limits, worksheet
from govmaturity.intake.files.delimited import RefusedError, decode, rows

try:
    import resource
except ImportError:  # Windows: the guard, the scan and the caller's timeout have to hold
    resource = None  # type: ignore[assignment]

_BROKEN = (
    BadZipFile,
    zlib.error,
    ExpatError,
    calamine.CalamineError,
    KeyError,
    ValueError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
)


def main() -> int:
    """Read standard input, write what it holds; 0 also where it is refused."""
    limit_resources()
    # The process ends before there is garbage worth collecting; a third faster.
    gc.disable()
    content = sys.stdin.buffer.read()
    try:
        answer = _delimited(content) if sys.argv[1:] == ["csv"] else _workbook(content)
        text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        if len(text) > limits.MAX_OUTPUT_BYTES:
            raise RefusedError("too_many_cells")
    except RefusedError as refused:
        text = json.dumps({"refused": vars(refused)})
    except MemoryError:
        text = json.dumps({"refused": {"code": "too_much_memory"}})
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return 0


def limit_resources(
    memory: int = limits.MAX_MEMORY_BYTES, cpu_seconds: int = limits.MAX_CPU_SECONDS
) -> None:
    """Hold this process to its memory and time, and keep it from writing files."""
    if resource is None:
        return
    for kind, most in (
        ("RLIMIT_AS", memory),
        ("RLIMIT_CPU", cpu_seconds),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_CORE", 0),
    ):
        # A system may know a limit and not let it be set (macOS: memory).
        with suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, kind), (most, most))


def _delimited(content: bytes) -> dict[str, Any]:
    text, encoding = decode(content)
    found = [[number, False, cells] for number, cells in rows(text)]
    sheet = {"name": "", "is_hidden": False, "rows": found, "hidden_columns": [], "merged": []}
    return {"encoding": encoding, "sheets": [sheet]}


def _workbook(content: bytes) -> dict[str, Any]:
    try:
        with ZipFile(BytesIO(content)) as archive:
            found = _look_through(archive)
        with calamine.CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            sheets = [
                _sheet(book, place, about, found.get(about.name))
                for place, about in enumerate(book.sheets_metadata)
                if about.typ == calamine.SheetTypeEnum.WorkSheet
            ]
    except calamine.PasswordError:
        raise RefusedError("password") from None
    except RefusedError:
        raise
    except _BROKEN as fault:
        raise RefusedError("broken_file", found=type(fault).__name__) from None
    return {"encoding": "", "sheets": sheets}


def _look_through(archive: ZipFile) -> dict[str, worksheet.Hidden]:
    """Scan every part before a reader sees it; return what is hidden in each sheet by its name."""
    names = {name.casefold(): name for name in archive.namelist()}
    sheets = _sheet_parts(archive, names)
    styles: frozenset[int] = frozenset()
    if "xl/styles.xml" in names:
        part = archive.read(names["xl/styles.xml"])
        worksheet.refuse_entities(part, "styles.xml")
        styles = worksheet.percent_styles(part)
    found = {}
    for key, name in names.items():
        if not key.endswith((".xml", ".rels", ".vml")):
            continue
        part = archive.read(name)
        worksheet.refuse_entities(part, name)
        if key in sheets or "worksheets/" in key:
            part = worksheet.with_places(worksheet.plain_names(part))
            worksheet.check_extent(part, sheets.get(key, ""))
            if key in sheets:
                found[sheets[key]] = worksheet.hidden_from_readers(part, styles)
    return found


def _sheet_parts(archive: ZipFile, names: dict[str, str]) -> dict[str, str]:
    """Return the names of the sheets by the paths of their parts, in lower case."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(_: str, attributes: dict[str, str]) -> None:
        if "Id" in attributes and "Target" in attributes:
            path = posixpath.join("/xl", attributes["Target"])
            targets[attributes["Id"]] = posixpath.normpath(path).lstrip("/").casefold()

    def sheet(element: str, attributes: dict[str, str]) -> None:
        if element.rpartition(":")[2] == "sheet":
            id_ = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            sheets[targets.get(id_, "")] = attributes.get("name", "")

    for path, start in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
        part = archive.read(names[path])
        worksheet.refuse_entities(part, path)
        worksheet.parse_small(part, start)
    return sheets


def _sheet(
    book: calamine.CalamineWorkbook,
    place: int,
    about: calamine.SheetMetadata,
    hidden: worksheet.Hidden | None,
) -> dict[str, Any]:
    sheet = book.get_sheet_by_index(place)
    hidden = hidden or worksheet.Hidden({}, frozenset(), frozenset(), frozenset(), frozenset())
    grid: dict[int, list[Any]] = {}
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        contents = [_content(cell) for cell in cells]
        while contents and contents[-1] is None:
            contents.pop()
        if contents:
            grid[number] = contents
    _mark(grid, hidden)
    return {
        "name": about.name,
        "is_hidden": about.visible != calamine.SheetVisibleEnum.Visible,
        "rows": [[number, number in hidden.rows, grid[number]] for number in sorted(grid)],
        "hidden_columns": sorted(hidden.columns),
        "merged": [
            [first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1]
            for first, last in sheet.merged_cell_ranges or ()
        ],
    }


def _content(cell: Any) -> Any:
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, date | time):
        return ["d", cell.isoformat()]
    if isinstance(cell, timedelta):
        return ["d", str(cell)]
    return cell


def _mark(grid: dict[int, list[Any]], hidden: worksheet.Hidden) -> None:
    for row, column in hidden.percents:
        cells = grid.get(row, ())
        if column <= len(cells) and isinstance(cells[column - 1], float | int):
            cells[column - 1] = ["%", cells[column - 1]]  # type: ignore[index]
    marks: list[tuple[worksheet.Place, list[str | None]]] = [
        (place, ["e", text]) for place, text in hidden.errors.items()
    ]
    marks += [(place, ["f", None]) for place in hidden.formulas]
    for (row, column), mark in marks:
        cells = grid.setdefault(row, [])
        cells.extend([None] * (column - len(cells)))
        cells[column - 1] = mark


if __name__ == "__main__":
    raise SystemExit(main())
