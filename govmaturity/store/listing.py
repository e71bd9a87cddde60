"""Receipts in a list: what tells one from another, without all the values that they name."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from govmaturity.store.base import Base
from govmaturity.store.database import tables as t
from govmaturity.store.people import Person
from govmaturity.store.receipt import Receipt


@dataclass(frozen=True)
class ListedReceipt:
    """One receipt; `number` is None while it is not acknowledged, `at` the latest time of it."""

    id: str
    number: int | None
    at: str
    file_name: str
    units: int
    periods: tuple[str, ...]


def listed(receipt: Receipt) -> ListedReceipt:
    """A receipt at hand, as it stands in a list."""
    return ListedReceipt(
        receipt.id,
        receipt.number,
        receipt.acknowledged_at or receipt.prepared_at,
        receipt.file_name,
        len(receipt.units),
        tuple(dict.fromkeys(part.period for part in receipt.parts)),
    )


def listed_receipts(
    base: Base, person: Person, framework: str, version: str
) -> tuple[ListedReceipt, ...]:
    """The acknowledged receipts for a framework that the person may read, the latest first.

    Their own, and those of which they see every unit.
    """
    asked = (
        select(
            t.receipt.c.id,
            t.receipt.c.number,
            t.receipt.c.by,
            t.receipt.c.at,
            t.receipt.c.file_name,
            t.submission.c.unit,
            t.submission.c.period,
        )
        .join(t.revision, t.revision.c.receipt_id == t.receipt.c.id)
        .join(t.submission, t.submission.c.id == t.revision.c.submission_id)
        .where(t.submission.c.framework == framework, t.submission.c.version == version)
        .order_by(t.receipt.c.number.desc(), t.submission.c.period)
    )
    about: dict[str, tuple[int, str, str, str]] = {}
    holds: dict[str, list[tuple[str, str]]] = {}
    with base.reader.begin() as connection:
        for row in connection.execute(asked):
            about[row.id] = (row.number, row.at, row.file_name, row.by)
            holds.setdefault(row.id, []).append((row.unit, row.period))
    return tuple(
        ListedReceipt(
            id_,
            number,
            at,
            file_name,
            len({unit for unit, _ in holds[id_]}),
            tuple(dict.fromkeys(period for _, period in holds[id_])),
        )
        for id_, (number, at, file_name, by) in about.items()
        if by == person.id or all(person.sees(unit) for unit, _ in holds[id_])
    )
