"""The figure in a sentence of the laboratory is the figure of its result."""

import re

import numpy as np
import pytest

from govmaturity.analysis import inequality as ineq
from govmaturity.analysis.balance import CLASSES, Balance, coupling_coordination
from govmaturity.analysis.change.convergence import beta, sigma
from govmaturity.analysis.change.density import kernel_density
from govmaturity.analysis.change.mobility import rank_mobility
from govmaturity.analysis.change.transitions import transitions
from govmaturity.analysis.context import correlation, quadrants
from govmaturity.analysis.contributions import Sources
from govmaturity.analysis.inequality.dagum import dagum
from govmaturity.analysis.space.association import global_moran, local_moran
from govmaturity.analysis.space.neighbours import by_border
from govmaturity.analysis.tier_gap import TierGap
from govmaturity.analysis.types import types_of
from govmaturity.report import lab
from govmaturity.texts import LANGUAGES, say

both = pytest.mark.parametrize("language", LANGUAGES)
VALUES, GROUPS = [40, 85, 60, 80, 90], ["A", "A", "B", "B", "B"]
NAMES = {"a": "Alpha", "b": "Beta", "c": "Gamma"}


def figures(sentence):
    return [float(one.replace(",", "")) for one in re.findall(r"-?\d[\d,]*\.?\d*", sentence)]


def chain(n, reach=1):
    steps = [step for step in range(-reach, reach + 1) if step]
    near = {str(i): frozenset(str(i + step) for step in steps) for i in range(n)}
    return by_border([str(i) for i in range(n)], near)


@both
@pytest.mark.parametrize("measure", ["variance", "theil_t", "theil_l"])
def test_shares_between_and_within_are_those_of_the_split(measure, language):
    parts = ineq.by_groups(measure, VALUES, [GROUPS])
    found = figures(lab.between(parts, measure, "cities", language))
    assert found[0] == pytest.approx(100 * parts.between[0] / parts.total, abs=0.051)
    assert found[0] + found[1] == pytest.approx(100, abs=0.11)


@both
def test_dagums_shares_are_those_of_its_parts(language):
    parts = dagum(VALUES, GROUPS)
    shares = np.array([parts.within, parts.net_between, parts.transvariation]) / parts.total
    assert figures(lab.overlap(parts, "cities", language)) == pytest.approx(100 * shares, abs=0.051)


@both
def test_equal_units_are_said_to_be_equal(language):
    expected = say("lab.all_equal", language)
    assert lab.between(ineq.theil_by_groups([5, 5], [["a", "b"]]), "theil_t", "g", language) == (
        expected
    )
    assert lab.overlap(dagum([5, 5], ["a", "b"]), "g", language) == expected
    assert lab.source(Sources("gini", "shapley", 0.0, {"a": 0.0}), NAMES, language) == expected


@both
@pytest.mark.parametrize("method", ["covariance", "rao_lerman_yitzhaki", "shapley"])
def test_the_largest_source_is_named_with_its_share_and_how_it_was_split(method, language):
    found = Sources("variance", method, 8.0, {"a": 2.0, "b": 7.0, "c": -1.0})
    sentence = lab.source(found, NAMES, language)
    assert "Beta" in sentence
    assert figures(sentence)[0] == 87.5
    assert say(f"lab.method_{method}", language) in sentence


@both
def test_a_figure_has_its_interval_where_there_is_one(language):
    assert figures(lab.with_interval(0.1234, (0.1, 0.2), language, 3)) == [0.123, 0.1, 0.2]
    assert lab.with_interval(0.1234, None, language, 2) == "0.12"
    assert lab.with_interval(0.1234, (np.nan, np.nan), language, 2) == "0.12"


@both
def test_few_units_are_said_to_be_few(language):
    for n in (11, 18):
        assert figures(lab.few(n, language))[0] == n
    assert lab.few(90, language) == ""


@both
def test_convergence_is_said_with_its_figures(language):
    start, end = [30.0, 40, 50, 60], [50.0, 56, 62, 66]
    found = beta(start, end, 3)
    sentence = lab.catching_up(found, language)
    assert figures(sentence)[0] == pytest.approx(found.slope, abs=5e-4)
    assert found.is_clear
    assert pytest.approx(found.half_life, abs=0.051) in figures(sentence)
    unclear = beta([30, 40, 50, 60, 70], [33, 40, 56, 58, 77], 1)
    assert not unclear.is_clear
    words = lab.catching_up(unclear, language)
    assert {"zh": "看不出", "en": "cannot be told"}[language] in words
    spread = sigma([start, end])
    sentence = lab.spread_over_time(spread, "P", "Q", language)
    assert sorted(spread.spread) == pytest.approx(
        sorted(one for one in figures(sentence) if one < 1), abs=5e-4
    )
    turned = lab.spread_over_time(sigma([end, start]), "P", "Q", language)
    assert turned != sentence


