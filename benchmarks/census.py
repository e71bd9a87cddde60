"""A file of the country's counties to measure with."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FRAMEWORK = ROOT / "indicators" / "county-conditions.yaml"
UNITS = 2_834
_REAL = ROOT.parent / "shared" / "data" / "census2020_counties.csv"
_SAMPLE = ROOT / "data" / "samples" / "census-2020-guangzhou-ganzhou.csv"
_REGISTRY = ROOT / "data" / "units" / "registry.csv"


@dataclass(frozen=True)
class Census:
    """A file of values and what to call it."""

    content: bytes
    name: str
    is_real: bool


def census() -> Census:
    """The real county tabulation where it lies beside the project, else one of the same size.

    The made-up one gives the figures of the sample, over and over, to the
    first 2,834 assessed counties of the registry.
    """
    if _REAL.is_file():
        return Census(_REAL.read_bytes(), _REAL.name, is_real=True)
    with _SAMPLE.open(encoding="utf-8", newline="") as file:
        sample = list(csv.DictReader(file))
    with _REGISTRY.open(encoding="utf-8", newline="") as file:
        counties = [
            line
            for line in csv.DictReader(file)
            if line["tier"] == "county" and line["assessed"] == "true"
        ]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(sample[0]), lineterminator="\n")
    writer.writeheader()
    for unit, figures in zip(counties[:UNITS], cycle(sample), strict=False):
        named = {"code": unit["id"], "name": unit["name_zh"], "province": "", "city": ""}
        writer.writerow(figures | named)
    return Census(text.getvalue().encode("utf-8"), "SIMULATED-counties.csv", is_real=False)
