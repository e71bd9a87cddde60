"""A real server on loopback, a real Chromium, and a watch for requests that leave the machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route, sync_playwright

from tests.browser.filling import fill

ROOT = Path(__file__).resolve().parents[2]
# Chromium's own background traffic would be counted as the app's otherwise.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DONE = "[data-testid=stApp][data-test-script-state=notRunning]"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with status {process.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"no answer from {address} in {seconds} s")


@pytest.fixture(scope="session")
def home(tmp_path_factory) -> Path:
    """The server's working directory, apart from a person's own."""
    return tmp_path_factory.mktemp("home")


@contextmanager
def served(home: Path, port: int, *command: str) -> Iterator[str]:
    """Run a server of the app and give its address; it is ended by its own process id."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, "GOVMATURITY_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def app(home) -> Iterator[str]:
    """The address of the app under `streamlit run`, as the README starts it."""
    port = free_port()
    with served(home, port, "streamlit", "run", "app.py", "--server.port", str(port)) as address:
        yield address


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory) -> Path:
    """A working directory whose store has a life behind it."""
    home = tmp_path_factory.mktemp("filled")
    fill(home)
    return home


@pytest.fixture(scope="session")
def filled_app(filled_home) -> Iterator[str]:
    """The address of an app with that store: what is only read, and never changed."""
    port = free_port()
    command = ("streamlit", "run", "app.py", "--server.port", str(port))
    with served(filled_home, port, *command) as address:
        yield address


@pytest.fixture(scope="session")
def app_on_uvicorn(tmp_path_factory) -> Iterator[str]:
    """The address of the app under another ASGI server."""
    port = free_port()
    home = tmp_path_factory.mktemp("uvicorn")
    with served(home, port, "uvicorn", "app:app", "--port", str(port)) as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


def chromium() -> str | None:
    """Where the system's Chromium is."""
    return shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")


@pytest.fixture(scope="session")
def browser(playwright) -> Iterator[Browser]:
    path = chromium()
    if path is None:
        # Never skipped: a green run without the browser would prove nothing.
        pytest.fail("no Chromium found; on Debian: apt-get install chromium fonts-noto-cjk")
    found = playwright.chromium.launch(executable_path=path, args=QUIET)
    yield found
    found.close()


# Texts of pictures that stick out of them, and titles under the mark of simulated data.
CUT_OFF = """
() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
  const box = plot.querySelector('.main-svg').getBoundingClientRect();
  const texts = [...plot.querySelectorAll('.infolayer text')].filter(t => t.textContent.trim());
  const place = new Map(texts.map(t => [t, t.getBoundingClientRect()]));
  const out = texts.filter(t => {
    const b = place.get(t);
    return b.width && (b.left < box.left - 1 || b.right > box.right + 1
      || b.top < box.top - 1 || b.bottom > box.bottom + 1);
  });
  const title = place.get(plot.querySelector('.gtitle'));
  const under = texts.filter(t => {
    const b = place.get(t);
    return title && t.textContent === '模拟数据 SIMULATED' && title.right > b.left
      && title.left < b.right && title.bottom > b.top && title.top < b.bottom;
  });
  return [...out, ...under].map(t => t.textContent);
})
"""


DRAWN = (
    "() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')]"
    ".every(chart => chart.querySelector('.infolayer .gtitle'))"
)
MOVING = """
() => {
  const main = document.querySelector('[data-testid=stMain]');
  return [main.innerText, main.querySelectorAll('*').length];
}
"""


@dataclass
class Visitor:
    """One person's browser tab: where it went, what it asked the outside for."""

    page: Page
    address: str
    outside: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(f"{self.address}/{path}")
        self.settle()

    def settle(self) -> None:
        """Wait until the script has run and the page has a heading."""
        self.page.wait_for_selector("h1", timeout=60_000)
        self.page.wait_for_selector(DONE, timeout=60_000)

    def rest(self) -> None:
        """Wait until nothing on the page moves any more: all is there, all pictures are drawn."""
        seen: list[object] = []
        for _ in range(120):
            self.settle()
            self.page.wait_for_function(DRAWN)
            seen.append(self.page.evaluate(MOVING))
            if len(seen) > 2 and seen[-1] == seen[-2] == seen[-3]:
                return
            self.page.wait_for_timeout(250)
        raise TimeoutError(f"the page does not come to rest: {self.page.url}")

    def text(self) -> str:
        return self.page.inner_text("[data-testid=stMain]")

    def cut_off(self) -> list[str]:
        """What cannot be read of the pictures on the page, once all are drawn."""
        self.page.wait_for_function(DRAWN)
        found: list[str] = self.page.evaluate(CUT_OFF)
        return found


@pytest.fixture
def visit(app, browser) -> Iterator[object]:
    """Make visitors: `visit("zh-CN")` is a tab whose browser asks for Chinese first."""
    yield from visitors_of(browser, app)


@pytest.fixture
def visit_filled(filled_app, browser) -> Iterator[object]:
    """The same to the app with a store that has a life behind it."""
    yield from visitors_of(browser, filled_app)


def visitors_of(browser: Browser, app: str) -> Iterator[object]:
    """Make visitors of an app, and see at the end that nothing was asked of the outside."""
    contexts: list[BrowserContext] = []
    visitors: list[Visitor] = []

    def make(locale: str = "zh-CN") -> Visitor:
        context = browser.new_context(
            locale=locale, viewport={"width": 1366, "height": 768}, accept_downloads=True
        )
        contexts.append(context)
        visitor = Visitor(context.new_page(), app)
        visitors.append(visitor)

        def watch(route: Route) -> None:
            url = urlparse(route.request.url)
            if url.scheme in ("http", "https", "ws", "wss") and url.hostname != "127.0.0.1":
                visitor.outside.append(route.request.url)
                route.abort()
            else:
                route.continue_()

        context.route("**/*", watch)
        return visitor

    yield make
    for context in contexts:
        context.close()
    for visitor in visitors:
        assert visitor.outside == [], "the page asked the outside for something"
