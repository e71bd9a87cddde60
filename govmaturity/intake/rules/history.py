"""Checks against the last values: changes, wrong units of measure, copies, shifted columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from govmaturity.intake.issues import Code, Findings, Issue, Phrase, Slot, shown
from govmaturity.intake.rules.grid import Floats, Grid
from govmaturity.intake.rules.peers import MIX_UPS, mix_up

_FEWEST_SAME: Final = 5
_SAME_SHARE: Final = 0.9
# A power of ten to within a quarter up or down, the ordinary change of a year.
_NEAR_POWER: Final = 0.1
# What trebles or falls to a third; counts below 20 do so by chance.
_LARGE_FACTOR: Final = 3.0
_SMALL_COUNT: Final = 20
# Values one column off: so many in a row that match the neighbour's last value
# to within a third, while at most half match their own.
_SHIFTED_RUN: Final = 5
_ALIKE: Final = 0.125
_MIN_ORDERED: Final = 8
_AGREES, _DIFFERS = 0.8, 0.4


@dataclass(frozen=True)
class Last:
    """The values of an earlier period, by unit and field; empty if none are known."""

    period: str = ""
    values: Mapping[tuple[str, str], float] = field(default_factory=dict)


def check_history(grid: Grid, last: Last, findings: Findings) -> set[tuple[int, int]]:
    """Ask where values do not go on from the last ones as they usually do.

    Returns
    -------
    set of (row, column)
        What has been asked about, so that it need not be asked once more.
    """
    before = grid.placed(last.values)
    with np.errstate(invalid="ignore", divide="ignore"):
        orders = np.log10(grid.value) - np.log10(before)
    orders[~np.isfinite(orders)] = np.nan
    told: set[tuple[int, int]] = set()
    for row in range(len(grid.keys)):
        told |= _shifted(grid, row, before, findings)
    told |= _mixed_up(grid, before, orders, last, told, findings)
    told |= _large(grid, before, orders, last, told, findings)
    _copied(grid, before, last, findings)
    _sorted_alone(grid, before, findings)
    return told


def _mixed_up(
    grid: Grid,
    before: Floats,
    orders: Floats,
    last: Last,
    told: set[tuple[int, int]],
    findings: Findings,
) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for power in MIX_UPS:
        for row, column in np.argwhere(np.abs(np.abs(orders) - power) < _NEAR_POWER):
            place = (int(row), int(column))
            if place in told or grid.fields[place[1]].is_percent:
                continue
            value, earlier = float(grid.value[place]), float(before[place])
            corrected = value * 10.0 ** (-power if orders[place] > 0 else power)
            slots = (("period", last.period), ("value", shown(earlier)))
            findings.add(mix_up(grid, place, corrected, power, Phrase("basis_last", slots)))
            found.add(place)
    return found


def _large(
    grid: Grid,
    before: Floats,
    orders: Floats,
    last: Last,
    told: set[tuple[int, int]],
    findings: Findings,
) -> set[tuple[int, int]]:
    """A change by a factor of three where the framework states no yearly change."""
    found: set[tuple[int, int]] = set()
    for column, field_ in enumerate(grid.fields):
        if field_.max_yearly_change is not None or field_.is_percent:
            continue
        size = np.fmax(grid.value[:, column], before[:, column])
        far = np.abs(orders[:, column]) > np.log10(_LARGE_FACTOR)
        large = far & (size >= _SMALL_COUNT)
        for row in np.flatnonzero(large):
            place = (int(row), column)
            if place in told:
                continue
            entry = grid.entry(*place)
            pair = f"{shown(float(before[place]))} → {shown(float(grid.value[place]))}"
            slots: tuple[tuple[str, Slot], ...] = (("name", field_.name), ("before", last.period))
            unit = grid.keys[place[0]][0]
            where = (entry.sheet, (entry.ref,), unit, field_.id)
            findings.add(Issue("far_from_last", "confirm", *where, pair, slots=slots))
            found.add(place)
    return found


def _copied(grid: Grid, before: Floats, last: Last, findings: Findings) -> None:
    """Units that report the last values again in nearly all fields."""
    for row, (unit, _) in enumerate(grid.keys):
        both = ~np.isnan(grid.value[row]) & ~np.isnan(before[row]) & (grid.value[row] != 0)
        same = both & (grid.value[row] == before[row])
        if both.sum() >= _FEWEST_SAME and same.sum() >= _SAME_SHARE * both.sum():
            entries = [grid.entry(row, int(column)) for column in np.flatnonzero(same)]
            cells = tuple(entry.ref for entry in entries if entry.sheet == entries[0].sheet)
            slots: tuple[tuple[str, Slot], ...] = (("period", last.period),)
            found = f"{int(same.sum())}/{int(both.sum())}"
            findings.add(
                Issue("copied_last", "confirm", entries[0].sheet, cells, unit, "", found, "", slots)
            )


def _shifted(grid: Grid, row: int, before: Floats, findings: Findings) -> set[tuple[int, int]]:
    """Values that fit the last ones of the neighbouring column, and not of their own."""
    value = grid.value[row]
    own = _alike(value, before[row])
    for step, code in ((1, "shifted_right"), (-1, "shifted_left")):
        neighbours = np.full(len(value), np.nan)
        if step == 1:
            neighbours[1:] = before[row][:-1]
        else:
            neighbours[:-1] = before[row][1:]
        start, end = _longest_run(_alike(value, neighbours))
        if end - start < _SHIFTED_RUN or own[start:end].sum() > (end - start) / 2:
            continue
        places = [(row, column) for column in range(start, end)]
        entries = [grid.entry(*place) for place in places]
        cells = tuple(entry.ref for entry in entries if entry.sheet == entries[0].sheet)
        which: Code = "shifted_right" if code == "shifted_right" else "shifted_left"
        unit = grid.keys[row][0]
        findings.add(Issue(which, "confirm", entries[0].sheet, cells, unit))
        return set(places)
    return set()


def _alike(value: Floats, other: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Where two positive numbers differ by less than a third."""
    with np.errstate(invalid="ignore", divide="ignore"):
        near = np.abs(np.log10(value) - np.log10(other)) < _ALIKE
    return near & (value > 0) & (other > 0)


