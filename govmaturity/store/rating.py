"""Scores that reviewers give for indicators with a rubric: each their own, and the final one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, insert, select

from govmaturity.analysis.consistency.agreement import Agreement, weighted_kappa
from govmaturity.framework.fields import Field, fields
from govmaturity.store.base import Base
from govmaturity.store.database import tables as t
from govmaturity.store.errors import NotFoundError, RefusedError
from govmaturity.store.figures import in_parts, load
from govmaturity.store.frameworks import fingerprint_of, kept_framework
from govmaturity.store.people import Person, need
from govmaturity.store.states import submission, submissions

RatingRole = Literal["reviewer", "final"]


@dataclass(frozen=True)
class Rating:
    """One score of one indicator: a level of its rubric, as a number."""

    indicator: str
    role: RatingRole
    value: float
    by: str
    by_name: str
    at: str
    reason: str


@dataclass(frozen=True)
class Rated:
    """All scores of one indicator: the official's own, the reviewers', and the final one.

    `final` takes the place of what was sent as soon as the submission is
    approved; None leaves it at that.
    """

    indicator: str
    self_score: float | None
    reviewers: tuple[Rating, ...]
    final: Rating | None


class Ratings:
    """Scores of rubrics, by reviewers of the unit, while the submission waits for approval."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def rate(
        self,
        person: Person,
        submission_id: int,
        number: int,
        indicator: str,
        value: float,
        *,
        role: RatingRole = "reviewer",
        reason: str = "",
    ) -> None:
        """Give a score; the person's last word counts.

        Raises
        ------
        RefusedError
            If the indicator has no rubric or no such level, the submission is
            not waiting for approval, or a final score that differs from what
            was sent has no reason.
        """
        with self._base.writer.begin() as connection:
            found = submission(connection, submission_id)
            need(person, "reviewer", units=[found.unit])
            if found.number != number:
                raise RefusedError(
                    "revision_moved",
                    unit=found.unit,
                    period=found.period,
                    seen=number,
                    now=found.number,
                )
            if found.state != "submitted":
                raise RefusedError("other_state", listed=[f"{found.unit} {found.period}"])
            field = _rubric(connection, found.framework, found.version, indicator)
            known = [option.value for option in field.options]
            if value not in known:
                listed = [f"{one:g}" for one in known]
                raise RefusedError("no_such_level", found=f"{value:g}", listed=listed)
            held = load(connection, [found.revision])[found.revision].values.get(indicator)
            differs = held is None or held.value != value
            if role == "final" and differs and not reason.strip():
                raise RefusedError("reason_missing")
            row = self._base.by(person) | {
                "revision_id": found.revision,
                "indicator": indicator,
                "role": role,
                "value": value,
                "reason": reason.strip(),
            }
            connection.execute(insert(t.rating).values(row))
            details = {"indicator": indicator, "role": role, "value": value}
            self._base.log(connection, person, "rated", f"submission {found.id}", details)

    def of(self, person: Person, submission_id: int) -> tuple[Rated, ...]:
        """The scores of every indicator with a rubric, of the latest revision."""
        with self._base.reader.begin() as connection:
            found = submission(connection, submission_id)
            if not person.sees(found.unit):
                raise NotFoundError("submission", submission_id)
            known = _fields(connection, found.framework, found.version)
            held = load(connection, [found.revision])[found.revision].values
            given = _ratings(connection, [found.revision])
        rated = []
        for id_, field in known.items():
            if field.measure != "rubric":
                continue
            mine = [one for _, one in given if one.indicator == id_]
            last = {one.by: one for one in mine if one.role == "reviewer"}
            final = [one for one in mine if one.role == "final"]
            self_score = held[id_].value if id_ in held else None
            rated.append(Rated(id_, self_score, tuple(last.values()), final[-1] if final else None))
        return tuple(rated)

    def agreement(
        self, person: Person, framework: str, version: str, period: str
    ) -> Agreement | None:
        """How far two reviewers who scored the same rubrics agree.

        The first two reviewers of each value count, by the time of their
        first score; None where no value has two.
        """
        need(person, "reviewer", "administrator")
        with self._base.reader.begin() as connection:
            found = submissions(connection, framework, version, [period])
            given = _ratings(connection, [one.revision for one in found if person.sees(one.unit)])
            known = _fields(connection, framework, version)
        pairs: dict[tuple[int, str], dict[str, float]] = {}
        for revision, one in given:
            if one.role == "reviewer":
                pairs.setdefault((revision, one.indicator), {})[one.by] = one.value
        both = [list(by.values())[:2] for by in pairs.values() if len(by) > 1]
        if not both:
            return None
        scale = sorted({option.value for one in known.values() for option in one.options})
        return weighted_kappa([one for one, _ in both], [two for _, two in both], scale)


def final_ratings(
    connection: Connection, revisions: Collection[int]
) -> dict[tuple[int, str], float]:
    """The final scores in force, by revision and indicator."""
    return {
        (revision, one.indicator): one.value
        for revision, one in _ratings(connection, revisions)
        if one.role == "final"
    }


def _ratings(connection: Connection, revisions: Collection[int]) -> list[tuple[int, Rating]]:
    table = t.rating
    return [
        (
            row.revision_id,
            Rating(row.indicator, row.role, row.value, row.by, row.by_name, row.at, row.reason),
        )
        for part in in_parts(revisions)
        for row in connection.execute(
            select(table).where(table.c.revision_id.in_(part)).order_by(table.c.id)
        )
    ]


def _fields(connection: Connection, framework: str, version: str) -> dict[str, Field]:
    fingerprint = fingerprint_of(connection, framework, version)
    return fields(kept_framework(connection, fingerprint)) if fingerprint else {}


def _rubric(connection: Connection, framework: str, version: str, indicator: str) -> Field:
    field = _fields(connection, framework, version).get(indicator)
    if field is None or field.measure != "rubric":
        raise RefusedError("no_rubric", indicator=indicator)
    return field
