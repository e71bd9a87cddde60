"""What was done on the way to scores goes out with them."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from govmaturity.report.scores import scores_file, scores_table
from govmaturity.report.steps import found_weights, imputed_cells, step_sheets
from govmaturity.scoring import Scores, score
from tests.making import framework_of, group, leaf, values_of


def scored(**more: Any) -> Scores:
    tree = group("root", group("g", leaf("a"), leaf("b")), leaf("c"))
    given: dict[str, Any] = {
        f"u{i:02d}": {"a": float(i), "b": float(i % 7), "c": 50.0 + i % 3} for i in range(20)
    }
    given["u00"]["a"] = None
    given["u19"] = {"a": 90.0, "b": 3.0, "c": 51.0}
    given["z"] = {"a": None, "b": None, "c": None}
    return score(framework_of(tree, **more), values_of(given))


def test_nothing_done_leaves_no_sheet_and_no_column():
    plain = scored()
    assert step_sheets(plain) == {}
    assert "imputed" not in scores_table(plain, "en").columns


def test_every_imputed_cell_is_listed_and_counted_for_each_node():
    found = scored(impute="median", screen={"min_available": 0.5})
    cells = imputed_cells(found)
    assert cells[["unit", "indicator", "method"]].values.tolist() == [["u00", "a", "median"]]
    table = scores_table(found, "en").set_index(["unit", "node"])["imputed"]
    assert table["u00"].to_dict() == {"root": 1, "g": 1, "a": 1, "b": 0, "c": 0}
    assert table["u01"].sum() == 0
    assert step_sheets(found)["Screened"]["unit"].tolist() == ["z"]


def test_found_weights_stand_beside_the_stated_ones():
    table = found_weights(scored(weigh="entropy"))
    assert set(table["group"]) == {"root", "g"}
    assert table.groupby("group")["found"].sum().tolist() == pytest.approx([1, 1])
    assert (table["stated"] == 0.5).all()


def test_a_workbook_has_a_sheet_for_each_step_and_the_same_bytes_each_time():
    found = scored(weigh="entropy", impute="mean", treat={})
    content = scores_file(found, "xlsx", "en")
    assert content == scores_file(found, "xlsx", "en")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert {"Imputed", "Treated", "Weights"} <= set(book.sheetnames)
    treated = list(book["Treated"].values)
    assert treated[1][:4] == ("a", "winsorise", 0, 1)
