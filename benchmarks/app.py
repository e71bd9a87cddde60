"""The app as a person has it: a real server and a real browser, and reruns on the server alone.

The server listens on a free loopback port and writes to a folder of its own;
both are gone afterwards.
"""

from __future__ import annotations

import logging
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks.census import FRAMEWORK, ROOT, UNITS, census
from benchmarks.measure import Result, in_ms, timed
from govmaturity.store import uploads

MAP_SECONDS, MAP_BYTES, PAGE_SECONDS = 0.6, 150_000, 0.1
RERUNS = 6
PAGES = ("overview", "ranking", "unit", "imbalance")
_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
SHAPES = ".choroplethlayer path"
# Notes when a person chose, when the app began and ended to run, and when the map was drawn.
WATCH = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  const seen = window.seen = {};
  new MutationObserver(() => {
    const state = app.getAttribute('data-test-script-state');
    if (state === 'running') { seen.began ??= performance.now(); }
    else if (state === 'notRunning' && seen.began) { seen.ended = performance.now(); }
  }).observe(app, {attributes: true, attributeFilter: ['data-test-script-state']});
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') { seen.chosen = performance.now(); }
  }, true);
}"""


@dataclass(frozen=True)
class Rerun:
    """From a choice to the end of the run, and what the server sent for it."""

    seconds: float
    received: int


def results() -> list[Result]:
    """Measure the map in a browser, then pages on the server."""
    with tempfile.TemporaryDirectory() as home:
        os.environ[uploads.HOME_SETTING] = home
        given = census()
        kept = uploads.keep(given.content, given.name, FRAMEWORK.stem, skips_faulty=True)
        with server() as address:
            few, many = _maps(address, ["", f"&data={kept.id}"])
        pages = _pages()
    seconds = median(rerun.seconds for rerun in many)
    received = max(rerun.received for rerun in many)
    base = median(rerun.seconds for rerun in few)
    sent = max(rerun.received for rerun in few)
    return [
        Result("map rerun in the browser, sample of 29", in_ms(base), ratio="1.0"),
        Result(
            f"map rerun in the browser, {UNITS:,} counties",
            in_ms(seconds),
            f"< {MAP_SECONDS:g} s",
            f"{seconds / base:.1f}",
            seconds < MAP_SECONDS,
        ),
        Result("sent for it, sample of 29", f"{sent / 1000:.0f} kB", ratio="1.0"),
        Result(
            f"sent for it, {UNITS:,} counties",
            f"{received / 1000:.0f} kB",
            f"< {MAP_BYTES // 1000} kB",
            f"{received / sent:.1f}",
            received < MAP_BYTES,
        ),
        *pages,
    ]


def chromium() -> str:
    """Where the system's Chromium is."""
    path = next((found for name in _CHROMIUMS if (found := shutil.which(name))), None)
    if path is None:
        raise RuntimeError(f"needs a Chromium, named {', '.join(_CHROMIUMS)}")
    return path


@contextmanager
def server() -> Iterator[str]:
    """Run the app on a free loopback port and give its address."""
    with running() as (address, _):
        yield address


@contextmanager
def running() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run the app on a free loopback port; its address and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"{address}/healthz", process)
        yield address, process
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}")
        try:
            with urllib.request.urlopen(address):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")


def _maps(address: str, ends: Sequence[str]) -> list[list[Rerun]]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        try:
            return [_map(browser, f"{address}/map?framework={FRAMEWORK.stem}{end}") for end in ends]
        finally:
            browser.close()


def _map(browser: Any, address: str) -> list[Rerun]:
    """Choose one node after another on the page of the map."""
    frames: list[int] = []
    page = browser.new_page(locale="en-GB", viewport={"width": 1280, "height": 900})
    page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: frames.append(len(frame))),
    )
    page.goto(address)
    page.wait_for_selector(IDLE, timeout=60_000)
    page.wait_for_selector(SHAPES, state="attached", timeout=60_000)
    page.wait_for_timeout(2_000)
    page.evaluate(WATCH)
    box = page.get_by_role("combobox", name="Choose what to show")
    reruns = []
    # The first choice warms up.
    for _ in range(RERUNS + 1):
        box.click()
        page.wait_for_timeout(300)
        page.keyboard.press("ArrowDown")
        page.evaluate("() => { seen.began = seen.ended = undefined; }")
        frames.clear()
        page.keyboard.press("Enter")
        page.wait_for_function("() => seen.ended", timeout=60_000)
        # A late second run (the address, a fragment) belongs to the same choice.
        page.wait_for_timeout(1_500)
        page.wait_for_selector(IDLE)
        took = page.evaluate("() => seen.ended - seen.chosen")
        reruns.append(Rerun(took / 1000, sum(frames)))
    page.close()
    return reruns[1:]


def _pages() -> list[Result]:
    """Runs of whole pages on the server, everything cached: Streamlit's own test harness.

    It leaves out the browser and the socket; building and serialising all
    elements is in.
    """
    from streamlit.testing.v1 import AppTest

    # It would say once a page that there is no browser.
    logging.disable(logging.WARNING)
    bare = AppTest.from_string("import streamlit\nstreamlit.text('nothing else')")
    bare.run()
    base = median(timed(bare.run) for _ in range(9))
    found = [Result("page with one line of text, on the server", in_ms(base), ratio="1.0")]
    for name in PAGES:
        test = AppTest.from_file(str(ROOT / "ui" / "main.py"), default_timeout=60)
        test.switch_page(str(ROOT / "pages" / f"{name}.py"))
        test.run()
        if test.exception:
            raise RuntimeError(f"the page {name} fails: {test.exception[0].message}")
        if not test.get("plotly_chart"):
            raise RuntimeError(f"the page {name} shows no chart, so its time says nothing")
        test.run()
        seconds = median(timed(test.run) for _ in range(9))
        found.append(
            Result(
                f"page {name}, cached, on the server",
                in_ms(seconds),
                f"< {PAGE_SECONDS:g} s",
                f"{seconds / base:.1f}",
                seconds < PAGE_SECONDS,
            )
        )
    return found
