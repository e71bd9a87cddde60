"""The life of a figure: sent, returned, corrected, approved, released, and traced to its cell.

All of it is done on the pages, by the one person of a workbench in turn.
"""

from __future__ import annotations

import csv
import io
import re

import openpyxl
import pytest

from govmaturity.framework.load import load_framework
from govmaturity.intake.checks import check
from govmaturity.scoring import score
from tests.browser.conftest import Visitor, free_port, served

CENSUS = "county-conditions"
UNIT, NAME = "440106", "Tianhe District"
FIELD = "mean_years_schooling"
FIRST, CORRECTED = 12.62, 12.9
REASON = "Is this the mean of residents aged 15 and over?"
QUESTION = "Please check the source."
ANSWER = "It was not; corrected."
RELEASE = f"{CENSUS}-2020.1-r1"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A server with a working directory that no other test publishes in."""
    home, port = tmp_path_factory.mktemp("life"), free_port()
    with served(home, port, "streamlit", "run", "app.py", "--server.port", str(port)) as address:
        yield address


@pytest.fixture
def visitor(place, browser):
    context = browser.new_context(
        locale="en-GB", viewport={"width": 1366, "height": 768}, accept_downloads=True
    )
    yield Visitor(context.new_page(), place)
    context.close()


def workbook(root, path, value):
    """The census sample as a workbook, with one cell of one unit; says which cell."""
    text = (root / "data/samples/census-2020-guangzhou-ganzhou.csv").read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    column = rows[0].index(FIELD)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Data"
    for row in rows:
        sheet.append(row)
    line = next(n for n, row in enumerate(rows, start=1) if row[0] == UNIT)
    cell = sheet.cell(line, column + 1)
    cell.value = value
    book.save(path)
    return cell.coordinate


def send(visitor, path) -> str:
    """Upload a file and submit its receipt; what the receipt says before that."""
    page = visitor.page
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Check and submit").click(timeout=60_000)
    page.wait_for_selector("text=Nothing is submitted yet")
    visitor.settle()
    said = visitor.text()
    page.get_by_test_id("stBaseButton-primaryFormSubmit").click()
    page.wait_for_selector("text=Submitted: receipt no.")
    visitor.settle()
    return said


def write(visitor, box, text: str) -> None:
    box.fill(text)
    # Streamlit takes what was typed once the box is left.
    box.blur()
    visitor.settle()


def drawn_score(visitor) -> str:
    """The unit's score as the first picture of Ranking writes it beside its bar."""
    visitor.open(f"ranking?framework={CENSUS}&region=440100")
    visitor.rest()
    return visitor.page.evaluate(
        """name => {
          const plot = document.querySelector('.js-plotly-plot');
          for (const trace of plot.data) {
            const place = [...(trace.customdata || [])].findIndex(one => [one].flat()[0] === name);
            const text = trace.text && trace.text[place];
            if (place >= 0 && text) return text;
          }
          return '';
        }""",
        UNIT,
    )


