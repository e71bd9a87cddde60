"""The whole country over five periods: what a planner waits for, and what ten sessions take."""

from __future__ import annotations

import csv
import io
import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from benchmarks.app import IDLE, SHAPES, WATCH, chromium, running
from benchmarks.census import FRAMEWORK, UNITS, census
from benchmarks.measure import Result, in_ms
from govmaturity.store import uploads

PERIODS = ("2020", "2021", "2022", "2023", "2024")
SESSIONS = 10
CHANGE_SECONDS, FIRST_SECONDS, MOST_BYTES = 0.5, 2.0, 700_000_000
TIMES = 8
_SEED = 20_260_102
_PLACE = ("code", "name", "province", "city")
# One after another, as a person walks through the pages.
_SESSIONS = (
    *("", "map", "ranking", "unit", "imbalance", "trend", "divide", "method"),
    *("map?drawn=change", "ranking?period=2022"),
)


def results() -> list[Result]:
    """Measure the first map, changes of node, period and region, and the memory at the end."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        os.environ[uploads.HOME_SETTING] = home
        kept = uploads.keep(country(), "SIMULATED-country.csv", FRAMEWORK.stem, skips_faulty=True)
        with running() as (address, process):
            browser = playwright.chromium.launch(
                executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
            )
            try:
                walk = Walk(browser, address, f"framework={FRAMEWORK.stem}&data={kept.id}")
                cold = walk.first_map()
                first = median(walk.first_map() for _ in range(3))
                changes = {
                    "node": walk.changes("map", "Choose what to show"),
                    "period": walk.changes("map", "Period"),
                    "region": walk.changes("ranking", "Region"),
                }
                before = resident_bytes(process.pid)
                walk.open_sessions(_SESSIONS)
                most = resident_bytes(process.pid)
            finally:
                browser.close()
    what = f"{UNITS:,} x {len(PERIODS)} periods"
    return [
        Result(f"{what}: first map after the upload, file read and checked anew", in_ms(cold)),
        _asked(f"{what}: first map of another session", first, FIRST_SECONDS),
        *(
            _asked(f"{what}: change of {name}, 95 % within", _p95(seconds), CHANGE_SECONDS)
            for name, seconds in changes.items()
        ),
        Result(f"{what}: memory of the server, one session", f"{before / 1e6:.0f} MB"),
        Result(
            f"{what}: memory of the server, {SESSIONS} sessions open",
            f"{most / 1e6:.0f} MB",
            f"< {MOST_BYTES / 1e6:.0f} MB",
            f"{most / before:.1f}",
            most < MOST_BYTES,
        ),
    ]


def country() -> bytes:
    """The census of all counties as the last of five periods, the earlier ones drawn near it.

    All counts of a county and period are smaller or larger by one factor, so
    that parts still add up to their whole.
    """
    draw = np.random.default_rng(_SEED)
    lines = list(csv.DictReader(io.StringIO(census().content.decode("utf-8"))))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, ["period", *lines[0]], lineterminator="\n")
    writer.writeheader()
    for line in lines:
        for back, period in enumerate(reversed(PERIODS)):
            factor = 1 + back * float(draw.normal(-0.02, 0.01))
            moved = {name: _moved(value, factor) for name, value in line.items()}
            fixed = {name: line[name] for name in line if name in _PLACE or name.endswith("_pct")}
            writer.writerow(moved | fixed | {"period": period})
    return text.getvalue().encode("utf-8")


def _moved(value: str, factor: float) -> str:
    try:
        found = float(value)
    except ValueError:
        return value
    return f"{found * factor:.0f}" if found.is_integer() else f"{found * factor:.2f}"


@dataclass
class Walk:
    """A browser on the server with the country in it; keeps its pages open."""

    browser: Any
    address: str
    chosen: str
    pages: list[Any] = field(default_factory=list)

    def first_map(self) -> float:
        """Seconds until a person who opens the link sees the shapes and the run has ended."""
        page = self._page()
        begun = time.perf_counter()
        page.goto(self._link("map"))
        page.wait_for_selector(SHAPES, state="attached", timeout=120_000)
        page.wait_for_selector(IDLE, timeout=120_000)
        seconds = time.perf_counter() - begun
        page.context.close()
        return seconds

    def changes(self, name: str, label: str) -> list[float]:
        """Seconds from each choice to the end of the run, after one round that fills the caches."""
        page = self._page()
        page.goto(self._link(name))
        page.wait_for_selector(IDLE, timeout=120_000)
        page.wait_for_timeout(2_000)
        page.evaluate(WATCH)
        warm = [self._choose(page, label, "ArrowDown") for _ in range(3)]
        back = [self._choose(page, label, "ArrowUp") for _ in range(3)]
        found = []
        while len(found) < TIMES:
            found += [self._choose(page, label, "ArrowDown") for _ in range(3)]
            found += [self._choose(page, label, "ArrowUp") for _ in range(3)]
        page.context.close()
        if not (warm and back):
            raise RuntimeError("no choice was made")
        return found

    def open_sessions(self, names: Sequence[str]) -> None:
        """Leave a page open in a browser of its own for each name."""
        for name in names:
            page = self._page()
            page.goto(self._link(name))
            page.wait_for_selector(IDLE, timeout=120_000)
            page.wait_for_timeout(1_000)
            self.pages.append(page)

    def _page(self) -> Any:
        size = {"width": 1366, "height": 768}
        return self.browser.new_context(locale="en-GB", viewport=size).new_page()

    def _link(self, name: str) -> str:
        path, _, more = name.partition("?")
        return f"{self.address}/{path}?{self.chosen}&{more}"

    def _choose(self, page: Any, label: str, key: str) -> float:
        page.get_by_role("combobox", name=label).first.click()
        page.wait_for_timeout(300)
        page.keyboard.press(key)
        page.evaluate("() => { seen.began = seen.ended = undefined; }")
        page.keyboard.press("Enter")
        page.wait_for_function("() => seen.ended", timeout=60_000)
        # A late second run (the address, a fragment) belongs to the same choice.
        page.wait_for_timeout(1_500)
        page.wait_for_selector(IDLE)
        return float(page.evaluate("() => seen.ended - seen.chosen")) / 1000


def resident_bytes(process: int) -> int:
    """What a process holds in memory now. Linux only."""
    for line in Path(f"/proc/{process}/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError(f"the system does not say what process {process} holds")


def _asked(what: str, seconds: float, most: float) -> Result:
    return Result(what, in_ms(seconds), f"< {most:g} s", "", seconds < most)


def _p95(seconds: Sequence[float]) -> float:
    return sorted(seconds)[ceil(0.95 * len(seconds)) - 1]
