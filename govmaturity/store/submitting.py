"""Sending values: a receipt is prepared, read by its sender, and acknowledged."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from uuid import uuid4

from sqlalchemy import Connection, delete, func, insert, select

from govmaturity.framework.model import Framework
from govmaturity.intake.checks import Traced, trace
from govmaturity.intake.issues import grouped
from govmaturity.intake.table.corrected import Corrections
from govmaturity.store.base import Base
from govmaturity.store.database import tables as t
from govmaturity.store.errors import NotAllowedError, NotFoundError, RefusedError
from govmaturity.store.figures import Key, UnitValues, as_values
from govmaturity.store.frameworks import keep_framework, kept_framework
from govmaturity.store.given import left_out, values_by_unit
from govmaturity.store.people import Person, need
from govmaturity.store.preparing import held_values, parts_of, with_effect
from govmaturity.store.receipt import (
    Draft,
    LeftOut,
    Receipt,
    ValueKey,
    as_question,
    packed_draft,
    unpacked_draft,
    unpacked_receipt,
)
from govmaturity.store.refusals import (
    answered,
    refuse_closed,
    refuse_conflicts,
    refuse_without_consent,
    sent_before,
)
from govmaturity.store.states import Submission, submissions
from govmaturity.store.unit_changes import known_units
from govmaturity.store.writing import write


@dataclass(frozen=True)
class Prepared:
    """A receipt to read, and the file with all that was found in it."""

    receipt: Receipt
    traced: Traced


class Submissions:
    """What officials do with their units' values."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def prepare(
        self,
        person: Person,
        framework: Framework,
        content: bytes,
        name: str,
        *,
        period: str | None = None,
        reporter: str | None = None,
        corrections: Corrections | None = None,
    ) -> Prepared:
        """Work out what a file would change; nothing is submitted yet.

        The file and the draft are kept, so that the receipt can be
        acknowledged later, by its `id` alone.

        Parameters
        ----------
        person : Person
            An official of all units of the file.
        framework : Framework
        content, name, period, reporter, corrections
            As of `intake.checks.check`; it compares with the latest values here.

        Raises
        ------
        NotAllowedError
            If the file holds units that are not the person's.
        RefusedError
            If no value can be taken (`nothing_to_take`), nothing would change
            (`nothing_new`), or a unit that would change is closed (`closed`).
        """
        need(person, "official")
        version = str(framework.version)
        with self._base.reader.begin() as connection:
            sent = {
                (one.unit, one.period): one
                for one in submissions(connection, framework.id, version)
            }
            held = held_values(connection, sent.values())
            known = known_units(connection, self._base.clock())
        last = _values_of(held, person)
        traced = trace(
            content,
            name,
            framework,
            period=period,
            reporter=reporter,
            last=as_values(last) if last else None,
            corrections=corrections,
            registry=known,
        )
        checked = traced.checked
        given = values_by_unit(traced)
        need(person, "official", units=(unit for unit, _ in given))
        if not any(given.values()):
            raise RefusedError("nothing_to_take", file=name)
        attributes = {
            str(unit): {str(title): str(text) for title, text in row.items() if text}
            for unit, row in checked.values.attributes.iterrows()
        }
        parts, unchanged = parts_of(given, sent, held)
        if not parts:
            raise RefusedError("nothing_new", file=name)
        with self._base.reader.begin() as connection:
            refuse_closed(connection, framework.id, version, parts, sent)
        receipt = Receipt(
            id=uuid4().hex,
            number=None,
            by=person.id,
            by_name=person.name,
            framework=framework.id,
            version=version,
            fingerprint=framework.fingerprint,
            file_hash=self._base.keep(content),
            file_name=name,
            prepared_at=self._base.clock(),
            acknowledged_at=None,
            parts=with_effect(framework, parts, given, attributes, sent, held),
            unchanged=unchanged,
            questions=tuple(as_question(one, checked.sha256) for one in grouped(checked.issues)),
            left_out=left_out(traced),
            is_simulated=checked.values.is_simulated,
        )
        kept = {(part.unit, part.period) for part in parts}
        values = tuple((*key, given[key]) for key in sorted(kept))
        draft = Draft(receipt, values, tuple(sorted(attributes.items())))
        self._keep_draft(person, framework, draft)
        return Prepared(receipt, traced)

    def _keep_draft(self, person: Person, framework: Framework, draft: Draft) -> None:
        row = self._base.by(person) | {
            "id": draft.receipt.id,
            "units": list(draft.receipt.units),
            "content": packed_draft(draft),
        }
        with self._base.writer.begin() as connection:
            keep_framework(self._base, connection, framework)
            # A draft's file belongs to every backup, so it is named at once.
            self._base.name_file(connection, draft.receipt.file_hash)
            connection.execute(insert(t.draft).values(row))
            details = {"file": draft.receipt.file_hash, "units": len(draft.receipt.units)}
            self._base.log(connection, person, "prepared", draft.receipt.id, details)

    def acknowledge(
        self,
        person: Person,
        receipt_id: str,
        *,
        justifications: Mapping[str, str] | None = None,
        leaves_out: Collection[LeftOut] = (),
        removes: Collection[ValueKey] = (),
    ) -> Receipt:
        """Submit what a receipt says; all of it, or nothing.

        Doing so twice changes nothing and returns the same receipt.

        Parameters
        ----------
        person : Person
            Who prepared it.
        receipt_id : str
        justifications : mapping of str to str
            An answer to each of `receipt.to_justify`, by its key.
        leaves_out, removes
            The consent: `receipt.left_out` and `receipt.removes`, as they were
            shown. Without it nothing is taken in part, and nothing deleted.

        Raises
        ------
        RefusedError
            If an answer or the consent is lacking, or a unit is closed by now.
        ConflictError
            If another revision came in since the receipt was prepared.
        """
        need(person, "official")
        with self._base.writer.begin() as connection:
            done = connection.execute(
                select(t.receipt.c.content).where(t.receipt.c.id == receipt_id)
            ).scalar()
            if done is not None:
                return _own(unpacked_receipt(done), person)
            draft = _draft(connection, receipt_id)
            receipt = _own(draft.receipt, person)
            need(person, "official", units=receipt.units)
            refuse_without_consent(receipt, leaves_out, removes)
            questions = answered(receipt, justifications or {})
            sent = sent_before(connection, receipt)
            refuse_conflicts(connection, receipt, sent)
            refuse_closed(connection, receipt.framework, receipt.version, receipt.parts, sent)
            number = (connection.execute(select(func.max(t.receipt.c.number))).scalar() or 0) + 1
            final = replace(
                receipt,
                number=number,
                acknowledged_at=self._base.clock(),
                parts=tuple(replace(part, revision=part.base + 1) for part in receipt.parts),
                questions=questions,
            )
            write(self._base, connection, person, final, draft, sent)
        return final

    def discard(self, person: Person, receipt_id: str) -> None:
        """Throw a prepared receipt away; nothing happens where there is none."""
        need(person, "official")
        with self._base.writer.begin() as connection:
            mine = (t.draft.c.id == receipt_id) & (t.draft.c.by == person.id)
            if connection.execute(delete(t.draft).where(mine)).rowcount:
                self._base.log(connection, person, "discarded", receipt_id)

    def drafts(self, person: Person) -> tuple[Receipt, ...]:
        """The person's prepared receipts that wait to be acknowledged, the latest first."""
        need(person, "official")
        with self._base.reader.begin() as connection:
            mine = select(t.draft.c.id).where(t.draft.c.by == person.id)
            ids = connection.execute(mine.order_by(t.draft.c.at.desc())).scalars().all()
            return tuple(_draft(connection, id_).receipt for id_ in ids)

    def receipt(self, person: Person, receipt_id: str) -> Receipt:
        """A receipt of the person's own or of units they see, acknowledged or not."""
        with self._base.reader.begin() as connection:
            done = connection.execute(
                select(t.receipt.c.content).where(t.receipt.c.id == receipt_id)
            ).scalar()
            found = unpacked_receipt(done) if done else _draft(connection, receipt_id).receipt
        return _seen(found, person)

    def framework(self, person: Person, receipt_id: str) -> Framework:
        """The framework that a receipt was prepared for, as it was then."""
        found = self.receipt(person, receipt_id)
        with self._base.reader.begin() as connection:
            return kept_framework(connection, found.fingerprint)

    def receipts(self, person: Person) -> tuple[Receipt, ...]:
        """All acknowledged receipts that the person may see, the latest first."""
        with self._base.reader.begin() as connection:
            rows = connection.execute(
                select(t.receipt.c.content).order_by(t.receipt.c.number.desc())
            )
            found = [unpacked_receipt(content) for content in rows.scalars()]
        return tuple(one for one in found if _may_see(one, person))

    def all(
        self,
        person: Person,
        framework: str | None = None,
        version: str | None = None,
        period: str | None = None,
    ) -> tuple[Submission, ...]:
        """The submissions of units that the person sees, as they stand."""
        periods = None if period is None else [period]
        with self._base.reader.begin() as connection:
            found = submissions(connection, framework, version, periods)
        return tuple(one for one in found if person.sees(one.unit))


def _own(receipt: Receipt, person: Person) -> Receipt:
    if receipt.by != person.id:
        raise NotAllowedError("other_sender", name=receipt.by_name)
    return receipt


def _may_see(receipt: Receipt, person: Person) -> bool:
    return receipt.by == person.id or all(person.sees(unit) for unit in receipt.units)


def _seen(receipt: Receipt, person: Person) -> Receipt:
    if not _may_see(receipt, person):
        raise NotFoundError("receipt", receipt.id)
    return receipt


def _draft(connection: Connection, id_: str) -> Draft:
    content = connection.execute(select(t.draft.c.content).where(t.draft.c.id == id_)).scalar()
    if content is None:
        raise NotFoundError("receipt", id_)
    return unpacked_draft(content)


def _values_of(held: Mapping[Key, UnitValues], person: Person) -> dict[Key, UnitValues]:
    """What the person has a right to be told in findings about a file."""
    return {key: values for key, values in held.items() if person.sees(key[0])}