def _longest_run(is_so: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> tuple[int, int]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], is_so.astype(np.int8), [0]))))
    runs = list(zip(edges[::2], edges[1::2], strict=True))
    start, end = max(runs, key=lambda run: run[1] - run[0], default=(0, 0))
    return int(start), int(end)


def _sorted_alone(grid: Grid, before: Floats, findings: Findings) -> None:
    """A column in rising or falling order that lost its units, while other columns kept theirs."""
    agreement = [
        _rank_correlation(grid.value[:, column], before[:, column])
        for column in range(len(grid.fields))
    ]
    if not any(told is not None and told >= _AGREES for told in agreement):
        return
    for column, field_ in enumerate(grid.fields):
        told = agreement[column]
        rows = np.flatnonzero(~np.isnan(grid.value[:, column]))
        steps = np.diff(grid.value[rows, column])
        in_order = bool((steps >= 0).all() or (steps <= 0).all())
        if told is not None and told <= _DIFFERS and in_order and steps.any():
            entries = [grid.entry(int(row), column) for row in rows]
            cells = tuple(entry.ref for entry in entries if entry.sheet == entries[0].sheet)
            slots: tuple[tuple[str, Slot], ...] = (("name", field_.name),)
            sheet = entries[0].sheet
            findings.add(Issue("sorted_alone", "confirm", sheet, cells, "", field_.id, slots=slots))


def _rank_correlation(now: Floats, before: Floats) -> float | None:
    """Spearman's rank correlation over units with both values; None with fewer than eight."""
    both = ~np.isnan(now) & ~np.isnan(before)
    if both.sum() < _MIN_ORDERED or np.ptp(now[both]) == 0 or np.ptp(before[both]) == 0:
        return None
    ranks = [np.unique(values[both], return_inverse=True)[1] for values in (now, before)]
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])
