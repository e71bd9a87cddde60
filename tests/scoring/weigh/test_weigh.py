"""Weights that are found: against published figures, pymcdm, by hand, laws and refusals."""

import json
import math
from pathlib import Path

import numpy as np
import pymcdm.weights
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from govmaturity.framework.methods import Budget, Judgement
from govmaturity.scoring.normalise.sample import min_max
from govmaturity.scoring.weigh.combined import game_theory, linear
from govmaturity.scoring.weigh.components import component_weights, kmo, principal_components
from govmaturity.scoring.weigh.judged import (
    RANDOM_INDEX,
    ahp,
    budget_weights,
    joined,
    matrix_of,
)
from govmaturity.scoring.weigh.matched import matched
from govmaturity.scoring.weigh.objective import coefficient_of_variation, critic, entropy

# Four units, three parts: the matrix that methods.md works with.
Z = np.array([[0, 0.2, 1], [0.5, 0.4, 0], [1, 1, 0.5], [0.25, 0, 0.75]]).T
SAATY = np.array([[1, 3, 5], [1 / 3, 1, 2], [1 / 5, 1 / 2, 1]])
matrix = arrays(float, (3, 8), elements=st.floats(0.01, 1))


# From data -----------------------------------------------------------------------------------


def test_entropy_weights_are_those_worked_by_hand():
    assert entropy(Z).tolist() == pytest.approx([0.346675, 0.391313, 0.262012], abs=5e-7)


def test_entropy_weights_of_a_published_table_come_out(shared: Path):
    file = shared / "data" / "reference" / "entropy_weight_pymcdm.json"
    case = json.loads(file.read_text())
    found = entropy(np.array(case["matrix"]).T)
    assert found.tolist() == pytest.approx(case["expected_weights_6dp"], abs=5e-7)


def test_entropy_and_critic_weights_of_a_published_r_package_come_out(shared: Path):
    file = shared / "data" / "reference" / "entropy_weight_mathmodels.json"
    case = json.loads(file.read_text())
    raw = np.array(case["X"]).T
    placed = np.array(
        [min_max(part, sign == "+") for part, sign in zip(raw, case["direction"], strict=True)]
    )
    # There scores run from epsilon to 1 - epsilon before logarithms are taken.
    epsilon = case["epsilon"]
    squeezed = epsilon + (1 - 2 * epsilon) * placed
    assert entropy(squeezed).tolist() == pytest.approx(case["expected_w"], abs=5e-8)
    assert critic(placed).tolist() == pytest.approx(case["critic_expected_w"], abs=5e-8)


@given(matrix)
def test_entropy_critic_and_variation_agree_with_pymcdm(parts):
    if (parts.max(axis=1) - parts.min(axis=1) < 1e-3).any():
        return
    peer = pymcdm.weights
    assert np.allclose(entropy(parts), peer.entropy_weights(parts.T), atol=1e-9)
    placed = (parts - parts.min(axis=1, keepdims=True)) / np.ptp(parts, axis=1)[:, None]
    assert np.allclose(critic(placed), peer.critic_weights(parts.T), atol=1e-9)


def test_critic_weights_are_those_worked_by_hand():
    assert critic(Z).tolist() == pytest.approx([0.272367, 0.245109, 0.482524], abs=5e-7)


def test_variation_weights_by_hand():
    # Standard deviations 1 and 2, means 2 and 8: .5 against .25.
    parts = np.array([[1.0, 2.0, 3.0], [6.0, 8.0, 10.0]])
    assert coefficient_of_variation(parts).tolist() == pytest.approx([2 / 3, 1 / 3])


def test_a_shift_changes_entropy_weights_and_is_never_made_in_silence():
    assert not np.allclose(entropy(Z), entropy(Z, shift=0.01))


