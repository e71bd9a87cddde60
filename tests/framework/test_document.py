"""YAML text as plain data that remembers its lines."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.framework.document import MAX_DEPTH, read_yaml
from govmaturity.framework.faults import FrameworkError

TEXT = """\
id: a          # a comment
tree:

  children:
    - id: b
      goalposts: {worst: 0,
        best: 9}
    - id: c
"""


def test_every_place_knows_its_line():
    document = read_yaml(TEXT, "f.yaml")
    assert document.data["tree"]["children"][0]["goalposts"] == {"worst": 0, "best": 9}
    assert document.line_of(("id",)) == 1
    assert document.line_of(("tree",)) == 2
    assert document.line_of(("tree", "children")) == 4
    assert document.line_of(("tree", "children", 0)) == 5
    assert document.line_of(("tree", "children", 0, "goalposts", "best")) == 7
    assert document.line_of(("tree", "children", 1, "id")) == 8


def test_what_is_not_there_has_the_line_of_the_nearest_place_above():
    document = read_yaml(TEXT, "f.yaml")
    assert document.line_of(("tree", "children", 1, "goalposts", "worst")) == 8
    assert document.line_of(("levels", 0)) == 1
    assert document.line_of(()) == 1


def test_a_merge_gives_the_keys_that_are_not_said_oneself():
    data = read_yaml("base: &b {x: 1, y: 2}\nmine:\n  <<: *b\n  y: 3\n", "f.yaml").data
    assert data["mine"] == {"x": 1, "y": 3}
    assert data["base"] == {"x": 1, "y": 2}


def test_of_several_merges_the_first_one_counts():
    data = read_yaml("a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc: {<<: [*a, *b]}\n", "f.yaml").data
    assert data["c"] == {"x": 1, "y": 2}


def test_a_key_that_is_also_merged_is_not_there_twice():
    document = read_yaml("a: &a {x: 1}\nb: {x: 2, <<: *a}\n", "f.yaml")
    assert document.faults == []
    assert document.data["b"] == {"x": 2}


def test_an_alias_is_a_copy_and_not_the_same_thing():
    data = read_yaml("a: &a {x: [1]}\nb: *a\n", "f.yaml").data
    assert data["a"] == data["b"]
    assert data["a"]["x"] is not data["b"]["x"]


def test_two_equal_keys_are_blamed_with_both_lines_and_the_first_one_stays():
    document = read_yaml("a: 1\nb: 2\na: 3\n", "f.yaml")
    (fault,) = document.faults
    assert (fault.code, fault.line, fault.found, fault.expected) == ("twice_key", 3, "a", "1")
    assert document.data == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-01-01", "2024-01-01"),
        ("'2024'", "2024"),
        ("2024", 2024),
        ("1_000", 1000),
        ("0x10", 16),
        ("1.5", 1.5),
        ("true", True),
        ("no", False),
        ("~", None),
        ("1/3", "1/3"),
        ("省", "省"),
    ],
)
def test_a_word_is_read_as_yaml_says_but_dates_stay_text(text: str, value: object):
    assert read_yaml(f"a: {text}\n", "f.yaml").data == {"a": value}


def test_a_number_too_long_to_read_stays_text():
    digits = "9" * 10_000
    assert read_yaml(f"a: {digits}\n", "f.yaml").data == {"a": digits}


def test_the_deepest_that_is_allowed_is_read():
    document = read_yaml("[" * MAX_DEPTH + "]" * MAX_DEPTH, "f.yaml")
    assert isinstance(document.data, list)


def test_a_fault_names_the_file_and_the_line():
    with pytest.raises(FrameworkError) as caught:
        read_yaml("a: 1\nb: c: d\ne: 2\n", "folder/f.yaml")
    (fault,) = caught.value.faults
    assert (fault.file, fault.line) == ("folder/f.yaml", 2)


words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=5)
trees = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(words, trees, min_size=1, max_size=4))
def test_plain_data_come_back_as_the_safe_loader_reads_them(data: dict[str, object]):
    text = yaml.safe_dump(data, allow_unicode=True)
    document = read_yaml(text, "f.yaml")
    assert document.faults == []
    assert document.data == yaml.safe_load(text) == data
