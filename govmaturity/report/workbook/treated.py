"""What was done about outliers, for one unit: the bounds that the sample set."""

from __future__ import annotations

import numpy as np

from govmaturity.report.workbook.cells import literal
from govmaturity.scoring import Scores
from govmaturity.scoring.treat import log_ends


def treated(scores: Scores, place: int, raw: str) -> tuple[str, str]:
    """The treated value of one indicator, as a formula of its raw value, and the key of a note.

    Which values are outliers is a matter of the whole sample, in which one
    changed value may make another choice; the bounds it found stand here as
    numbers. An indicator that was not treated stays as it is.
    """
    id_ = scores.plan.indicators[place]
    told = next((one for one in scores.treatments if one.indicator == id_), None)
    if told is None:
        return raw, ""
    if told.method == "log":
        before = np.where(scores.screened, np.nan, scores.raw.value[place])
        low, high, start = log_ends(before)
        if told.before.skewness >= 0:
            held = f"MAX({raw},{literal(low)})"
            return f"LN({held}-{literal(low)}+{literal(start)})", "note_logs"
        held = f"MIN({raw},{literal(high)})"
        return f"-LN({literal(high)}-{held}+{literal(start)})", "note_logs"
    known = scores.value[place][~scores.imputed[place]]
    formula = raw
    if told.low:
        formula = f"MAX({formula},{literal(float(np.nanmin(known)))})"
    if told.high:
        formula = f"MIN({formula},{literal(float(np.nanmax(known)))})"
    return formula, "note_winsorised"
