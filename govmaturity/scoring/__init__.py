"""values + framework -> scores: normalise, aggregate, level, rank, explain."""

from govmaturity.scoring.score import Scores, score

__all__ = ["Scores", "score"]
