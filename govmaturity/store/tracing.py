"""From a figure back to its cell: what was sent, by whom, who approved it, and what came before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from govmaturity.store.base import Base
from govmaturity.store.database import tables as t
from govmaturity.store.errors import NotAllowedError, NotFoundError
from govmaturity.store.figures import Figure, StoredValue, load
from govmaturity.store.people import Person
from govmaturity.store.rating import final_ratings
from govmaturity.store.states import released_revisions, submission, submissions
from govmaturity.store.waivers import Waiver, waivers_of


@dataclass(frozen=True)
class Step:
    """One revision of one value.

    Parameters
    ----------
    number : int
        Of the revision.
    figure : Figure
        What it says, in the indicator's unit of measure.
    is_restated : bool
        Whether this revision's file holds the value; else it was carried over
        from the revision before.
    sheet, cell, kind, sent, typed : str
        As of `intake.origins.Origin`: where it stood and the text as sent.
    file_hash, file_name : str
        The file it came from; `may_download` says whether this person may
        have it.
    sent_by, sent_at, approved_by, approved_at : str, optional
        Names are None for whoever may see what is released only.
    """

    number: int
    figure: Figure
    is_restated: bool
    sheet: str
    cell: str
    kind: str
    sent: str
    typed: str | None
    file_hash: str
    file_name: str
    may_download: bool
    sent_by: str | None
    sent_at: str
    approved_by: str | None
    approved_at: str | None


@dataclass(frozen=True)
class Provenance:
    """All that is known of one value, the latest revision last.

    `final` is the reviewers' score that took the place of the value sent, for
    an indicator with a rubric; `waivers` are the findings that do not count
    for the latest revision shown, with their reasons (and by whom, for
    whoever sees more than what is released).
    """

    unit: str
    period: str
    indicator: str
    steps: tuple[Step, ...]
    final: float | None
    waivers: tuple[Waiver, ...] = ()


class Tracing:
    """Where figures come from: every revision for whoever sees the unit, else the released ones."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def current(self, person: Person, submission_id: int) -> Mapping[str, StoredValue]:
        """The values of a submission's latest revision, each with its cell."""
        with self._base.reader.begin() as connection:
            found = submission(connection, submission_id)
            if not person.sees(found.unit):
                raise NotFoundError("submission", submission_id)
            return load(connection, [found.revision])[found.revision].values

    def of(
        self,
        person: Person,
        framework: str,
        version: str,
        unit: str,
        period: str,
        indicator: str,
        *,
        release: str | None = None,
    ) -> Provenance:
        """Walk one value back through its revisions.

        Parameters
        ----------
        person : Person
        framework, version, unit, period, indicator : str
            `indicator` is an id that can be entered: an indicator, an input
            or a checklist item.
        release : str, optional
            Up to the revision that this release holds.

        Raises
        ------
        NotFoundError
            If there is no such value, or none that the person may see.
        """
        with self._base.reader.begin() as connection:
            found = [
                one
                for one in submissions(connection, framework, version, [period])
                if one.unit == unit
            ]
            if not found:
                raise NotFoundError("value", f"{unit} {period} {indicator}")
            table = t.revision
            rows = connection.execute(
                select(table.c.id, table.c.number)
                .where(table.c.submission_id == found[0].id)
                .order_by(table.c.number)
            ).all()
            shown = [row.id for row in rows]
            if release is not None:
                held = select(t.release_revision.c.revision_id).where(
                    t.release_revision.c.release_id == release
                )
                last = set(connection.execute(held).scalars()) & set(shown)
                if not last:
                    raise NotFoundError("value", f"{release} {unit} {period} {indicator}")
                shown = [id_ for id_ in shown if id_ <= max(last)]
            if not person.sees(unit):
                shown = sorted(released_revisions(connection, shown))
            values = load(connection, shown)
            steps = tuple(
                _step(connection, person, id_, values[id_].values[indicator])
                for id_ in shown
                if indicator in values[id_].values
            )
            if not steps:
                raise NotFoundError("value", f"{unit} {period} {indicator}")
            final = final_ratings(connection, shown[-1:]).get((shown[-1], indicator))
            waivers = tuple(
                one if person.sees(unit) else replace(one, by_name="")
                for one in waivers_of(connection, shown[-1:])
                if one.indicator == indicator
            )
        return Provenance(unit, period, indicator, steps, final, waivers)

    def file(self, person: Person, file_hash: str) -> bytes:
        """A workbook as it was sent.

        Only for whoever answers for every unit it was sent for: it may hold
        what was never approved.
        """
        with self._base.reader.begin() as connection:
            units = _units_of_file(connection, file_hash)
        if not units:
            raise NotFoundError("file", file_hash[:12])
        if not all(person.sees(unit) for unit in units):
            raise NotAllowedError("units", units=sorted(units))
        return self._base.path_of(file_hash).read_bytes()


def _units_of_file(connection: Connection, file_hash: str) -> set[str]:
    asked = (
        select(t.submission.c.unit)
        .join(t.revision, t.revision.c.submission_id == t.submission.c.id)
        .join(t.receipt, t.receipt.c.id == t.revision.c.receipt_id)
        .where(t.receipt.c.file_hash == file_hash)
    )
    return set(connection.execute(asked.distinct()).scalars())


def _step(connection: Connection, person: Person, id_: int, value: StoredValue) -> Step:
    asked = (
        select(
            t.revision.c.number,
            t.revision.c.by_name,
            t.revision.c.at,
            t.receipt.c.file_hash,
            t.receipt.c.file_name,
            t.submission.c.unit,
        )
        .join(t.receipt, t.receipt.c.id == t.revision.c.receipt_id)
        .join(t.submission, t.submission.c.id == t.revision.c.submission_id)
    )
    this = connection.execute(asked.where(t.revision.c.id == id_)).one()
    # A value that was carried over came with another file.
    given = connection.execute(asked.where(t.revision.c.id == value.given_in)).one()
    approval = connection.execute(
        select(t.decision.c.by_name, t.decision.c.at)
        .where(t.decision.c.revision_id == id_, t.decision.c.kind == "approved")
        .order_by(t.decision.c.id.desc())
    ).first()
    is_named = person.sees(this.unit)
    units = _units_of_file(connection, given.file_hash)
    return Step(
        this.number,
        value.figure,
        value.given_in == id_,
        value.sheet,
        value.cell,
        value.kind,
        value.sent,
        value.typed,
        given.file_hash,
        given.file_name,
        all(person.sees(unit) for unit in units),
        given.by_name if is_named else None,
        given.at,
        approval.by_name if approval and is_named else None,
        approval.at if approval else None,
    )
