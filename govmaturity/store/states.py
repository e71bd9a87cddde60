"""In which state each submission is, told from the decisions about it.

draft -> submitted -> returned or approved -> released. An approved submission
is closed until somebody reopens it with a reason; what was approved stays in
force until another revision is.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import Connection, Select, select

from govmaturity.store.database import tables as t
from govmaturity.store.errors import NotFoundError
from govmaturity.store.figures import in_parts

State = Literal["submitted", "returned", "approved", "released", "reopened"]
Kind = Literal["submitted", "returned", "approved", "reopened"]
_OPEN: Final = ("returned", "reopened")


@dataclass(frozen=True)
class Submission:
    """One unit's values for one framework version and period, as things stand.

    Parameters
    ----------
    id : int
    unit, framework, version, period : str
    state : str
        `released` where the latest revision is approved and stands in a release.
    revision : int
        Id of the latest revision; `number` counts a submission's revisions from 1.
    approved : int, optional
        Id of the revision that was approved last: what the next release takes.
    approved_number : int, optional
    sent_by, sent_by_name, sent_at : str
        Of the latest revision.
    reason : str
        Of the latest decision.
    """

    id: int
    unit: str
    framework: str
    version: str
    period: str
    state: State
    revision: int
    number: int
    approved: int | None
    approved_number: int | None
    sent_by: str
    sent_by_name: str
    sent_at: str
    reason: str

    @property
    def is_open(self) -> bool:
        """Whether its official may send other values without being asked why."""
        return self.state in ("submitted", *_OPEN)

    @property
    def in_force(self) -> int | None:
        """The revision that others are compared with: the latest, unless it was returned."""
        return self.approved if self.state == "returned" else self.revision


def submissions(
    connection: Connection,
    framework: str | None = None,
    version: str | None = None,
    periods: Collection[str] | None = None,
    ids: Collection[int] | None = None,
) -> tuple[Submission, ...]:
    """All submissions that fit, in the order of unit and period."""
    table = t.submission
    asked: Select[tuple[int]] = select(table.c.id)
    if framework is not None:
        asked = asked.where(table.c.framework == framework)
    if version is not None:
        asked = asked.where(table.c.version == version)
    if periods is not None:
        asked = asked.where(table.c.period.in_(sorted(periods)))
    if ids is not None:
        asked = asked.where(table.c.id.in_(sorted(ids)))
    chosen = connection.execute(asked).scalars().all()
    found = [one for part in in_parts(chosen) for one in _load(connection, part)]
    return tuple(sorted(found, key=lambda one: (one.framework, one.version, one.unit, one.period)))


def submission(connection: Connection, id_: int) -> Submission:
    """One submission. Raises NotFoundError."""
    found = submissions(connection, ids=[id_])
    if not found:
        raise NotFoundError("submission", id_)
    return found[0]


def released_revisions(connection: Connection, ids: Collection[int]) -> set[int]:
    """Those of the revisions that stand in a release."""
    table = t.release_revision
    return {
        id_
        for part in in_parts(ids)
        for id_ in connection.execute(
            select(table.c.revision_id).where(table.c.revision_id.in_(part)).distinct()
        ).scalars()
    }


def _load(connection: Connection, ids: Collection[int]) -> list[Submission]:
    sent = t.revision
    latest = {
        row.submission_id: row
        for row in connection.execute(
            select(sent).where(sent.c.submission_id.in_(ids)).order_by(sent.c.number)
        )
    }
    numbers = dict(
        connection.execute(
            select(sent.c.id, sent.c.number).where(sent.c.submission_id.in_(ids))
        ).all()
    )
    last: dict[int, tuple[Kind, str]] = {}
    approved: dict[int, int] = {}
    table = t.decision
    for row in connection.execute(
        select(table).where(table.c.submission_id.in_(ids)).order_by(table.c.id)
    ):
        last[row.submission_id] = (row.kind, row.reason)
        if row.kind == "approved":
            approved[row.submission_id] = row.revision_id
    published = released_revisions(connection, list(approved.values()))
    found = []
    for row in connection.execute(select(t.submission).where(t.submission.c.id.in_(ids))):
        current, (kind, reason) = latest[row.id], last[row.id]
        good = approved.get(row.id)
        is_released = kind == "approved" and good in published
        found.append(
            Submission(
                row.id,
                row.unit,
                row.framework,
                row.version,
                row.period,
                "released" if is_released else kind,
                current.id,
                current.number,
                good,
                numbers[good] if good is not None else None,
                current.by,
                current.by_name,
                current.at,
                reason,
            )
        )
    return found
