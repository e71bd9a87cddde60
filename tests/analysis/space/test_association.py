"""Spatial association: worked by hand, and PySAL's figures on lattices and the census."""

import json
import warnings

import numpy as np
import pytest
from scipy import sparse

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import esda
    from libpysal.weights import KNN, W, lat2W

from govmaturity.analysis.inequality import UndefinedMeasureError
from govmaturity.analysis.space import association
from govmaturity.analysis.space.neighbours import Neighbours, by_border, by_distance
from govmaturity.units.borders import middles, touching

SCORES = [40, 50, 60, 80, 90]


def chain(n, reach=1):
    steps = [step for step in range(-reach, reach + 1) if step]
    return by_border(
        [str(i) for i in range(n)],
        {str(i): frozenset(str(i + step) for step in steps) for i in range(n)},
    )


def lattice(side, seed=0):
    w = lat2W(side, side)
    near = by_border(
        [str(i) for i in range(side**2)],
        {str(i): frozenset(map(str, others)) for i, others in w.neighbors.items()},
    )
    values = np.random.default_rng(seed).normal(size=side**2) + np.arange(side**2) / side
    return values, near, w


def quiet(call, *args, **more):
    # esda asks for an alternative that these classes do not let one choose.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return call(*args, **more)


def test_a_chain_of_five_units_is_as_worked_by_hand():
    moran = association.global_moran(SCORES, chain(5))
    assert moran.value == pytest.approx(0.651163, abs=5e-7)
    assert moran.expected == -0.25
    local = association.local_moran(SCORES, chain(5))
    expected = (0.976744, 0.569767, -0.011628, 0.511628, 1.209302)
    assert local.value == pytest.approx(expected, abs=5e-7)


def test_a_lattice_of_nine_has_the_published_index_with_binary_weights(shared):
    example = json.loads((shared / "data/reference/moran_lat3x3.json").read_text())
    near = {unit: frozenset(others) for unit, others in example["neighbors"].items()}
    units = [str(i) for i in range(9)]
    binary = by_border(units, near).links
    d = np.array(example["y"]) - 5.0
    assert 9 / binary.sum() * (d @ (binary @ d)) / (d @ d) == pytest.approx(example["I"])
    assert association._variance(binary, d) == pytest.approx(example["VI_rand"])


@pytest.mark.parametrize("side", [3, 7])
def test_global_moran_is_pysals(side):
    values, near, w = lattice(side)
    np.random.seed(1)  # noqa: NPY002  esda takes no seed here
    theirs = esda.Moran(values, w, permutations=999)
    ours = association.global_moran(values, near)
    assert (ours.value, ours.expected) == pytest.approx((theirs.I, theirs.EI))
    assert ours.variance == pytest.approx(theirs.VI_rand)
    assert ours.p == pytest.approx(theirs.p_sim, abs=0.04)


def test_local_moran_is_pysals_with_its_quadrants():
    values, near, w = lattice(8)
    theirs = quiet(esda.Moran_Local, values, w, permutations=999, seed=3)
    ours = association.local_moran(values, near, permutations=999)
    # esda divides the squares by n - 1, Anselin (1995) and methods.md by n.
    assert ours.value * 63 / 64 == pytest.approx(theirs.Is)
    assert (ours.quadrant + 1 == theirs.q).all()
    two_sided = np.minimum(1, 2 * theirs.p_sim)
    assert ours.p == pytest.approx(two_sided, abs=0.08)
    assert np.abs(ours.p - two_sided).mean() < 0.02


def test_getis_ord_is_pysals():
    values, near, w = lattice(8)
    theirs = quiet(esda.G_Local, values - values.min() + 1, w, "B", star=True, permutations=0)
    # Binary weights: with row-standardised ones esda takes their sum for the sum of squares.
    ours = association.getis_ord(values, near)
    assert ours.value == pytest.approx(theirs.Zs)
    assert ((ours.quadrant == 0) == (ours.value > 0)).all()


def test_join_counts_of_two_levels_are_pysals():
    _, near, w = lattice(6)
    levels = np.random.default_rng(3).integers(1, 3, 36)
    np.random.seed(1)  # noqa: NPY002
    theirs = quiet(esda.Join_Counts, levels == 2, w, permutations=999)
    ours = association.join_counts(levels, near)
    found = (ours.observed[0, 0], ours.observed[1, 1], ours.observed[0, 1])
    assert found == (theirs.ww, theirs.bb, theirs.bw)
    assert ours.p[1, 1] == pytest.approx(theirs.p_sim_bb, abs=0.05)
    assert ours.expected[1, 1] == pytest.approx(theirs.mean_bb, rel=0.05)


def test_the_local_figures_sum_to_the_global_one():
    values, near, _ = lattice(6)
    local = association.local_moran(values, near, permutations=9)
    whole = association.global_moran(values, near, permutations=9)
    assert local.value.mean() == pytest.approx(whole.value)


