"""What a workbook has that openpyxl 3.1 does not write again.

Found out by comparing archives before and after (`tests/intake/marked`). Not
named is what nobody misses: printer settings, the order of calculation, the
picture of the first page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from zipfile import ZipFile

# The beginnings of part names, in lower case.
_PARTS: Final[tuple[tuple[str, str], ...]] = (
    ("xl/vbaproject", "macros"),
    ("xl/macrosheets/", "macros"),
    ("xl/dialogsheets/", "macros"),
    ("customui/", "macros"),
    ("xl/ctrlprops/", "controls"),
    ("xl/activex/", "controls"),
    ("xl/embeddings/", "objects"),
    ("xl/media/", "pictures"),
    ("xl/cellimages", "pictures"),
    ("xl/richdata/", "rich_data"),
    ("xl/charts/style", "chart_formats"),
    ("xl/charts/colors", "chart_formats"),
    ("xl/charts/chartex", "charts"),
    ("xl/chartex", "charts"),
    ("xl/diagrams/", "shapes"),
    ("xl/slicer", "slicers"),
    ("xl/timeline", "slicers"),
    ("xl/connections", "connections"),
    ("xl/querytables/", "connections"),
    ("xl/model/", "connections"),
    ("xl/threadedcomments/", "threads"),
    ("customxml/", "custom_xml"),
    ("_xmlsignatures/", "signature"),
)
# What stands inside parts: a piece of the part's name, a pattern, the kind.
_INSIDE: Final[tuple[tuple[str, re.Pattern[bytes], str], ...]] = (
    ("xl/drawings/drawing", re.compile(rb"<(?:\w+:)?(?:sp|grpSp|cxnSp)[\s>]"), "shapes"),
    (
        "xl/drawings/vmldrawing",
        re.compile(
            rb"""ObjectType\s*=\s*["'](?:Checkbox|Radio|Drop|Button|List|Spin|Scroll|GBox)"""
        ),
        "controls",
    ),
    ("xl/worksheets/", re.compile(rb"<(?:\w+:)?sparklineGroup[\s>]"), "sparklines"),
    ("xl/worksheets/", re.compile(rb"<x14:dataValidation[\s>]"), "drop_downs"),
    ("xl/worksheets/", re.compile(rb"<x14:conditionalFormatting[\s>]"), "conditional_formats"),
    ("xl/worksheets/", re.compile(rb"<(?:\w+:)?legacyDrawingHF[\s/]"), "header_pictures"),
    ("xl/worksheets/", re.compile(rb"<(?:\w+:)?picture[\s/]"), "pictures"),
    ("xl/worksheets/", re.compile(rb"<(?:\w+:)?protectedRange[\s/]"), "protected_ranges"),
    ("xl/worksheets/", re.compile(rb"""<(?:\w+:)?c\s[^<>]*\bcm\s*=\s*["']"""), "dynamic_arrays"),
    ("xl/sharedstrings", re.compile(rb"<(?:\w+:)?rPh[\s>]"), "phonetic"),
)

KINDS: Final = tuple(
    dict.fromkeys([*(kind for _, kind in _PARTS), *(kind for _, _, kind in _INSIDE)])
)


def count_kinds(archive: ZipFile) -> Mapping[str, int]:
    """How much an archive has of each kind that is not kept; kinds without any are left out."""
    found: dict[str, int] = {}
    for name in archive.namelist():
        key = name.casefold()
        for start, kind in _PARTS:
            if key.startswith(start) and not key.endswith("/"):
                found[kind] = found.get(kind, 0) + 1
        patterns = [(pattern, kind) for start, pattern, kind in _INSIDE if key.startswith(start)]
        part = archive.read(name) if patterns else b""
        for pattern, kind in patterns:
            count = len(pattern.findall(part))
            if count:
                found[kind] = found.get(kind, 0) + count
    return {kind: found[kind] for kind in KINDS if kind in found}
