"""What a comparison of a few units shows, as a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from govmaturity.scoring import Scores
from govmaturity.texts import Language, numbers, say


def widest(
    scores: Scores,
    columns: Mapping[str, Sequence[float]],
    nodes: Sequence[str],
    language: Language,
) -> str:
    """Where the first of several columns lies furthest from another one, the total left aside.

    Empty where nothing can be compared.
    """
    (name, mine), *others = columns.items()
    found = [
        (abs(a - b), node, other, a - b)
        for other, theirs in others
        for node, a, b in list(zip(nodes, mine, theirs, strict=True))[1:]
        if not np.isnan(a - b)
    ]
    if not found:
        return ""
    distance, node, other, gap = max(found)
    return say(
        "findings.compared_above" if gap > 0 else "findings.compared_below",
        language,
        name=name,
        other=other,
        node=node,
        points=numbers.score(distance, language, scores.framework.width),
    )
