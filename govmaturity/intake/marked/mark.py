"""Give an uploaded file back with its faults marked: coloured cells, notes, an index in front.

The copy is made in a child process, since openpyxl has to parse the upload, and
is read again before it is handed out.
What cannot be marked as it is comes back as a new workbook in the same layout,
and if that is too much, as the list of findings alone.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final

from govmaturity.intake.files import limits
from govmaturity.intake.files.guard import recognise
from govmaturity.intake.files.process import run_apart
from govmaturity.intake.files.reader import Row, Workbook, read
from govmaturity.intake.issues import Issue, Unreadable
from govmaturity.intake.marked.child import LENGTH
from govmaturity.intake.marked.compose import ONLY_VALUES, compose, lost_word
from govmaturity.intake.marked.losses import KINDS
from govmaturity.intake.marked.orders import Orders
from govmaturity.intake.marked.proof import says_the_same
from govmaturity.intake.marked.recognise import without_index
from govmaturity.intake.table.corrected import Corrections
from govmaturity.texts import LANGUAGES, Language, say

_MODULE: Final = "govmaturity.intake.marked.child"
_ARCHIVE: Final = b"PK\x03\x04"
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
_LONGEST_NAME: Final = 31


@dataclass(frozen=True)
class Marked:
    """A marked copy.

    Parameters
    ----------
    content : bytes
        A workbook (.xlsx), the same bytes for the same file and findings.
    name : str
        What to call it: that of the upload, and that it is marked.
    is_same_file : bool
        Whether it is the uploaded workbook itself with marks, and not a new
        workbook in its layout or a mere list.
    lost : tuple of str
        What the upload had and the copy has not, in words; empty for a list.
    about : str
        A sentence that says what kind of copy it is.
    """

    content: bytes = field(repr=False)
    name: str
    is_same_file: bool
    lost: tuple[str, ...]
    about: str


def mark(
    content: bytes,
    workbook_name: str,
    issues: Sequence[Issue],
    language: Language,
    *,
    corrections: Corrections | None = None,
) -> Marked:
    """Return an uploaded file with its findings marked in it.

    Parameters
    ----------
    content : bytes
        The upload as it came. A marked copy that came back is cleaned first.
    workbook_name : str
        What it is called.
    issues : sequence of Issue
        What `check` has found. Cells that the file does not have are passed over.
    language : {"zh", "en"}
        Of notes and index.
    corrections : mapping of (sheet, cell) to str, optional
        What was typed in the browser instead of what the cells hold; the sheet
        of a csv is "". An empty text makes the cell blank.

    Returns
    -------
    Marked
        For every file, however broken: then the list of findings alone.
    """
    name = copy_name(workbook_name, language)
    typed = corrections or {}
    try:
        format_ = recognise(content)
        workbook = without_index(read(content))
        if format_ == "xlsx":
            about = say("marked.about_same", language)
            answer = _in_child("same", compose(issues, language, typed, about), content)
            if answer is not None and _is_true(answer[0], workbook, typed):
                return Marked(answer[0], name, True, _words(answer[1], language), about)
    except Unreadable:
        return _only_index(name, issues, language)
    if format_ == "xlsx":
        about, lost = say("marked.about_values", language), list(ONLY_VALUES)
    else:
        about, lost = say("marked.about_format", language, format=format_), []
    names = _sheet_names(workbook, language)
    answer = _in_child(
        "values",
        compose(issues, language, typed, about, names),
        json.dumps(
            {"sheets": _values(workbook, names), "lost": lost, "is_csv": format_ == "csv"}
        ).encode(),
    )
    if answer is None:
        return _only_index(name, issues, language)
    return Marked(answer[0], name, False, _words(lost, language), about)


def copy_name(name: str, language: Language) -> str:
    """What the marked copy of a file is called; marked twice, it is called so once.

    Examples
    --------
    >>> copy_name("values (marked).xlsx", "en")
    'values (marked).xlsx'
    """
    stem = PurePosixPath(name.replace("\\", "/")).stem
    for one in LANGUAGES:
        stem = stem.removesuffix(say("marked.name", one, stem=""))
    return f"{say('marked.name', language, stem=stem)}.xlsx"


def _in_child(kind: str, orders: Orders, given: bytes) -> tuple[bytes, list[str]] | None:
    """The copy and what it has lost; None if none could be made, for whatever reason."""
    told = json.dumps(orders).encode()
    message = len(told).to_bytes(LENGTH, "big") + told + given
    try:
        done = run_apart(_MODULE, kind, message, limits.MARKING_SECONDS)
    except subprocess.TimeoutExpired:
        return None
    head, _, copy = done.stdout.partition(b"\n")
    if done.returncode != 0 or not copy.startswith(_ARCHIVE):
        return None
    # What parsed a hostile file is believed only as far as the words are known.
    lost = re.findall(r"\w+", head.decode("ascii", "replace"))
    return copy, [kind for kind in (*KINDS, *ONLY_VALUES) if kind in lost]


def _is_true(copy: bytes, upload: Workbook, typed: Corrections) -> bool:
    try:
        return says_the_same(without_index(read(copy)), upload, typed.keys())
    except Unreadable:
        return False


def _only_index(name: str, issues: Sequence[Issue], language: Language) -> Marked:
    # openpyxl is heavy, and nothing of the upload goes in here.
    from govmaturity.intake.marked.index_sheet import add_index
    from govmaturity.intake.marked.saving import new_workbook, save

    about = say("marked.about_list", language)
    book = new_workbook()
    add_index(book, compose(issues, language, {}, about)["index"], (), {})
    return Marked(save(book, {}), name, False, (), about)


def _words(kinds: Sequence[str], language: Language) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lost_word(kind, language) for kind in kinds))


def _sheet_names(workbook: Workbook, language: Language) -> dict[str, str]:
    """What the sheets are called in a new workbook: other formats allow other names."""
    names: dict[str, str] = {}
    for sheet in workbook.sheets:
        base = _NOT_IN_NAMES.sub("_", sheet.name).strip() or say("marked.data", language)
        name, number = base[:_LONGEST_NAME], 1
        while name.casefold() in {one.casefold() for one in names.values()}:
            number += 1
            end = f" ({number})"
            name = base[: _LONGEST_NAME - len(end)] + end
        names[sheet.name] = name
    return names


def _values(workbook: Workbook, names: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "name": names[sheet.name],
            "is_hidden": sheet.is_hidden,
            "rows": [(row.number, row.is_hidden, _contents(row)) for row in sheet.rows],
            "hidden_columns": sheet.hidden_columns,
            "merged": sheet.merged,
        }
        for sheet in workbook.sheets
    ]


def _contents(row: Row) -> list[Any]:
    """The contents of a row, with the mark of those that are shown as per cent."""
    if not row.percents:
        return list(row.contents)
    return [
        ["%", content] if column in row.percents and isinstance(content, float) else content
        for column, content in enumerate(row.contents, start=1)
    ]
