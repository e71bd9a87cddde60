"""What only a whole column shows."""

from __future__ import annotations

import pytest

from govmaturity.framework.fields import Field
from govmaturity.intake.issues import Findings
from govmaturity.intake.rules.columns import ask_share_or_percent, check_change
from govmaturity.intake.table.entries import Entry


def asked(field: Field, values: list[float], marked: list[float] = ()) -> tuple[str, ...]:  # type: ignore[assignment]
    column = {
        (f"u{place}", "2024"): Entry(value, "reported", "", f"C{place}")
        for place, value in enumerate(values, start=2)
    } | {
        (f"m{place}", "2024"): Entry(value, "reported", "", f"D{place}", is_bare=False)
        for place, value in enumerate(marked, start=2)
    }
    findings = Findings()
    ask_share_or_percent(field, column, findings)
    return tuple(cell for issue in findings.all() for cell in issue.cells)


@pytest.mark.parametrize(
    ("values", "cells"),
    [
        ([0.85], ("C2",)),
        ([0.85, 0.9, 1.0], ("C2", "C3", "C4")),
        ([0.0, 0.85], ("C3",)),
        ([0.0, 0.0], ()),
        ([70.0, 80.0, 95.0, 0.85], ("C5",)),
        ([0.47, 0.75, 1.2, 3.0, 8.0, 20.0], ()),
        ([0.02, 0.75, 1.2, 3.0, 20.0], ("C2",)),
        ([70.0, 0.85], ()),
        ([85.0, 90.0, 99.0, 0.05], ()),
    ],
)
def test_a_share_among_percentages_is_asked_for(
    known: dict[str, Field], values: list[float], cells: tuple[str, ...]
) -> None:
    assert asked(known["S2"], values) == cells


def test_a_bare_share_beside_cells_marked_as_per_cent_is_asked_for(known: dict[str, Field]) -> None:
    assert asked(known["S2"], [0.85, 90.0], marked=[80.0]) == ("C2",)
    assert asked(known["S2"], [], marked=[0.5]) == ()


def test_other_measures_are_never_asked(known: dict[str, Field]) -> None:
    assert asked(known["S3"], [0.85]) == ()


def changes(field: Field, series: dict[str, float]) -> list[str]:
    column = {
        ("u", period): Entry(value, "reported", "", f"C{place}")
        for place, (period, value) in enumerate(series.items(), start=2)
    }
    findings = Findings()
    check_change(field, column, findings)
    return [issue.found for issue in findings.all()]


@pytest.mark.parametrize(
    ("series", "found"),
    [
        ({"2023": 50, "2024": 70}, []),
        ({"2023": 50, "2024": 71}, ["50 → 71"]),
        ({"2024": 71, "2023": 50}, ["50 → 71"]),
        ({"2022": 50, "2024": 90}, []),
        ({"2022": 50, "2024": 91}, ["50 → 91"]),
        ({"2024-Q1": 50, "2024-Q2": 71}, ["50 → 71"]),
        ({"2023": 50, "2024-Q1": 90}, []),
    ],
)
def test_a_change_beyond_the_yearly_one_is_to_be_confirmed(
    known: dict[str, Field], series: dict[str, float], found: list[str]
) -> None:
    assert changes(known["S2"], series) == found
