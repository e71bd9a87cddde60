"""What weights say, and what parts really do to the whole."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govmaturity.analysis.consistency.reliability import full_rows
from govmaturity.scoring import Scores

Floats = NDArray[np.float64]


def covariance_shares(parts: Floats, weights: Floats) -> Floats:
    """Share of each part in the variance of a weighted mean.

    Parameters
    ----------
    parts : ndarray of float, shape (parts, units)
        Without gaps.
    weights : ndarray of float, shape (parts,)

    Returns
    -------
    ndarray of float, shape (parts,)
        w x covariance with the whole / variance of the whole: they sum to 1,
        and are negative for a part that goes against the whole. NaN where the
        whole does not vary, or there are fewer than two units.

    Examples
    --------
    >>> covariance_shares(np.array([[0.0, 10.0], [5.0, 5.0]]), np.array([0.5, 0.5]))
    array([1., 0.])
    """
    if parts.shape[1] < 2:
        return np.full(len(parts), np.nan)
    whole = weights @ parts
    centred = whole - whole.mean()
    variance = float((centred**2).mean())
    if variance == 0:
        return np.full(len(parts), np.nan)
    covariance = ((parts - parts.mean(axis=1, keepdims=True)) * centred).mean(axis=1)
    return weights * covariance / variance


def importance(scores: Scores) -> pd.DataFrame:
    """Stated against effective importance of every child in its group, for the latest period.

    Parameters
    ----------
    scores : Scores
        Units that are not ranked, or lack a part of a group, are left out of it.

    Returns
    -------
    DataFrame
        `group, node, stated, in_force, effective, correlation, units`: the
        weight in the tree, the weight that scores are made with (the same
        unless weights are found), the share in the variance of the group's
        weighted mean, and the correlation with the group's score. A group
        that is no arithmetic mean is looked at as if it were one.

    Notes
    -----
    Source: Paruolo, Saisana and Saltelli (2013), Ratings and rankings: voodoo
    or science?, Journal of the Royal Statistical Society A 176.
    """
    here = scores.at(scores.periods[-1])
    here = here.rows(np.asarray(here.rank_of(here.plan.root) > 0))
    stated = {told.group: told.stated for told in here.weighed}
    rows = []
    for group in reversed(here.plan.groups):
        ids = [here.plan.nodes[place] for place in group.children]
        whole = here.score[group.place]
        together = full_rows(np.vstack([here.score[list(group.children)], whole]))
        parts, of_group = together[:-1], together[-1]
        shares = covariance_shares(parts, group.weights)
        for id_, weight, share, part in zip(ids, group.weights, shares, parts, strict=True):
            rows.append(
                {
                    "group": group.id,
                    "node": id_,
                    "stated": stated.get(group.id, {}).get(id_, float(weight)),
                    "in_force": float(weight),
                    "effective": float(share),
                    "correlation": _correlation(part, of_group),
                    "units": parts.shape[1],
                }
            )
    return pd.DataFrame(rows)


def _correlation(part: Floats, whole: Floats) -> float:
    if len(part) < 3 or np.ptp(part) == 0 or np.ptp(whole) == 0:
        return float("nan")
    return float(np.corrcoef(part, whole)[0, 1])
