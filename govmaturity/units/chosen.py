"""The units that somebody asks for: a list of ids of any tier, or a csv with a column of units."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from govmaturity.texts import Language
from govmaturity.units.registry import Registry

Chosen = tuple[tuple[str, str], ...]
"""Ids of units with their names, in the order asked for."""

# Headers of columns with the ids and the names of units, compared without regard to case.
UNIT_COLUMNS: Final = ("unit", "unit_id", "adcode", "code", "区划代码", "行政区划代码")
NAME_COLUMNS: Final = ("name", "unit_name", "名称", "区县")

# An id of the user's own. Long numbers are mistaken codes rather than ids.
OWN_ID: Final = re.compile(r"(?![0-9]{5,}$)\w[\w.\-]{0,79}")
# UTF-8 first: text in UTF-8 can pass for GB18030, hardly ever the other way round.
_ENCODINGS: Final = ("utf-8-sig", "gb18030")


class UnknownUnitsError(ValueError):
    """Ids that no unit has: `unknown` holds all of them, the message the first ten."""

    def __init__(self, unknown: Sequence[str]) -> None:
        self.unknown = tuple(unknown)
        more = ", …" if len(unknown) > 10 else ""
        super().__init__(
            f"{len(unknown)} unknown units: {', '.join(unknown[:10])}{more}; "
            "expected codes such as 440106, 440100 or 440000"
        )


class UnitsFileError(ValueError):
    """A file that is no csv with a column of units."""


def choose(ids: Iterable[str], registry: Registry, language: Language) -> Chosen:
    """Return the units that ids of any tier mean, with their names; none twice.

    A province or prefecture means the districts and counties inside it that
    are assessed; a unit named itself is taken whether it is assessed or not.

    Parameters
    ----------
    ids : iterable of str
        Blank ones do not count.
    registry : Registry
    language : {"zh", "en"}
        Of the names.

    Raises
    ------
    UnknownUnitsError
        Naming every id that no unit has.

    Examples
    --------
    >>> from govmaturity.units.registry import registry
    >>> choose(["440106"], registry(), "zh"), len(choose(["360700"], registry(), "zh"))
    ((('440106', '天河区'),), 18)
    """
    asked = [(id_.strip(), "") for id_ in ids if id_.strip()]
    return _resolved(asked, registry, language, takes_own=False)


def choose_from_csv(content: bytes, registry: Registry, language: Language) -> Chosen:
    """Return the units that a csv lists, in its order; none twice.

    It has a column of ids (see `UNIT_COLUMNS`) and perhaps one of names (see
    `NAME_COLUMNS`), which otherwise come from the registry. Ids of the user's
    own are taken; one without a name goes by its id.

    Raises
    ------
    UnitsFileError
        If the content is no text, or has no column of units.
    UnknownUnitsError
        Naming every code that no unit has.

    Examples
    --------
    >>> from govmaturity.units.registry import registry
    >>> choose_from_csv("adcode,名称\\n440106,\\nzone-1,开发区\\n".encode(), registry(), "en")
    (('440106', 'Tianhe District'), ('zone-1', '开发区'))
    """
    rows = list(csv.reader(io.StringIO(_decoded(content), newline="")))
    header = [title.strip().casefold() for title in rows[0]] if rows else []
    unit = next((header.index(title) for title in UNIT_COLUMNS if title in header), None)
    name = next((header.index(title) for title in NAME_COLUMNS if title in header), None)
    if unit is None:
        raise UnitsFileError(f"no column of units; expected one of: {', '.join(UNIT_COLUMNS)}")
    asked = []
    for row in rows[1:]:
        id_ = row[unit].strip() if unit < len(row) else ""
        if id_:
            asked.append((id_, row[name].strip() if name is not None and name < len(row) else ""))
    return _resolved(asked, registry, language, takes_own=True)


def _resolved(
    asked: Iterable[tuple[str, str]], registry: Registry, language: Language, *, takes_own: bool
) -> Chosen:
    found: dict[str, str] = {}
    unknown: dict[str, None] = {}
    for id_, name in asked:
        if id_ in registry and not registry.old_code(id_):
            below = registry.descendants(id_)
            for unit in below:
                if unit == id_:
                    found.setdefault(unit, name or registry.name(unit, language))
                elif registry.get(unit).assessed:
                    found.setdefault(unit, registry.name(unit, language))
        elif takes_own and OWN_ID.fullmatch(id_):
            found.setdefault(id_, name or id_)
        else:
            unknown.setdefault(id_)
    if unknown:
        raise UnknownUnitsError(list(unknown))
    return tuple(found.items())


def _decoded(content: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnitsFileError("neither UTF-8 nor GB18030 text")
