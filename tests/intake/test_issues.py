"""Findings: merged, counted, and said in both languages."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from govmaturity import texts
from govmaturity.framework.model import Words
from govmaturity.intake.issues import CODES, Findings, Issue, Phrase, count_errors, grouped

ENTER = (
    "enter",
    Phrase("enter_percent_between", (("low", "0"), ("high", "100"), ("example", "42.5"))),
)


def catalogue(language: str) -> dict[str, str]:
    path = Path(texts.__file__).parent / language / "intake.po"
    with path.open("rb") as source:
        return {str(m.id): str(m.string) for m in read_po(source) if m.id}


def slots(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_sentence_in_both_languages_with_the_same_slots(code: str) -> None:
    zh, en = catalogue("zh")[f"intake.{code}"], catalogue("en")[f"intake.{code}"]
    assert zh
    assert en
    assert slots(zh) == slots(en)
    assert re.search("[一-鿿]", zh)
    assert en.endswith(".")
    assert zh.endswith("。")


def test_the_catalogues_hold_no_sentence_that_nothing_says() -> None:
    said = "".join(
        path.read_text(encoding="utf-8")
        for path in (Path(texts.__file__).parents[1] / "intake").rglob("*.py")
    )
    phrases = {
        f"enter_{kind}{end}"
        for kind in ("percent", "count", "number")
        for end in ("", "_between", "_from", "_to")
    }
    for key in catalogue("en"):
        name = key.removeprefix("intake.")
        assert f'"{name}"' in said or f'"{key}"' in said or name in phrases, key
    assert catalogue("en").keys() == catalogue("zh").keys()


def test_a_sentence_says_where_what_and_what_to_enter() -> None:
    issue = Issue("outside_valid", "error", "Data", ("D14",), "", "S2", "142", "0-100", (ENTER,))
    assert issue.message("en") == (
        'Sheet "Data", D14: you entered 142. Enter a percentage from 0 to 100, for example 42.5.'
    )
    assert issue.message("zh") == (
        "工作表“Data”D14：填的是142。请填写0到100之间的百分数，例如：42.5。"
    )


def test_a_finding_in_a_csv_names_its_cell_alone() -> None:
    issue = Issue("outside_valid", "error", "", ("D14",), found="142", slots=(ENTER,))
    assert issue.message("en").startswith("D14: you entered 142.")


def test_ten_cells_are_named_and_all_are_counted() -> None:
    cells = tuple(f"C{row}" for row in range(2, 25))
    sentence = Issue("period_blank", "error", "Data", cells).message("en")
    assert "C2, C3, C4, C5, C6, C7, C8, C9, C10, C11, … (23 cells in all)" in sentence


def test_equal_findings_become_one_with_all_their_cells() -> None:
    findings = Findings()
    for row, unit in ((2, "440104"), (3, "440105"), (3, "440105")):
        findings.add(Issue("period_blank", "error", "Data", (f"C{row}",), unit))
    (issue,) = findings.all()
    assert (issue.cells, issue.unit) == (("C2", "C3"), "")


def test_grouping_merges_what_was_found_and_puts_errors_first() -> None:
    issues = [
        Issue("total_row", "info", "Data", ("A9",), found="合计"),
        Issue("outside_valid", "error", "Data", ("D14",), "440106", "S2", "142", "0-100"),
        Issue("outside_valid", "error", "Data", ("D3",), "440104", "S2", "-1", "0-100"),
        Issue("outside_valid", "error", "Data", ("E3",), "440104", "S3", "-1", "0-365"),
    ]
    first, second, third = grouped(issues)
    assert (first.cells, first.found, first.expected) == (("D3", "D14"), "-1, 142", "0-100")
    assert (first.unit, second.unit, third.code) == ("", "440104", "total_row")
    assert count_errors(issues) == 2


def test_what_was_found_is_listed_ten_times_at_most() -> None:
    issues = [
        Issue("outside_valid", "error", cells=(f"D{n}",), found=f"{n}") for n in range(200, 240)
    ]
    (issue,) = grouped(issues)
    assert len(issue.cells) == 40
    assert issue.found == "200, 201, 202, 203, 204, 205, 206, 207, 208, 209, …"


def test_blank_cells_of_many_columns_are_one_remark_that_names_them() -> None:
    names = [Words(zh=f"指标{n}", en=f"Indicator {n}") for n in range(7)]
    found = [
        Issue(
            "blank", "confirm", "Data", (f"{'CDEFGHI'[n]}3",), "a", f"S{n}", slots=(("name", name),)
        )
        for n, name in enumerate(names)
    ]
    (issue,) = grouped(found)
    assert (issue.cells, issue.indicator) == (("C3", "D3", "E3", "F3", "G3", "H3", "I3"), "")
    assert "Indicator 4 and 2 more" in issue.message("en")
    assert "指标4等（另有2项）" in issue.message("zh")


def test_errors_of_different_columns_stay_apart() -> None:
    found = [Issue("not_a_number", "error", "Data", (f"{c}3",), "", c) for c in "CD"]
    assert len(grouped(found)) == 2
