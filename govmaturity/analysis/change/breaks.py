"""Where a series breaks: what came before is not to be compared with what comes after.

A framework states breaks of its figures; the registry knows which units have
merged, so that their area is another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from govmaturity.analysis.change.panel import start_of
from govmaturity.framework.model import Framework, Words
from govmaturity.units.registry import Registry


@dataclass(frozen=True)
class SeriesBreak:
    """From `period` on figures mean something else; of `unit` alone, or of all if it is empty."""

    period: str
    reason: Words
    unit: str = ""


def breaks_between(
    framework: Framework,
    registry: Registry,
    units: Iterable[str],
    first: str,
    last: str,
    node: str,
) -> tuple[SeriesBreak, ...]:
    """Breaks of a node's figures after one period and up to a later one.

    Parameters
    ----------
    framework : Framework
    registry : Registry
    units : iterable of str
        Units outside the registry have no known mergers.
    first, last : str
        A merger in the year of `first` itself came before or during it and
        counts as no break.
    node : str
        A break of a node breaks all groups above it and all that is below it.

    Returns
    -------
    tuple of SeriesBreak
        In the order of time; those of all units before those of one.
    """
    touching = _touching(framework, node)
    begin, end = start_of(first), start_of(last)
    found = [
        SeriesBreak(one.period, one.reason)
        for one in framework.breaks
        if begin < start_of(one.period) <= end and (not one.nodes or touching & set(one.nodes))
    ]
    found += [
        SeriesBreak(str(one.year), one.told, unit)
        for unit in units
        for one in registry.mergers_of(unit)
        if one.year is not None and begin < one.year <= end
    ]
    return tuple(sorted(found, key=lambda one: (start_of(one.period), one.unit)))


def _touching(framework: Framework, node: str) -> set[str]:
    above = {node}
    one = node
    while one in framework.parents:
        one = framework.parents[one]
        above.add(one)
    below, waiting = set(), [node]
    while waiting:
        one = waiting.pop()
        below.add(one)
        waiting += [child for child, parent in framework.parents.items() if parent == one]
    return above | below
