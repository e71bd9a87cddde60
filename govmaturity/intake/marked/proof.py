"""Whether a copy says what the upload says: read again by the reader, not by what wrote it.

openpyxl gives no error for much that it does not understand (a workbook in
strict OOXML comes out empty). A copy that reads otherwise is not handed out.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace

from govmaturity.intake.files.reader import Row, Sheet, Workbook

Place = tuple[str, str]
"""A sheet and a cell."""


def says_the_same(copy: Workbook, upload: Workbook, but_for: Container[Place] = ()) -> bool:
    """Whether two workbooks have the same sheets with the same contents.

    Parameters
    ----------
    copy, upload : Workbook
        Without the index sheets of marked copies.
    but_for : container of (sheet, cell)
        Cells that are not compared: what was typed anew.
    """
    one, other = (
        [_without(sheet, but_for) for sheet in workbook.sheets] for workbook in (copy, upload)
    )
    return one == other


def _without(sheet: Sheet, places: Container[Place]) -> Sheet:
    return replace(sheet, rows=tuple(_rows(sheet, places))) if places else sheet


def _rows(sheet: Sheet, places: Container[Place]) -> Iterator[Row]:
    for row in sheet.rows:
        contents = [
            None if (sheet.name, row.ref(column)) in places else content
            for column, content in enumerate(row.contents, start=1)
        ]
        while contents and contents[-1] is None:
            contents.pop()
        if contents:
            yield replace(row, contents=contents)
