"""What was done, by whom and when: read by administrators, written by every other module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Text, cast, or_, select

from govmaturity.store.base import Base
from govmaturity.store.database import tables as t
from govmaturity.store.people import Person, need

# What can be done, as the log names it.
ACTIONS: Final = (
    *("prepared", "discarded", "submitted", "approved", "returned", "reopened"),
    *("said", "waived", "rated", "evidence", "withdrew", "collection", "released"),
    *("unit_change", "unit_change_withdrawn"),
    *("backed_up", "exported", "restored", "imported"),
)


@dataclass(frozen=True)
class Entry:
    """One action. `subject` names what it was done to; `details` are figures and ids."""

    id: int
    by: str
    by_name: str
    at: str
    action: str
    subject: str
    details: Mapping[str, Any]


def audit_log(
    base: Base,
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
    """Return what was done, the latest first.

    Parameters
    ----------
    base : Base
    person : Person
        An administrator.
    by, action, subject : str, optional
        Only what one person did, one kind of action, or one thing it was done to.
    since : str, optional
        UTC in ISO 8601; only what was done then or later.
    until : str, optional
        UTC in ISO 8601; only what was done before.
    text : str
        Only what has it in the person, what it was done to, or its details.
    limit : int
    """
    need(person, "administrator")
    table = t.audit
    asked = select(table).order_by(table.c.id.desc()).limit(limit)
    for column, wanted in ((table.c.by, by), (table.c.action, action), (table.c.subject, subject)):
        if wanted is not None:
            asked = asked.where(column == wanted)
    if since is not None:
        asked = asked.where(table.c.at >= since)
    if until is not None:
        asked = asked.where(table.c.at < until)
    if text.strip():
        wanted = text.strip()
        asked = asked.where(
            or_(
                *(
                    column.icontains(wanted, autoescape=True)
                    for column in (
                        table.c.by,
                        table.c.by_name,
                        table.c.subject,
                        cast(table.c.details, Text),
                    )
                )
            )
        )
    with base.reader.begin() as connection:
        return tuple(Entry(**row) for row in connection.execute(asked).mappings())
