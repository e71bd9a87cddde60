"""Alpha, Bartlett, correlations, structure and importance: published, by hand, laws, gaps."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from govmaturity.analysis.consistency.importance import covariance_shares, importance
from govmaturity.analysis.consistency.reliability import (
    bartlett,
    cronbach_alpha,
    pairwise_correlation,
)
from govmaturity.analysis.consistency.structure import consistency
from govmaturity.scoring import Scores, score
from tests.making import Data, framework_of, group, leaf, values_of

# Six answers to three items: methods.md, section 9.
ITEMS = np.array([[4, 5, 4], [3, 4, 3], [5, 5, 4], [2, 3, 2], [4, 4, 5], [3, 2, 3]], dtype=float).T


def test_alpha_is_the_one_worked_by_hand():
    assert cronbach_alpha(ITEMS) == pytest.approx(0.875486, abs=5e-7)


def test_alpha_of_a_published_table_comes_out(shared: Path):
    file = shared / "data" / "reference" / "cronbach_alpha_pingouin.json"
    case = json.loads(file.read_text())
    table = np.array(case["scores"], dtype=float)
    parts = table if table.shape[0] == len(case["items"]) else table.T
    assert cronbach_alpha(parts) == pytest.approx(case["alpha_full"])


def test_units_that_lack_an_item_are_left_out_of_alpha():
    gap = np.column_stack([ITEMS, [9.0, math.nan, 1.0]])
    assert cronbach_alpha(gap) == pytest.approx(cronbach_alpha(ITEMS))


@pytest.mark.parametrize("parts", [np.ones((2, 5)), np.ones((1, 5)), np.empty((2, 0))])
def test_alpha_of_what_does_not_vary_is_not_there(parts: np.ndarray):
    assert math.isnan(cronbach_alpha(parts))


@given(arrays(float, (3, 8), elements=st.floats(0, 100)), st.floats(0.1, 10), st.floats(-50, 50))
def test_alpha_does_not_change_with_the_scale(parts, times, plus):
    before, after = cronbach_alpha(parts), cronbach_alpha(times * parts + plus)
    if np.ptp(parts.sum(axis=0)) > 1e-3:
        assert after == pytest.approx(before, rel=1e-6, abs=1e-6)


def test_bartlett_is_the_one_worked_by_hand():
    found = bartlett(np.corrcoef(ITEMS), 6)
    assert (found.statistic, found.degrees) == (pytest.approx(5.974316, abs=1e-6), 3)
    assert found.p_value == pytest.approx(0.1129, abs=1e-4)
    assert math.isnan(bartlett(np.ones((2, 2)), 6).statistic)


def test_correlations_are_over_the_units_that_have_both():
    parts = np.array([[1.0, 2, 3, math.nan], [2.0, 4, 6, 1]])
    found = pairwise_correlation(parts, np.array([[3.0, 2, 1, 50], [1.0, 1, 1, 1]]))
    assert found[0].tolist() == [pytest.approx(-1), pytest.approx(math.nan, nan_ok=True)]
    assert np.isnan(pairwise_correlation(parts[:, :2], parts[:, :2])).all()


# Structure -----------------------------------------------------------------------------------


def built(**columns: list[float]) -> Scores:
    """Two groups, a and b, of indicators whose ids begin with the group's."""
    parts: dict[str, list[Data]] = {"a": [], "b": []}
    for id_ in columns:
        parts[id_[0]].append(leaf(id_))
    tree = group("root", *(group(id_, *children) for id_, children in parts.items() if children))
    units = len(next(iter(columns.values())))
    given_ = {
        f"u{i:02d}": {id_: column[i] for id_, column in columns.items()} for i in range(units)
    }
    return score(framework_of(tree), values_of(given_))


def sample() -> Scores:
    random = np.random.default_rng(9)
    first, second = random.uniform(20, 80, size=(2, 40))
    noise = random.normal(scale=4, size=(5, 40))
    return built(
        a1=(first + noise[0]).tolist(),
        a2=(first + noise[1] / 10).tolist(),
        a3=(first + noise[1] / 10 + 0.01).tolist(),
        a4=(100 - first + noise[2]).tolist(),
        a5=[50.0] * 40,
        a6=(second + noise[3]).tolist(),
        b1=(second + noise[4]).tolist(),
        b2=(second - noise[4]).tolist(),
        b3=[50.0] * 38 + [60.0, 70.0],
    )


