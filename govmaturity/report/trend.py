"""How units moved, as sentences. Each figure is one of a picture's table."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from govmaturity.analysis.change.panel import Panel
from govmaturity.analysis.change.progress import STATES, Progress
from govmaturity.analysis.change.split import Change
from govmaturity.texts import Language, numbers, say


def middle(panel: Panel, node: str, language: Language, width: float = 100.0) -> str:
    """How the median moved, among the units with a score in the first and the last period."""
    first, last = panel.values[0], panel.values[-1]
    both = ~np.isnan(first) & ~np.isnan(last)
    ends = {"first": panel.periods[0], "last": panel.periods[-1], "node": node}
    if not both.any():
        return say("trend.none_in_both", language, **ends)
    before, after = float(np.median(first[both])), float(np.median(last[both]))
    shown = [numbers.score(one, language, width) for one in (before, after)]
    key = "trend.middle_rose" if after > before else "trend.middle_fell"
    if shown[0] == shown[1]:
        key = "trend.middle_stayed"
    return say(
        key,
        language,
        n=int(both.sum()),
        before=shown[0],
        after=shown[1],
        change=numbers.score(abs(after - before), language, width),
        **ends,
    )


def on_course(found: Progress, target: str, year: int, language: Language) -> str:
    """How many units are in each state, the best first; states without a unit are left out."""
    counts = found.counts
    known = sum(counts.values())
    if not known:
        return say("trend.no_states", language)
    listed = say("lab.comma", language).join(
        say(
            "trend.state_count",
            language,
            state=say(f"trend.state_{state}", language),
            count=counts[state],
        )
        for state in reversed(STATES)
        if counts[state]
    )
    return say("trend.on_course", language, n=known, target=target, year=year, listed=listed)


def brought(
    found: Change, names: Mapping[str, str], language: Language, width: float = 100.0
) -> str:
    """The change, and the parts whose scores lifted it most and held it back most.

    What missing values did to the weights is told by itself, in sum: no part
    is praised or blamed for it.
    """
    parts = found.by_score
    sentence = say(
        "trend.change",
        language,
        change=numbers.change(found.total, language, width),
        before=numbers.score(found.before, language, width),
        after=numbers.score(found.after, language, width),
    )
    top, low = max(parts, key=parts.__getitem__), min(parts, key=parts.__getitem__)
    for key, part, sign in (("trend.lifted", top, "+"), ("trend.held", low, "−")):
        points = numbers.change(parts[part], language, width)
        if points.startswith(sign):
            sentence += say(key, language, part=names[part], points=points)
    points = numbers.change(sum(found.by_weight.values()), language, width)
    if points.startswith(("+", "−")):
        sentence += say("trend.reweighted", language, points=points)
    return sentence
