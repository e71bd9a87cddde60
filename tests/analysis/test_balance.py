"""Balance inside a unit: the published examples, laws and edges."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.analysis.balance import (
    CLASSES,
    balance,
    coupling_coordination,
    obstacle_degree,
    obstacles,
)
from govmaturity.scoring import score
from tests.making import framework_of, group, leaf, values_of

parts = st.lists(st.floats(0, 1), min_size=2, max_size=6)


@pytest.mark.parametrize(
    ("form", "u", "c", "d"),
    [
        ("corrected", (0.8, 0.6, 0.4), 0.961500, 0.759539),
        ("modified_2021", (0.8, 0.6, 0.4), 0.670129, 0.634096),
        ("corrected", (0.8, 0.4), 0.942809, 0.752121),
        ("modified_2021", (0.8, 0.4), 0.547723, 0.573266),
    ],
)
def test_both_forms_are_as_worked_by_hand(form, u, c, d):
    found = coupling_coordination([u], form=form)
    assert found.coupling[0] == pytest.approx(c, abs=5e-7)
    assert found.coordination[0] == pytest.approx(d, abs=5e-7)


@pytest.mark.parametrize(
    ("form", "example"), [("corrected", "standard"), ("modified_2021", "adjusted")]
)
def test_the_published_examples_come_out(shared, form, example):
    file = json.loads((shared / "data/reference/coupling_coordination.json").read_text())
    expected = file[example]
    found = coupling_coordination(file["scores"], expected["weights"], form=form)
    ours = np.column_stack([found.coupling, found.level, found.coordination])
    assert ours == pytest.approx(np.array(expected["full"]), abs=1e-12)


def test_the_published_obstacle_degrees_come_out(shared):
    file = json.loads((shared / "data/reference/obstacle_degree.json").read_text())
    for name in ("equal", "weighted"):
        lost = np.array(file[name]["weights"]) * (1 - np.array(file["scores"]))
        assert lost == pytest.approx(np.array(file[name]["expected_unscaled"]), abs=6e-4)
        if name == "equal":
            shares = obstacle_degree(lost.T).T
            assert shares == pytest.approx(np.array(file[name]["scaled_ours"]), abs=1e-12)


@given(parts)
@pytest.mark.parametrize("form", ["corrected", "modified_2021"])
def test_everything_lies_in_0_to_1_and_the_order_of_parts_does_not_count(form, parts):
    found = coupling_coordination([parts, parts[::-1]], form=form)
    for one in (found.coupling, found.level, found.coordination):
        assert ((one >= 0) & (one <= 1 + 1e-9)).all()
        assert one[0] == pytest.approx(one[1], abs=1e-9)


@given(st.floats(0.01, 1), st.integers(2, 6))
@pytest.mark.parametrize("form", ["corrected", "modified_2021"])
def test_equal_parts_are_fully_coupled(form, value, n):
    found = coupling_coordination([[value] * n], form=form)
    assert found.coupling[0] == pytest.approx(1)
    assert found.coordination[0] == pytest.approx(np.sqrt(value))


@pytest.mark.parametrize("form", ["corrected", "modified_2021"])
def test_a_part_at_zero_makes_it_zero_and_is_marked(form):
    found = coupling_coordination([[0, 0.9, 0.9], [0, 0, 0], [0.5, 0.5, 0.5]], form=form)
    assert found.coordination[:2].tolist() == [0, 0]
    assert found.has_zero.tolist() == [True, True, False]


@pytest.mark.parametrize("form", ["corrected", "modified_2021"])
def test_missing_parts_leave_their_unit_and_one_part_has_no_coupling(form):
    found = coupling_coordination([[0.8, np.nan, 0.4], [0.8, np.nan, np.nan]], form=form)
    two = coupling_coordination([[0.8, 0.4]], form=form)
    assert found.coupling[0] == pytest.approx(two.coupling[0])
    assert found.level[0] == pytest.approx(0.6)
    assert np.isnan(found.coupling[1])
    assert np.isnan(found.level[1])
    assert found.class_.tolist()[1] == -1
    assert not found.has_zero[1]


@pytest.mark.parametrize(("closed", "expected"), [("low", "barely"), ("high", "near")])
def test_an_edge_belongs_to_the_class_that_is_asked_for(closed, expected):
    # Two equal parts of 0.25: C = 1, D = 0.5.
    found = coupling_coordination([[0.25, 0.25]], closed=closed)
    assert CLASSES[found.class_[0]] == expected
    ends = coupling_coordination([[0, 0], [1, 1]], closed=closed)
    assert [CLASSES[place] for place in ends.class_] == ["extreme", "excellent"]


def test_scores_outside_0_to_1_and_unknown_names_are_refused():
    with pytest.raises(ValueError, match=r"in \[0, 1\]"):
        coupling_coordination([[0.5, 1.2]])
    with pytest.raises(ValueError, match="form"):
        coupling_coordination([[0.5, 1]], form="old")
    with pytest.raises(ValueError, match="closed"):
        coupling_coordination([[0.5, 1]], closed="both")
    with pytest.raises(ValueError, match="shape"):
        coupling_coordination([0.5, 1])
    with pytest.raises(ValueError, match="weights"):
        coupling_coordination([[0.5, 1]], [1])


MADE = framework_of(group("root", leaf("a"), leaf("b"), group("g", leaf("c"))))
SCORES = score(
    MADE,
    values_of(
        {"u": {"a": 80, "b": 60, "c": 40}, "v": {"a": 100, "b": 100, "c": 100}, "w": {"a": None}}
    ),
)


def test_the_balance_of_a_unit_names_its_weakest_part_and_the_distance_to_the_best():
    found = balance(SCORES, "root")
    assert found.weakest == ("g", "a", "")
    assert found.spread[:2].tolist() == [40, 0]
    assert np.isnan(found.spread[2])
    assert found.coupling.coordination[0] == pytest.approx(0.759539, abs=5e-7)
    assert balance(SCORES, "g") is None
    assert balance(SCORES, "a") is None


def test_obstacles_sum_to_one_are_zero_at_the_top_and_stand_beside_the_points():
    shares, points = obstacles(SCORES)
    assert shares[:, 0].sum() == pytest.approx(1)
    assert shares[:, 1].tolist() == [0, 0, 0]
    assert points[:, 0].sum() == pytest.approx(100 - SCORES.of("root")[0])
    assert np.isnan(shares[:, 2]).all()


def test_z_scores_have_no_coupling():
    children = [leaf(one, worst=None, direction="higher") for one in "ab"]
    framework = framework_of(group("root", *children, normalise={"method": "z_score"}))
    made = values_of({f"u{i}": {"a": i, "b": i * i} for i in range(4)})
    assert balance(score(framework, made), "root") is None
