"""What a release would hold if it were published now, and what it would not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from govmaturity.store.base import Base
from govmaturity.store.collecting import find_collection
from govmaturity.store.database import tables as t
from govmaturity.store.known import simulated_revisions
from govmaturity.store.people import Person, need
from govmaturity.store.release import held_revisions
from govmaturity.store.states import Submission, submissions


@dataclass(frozen=True)
class Preview:
    """The release that `publish` would make of these periods now.

    Parameters
    ----------
    approved : tuple of Submission
        What would go in: of each its revision approved last.
    open : tuple of Submission
        What was sent and has no revision approved: it would be missing.
    moved : tuple of Submission
        Those of `approved` whose latest revision is another one, not approved.
    silent : tuple of (unit, period)
        Units of a collection that have sent nothing.
    alone : int
        How many were approved by whoever sent them.
    since : str
        The id of the last release of the framework version; empty without one.
    added, renewed, same, gone : int
        Units and periods against that release: new in this one, with another
        revision, with the same one, and only in that one.
    is_simulated : bool
        Whether any value is simulated; the release then says so in its name.
    """

    approved: tuple[Submission, ...]
    open: tuple[Submission, ...]
    moved: tuple[Submission, ...]
    silent: tuple[tuple[str, str], ...]
    alone: int
    since: str
    added: int
    renewed: int
    same: int
    gone: int
    is_simulated: bool

    @property
    def is_new(self) -> bool:
        """Whether it would say anything that the last release does not."""
        return bool(self.added or self.renewed or self.gone)


def preview(
    base: Base, person: Person, framework: str, version: str, periods: Collection[str]
) -> Preview:
    """Tell what `publish` would make now; nothing is published. For administrators."""
    need(person, "administrator")
    with base.reader.begin() as connection:
        found = submissions(connection, framework, version, periods)
        ready = tuple(one for one in found if one.approved is not None)
        sent = {(one.unit, one.period) for one in found}
        silent = [
            (unit, period)
            for period in sorted(periods)
            if (collection := find_collection(connection, framework, version, period))
            for unit in collection.units
            if (unit, period) not in sent
        ]
        table = t.release
        last = connection.execute(
            select(table.c.id)
            .where(table.c.framework == framework, table.c.version == version)
            .order_by(table.c.number.desc())
        ).scalar()
        before = held_revisions(connection, last) if last else {}
        now = {(one.unit, one.period): one.approved for one in ready if one.approved is not None}
        decided = connection.execute(
            select(t.decision.c.revision_id, t.decision.c.is_second_person)
            .where(t.decision.c.kind == "approved")
            .order_by(t.decision.c.id)
        )
        is_second = dict(decided.all())
        simulated = simulated_revisions(connection, now.values())
    both = now.keys() & before.keys()
    same = sum(now[key] == before[key] for key in both)
    return Preview(
        approved=ready,
        open=tuple(one for one in found if one.approved is None),
        moved=tuple(one for one in ready if one.approved != one.revision),
        silent=tuple(silent),
        alone=sum(not is_second[id_] for id_ in now.values()),
        since=last or "",
        added=len(now) - len(both),
        renewed=len(both) - same,
        same=same,
        gone=len(before) - len(both),
        is_simulated=bool(simulated),
    )
