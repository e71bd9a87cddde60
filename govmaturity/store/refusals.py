"""Why an acknowledged receipt is still not taken: no consent, no answer, a conflict, a lock."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from sqlalchemy import Connection, select

from govmaturity.store.collecting import find_collection
from govmaturity.store.conflict import Conflict, ConflictError
from govmaturity.store.database import tables as t
from govmaturity.store.errors import RefusedError
from govmaturity.store.figures import Key, load
from govmaturity.store.receipt import LeftOut, Part, Question, Receipt, ValueKey, between
from govmaturity.store.states import Submission, submissions


def refuse_without_consent(
    receipt: Receipt, leaves_out: Collection[LeftOut], removes: Collection[ValueKey]
) -> None:
    if set(leaves_out) != set(receipt.left_out):
        places = [
            " ".join(filter(None, (one.unit, one.period, one.indicator, *one.cells)))
            for one in receipt.left_out
        ]
        raise RefusedError("consent_left_out", n=len(places), listed=places)
    if set(removes) != set(receipt.removes):
        places = [" ".join(key) for key in receipt.removes]
        raise RefusedError("consent_removes", n=len(places), listed=places)


def answered(receipt: Receipt, justifications: Mapping[str, str]) -> tuple[Question, ...]:
    answers = {key: text.strip() for key, text in justifications.items()}
    open_ = [one for one in receipt.to_justify if not answers.get(one.key)]
    if open_:
        listed = [" ".join((one.sheet, *one.cells[:3])).strip() or one.code for one in open_]
        raise RefusedError("justification_missing", n=len(open_), listed=listed)
    return tuple(replace(one, justification=answers.get(one.key, "")) for one in receipt.questions)


def sent_before(connection: Connection, receipt: Receipt) -> dict[Key, Submission]:
    keys = {(part.unit, part.period) for part in receipt.parts}
    found = submissions(connection, receipt.framework, receipt.version, {key[1] for key in keys})
    return {(one.unit, one.period): one for one in found if (one.unit, one.period) in keys}


def refuse_conflicts(
    connection: Connection, receipt: Receipt, sent: Mapping[Key, Submission]
) -> None:
    late = [
        (part, sent[part.unit, part.period])
        for part in receipt.parts
        if (part.unit, part.period) in sent and sent[part.unit, part.period].number != part.base
    ]
    if not late:
        return
    conflicts = []
    for part, now in late:
        numbers = select(t.revision.c.id).where(
            t.revision.c.submission_id == now.id, t.revision.c.number == part.base
        )
        base = connection.execute(numbers).scalar()
        held = load(connection, [id_ for id_ in (base, now.revision) if id_ is not None])
        changes = between(held.get(base) if base is not None else None, held[now.revision])
        who = (now.sent_by_name, now.sent_at)
        conflicts.append(Conflict(part.unit, part.period, part.base, now.number, *who, changes))
    raise ConflictError(conflicts)


def refuse_closed(
    connection: Connection,
    framework: str,
    version: str,
    parts: Iterable[Part],
    sent: Mapping[Key, Submission],
) -> None:
    closed, locked = [], []
    collections = {
        period: find_collection(connection, framework, version, period)
        for period in {part.period for part in parts}
    }
    for part in parts:
        now = sent.get((part.unit, part.period))
        collection = collections[part.period]
        if now is not None and not now.is_open:
            closed.append(f"{part.unit} {part.period}")
        elif collection and collection.is_locked and (now is None or now.state == "submitted"):
            locked.append(f"{part.unit} {part.period}")
    if closed:
        raise RefusedError("closed", listed=closed)
    if locked:
        raise RefusedError("locked", listed=locked)
