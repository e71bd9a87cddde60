"""What the latest revision of a submission says: what it changed, what was asked, what it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select

from govmaturity.store.base import Base
from govmaturity.store.database import tables as t
from govmaturity.store.errors import NotFoundError
from govmaturity.store.figures import StoredValue, load
from govmaturity.store.people import Person
from govmaturity.store.receipt import Change, Part, Question, between, unpacked_receipt
from govmaturity.store.states import Submission, submission


@dataclass(frozen=True)
class Latest:
    """A submission as a reviewer reads it.

    Parameters
    ----------
    submission : Submission
    receipt, file_name, file_hash : str
        The receipt of its latest revision and the file that it came with;
        `receipt_number` is what its sender was given.
    part : Part
        What the receipt said of this unit: score, level and rank before and after.
    changes : tuple of Change
        Against the revision before, each with its cell; of a first revision all values.
    values : mapping of str to StoredValue
        All of them, by the id of what was entered.
    findings : tuple of Question
        What the sender was asked to confirm about these values, with the
        answer; `indicator` names the first value it hit where it was about several.
    hits : mapping of str to tuple of str
        By a finding's key, the ids of the values it was about.
    """

    submission: Submission
    receipt: str
    receipt_number: int
    file_name: str
    file_hash: str
    part: Part
    changes: tuple[Change, ...]
    values: Mapping[str, StoredValue]
    findings: tuple[Question, ...]
    hits: Mapping[str, tuple[str, ...]]


def latest_of(base: Base, person: Person, submission_id: int) -> Latest:
    """Read the latest revision of a submission, with what its receipt said.

    Raises
    ------
    NotFoundError
        If there is no such submission, or none that the person may see.
    """
    with base.reader.begin() as connection:
        found = submission(connection, submission_id)
        if not person.sees(found.unit):
            raise NotFoundError("submission", submission_id)
        asked = (
            select(t.receipt.c.content)
            .join(t.revision, t.revision.c.receipt_id == t.receipt.c.id)
            .where(t.revision.c.id == found.revision)
        )
        receipt = unpacked_receipt(connection.execute(asked).scalar_one())
        before = connection.execute(
            select(t.revision.c.id).where(
                t.revision.c.submission_id == found.id,
                t.revision.c.number == found.number - 1,
            )
        ).scalar()
        held = load(connection, [id_ for id_ in (before, found.revision) if id_ is not None])
    part = next(
        one for one in receipt.parts if (one.unit, one.period) == (found.unit, found.period)
    )
    now = held[found.revision]
    findings, hits = _findings(receipt.questions, now.values, found)
    return Latest(
        found,
        receipt.id,
        receipt.number or 0,
        receipt.file_name,
        receipt.file_hash,
        part,
        between(held[before] if before is not None else None, now),
        now.values,
        findings,
        hits,
    )


def _findings(
    questions: tuple[Question, ...], values: Mapping[str, StoredValue], found: Submission
) -> tuple[tuple[Question, ...], dict[str, tuple[str, ...]]]:
    """Findings to confirm that hit a value which this revision's file gave."""
    given = [one for one in values.values() if one.given_in == found.revision]
    mine, hits = [], {}
    for one in questions:
        if one.severity != "confirm":
            continue
        hit = tuple(
            value.indicator
            for value in given
            if value.sheet == one.sheet and value.cell in one.cells
        )
        if hit or one.unit == found.unit:
            mine.append(replace(one, indicator=one.indicator or (hit[0] if hit else "")))
            hits[one.key] = hit
    return tuple(mine), hits
