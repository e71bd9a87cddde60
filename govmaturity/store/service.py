"""The store as pages, routes and commands use it: one object, and everybody says who they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from govmaturity.store.audit import Entry, audit_log
from govmaturity.store.base import Base, now, open_base
from govmaturity.store.collecting import Collections
from govmaturity.store.evidence import Evidences
from govmaturity.store.listing import ListedReceipt, listed_receipts
from govmaturity.store.people import Person
from govmaturity.store.preparing import latest_values
from govmaturity.store.queue import QueueItem, queue
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

    def audit(
        self,
        person: Person,
        *,
        by: str | None = None,
        action: str | None = None,
        subject: str | None = None,
        since: str | None = None,
        limit: int = 1_000,
    ) -> tuple[Entry, ...]:
        """What was done, the latest first (see `audit.audit_log`)."""
        return audit_log(
            self.base, person, by=by, action=action, subject=subject, since=since, limit=limit
        )

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
