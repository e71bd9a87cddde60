"""The framework's own rules, broken and kept."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.framework.load import load_framework
from govmaturity.intake.checks import Checked, check
from govmaturity.intake.issues import Issue
from tests.making import entered, framework_of, group, leaf, words

RUBRIC = {level: words(f"level {level}") for level in range(4)}
TREE = group(
    "root",
    leaf("R", None, measure="rubric", rubric=RUBRIC),
    leaf(
        "C",
        None,
        measure="checklist",
        checklist=[{"id": "body", "name": words("body")}, {"id": "plan", "name": words("plan")}],
    ),
)


def checked(rule: dict[str, Any], header: str, *rows: str) -> Checked:
    made = {"id": "rule", "name": words("what must hold")} | rule
    framework = framework_of(TREE, inputs=entered("a", "b", "c", "t"), rules=[made])
    text = "".join(f"{line}\n" for line in (f"unit,{header}", *rows))
    return check(text.encode(), "a.csv", framework)


def broken(found: Checked) -> list[Issue]:
    return [issue for issue in found.issues if issue.code.startswith("rule_")]


PART = {"kind": "part", "part": "a", "whole": "b"}
SUM = {"kind": "sum", "parts": ["a", "b"], "total": "t"}
RATIO = {"kind": "ratio", "ratio": {"of": ["a", "b"], "to": "t"}, "bounds": {"min": 1, "max": 9}}
CLAIM = {"kind": "rubric", "rubric": "R", "level": 2, "items": ["C.body", "C.plan"]}


def test_a_part_larger_than_its_whole_names_both_cells_and_is_left_out():
    found = checked(PART, "a,b", "440106,12,10", "440104,10,10")
    (issue,) = broken(found)
    assert (issue.code, issue.severity, issue.cells) == ("rule_part", "error", ("B2", "C2"))
    assert (issue.found, issue.expected) == ("12", "<= 10")
    assert found.faulty == (("440106", "2024", "a"),)
    assert "what must hold" in issue.message("en")
    assert "what must hold(中)" in issue.message("zh")


def test_parts_that_do_not_add_up_are_told_with_their_sum():
    found = checked(SUM, "a,b,t", "440106,1,2,4", "440104,1,2,3")
    (issue,) = broken(found)
    assert (issue.code, issue.cells) == ("rule_sum", ("B2", "C2", "D2"))
    assert (issue.found, issue.expected) == ("3", "4")
    assert [faulty[2] for faulty in found.faulty] == ["a", "b"]


def test_a_sum_may_miss_its_total_by_the_tolerance_and_by_the_noise_of_floats():
    assert not broken(checked(SUM | {"tolerance": 1}, "a,b,t", "440106,1,2,4"))
    assert not broken(checked(SUM, "a,b,t", "440106,0.1,0.2,0.3"))


def test_a_ratio_outside_its_bounds_is_told():
    found = checked(RATIO, "a,b,t", "440106,3,7,1", "440104,1,2,1")
    (issue,) = broken(found)
    assert (issue.code, issue.found, issue.expected) == ("rule_ratio", "10", "1-9")


def test_a_level_that_a_checklist_denies_is_told():
    found = checked(CLAIM, "R,C.body,C.plan", "440106,2,否,否", "440104,1,否,否", "440105,3,是,是")
    (issue,) = broken(found)
    assert (issue.code, issue.cells) == ("rule_rubric", ("B2", "C2", "D2"))
    assert (issue.found, issue.expected) == ("2", "C.body, C.plan")


def test_a_rule_to_be_confirmed_leaves_the_values():
    found = checked(PART | {"severity": "confirm"}, "a,b", "440106,12,10")
    assert [issue.severity for issue in broken(found)] == ["confirm"]
    assert not found.faulty


@pytest.mark.parametrize(
    ("rule", "header", "row"),
    [
        (PART, "a,b", "12,"),
        (PART, "a,b", "12,n/a"),
        (PART, "a", "12"),
        (PART, "a,b", "12,ten"),
        (SUM, "a,t", "1,4"),
        (RATIO, "a,b,t", "1,2,0"),
        (CLAIM, "R,C.body", ",否"),
        (CLAIM, "R", "3"),
    ],
)
def test_what_is_missing_or_faulty_breaks_no_rule(rule, header, row):
    assert not broken(checked(rule, header, f"440106,{row}"))


def test_a_broken_rule_is_not_told_again_as_a_ratio():
    tree = group(
        "root",
        leaf("S", measure="percent", ratio={"of": "a", "to": "b", "times": 100}),
    )
    made = {"id": "rule", "name": words("part"), **PART}
    framework = framework_of(tree, inputs=entered("a", "b"), rules=[made])
    found = check(b"unit,a,b\n440106,12,10\n", "a.csv", framework)
    assert [issue.code for issue in found.issues if issue.severity == "error"] == ["rule_part"]


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_part_never_exceeds_its_whole_in_what_is_scored(part: int, whole: int):
    found = checked(PART, "a,b", f"440106,{part},{whole}")
    table = found.values.table.set_index("indicator")
    if part > whole:
        assert table.loc["a", "status"] == "missing"
    else:
        assert (table.loc["a", "value"], broken(found)) == (part, [])


def test_the_shipped_samples_break_no_rule_of_their_frameworks(root):
    samples = {
        "county-digital-government": "SIMULATED-county-digital-government.csv",
        "county-conditions": "census-2020-guangzhou-ganzhou.csv",
    }
    for name, file in samples.items():
        framework = load_framework(root / "indicators" / f"{name}.yaml")
        found = check((root / "data/samples" / file).read_bytes(), file, framework)
        assert not broken(found), [issue.message("en") for issue in broken(found)[:3]]
