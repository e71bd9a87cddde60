"""Mobility of ranks: what stays, turns and shifts."""

import numpy as np
import pytest

from govmaturity.analysis.change.mobility import rank_mobility
from govmaturity.analysis.inequality import UndefinedMeasureError


def test_ranks_that_stay_turn_and_shift():
    stay = rank_mobility([1, 2, 3, 4], [10, 20, 30, 40])
    assert (stay.spearman, stay.kendall, stay.mean_shift) == pytest.approx((1, 1, 0))
    turned = rank_mobility([1, 2, 3, 4], [4, 3, 2, 1])
    assert turned.spearman == pytest.approx(-1)
    assert (turned.mean_shift, turned.largest_shift) == (2, 3)
    gaps = rank_mobility([1, 2, 3, np.nan], [2, 1, 5, 4])
    assert (gaps.n, gaps.mean_shift) == (3, pytest.approx(2 / 3))
    with pytest.raises(UndefinedMeasureError, match="too_few"):
        rank_mobility([1, 2], [1, 2])
    with pytest.raises(UndefinedMeasureError, match="no_variation"):
        rank_mobility([1, 1, 1], [1, 2, 3])
    with pytest.raises(ValueError, match="shape"):
        rank_mobility([1], [1, 2])
