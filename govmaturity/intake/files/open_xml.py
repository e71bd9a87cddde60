"""Read a workbook of Excel or WPS (xlsx, xlsm). Runs in the child process.

python-calamine gives the values. What it does not tell (errors, formulas
without a value, per cent, what is hidden) and what would hurt it (a cell in
the far corner) or deceive it (a number interrupted by a comment) is looked
for in the parts before it sees them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any, Final, NamedTuple
from zipfile import ZipFile

import python_calamine as calamine

from govmaturity.intake.files import answer, soundness, worksheet
from govmaturity.intake.files.refused import RefusedError

# What brings values from elsewhere: other workbooks and DDE, databases, embedded objects.
_OUTSIDE: Final = ("xl/externallinks/", "xl/connections", "xl/querytables/", "xl/embeddings/")
_WITH_TEXT: Final = ("worksheets/", "sharedstrings")
_STYLES: Final = "xl/styles.xml"


def read(content: bytes) -> dict[str, Any]:
    """Return the answer for a workbook whose directory has passed the guard.

    Once the sheets are known to be of a sound extent, python-calamine reads
    them in a thread while they are scanned for what it does not tell. It
    leaves the interpreter free then; to open the file it needs it, and would
    wait for every long search of the scan.
    """
    with ZipFile(BytesIO(content)) as archive, ThreadPoolExecutor(1) as beside:
        parts = _sound_parts(archive)
        reading = beside.submit(_sheets, _open(content))
        found = _look_through(parts)
        remarks = _remarks(parts)
        errors = {text for hidden in found.values() for text in hidden.errors.values()}
        if errors - worksheet.KNOWN_ERRORS:
            reading.cancel()
            reading = beside.submit(_sheets, _open(_with_known_errors(archive)))
    try:
        sheets = [
            _sheet(sheet, about, found.get(about.name, answer.Hidden()))
            for sheet, about in reading.result()
        ]
    except calamine.CalamineError as fault:
        raise _broken(fault) from None
    return answer.book(sheets, remarks=remarks)


def _open(content: bytes) -> calamine.CalamineWorkbook:
    try:
        return calamine.CalamineWorkbook.from_filelike(BytesIO(content))
    except calamine.PasswordError:
        raise RefusedError("password") from None
    except calamine.CalamineError as fault:
        raise _broken(fault) from None


def _broken(fault: Exception) -> RefusedError:
    return RefusedError("broken_file", found=type(fault).__name__)


def _sheets(
    opened: calamine.CalamineWorkbook,
) -> list[tuple[calamine.CalamineSheet, calamine.SheetMetadata]]:
    with opened as book:
        return [
            (book.get_sheet_by_index(place), about)
            for place, about in enumerate(book.sheets_metadata)
            if about.typ == calamine.SheetTypeEnum.WorkSheet
        ]


def _with_known_errors(archive: ZipFile) -> bytes:
    """The workbook with #VALUE! for errors that python-calamine does not know, such as #SPILL!.

    It would refuse the whole file for one of them; what they are called is
    known from the scan.
    """
    target = BytesIO()
    with ZipFile(target, "w") as copy:
        for name in archive.namelist():
            part = archive.read(name)
            if "worksheets/" in name.casefold():
                part = worksheet.with_known_errors(part)
            copy.writestr(name, part)
    return target.getvalue()


class _Parts(NamedTuple):
    """The XML parts of a workbook by their paths in lower case, and how they are called there.

    `sheets` are the names of the sheets by the paths of their parts; two
    sheets may share one. `paths` are those of all entries.
    """

    xml: Mapping[str, bytes]
    names: Mapping[str, str]
    sheets: Mapping[str, Sequence[str]]
    paths: Collection[str]


def _sound_parts(archive: ZipFile) -> _Parts:
    """Unpack the parts; refuse them where a reader of values would be hurt."""
    names = {name.casefold(): name for name in archive.namelist()}
    read_ = {key: name for key, name in names.items() if key.endswith((".xml", ".rels", ".vml"))}
    xml: dict[str, bytes] = {}
    for key, name in read_.items():
        xml[key] = archive.read(name)
        soundness.refuse_entities(xml[key], name)
    sheets = _sheet_parts(xml)
    for key in xml:
        if key in sheets or "worksheets/" in key:
            xml[key] = worksheet.with_places(worksheet.plain_names(xml[key]))
            soundness.check_extent(xml[key], sheets.get(key, ("",))[0])
    return _Parts(xml, names, sheets, list(names))


def _remarks(parts: _Parts) -> set[str]:
    found = set()
    if any(path.endswith("vbaproject.bin") for path in parts.paths):
        found.add("macros_not_run")
    if any(path.startswith(_OUTSIDE) for path in parts.paths):
        found.add("external_links")
    return found


def _look_through(parts: _Parts) -> dict[str, answer.Hidden]:
    """Refuse what would deceive a reader of values; return what is hidden in each sheet."""
    styles: frozenset[int] = frozenset()
    if _STYLES in parts.xml:
        styles = worksheet.percent_styles(parts.xml[_STYLES])
    found = {}
    for key, part in parts.xml.items():
        if any(word in key for word in _WITH_TEXT) or key in parts.sheets:
            soundness.refuse_interrupted(part, parts.names[key])
        if key in parts.sheets:
            hidden = worksheet.hidden_from_readers(part, styles)
            found.update(dict.fromkeys(parts.sheets[key], hidden))
    return found


def _sheet_parts(xml: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Return the names of the sheets by the paths of their parts, in lower case."""
    targets: dict[str, str] = {}
    sheets: dict[str, list[str]] = {}

    def relation(_: str, attributes: dict[str, str]) -> None:
        if "Id" in attributes and "Target" in attributes:
            path = posixpath.join("/xl", attributes["Target"])
            targets[attributes["Id"]] = posixpath.normpath(path).lstrip("/").casefold()

    def sheet(element: str, attributes: dict[str, str]) -> None:
        if element.rpartition(":")[2] == "sheet":
            id_ = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            sheets.setdefault(targets.get(id_, ""), []).append(attributes.get("name", ""))

    for path, start in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
        worksheet.parse_small(xml[path], start)
    return sheets


def _sheet(
    sheet: calamine.CalamineSheet, about: calamine.SheetMetadata, hidden: answer.Hidden
) -> dict[str, Any]:
    # Rows come from the first row of the sheet on, cells from the first used column.
    before = [None] * (sheet.start[1] if sheet.start else 0)
    grid: answer.Grid = {}
    for number, row in enumerate(sheet.iter_rows(), start=1):
        # Nearly all cells are plain numbers; what is not finite less itself is not zero.
        cells = [
            cell if type(cell) is float and cell - cell == 0.0 else answer.content(cell)
            for cell in row
        ]
        if answer.without_blank_end(cells):
            grid[number] = before + cells
    return answer.sheet(
        about.name,
        grid,
        hidden,
        (
            (first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1)
            for first, last in sheet.merged_cell_ranges or ()
        ),
        is_hidden=about.visible != calamine.SheetVisibleEnum.Visible,
    )
