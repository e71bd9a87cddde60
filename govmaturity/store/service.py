"""The store as pages, routes and commands use it: one object, and everybody says who they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from govmaturity.framework.model import Framework
from govmaturity.store.audit import Entry, audit_log
from govmaturity.store.base import Base, now, open_base
from govmaturity.store.collecting import Collections
from govmaturity.store.evidence import Evidences
from govmaturity.store.history import ValueHistory, history_of
from govmaturity.store.known import (
    KnownFramework,
    Names,
    Round,
    framework_of,
    known_frameworks,
    mark,
    names,
    rounds,
)
from govmaturity.store.latest import Latest, latest_of
from govmaturity.store.listing import ListedReceipt, listed_receipts
from govmaturity.store.people import Person
from govmaturity.store.preparing import latest_values
from govmaturity.store.queue import QueueItem, queue, still_waiting
from govmaturity.store.rating import Ratings
from govmaturity.store.releases import Releases
from govmaturity.store.reviewing import Reviews
from govmaturity.store.submitting import Submissions
from govmaturity.store.talking import Thread, threads
from govmaturity.store.tracing import Tracing
from govmaturity.store.unit_changes import UnitChanges
from govmaturity.store.uploads import working_directory
from govmaturity.values.table import Values


class Store:
    """All that is kept. Its parts say in their docstrings who may do what."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.submissions = Submissions(base)
        self.collections = Collections(base)
        self.reviews = Reviews(base)
        self.ratings = Ratings(base)
        self.evidence = Evidences(base)
        self.provenance = Tracing(base)
        self.releases = Releases(base)
        self.units = UnitChanges(base)

    def queue(
        self, person: Person, framework: str, version: str, period: str
    ) -> tuple[QueueItem, ...]:
        """What waits for a reviewer, the most doubtful first (see `queue.queue`)."""
        return queue(self.base, person, framework, version, period)

    def latest_values(self, person: Person, framework: str, version: str) -> Values | None:
        """What was sent last of the person's units (see `preparing.latest_values`)."""
        return latest_values(self.base, person, framework, version)

    def listed_receipts(
        self, person: Person, framework: str, version: str
    ) -> tuple[ListedReceipt, ...]:
        """The receipts for a framework, the latest first (see `listing.listed_receipts`)."""
        return listed_receipts(self.base, person, framework, version)

    def threads(self, person: Person, framework: str, version: str) -> tuple[Thread, ...]:
        """What was said about values, what waits for the person first (see `talking.threads`)."""
        return threads(self.base, person, framework, version)

    def still_waiting(
        self,
        person: Person,
        items: Sequence[QueueItem],
        framework: str,
        version: str,
        period: str,
    ) -> tuple[QueueItem, ...]:
        """What is left of a queue worked out before (see `queue.still_waiting`)."""
        return still_waiting(self.base, person, items, framework, version, period)

    def audit(
        self,
        person: Person,
        *,
        by: str | None = None,
        action: str | None = None,
        subject: str | None = None,
        since: str | None = None,
        until: str | None = None,
        text: str = "",
        limit: int = 1_000,
    ) -> tuple[Entry, ...]:
        """What was done, the latest first (see `audit.audit_log`)."""
        return audit_log(
            self.base,
            person,
            by=by,
            action=action,
            subject=subject,
            since=since,
            until=until,
            text=text,
            limit=limit,
        )

    def latest(self, person: Person, submission_id: int) -> Latest:
        """What the latest revision of a submission says (see `latest.latest_of`)."""
        return latest_of(self.base, person, submission_id)

    def history(self, person: Person, submission_id: int, indicator: str) -> ValueHistory:
        """One value through the periods (see `history.history_of`)."""
        return history_of(self.base, person, submission_id, indicator)

    def rounds(self, person: Person) -> tuple[Round, ...]:
        """Framework versions and periods in which something was sent, the latest first."""
        return rounds(self.base, person)

    def frameworks(self, person: Person) -> tuple[KnownFramework, ...]:
        """The framework versions that are kept, for administrators."""
        return known_frameworks(self.base, person)

    def framework(self, person: Person, framework: str, version: str) -> Framework:
        """A framework version as it is kept (see `known.framework_of`)."""
        return framework_of(self.base, person, framework, version)

    def names(self, person: Person) -> Names:
        """What of all this a link may name (see `known.names`)."""
        return names(self.base, person)

    def mark(self, person: Person, actions: Collection[str] | None = None) -> int:
        """A number that changes with everything that is done here: a key for caches."""
        return mark(self.base, person, actions)

    def close(self) -> None:
        """Let go of the database."""
        self.base.reader.dispose()


def open_store(home: Path | None = None, clock: Callable[[], str] = now) -> Store:
    """Open the store, making or migrating its database where needed.

    Parameters
    ----------
    home : Path, optional
        The folder; default `GOVMATURITY_HOME`.
    clock : callable
        Gives the time, UTC in ISO 8601; tests hand in their own.

    Raises
    ------
    LookupError
        If a later version of the product has used the folder.
    OSError
        If it cannot be written.
    """
    return Store(open_base(home or working_directory(), clock))
