"""Reasons to look twice: worked by hand, and what must not be asked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from govmaturity.store.figures import StoredValue
from govmaturity.store.suspicions import (
    all_top,
    heaping,
    jumps,
    same_as_others,
    smallest_steps,
    top_levels,
)
from tests.making import framework_of, group, leaf, words


def values(**given: float | None) -> dict[str, StoredValue]:
    return {
        id_: StoredValue(id_, value, "missing" if value is None else "reported")
        for id_, value in given.items()
    }


def past(*figures: float) -> list[dict[str, StoredValue]]:
    return [values(a=one) for one in figures]


def test_a_jump_is_worked_by_hand():
    # Median 11, deviations 1 1 0 2: median 1, scaled 1.4826; 3.5 times that is 5.19.
    history = past(10, 12, 11, 13, 11)
    assert jumps(values(a=16.2), history) != []
    assert jumps(values(a=16.1), history) == []
    assert jumps(values(a=5.8), history)[0].expected == 11


def test_two_earlier_periods_are_too_few_to_judge_by():
    assert jumps(values(a=1000), past(10, 11)) == []


def test_what_never_moved_may_move_a_little():
    assert jumps(values(a=106), past(100, 100, 100)) == []
    assert len(jumps(values(a=108), past(100, 100, 100))) == 1
    assert jumps(values(a=0), past(0, 0, 0)) == []


def test_one_step_of_what_has_steps_is_no_jump():
    assert jumps(values(a=3), past(2, 2, 2)) != []
    assert jumps(values(a=3), past(2, 2, 2), {"a": 1}) == []
    assert jumps(values(a=4), past(2, 2, 2), {"a": 1}) != []
    rubric = {"measure": "rubric", "rubric": {1: words("n"), 2: words("s")}, "source": words("s")}
    framework = framework_of(
        group("root", leaf("a", 1, 2, **rubric), leaf("b"), leaf("c", measure="count"))
    )
    assert smallest_steps(framework) == {"a": 1, "c": 1}


def test_nothing_reported_is_no_jump():
    assert jumps(values(a=None), past(1, 2, 3)) == []


@given(
    st.lists(st.floats(1, 1e6), min_size=3, max_size=9),
    st.floats(1, 1e6),
    st.sampled_from([0.25, 2.0, 1024.0]),
)
def test_the_unit_of_measure_does_not_matter(figures: list[float], now: float, factor: float):
    # Powers of two, so that scaling is exact.
    plain = bool(jumps(values(a=now), past(*figures)))
    scaled = bool(jumps(values(a=now * factor), past(*(one * factor for one in figures))))
    assert plain == scaled


def test_round_numbers_throughout_are_asked():
    guessed = values(**{f"v{place}": 50.0 + 5 * place for place in range(10)})
    assert heaping(guessed)[0].found == "10/10"
    counted = values(**{f"v{place}": 50.0 + 7 * place for place in range(10)})
    assert heaping(counted) == []
    assert heaping(values(**{f"v{place}": 50.0 for place in range(9)})) == []
    small = values(**{f"v{place}": 5.0 for place in range(30)})
    assert heaping(small) == []


def test_the_highest_level_everywhere_is_asked():
    rubric = {"measure": "rubric", "rubric": {1: words("n"), 2: words("s"), 3: words("a")}}
    names = [f"r{place}" for place in range(5)]
    top = top_levels(framework_of(group("root", *(leaf(one, 1, 3, **rubric) for one in names))))
    best = values(**dict.fromkeys(names, 3.0))
    assert all_top(top, best)[0].indicators == tuple(names)
    assert all_top(top, best | values(r0=2.0)) == []
    assert all_top(top, best | values(r0=None)) == []  # four are too few


def test_a_neighbour_with_the_same_figures_is_named():
    mine = values(a=1, b=2, c=3, d=4, e=5)
    all_ = {"u": mine, "x": mine | values(e=6), "y": dict(mine), "z": mine | values(f=None)}
    found = same_as_others(all_, ["u", "x"])
    assert {unit: one.found for unit, one in found.items()} == {"u": "y"}
    zeros = values(a=0, b=0, c=0, d=0, e=0)
    assert same_as_others({"u": zeros, "x": dict(zeros)}, ["u"]) == {}
    few = values(a=1, b=2, c=3, d=4)
    assert same_as_others({"u": few, "x": dict(few)}, ["u"]) == {}
