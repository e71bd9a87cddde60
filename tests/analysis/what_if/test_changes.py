"""What is tried, as a few characters of an address and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.analysis.what_if.changes import (
    AGGREGATE,
    NORMALISE,
    Changes,
    as_text,
    from_text,
    siblings,
)
from tests.making import framework_of, group, leaf

FRAMEWORK = framework_of(group("T", group("G", leaf("A"), leaf("B-1.x")), leaf("C")))
figures = st.floats(allow_nan=False, allow_infinity=False)
weights = st.floats(0, 1e6)
tried = st.builds(
    Changes,
    weights=st.one_of(
        st.just({}),
        st.fixed_dictionaries({"A": weights, "B-1.x": weights}),
        st.fixed_dictionaries({"G": weights, "C": weights}),
    ),
    normalise=st.sampled_from([None, *NORMALISE]),
    aggregate=st.sampled_from([None, *AGGREGATE]),
    left_out=st.lists(st.sampled_from(["A", "B-1.x", "C"]), unique=True).map(tuple),
    goalposts=st.dictionaries(st.sampled_from(["A", "C"]), st.tuples(figures, figures)),
)


@given(tried)
def test_what_is_written_reads_as_the_same(changes: Changes):
    assert from_text(as_text(changes), FRAMEWORK) == changes


def test_nothing_changed_is_nothing_written():
    assert as_text(Changes()) == ""
    assert from_text("", FRAMEWORK) == Changes()
    assert not Changes()
    assert Changes(left_out=("A",))


@pytest.mark.parametrize(
    "text",
    [
        *("w~A~30", "w~gone~1", "w~T~1", "w~A~-1,w~B-1.x~1", "w~A~much,w~B-1.x~1", "w~A"),
        *("n~minmax", "a~topsis", "x~G", "x~", "g~A~1", "g~A~inf~2", "g~gone~1~2", "?", ","),
    ],
)
def test_what_the_framework_has_not_got_is_refused(text: str):
    with pytest.raises(ValueError, match=r"no change of made|no number in|has a weight"):
        from_text(text, FRAMEWORK)


def test_siblings_share_a_group():
    assert siblings(FRAMEWORK, "A") == ["A", "B-1.x"]
    assert siblings(FRAMEWORK, "G") == ["G", "C"]
    assert siblings(FRAMEWORK, "T") == []
