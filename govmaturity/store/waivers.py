"""Waivers: findings that do not count for a value, with the reason that is published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from govmaturity.store.database import tables as t


@dataclass(frozen=True)
class Waiver:
    """A rule that does not count for one value, and why: published beside the figure."""

    unit: str
    period: str
    indicator: str
    code: str
    by_name: str
    at: str
    reason: str


def waivers_of(connection: Connection, revisions: Iterable[int]) -> tuple[Waiver, ...]:
    """The waivers of revisions, in the order of unit, period and indicator."""
    wanted = set(revisions)
    rows = connection.execute(
        select(t.waiver, t.submission.c.unit, t.submission.c.period)
        .join(t.revision, t.revision.c.id == t.waiver.c.revision_id)
        .join(t.submission, t.submission.c.id == t.revision.c.submission_id)
    )
    found = [
        Waiver(row.unit, row.period, row.indicator, row.code, row.by_name, row.at, row.reason)
        for row in rows
        if row.revision_id in wanted
    ]
    return tuple(sorted(found, key=lambda one: (one.unit, one.period, one.indicator, one.code)))