@both
def test_moves_order_and_shape_are_those_counted(language):
    found = transitions([[1, 1, 2], [1, 2, 2]], 2)
    assert sorted(figures(lab.moves(found, language))) == [3, 66.7]
    assert lab.moves(transitions([[0], [1]], 2), language) == say("lab.no_moves", language)
    moved = rank_mobility([1, 2, 3, 4], [4, 3, 2, 1])
    assert figures(lab.order(moved, language)) == [4, 2, -1]
    assert figures(lab.shape(kernel_density([40, 50, 60]), language))[0] == 3
    many = kernel_density(np.r_[np.linspace(15, 25, 10), np.linspace(75, 85, 10)])
    said = figures(lab.shape(many, language))
    assert sorted(said) == pytest.approx(sorted([2, *many.peaks]), abs=0.051)


@both
def test_space_is_said_with_its_figures_and_what_few_units_cannot_show(language):
    moran = global_moran(VALUES, chain(5))
    sentence = lab.alike(moran, language)
    assert figures(sentence) == pytest.approx([moran.value, moran.p, 5], abs=5e-4)
    many = global_moran(np.arange(40.0), chain(40))
    assert len(figures(lab.alike(many, language))) == 2
    steps = np.repeat([0.0, 100], 30) + np.random.default_rng(1).normal(size=60)
    local = local_moran(steps, chain(60, reach=4))
    counts = [int((local.is_significant & (local.quadrant == i)).sum()) for i in range(4)]
    assert sum(counts) > 0
    said = figures(lab.spots(local, language))[:3]
    assert said == [counts[0], counts[2], counts[1] + counts[3]]
    noise = local_moran(np.random.default_rng(0).permutation(60), chain(60))
    assert lab.spots(noise, language) == say("lab.no_spots", language)


@both
def test_the_balance_of_a_unit_is_said_with_its_weakest_part(language):
    coupling = coupling_coordination([[0.8, 0.6, 0.4], [0, 0.9, 0.9], [0.5, np.nan, np.nan]])
    found = Balance(coupling, ("a", "b", "c"), ("c", "a", "a"), np.array([40.0, 90, 0]))
    sentence = lab.evenness(found, 0, NAMES, language)
    assert "Gamma" in sentence
    assert figures(sentence) == pytest.approx([0.760, 40], abs=5e-4)
    assert say(f"lab.class_{CLASSES[coupling.class_[0]]}", language) in sentence
    assert lab.evenness(found, 1, NAMES, language) == say("lab.zero_system", language, part="Alpha")
    assert lab.evenness(found, 2, NAMES, language) == say("lab.no_balance", language)


@both
def test_the_gap_is_said_by_who_can_close_it(language):
    gap = np.array([[20.0, 0, np.nan], [6, 0, np.nan], [14, 0, np.nan]])
    found = TierGap(gap, gap, np.array([0.0, 0, np.nan]))
    assert figures(lab.upper_tier(found, 0, language)) == [40, 20, 6, 14, 35]
    for row in (1, 2):
        assert lab.upper_tier(found, row, language) == say("lab.no_gap", language)


@both
@pytest.mark.parametrize("y", [[2, 4, 5, 8, 10], [10, 8, 5, 4, 2], [5, 1, 6, 2, 5]])
def test_going_together_is_said_with_its_interval_and_is_not_cause(y, language):
    found = correlation([1, 2, 3, 4, 5], y)
    sentence = lab.going_with(found, "schooling", language)
    said = [one for one in figures(sentence) if one != 95]
    assert said == pytest.approx([found.pearson, found.low, found.high], abs=0.0051)
    assert say("lab.not_cause", language) in sentence


@both
def test_units_of_much_means_and_little_effect_are_counted(language):
    found = quadrants([10, 90, 10, 90, np.nan], [90, 90, 10, 10, 50])
    assert sorted(figures(lab.little_effect(found, language))) == [1, 4]


@both
def test_types_are_said_with_what_stands_out(language):
    profiles = np.vstack(
        [
            np.random.default_rng(1).normal((80, 80, 20), 3, (12, 3)),
            np.random.default_rng(2).normal((40, 40, 70), 3, (8, 3)),
        ]
    )
    found = types_of(profiles, list("abc"))
    first, *rest = lab.kinds(found, NAMES, language)
    assert figures(first) == pytest.approx([2, found.silhouette], abs=0.0051)
    assert [figures(one)[:2] for one in rest] == [[1, 12], [2, 8]]
    assert "Gamma" in rest[0]
    noise = types_of(np.random.default_rng(5).uniform(0, 100, (60, 3)), list("abc"), k=7)
    assert len(lab.kinds(noise, NAMES, language)) == 8
