"""What a reviewer reads first: submissions in the order of what is doubtful about them.

Each reason to look is weighed by its expected effect: how far the unit's score
would move if the doubtful values were what they are expected to be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from sqlalchemy import Connection, select

from govmaturity.framework.check_methods import SAMPLE_BASED
from govmaturity.framework.model import Framework
from govmaturity.intake.table.periods import years
from govmaturity.store.base import Base
from govmaturity.store.database import tables as t
from govmaturity.store.effect import scored
from govmaturity.store.expected import as_expected, usual_figures
from govmaturity.store.figures import Key, UnitValues, in_parts, load
from govmaturity.store.frameworks import fingerprint_of, kept_framework
from govmaturity.store.people import Person, need
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

# What changes the values that submissions are compared with, as the audit log names it.
VALUES_MOVE: Final = ("submitted", "returned", "restored", "imported")
# Where a unit's score hangs on all the others, each question is a scoring of its own.
_MOST_ALONE: Final = 100
_BY_ITSELF: Final = frozenset(
    {"arithmetic", "geometric", "harmonic", "generalised", "median", "minimum"}
)


@dataclass(frozen=True)
class Reason:
    """One thing to look at in a submission.

    Parameters
    ----------
    code : str
        One of `suspicions.REVIEW_CODES`, or the code of a finding about the
        file that the sender was asked to confirm.
    indicators : tuple of str
    found : str
        In no language.
    justification : str
        What the sender answered, where they were asked.
    effect : float, optional
        Points of the root's score, from 0 up; None where it cannot be told.
    """

    code: str
    indicators: tuple[str, ...]
    found: str
    justification: str
    effect: float | None


@dataclass(frozen=True)
class QueueItem:
    """A submission that waits, its reasons with the largest effect first.

    `effect` is that of the first reason, 0 without one; `changed` counts the
    values that differ from the revision approved last.
    """

    submission: Submission
    reasons: tuple[Reason, ...]
    effect: float
    changed: int


@dataclass(frozen=True)
class Doubtful:
    """All reasons to look at the same values, the one with the largest effect first."""

    indicators: tuple[str, ...]
    reasons: tuple[Reason, ...]

    @property
    def effect(self) -> float | None:
        """Of the first reason: what the unit's score would move by."""
        return self.reasons[0].effect


def by_values(reasons: Sequence[Reason]) -> tuple[Doubtful, ...]:
    """Put together the reasons about the same values; the order of the first ones stays.

    Examples
    --------
    >>> a, b = Reason("jump", ("x",), "", "", 2.0), Reason("blank", ("y",), "", "", 1.0)
    >>> [len(one.reasons) for one in by_values([a, b, a])]
    [2, 1]
    """
    found: dict[tuple[str, ...], list[Reason]] = {}
    for reason in reasons:
        found.setdefault(reason.indicators, []).append(reason)
    return tuple(Doubtful(indicators, tuple(same)) for indicators, same in found.items())


@dataclass(frozen=True)
class _Doubt:
    """A reason before its effect is known, and what the values would be instead."""

    submission: Submission
    suspicion: Suspicion
    justification: str
    instead: UnitValues


def queue(
    base: Base, person: Person, framework: str, version: str, period: str
) -> tuple[QueueItem, ...]:
    """List the submissions that wait for approval, the most doubtful first.

    Parameters
    ----------
    base : Base
    person : Person
        A reviewer; sees the units in their scope.
    framework, version, period : str

    Notes
    -----
    What a value is expected to be: its history's median for a jump, else the
    value of the period before, else the median of the other units; without
    any of these, nothing. What a waiver covers is not asked again.
    """
    need(person, "reviewer")
    with base.reader.begin() as connection:
        fingerprint = fingerprint_of(connection, framework, version)
        if fingerprint is None:
            return ()
        known = kept_framework(connection, fingerprint)
        found = submissions(connection, framework, version)
        now = {one.unit: one for one in found if one.period == period}
        waiting = [
            one for one in now.values() if one.state == "submitted" and person.covers(one.unit)
        ]
        asking = {one.unit for one in waiting}
        wanted = [one for one in found if one.period == period or one.unit in asking]
        held = load(connection, [one.in_force for one in wanted if one.in_force is not None])
        before = load(connection, [one.approved for one in waiting if one.approved is not None])
        asked = _asked(connection, waiting, held)
        waived = {
            (one.unit, one.indicator, one.code)
            for one in waivers_of(connection, [one.revision for one in waiting])
        }
    current = {one.unit: held[one.in_force] for one in now.values() if one.in_force is not None}
    same = same_as_others({unit: one.values for unit, one in current.items()}, asking)
    usual, best, steps = usual_figures(current), top_levels(known), smallest_steps(known)
    histories = _histories(period, wanted, held)
    doubts = []
    for one in waiting:
        history = histories.get(one.unit, [])
        told = [
            (suspicion, "") for suspicion in _suspicions(best, steps, current[one.unit], history)
        ]
        told += [(same[one.unit], "")] if one.unit in same else []
        for suspicion, answer in (*asked[one.id], *told):
            open_ = tuple(
                id_ for id_ in suspicion.indicators if (one.unit, id_, suspicion.code) not in waived
            )
            if open_ or not suspicion.indicators:
                left = replace(suspicion, indicators=open_)
                instead = as_expected(left, current[one.unit], history, usual)
                doubts.append(_Doubt(one, left, answer, instead))
    effects = _effects(known, period, current, doubts)
    by_submission: dict[int, list[Reason]] = {one.id: [] for one in waiting}
    for doubt, effect in zip(doubts, effects, strict=True):
        suspicion = doubt.suspicion
        by_submission[doubt.submission.id].append(
            Reason(
                suspicion.code,
                suspicion.indicators,
                suspicion.found,
                doubt.justification,
                effect,
            )
        )
    items = []
    for one in waiting:
        reasons = sorted(by_submission[one.id], key=lambda reason: -(reason.effect or 0.0))
        effect = (reasons[0].effect or 0.0) if reasons else 0.0
        changed = 0
        if one.approved is not None:
            changed = len(between(before[one.approved], held[one.revision]))
        items.append(QueueItem(one, tuple(reasons), effect, changed))
    return _in_order(items)


