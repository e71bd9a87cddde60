"""Findings as sentences for a marked copy: for each cell its note, for the index its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from govmaturity.intake.issues import SEVERITIES, Code, Issue, grouped
from govmaturity.intake.marked.losses import KINDS
from govmaturity.intake.marked.orders import (
    CELLS_LINKED,
    MOST_FINDINGS,
    MOST_NOTES,
    Finding,
    Index,
    Mark,
    Orders,
    plain,
)
from govmaturity.intake.table.corrected import Corrections
from govmaturity.texts import Language, say

# Their sentences speak of "these cells", so that a note has to name them.
_SEVERAL_CELLS: Final[frozenset[Code]] = frozenset(
    {"duplicate_header", "ratio_outside_plausible", "ratio_outside_valid", "row_twice"}
)
_MOST_NAMED: Final = 10
_SHOWN: Final = 500
ONLY_VALUES: Final = ("formats", "formulas")
"""What a new workbook of a workbook's values lacks, beside the kinds of `losses`."""


def compose(
    issues: Sequence[Issue],
    language: Language,
    corrections: Corrections,
    about: str,
    sheets: Mapping[str, str] | None = None,
) -> Orders:
    """Put into words what a marked copy is to say.

    Parameters
    ----------
    issues : sequence of Issue
    language : {"zh", "en"}
    corrections : mapping
    about : str
        What kind of copy it is.
    sheets : mapping, optional
        What the copy calls the sheets of the file, where it calls them otherwise.
    """
    names = sheets or {}
    issues = [replace(issue, sheet=names.get(issue.sheet, issue.sheet)) for issue in issues]
    whole = grouped(issues)
    return {
        "index": _index(whole, issues, language, [about, *_corrected(corrections, language)]),
        "marks": _marks(issues, language),
        "more": say("marked.more", language, sheet=say("marked.index", language)),
        "corrections": [
            (names.get(sheet, sheet), ref.upper(), plain(text, 32_767))
            for (sheet, ref), text in corrections.items()
        ],
        "lost": {kind: lost_word(kind, language) for kind in (*KINDS, *ONLY_VALUES)},
    }


def lost_word(kind: str, language: Language) -> str:
    """What a kind of `losses` is called."""
    return say(f"marked.lost_{kind}", language)


def _index(
    whole: Sequence[Issue], issues: Sequence[Issue], language: Language, lines: list[str]
) -> Index:
    errors, confirms, infos = (
        sum(issue.severity == severity for issue in whole) for severity in SEVERITIES
    )
    if whole:
        counted = say("marked.counted", language, errors=errors, confirms=confirms, infos=infos)
        how_to = say("marked.how_to", language) if any(issue.cells for issue in whole) else ""
        lines += [counted, how_to]
    else:
        lines.append(say("marked.nothing", language))
    cells = len({(issue.sheet, cell) for issue in issues for cell in issue.cells})
    if cells > MOST_NOTES:
        lines.append(say("marked.notes_of_many", language, most=MOST_NOTES, total=cells))
    if len(whole) > MOST_FINDINGS:
        total = len(whole)
        lines.append(say("marked.lines_of_many", language, most=MOST_FINDINGS, total=total))
    columns = ("severity", "sheet", "cells", "total", "text", "found", "expected")
    return {
        "name": say("marked.index", language),
        "title": say("marked.title", language),
        "lines": [line for line in lines if line],
        "not_kept": say("marked.not_kept", language),
        "between": say("marked.between", language),
        "legend": [
            (severity, say(f"marked.legend_{severity}", language)) for severity in SEVERITIES
        ]
        if cells
        else [],
        "header": [say(f"marked.column_{column}", language) for column in columns],
        "findings": [_finding(issue, language) for issue in whole[:MOST_FINDINGS]],
    }


def _corrected(corrections: Corrections, language: Language) -> list[str]:
    return [say("marked.corrected", language, n=len(corrections))] if corrections else []


def _finding(issue: Issue, language: Language) -> Finding:
    return {
        "severity": issue.severity,
        "word": say(f"marked.{issue.severity}", language),
        "sheet": plain(issue.sheet),
        "cells": list(issue.cells[:CELLS_LINKED]),
        "total": len(issue.cells),
        "text": plain(replace(issue, sheet="", cells=()).message(language)),
        "found": plain(issue.found, _SHOWN),
        "expected": plain(issue.expected, _SHOWN),
    }


def _marks(issues: Sequence[Issue], language: Language) -> list[Mark]:
    """A mark for each finding that has cells, errors first: their colour is the one that counts."""
    with_cells = [issue for issue in issues if issue.cells]
    return [
        {
            "sheet": issue.sheet,
            "cells": list(issue.cells),
            "severity": issue.severity,
            "text": say(
                "marked.sentence",
                language,
                severity=say(f"marked.{issue.severity}", language),
                sentence=plain(_in_place(issue).message(language)),
            ),
        }
        for issue in sorted(with_cells, key=lambda one: SEVERITIES.index(one.severity))
    ]


def _in_place(issue: Issue) -> Issue:
    """The finding as its own cell tells it: the note need not say where it hangs."""
    is_named = issue.code in _SEVERAL_CELLS and len(issue.cells) <= _MOST_NAMED
    return replace(issue, sheet="", cells=issue.cells if is_named else ())
