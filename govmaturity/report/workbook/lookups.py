"""The sheet of what formulas look up: samples of other units, thresholds, points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from govmaturity.report.workbook.cells import Live
from govmaturity.report.workbook.normal import Sample
from govmaturity.report.workbook.sheets import FIRST_ROW, Sheet, span_of

Floats = NDArray[np.float64]
_WIDTH = 18.0


@dataclass
class Lookups:
    """Columns of numbers, one after another; `add` says where a column came to stand."""

    name: str
    columns: list[tuple[str, list[object]]] = field(default_factory=list)

    def add(self, head: str, content: Sequence[object]) -> str:
        """Add a column under a head; return its range, as any sheet names it."""
        place = len(self.columns)
        self.columns.append((head, list(content)))
        return span_of(self.name, FIRST_ROW, FIRST_ROW + max(len(content), 1) - 1, place)

    def sample(self, head: str, own: Live | None, others: Floats) -> str:
        """Add the values of the other units, in order, with this unit's own on top."""
        listed: list[object] = [*np.sort(others[~np.isnan(others)]).tolist()]
        return self.add(head, [own, *listed] if own is not None else listed)

    def places(self, heads: tuple[str, str], others: Floats, *, up: bool) -> Sample:
        """Add the values of the others, and what each of them beats, for interpolation."""
        known = others[~np.isnan(others)]
        turned = known if up else -known
        levels, counts = np.unique(turned, return_counts=True)
        below = np.cumsum(counts) - counts + (counts - 1) / 2
        shares = below / (len(known) - 1) if len(known) > 1 else np.full(len(levels), 0.5)
        return Sample(
            self.sample(heads[0], None, known),
            self.add(f"{heads[0]} ↑", levels.tolist()),
            self.add(heads[1], shares.tolist()),
        )

    def write(self, sheet: Sheet, note: str) -> None:
        """Write all columns to the sheet of that name."""
        sheet.open(note, [(head, _WIDTH) for head, _ in self.columns])
        for place, (_, content) in enumerate(self.columns):
            for row, one in enumerate(content):
                sheet.write(FIRST_ROW + row, place, one, "raw")
