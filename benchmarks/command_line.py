"""Whole processes of the command line on the country's counties."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks.census import FRAMEWORK, ROOT, UNITS, census
from benchmarks.measure import Result, in_ms, medians

ASKED = 5.0
_BASELINE = "import sys, pandas; pandas.read_csv(sys.argv[1])"


def results() -> list[Result]:
    """Measure `check` and `score`, from start to exit."""
    given = census()
    kind = "census" if given.is_real else "made-up"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / given.name
        file.write_bytes(given.content)
        engine = ["-m", "govmaturity"]
        scores = str(Path(folder) / "scores.csv")
        base, check, score = medians(
            partial(_python, "-c", _BASELINE, str(file)),
            partial(_python, *engine, "check", str(FRAMEWORK), str(file)),
            partial(_python, *engine, "score", str(FRAMEWORK), str(file), "-o", scores),
            times=5,
        )
    both = check + score
    return [
        Result(f"Python that reads the csv with pandas ({kind})", in_ms(base), ratio="1.0"),
        Result(f"check, {UNITS:,} counties", in_ms(check), ratio=f"{check / base:.1f}"),
        Result(f"score, {UNITS:,} counties", in_ms(score), ratio=f"{score / base:.1f}"),
        Result(
            "check and score together",
            in_ms(both),
            f"< {ASKED:g} s",
            f"{both / base:.1f}",
            both < ASKED,
        ),
    ]


def _python(*arguments: str) -> None:
    done = subprocess.run(  # our own program and files
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}")
