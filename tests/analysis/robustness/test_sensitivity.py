"""Letters, effects one at a time, and Sobol's indices."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from govmaturity.analysis.robustness.choices import ALL, Choices
from govmaturity.analysis.robustness.effects import effects
from govmaturity.analysis.robustness.letters import indistinct, letters, told_apart
from govmaturity.analysis.robustness.run import robustness
from govmaturity.analysis.robustness.sobol import sensitivity, varying
from govmaturity.scoring import Scores, score
from tests.making import framework_of, group, leaf, values_of

# Letters -------------------------------------------------------------------------------------


@given(arrays(bool, (7, 7)))
def test_groups_hold_exactly_the_pairs_that_cannot_be_told_apart_and_none_inside_another(matrix):
    apart = np.triu(matrix, 1)
    apart = apart | apart.T
    groups = indistinct(apart, range(7))
    together = {frozenset(pair) for members in groups for pair in combinations(members, 2)}
    alike = {frozenset(pair) for pair in combinations(range(7), 2) if not apart[pair]}
    assert together == alike
    sets = [set(members) for members in groups]
    assert not any(one < other for one in sets for other in sets)
    assert set().union(*sets) == set(range(7))


def test_groups_overlap_because_the_relation_is_not_transitive():
    apart = np.zeros((3, 3), dtype=bool)
    apart[0, 2] = apart[2, 0] = True
    groups = indistinct(apart, [2, 1, 0])
    assert groups == [(2, 1), (1, 0)]
    assert letters(groups, 3) == ["b", "a b", "a"]


def test_nobody_and_one_unit_have_their_groups():
    assert indistinct(np.zeros((0, 0), dtype=bool), []) == []
    assert indistinct(np.zeros((1, 1), dtype=bool), [0]) == [(0,)]


def test_letters_go_on_after_z():
    named = letters([(place,) for place in range(53)], 53)
    assert [named[i] for i in (0, 25, 26, 51, 52)] == ["a", "z", "aa", "az", "ba"]


def test_an_order_is_certain_in_nine_of_ten_replicates():
    above = np.array([[0.5, 0.9, 0.89], [0.1, 0.5, np.nan], [0.11, np.nan, 0.5]])
    assert told_apart(above)[0].tolist() == [False, True, False]
    with pytest.raises(ValueError, match=r"above 0\.5"):
        told_apart(above, 0.5)


def test_too_many_groups_are_refused_rather_than_listed():
    # 27 units in 9 teams; two can be told apart only inside a team: 3^9 groups.
    team = np.arange(27) // 3
    apart = (team[:, None] == team) & ~np.eye(27, dtype=bool)
    with pytest.raises(ValueError, match="more than 10000"):
        indistinct(apart, range(27))


# Effects and indices -------------------------------------------------------------------------


def scored() -> Scores:
    random = np.random.default_rng(6)
    parts = [leaf(id_) for id_ in "abcd"]
    framework = framework_of(group("root", group("g", *parts[:2]), group("h", *parts[2:])))
    rows = random.uniform(5, 95, size=(25, 4))
    return score(
        framework,
        values_of(
            {f"u{i}": dict(zip("abcd", row.tolist(), strict=True)) for i, row in enumerate(rows)}
        ),
    )


def test_each_choice_alone_is_listed_with_what_it_moves():
    found = effects(scored(), ALL, runs=50)
    aggregate = found[found["choice"] == "aggregate"]
    assert set(aggregate["option"]) == {"geometric", "harmonic", "generalised", "mazziotta_pareto"}
    assert found[found["choice"] == "leave_out"]["option"].tolist() == list("abcd")
    assert (found["score_change_max"] >= found["score_change_mean"]).all()
    assert (found["failed"] == 0).all()
    # No outliers and no gaps: what is done about them does nothing.
    nothing = found[found["choice"].isin(["treat", "missing"])]
    assert nothing["score_change_max"].tolist() == pytest.approx([0, 0], abs=1e-9)


def test_an_effect_by_hand():
    scores = score(
        framework_of(group("root", leaf("a"), leaf("b"))),
        values_of({"u": {"a": 90, "b": 10}, "v": {"a": 40, "b": 40}}),
    )
    choices = Choices(weights=0, aggregate=("stated", "minimum"))
    (row,) = effects(scores, choices).itertuples()
    # 50 and 40 become 10 and 40: the two change places.
    assert (row.score_change_mean, row.score_change_max) == (20, 40)
    assert (row.rank_change_mean, row.rank_change_max) == (1, 1)


def test_a_choice_that_does_nothing_has_no_share_and_the_only_one_that_does_has_all():
    choices = Choices(
        weights=0, aggregate=("arithmetic", "geometric"), treat=("stated", "winsorised")
    )
    found = sensitivity(scored(), choices, size=64)
    table = found.table.set_index("choice")
    assert found.runs == 64 * (2 + 2)
    assert table.loc["treat", ["first", "total"]].tolist() == pytest.approx([0, 0], abs=1e-9)
    assert table.loc["aggregate", "first"] == pytest.approx(1, abs=0.1)
    assert table.loc["aggregate", "total"] == pytest.approx(1, abs=0.1)


def test_indices_are_the_same_for_the_same_seed():
    one, other = (sensitivity(scored(), ALL, size=32, seed=5).table for _ in range(2))
    assert one.equals(other)
    assert one["choice"].tolist() == varying(replace(ALL))
    assert (one["total"] >= -0.01).all()


def test_indices_where_no_rank_ever_changes_are_not_there():
    scores = score(
        framework_of(group("root", leaf("a"), leaf("b"))),
        values_of({"u": {"a": 90, "b": 90}, "v": {"a": 10, "b": 10}}),
    )
    found = sensitivity(scores, ALL, size=16)
    assert found.table["first"].isna().all()
    assert found.failed == 0


@pytest.mark.parametrize(("choices", "size"), [(ALL, 100), (ALL, 1), (Choices(), 64)])
def test_a_sequence_needs_a_power_of_two_and_two_choices(choices: Choices, size: int):
    with pytest.raises(ValueError, match=r"power of 2|two choices"):
        sensitivity(scored(), choices, size=size)


@given(st.integers(0, 50))
def test_units_that_share_no_letter_can_be_told_apart(seed):
    found = robustness(scored(), runs=60, seed=seed)
    apart = told_apart(found.probability_above())
    names = letters(indistinct(apart, range(25)), 25)
    for one, other in combinations(range(25), 2):
        shares = bool(set(names[one].split()) & set(names[other].split()))
        assert shares != apart[one, other]