def still_waiting(
    base: Base,
    person: Person,
    items: Sequence[QueueItem],
    framework: str,
    version: str,
    period: str,
) -> tuple[QueueItem, ...]:
    """What is left of a queue worked out before: without what was decided or waived since.

    As exact as a new one while no values have come in and none were returned
    (`VALUES_MOVE`), and hundreds of times as fast; a reason of which only some
    values were waived keeps its effect.
    """
    need(person, "reviewer")
    with base.reader.begin() as connection:
        found = submissions(connection, framework, version, [period])
        waiting = {one.id for one in found if one.state == "submitted"}
        waived = {
            (one.unit, one.indicator, one.code)
            for one in waivers_of(connection, [one.revision for one in found])
        }
    left = []
    for item in items:
        if item.submission.id not in waiting:
            continue
        unit = item.submission.unit
        reasons = []
        for reason in item.reasons:
            open_ = tuple(
                id_ for id_ in reason.indicators if (unit, id_, reason.code) not in waived
            )
            if open_ or not reason.indicators:
                reasons.append(replace(reason, indicators=open_))
        effect = (reasons[0].effect or 0.0) if reasons else 0.0
        left.append(replace(item, reasons=tuple(reasons), effect=effect))
    return _in_order(left)


def _in_order(items: Sequence[QueueItem]) -> tuple[QueueItem, ...]:
    return tuple(
        sorted(items, key=lambda item: (-item.effect, -len(item.reasons), item.submission.unit))
    )


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


def _effects(
    framework: Framework,
    period: str,
    current: Mapping[str, UnitValues],
    doubts: Sequence[_Doubt],
) -> list[float | None]:
    """How far each doubt would move its unit's score, in points."""
    given: dict[Key, UnitValues] = {(unit, period): held for unit, held in current.items()}
    if not doubts:
        return []
    scores = _roots(framework, given)
    if _rates_units_by_themselves(framework):
        # Each as a unit of its own, all in one scoring.
        extra = {(f"?{place}", period): doubt.instead for place, doubt in enumerate(doubts)}
        others = _roots(framework, extra)
        after = [others.get((f"?{place}", period)) for place in range(len(doubts))]
    else:
        after = []
        for place, doubt in enumerate(doubts):
            key = (doubt.submission.unit, period)
            anew = _roots(framework, given | {key: doubt.instead}) if place < _MOST_ALONE else {}
            after.append(anew.get(key))
    effects: list[float | None] = []
    for doubt, then in zip(doubts, after, strict=True):
        now = scores.get((doubt.submission.unit, period))
        effects.append(None if now is None or then is None else abs(now - then))
    return effects


def _roots(framework: Framework, given: Mapping[Key, UnitValues]) -> dict[Key, float]:
    found = scored(framework, given)
    if found is None:
        return {}
    roots = found.of(found.plan.root)
    rows = zip(found.unit, found.period, roots, strict=True)
    return {(unit, period): float(root) for unit, period, root in rows if not np.isnan(root)}


def _rates_units_by_themselves(framework: Framework) -> bool:
    """Whether no unit's score depends on the values of another."""
    return all(
        one.normalise.method not in SAMPLE_BASED
        and one.aggregate.method in _BY_ITSELF
        and one.weigh is None
        and one.treat is None
        and one.impute is None
        for one in framework.settings.values()
    )
