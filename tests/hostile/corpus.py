"""Every hostile or awkward file that an upload must survive, made by script.

A group is a module with `cases()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from tests.hostile import cells, containers, meanings, other_formats, texts, workbooks, xml_parts
from tests.hostile.making import Case

GROUPS: Final[Mapping[str, Callable[[], Iterator[Case]]]] = {
    "Container": containers.cases,
    "Formats": other_formats.cases,
    "XML": xml_parts.cases,
    "Workbook": workbooks.cases,
    "Cells": cells.cases,
    "CSV": texts.cases,
    "Meaning": meanings.cases,
}


def corpus() -> Iterator[tuple[str, Case]]:
    """Every case with its group."""
    for group, cases in GROUPS.items():
        for case in cases():
            yield group, case
