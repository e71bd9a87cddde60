"""Write what an acknowledged receipt says into the database."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert

from govmaturity.store.base import Base
from govmaturity.store.database import tables as t
from govmaturity.store.figures import Key, rows_to_insert
from govmaturity.store.people import Person
from govmaturity.store.preparing import attributes_of, held_values
from govmaturity.store.receipt import Draft, Question, Receipt, overlaid, packed_receipt
from govmaturity.store.states import Submission


def write(
    base: Base,
    connection: Connection,
    person: Person,
    receipt: Receipt,
    draft: Draft,
    sent: Mapping[Key, Submission],
) -> None:
    """Write the receipt, a revision for each of its parts, and what was done, in one transaction.

    `sent` holds the submissions that were there before, by unit and period.
    """
    # One time for all of it: the one that the receipt says.
    by = base.by(person) | {"at": receipt.acknowledged_at}
    row = by | {
        "id": receipt.id,
        "number": receipt.number,
        "file_hash": receipt.file_hash,
        "file_name": receipt.file_name,
        "fingerprint": receipt.fingerprint,
        "content": packed_receipt(receipt),
    }
    connection.execute(insert(t.receipt).values(row))
    issues = [_issue_row(receipt.id, one) for one in receipt.questions]
    if issues:
        connection.execute(insert(t.receipt_issue), issues)
    held = held_values(connection, sent.values())
    attributes = dict(draft.attributes)
    for unit, period, values in draft.values:
        key = (unit, period)
        before = sent.get(key)
        submission_id = before.id if before else _new_submission(connection, receipt, key)
        revision = connection.execute(
            insert(t.revision).values(
                by
                | {
                    "submission_id": submission_id,
                    "number": before.number + 1 if before else 1,
                    "receipt_id": receipt.id,
                    "attributes": attributes.get(unit) or attributes_of(held.get(key)),
                }
            )
        ).inserted_primary_key
        id_ = int(revision[0]) if revision else 0
        whole = overlaid(held.get(key), values)
        rows = rows_to_insert(id_, whole.values())
        if rows:
            connection.execute(insert(t.revision_value), rows)
        decided = {
            "submission_id": submission_id,
            "revision_id": id_,
            "kind": "submitted",
            "reason": "",
            "is_second_person": False,
        }
        connection.execute(insert(t.decision).values(by | decided))
    connection.execute(delete(t.draft).where(t.draft.c.id == receipt.id))
    details = {
        "number": receipt.number,
        "file": receipt.file_hash,
        "units": len(receipt.units),
        "left_out": len(receipt.left_out),
        "removed": len(receipt.removes),
    }
    base.log(connection, person, "submitted", receipt.id, details)


def _new_submission(connection: Connection, receipt: Receipt, key: Key) -> int:
    row = {
        "unit": key[0],
        "framework": receipt.framework,
        "version": receipt.version,
        "period": key[1],
    }
    made = connection.execute(insert(t.submission).values(row)).inserted_primary_key
    return int(made[0]) if made else 0


def _issue_row(receipt_id: str, question: Question) -> dict[str, object]:
    names = [name for name in Question.__dataclass_fields__ if name != "key"]
    row = {name: getattr(question, name) for name in names}
    return row | {"receipt_id": receipt_id, "cells": list(question.cells)}
