"""What is doubtful about the submissions that wait: what was asked, and what their figures tell."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from sqlalchemy import Connection, select

from govmaturity.framework.model import Framework
from govmaturity.intake.table.periods import years
from govmaturity.store.database import tables as t
from govmaturity.store.expected import as_expected, usual_figures
from govmaturity.store.figures import UnitValues, in_parts, load
from govmaturity.store.frameworks import fingerprint_of, kept_framework
from govmaturity.store.people import Person
from govmaturity.store.receipt import between
from govmaturity.store.states import Submission, submissions
from govmaturity.store.suspicions import (
    Suspicion,
    all_top,
    heaping,
    jumps,
    same_as_others,
    smallest_steps,
    top_levels,
)
from govmaturity.store.waivers import waivers_of

Waived = Collection[tuple[str, str, str]]
"""A unit, a field and the code of a finding that does not count."""


@dataclass(frozen=True)
class Waiting:
    """The submissions of a period that wait, and what they are judged by.

    `current` are the values in force of every unit in the period, `histories`
    those of earlier periods of the same kind, the latest last; `asked` is what
    the senders were asked to confirm, with their answers, and `changed` counts
    values that differ from the revision approved last, both by submission.
    """

    framework: Framework
    period: str
    waiting: tuple[Submission, ...]
    current: Mapping[str, UnitValues]
    histories: Mapping[str, Sequence[UnitValues]]
    asked: Mapping[int, Sequence[tuple[Suspicion, str]]]
    changed: Mapping[int, int]
    waived: Waived


@dataclass(frozen=True)
class Doubt:
    """A reason before its effect is known, and what the values would be instead."""

    submission: Submission
    suspicion: Suspicion
    justification: str
    instead: UnitValues


class _Told(Protocol):
    @property
    def code(self) -> str: ...

    @property
    def indicators(self) -> tuple[str, ...]: ...


def what_waits(
    connection: Connection, person: Person, framework: str, version: str, period: str
) -> Waiting | None:
    """Read what waits for a reviewer; None where nothing was ever sent for the framework."""
    fingerprint = fingerprint_of(connection, framework, version)
    if fingerprint is None:
        return None
    found = submissions(connection, framework, version)
    now = [one for one in found if one.period == period]
    waiting = [one for one in now if one.state == "submitted" and person.covers(one.unit)]
    asking = {one.unit for one in waiting}
    wanted = [one for one in found if one.period == period or one.unit in asking]
    held = load(connection, [one.in_force for one in wanted if one.in_force is not None])
    before = load(connection, [one.approved for one in waiting if one.approved is not None])
    return Waiting(
        kept_framework(connection, fingerprint),
        period,
        tuple(waiting),
        {one.unit: held[one.in_force] for one in now if one.in_force is not None},
        _histories(period, wanted, held),
        _asked(connection, waiting, held),
        {
            one.id: 0
            if one.approved is None
            else len(between(before[one.approved], held[one.revision]))
            for one in waiting
        },
        waived_of(connection, waiting),
    )


def doubts_of(found: Waiting) -> list[Doubt]:
    """Every doubt that no waiver covers, submission by submission."""
    current = found.current
    values = {unit: held.values for unit, held in current.items()}
    same = same_as_others(values, {one.unit for one in found.waiting})
    usual = usual_figures(current)
    best, steps = top_levels(found.framework), smallest_steps(found.framework)
    doubts = []
    for one in found.waiting:
        history = found.histories.get(one.unit, [])
        told = [(each, "") for each in _suspicions(best, steps, current[one.unit], history)]
        told += [(same[one.unit], "")] if one.unit in same else []
        for suspicion, answer in (*found.asked[one.id], *told):
            open_ = not_waived(one.unit, suspicion, found.waived)
            if open_ is not None:
                left = replace(suspicion, indicators=open_)
                instead = as_expected(left, current[one.unit], history, usual)
                doubts.append(Doubt(one, left, answer, instead))
    return doubts


def waived_of(connection: Connection, found: Sequence[Submission]) -> Waived:
    """What reviewers have waived of the latest revisions."""
    waivers = waivers_of(connection, [one.revision for one in found])
    return {(one.unit, one.indicator, one.code) for one in waivers}


def not_waived(unit: str, told: _Told, waived: Waived) -> tuple[str, ...] | None:
    """The fields for which something still counts; None where all are waived.

    What is told of no field in particular always counts.
    """
    open_ = tuple(id_ for id_ in told.indicators if (unit, id_, told.code) not in waived)
    return open_ if open_ or not told.indicators else None


def _asked(
    connection: Connection, waiting: Sequence[Submission], held: Mapping[int, UnitValues]
) -> dict[int, list[tuple[Suspicion, str]]]:
    """What the sender was asked to confirm about a unit, told by the cells of its values."""
    receipts = {}
    for part in in_parts([one.revision for one in waiting]):
        asked = select(t.revision.c.id, t.revision.c.receipt_id).where(t.revision.c.id.in_(part))
        receipts.update(dict(connection.execute(asked).all()))
    table = t.receipt_issue
    issues: dict[str, list[tuple[Suspicion, str, str, frozenset[str]]]] = {}
    for part in in_parts(sorted(set(receipts.values()))):
        rows = connection.execute(
            select(table).where(table.c.receipt_id.in_(part), table.c.severity == "confirm")
        )
        for row in rows:
            suspicion = Suspicion(row.code, (), None, row.found)
            issues.setdefault(row.receipt_id, []).append(
                (suspicion, row.justification, row.sheet, frozenset(row.cells))
            )
    told: dict[int, list[tuple[Suspicion, str]]] = {one.id: [] for one in waiting}
    for one in waiting:
        values = held[one.revision].values.values()
        given = [value for value in values if value.given_in == one.revision]
        for suspicion, answer, sheet, cells in issues.get(receipts[one.revision], ()):
            hit = tuple(
                value.indicator for value in given if value.sheet == sheet and value.cell in cells
            )
            if hit:
                told[one.id].append((replace(suspicion, indicators=hit), answer))
    return told


def _histories(
    period: str, found: Sequence[Submission], held: Mapping[int, UnitValues]
) -> dict[str, list[UnitValues]]:
    """By unit, the values of earlier periods of the same kind, the latest last."""
    kind, start = years(period)
    earlier = []
    for one in found:
        in_a_year, begins = years(one.period)
        values = held.get(one.in_force or 0)
        if values is not None and in_a_year == kind and begins < start:
            earlier.append((begins, one.unit, values))
    by_unit: dict[str, list[UnitValues]] = {}
    for _, unit, values in sorted(earlier, key=lambda told: told[0]):
        by_unit.setdefault(unit, []).append(values)
    return by_unit


def _suspicions(
    best: Mapping[str, float],
    steps: Mapping[str, float],
    mine: UnitValues,
    history: Sequence[UnitValues],
) -> list[Suspicion]:
    values = mine.values
    return [
        *jumps(values, [past.values for past in history], steps),
        *heaping(values),
        *all_top(best, values),
    ]
