"""Checks that look at a whole column: shares among percentages, changes from year to year."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import pairwise
from typing import Final

from govmaturity.framework.fields import Field
from govmaturity.intake.issues import Findings, Issue, shown
from govmaturity.intake.table.entries import Entry, Key
from govmaturity.intake.table.periods import years

_SHARE_GAP: Final = 20
_FEW: Final = 3


def ask_share_or_percent(field_: Field, column: Mapping[Key, Entry], findings: Findings) -> None:
    """Ask where a bare number from 0 to 1 in a per-cent column may be a share (0.85 for 85).

    Asked are
    1. all of them, if the column has no reported bare number above 1;
    2. all of them, if other cells of the column are marked as per cent;
    3. one that, times 100, lies among the column's other numbers while it lies
       20 times below the lowest of them (0.85 among 70 to 95).

    Other numbers are taken as they stand: an illiteracy rate of 0.47 % beside
    rates up to 20 is right.
    """
    if not field_.is_percent:
        return
    given = {key: entry for key, entry in column.items() if entry.value}
    small = {k: e for k, e in given.items() if e.is_bare and 0 < (e.value or 0) <= 1}
    if not small:
        return
    others = [e.value for e in given.values() if e.is_bare and e.value and not 0 < e.value <= 1]
    is_marked = any(not entry.is_bare for entry in given.values())
    if others and not is_marked:
        lowest, highest = min(others), max(others)
        small = {
            key: entry
            for key, entry in small.items()
            if len(others) >= _FEW
            and lowest >= _SHARE_GAP * (entry.value or 0)
            and lowest <= 100 * (entry.value or 0) <= highest
        }
    for (unit, _), entry in small.items():
        share = entry.value or 0.0
        findings.add(
            Issue(
                "share_or_percent",
                "confirm",
                entry.sheet,
                (entry.ref,),
                unit,
                field_.id,
                shown(share),
                shown(float(f"{share * 100:.12g}")),
                (("name", field_.name),),
            )
        )


def check_change(
    field_: Field,
    column: Mapping[Key, Entry],
    findings: Findings,
    known_before: Mapping[Key, float] | None = None,
    told: Collection[Key] = (),
) -> None:
    """Ask where a value changes by more than `max_yearly_change` from one period to the next.

    `known_before` are values from elsewhere, for periods that the file does
    not give; of what was `told` already nothing is asked.

    The change is in the field's unit of measure. Periods further apart than a
    year may differ by as much for every year between them; a change within a
    year is held against the whole yearly change. Only periods of one kind are
    compared: a quarter is no year.
    """
    most = field_.max_yearly_change
    if most is None:
        return
    series: dict[tuple[str, int], list[tuple[float, float, str, Entry | None]]] = {}
    for (unit, period), value in (known_before or {}).items():
        if (unit, period) not in column:
            in_a_year, start = years(period)
            series.setdefault((unit, in_a_year), []).append((start, value, period, None))
    for (unit, period), entry in column.items():
        if entry.value is not None:
            in_a_year, start = years(period)
            point = (start, entry.value, period, entry)
            series.setdefault((unit, in_a_year), []).append(point)
    for (unit, _), points in series.items():
        points.sort(key=lambda point: point[0])
        for (start, value, before, _), (later, new, period, to) in pairwise(points):
            if to is None or (unit, period) in told:
                continue
            if abs(new - value) > most * max(1.0, later - start):
                found = f"{shown(value)} → {shown(new)}"
                slots = (("name", field_.name), ("before", before), ("most", f"{most:g}"))
                findings.add(
                    Issue(
                        "large_change",
                        "confirm",
                        to.sheet,
                        (to.ref,),
                        unit,
                        field_.id,
                        found,
                        f"<= {most:g}",
                        slots,
                    )
                )