def test_a_pattern_is_found_and_noise_is_not():
    near = chain(60)
    assert association.global_moran(np.arange(60.0), near).p == 0.001
    noise = np.random.default_rng(0).permutation(60).astype(float)
    assert association.global_moran(noise, near).p > 0.05
    assert not association.local_moran(noise, near).is_significant.any()
    steps = np.repeat([0.0, 100], 30) + np.random.default_rng(1).normal(size=60)
    for measure in (association.local_moran, association.getis_ord):
        found = measure(steps, chain(60, reach=4))
        assert set(found.quadrant[found.is_significant]) == {0, 2}
        assert found.is_significant.sum() > 30


def test_the_same_seed_gives_the_same_p():
    values, near, _ = lattice(5)
    for measure in (association.global_moran, association.local_moran, association.getis_ord):
        one, again = (measure(values, near, permutations=99, seed=4) for _ in range(2))
        assert np.array_equal(one.p, again.p)


def test_units_without_a_score_fall_out_with_their_links_and_islands_are_named():
    values = [40, 50, np.nan, 80, 90, 70]
    units = [*"01234", "far"]
    near = by_border(units, {**{str(i): frozenset({str(i - 1), str(i + 1)}) for i in range(5)}})
    near = Neighbours(near.units, near.links, ())
    moran = association.global_moran(values, near)
    assert (moran.n, moran.islands) == (5, ("far",))
    local = association.local_moran(values, near)
    assert np.isnan(local.value[[2, 5]]).all()
    assert np.isnan(local.p[[2, 5]]).all()
    assert list(local.quadrant[[2, 5]]) == [-1, -1]
    assert not local.is_significant[[2, 5]].any()


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([1, np.nan, np.nan], "too_few_units"),
        ([np.nan] * 3, "too_few_units"),
        ([5, 5, 5], "no_variation"),
        ([0, 0, 0], "no_variation"),
    ],
)
@pytest.mark.parametrize("measure", ["global_moran", "local_moran", "getis_ord"])
def test_what_has_no_pattern_to_find_is_undefined(measure, values, reason):
    with pytest.raises(UndefinedMeasureError, match=reason):
        getattr(association, measure)(values, chain(3))


def test_no_neighbours_at_all_and_a_wrong_shape_are_refused():
    lonely = Neighbours(("a", "b", "c"), sparse.csr_array((3, 3)))
    with pytest.raises(UndefinedMeasureError, match="no_neighbours"):
        association.global_moran([1, 2, 3], lonely)
    with pytest.raises(ValueError, match="shape"):
        association.global_moran([1, 2], chain(3))
    with pytest.raises(UndefinedMeasureError, match="no_variation"):
        association.join_counts([2, 2, 2], chain(3))


def test_the_false_discovery_rate_is_that_of_the_step_up_procedure():
    p = np.array([0.01, 0.02, 0.03, 0.04, 0.5, np.nan])
    assert association.false_discovery_threshold(p, 0.05) == 0.04
    assert association.false_discovery_threshold(np.array([0.2, 0.9]), 0.05) == 0
    assert association.false_discovery_threshold(np.array([]), 0.05) == 0


def test_touching_counties_are_mutual_and_the_islands_are_the_known_ones():
    near = touching()
    assert all(unit in near[other] for unit, others in near.items() for other in others)
    lone = [unit for unit, others in near.items() if not others]
    assert sorted(lone) == [
        *("210224", "330921", "350527", "440523", "460301", "460302", "710000"),
    ]
    assert near["440103"] >= {"440104", "440111"}  # Liwan: Yuexiu, Baiyun


def test_nearest_neighbours_are_pysals_and_every_unit_has_its_number():
    units = [unit for unit in middles() if unit.startswith("44")]
    near = by_distance(units, 4)
    assert set(near.count) == {4}
    theirs = quiet(
        KNN.from_array,
        np.array([middles()[unit] for unit in units]),
        k=4,
        distance_metric="arc",
        radius=1.0,
    )
    for i in range(len(units)):
        ours = set(near.links.indices[near.links.indptr[i] : near.links.indptr[i + 1]])
        assert ours == set(theirs.neighbors[i])
    with pytest.raises(ValueError, match="k has to be"):
        by_distance(units[:3], 3)


def test_units_without_an_outline_are_named():
    near = by_border(["440103", "440104", "made-up"])
    assert near.unmapped == ("made-up",)
    assert near.islands == ()
    assert list(near.count) == [1, 1, 0]


def test_schooling_in_the_census_clusters_as_pysal_says(shared):
    import pandas as pd

    census = pd.read_csv(shared / "data/census2020_counties.csv", dtype={"code": str})
    near = by_border(list(census["code"]))
    ours = association.global_moran(census["mean_years_schooling"], near, permutations=99)
    lists = {
        i: list(near.links.indices[near.links.indptr[i] : near.links.indptr[i + 1]])
        for i in range(len(census))
    }
    w = W(lists, silence_warnings=True)
    theirs = esda.Moran(census["mean_years_schooling"].to_numpy(), w, permutations=0)
    assert ours.value == pytest.approx(theirs.I)
    assert ours.value == pytest.approx(0.674, abs=0.02)
    assert ours.p == 0.01
