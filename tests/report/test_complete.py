"""How complete the data are, in words and as a table."""

import pytest

from govmaturity.analysis.completeness import completeness
from govmaturity.report.complete import sentence, table
from govmaturity.scoring import score
from govmaturity.texts import LANGUAGES
from tests.making import framework_of, group, leaf, values_of

FRAMEWORK = framework_of(group("T", leaf("A"), leaf("B"), leaf("C"), leaf("D")))
FULL = dict.fromkeys("ABCD", 1)


def found(table):
    return completeness(score(FRAMEWORK, values_of(table)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_there_and_what_is_lacking_most_is_told(language):
    data = {"full": FULL, "half": {**FULL, "C": None, "D": None}, "poor": {"A": 1, "D": 1}}
    told = sentence(found(data), FRAMEWORK, language)
    # Eight of twelve values; of equal weight, so coverage is the same.
    assert told.count("66.7%") == 3
    assert FRAMEWORK.nodes["C"].name.in_(language) in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_complete_data_say_so_with_their_numbers(language):
    told = sentence(found({"a": FULL, "b": FULL}), FRAMEWORK, language)
    assert "2" in told
    assert "4" in told
    assert "%" not in told


def test_units_with_too_little_are_counted():
    told = sentence(found({"a": FULL, "b": {"A": 1}}), FRAMEWORK, "en")
    assert told.endswith("1 unit has too little for a score.")


def test_without_any_value_nothing_is_said_of_shares():
    assert sentence(found({"a": {"A": None}}), FRAMEWORK, "en") == "No value is there yet."


def test_the_table_has_every_indicator_those_that_lack_most_first():
    rows = table(found({"a": FULL, "b": {**FULL, "C": None}}), FRAMEWORK, "en")
    assert rows["Code"].tolist() == ["C", "A", "B", "D"]
    assert rows["Share there"].tolist() == [50, 100, 100, 100]
    assert rows["Missing"].tolist() == [1, 0, 0, 0]
