"""All checks of more than one cell, in the order in which one makes another needless."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from govmaturity.framework.fields import Field
from govmaturity.framework.model import Framework
from govmaturity.intake.issues import Findings
from govmaturity.intake.rules.columns import ask_share_or_percent, check_change
from govmaturity.intake.rules.computed import check_ratios
from govmaturity.intake.rules.declared import check_rules
from govmaturity.intake.rules.grid import grids
from govmaturity.intake.rules.history import Last, check_history
from govmaturity.intake.rules.peers import check_peers
from govmaturity.intake.table.entries import Entries, Key
from govmaturity.intake.table.periods import years

Known = Mapping[tuple[str, str], float]
"""Reported values of one period, by unit and field."""


def run_rules(
    framework: Framework,
    fields: Mapping[str, Field],
    entries: Entries,
    left_out: Collection[Key],
    earlier: Mapping[str, Known],
    findings: Findings,
) -> None:
    """Check what several cells say together.

    Parameters
    ----------
    framework : Framework
    fields : mapping of str to Field
    entries : Entries
        Of which what an error makes unusable is left missing.
    left_out : collection of (unit, period)
        Rows of which the unit or the period cannot be told.
    earlier : mapping of str to mapping
        Values reported before, by period.
    findings : Findings
        Takes what is found.
    """
    told = _compare(fields, entries, left_out, earlier, findings)
    for id_, column in entries.columns.items():
        ask_share_or_percent(fields[id_], column, findings)
        given = {key: entry for key, entry in column.items() if key not in left_out}
        asked = {key for field, key in told if field == id_}
        check_change(fields[id_], given, findings, _of_field(id_, given, earlier), asked)
    # Rules first: a ratio is not judged where the part was found to exceed its whole.
    check_rules(framework, fields, entries, findings)
    check_ratios(framework, fields, entries, findings)


def _compare(
    fields: Mapping[str, Field],
    entries: Entries,
    left_out: Collection[Key],
    earlier: Mapping[str, Known],
    findings: Findings,
) -> set[tuple[str, Key]]:
    """Compare each period with the one before it, and the units of a period with one another."""
    found = grids(fields, entries, left_out)
    told: set[tuple[str, Key]] = set()
    for period, grid in found.items():
        before = _before(period, {*earlier, *found})
        asked: set[tuple[int, int]] = set()
        if before is not None:
            known = dict(earlier.get(before, {}))
            known |= found[before].known() if before in found else {}
            asked = check_history(grid, Last(before, known), findings)
        check_peers(grid, asked, findings)
        told |= {(grid.fields[column].id, grid.keys[row]) for row, column in asked}
    return told


def _of_field(id_: str, given: Collection[Key], earlier: Mapping[str, Known]) -> dict[Key, float]:
    units = {unit for unit, _ in given} if earlier else set()
    return {
        (unit, period): known[unit, id_]
        for period, known in earlier.items()
        for unit in units
        if (unit, id_) in known
    }


def _before(period: str, known: Collection[str]) -> str | None:
    """The latest period of the same kind before one."""
    in_a_year, start = years(period)
    earlier = [
        (years(one)[1], one)
        for one in known
        if years(one)[0] == in_a_year and years(one)[1] < start
    ]
    return max(earlier)[1] if earlier else None
