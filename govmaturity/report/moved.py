"""What has moved since an earlier period, as sentences."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from govmaturity.analysis.trend import STATES, Split
from govmaturity.report.mapped import signed
from govmaturity.texts import Language, numbers, say


def group(band: pd.DataFrame, node: str, language: Language, width: float) -> str:
    """Where the median was in the first period and is in the last, and how wide the middle half."""
    first, last = band.iloc[0], band.iloc[-1]

    def shown(value: float) -> str:
        return numbers.score(float(value), language, width)

    wider = float(last["high"] - last["low"]) - float(first["high"] - first["low"])
    key = "findings.band_wider" if wider > 0 else "findings.band_narrower"
    return say(
        "findings.band",
        language,
        node=node,
        first=first["period"],
        last=last["period"],
        low=shown(first["median"]),
        high=shown(last["median"]),
        moved=signed(float(last["median"] - first["median"]), language, width),
    ) + say(
        key,
        language,
        before=shown(first["high"] - first["low"]),
        after=shown(last["high"] - last["low"]),
    )


def states(table: pd.DataFrame, first: str, last: str, language: Language) -> str:
    """How many units are in each state of progress."""
    counts = {state: int((table["state"] == state).sum()) for state in STATES}
    return say("findings.states", language, first=first, last=last, **counts)


def split(
    found: Split, unit: str, names: Mapping[str, str], language: Language, width: float
) -> str:
    """How far a unit has moved, and the part that did most of it."""
    moved = found.after - found.before
    most = max(found.parts, key=lambda part: abs(found.parts[part]))
    return say(
        "findings.split",
        language,
        unit=unit,
        moved=signed(moved, language, width),
        before=numbers.score(found.before, language, width),
        after=numbers.score(found.after, language, width),
        part=names[most],
        points=signed(found.parts[most], language, width),
    )
