"""What was done on the way to scores, as tables: gaps imputed, outliers treated, weights found."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govmaturity.scoring import Scores


def step_sheets(scores: Scores) -> dict[str, pd.DataFrame]:
    """Return a table for each step that did something, by the name of its sheet.

    Imputed: one row per value that was filled in. Treated: one per indicator
    that had outliers. Weights: one per child of a group whose weights were
    found. Screened: one per unit that reported too little to be scored.
    """
    tables = {
        "Imputed": imputed_cells(scores),
        "Treated": treated_indicators(scores),
        "Weights": found_weights(scores),
        "Screened": pd.DataFrame(
            {"unit": scores.unit[scores.screened], "period": scores.period[scores.screened]}
        ),
    }
    return {name: table for name, table in tables.items() if len(table)}


def imputed_cells(scores: Scores) -> pd.DataFrame:
    """Return `unit, period, indicator, method, value` of every value that was filled in."""
    lines, rows = np.nonzero(scores.imputed)
    ids = [scores.plan.indicators[line] for line in lines]
    settings = scores.framework.settings
    methods = [chosen.method if (chosen := settings[id_].impute) else "" for id_ in ids]
    return pd.DataFrame(
        {
            "unit": scores.unit[rows],
            "period": scores.period[rows],
            "indicator": ids,
            "method": methods,
            "value": scores.value[lines, rows],
        }
    )


def treated_indicators(scores: Scores) -> pd.DataFrame:
    """Return what was done about outliers: how many values at each end, and the shape they left."""
    return pd.DataFrame(
        [
            {
                "indicator": told.indicator,
                "method": told.method,
                "low": told.low,
                "high": told.high,
                "skewness_before": told.before.skewness,
                "kurtosis_before": told.before.kurtosis,
                "skewness_after": told.after.skewness,
                "kurtosis_after": told.after.kurtosis,
                "is_enough": told.is_enough,
            }
            for told in scores.treatments
        ]
    )


def found_weights(scores: Scores) -> pd.DataFrame:
    """Return `group, node, method, stated, found, units, consistency_ratio` of found weights."""
    return pd.DataFrame(
        [
            {
                "group": told.group,
                "node": node,
                "method": told.method,
                "stated": told.stated[node],
                "found": weight,
                "units": told.units,
                "consistency_ratio": told.ratio,
            }
            for told in scores.weighed
            for node, weight in told.found.items()
        ]
    )


def imputed_below(scores: Scores) -> NDArray[np.int64]:
    """How many indicators of each shown node were imputed, in the order of `Scores.table`."""
    counts = np.empty((len(scores.plan.shown), len(scores.unit)), dtype=np.int64)
    for line, node in enumerate(scores.plan.shown):
        leaves = [scores.plan.indicators.index(leaf) for leaf in scores.plan.leaves(node)]
        counts[line] = scores.imputed[leaves].sum(axis=0)
    return counts.T.ravel()
