"""The stored results of formulas: openpyxl drops them, so they are put back into what it writes.

Without them a copy that is sent back unopened would have formulas and no
values. Text goes from one sheet's XML into the other's as it stands: the first
has been parsed, so it is sound, and it holds no markup.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from govmaturity.intake.files.worksheet import plain_names, with_places

Result = tuple[bytes, bytes]
"""The type of a result (`n`, `str`, `b`, `e`) and its text, escaped as in XML."""

_FORMULA: Final = rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f\s*>)"
_STORED: Final = re.compile(
    rb"""<c\s+r\s*=\s*["']([A-Za-z]+[0-9]+)["']([^<>]*)>\s*"""
    + _FORMULA
    + rb"\s*<v(?:\s[^>]*)?>([^<]+)</v\s*>\s*</c\s*>"
)
_TYPE: Final = re.compile(rb"""\bt\s*=\s*["'](\w+)["']""")
_TYPES: Final = frozenset({b"n", b"str", b"b", b"e"})
# As openpyxl writes a formula, which is the only program that has touched it.
_EMPTY: Final = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"((?: s="[0-9]+")?)>(' + _FORMULA + rb")<v\s*/></c>"
)


def stored(part: bytes) -> dict[bytes, Result]:
    """The results of the formulas of a sheet, from its XML, by cell."""
    if b"<f" not in part and b":f" not in part:
        return {}
    found: dict[bytes, Result] = {}
    for ref, attributes, text in _STORED.findall(with_places(plain_names(part))):
        type_ = _TYPE.search(attributes)
        kind = type_[1] if type_ else b"n"
        if kind in _TYPES:
            found[ref.upper()] = (kind, text)
    return found


def put_back(part: bytes, results: Mapping[bytes, Result]) -> bytes:
    """Write results into a sheet as openpyxl writes it, where the formula is still there."""
    if not results:
        return part

    def filled(found: re.Match[bytes]) -> bytes:
        ref, style, formula = found.groups()
        if ref not in results:
            return found[0]
        kind, text = results[ref]
        return b'<c r="%b"%b t="%b">%b<v>%b</v></c>' % (ref, style, kind, formula, text)

    return _EMPTY.sub(filled, part)
