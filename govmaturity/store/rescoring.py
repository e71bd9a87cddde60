"""Whether what was published still comes out: scores of a release against those made today."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from govmaturity.scoring import Scores

_KEY: Final = ["unit", "period", "node"]
# Of the width of the scale: what adding in another order can make, and no rule of scoring.
_TOLERANCE: Final = 1e-9


def count_differing(published: pd.DataFrame, scores: Scores) -> int:
    """Count the scores on which a published table and scores made anew do not agree.

    Parameters
    ----------
    published : DataFrame
        Columns `unit`, `period`, `node`, `score` (NaN where there is none).
    scores : Scores

    Returns
    -------
    int
        Rows of either that differ, or have a score on one side only.
    """
    table = scores.table()
    both = published[[*_KEY, "score"]].merge(
        table[[*_KEY, "score"]], on=_KEY, how="outer", suffixes=("_then", "_now")
    )
    then, now = (both[f"score_{side}"].to_numpy(dtype=np.float64) for side in ("then", "now"))
    near = np.abs(then - now) <= _TOLERANCE * scores.framework.width
    return int((~(near | (np.isnan(then) & np.isnan(now)))).sum())
