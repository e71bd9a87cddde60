"""Where a series breaks: from which period on figures mean something else than before."""

from __future__ import annotations

from govmaturity.framework.base import Id, Period, Strict, Words


class Break(Strict):
    """From `period` on, figures of the nodes are not to be compared with earlier ones.

    Without nodes it holds for all.
    """

    period: Period
    nodes: list[Id] = []
    reason: Words
