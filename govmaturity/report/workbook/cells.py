"""What stands in a cell: a formula with its figure, and the marks for what is not there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from govmaturity.values.raw import MISSING, NOT_APPLICABLE, REPORTED, SUPPRESSED

# The marks are those of uploads (CONTRACTS: n/a, *); a dash stands for what is missing.
NOTHING: Final = "–"
DOES_NOT_APPLY: Final = "n/a"
HIDDEN: Final = "*"
_MARKS: Final = {MISSING: NOTHING, NOT_APPLICABLE: DOES_NOT_APPLY, SUPPRESSED: HIDDEN}


@dataclass(frozen=True)
class Live:
    """A formula, with its leading equals sign, and the figure it has to come to."""

    formula: str
    value: float | str


def figure(number: float) -> float | str:
    """A figure as a cell holds it: the dash where there is none.

    Examples
    --------
    >>> figure(0.5), figure(float("nan"))
    (0.5, '–')
    """
    return NOTHING if np.isnan(number) else float(number)


def reported(number: float, status: int) -> float | str:
    """A value as a cell holds it: the number, or the mark of its status."""
    return float(number) if status == REPORTED else _MARKS[status]


def literal(number: float) -> str:
    """A number inside a formula, unrounded; in brackets where it is negative.

    Examples
    --------
    >>> literal(100.0), literal(0.1), literal(-2.5), literal(1e-9)
    ('100', '0.1', '(-2.5)', '1E-09')
    """
    text = f"{number:.17g}" if float(f"{number:.15g}") != number else f"{number:.15g}"
    text = text.replace("e", "E")
    return f"({text})" if number < 0 else text


def if_number(cell: str, then: str) -> str:
    """The formula's right side where a cell holds a number; the dash where it does not."""
    return f'IF(ISNUMBER({cell}),{then},"{NOTHING}")'


def marks_of(cell: str) -> str:
    """What a cell that holds no number says: does not apply, hidden, or else missing."""
    return f'IF(OR({cell}="{DOES_NOT_APPLY}",{cell}="{HIDDEN}"),{cell},"{NOTHING}")'


def any_is(cells: Iterable[str], mark: str) -> str:
    """Whether one of some cells holds a mark."""
    listed = ",".join(f'{cell}="{mark}"' for cell in cells)
    return f"OR({listed})"
