"""What reviewers do: approve, send back, reopen, talk about a value, waive a rule."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from sqlalchemy import Connection, insert, select

from govmaturity.intake.issues import CODES
from govmaturity.store.base import Base
from govmaturity.store.database import tables as t
from govmaturity.store.errors import NotFoundError, RefusedError
from govmaturity.store.figures import load
from govmaturity.store.people import Person, need
from govmaturity.store.receipt import Change, between
from govmaturity.store.states import Kind, Submission, submission, submissions
from govmaturity.store.suspicions import REVIEW_CODES
from govmaturity.store.waivers import Waiver, waivers_of


@dataclass(frozen=True)
class Decision:
    """One step of a submission, by whom and why; `number` is the revision it was about.

    `is_second_person` says of an approval that the approver had not sent it.
    """

    kind: Kind
    number: int
    by: str
    by_name: str
    at: str
    reason: str
    is_second_person: bool


@dataclass(frozen=True)
class Comment:
    """What somebody said about a value, or about the whole submission (`indicator` empty)."""

    indicator: str
    number: int
    by: str
    by_name: str
    at: str
    text: str


class Reviews:
    """Decisions about submissions. Each names the revision it has seen, by its number."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def approve(self, person: Person, seen: Mapping[int, int], reason: str = "") -> None:
        """Approve submissions, all or none.

        Parameters
        ----------
        person : Person
            A reviewer of the units, and nobody who sent what they approve; the
            one person of a workbench may, and the record says so.
        seen : mapping of int to int
            The number of the revision that was looked at, by submission.
        reason : str

        Raises
        ------
        RefusedError
            If another revision has come in, there is nothing to approve, or
            the person sent it themselves.
        """
        with self._base.writer.begin() as connection:
            found = list(submissions(connection, ids=list(seen)))
            if len(found) < len(seen):
                raise NotFoundError("submission", min(seen.keys() - {one.id for one in found}))
            for one in found:
                _refuse_other_revision(one, seen[one.id])
            need(person, "reviewer", units=(one.unit for one in found))
            _refuse_other_states(found, "submitted")
            own = [one for one in found if person.id in _senders(connection, one)]
            if own and not person.is_alone:
                listed = [f"{one.unit} {one.period}" for one in own]
                raise RefusedError("own_approval", listed=listed)
            for one in found:
                self._decide(connection, person, one, "approved", reason, one not in own)

    def send_back(self, person: Person, submission_id: int, number: int, reason: str) -> None:
        """Return a submission to its official, who is told the reason."""
        self._one(person, submission_id, number, ("submitted",), "returned", reason)

    def reopen(self, person: Person, submission_id: int, number: int, reason: str) -> None:
        """Let an approved or locked submission be sent anew; what was approved stays in force."""
        states = ("submitted", "approved", "released")
        self._one(person, submission_id, number, states, "reopened", reason)

    def _one(
        self,
        person: Person,
        submission_id: int,
        number: int,
        states: tuple[str, ...],
        kind: Kind,
        reason: str,
    ) -> None:
        if not reason.strip():
            raise RefusedError("reason_missing")
        with self._base.writer.begin() as connection:
            found = _seen(connection, submission_id, number)
            need(person, "reviewer", units=[found.unit])
            _refuse_other_states([found], *states)
            self._decide(connection, person, found, kind, reason, False)

    def _decide(
        self,
        connection: Connection,
        person: Person,
        about: Submission,
        kind: Kind,
        reason: str,
        is_second_person: bool,
    ) -> None:
        row = self._base.by(person) | {
            "submission_id": about.id,
            "revision_id": about.revision,
            "kind": kind,
            "reason": reason.strip(),
            "is_second_person": is_second_person,
        }
        connection.execute(insert(t.decision).values(row))
        details = {"number": about.number, "unit": about.unit, "period": about.period}
        if kind == "approved":
            details["second_person"] = is_second_person
        self._base.log(connection, person, kind, f"submission {about.id}", details)

    def decisions(self, person: Person, submission_id: int) -> tuple[Decision, ...]:
        """The life of a submission so far."""
        with self._base.reader.begin() as connection:
            _visible(connection, person, submission_id)
            rows = connection.execute(
                select(t.decision, t.revision.c.number)
                .join(t.revision, t.revision.c.id == t.decision.c.revision_id)
                .where(t.decision.c.submission_id == submission_id)
                .order_by(t.decision.c.id)
            )
            return tuple(
                Decision(
                    row.kind,
                    row.number,
                    row.by,
                    row.by_name,
                    row.at,
                    row.reason,
                    row.is_second_person,
                )
                for row in rows
            )

    def changed_since_approval(self, person: Person, submission_id: int) -> tuple[Change, ...]:
        """What the latest revision says otherwise than the one approved last."""
        with self._base.reader.begin() as connection:
            found = _visible(connection, person, submission_id)
            if found.approved is None or found.approved == found.revision:
                return ()
            held = load(connection, [found.approved, found.revision])
        return between(held[found.approved], held[found.revision])

    def say(self, person: Person, submission_id: int, text: str, indicator: str = "") -> None:
        """Add to the thread of a value; officials and reviewers of the unit."""
        if not text.strip():
            raise RefusedError("text_missing")
        with self._base.writer.begin() as connection:
            found = _visible(connection, person, submission_id)
            row = self._base.by(person) | {
                "submission_id": found.id,
                "revision_id": found.revision,
                "indicator": indicator,
                "text": text.strip(),
            }
            connection.execute(insert(t.comment).values(row))
            subject = f"submission {found.id}"
            self._base.log(connection, person, "said", subject, {"indicator": indicator})

    def threads(self, person: Person, submission_id: int) -> dict[str, tuple[Comment, ...]]:
        """What was said, by indicator; the key of what is about the whole is empty."""
        with self._base.reader.begin() as connection:
            _visible(connection, person, submission_id)
            rows = connection.execute(
                select(t.comment, t.revision.c.number)
                .join(t.revision, t.revision.c.id == t.comment.c.revision_id)
                .where(t.comment.c.submission_id == submission_id)
                .order_by(t.comment.c.id)
            ).all()
        found: dict[str, list[Comment]] = {}
        for row in rows:
            said = Comment(row.indicator, row.number, row.by, row.by_name, row.at, row.text)
            found.setdefault(row.indicator, []).append(said)
        return {indicator: tuple(said) for indicator, said in found.items()}

    def waive(
        self,
        person: Person,
        submission_id: int,
        number: int,
        indicators: str | Collection[str],
        codes: str | Collection[str],
        reason: str,
    ) -> None:
        """Say that findings do not count for values of a revision, and why; all or none.

        `indicators` is one id or several, `codes` one or several of
        `intake.issues.CODES` and `suspicions.REVIEW_CODES`. The waiver is
        published beside each figure.
        """
        named = [indicators] if isinstance(indicators, str) else list(indicators)
        rules = [codes] if isinstance(codes, str) else list(codes)
        for code in rules:
            if code not in (*CODES, *REVIEW_CODES):
                raise RefusedError("unknown_rule", found=code)
        if not reason.strip():
            raise RefusedError("reason_missing")
        with self._base.writer.begin() as connection:
            found = _seen(connection, submission_id, number)
            need(person, "reviewer", units=[found.unit])
            # What is approved is not added to: a release says what was approved.
            _refuse_other_states([found], "submitted")
            for indicator, code in product(named, rules):
                self._waive(connection, person, found, indicator, code, reason)

    def _waive(
        self,
        connection: Connection,
        person: Person,
        found: Submission,
        indicator: str,
        code: str,
        reason: str,
    ) -> None:
        table = t.waiver
        same = select(table.c.id).where(
            table.c.revision_id == found.revision,
            table.c.indicator == indicator,
            table.c.code == code,
        )
        if connection.execute(same).first() is not None:
            raise RefusedError("waived_already", indicator=indicator, rule=code)
        row = self._base.by(person) | {
            "revision_id": found.revision,
            "indicator": indicator,
            "code": code,
            "reason": reason.strip(),
        }
        connection.execute(insert(table).values(row))
        details = {"indicator": indicator, "code": code}
        self._base.log(connection, person, "waived", f"submission {found.id}", details)

    def waivers(self, person: Person, submission_id: int) -> tuple[Waiver, ...]:
        """The waivers of the latest revision."""
        with self._base.reader.begin() as connection:
            found = _visible(connection, person, submission_id)
            return waivers_of(connection, [found.revision])


def _visible(connection: Connection, person: Person, id_: int) -> Submission:
    found = submission(connection, id_)
    if not person.sees(found.unit):
        raise NotFoundError("submission", id_)
    return found


def _seen(connection: Connection, id_: int, number: int) -> Submission:
    found = submission(connection, id_)
    _refuse_other_revision(found, number)
    return found


def _refuse_other_revision(found: Submission, number: int) -> None:
    if found.number != number:
        raise RefusedError(
            "revision_moved", unit=found.unit, period=found.period, seen=number, now=found.number
        )


def _refuse_other_states(found: Iterable[Submission], *wanted: str) -> None:
    others = [f"{one.unit} {one.period}" for one in found if one.state not in wanted]
    if others:
        raise RefusedError("other_state", listed=others)


def _senders(connection: Connection, about: Submission) -> set[str]:
    """Who gave a value that stands in the latest revision, or sent it."""
    table = t.revision_value
    given = select(table.c.given_in).where(table.c.revision_id == about.revision).distinct()
    by = select(t.revision.c.by).where(
        t.revision.c.id.in_(given) | (t.revision.c.id == about.revision)
    )
    return set(connection.execute(by).scalars())