def test_what_does_not_vary_weighs_nothing_and_where_nothing_varies_all_weigh_alike():
    flat = np.array([[5.0, 5.0, 5.0], [1.0, 2.0, 3.0]])
    for method in (entropy, critic, coefficient_of_variation):
        assert method(flat)[0] == 0
        assert method(flat[:1].repeat(2, axis=0)).tolist() == [0.5, 0.5]
    assert entropy(np.array([[0.0, 0.0], [1.0, 3.0]])).tolist() == [0, 1]


@pytest.mark.parametrize("method", [entropy, critic, coefficient_of_variation])
def test_gaps_and_single_units_are_refused(method):
    with pytest.raises(ValueError, match="without gaps"):
        method(np.array([[math.nan, 1.0]]))
    with pytest.raises(ValueError, match="two units"):
        method(np.ones((2, 1)))


@pytest.mark.parametrize("method", [entropy, coefficient_of_variation])
def test_negative_scores_are_refused(method):
    with pytest.raises(ValueError, match="zero or more"):
        method(np.array([[-1.0, 1.0]]))


@given(matrix, st.permutations(range(8)))
def test_weights_do_not_depend_on_the_order_of_units(parts, order):
    for method in (entropy, critic, coefficient_of_variation):
        assert np.allclose(method(parts), method(parts[:, order]), atol=1e-9)


# Components ----------------------------------------------------------------------------------


def test_kmo_is_the_one_worked_by_hand():
    # Six answers to three items: methods.md, section 9.
    items = np.array([[4, 5, 4], [3, 4, 3], [5, 5, 4], [2, 3, 2], [4, 4, 5], [3, 2, 3]]).T
    assert kmo(np.corrcoef(items)) == pytest.approx(0.646762, abs=5e-7)


def test_components_of_known_correlations():
    # Equal correlations r among three: eigenvalues 1 + 2r and twice 1 - r.
    equal = np.full((3, 3), 0.4) + 0.6 * np.eye(3)
    found = principal_components(equal)
    assert found.values.tolist() == pytest.approx([1.8, 0.6, 0.6])
    assert found.explained.sum() == pytest.approx(1)
    assert found.loadings[:, 0].tolist() == pytest.approx([math.sqrt(0.6)] * 3)


def test_parts_that_say_the_same_have_the_same_component_weight():
    random = np.random.default_rng(3)
    common = random.normal(size=200)
    parts = common + 0.5 * random.normal(size=(4, 200))
    found = component_weights(parts)
    assert found.tolist() == pytest.approx([0.25] * 4, abs=0.01)
    assert (found >= 0).all()  # COINr's are negative for 16 of 49 indicators of its example


def test_kmo_of_a_matrix_that_cannot_be_inverted_is_not_there():
    assert math.isnan(kmo(np.ones((3, 3))))
    assert math.isnan(kmo(np.eye(3)))


# Judgements ----------------------------------------------------------------------------------


def test_ahp_is_the_one_worked_by_hand():
    found = ahp(SAATY)
    assert found.weights.tolist() == pytest.approx([0.648329, 0.229651, 0.122020], abs=5e-7)
    assert found.largest == pytest.approx(3.003695, abs=5e-7)
    assert found.ratio == pytest.approx(0.003185, abs=5e-7)


def test_judgements_that_contradict_are_found_and_the_worst_is_named():
    # 0 > 1 > 2, but 2 > 0: the last one fits least.
    wrong = np.array([[1, 3, 1 / 5], [1 / 3, 1, 3], [5, 1 / 3, 1]])
    found = ahp(wrong)
    assert found.ratio > 0.1
    mostly = np.ones((4, 4))
    weights = np.array([8.0, 4.0, 2.0, 1.0])
    mostly = weights[:, None] / weights
    mostly[0, 3], mostly[3, 0] = 1 / 4, 4
    assert ahp(mostly).worst == (0, 3)