def test_flags_say_what_an_indicator_does_where_it_stands():
    found = consistency(sample())
    flags = found.indicators.set_index("indicator")["flags"]
    assert flags["a1"] == ""
    assert "contradicting" in flags["a4"]
    assert flags["a5"] == "constant"
    assert "elsewhere" in flags["a6"]
    assert "concentrated" in flags["b3"]
    assert found.indicators.set_index("indicator")["nearest"]["a6"] == "b"


def test_pairs_that_say_the_same_or_pull_apart_are_listed():
    pairs = consistency(sample()).pairs
    by_pair = {(row.one, row.other): (row.flag, row.is_within) for row in pairs.itertuples()}
    assert by_pair["a2", "a3"] == ("redundant", True)
    assert by_pair["a1", "a4"] == ("contradicting", True)
    assert by_pair["a6", "b1"] == ("redundant", False)
    assert not any(flag == "contradicting" and not within for flag, within in by_pair.values())


def test_groups_have_their_statistics_and_notes():
    groups = consistency(sample()).groups.set_index("group")
    assert list(groups.index) == ["root", "a", "b"]
    assert groups.loc["a", "notes"] == "constant_part"
    assert math.isnan(groups.loc["a", "kmo"])
    assert groups.loc["b", "units"] == 40
    assert groups.loc["b", "degrees"] == 3
    assert groups.loc["root", "components"] in (0, 1)


def test_few_units_are_said_and_nothing_fails():
    found = consistency(built(a1=[10.0, 20.0], a2=[20.0, 10.0], b1=[1.0, 2.0]))
    groups = found.groups.set_index("group")
    assert "few_units" in groups.loc["a", "notes"]
    assert math.isnan(groups.loc["a", "explained"])
    assert found.pairs.empty


def test_a_group_whose_parts_contradict_has_a_negative_alpha_and_says_so():
    random = np.random.default_rng(1).uniform(20, 80, size=20)
    lines = {"a1": random.tolist(), "a2": (100 - 0.9 * random).tolist()}
    (row,) = (r for r in consistency(built(**lines)).groups.itertuples() if r.group == "a")
    assert row.alpha < 0
    assert "negative_alpha" in row.notes


# Importance ----------------------------------------------------------------------------------


@given(
    arrays(float, (3, 9), elements=st.floats(0, 100)), arrays(float, 3, elements=st.floats(0.1, 1))
)
def test_shares_in_the_variance_add_up_to_the_whole(parts, weights):
    if np.ptp(weights @ parts) < 1e-3:
        return
    assert covariance_shares(parts, weights).sum() == pytest.approx(1, abs=1e-6)


def test_of_two_independent_parts_the_one_that_varies_more_has_the_greater_share():
    # Variances 25 and 1, uncorrelated, equal weights: 25 of 26.
    parts = np.array([[0.0, 10.0, 0.0, 10.0], [0.0, 0.0, 2.0, 2.0]])
    shares = covariance_shares(parts, np.array([0.5, 0.5]))
    assert shares.tolist() == pytest.approx([25 / 26, 1 / 26])


def test_importance_sets_stated_weights_beside_those_in_force_and_what_they_do():
    random = np.random.default_rng(3).uniform(10, 90, size=(2, 30))
    tree = group("root", leaf("x"), leaf("y"), weigh="entropy")
    given_ = {f"u{i:02d}": {"x": random[0, i], "y": random[1, i]} for i in range(30)}
    found = importance(score(framework_of(tree), values_of(given_)))
    assert list(found["stated"]) == [0.5, 0.5]
    assert found["in_force"].sum() == pytest.approx(1)
    assert found["effective"].sum() == pytest.approx(1)
    assert (found["units"] == 30).all()
    assert ((found["correlation"] > 0) & (found["correlation"] < 1)).all()


def test_importance_where_nothing_varies_is_not_there():
    found = importance(built(a1=[5.0, 5.0, 5.0], b1=[5.0, 5.0, 5.0]))
    assert found["effective"].isna().all()
    assert found["correlation"].isna().all()
