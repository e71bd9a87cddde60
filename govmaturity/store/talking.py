"""What was said about values, over all submissions of a framework: who waits for an answer."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from govmaturity.store.base import Base
from govmaturity.store.database import tables as t
from govmaturity.store.figures import in_parts
from govmaturity.store.people import Person
from govmaturity.store.reviewing import Comment
from govmaturity.store.states import Submission, submissions


@dataclass(frozen=True)
class Thread:
    """What was said about one value, the first word first.

    `indicator` is empty where it is about the whole submission. `waits` says
    that the submission is not approved and somebody else had the last word;
    the one person of a workbench has all words, and is told of every thread.
    """

    submission: Submission
    indicator: str
    comments: tuple[Comment, ...]
    waits: bool


def threads(base: Base, person: Person, framework: str, version: str) -> tuple[Thread, ...]:
    """All threads about values of units that the person sees, those that wait for them first.

    Among equals the one with the latest word comes first.
    """
    with base.reader.begin() as connection:
        mine = {
            one.id: one
            for one in submissions(connection, framework, version)
            if person.sees(one.unit)
        }
        said: dict[tuple[int, str], list[Comment]] = {}
        for part in in_parts(list(mine)):
            rows = connection.execute(
                select(t.comment, t.revision.c.number)
                .join(t.revision, t.revision.c.id == t.comment.c.revision_id)
                .where(t.comment.c.submission_id.in_(part))
                .order_by(t.comment.c.id)
            )
            for row in rows:
                one = Comment(row.indicator, row.number, row.by, row.by_name, row.at, row.text)
                said.setdefault((row.submission_id, row.indicator), []).append(one)
    found = [
        Thread(mine[id_], indicator, tuple(comments), _waits(mine[id_], comments[-1], person))
        for (id_, indicator), comments in said.items()
    ]
    latest_first = sorted(found, key=lambda one: one.comments[-1].at, reverse=True)
    return tuple(sorted(latest_first, key=lambda one: not one.waits))


def _waits(about: Submission, last: Comment, person: Person) -> bool:
    return about.is_open and (last.by != person.id or person.is_alone)
