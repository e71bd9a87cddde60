"""What a link carries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from ui.state import MOST_BRUSHED, NAMES, VOCABULARY, State, as_parameters, change, parse

texts = st.text(max_size=200)
states = st.builds(State, **dict.fromkeys(NAMES, texts))


def test_the_contracts_choices_are_those_of_the_address():
    assert (
        *("framework", "period", "region", "region2", "node", "lens", "profile", "weights"),
        *("weighting", "units", "language", "data"),
    ) == NAMES[:12]


@given(states)
def test_a_link_shows_another_person_the_same(state: State):
    assert parse(as_parameters(state)) == state


@given(states)
def test_what_is_at_its_default_is_not_in_the_address(state: State):
    assert "" not in as_parameters(state).values()
    assert as_parameters(State()) == {}


@given(st.dictionaries(st.text(max_size=10).filter(lambda name: name not in NAMES), texts))
def test_unknown_parameters_are_ignored(parameters: dict[str, str]):
    assert parse(parameters) == State()


def test_a_parameter_too_long_to_be_true_is_cut():
    assert len(parse({"node": "x" * 10_000}).node) == 200
    assert len(parse({"brush": "x" * 10_000}).brush) == 8 * MOST_BRUSHED


def test_a_list_names_each_entry_once_and_no_empty_one():
    assert State(brush="b,a,,b").listed("brush") == ["b", "a"]
    assert State().listed("units") == []


def test_every_choice_with_a_vocabulary_is_one_of_the_address():
    assert set(VOCABULARY) <= set(NAMES)


@pytest.mark.parametrize(("units", "unit"), [("", ""), ("440103", "440103"), ("a,b", "a")])
def test_the_first_unit_is_the_one_a_page_is_about(units: str, unit: str):
    assert State(units=units).unit == unit


def test_a_change_takes_back_what_it_makes_meaningless_but_not_what_is_changed_with_it():
    script = AppTest.from_function(_script)
    script.run()
    assert not script.exception
    assert script.text[0].value == "{'framework': 'a', 'node': 'n', 'region': 'r'}"


def _script():
    import streamlit as st

    from ui import state

    state.current()
    state.change(node="old", brush="x,y", lens="l", region="r", page="2")
    state.change(framework="a", node="n")
    st.text(str(dict(sorted(state.as_parameters(state.current()).items()))))


def test_a_choice_that_does_not_exist_is_a_programmers_error():
    with pytest.raises(ValueError, match="no such choices: \\['colour'\\]"):
        change(colour="red")
