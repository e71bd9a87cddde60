"""Timing, and the rows of the table that comes out."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Result:
    """One thing measured.

    `ratio` says how many times the baseline it took; empty where only the
    figure itself was asked for. `is_ok` is None where nothing was asked.
    """

    what: str
    measured: str
    asked: str = ""
    ratio: str = ""
    is_ok: bool | None = None


def timed(run: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def medians(*runs: Callable[[], object], times: int = 15) -> tuple[float, ...]:
    """Median seconds of each of several calls.

    They take turns, so that a busy moment of the machine falls on all of them
    alike, and each is called once before the clock starts.
    """
    for run in runs:
        run()
    rounds = [[timed(run) for run in runs] for _ in range(times)]
    return tuple(median(column) for column in zip(*rounds, strict=True))


def in_ms(seconds: float) -> str:
    """Milliseconds, as few digits as tell something."""
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds:.2f} s"


def table(results: Sequence[Result]) -> str:
    """Return the results as lines of a table."""
    head = ("what", "measured", "asked", "ratio", "")
    marks = {True: "ok", False: "NOT OK", None: ""}
    rows = [head, *((r.what, r.measured, r.asked, r.ratio, marks[r.is_ok]) for r in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(line.rstrip() for line in lines)