def test_a_figure_is_sent_returned_corrected_approved_released_and_traced(
    place, visitor, root, tmp_path
):
    address = place
    page = visitor.page
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    cell = workbook(root, first, FIRST)
    assert workbook(root, second, CORRECTED) == cell

    # Sent: all values are new, nothing is shown as published.
    visitor.open(f"submit?framework={CENSUS}")
    said = send(visitor, first)
    assert "406 values: 406 new, 0 changed, 0 removed" in said
    assert "receipt no. 1" in visitor.text()
    visitor.open(f"unit?framework={CENSUS}&units={UNIT}")
    assert "Release " not in visitor.text()

    # Returned, with a reason and a question about the value.
    review = f"review?framework={CENSUS}&opened={UNIT}"
    visitor.open(f"{review}&value={FIELD}")
    write(visitor, page.get_by_label("Say something"), QUESTION)
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_selector(f"text={QUESTION}")
    page.get_by_role("button", name="Return…").click()
    write(visitor, page.get_by_label("Reason (needed)"), REASON)
    page.get_by_role("button", name="Return now").click()
    page.wait_for_selector(f"text=Returned to {NAME} with the reason.")
    visitor.open(f"submit?framework={CENSUS}")
    assert REASON in visitor.text()
    assert QUESTION in visitor.text()
    assert "1 submission has to be corrected" in visitor.text()
    page.get_by_role("textbox", name="Your answer").fill(ANSWER)
    page.get_by_role("button", name="Send the answer").click()
    page.locator("[data-testid=stMarkdown]", has_text=ANSWER).wait_for()

    # Corrected: one value changes, in that cell, and the receipt says what it does.
    said = send(visitor, second)
    assert "0 new, 1 changed, 0 removed" in said
    assert f"{NAME} (Guangzhou), 2020: score" in said
    assert "receipt no. 2" in visitor.text()

    # Approved: this one by itself, with the answer read; what is without a doubt at once.
    visitor.open(f"{review}&value={FIELD}")
    assert ANSWER in visitor.text()
    page.get_by_role("button", name="Approve", exact=True).click()
    page.get_by_role("button", name="Approve now").click()
    page.wait_for_selector("text=Approved 1 submission.")
    visitor.open(f"review?framework={CENSUS}")
    page.get_by_role("button", name=re.compile("^Choose the .* without a doubt")).click()
    page.get_by_role("button", name=re.compile("^Approve the [0-9]+ chosen")).click()
    page.wait_for_selector("text=/Approved [0-9]+ submissions/")

    # Released, and shown from then on.
    visitor.open(f"releases?framework={CENSUS}")
    page.get_by_role("button", name="Publish…").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_selector(f"text={RELEASE}")

    # Traced: the cell, both revisions, and the workbook that it came with.
    visitor.open(f"unit?framework={CENSUS}&units={UNIT}")
    assert f"Release {RELEASE}" in visitor.text()
    page.get_by_text("Age and schooling ·").click()
    card = page.locator("[data-testid=stVerticalBlock]").filter(has_text=FIELD).last
    card.get_by_role("button", name="Where this comes from").click()
    page.wait_for_selector(f'text=cell {cell} on sheet "Data" of second.xlsx')
    visitor.settle()
    panel = page.locator(f".st-key-provenance_people_{FIELD}")
    revisions = panel.locator("table").last.inner_text()
    assert f"{CORRECTED} years" in revisions
    assert f"{FIRST} years" in revisions
    assert "first.xlsx" in revisions
    with page.expect_download() as waiting:
        panel.get_by_role("button", name="Download the workbook").click()
    content = waiting.value.path().read_bytes()
    assert content == second.read_bytes()

    # The cell, the download and the chart agree.
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book["Data"][cell].value == CORRECTED
    files = {
        name: page.request.get(f"{address}/data/latest/{name}.csv").text()
        for name in ("values", "scores")
    }
    values = list(csv.DictReader(io.StringIO(files["values"])))
    (released,) = [one for one in values if (one["unit"], one["indicator"]) == (UNIT, FIELD)]
    assert float(released["value"]) == CORRECTED
    scores = list(csv.DictReader(io.StringIO(files["scores"])))
    (published,) = [one for one in scores if (one["unit"], one["node"]) == (UNIT, "conditions")]
    framework = load_framework(root / f"indicators/{CENSUS}.yaml")
    again = score(framework, check(content, "second.xlsx", framework).values)
    own = float(again.of("conditions")[list(again.unit).index(UNIT)])
    assert float(published["score"]) == own
    assert re.sub(r"<[^>]+>", "", drawn_score(visitor)).strip() == f"{own:.1f}"
    visitor.open(f"export?framework={CENSUS}")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="csv", exact=True).first.click()
    text = waiting.value.path().read_text("utf-8-sig")
    (exported,) = [
        one
        for one in csv.DictReader(io.StringIO(text))
        if (one["unit"], one["node"]) == (UNIT, "conditions")
    ]
    assert float(exported["score"]) == own
