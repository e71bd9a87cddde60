"""The receipt: what a file would change, shown before anything is changed, and proof after."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from pydantic import TypeAdapter

from govmaturity.intake.issues import Issue, Severity
from govmaturity.store.figures import Figure, StoredValue, UnitValues

ValueKey = tuple[str, str, str]
"""A unit, a period and an indicator."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs from the revision before; None where there is nothing.

    `sheet` and `cell` say where the file says so.
    """

    indicator: str
    old: Figure | None
    new: Figure | None
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True)
class Standing:
    """Where a unit stands among those with values of the same period.

    score : on the framework's scale, unrounded; None where there is none.
    level, rank : None where there is none; `ranked` counts the units ranked.
    """

    score: float | None = None
    level: int | None = None
    rank: int | None = None
    ranked: int = 0


@dataclass(frozen=True)
class Part:
    """What a receipt says of one unit and period.

    `base` is the number of the revision that it starts from, 0 for none;
    `same` counts the values that the file states again. `revision` is the
    number of the revision that the acknowledgement made.
    """

    unit: str
    period: str
    base: int
    changes: tuple[Change, ...]
    same: int
    before: Standing = Standing()
    after: Standing = Standing()
    revision: int | None = None

    @property
    def new(self) -> tuple[Change, ...]:
        return tuple(one for one in self.changes if one.old is None)

    @property
    def changed(self) -> tuple[Change, ...]:
        return tuple(one for one in self.changes if one.old is not None and one.new is not None)

    @property
    def removed(self) -> tuple[Change, ...]:
        return tuple(one for one in self.changes if one.new is None)


@dataclass(frozen=True)
class Question:
    """A finding about the file, with the sender's answer once it is given.

    A finding of severity `confirm` needs a justification. `key` is the same
    whenever the same finding is made about the same file.
    """

    key: str
    code: str
    severity: Severity
    sheet: str
    cells: tuple[str, ...]
    unit: str
    indicator: str
    found: str
    expected: str
    message_zh: str
    message_en: str
    justification: str = ""


@dataclass(frozen=True)
class LeftOut:
    """What of the file cannot be taken: a value, or rows and cells of which nothing can be.

    `unit`, `period` and `indicator` are empty where they cannot be told.
    """

    unit: str
    period: str
    indicator: str
    sheet: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Counts:
    """How many values a file changes; `same` counts those that it states again.

    `same` leaves out the units and periods of which nothing changes at all.
    """

    new: int
    changed: int
    removed: int
    same: int

    @property
    def taken(self) -> int:
        """Values that stand as the file says them."""
        return self.new + self.changed + self.same


@dataclass(frozen=True)
class Receipt:
    """What one file does: prepared without `number`, acknowledged with number and time.

    Parameters
    ----------
    id : str
        The same before and after.
    number : int, optional
        Counts acknowledged receipts from 1, without gaps.
    by, by_name : str
    framework, version, fingerprint : str
    file_hash : str
        SHA-256 of the file's content.
    file_name : str
    prepared_at : str
    acknowledged_at : str, optional
    parts : tuple of Part
    unchanged : tuple of (unit, period)
        What the file says again without a change, and what therefore stays as it is.
    questions : tuple of Question
    left_out : tuple of LeftOut
    is_simulated : bool
        Whether the file says that its figures are simulated.
    """

    id: str
    number: int | None
    by: str
    by_name: str
    framework: str
    version: str
    fingerprint: str
    file_hash: str
    file_name: str
    prepared_at: str
    acknowledged_at: str | None
    parts: tuple[Part, ...]
    unchanged: tuple[tuple[str, str], ...]
    questions: tuple[Question, ...]
    left_out: tuple[LeftOut, ...]
    is_simulated: bool = False

    @property
    def counts(self) -> Counts:
        """How many values are new, changed, removed, and stated again, over all units."""
        return Counts(
            sum(len(part.new) for part in self.parts),
            sum(len(part.changed) for part in self.parts),
            sum(len(part.removed) for part in self.parts),
            sum(part.same for part in self.parts),
        )

    @property
    def removes(self) -> tuple[ValueKey, ...]:
        """What would be deleted: given before, and blank in this file."""
        return tuple(
            (part.unit, part.period, change.indicator)
            for part in self.parts
            for change in part.removed
        )

    @property
    def to_justify(self) -> tuple[Question, ...]:
        """The findings that the sender has to answer."""
        return tuple(one for one in self.questions if one.severity == "confirm")

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.unit for part in self.parts))


@dataclass(frozen=True)
class Draft:
    """A prepared receipt with the values it would store, by unit and period."""

    receipt: Receipt
    values: tuple[tuple[str, str, tuple[StoredValue, ...]], ...]
    attributes: tuple[tuple[str, dict[str, str]], ...]


_RECEIPT: Final = TypeAdapter(Receipt)
_DRAFT: Final = TypeAdapter(Draft)


def packed_receipt(receipt: Receipt) -> bytes:
    """A receipt as the database keeps it."""
    return zlib.compress(_RECEIPT.dump_json(receipt))


def unpacked_receipt(content: bytes) -> Receipt:
    """The receipt that `packed_receipt` was given."""
    return _RECEIPT.validate_json(zlib.decompress(content))


def packed_draft(draft: Draft) -> bytes:
    """A draft as the database keeps it."""
    return zlib.compress(_DRAFT.dump_json(draft))


def unpacked_draft(content: bytes) -> Draft:
    """The draft that `packed_draft` was given."""
    return _DRAFT.validate_json(zlib.decompress(content))


def differences(
    before: Mapping[str, StoredValue], given: Iterable[StoredValue]
) -> tuple[tuple[Change, ...], int]:
    """What a file changes of one unit and period, and how many values it states again.

    Parameters
    ----------
    before : mapping of str to StoredValue
        The values of the revision it starts from, by indicator.
    given : iterable of StoredValue
        What the file says. What it does not hold stays as it is; a blank
        where there was something takes it away.
    """
    changes: list[Change] = []
    same = 0
    for value in given:
        was = before.get(value.indicator)
        old = was.figure if was and not was.figure.says_nothing else None
        new = None if value.figure.says_nothing else value.figure
        if old != new:
            changes.append(Change(value.indicator, old, new, value.sheet, value.cell))
        elif new is not None:
            same += 1
    return tuple(changes), same


def between(before: UnitValues | None, after: UnitValues) -> tuple[Change, ...]:
    """What differs between two revisions of a submission."""
    old = before.values if before else {}
    gone = [replace(old[id_], value=None, status="missing") for id_ in old.keys() - after.values]
    return differences(old, [*after.values.values(), *gone])[0]


def overlaid(base: UnitValues | None, given: Iterable[StoredValue]) -> dict[str, StoredValue]:
    """The whole of a unit's values after a file: what it holds over what was there."""
    return dict(base.values if base else {}) | {value.indicator: value for value in given}


def as_question(issue: Issue, file_hash: str) -> Question:
    """A finding about a file as the receipt keeps it."""
    said = (file_hash, issue.code, issue.sheet, *issue.cells, issue.unit, issue.indicator)
    return Question(
        sha256("\n".join(said).encode()).hexdigest()[:16],
        issue.code,
        issue.severity,
        issue.sheet,
        issue.cells,
        issue.unit,
        issue.indicator,
        issue.found,
        issue.expected,
        issue.message("zh"),
        issue.message("en"),
    )
