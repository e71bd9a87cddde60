"""Methods that look at units together: TOPSIS, Copeland, benefit of the doubt."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pymcdm.methods import TOPSIS
from pymcdm.normalizations import vector_normalization

from govmaturity.scoring.aggregate.benefit import benefit_of_doubt
from govmaturity.scoring.aggregate.copeland import copeland
from govmaturity.scoring.aggregate.topsis import closeness, topsis_of_sample, topsis_of_scale

# Four units, three parts: the matrix that methods.md works with.
Z = np.array([[0, 0.2, 1], [0.5, 0.4, 0], [1, 1, 0.5], [0.25, 0, 0.75]]).T
ENTROPY = np.array([0.346675, 0.391313, 0.262012])
matrix = arrays(float, (3, 6), elements=st.floats(0.01, 1))


# TOPSIS --------------------------------------------------------------------------------------


def test_topsis_of_the_sample_is_the_one_worked_by_hand():
    found = topsis_of_sample(Z, ENTROPY)
    assert found.tolist() == pytest.approx([0.332488, 0.389156, 0.830907, 0.278457], abs=5e-6)


def test_topsis_of_the_scale_is_the_one_worked_by_hand():
    found = topsis_of_scale(Z, ENTROPY, (0, 1))
    assert found.tolist() == pytest.approx([0.405440, 0.355754, 0.777894, 0.346240], abs=5e-6)


def test_topsis_agrees_with_the_published_example_of_an_r_package(shared: Path):
    case = json.loads((shared / "data" / "reference" / "topsis_mathmodels.json").read_text())
    parts = np.array(case["X"], dtype=float).T
    # There the second column is better the smaller it is, so its ideal is its least value.
    placed = parts / np.sqrt((parts**2).sum(axis=1, keepdims=True))
    placed *= np.array(case["weights"])[:, None] * np.array([[1.0], [-1.0]])
    ends = [placed.min(axis=1, keepdims=True), placed.max(axis=1, keepdims=True)]
    found = closeness(placed, np.ones(2), *ends)
    assert found.tolist() == pytest.approx(case["expected"], abs=1e-6)


@given(matrix, arrays(float, 3, elements=st.floats(0.1, 1)))
def test_topsis_agrees_with_pymcdm_on_any_matrix(parts, shares):
    shares = shares / shares.sum()
    varied = parts.max(axis=1) - parts.min(axis=1) > 1e-3
    if not varied.all():
        return
    peer = TOPSIS(vector_normalization)(parts.T, shares, np.ones(3), validation=False)
    assert np.allclose(topsis_of_sample(parts, shares), peer)


def test_topsis_defines_what_it_cannot_divide_and_keeps_gaps():
    assert topsis_of_sample(np.ones((2, 3)), np.ones(2)).tolist() == [0.5] * 3
    gap = np.array([[math.nan, math.nan, 1.0], [1.0, math.nan, 2.0]])
    found = topsis_of_sample(gap, np.ones(2))
    assert math.isnan(found[1])
    assert found[[0, 2]].tolist() == [0, 1]
    assert topsis_of_sample(np.empty((2, 0)), np.ones(2)).shape == (0,)
    with pytest.raises(ValueError, match="zero or more"):
        topsis_of_sample(np.array([[-1.0, 1.0]]), np.ones(1))


@given(arrays(float, (3, 4), elements=st.floats(0, 100)))
def test_with_fixed_ideals_no_other_unit_changes_a_result(parts):
    alone = topsis_of_scale(parts[:, :1], np.ones(3), (0, 100))
    assert topsis_of_scale(parts, np.ones(3), (0, 100))[0] == pytest.approx(alone[0])


# Copeland ------------------------------------------------------------------------------------


def slow_copeland(parts: np.ndarray, weights: np.ndarray) -> list[float]:
    """The definition, pair by pair."""
    found = []
    for i in range(parts.shape[1]):
        balance = met = 0
        for j in range(parts.shape[1]):
            both = ~np.isnan(parts[:, i]) & ~np.isnan(parts[:, j])
            if i == j or not both.any():
                continue
            met += 1
            ahead = weights[both & (parts[:, i] > parts[:, j])].sum()
            behind = weights[both & (parts[:, i] < parts[:, j])].sum()
            balance += int(ahead > behind + 1e-12) - int(behind > ahead + 1e-12)
        has_none = np.isnan(parts[:, i]).all()
        found.append(math.nan if has_none else balance / met if met else 0.0)
    return found


@given(
    arrays(float, (4, 40), elements=st.sampled_from([1.0, 2.0, 3.0, math.nan])),
    arrays(float, 4, elements=st.sampled_from([0.1, 0.25, 0.4])),
)
def test_copeland_is_its_definition_also_with_gaps(parts, weights):
    assert np.allclose(copeland(parts, weights), slow_copeland(parts, weights), equal_nan=True)


@given(arrays(float, (3, 9), elements=st.sampled_from([1.0, 2.0, 5.0, math.nan])))
def test_copeland_does_not_depend_on_the_order_of_units(parts):
    # COINr's does where values are missing: a pair without data goes to the later row.
    weights = np.array([0.5, 0.3, 0.2])
    turned = copeland(parts[:, ::-1], weights)[::-1]
    assert np.allclose(copeland(parts, weights), turned, equal_nan=True)


def test_a_pair_without_a_common_part_counts_for_neither():
    parts = np.array([[1.0, math.nan, 2.0], [math.nan, 5.0, math.nan]])
    assert copeland(parts, np.ones(2)).tolist() == [-1, 0, 1]


def test_wins_and_losses_of_all_add_up_to_nothing():
    parts = np.random.default_rng(5).uniform(size=(6, 50))
    assert copeland(parts, np.full(6, 1 / 6)).sum() == pytest.approx(0)


# Benefit of the doubt --------------------------------------------------------------------------


def test_benefit_of_the_doubt_by_hand():
    # Units (4, 1), (1, 4), (2, 2). For the third the best weights lie on the line through the
    # first two: w = (.2, .2), so 2 x .2 + 2 x .2 = .8.
    parts = np.array([[4.0, 1.0, 2.0], [1.0, 4.0, 2.0]])
    assert benefit_of_doubt(parts).tolist() == pytest.approx([1, 1, 0.8])


def test_a_least_share_takes_away_the_rest_on_the_best_part_alone():
    parts = np.array([[10.0, 1.0], [0.0, 1.0]])
    assert benefit_of_doubt(parts)[0] == pytest.approx(1)
    # The first unit has nothing in the second part, of which at least a tenth has to come.
    assert benefit_of_doubt(parts, 0.1)[0] == pytest.approx(0)


@given(arrays(float, (2, 5), elements=st.floats(0.5, 10)), st.floats(0.1, 50))
def test_benefit_of_the_doubt_does_not_change_with_the_scale(parts, times):
    assert np.allclose(benefit_of_doubt(parts), benefit_of_doubt(times * parts), atol=1e-6)


def test_benefit_of_the_doubt_refuses_gaps_and_defines_nothing_as_zero():
    assert benefit_of_doubt(np.zeros((2, 2))).tolist() == [0, 0]
    for wrong in (math.nan, -1.0):
        with pytest.raises(ValueError, match="none missing"):
            benefit_of_doubt(np.array([[wrong, 1.0]]))
    with pytest.raises(ValueError, match="exceed 1"):
        benefit_of_doubt(np.ones((3, 2)), 0.5)