@given(arrays(float, 5, elements=st.floats(0.1, 10)))
def test_judgements_that_fit_give_back_the_weights_they_were_made_of(weights):
    found = ahp(weights[:, None] / weights)
    assert np.allclose(found.weights, weights / weights.sum())
    assert found.ratio == pytest.approx(0, abs=1e-9)


def test_two_parts_always_fit_and_the_table_of_random_indices_can_be_chosen():
    assert ahp(np.array([[1, 9], [1 / 9, 1]])).ratio == 0
    ratios = {name: ahp(SAATY, name).ratio for name in RANDOM_INDEX}
    assert ratios["saaty_later"] == pytest.approx(ratios["saaty_1980"] * 0.58 / 0.52)


@pytest.mark.parametrize("wrong", [[[1, 2], [2, 1]], [[1, 0], [0, 1]], [[1, 2, 3]]])
def test_a_matrix_that_is_no_judgement_is_refused(wrong):
    with pytest.raises(ValueError, match=r"reciprocal|above zero"):
        ahp(np.array(wrong, dtype=float))


def test_half_a_matrix_is_enough_and_experts_are_joined_by_the_geometric_mean():
    one = Judgement(expert="A", matrix={"a": {"b": 4.0}})
    other = Judgement(expert="B", matrix={"b": {"a": 1.0}})
    together = joined([matrix_of(j, ["a", "b"]) for j in (one, other)])
    assert together.tolist() == [[1, pytest.approx(2)], [pytest.approx(0.5), 1]]


def test_each_expert_counts_alike_however_many_points_were_given():
    budgets = [
        Budget(expert="A", points={"a": 60, "b": 40}),
        Budget(expert="B", points={"a": 2, "b": 8}),
    ]
    assert budget_weights(budgets, ["a", "b"]).tolist() == pytest.approx([0.4, 0.6])
    with pytest.raises(ValueError, match="A gave no points"):
        budget_weights(budgets[:1], ["c"])


# Several -------------------------------------------------------------------------------------


def test_game_theory_sets_a_negative_share_to_zero_as_worked_by_hand():
    # methods.md: shares 1.034381 and -0.048403 before clipping, so the first set alone.
    sets = np.array([ahp(SAATY).weights, entropy(Z)])
    weights, shares = game_theory(sets)
    assert shares.tolist() == [1, 0]
    assert np.allclose(weights, sets[0])
    products = sets @ sets.T
    solved = np.linalg.solve(products, np.diag(products))
    assert solved.tolist() == pytest.approx([1.034381, -0.048403], abs=5e-6)


def test_sets_that_are_the_same_share_equally():
    weights, shares = game_theory(np.array([[0.3, 0.7], [0.3, 0.7]]))
    assert shares.tolist() == [0.5, 0.5]
    assert weights.tolist() == pytest.approx([0.3, 0.7])


def test_linear_combination_by_hand_and_its_refusals():
    sets = np.array([[0.2, 0.8], [0.6, 0.4]])
    assert linear(sets, np.array([3.0, 1.0])).tolist() == pytest.approx([0.3, 0.7])
    with pytest.raises(ValueError, match="not all zero"):
        linear(sets, np.zeros(2))


# Matched -------------------------------------------------------------------------------------


@pytest.mark.parametrize("importance", [[1, 1, 1], [0.5, 0.3, 0.2]])
def test_fitted_weights_bring_correlations_into_the_stated_proportions(importance):
    random = np.random.default_rng(11)
    parts = random.normal(size=(3, 300)) * np.array([[1.0], [5.0], [2.0]])
    parts[1] += parts[0]
    wanted = np.array(importance, dtype=float)
    weights = matched(parts, wanted)
    whole = weights @ parts
    found = np.array([np.corrcoef(part, whole)[0, 1] for part in parts])
    assert (weights >= 0).all()
    assert weights.sum() == pytest.approx(1)
    assert (found / found.sum()).tolist() == pytest.approx(
        (wanted / wanted.sum()).tolist(), abs=1e-3
    )
