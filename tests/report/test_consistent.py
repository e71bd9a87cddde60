"""Sentences about an index's structure: each figure is one of its tables."""

from __future__ import annotations

import pytest

from govmaturity.analysis.consistency.importance import importance
from govmaturity.analysis.consistency.structure import Consistency, consistency
from govmaturity.report import consistent
from govmaturity.scoring import Scores, score
from govmaturity.texts import LANGUAGES
from tests.making import framework_of, group, leaf, values_of

# A and B say the same, C goes against both, D is the same for everybody, E for all but one.
GIVEN = {
    "A": [10, 20, 30, 40, 50, 60, 70, 80, 90, 100],
    "B": [11, 20, 30, 40, 50, 60, 70, 80, 90, 99],
    "C": [100, 92, 80, 71, 60, 50, 40, 30, 20, 10],
    "D": [50] * 10,
    "E": [50] * 9 + [60],
}
FRAMEWORK = framework_of(
    group("T", group("G1", leaf("A"), leaf("B"), leaf("C")), group("G2", leaf("D"), leaf("E")))
)


def scored() -> Scores:
    rows = {f"u{i}": {id_: column[i] for id_, column in GIVEN.items()} for i in range(10)}
    return score(FRAMEWORK, values_of(rows))


@pytest.fixture(scope="module")
def found() -> Consistency:
    return consistency(scored())


NAMES = {id_: node.name.en for id_, node in FRAMEWORK.nodes.items()}


def test_the_finding_counts_what_the_tables_hold(found: Consistency):
    told = consistent.finding(found, "en")
    assert "Of 3 groups that can be looked at, 0 agree" in told
    assert "1 say nearly the same and 2 pull against each other" in told
    assert "2 indicators hardly tell units apart (10 units)" in told


def test_every_pair_has_its_sentence_the_strongest_first(found: Consistency):
    told = consistent.of_pairs(found, NAMES, "en")
    assert [sentence.split(" (")[0] for sentence in told] == [
        '"A" and "B" say nearly the same',
        '"B" and "C" go against each other inside their group',
        '"A" and "C" go against each other inside their group',
    ]
    assert "correlation −1.00" in told[1]


def test_indicators_that_tell_nobody_apart_are_named(found: Consistency):
    told = consistent.of_indicators(found, NAMES, "en")
    assert '"D": all units have the same score, so it tells nobody apart.' in told
    assert any(one.startswith('"E": 90.0% of the units have one and the same') for one in told)
    assert any(one.startswith('"C" goes against its own group "G1"') for one in told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_of_several_parts_has_a_sentence(found: Consistency, language):
    told = consistent.of_groups(found, NAMES, language)
    assert len(told) == 3
    contradicting = next(one for one in told if "G1" in one)
    assert "−" in contradicting
    constant = next(one for one in told if "G2" in one)
    assert "KMO" not in constant


def test_a_weight_that_does_what_it_says_is_not_spoken_of():
    even = framework_of(group("T", leaf("A"), leaf("B")))
    rows = {f"u{i}": {"A": GIVEN["A"][i], "B": GIVEN["B"][i]} for i in range(10)}
    assert consistent.of_weights(importance(score(even, values_of(rows))), NAMES, "en") == []


def test_a_part_that_makes_more_than_its_weight_and_one_that_makes_less_are_told():
    told = consistent.of_weights(importance(scored()), NAMES, "en")
    assert '"E" weighs 50.0% of "G2", but makes 100.0% of its differences.' in told
    assert '"D" weighs 50.0% of "G2", but makes only 0.0% of its differences.' in told


def test_without_units_every_figure_is_told_as_missing():
    empty = consistency(score(FRAMEWORK, values_of({"u": {"A": None}})))
    assert empty.units == 0
    assert "0 units" in consistent.finding(empty, "en")
    assert all("nothing to tell" in one for one in consistent.of_groups(empty, NAMES, "en"))
    assert consistent.of_pairs(empty, NAMES, "en") == []
