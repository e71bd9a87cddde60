"""Checks against the other units of the file: wrong units of measure, outliers, copies."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from govmaturity.intake.issues import Code, Findings, Issue, Phrase, Slot, shown
from govmaturity.intake.rules.grid import Floats, Grid

Flags = NDArray[np.bool_]

# With fewer units nothing can be said of what is usual.
_FEWEST: Final = 8
_FEWEST_SAME: Final = 5
# Robust distances, in scaled median absolute deviations; 3.5 is the usual cut
# (Iglewicz and Hoaglin 1993), and counties differ more than samples of one kind.
_FAR: Final = 7.0
_TO_NORMAL: Final = 1.4826
_LEAST_SPREAD: Final = 0.05
# Orders of magnitude: 元 for 万元, 人 for 百人; nothing less than a factor of 20 is asked.
MIX_UPS: Final = (2, 4)
_LEAST_ORDERS: Final = 1.3
# From the far values to the nearest other one, in orders of magnitude. In the
# census of 2020 no count of 2,834 counties shows such a gap.
_GAP: Final = 0.7


def check_peers(grid: Grid, told: set[tuple[int, int]], findings: Findings) -> None:
    """Ask where a value is far from those of all other units, or the same for all.

    Only positive values are compared, on a logarithmic scale: counties differ
    by factors. A value outside the usual range that the framework states has
    been asked already, and so have the cells (row, column) in `told`.
    """
    orders = np.full(grid.value.shape, np.nan)
    np.log10(grid.value, out=orders, where=grid.value > 0)
    middle = _medians(orders)
    spread = _TO_NORMAL * _medians(np.abs(orders - middle))
    enough = (~np.isnan(orders)).sum(axis=0) >= _FEWEST
    distance = orders - middle
    limit = np.maximum(_FAR * np.maximum(spread, _LEAST_SPREAD), _LEAST_ORDERS)
    far = _apart(distance, (np.abs(distance) > limit) & enough)
    for row, column in np.argwhere(far):
        place = (int(row), int(column))
        if place not in told:
            _ask(grid, place, float(distance[place]), float(10 ** middle[column]), findings)
    _all_same(grid, findings)
    _same_units(grid, findings)


def _medians(orders: Floats) -> Floats:
    """Median of each column, NaN where a column has nothing: numpy's own would warn of that."""
    found = np.full(orders.shape[1], np.nan)
    there = ~np.isnan(orders).all(axis=0)
    if there.any():
        found[there] = np.nanmedian(orders[:, there], axis=0)
    return found


def _apart(distance: Floats, far: Flags) -> Flags:
    """Of what lies far out, what a gap parts from the others: a long tail is no mistake."""
    found = far.copy()
    for column in np.flatnonzero(far.any(axis=0)):
        given, is_far = distance[:, column], far[:, column]
        near = given[~is_far & ~np.isnan(given)]
        below, above = is_far & (given < 0), is_far & (given > 0)
        if below.any() and near.min() - given[below].max() < _GAP:
            found[below, column] = False
        if above.any() and given[above].min() - near.max() < _GAP:
            found[above, column] = False
    return found


def _ask(
    grid: Grid, place: tuple[int, int], distance: float, middle: float, findings: Findings
) -> None:
    field = grid.fields[place[1]]
    value = float(grid.value[place])
    if field.is_percent or not field.plausible.holds(value):
        return
    power = min(MIX_UPS, key=lambda power: abs(abs(distance) - power))
    corrected = value * 10.0 ** (-power if distance > 0 else power)
    others = np.delete(grid.value[:, place[1]], place[0])
    usual = others[others > 0]
    if field.valid.holds(corrected) and usual.min() <= corrected <= usual.max():
        basis = Phrase("basis_peers", (("value", shown(float(f"{middle:.4g}"))),))
        findings.add(mix_up(grid, place, corrected, power, basis))
        return
    entry = grid.entry(*place)
    slots: tuple[tuple[str, Slot], ...] = (("name", field.name),)
    expected = f"{shown(float(usual.min()))}-{shown(float(usual.max()))}"
    findings.add(
        Issue(
            "far_from_peers",
            "confirm",
            entry.sheet,
            (entry.ref,),
            grid.keys[place[0]][0],
            field.id,
            shown(value),
            expected,
            slots,
        )
    )


def mix_up(
    grid: Grid, place: tuple[int, int], corrected: float, power: int, basis: Phrase
) -> Issue:
    """The question whether a value was entered in another unit of measure."""
    field, entry = grid.fields[place[1]], grid.entry(*place)
    slots: tuple[tuple[str, Slot], ...] = (
        ("name", field.name),
        ("unit_of_measure", field.unit_of_measure),
        ("times", f"{10**power:,}"),
        ("basis", basis),
    )
    return Issue(
        "unit_mix_up",
        "confirm",
        entry.sheet,
        (entry.ref,),
        grid.keys[place[0]][0],
        field.id,
        shown(float(grid.value[place])),
        shown(float(f"{corrected:.12g}")),
        slots,
    )


def _all_same(grid: Grid, findings: Findings) -> None:
    """A column in which many units report the same number, and it is not zero."""
    for column, field in enumerate(grid.fields):
        given = grid.value[:, column]
        rows = np.flatnonzero(~np.isnan(given))
        if len(rows) < _FEWEST or not given[rows[0]] or np.ptp(given[rows]) != 0:
            continue
        entries = [grid.entry(int(row), column) for row in rows]
        slots: tuple[tuple[str, Slot], ...] = (("name", field.name),)
        cells = tuple(entry.ref for entry in entries if entry.sheet == entries[0].sheet)
        found = shown(float(given[rows[0]]))
        findings.add(
            Issue("all_same", "confirm", entries[0].sheet, cells, "", field.id, found, slots=slots)
        )


def _same_units(grid: Grid, findings: Findings) -> None:
    """Two units that report the same numbers in every field they share."""
    rows: dict[bytes, int] = {}
    for row, given in enumerate(grid.value):
        if np.count_nonzero(np.nan_to_num(given)) < _FEWEST_SAME or _is_constant(given):
            continue
        first = rows.setdefault(given.tobytes(), row)
        if first != row:
            _copied(grid, row, "same_as_unit", grid.keys[first][0], findings)


def _is_constant(given: Floats) -> bool:
    told = given[~np.isnan(given)]
    return bool(np.ptp(told) == 0)


def _copied(grid: Grid, row: int, code: Code, found: str, findings: Findings) -> None:
    columns = np.flatnonzero(~np.isnan(grid.value[row]))
    entries = [grid.entry(row, int(column)) for column in columns]
    cells = tuple(entry.ref for entry in entries if entry.sheet == entries[0].sheet)
    unit = grid.keys[row][0]
    findings.add(Issue(code, "confirm", entries[0].sheet, cells, unit, found=f"{unit} = {found}"))
