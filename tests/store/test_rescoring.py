"""Published scores against those made today."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.scoring import Scores, score
from govmaturity.store.people import LOCAL
from govmaturity.store.rescoring import count_differing
from govmaturity.store.service import Store
from govmaturity.values.table import Values
from tests.making import values_of
from tests.store.making import ADMINISTRATOR, TIANHE, YUEXIU, approve, send, small_framework


def made() -> Scores:
    return score(small_framework(), values_of({"x": {"a": 40, "b": 60}, "y": {"a": 10}}))


def test_what_a_release_holds_comes_out_the_same(store: Store):
    send(store, {TIANHE: {"a": 40, "b": 60, "r": 2}, YUEXIU: {"a": 10}})
    approve(store, TIANHE)
    approve(store, YUEXIU)
    title = {"zh": "题", "en": "t"}
    one = store.releases.publish(
        ADMINISTRATOR, "made", "1", ["2024"], title=title, licence="CC0-1.0"
    )
    framework = store.releases.framework(LOCAL, one.id)
    values = store.releases.values(LOCAL, one.id)
    assert store.releases.rescored(LOCAL, one.id, score(framework, values)) == 0
    # Another figure of one unit makes its own score and the root above it another.
    table = values.table.copy()
    table.loc[(table["unit"] == TIANHE) & (table["indicator"] == "a"), "value"] = 41
    other = score(framework, Values(table))
    assert store.releases.rescored(LOCAL, one.id, other) == 2


def test_a_score_on_one_side_only_counts():
    table = made().table()
    assert count_differing(table, made()) == 0
    assert count_differing(table.iloc[1:], made()) == 1
    more = pd.concat([table, table.assign(unit="z")], ignore_index=True)
    assert count_differing(more, made()) == int(table["score"].notna().sum())


@given(st.floats(1e-6, 50), st.integers(0, 3))
def test_every_difference_that_is_more_than_rounding_counts(by: float, place: int):
    table = made().table()
    rows = np.flatnonzero(table["score"].notna())
    row = rows[place % len(rows)]
    table.loc[row, "score"] += by
    assert count_differing(table, made()) == 1
    table.loc[row, "score"] += 1e-10 - by
    assert count_differing(table, made()) == 0
