"""A file of residents by unit, read and checked like any other file of values."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from govmaturity.framework.load import parse_framework
from govmaturity.framework.model import Framework
from govmaturity.intake.checks import Checked, check
from govmaturity.values.table import Values

# What a row without a period is read as, far from any real one: it holds for every period.
_ANY: Final = "2199"
_FRAMEWORK: Final = """
id: population
version: 1
name: {zh: 常住人口, en: Residents}
source: {zh: 使用者提供, en: given by the user}
tree:
  id: residents
  name: {zh: 常住人口, en: Residents}
  weights: equal
  children:
    - id: population
      name: {zh: 常住人口, en: Residents}
      measure: count
      unit_of_measure: {zh: 人, en: persons}
      direction: higher
      normalise: min_max
"""


@cache
def _framework() -> Framework:
    return parse_framework(_FRAMEWORK, "population")


def check_population(content: bytes, name: str) -> Checked:
    """Check a file with the columns unit, perhaps period, and population.

    Its findings have cells and sentences like those of any upload.
    """
    return check(content, name, _framework(), period=_ANY)


def residents(values: Values, periods: Sequence[str]) -> dict[str, dict[str, float]]:
    """Return residents by period and unit; figures without a period hold for every one."""
    table = values.table[values.table["status"] == "reported"]
    found: dict[str, dict[str, float]] = {period: {} for period in periods}
    for unit, told, people in zip(table["unit"], table["period"], table["value"], strict=True):
        for period in periods if told == _ANY else [told]:
            found.setdefault(period, {})[unit] = float(people)
    return found
