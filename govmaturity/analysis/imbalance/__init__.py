"""Imbalance between units as one table."""

from govmaturity.analysis.imbalance.table import (
    COLUMNS,
    can_be_relative,
    imbalance_table,
    population_of,
)
from govmaturity.analysis.inequality.measures import ABSOLUTE, RELATIVE

__all__ = [
    "ABSOLUTE",
    "COLUMNS",
    "RELATIVE",
    "can_be_relative",
    "imbalance_table",
    "population_of",
]
