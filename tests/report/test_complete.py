"""How complete the data are."""

import pytest

from govmaturity.report.complete import sentence
from govmaturity.scoring import score
from tests.making import framework_of, group, leaf, values_of

FRAMEWORK = framework_of(group("T", leaf("A"), leaf("B"), leaf("C"), leaf("D")))


def said(table, language="en"):
    return sentence(score(FRAMEWORK, values_of(table)), language)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_coverage_is_averaged_and_full_and_empty_units_are_counted(language):
    found = said(
        {
            "full": {"A": 1, "B": 1, "C": 1, "D": 1},
            "half": {"A": 1, "B": 1, "C": None, "D": None},
            "none": {"A": None, "B": None, "C": None, "D": None},
        },
        language,
    )
    assert "50.0%" in found
    assert found.count("1") >= 2


def test_where_nothing_applies_there_is_no_coverage():
    assert "No indicator applies" in said({"a": dict.fromkeys("ABCD", "not_applicable")})
