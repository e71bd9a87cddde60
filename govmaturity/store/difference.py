"""What two releases say differently, value by value and score by score."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pandas as pd

from govmaturity.store.release import ReleaseFile


@dataclass(frozen=True)
class Difference:
    """What two releases say differently.

    values : unit, period, indicator, value_old, status_old, value_new,
        status_new; one row where either differs.
    scores : unit, period, node, score_old, score_new, rank_old, rank_new.
    same_framework : whether both were scored by one version of one framework;
        if not, scores differ for that reason too.
    """

    values: pd.DataFrame
    scores: pd.DataFrame
    same_framework: bool

    def roots(self, old: str, new: str) -> pd.DataFrame:
        """Scores of the whole index that differ, the largest change first.

        Parameters
        ----------
        old, new : str
            Ids of the root of either release's framework; they may differ.

        Returns
        -------
        DataFrame
            unit, period, score_old, score_new, rank_old, rank_new, change:
            points gained, NaN where the unit stands in one release only,
            which comes last.
        """
        columns = ["unit", "period", "score_old", "score_new", "rank_old", "rank_new"]
        if old == new:
            found = self.scores[self.scores["node"] == old][columns]
        else:
            sides = [
                self.scores[self.scores["node"] == node][
                    ["unit", "period", f"score_{side}", f"rank_{side}"]
                ]
                for node, side in ((old, "old"), (new, "new"))
            ]
            found = sides[0].merge(sides[1], on=["unit", "period"], how="outer")[columns]
        found = found.assign(change=found["score_new"] - found["score_old"])
        order = found["change"].abs().sort_values(ascending=False, kind="stable").index
        return found.loc[order].reset_index(drop=True)


def difference_of(
    old: dict[str, ReleaseFile], new: dict[str, ReleaseFile], same_framework: bool
) -> Difference:
    """Compare the tables `values` and `scores` of two releases, given as their parquet files."""
    pairs = {
        name: [pd.read_parquet(io.BytesIO(side[name].path.read_bytes())) for side in (old, new)]
        for name in ("values", "scores")
    }
    return Difference(
        _different(pairs["values"], ["unit", "period", "indicator"], ["value", "status"]),
        _different(pairs["scores"], ["unit", "period", "node"], ["score", "rank"]),
        same_framework,
    )


def _different(pair: list[pd.DataFrame], key: list[str], columns: list[str]) -> pd.DataFrame:
    """The rows that differ or stand in one of the two only."""
    old, new = pair
    both = old[[*key, *columns]].merge(
        new[[*key, *columns]], on=key, how="outer", suffixes=("_old", "_new")
    )
    differs = pd.Series(False, index=both.index)
    for name in columns:
        left, right = both[f"{name}_old"], both[f"{name}_new"]
        same = (left == right) | (left.isna() & right.isna())
        differs |= ~same.fillna(False).astype(bool)
    return both[differs].reset_index(drop=True)
