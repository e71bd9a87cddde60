"""What a reviewer reads first: submissions in the order of what is doubtful about them.

Each reason to look is weighed by its expected effect: how far the unit's score
would move if the doubtful values were what they are expected to be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from govmaturity.store.base import Base
from govmaturity.store.doubt_effects import effects_of
from govmaturity.store.doubts import doubts_of, not_waived, waived_of, what_waits
from govmaturity.store.people import Person, need
from govmaturity.store.states import Submission, submissions

# What changes the values that submissions are compared with, as the audit log names it.
VALUES_MOVE: Final = ("submitted", "returned", "restored", "imported")


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
        found = what_waits(connection, person, framework, version, period)
    if found is None:
        return ()
    doubts = doubts_of(found)
    reasons: dict[int, list[Reason]] = {one.id: [] for one in found.waiting}
    for doubt, effect in zip(doubts, effects_of(found, doubts), strict=True):
        told = doubt.suspicion
        reasons[doubt.submission.id].append(
            Reason(told.code, told.indicators, told.found, doubt.justification, effect)
        )
    return _in_order(
        [
            _item(one, sorted(reasons[one.id], key=_by_effect), found.changed[one.id])
            for one in found.waiting
        ]
    )


def _by_effect(reason: Reason) -> float:
    return -(reason.effect or 0.0)


def _item(submission: Submission, reasons: Sequence[Reason], changed: int) -> QueueItem:
    effect = (reasons[0].effect or 0.0) if reasons else 0.0
    return QueueItem(submission, tuple(reasons), effect, changed)


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
        waived = waived_of(connection, found)
    left = []
    for item in items:
        if item.submission.id in waiting:
            reasons = [
                replace(reason, indicators=open_)
                for reason in item.reasons
                if (open_ := not_waived(item.submission.unit, reason, waived)) is not None
            ]
            left.append(_item(item.submission, reasons, item.changed))
    return _in_order(left)


def _in_order(items: Sequence[QueueItem]) -> tuple[QueueItem, ...]:
    return tuple(
        sorted(items, key=lambda item: (-item.effect, -len(item.reasons), item.submission.unit))
    )
