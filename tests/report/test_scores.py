"""Scores as files, and the codebook of a framework."""

from __future__ import annotations

import io

import numpy as np
import openpyxl
import pandas as pd
import pytest

from govmaturity.intake.issues import Issue
from govmaturity.report.scores import (
    about,
    codebook,
    direction,
    issues_table,
    scores_file,
    scores_table,
    wide,
)
from govmaturity.scoring import score
from tests.making import entered, framework_of, group, leaf, values_of, words

ITEMS = [{"id": "i", "name": words("i")}]
MADE = framework_of(
    group(
        "root",
        leaf("a"),
        leaf("r", measure="percent", ratio={"of": ["x", "y"], "to": "z", "times": 100}),
        leaf("down", 9, 1),
        leaf("c", None, measure="checklist", checklist=ITEMS),
    ),
    inputs=entered("x", "y", "z"),
)
GIVEN = {"a": 10, "x": 1, "y": 1, "z": 4, "down": 5, "c.i": 1}
SCORES = score(
    MADE, values_of({"u": GIVEN, "v": GIVEN | {"a": "suppressed", "z": "not_applicable"}})
)


def test_rows_are_those_of_the_scores_with_names_only_if_asked():
    plain = scores_table(SCORES, "en")
    assert plain.equals(SCORES.table())
    named = scores_table(SCORES, "zh", name_of=lambda unit: f"<{unit}>")
    assert list(named.columns[-2:]) == ["unit_name", "node_name"]
    assert named["unit_name"].iloc[0] == "<u>"
    assert named["node_name"].iloc[0] == "root(中)"


def test_every_row_of_simulated_values_says_so():
    table = scores_table(SCORES, "en", is_simulated=True)
    assert set(table["data_note"]) == {"模拟数据 SIMULATED"}
    assert "data_note" not in scores_table(SCORES, "en")


def test_raw_values_are_written_as_they_can_be_entered():
    raw = wide(SCORES, "raw").set_index("unit")
    assert raw.loc["u", ["a", "r", "down", "c"]].tolist() == [10, 50, 5, 100]
    assert raw.loc["v", ["a", "r"]].tolist() == ["*", "n/a"]
    normalised = wide(SCORES, "normalised").set_index("unit")
    assert normalised.loc["u", ["a", "r", "down", "c"]].tolist() == [10, 50, 50, 100]
    assert normalised.loc["v", ["a", "r"]].isna().all()


def test_what_is_missing_is_blank():
    scores = score(MADE, values_of({"u": {"a": None, "down": 1}}))
    book = openpyxl.load_workbook(io.BytesIO(scores_file(scores, "xlsx", "en")))
    assert [cell.value for cell in book["Raw"][2]] == ["u", "2024", None, None, 1, None]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sheet_about_says_framework_choices_and_counts(language: str):
    table = about(SCORES, language, is_simulated=True)  # type: ignore[arg-type]
    facts = table["value"].tolist()
    assert MADE.fingerprint in facts
    assert "2024" in facts
    assert "模拟数据 SIMULATED" in facts
    assert "2" in facts
    assert not table["item"].str.contains(r"export\.").any()


def test_the_sheets_of_a_workbook_and_the_rows_of_the_others():
    issues = issues_table([Issue("no_values", "error")], "en")
    book = openpyxl.load_workbook(io.BytesIO(scores_file(SCORES, "xlsx", "en", issues=issues)))
    assert book.sheetnames == ["Scores", "Normalised", "Raw", "Issues", "About"]
    assert book["Issues"]["B2"].value == "no_values"
    back = pd.read_parquet(io.BytesIO(scores_file(SCORES, "parquet", "en")))
    assert np.array_equal(back["score"], SCORES.table()["score"], equal_nan=True)


def test_issues_are_one_row_each_and_none_keep_the_header():
    issue = Issue("period_blank", "error", "Data", ("D3", "D4"), "u", "a", "142", "0-100")
    row = issues_table([issue], "en").iloc[0].tolist()
    assert row[:6] == ["error", "period_blank", "Data", "D3 D4", "u", "a"]
    assert list(issues_table([], "en").columns)[:2] == ["severity", "code"]


def test_the_codebook_holds_every_id_that_can_be_in_a_file():
    book = codebook(MADE).set_index("id")
    assert list(book.index) == ["root", "a", "r", "down", "c", "c.i", "x", "y", "z"]
    assert book["kind"].tolist() == ["group", *["indicator"] * 4, "item", *["input"] * 3]
    assert (book.loc["r", "of"], book.loc["r", "to"], book.loc["r", "times"]) == ("x + y", "z", 100)
    assert (book.loc["down", "worst"], book.loc["down", "best"]) == (9, 1)
    assert (book.loc["c", "worst"], book.loc["c", "best"]) == (0, 100)


def test_a_direction_that_is_not_stated_is_that_of_the_goalposts():
    found = {id_: direction(MADE, node) for id_, node in MADE.indicators.items()}
    assert found == {"a": "higher", "r": "higher", "down": "lower", "c": "higher"}
