"""Uploads: reading and checking a large workbook, and twenty people at once on the real page."""

from __future__ import annotations

import asyncio
import io
import os
import subprocess
import sys
import tempfile
import time
from functools import partial
from math import ceil
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import xlsxwriter

from benchmarks.app import IDLE, chromium, server
from benchmarks.measure import Result, in_ms, medians
from govmaturity.framework.load import parse_framework
from govmaturity.framework.model import Framework
from govmaturity.intake.checks import check
from govmaturity.intake.files.reader import read
from govmaturity.store import uploads
from govmaturity.units.registry import registry

UNITS, FIELDS, PER_CENT = 3_000, 60, 28
CHECK_SECONDS, READ_RATIO = 1.5, 3.0
PEOPLE, PAGE_SECONDS = 20, 5.0
_SEED = 20_260_101
# Starting Python and importing calamine is in both sides of the comparison.
_CALAMINE = (
    "import sys, io, python_calamine as c\n"
    "book = c.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))\n"
    "rows = book.get_sheet_by_index(0).to_python()\n"
    "print(len(rows))"
)


def results() -> list[Result]:
    """Measure reading and checking one file, then many people at once."""
    content, framework = workbook(), made_framework()
    bare, reading, checking = medians(
        partial(_with_calamine, content),
        partial(read, content),
        partial(_checked, content, framework),
        times=7,
    )
    what = f"{UNITS:,} x {FIELDS} ({len(content) / 1e6:.1f} MB, {PER_CENT} columns in per cent)"
    return [
        Result(f"calamine alone, a process of its own, {what}", in_ms(bare), ratio="1.0"),
        Result(
            "reading it (guard, scan, calamine, JSON)",
            in_ms(reading),
            f"< {READ_RATIO:g} x",
            f"{reading / bare:.1f}",
            reading / bare < READ_RATIO,
        ),
        Result(
            "reading and checking it, all told",
            in_ms(checking),
            f"< {CHECK_SECONDS:g} s",
            f"{checking / bare:.1f}",
            checking < CHECK_SECONDS,
        ),
        *_many_people(),
    ]


def made_framework() -> Framework:
    """Sixty indicators entered directly; the first 28 are percentages."""
    words = "{{zh: {0}号, en: Number {0}}}"
    lines = [
        "id: sixty",
        "version: 1",
        "name: {zh: 六十, en: Sixty}",
        "source: {zh: 测速, en: made to measure}",
        "default_period: '2024'",
        "tree:",
        "  id: root",
        "  name: {zh: 总, en: All}",
        "  weights: equal",
        "  children:",
    ]
    for n in range(FIELDS):
        measure = "percent" if n < PER_CENT else "number"
        lines.append(
            f"    - {{id: I{n}, name: {words.format(n)}, measure: {measure},"
            f" unit_of_measure: {words.format(n)}, plausible: {{min: 0, max: 100}},"
            " goalposts: {worst: 0, best: 100, basis: {zh: 无, en: none}}}"
        )
    return parse_framework("\n".join(lines))


def workbook(seed: int = _SEED) -> bytes:
    """A workbook as a city sends it: codes, names and figures, some cells shown as per cent."""
    draw = np.random.default_rng(seed)
    counties = [unit for unit in registry() if unit.tier == "county" and unit.assessed]
    units = [(unit.id, unit.name_zh) for unit in counties][:UNITS]
    units += [(f"zone-{n}", f"开发区{n}") for n in range(UNITS - len(units))]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("数据")
        shown = book.add_format({"num_format": "0.0%"})
        sheet.write_row(0, 0, ["区划代码", "名称", *(f"I{n}" for n in range(FIELDS))])
        for row, (code, name) in enumerate(units, start=1):
            sheet.write_string(row, 0, code)
            sheet.write_string(row, 1, name)
            for n, value in enumerate(draw.uniform(5, 95, FIELDS).round(2)):
                if n < PER_CENT:
                    sheet.write_number(row, 2 + n, value / 100, shown)
                else:
                    sheet.write_number(row, 2 + n, value)
    return buffer.getvalue()


def _with_calamine(content: bytes) -> None:
    done = subprocess.run(  # our own program and file
        [sys.executable, "-c", _CALAMINE], input=content, capture_output=True, check=True
    )
    if int(done.stdout) != UNITS + 1:
        raise RuntimeError(f"calamine read {done.stdout!r} rows, expected {UNITS + 1}")


def _checked(content: bytes, framework: Framework) -> None:
    found = check(content, "sixty.xlsx", framework)
    if found.blocking or len(found.values.table) != UNITS * FIELDS:
        raise RuntimeError(f"{found.blocking} errors, {len(found.values.table)} values")


def _many_people() -> list[Result]:
    with tempfile.TemporaryDirectory() as home:
        os.environ[uploads.HOME_SETTING] = home
        files = _files(Path(home))
        with server() as address:
            seconds = asyncio.run(_upload_all(address, files))
        kept = len(list((Path(home) / "uploads").iterdir()))
    seconds.sort()
    p95 = seconds[ceil(0.95 * len(seconds)) - 1]
    return [
        Result(f"upload through the page, {PEOPLE} at once, median", in_ms(median(seconds))),
        Result(
            "the same, 95 % within",
            in_ms(p95),
            f"< {PAGE_SECONDS:g} s",
            "",
            p95 < PAGE_SECONDS,
        ),
        Result("files kept", f"{kept}", f"{PEOPLE}", "", kept == PEOPLE),
    ]


def _files(folder: Path) -> list[Path]:
    """A file of its own for everybody: the sample, with another population in the first row."""
    root = Path(__file__).resolve().parents[1]
    sample = (root / "data/samples/census-2020-guangzhou-ganzhou.csv").read_text("utf-8")
    made = []
    for n in range(PEOPLE):
        path = folder / f"mine-{n}.csv"
        path.write_text(sample.replace("1123276", f"{1123276 + n}", 1), "utf-8")
        made.append(path)
    return made


async def _upload_all(address: str, files: list[Path]) -> list[float]:
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        pages = []
        for _ in files:
            page = await (await browser.new_context(locale="en-GB")).new_page()
            await page.goto(f"{address}/submit?framework=county-conditions")
            await page.wait_for_selector(IDLE, timeout=60_000)
            await page.wait_for_selector("input[type=file]", state="attached", timeout=60_000)
            pages.append(page)
        seconds = await asyncio.gather(*map(_upload, pages, files))
        await browser.close()
    return list(seconds)


async def _upload(page: Any, file: Path) -> float:
    begun = time.perf_counter()
    await page.set_input_files("input[type=file]", file)
    await page.wait_for_selector(f"text=What was found in {file.name}", timeout=60_000)
    await page.wait_for_selector("text=See the scores", timeout=60_000)
    return time.perf_counter() - begun
