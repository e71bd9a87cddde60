"""How complete the data are, as a sentence."""

from __future__ import annotations

import numpy as np

from govmaturity.scoring import Scores
from govmaturity.texts import Language, numbers, say


def sentence(scores: Scores, language: Language) -> str:
    """Mean coverage of the total, how many units have all of it and how many too little to score.

    Units to which nothing applies have no coverage and are not counted.
    """
    root = scores.plan.root
    coverage = scores.coverage_of(root)
    known = coverage[~np.isnan(coverage)]
    if not len(known):
        return say("findings.no_coverage", language)
    return say(
        "findings.coverage",
        language,
        share=numbers.share(float(known.mean()), language),
        full=int((known > 1 - 1e-9).sum()),
        without=int(np.isnan(scores.of(root)).sum()),
    )
