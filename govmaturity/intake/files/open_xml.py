"""Read a workbook of Excel or WPS (xlsx, xlsm). Runs in the child process.

python-calamine gives the values. What it does not tell (errors, formulas
without a value, per cent, what is hidden) and what would hurt it (a cell in
the far corner) or deceive it (a number interrupted by a comment) is looked
for in the parts before it sees them.
"""

from __future__ import annotations

import posixpath
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

import python_calamine as calamine

from govmaturity.intake.files import answer, soundness, worksheet
from govmaturity.intake.files.delimited import RefusedError

# What brings values from elsewhere: other workbooks and DDE, databases, embedded objects.
_OUTSIDE: Final = ("xl/externallinks/", "xl/connections", "xl/querytables/", "xl/embeddings/")
_WITH_TEXT: Final = ("worksheets/", "sharedstrings")


def read(content: bytes) -> dict[str, Any]:
    """Return the answer for a workbook whose directory has passed the guard."""
    with ZipFile(BytesIO(content)) as archive:
        found = _look_through(archive)
        remarks = _remarks(archive)
        errors = {text for hidden in found.values() for text in hidden.errors.values()}
        if errors - worksheet.KNOWN_ERRORS:
            content = _with_known_errors(archive)
    try:
        with calamine.CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            sheets = [
                _sheet(book, place, about, found.get(about.name, answer.Hidden()))
                for place, about in enumerate(book.sheets_metadata)
                if about.typ == calamine.SheetTypeEnum.WorkSheet
            ]
    except calamine.PasswordError:
        raise RefusedError("password") from None
    except calamine.CalamineError as fault:
        raise RefusedError("broken_file", found=type(fault).__name__) from None
    return answer.book(sheets, remarks=remarks)


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


def _remarks(archive: ZipFile) -> set[str]:
    names = [name.casefold() for name in archive.namelist()]
    found = set()
    if any(name.endswith("vbaproject.bin") for name in names):
        found.add("macros_not_run")
    if any(name.startswith(_OUTSIDE) for name in names):
        found.add("external_links")
    return found


def _look_through(archive: ZipFile) -> dict[str, answer.Hidden]:
    """Scan every part before a reader sees it; return what is hidden in each sheet by its name."""
    names = {name.casefold(): name for name in archive.namelist()}
    sheets = _sheet_parts(archive, names)
    styles: frozenset[int] = frozenset()
    if "xl/styles.xml" in names:
        part = archive.read(names["xl/styles.xml"])
        soundness.refuse_entities(part, "styles.xml")
        styles = worksheet.percent_styles(part)
    found = {}
    for key, name in names.items():
        if not key.endswith((".xml", ".rels", ".vml")):
            continue
        part = archive.read(name)
        soundness.refuse_entities(part, name)
        if any(word in key for word in _WITH_TEXT) or key in sheets:
            soundness.refuse_interrupted(part, name)
        if key in sheets or "worksheets/" in key:
            part = worksheet.with_places(worksheet.plain_names(part))
            soundness.check_extent(part, sheets.get(key, ("",))[0])
            if key in sheets:
                hidden = worksheet.hidden_from_readers(part, styles)
                found.update(dict.fromkeys(sheets[key], hidden))
    return found


def _sheet_parts(archive: ZipFile, names: dict[str, str]) -> dict[str, list[str]]:
    """Return the names of the sheets by the paths of their parts, in lower case.

    Two sheets may share one part.
    """
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
        part = archive.read(names[path])
        soundness.refuse_entities(part, path)
        worksheet.parse_small(part, start)
    return sheets


def _sheet(
    book: calamine.CalamineWorkbook,
    place: int,
    about: calamine.SheetMetadata,
    hidden: answer.Hidden,
) -> dict[str, Any]:
    sheet = book.get_sheet_by_index(place)
    # Rows come from the first row of the sheet on, cells from the first used column.
    before = [None] * (sheet.start[1] if sheet.start else 0)
    grid: answer.Grid = {}
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [cell if type(cell) is float else answer.content(cell) for cell in row]
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
