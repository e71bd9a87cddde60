"""Collections: which units send by when, what is still lacking, and when it is closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, select, update

from govmaturity.framework.fields import fields
from govmaturity.intake.table.periods import read_period
from govmaturity.store.base import Base
from govmaturity.store.database import tables as t
from govmaturity.store.errors import RefusedError
from govmaturity.store.figures import load
from govmaturity.store.frameworks import fingerprint_of, kept_framework
from govmaturity.store.people import Person, need
from govmaturity.store.states import State, Submission, submissions


@dataclass(frozen=True)
class Collection:
    """One framework version and period for which units have to send their values.

    `due` is the last day, None for no deadline; while `is_locked` nothing is
    taken but from units that were reopened or returned since.
    """

    framework: str
    version: str
    period: str
    due: str | None
    is_locked: bool
    units: tuple[str, ...]


@dataclass(frozen=True)
class Reminder:
    """What one unit still owes: everything (`state` is None), or an answer, or single values.

    Nothing where its values are approved. `lacking` are the ids of required fields
    without a value; `days_left` counts to the deadline, negative when it has passed,
    None without one.
    """

    unit: str
    period: str
    state: State | None
    lacking: tuple[str, ...]
    due: str | None
    days_left: int | None


@dataclass(frozen=True)
class Completeness:
    """How far a collection is: units by state, of those that are to send.

    `returned` counts what was returned or reopened, `approved` what was approved or released.
    """

    expected: int
    sent: int
    returned: int
    approved: int

    @property
    def waiting(self) -> int:
        """Units whose values wait for a reviewer."""
        return self.sent - self.returned - self.approved

    @property
    def missing(self) -> int:
        """Units that have sent nothing."""
        return self.expected - self.sent


def completeness_of(states: Iterable[State | None]) -> Completeness:
    """Count units by state; None stands for a unit that has sent nothing.

    Examples
    --------
    >>> found = completeness_of(["approved", "submitted", "returned", None])
    >>> found.expected, found.approved, found.waiting, found.returned, found.missing
    (4, 1, 1, 1, 1)
    """
    listed = list(states)
    return Completeness(
        len(listed),
        sum(state is not None for state in listed),
        sum(state in ("returned", "reopened") for state in listed),
        sum(state in ("approved", "released") for state in listed),
    )


class Collections:
    """Deadlines and locks (administrators), and who has not sent (everybody, for their units)."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def set_up(
        self,
        person: Person,
        framework: str,
        version: str,
        period: str,
        *,
        units: Iterable[str],
        due: date | None = None,
        is_locked: bool = False,
    ) -> Collection:
        """Open a collection, or change its deadline, its units or its lock."""
        need(person, "administrator")
        if read_period(period) != period:
            raise RefusedError("bad_period", found=period)
        made = Collection(
            framework,
            version,
            period,
            due.isoformat() if due else None,
            is_locked,
            tuple(sorted(set(units))),
        )
        table = t.collection
        row = {"due": made.due, "is_locked": made.is_locked, "units": list(made.units)}
        key = {"framework": framework, "version": version, "period": period}
        with self._base.writer.begin() as connection:
            if find_collection(connection, framework, version, period) is None:
                connection.execute(insert(table).values(key | row))
            else:
                connection.execute(update(table).filter_by(**key).values(row))
            details = {"due": made.due, "is_locked": is_locked, "units": len(made.units)}
            subject = f"{framework} {version} {period}"
            self._base.log(connection, person, "collection", subject, details)
        return made

    def all(self, person: Person) -> tuple[Collection, ...]:
        """All collections, of each the units that the person may see."""
        with self._base.reader.begin() as connection:
            rows = connection.execute(select(t.collection).order_by(t.collection.c.id)).all()
        return tuple(
            Collection(
                row.framework,
                row.version,
                row.period,
                row.due,
                row.is_locked,
                tuple(unit for unit in row.units if person.sees(unit)),
            )
            for row in rows
        )

    def completeness(self, person: Person, collection: Collection) -> Completeness:
        """Count the units of a collection that the person sees, by what they have done."""
        return completeness_of(self.states(person, collection).values())

    def states(self, person: Person, collection: Collection) -> dict[str, State | None]:
        """The state of each unit of a collection that the person sees; None has sent nothing."""
        with self._base.reader.begin() as connection:
            found = _sent(connection, collection)
        return {
            unit: found[unit].state if unit in found else None
            for unit in collection.units
            if person.sees(unit)
        }

    def reminders(self, person: Person, collection: Collection, today: date) -> list[Reminder]:
        """List the units that still have to do something, those who sent nothing first."""
        days = (date.fromisoformat(collection.due) - today).days if collection.due else None
        with self._base.reader.begin() as connection:
            found = _sent(connection, collection)
            required = _required(connection, collection)
            held = load(connection, [one.revision for one in found.values()], required)
        listed = []
        for unit in collection.units:
            if not person.sees(unit):
                continue
            sent = found.get(unit)
            values = held[sent.revision].values if sent else {}
            lacking = tuple(
                id_ for id_ in required if id_ not in values or values[id_].figure.says_nothing
            )
            owes = sent is None or sent.state in ("returned", "reopened")
            # What is approved is closed: its gaps are known, and nobody is asked again.
            if owes or (lacking and sent is not None and sent.state == "submitted"):
                state = sent.state if sent else None
                due = collection.due
                listed.append(Reminder(unit, collection.period, state, lacking, due, days))
        return sorted(listed, key=lambda one: (one.state is not None, one.unit))


def find_collection(
    connection: Connection, framework: str, version: str, period: str
) -> Collection | None:
    """The collection of a framework version and period, if one was opened."""
    key = {"framework": framework, "version": version, "period": period}
    row = connection.execute(select(t.collection).filter_by(**key)).first()
    if row is None:
        return None
    return Collection(framework, version, period, row.due, row.is_locked, tuple(row.units))


def _sent(connection: Connection, collection: Collection) -> dict[str, Submission]:
    found = submissions(connection, collection.framework, collection.version, [collection.period])
    return {one.unit: one for one in found}


def _required(connection: Connection, collection: Collection) -> list[str]:
    fingerprint = fingerprint_of(connection, collection.framework, collection.version)
    if fingerprint is None:
        return []
    known = fields(kept_framework(connection, fingerprint))
    # What is computed from its inputs or items is not entered: these are what is required.
    return [id_ for id_, field in known.items() if field.is_required and not field.is_shortcut]
