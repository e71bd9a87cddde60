"""Units over time: codes that are no more, and what took their place from which year on."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from govmaturity.framework.base import Words
from govmaturity.texts import LANGUAGES, say

Kind = Literal["renamed", "merged", "split", "none"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
COLUMNS: Final = (
    "code",
    "name_zh",
    "name_en",
    "parent",
    "kind",
    "year",
    "successor",
    "share",
    "note_zh",
    "note_en",
)
# May be there: the name of a successor that no registry knows yet.
SUCCESSOR_NAMES: Final = ("successor_zh", "successor_en")


@dataclass(frozen=True)
class UnitChange:
    """From the beginning of `year` on, what `code` stood for belongs to `successor`.

    Parameters
    ----------
    code : str
        It may be its own successor: a unit that others joined, or that lost a
        part, under the same code.
    name : Words
        As it was called until then.
    parent : str
        The unit above it.
    kind : {"renamed", "merged", "split", "none"}
        `renamed`: the same area under another code. `merged`: the successor
        holds other area too; every unit that went into it has a row, also
        one that gave it its code. `split`: the area went to several
        successors, a row for each. `none`: it never was a unit.
    year : int, optional
        None where the kind is `none`.
    successor : str, optional
        None where the kind is `none`.
    share : float, optional
        Of what is counted in a unit that is split, how much went to this
        successor, in (0, 1]; None where nobody has said. 1 for other kinds.
    note : Words, optional
        One sentence for people; not needed where the code stays.
    into : Words, optional
        The successor's name, where no registry knows it yet.
    """

    code: str
    name: Words
    parent: str
    kind: Kind
    year: int | None
    successor: str | None
    share: float | None
    note: Words | None
    into: Words | None = None

    @property
    def keeps_code(self) -> bool:
        return self.code == self.successor

    @property
    def told(self) -> Words:
        """What became of the unit, without a full stop: the note, or what the other fields say."""
        if self.note is not None:
            return self.note
        into = self.into or Words(zh=str(self.successor), en=str(self.successor))
        said = {
            language: say(
                f"units.change_{self.kind}",
                language,
                name=self.name.in_(language),
                code=self.code,
                into=into.in_(language),
                successor=self.successor,
                year=self.year,
            )
            for language in LANGUAGES
        }
        return Words(**said)


class ChangeError(ValueError):
    """A row of a table of changes that cannot be: `field`, what was found, what was expected."""

    def __init__(self, line: int, field: str, found: str, expected: str) -> None:
        super().__init__(f"line {line}, {field}: found {found!r}, expected {expected}")
        self.line, self.field, self.found, self.expected = line, field, found, expected


def read_changes(lines: Iterable[str]) -> tuple[UnitChange, ...]:
    """Read a csv with the columns `COLUMNS`.

    Raises
    ------
    ChangeError
        As `changes_of`.
    """
    return changes_of(csv.DictReader(lines), first=2)


def changes_of(
    rows: Iterable[Mapping[str, str | None]], *, first: int = 1
) -> tuple[UnitChange, ...]:
    """Return the changes that rows of text say, by the names of `COLUMNS`.

    Parameters
    ----------
    rows : iterable of mappings
        What a row lacks is blank.
    first : int
        What the first row is called in an error.

    Raises
    ------
    ChangeError
        At the first row that cannot be, or where the shares of a unit add up
        to more than one.
    """
    found = [_change(number, row) for number, row in enumerate(rows, first)]
    total: dict[tuple[str, int | None], float] = {}
    for number, one in enumerate(found, first):
        key = (one.code, one.year)
        total[key] = total.get(key, 0.0) + (one.share or 0.0)
        if total[key] > 1 + 1e-9:
            raise ChangeError(number, "share", f"{total[key]:g}", "shares of up to 1 in all")
    return tuple(found)


def _change(line: int, row: Mapping[str, str | None]) -> UnitChange:
    said = {name: (row.get(name) or "").strip() for name in (*COLUMNS, *SUCCESSOR_NAMES)}
    kind = next((one for one in KINDS if one == said["kind"]), None)
    if kind is None:
        raise ChangeError(line, "kind", said["kind"], " | ".join(KINDS))
    if not said["code"]:
        raise ChangeError(line, "code", "", "the code of a unit")
    is_unit = kind != "none"
    if is_unit and not said["successor"]:
        raise ChangeError(line, "successor", "", "the code of a unit")
    if is_unit and not (said["year"].isascii() and said["year"].isdigit()):
        raise ChangeError(line, "year", said["year"], "a year, like 2014")
    return UnitChange(
        code=said["code"],
        name=Words(zh=said["name_zh"] or said["code"], en=said["name_en"] or said["code"]),
        parent=said["parent"],
        kind=kind,
        year=int(said["year"]) if is_unit else None,
        successor=said["successor"] if is_unit else None,
        share=_share(line, kind, said["share"]),
        note=_words(said["note_zh"], said["note_en"]),
        into=_words(said["successor_zh"], said["successor_en"]),
    )


def _share(line: int, kind: Kind, text: str) -> float | None:
    if kind != "split":
        return 1.0
    if not text:
        return None
    try:
        share = float(text)
    except ValueError:
        share = 0.0
    if not 0 < share <= 1:
        raise ChangeError(line, "share", text, "a number above 0 and up to 1")
    return share


def _words(zh: str, en: str) -> Words | None:
    return Words(zh=zh or en, en=en or zh) if zh or en else None
