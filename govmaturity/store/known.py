"""What the store knows of: framework versions, and the rounds in which values were sent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Table, func, select

from govmaturity.framework.model import Framework
from govmaturity.store.base import Base
from govmaturity.store.database import tables as t
from govmaturity.store.errors import NotFoundError
from govmaturity.store.figures import in_parts
from govmaturity.store.frameworks import fingerprint_of, kept_framework
from govmaturity.store.people import ROLES, Person, need
from govmaturity.store.states import State, submissions
from govmaturity.values.table import SIMULATED

_NOTE: Final = "data_note"


@dataclass(frozen=True)
class Round:
    """One framework version and period, with how many submissions are in which state.

    `is_simulated` says that some values of a latest revision are simulated.
    """

    framework: str
    version: str
    period: str
    states: dict[State, int]
    is_simulated: bool

    @property
    def submissions(self) -> int:
        return sum(self.states.values())


@dataclass(frozen=True)
class KnownFramework:
    """One framework version as it is kept, and what was sent and published by it."""

    framework: str
    version: str
    fingerprint: str
    kept_at: str
    submissions: int
    releases: int


def rounds(base: Base, person: Person) -> tuple[Round, ...]:
    """The rounds with submissions of units that the person sees, the latest period first."""
    with base.reader.begin() as connection:
        found = [one for one in submissions(connection) if person.sees(one.unit)]
        simulated = simulated_revisions(connection, (one.revision for one in found))
    keys = dict.fromkeys((one.framework, one.version, one.period) for one in found)
    listed = []
    for key in keys:
        mine = [one for one in found if (one.framework, one.version, one.period) == key]
        states: dict[State, int] = {}
        for one in mine:
            states[one.state] = states.get(one.state, 0) + 1
        listed.append(Round(*key, states, any(one.revision in simulated for one in mine)))
    return tuple(sorted(listed, key=lambda one: one.period, reverse=True))


def known_frameworks(base: Base, person: Person) -> tuple[KnownFramework, ...]:
    """The framework versions for which something was ever sent; for administrators."""
    need(person, "administrator")
    table = t.framework_text
    with base.reader.begin() as connection:
        rows = connection.execute(
            select(table.c.framework, table.c.version, table.c.fingerprint, table.c.at).order_by(
                table.c.framework, table.c.at
            )
        ).all()
        sent = _counted(connection, t.submission)
        published = _counted(connection, t.release)
    return tuple(
        KnownFramework(
            row.framework,
            row.version,
            row.fingerprint,
            row.at,
            sent.get((row.framework, row.version), 0),
            published.get((row.framework, row.version), 0),
        )
        for row in rows
    )


def framework_of(base: Base, person: Person, framework: str, version: str) -> Framework:
    """A framework version as it is kept: what was sent for it is read and scored by it.

    Raises NotFoundError where nothing was ever sent for it.
    """
    need(person, *ROLES)
    with base.reader.begin() as connection:
        fingerprint = fingerprint_of(connection, framework, version)
        if fingerprint is None:
            raise NotFoundError("framework", f"{framework} {version}")
        return kept_framework(connection, fingerprint)


@dataclass(frozen=True)
class Names:
    """What there is: versions by framework, units that have sent something, releases, by id."""

    versions: Mapping[str, tuple[str, ...]]
    units: frozenset[str]
    releases: frozenset[str]


def names(base: Base, person: Person) -> Names:
    """What of the store a link may name; of units those that the person sees."""
    need(person, *ROLES)
    versions: dict[str, tuple[str, ...]] = {}
    table = t.framework_text
    with base.reader.begin() as connection:
        for framework, version in connection.execute(
            select(table.c.framework, table.c.version).order_by(table.c.at)
        ):
            versions[framework] = (*versions.get(framework, ()), version)
        units = connection.execute(select(t.submission.c.unit).distinct()).scalars().all()
        releases = connection.execute(select(t.release.c.id)).scalars().all()
    return Names(versions, frozenset(filter(person.sees, units)), frozenset(releases))


def mark(base: Base, person: Person, actions: Collection[str] | None = None) -> int:
    """A number that changes with everything that is done: a key for what was read before.

    Of `actions` alone where these are named.
    """
    need(person, *ROLES)
    asked = select(func.max(t.audit.c.id))
    if actions is not None:
        asked = asked.where(t.audit.c.action.in_(list(actions)))
    with base.reader.begin() as connection:
        return int(connection.execute(asked).scalar() or 0)


def _counted(connection: Connection, table: Table) -> dict[tuple[str, str], int]:
    key = table.c.framework, table.c.version
    rows = connection.execute(select(*key, func.count()).group_by(*key))
    return {(framework, version): n for framework, version, n in rows}


def simulated_revisions(connection: Connection, revisions: Iterable[int]) -> set[int]:
    """Those of the revisions whose file said that its figures are simulated."""
    table = t.revision
    found = set()
    for part in in_parts(list(revisions)):
        rows = connection.execute(
            select(table.c.id, table.c.attributes).where(table.c.id.in_(part))
        )
        found |= {id_ for id_, attributes in rows if attributes.get(_NOTE) == SIMULATED}
    return found
