"""Compare every page, in both languages, with its reference picture; or make new references.

python -m tests.browser.pictures            compare; differences go to build/pictures/
python -m tests.browser.pictures --update   take the pages as they are now
python -m tests.browser.pictures map unit   these pages only
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from govmaturity.texts import LANGUAGES
from tests.browser.conftest import QUIET, Visitor, chromium, free_port, served
from tests.browser.filling import fill
from tests.browser.pictures.compare import FOLDER, TOLERANCE, difference, save, shrink
from tests.browser.views import OF_STORE, ROOT, SIMULATED, pages, path_of

BUILD = ROOT / "build" / "pictures"
WIDTH, HEIGHT, TALLEST = 1366, 768, 8_000
CONTENT_HEIGHT = """
() => Math.ceil(document.querySelector('[data-testid=stMainBlockContainer]')
  .getBoundingClientRect().height)
"""


def shots(browser: Browser, address: str, wanted: list[str]) -> Iterator[tuple[str, Image.Image]]:
    """The name and the picture of each page in each language, from its top to its end."""
    for language in LANGUAGES:
        context = browser.new_context(
            locale="zh-CN", viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce"
        )
        visitor = Visitor(context.new_page(), address)
        for name in wanted:
            visitor.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
            visitor.open(f"{path_of(name)}?framework={SIMULATED}&language={language}")
            visitor.rest()
            yield f"{name}-{language}", shrink(at_rest(visitor))
        context.close()


def at_rest(visitor: Visitor) -> bytes:
    """A screenshot of the whole page, once three in a row are the same."""
    taken: list[bytes] = []
    for _ in range(60):
        visitor.settle()
        # Streamlit scrolls inside its page: make the window as tall as what is in it.
        tall = visitor.page.evaluate(CONTENT_HEIGHT)
        visitor.page.set_viewport_size({"width": WIDTH, "height": max(HEIGHT, min(tall, TALLEST))})
        visitor.page.wait_for_timeout(300)
        taken.append(visitor.page.screenshot(animations="disabled", caret="hide"))
        if len(set(taken[-3:])) == 1 and len(taken) > 2:
            return taken[-1]
    raise TimeoutError(f"the page does not come to rest: {visitor.page.url}")


def check(name: str, now: Image.Image) -> bool:
    """Whether a page looks like its reference; if not, say so and show where."""
    file = FOLDER / f"{name}.png"
    if not file.is_file():
        print(f"{name}: no reference; --update makes one")
        return False
    with Image.open(file) as before:
        found = difference(before, now)
    if found.share <= TOLERANCE:
        return True
    save(found.shown, BUILD / f"{name}.png")
    print(
        f"{name}: up to {100 * found.share:.1f}% of a band differ, {100 * TOLERANCE:g}% may; "
        f"see build/pictures/{name}.png (reference, now, differences)"
    )
    return False


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.browser.pictures", description=__doc__)
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="all unless named")
    parser.add_argument("--update", action="store_true", help="make the pages the references")
    asked = parser.parse_args()
    unknown = set(asked.pages) - set(pages())
    if unknown:
        parser.error(f"no such page: {', '.join(sorted(unknown))}; pages: {', '.join(pages())}")
    port = free_port()
    command = ("streamlit", "run", "app.py", "--server.port", str(port))
    good = True
    wanted = asked.pages or pages()
    # Pages about what is kept have something to show where something is.
    lots = [[page for page in wanted if (page in OF_STORE) == kept] for kept in (False, True)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        for lot in filter(None, lots):
            with tempfile.TemporaryDirectory() as home:
                if lot is lots[1]:
                    fill(Path(home))
                with served(Path(home), port, *command) as address:
                    for name, picture in shots(browser, address, lot):
                        if asked.update:
                            save(picture, FOLDER / f"{name}.png")
                        else:
                            good &= check(name, picture)
        browser.close()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
