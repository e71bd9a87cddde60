"""Where maps cut a distribution."""

from __future__ import annotations

import mapclassify
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.analysis.classes import METHODS, MOST_EXACT, classify

NAN = float("nan")
scores = st.lists(st.floats(0, 100), min_size=2, max_size=60)


def test_quantiles_by_hand():
    found = classify(range(1, 11), "quantile")
    assert found.edges == pytest.approx((1, 2.8, 4.6, 6.4, 8.2, 10))
    assert found.counts == (2, 2, 2, 2, 2)


def test_equal_intervals_by_hand():
    found = classify([0, 5, 20, 45, 100], "equal")
    assert found.edges == pytest.approx((0, 20, 40, 60, 80, 100))
    assert found.counts == (3, 0, 1, 0, 1)


def test_natural_breaks_by_hand():
    found = classify([1, 2, 3, 50, 51, 52, 90, 10, 30], "natural")
    assert found.counts == (3, 1, 1, 3, 1)


def test_a_box_map_by_hand():
    found = classify([-100, 1, 2, 3, 4, 5, 6, 7, 8, 9, 200], "box")
    assert found.edges == (-np.inf, -5, 2.5, 5, 7.5, 15, np.inf)
    assert found.counts == (1, 2, 3, 2, 2, 1)


def test_a_box_map_agrees_with_mapclassify():
    values = np.random.default_rng(5).gamma(2, 10, 300)
    peer = mapclassify.BoxPlot(values, hinge=1.5)
    found = classify(values, "box")
    assert found.edges[1:-1] == pytest.approx(peer.bins[:5])
    assert list(found.counts) == list(peer.counts)


@given(scores, st.sampled_from(METHODS))
def test_every_value_falls_into_the_class_that_holds_it(values, method):
    found = classify(values, method)
    if found is None:
        assert len(set(values)) == 1
        return
    assert sum(found.counts) == len(values)
    assert list(found.edges) == sorted(found.edges)
    for value, place in zip(values, found.of(values), strict=True):
        assert found.edges[place - 1] <= value <= found.edges[place]


@given(
    st.lists(st.integers(0, 1000), min_size=12, max_size=40, unique=True), st.permutations(METHODS)
)
def test_classes_do_not_depend_on_the_order_of_the_units(values, methods):
    assert classify(values, methods[0]) == classify(values[::-1], methods[0])


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("values", [[], [NAN], [5.0], [5.0, 5.0, NAN]])
def test_without_two_different_values_there_are_no_classes(values, method):
    assert classify(values, method) is None


@pytest.mark.parametrize("method", METHODS)
def test_what_is_missing_counts_in_no_class(method):
    found = classify([1, 2, 3, NAN, 4, 80], method)
    assert sum(found.counts) == 5
    assert list(found.of([NAN, 80])) == [0, len(found.counts)]


def test_above_five_hundred_values_natural_breaks_come_from_a_sample_and_say_so():
    values = np.random.default_rng(3).normal(50, 10, 2000)
    state = np.random.get_state()[1].copy()  # noqa: NPY002
    found = classify(values, "natural", seed=7)
    assert found.sampled == MOST_EXACT
    assert found == classify(values, "natural", seed=7)
    assert sum(found.counts) == 2000
    assert (state == np.random.get_state()[1]).all()  # noqa: NPY002
    assert classify(values[:MOST_EXACT], "natural").sampled == 0


def test_natural_breaks_of_a_sample_spread_little_more_than_those_of_all():
    values = np.random.default_rng(4).gamma(3, 10, 700)

    def inside(cuts):
        groups = np.searchsorted(cuts, values)
        return sum(
            ((values[groups == g] - values[groups == g].mean()) ** 2).sum() for g in range(5)
        )

    with pytest.warns(UserWarning, match="Numba"):
        exact = mapclassify.FisherJenks(values, 5).bins[:-1]
    assert inside(classify(values, "natural").edges[1:-1]) < 1.15 * inside(exact)


def test_an_unknown_method_is_a_programmers_error():
    with pytest.raises(ValueError, match="unknown method 'jenks'; expected one of: quantile"):
        classify([1, 2], "jenks")
