"""The command line as CONTRACTS.md states it: what is written, what is said, how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pandas as pd
import pytest

from govmaturity.__main__ import main
from govmaturity.units.registry import registry
from tests.making import data_of, entered, group, leaf, levels, text_of, words

ROOT = Path(__file__).resolve().parents[1]
CONDITIONS = ROOT / "indicators" / "county-conditions.yaml"
CENSUS = ROOT / "data" / "samples" / "census-2020-guangzhou-ganzhou.csv"
SIMULATED = ROOT / "data" / "samples" / "SIMULATED-county-digital-government.csv"
DIGITAL = ROOT / "indicators" / "county-digital-government.yaml"

# Two districts of Guangzhou, two of Ganzhou, and one that is never assessed (Jinmen).
LIWAN, YUEXIU, ZHANGGONG, NANKANG, JINMEN = "440103", "440104", "360702", "360703", "350527"
TREE = group(
    "root",
    leaf("a", valid={"min": 0, "max": 100}),
    group(
        "g",
        leaf("b", measure="percent", ratio={"of": "x", "to": "y", "times": 100}),
        leaf("c", worst=50, best=10, direction="lower", tags=["short"]),
    ),
)
MADE = data_of(
    TREE,
    levels=levels(0, 40, 80, 100),
    inputs=entered("x", "y", "population"),
    weight_sets={"mostly_a": {"name": words("Mostly a"), "weights": {"a": 0.8, "g": 0.2}}},
    profiles={"short": {"name": words("Short"), "tags": ["short"]}},
    lenses={
        "theme": {
            "name": words("Theme"),
            "groups": [{"id": "t1", "name": words("T1"), "indicators": ["a", "c"]}],
        }
    },
)
HEADER = "code,period,a,x,y,c,population,zone\n"
ROWS = (
    f"{LIWAN},2024,10,1,3,30,100,north\n"
    f"{YUEXIU},2024,90,2,3,10,300,south\n"
    f"{ZHANGGONG},2024,50,3,4,20,500,north\n"
)


class Ran(NamedTuple):
    code: int
    out: str
    err: str


class Line:
    """Runs commands in a folder that holds a framework and files made on the spot."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys
        self.framework = self.file("made.yaml", text_of(MADE))
        self.values = self.file("values.csv", HEADER + ROWS)

    def file(self, name: str, text: str, encoding: str = "utf-8") -> Path:
        path = self.folder / name
        path.write_text(text, encoding=encoding)
        return path

    def run(self, *arguments: object) -> Ran:
        self.capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as end:  # how argparse ends a wrong use
            code = int(end.code or 0)
        said = self.capsys.readouterr()
        return Ran(code, said.out, said.err)

    def score(self, *more: object, values: Sequence[Path] = (), out: str = "out.csv") -> Ran:
        files = values or (self.values,)
        return self.run("score", self.framework, *files, "-o", self.folder / out, *more)

    def table(self, name: str = "out.csv") -> list[dict[str, str]]:
        text = (self.folder / name).read_bytes().decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    def cell(self, unit: str, node: str, column: str, name: str = "out.csv") -> str:
        (found,) = (
            row[column] for row in self.table(name) if (row["unit"], row["node"]) == (unit, node)
        )
        return found


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(tmp_path, capsys)


# What score writes ---------------------------------------------------------------------------


def test_a_csv_has_one_row_per_unit_period_and_node_under_the_agreed_header(line: Line):
    assert line.score().code == 0
    written = (line.folder / "out.csv").read_bytes()
    assert written.startswith(b"unit,period,node,score,rank,coverage,level\n")
    assert b"\r" not in written
    rows = line.table()
    assert [row["node"] for row in rows[:5]] == ["root", "a", "g", "b", "c"]
    assert [row["unit"] for row in rows[::5]] == sorted([LIWAN, YUEXIU, ZHANGGONG])
    assert {row["period"] for row in rows} == {"2024"}


def test_figures_are_not_rounded(line: Line):
    line.score()
    assert line.cell(LIWAN, "b", "score") == repr(100 * (1 / 3))
    root = float(line.cell(LIWAN, "root", "score"))
    assert root == pytest.approx((10 + (100 / 3 + 50) / 2) / 2, rel=1e-15)


def test_scores_ranks_coverage_and_levels_are_those_worked_by_hand(line: Line):
    line.score()
    root = {
        row["unit"]: (float(row["score"]), row["rank"], float(row["coverage"]), row["level"])
        for row in line.table()
        if row["node"] == "root"
    }
    assert root == {
        LIWAN: (pytest.approx(25.8333333), "3", 1, "1"),
        YUEXIU: (pytest.approx(86.6666667), "1", 1, "3"),
        ZHANGGONG: (pytest.approx(62.5), "2", 1, "2"),
    }


def test_json_holds_the_same_rows_as_csv(line: Line):
    line.score()
    line.score(out="out.json")
    rows = json.loads((line.folder / "out.json").read_bytes())
    as_text = [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in rows
    ]
    assert as_text == line.table()


def test_parquet_holds_the_same_rows_typed(line: Line):
    line.score()
    line.score(out="out.parquet")
    table = pd.read_parquet(line.folder / "out.parquet")
    kinds = {name: str(kind) for name, kind in table.dtypes.items()}
    assert (kinds["score"], kinds["coverage"]) == ("float64", "float64")
    assert kinds["rank"].startswith("Int")
    assert kinds["level"].startswith("Int")
    rows = line.table()
    assert table["score"].tolist() == [float(row["score"]) for row in rows]
    assert [str(rank) for rank in table["rank"]] == [row["rank"] for row in rows]
    assert table["unit"].tolist() == [row["unit"] for row in rows]


def test_what_is_missing_is_blank_in_csv_and_null_in_json_and_parquet(line: Line):
    gap = line.file("gap.csv", HEADER + ROWS + f"{NANKANG},2024,,,,30,10,\n")
    line.score(values=[gap])
    assert [line.cell(NANKANG, "a", column) for column in ("score", "rank", "level")] == [""] * 3
    assert line.cell(NANKANG, "a", "coverage") == "0.0"
    line.score(values=[gap], out="out.json")
    rows = json.loads((line.folder / "out.json").read_bytes())
    (row,) = [r for r in rows if (r["unit"], r["node"]) == (NANKANG, "a")]
    assert row["score"] is row["rank"] is row["level"] is None
    line.score(values=[gap], out="out.parquet")
    table = pd.read_parquet(line.folder / "out.parquet").set_index(["unit", "node"])
    assert table.loc[(NANKANG, "a"), ["score", "rank", "level"]].isna().all()


def test_xlsx_has_the_agreed_sheets(line: Line):
    line.score()
    line.score(out="out.xlsx")
    book = openpyxl.load_workbook(line.folder / "out.xlsx")
    assert book.sheetnames == ["Scores", "Normalised", "Raw", "Issues", "About"]
    scores = list(book["Scores"].iter_rows(values_only=True))
    assert [str(cell) for cell in scores[0]] == list(line.table()[0])
    # The writer of workbooks keeps 16 significant digits, one more than Excel shows.
    unrounded = [float(row["score"]) for row in line.table()]
    assert [row[3] for row in scores[1:]] == pytest.approx(unrounded, rel=1e-15)
    raw = list(book["Raw"].iter_rows(values_only=True))
    assert raw[0] == ("unit", "period", "a", "b", "c")
    assert raw[2] == (LIWAN, "2024", 10, pytest.approx(100 / 3), 30)
    normalised = list(book["Normalised"].iter_rows(values_only=True))
    assert normalised[2] == (LIWAN, "2024", 10, pytest.approx(100 / 3), 50)


def test_the_sheet_issues_tells_what_check_tells(line: Line):
    line.score(out="out.xlsx")
    book = openpyxl.load_workbook(line.folder / "out.xlsx")
    header, *rows = book["Issues"].iter_rows(values_only=True)
    assert header[:2] == ("severity", "code")
    assert [row[1] for row in rows] == ["unused_columns"]


def test_the_sheet_about_names_framework_choices_and_version(line: Line):
    line.score("--weights", "mostly_a", out="out.xlsx")
    book = openpyxl.load_workbook(line.folder / "out.xlsx")
    about = [row[1] for row in book["About"].iter_rows(min_row=2, values_only=True)]
    assert "Made (made 1)" in about
    assert "mostly_a" in about
    assert any(str(value).startswith("govmaturity ") for value in about)


def test_names_are_added_when_asked_for_in_the_language_asked_for(line: Line):
    line.score("--names", "--language", "zh")
    rows = line.table()
    assert list(rows[0])[-2:] == ["unit_name", "node_name"]
    assert line.cell(LIWAN, "g", "unit_name") == "荔湾区"
    assert line.cell(LIWAN, "g", "node_name") == "g(中)"
    assert (line.folder / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    line.score("--names")
    assert line.cell(LIWAN, "g", "node_name") == "g"


def test_simulated_data_carry_their_mark_into_every_file(line: Line):
    for name in ("sim.csv", "sim.json", "sim.parquet", "sim.xlsx"):
        assert line.run("score", DIGITAL, SIMULATED, "-o", line.folder / name).code == 0
    mark = "模拟数据 SIMULATED"
    assert {row["data_note"] for row in line.table("sim.csv")} == {mark}
    rows = json.loads((line.folder / "sim.json").read_bytes())
    assert {row["data_note"] for row in rows} == {mark}
    assert set(pd.read_parquet(line.folder / "sim.parquet")["data_note"]) == {mark}
    with zipfile.ZipFile(line.folder / "sim.xlsx") as book:
        assert mark.encode() in book.read("xl/sharedStrings.xml")


# Choices -------------------------------------------------------------------------------------


def test_a_weight_set_changes_the_whole_and_not_its_parts(line: Line):
    line.score("--weights", "mostly_a")
    assert float(line.cell(YUEXIU, "root", "score")) == pytest.approx(0.8 * 90 + 0.2 * 83.3333333)
    assert float(line.cell(YUEXIU, "a", "score")) == 90


def test_a_profile_leaves_out_what_it_does_not_select(line: Line):
    line.score("--profile", "short")
    assert {row["node"] for row in line.table()} == {"root", "g", "c"}
    assert float(line.cell(LIWAN, "root", "score")) == 50


def test_a_lens_shows_its_own_groups_and_leaves_the_root_as_it_is(line: Line):
    line.score(out="plain.csv")
    line.score("--lens", "theme")
    assert [row["node"] for row in line.table()[:4]] == ["root", "t1", "a", "c"]
    assert float(line.cell(LIWAN, "t1", "score")) == 30
    before = line.cell(LIWAN, "root", "score", "plain.csv")
    assert line.cell(LIWAN, "root", "score") == before


def test_units_are_ranked_within_a_column_of_the_file(line: Line):
    line.score("--rank-within", "zone")
    ranks = {u: line.cell(u, "root", "rank") for u in (LIWAN, YUEXIU, ZHANGGONG)}
    assert ranks == {LIWAN: "2", YUEXIU: "1", ZHANGGONG: "1"}


def test_units_are_ranked_within_a_column_of_the_registry(line: Line):
    line.score("--rank-within", "province")
    ranks = {u: line.cell(u, "root", "rank") for u in (LIWAN, YUEXIU, ZHANGGONG)}
    assert ranks == {LIWAN: "2", YUEXIU: "1", ZHANGGONG: "1"}


def test_what_is_not_assessed_is_scored_but_not_ranked(line: Line):
    file = line.file("j.csv", HEADER + ROWS + f"{JINMEN},2024,100,1,1,10,1,\n")
    assert line.score(values=[file]).code == 0
    assert float(line.cell(JINMEN, "root", "score")) == 100
    assert line.cell(JINMEN, "root", "rank") == ""
    assert line.cell(YUEXIU, "root", "rank") == "1"


# Periods and several files -------------------------------------------------------------------


def test_the_period_comes_from_the_column_then_the_option_then_the_framework(line: Line):
    bare = line.file("bare.csv", f"code,a,x,y,c\n{LIWAN},10,1,3,30\n")
    line.score(values=[bare])
    assert {row["period"] for row in line.table()} == {"2024"}
    line.score("--period", "2023-Q3", values=[bare])
    assert {row["period"] for row in line.table()} == {"2023-Q3"}
    line.score("--period", "2023-Q3")
    assert {row["period"] for row in line.table()} == {"2024"}


def test_values_without_any_period_are_refused(line: Line):
    without = {key: value for key, value in MADE.items() if key != "default_period"}
    framework = line.file("without.yaml", text_of(without))
    bare = line.file("bare.csv", f"code,a,x,y,c\n{LIWAN},10,1,3,30\n")
    ran = line.run("check", framework, bare, "--json")
    assert ran.code == 1
    assert [issue["code"] for issue in json.loads(ran.out)["issues"]] == ["period_missing"]


def test_several_periods_are_all_scored_and_ranked_each_by_itself(line: Line):
    later = line.file("later.csv", HEADER + f"{LIWAN},2025,95,3,3,10,100,north\n")
    assert line.score(values=[line.values, later]).code == 0
    rows = [r for r in line.table() if r["node"] == "root"]
    assert [(r["unit"], r["period"], r["rank"]) for r in rows if r["unit"] == LIWAN] == [
        (LIWAN, "2024", "3"),
        (LIWAN, "2025", "1"),
    ]


CHANGES = """code,name_zh,kind,year,successor,share
440199,某县,merged,2023,440103,
440103,荔湾区,merged,2023,440103,
"""


def test_earlier_periods_are_restated_for_the_units_of_a_later_one(line: Line):
    changes = line.file("changes.csv", CHANGES)
    rows = f"{LIWAN},2022,10,1,3,30,100,\n440199,2022,50,3,4,20,100,\n{LIWAN},2024,20,1,2,20,210,\n"
    values = line.file("over_time.csv", HEADER + rows)
    ran = line.score("--unit-changes", changes, "--as-of", "2024", values=[values])
    assert ran.code == 0, ran.err
    assert "440103, 2022: back series of 440103, 440199" in ran.err
    found = {(row["unit"], row["period"], row["node"]): row["score"] for row in line.table()}
    # 4 of 7; the shares a and c that were sent as such have no back series.
    assert float(found[LIWAN, "2022", "b"]) == pytest.approx(400 / 7)
    assert found[LIWAN, "2022", "a"] == ""
    assert ("440199", "2022", "root") not in found


def test_changes_that_cannot_be_are_refused_with_their_line(line: Line):
    changes = line.file("changes.csv", CHANGES.replace("2023", "soon", 1))
    ran = line.run("check", line.framework, line.values, "--unit-changes", changes)
    assert ran.code == 1
    assert "line 2, year" in ran.err
    assert "soon" in ran.err


def test_files_that_complete_one_another_are_one_table(line: Line):
    one = line.file("one.csv", f"code,period,a\n{LIWAN},2024,10\n")
    two = line.file("two.csv", f"code,period,x,y,c\n{LIWAN},2024,1,3,30\n")
    assert line.score(values=[one, two], out="two.out.csv").code == 0
    line.score()
    assert line.cell(LIWAN, "root", "score", "two.out.csv") == line.cell(LIWAN, "root", "score")


def test_files_in_another_order_give_the_same_bytes(line: Line):
    one = line.file("one.csv", f"code,period,a\n{LIWAN},2024,10\n")
    two = line.file("two.csv", f"code,period,x,y,c\n{LIWAN},2024,1,3,30\n{YUEXIU},2024,1,3,30\n")
    line.score(values=[one, two], out="1.csv")
    line.score(values=[two, one], out="2.csv")
    assert (line.folder / "1.csv").read_bytes() == (line.folder / "2.csv").read_bytes()


def test_two_files_that_contradict_each_other_are_refused(line: Line):
    other = line.file("other.csv", f"code,period,a\n{LIWAN},2024,11\n")
    ran = line.score(values=[line.values, other])
    assert ran.code == 1
    assert "values.csv: 10" in ran.err
    assert "other.csv: 11" in ran.err
    assert not (line.folder / "out.csv").exists()
    skipping = line.score("--skip-faulty", values=[line.values, other])
    assert skipping.code == 0
    assert line.cell(LIWAN, "a", "score") == ""


def test_two_files_that_agree_are_taken(line: Line):
    other = line.file("other.csv", f"code,period,a\n{LIWAN},2024,10\n")
    assert line.score(values=[line.values, other]).code == 0


# Faulty data ---------------------------------------------------------------------------------


def test_a_faulty_cell_is_refused_and_nothing_is_written(line: Line):
    faulty = line.file("faulty.csv", HEADER + ROWS.replace(",2024,10,", ",2024,142,"))
    ran = line.score(values=[faulty])
    assert ran.code == 1
    assert "C2" in ran.err
    assert "142" in ran.err
    assert ran.out == ""
    assert not (line.folder / "out.csv").exists()


def test_skipping_faulty_cells_leaves_them_missing_and_lists_them(line: Line):
    faulty = line.file("faulty.csv", HEADER + ROWS.replace(",2024,10,", ",2024,142,"))
    ran = line.score("--skip-faulty", values=[faulty])
    assert ran.code == 0
    assert f"- {LIWAN}, 2024, a" in ran.err.splitlines()
    assert line.cell(LIWAN, "a", "score") == ""
    assert float(line.cell(LIWAN, "root", "coverage")) == 0.5


def test_a_refusal_names_ten_errors_and_counts_the_others(line: Line):
    ids = [f"i{n}" for n in range(14)]
    tree = group("root", *(leaf(id_, valid={"min": 0, "max": 100}) for id_ in ids))
    framework = line.file("many.yaml", text_of(data_of(tree)))
    rows = f"code,{','.join(ids)}\n{LIWAN},{','.join(['142'] * 14)}\n"
    ran = line.run("score", framework, line.file("m.csv", rows), "-o", line.folder / "o.csv")
    assert ran.code == 1
    named = [text for text in ran.err.splitlines() if "142" in text]
    assert len(named) == 10
    assert "14" in ran.err.splitlines()[0]
    assert "4" in ran.err.splitlines()[-1]


def test_a_file_that_is_no_table_is_refused_even_when_skipping(line: Line):
    picture = line.folder / "scan.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    for more in ([], ["--skip-faulty"]):
        assert line.score(*more, values=[picture]).code == 1
    assert not (line.folder / "out.csv").exists()


def test_a_file_with_headers_alone_is_at_fault(line: Line):
    empty = line.file("empty.csv", HEADER)
    assert line.run("check", line.framework, empty).code == 1
    assert line.score("--skip-faulty", values=[empty]).code == 1


# check and check-framework -------------------------------------------------------------------


def test_check_says_its_findings_on_stderr_and_ends_well_without_errors(line: Line):
    ran = line.run("check", line.framework, line.values)
    assert (ran.code, ran.out) == (0, "")
    assert "zone" in ran.err


def test_check_json_has_the_agreed_shape(line: Line):
    faulty = line.file("faulty.csv", HEADER + ROWS.replace(",2024,10,", ",2024,142,"))
    ran = line.run("check", line.framework, faulty, "--json")
    assert ran.code == 1
    found = json.loads(ran.out)
    assert list(found) == ["framework", "version", "file_sha256", "rows", "blocking", "issues"]
    assert (found["framework"], found["version"]) == ("made", "1")
    assert (found["rows"], found["blocking"]) == (3, 1)
    assert len(found["file_sha256"]) == 64
    issue = found["issues"][0]
    assert set(issue) == {
        *("code", "severity", "sheet", "cells", "unit", "indicator"),
        *("found", "expected", "message_zh", "message_en"),
    }
    assert (issue["code"], issue["severity"]) == ("outside_valid", "error")
    assert (issue["cells"], issue["unit"], issue["indicator"]) == (["C2"], LIWAN, "a")
    assert (issue["found"], issue["expected"]) == ("142", "0-100")


def test_a_framework_in_order_is_said_to_be(line: Line):
    ran = line.run("check-framework", line.framework)
    assert (ran.code, ran.out) == (0, "")
    assert "3 indicators" in ran.err


def test_every_fault_of_a_framework_is_said_at_once(line: Line):
    broken = text_of(MADE).replace("worst: 50", "worst: 10").replace("sum", "summ")
    broken = broken.replace("  id: g", "  id: a", 1).replace("- id: g", "- id: a")
    file = line.file("broken.yaml", broken)
    for command in (["check-framework", file], ["check", file, line.values]):
        ran = line.run(*command)
        assert (ran.code, ran.out) == (1, "")
        head, *faults = ran.err.splitlines()
        assert len(faults) >= 2
        assert str(len(faults)) in head
        assert all("broken.yaml" in fault for fault in faults)
        numbers = [int(fault.split("line ")[1].split(",")[0]) for fault in faults]
        assert numbers == sorted(numbers)


@pytest.mark.parametrize(
    ("language", "index", "said"),
    [("zh", "问题清单", "标注副本已写入"), ("en", "Issues", "The marked copy is in")],
)
def test_check_writes_a_marked_copy_that_can_be_sent_back(
    line: Line, language: str, index: str, said: str
):
    faulty = line.file("faulty.csv", HEADER + ROWS.replace("10,1,3", "142,1,3"))
    out = line.folder / "marked.xlsx"
    ran = line.run("check", line.framework, faulty, "--annotated", out, "--language", language)
    assert ran.code == 1
    assert said in ran.err
    assert str(out) in ran.err
    book = openpyxl.load_workbook(out)
    assert book.sheetnames[0] == index
    assert book.worksheets[1]["C2"].comment is not None
    again = line.run("check", line.framework, out, "--json")
    assert json.loads(again.out)["issues"][0]["cells"] == ["C2"]
    book.worksheets[1]["C2"] = 14.2
    book.save(out)
    assert line.run("check", line.framework, out).code == 0


def test_check_writes_a_copy_also_where_nothing_is_wrong_or_nothing_can_be_read(line: Line):
    out = line.folder / "marked.xlsx"
    ran = line.run("check", line.framework, line.values, "--annotated", out)
    assert ran.code == 0
    assert openpyxl.load_workbook(out).sheetnames == ["Issues", "Data"]
    empty = line.file("empty.csv", "")
    assert line.run("check", line.framework, empty, "--annotated", out).code == 1
    assert openpyxl.load_workbook(out).sheetnames == ["Issues"]
    wrong = line.run("check", line.framework, line.values, "--annotated", line.folder / "m.csv")
    assert wrong.code == 2


# How a command ends --------------------------------------------------------------------------

WRONG_USES: dict[str, Callable[[Line], Ran]] = {
    "no command": lambda line: line.run(),
    "unknown command": lambda line: line.run("scores"),
    "no output": lambda line: line.run("score", line.framework, line.values),
    "unknown format": lambda line: line.score(out="out.doc"),
    "imbalance as xlsx": lambda line: line.run(
        "imbalance", line.framework, line.values, "-o", line.folder / "o.xlsx"
    ),
    "unknown weights": lambda line: line.score("--weights", "mine"),
    "unknown profile": lambda line: line.score("--profile", "mine"),
    "unknown lens": lambda line: line.score("--lens", "mine"),
    "unknown column": lambda line: line.score("--rank-within", "colour"),
    "bad period": lambda line: line.score("--period", "last year"),
    "bad period to look back from": lambda line: line.score("--as-of", "today"),
    "no changes": lambda line: line.score("--unit-changes", line.folder / "none.csv"),
    "unknown language": lambda line: line.score("--language", "fr"),
    "no framework": lambda line: line.run("check-framework", line.folder / "none.yaml"),
    "no values": lambda line: line.score(values=[line.folder / "none.csv"]),
    "a folder for values": lambda line: line.score(values=[line.folder]),
    "no folder to write to": lambda line: line.score(out="none/out.csv"),
    "unknown node": lambda line: line.run(
        "imbalance", line.framework, line.values, "-o", line.folder / "o.csv", "--node", "z"
    ),
    "unknown grouping": lambda line: line.run(
        "imbalance", line.framework, line.values, "-o", line.folder / "o.csv", "--group-by", "z"
    ),
    "fewer draws than none": lambda line: line.run(
        "imbalance", line.framework, line.values, "-o", line.folder / "o.csv", "--draws", "-1"
    ),
    "unknown population": lambda line: line.run(
        "imbalance", line.framework, line.values, "-o", line.folder / "o.csv", "--population", "z"
    ),
    "no population file": lambda line: line.run(
        "imbalance",
        line.framework,
        line.values,
        "-o",
        line.folder / "o.csv",
        "--population",
        "z.csv",
    ),
}


@pytest.mark.parametrize("use", WRONG_USES.values(), ids=WRONG_USES)
def test_a_wrong_use_ends_with_2_and_a_sentence_on_stderr(line: Line, use: Callable[[Line], Ran]):
    ran = use(line)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip()
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("language", "word"), [("zh", "已为 3 个评价对象计分"), ("en", "scored 3 units")]
)
def test_messages_go_to_stderr_in_the_language_asked_for(line: Line, language: str, word: str):
    ran = line.score("--language", language)
    assert (ran.code, ran.out) == (0, "")
    assert word in ran.err


def test_a_refusal_is_said_in_chinese_too(line: Line):
    faulty = line.file("faulty.csv", HEADER + ROWS.replace(",2024,10,", ",2024,142,"))
    ran = line.score("--language", "zh", values=[faulty])
    assert ran.code == 1
    assert ran.err.startswith("有 1 处错误")


# The same inputs, the same bytes -------------------------------------------------------------

RUN_ALL = """
import sys
from govmaturity.__main__ import main
folder, framework, values, *more = sys.argv[1:]
for name in ("o.csv", "o.json", "o.parquet", "o.xlsx"):
    assert main(["score", framework, values, "-o", f"{folder}/{name}", "--names"]) == 0
grouped = ["--group-by", "province,prefecture"]
assert main(["imbalance", framework, values, "-o", f"{folder}/i.csv", *grouped]) == 0
assert main(["check", framework, values, "--json"]) == 0
"""


def run_all(folder: Path, seed: str) -> dict[str, bytes]:
    folder.mkdir()
    ran = subprocess.run(
        [sys.executable, "-c", RUN_ALL, str(folder), str(CONDITIONS), str(CENSUS)],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    return files | {"stdout": ran.stdout}


def test_the_same_inputs_give_the_same_bytes_in_every_process(tmp_path: Path):
    first, second = run_all(tmp_path / "1", "1"), run_all(tmp_path / "2", "2")
    assert set(first) == {"i.csv", "o.csv", "o.json", "o.parquet", "o.xlsx", "stdout"}
    for name, content in first.items():
        assert content == second[name], name


def test_the_time_in_a_file_is_that_of_the_setting_or_none(
    line: Line, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    line.score(out="without.xlsx")
    line.score(out="again.xlsx")
    without = (line.folder / "without.xlsx").read_bytes()
    assert without == (line.folder / "again.xlsx").read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    line.score(out="with.xlsx")
    line.score(out="once-more.xlsx")
    stamped = (line.folder / "with.xlsx").read_bytes()
    assert stamped == (line.folder / "once-more.xlsx").read_bytes()
    assert stamped != without
    about = openpyxl.load_workbook(line.folder / "with.xlsx")["About"]
    values = [row[1] for row in about.iter_rows(values_only=True)]
    assert "2023-11-14 22:13:20 UTC" in values
    for content in (without, stamped):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_csv_json_and_parquet_carry_no_time_at_all(line: Line, monkeypatch: pytest.MonkeyPatch):
    for name in ("out.csv", "out.json", "out.parquet"):
        monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
        line.score(out=name)
        before = (line.folder / name).read_bytes()
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        line.score(out=name)
        assert (line.folder / name).read_bytes() == before


def test_the_order_of_rows_in_the_file_does_not_change_a_byte(line: Line):
    line.score(out="1.csv")
    turned = HEADER + "".join(f"{row}\n" for row in reversed(ROWS.splitlines()))
    line.score(values=[line.file("turned.csv", turned)], out="2.csv")
    assert (line.folder / "1.csv").read_bytes() == (line.folder / "2.csv").read_bytes()


# As a program --------------------------------------------------------------------------------


def program(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "govmaturity", *map(str, arguments)],
        capture_output=True,
        check=False,
        cwd=ROOT,
        # A terminal that knows no Chinese must not break a message.
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"},
    )


def test_the_program_scores_and_keeps_stdout_clean(tmp_path: Path):
    out = tmp_path / "o.csv"
    ran = program("score", CONDITIONS, CENSUS, "--language", "zh", "-o", out)
    assert (ran.returncode, ran.stdout) == (0, b"")
    assert "已为 29 个评价对象计分" in ran.stderr.decode("utf-8")
    assert out.stat().st_size > 1000


def test_the_program_ends_with_1_and_2():
    assert program("check", CONDITIONS, CONDITIONS).returncode == 1
    ran = program("score", CONDITIONS, CENSUS)
    assert (ran.returncode, ran.stdout) == (2, b"")


# Text is never a formula ---------------------------------------------------------------------


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")'])
def test_a_name_that_looks_like_a_formula_stays_text(line: Line, text: str):
    data = data_of(group("root", leaf("a") | {"name": {"zh": text, "en": text}}))
    framework = line.file("formula.yaml", text_of(data))
    values = line.file("f.csv", f"code,a\n{LIWAN},10\n")
    line.run("score", framework, values, "--names", "-o", line.folder / "f.out.csv")
    assert line.cell(LIWAN, "a", "node_name", "f.out.csv") == "'" + text
    line.run("score", framework, values, "--names", "-o", line.folder / "f.xlsx")
    with zipfile.ZipFile(line.folder / "f.xlsx") as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    sheet = openpyxl.load_workbook(line.folder / "f.xlsx")["Scores"]
    assert text in [cell.value for cell in sheet["I"]]


# Imbalance -----------------------------------------------------------------------------------


def imbalance(line: Line, *more: object, values: Sequence[Path] = ()) -> list[dict[str, str]]:
    out = line.folder / "i.csv"
    ran = line.run("imbalance", line.framework, *(values or [line.values]), "-o", out, *more)
    assert (ran.code, ran.out) == (0, ""), ran.err
    return line.table("i.csv")


def one(rows: list[dict[str, str]], **wanted: str) -> dict[str, str]:
    (found,) = (row for row in rows if all(row[key] == value for key, value in wanted.items()))
    return found


def test_imbalance_has_the_agreed_columns_and_the_root_by_default(line: Line):
    rows = imbalance(line)
    assert list(rows[0]) == [
        *("period", "node", "measure", "weighting", "group_by", "part", "group", "value"),
        *("low", "high", "n", "note"),
    ]
    assert {row["node"] for row in rows} == {"root"}
    assert {row["weighting"] for row in rows} == {"unit", "resident"}


def test_measures_are_those_worked_by_hand(line: Line):
    # Scores of a: 10, 90, 50; residents 100, 300, 500.
    rows = imbalance(line, "--node", "a")
    assert float(one(rows, measure="mean", weighting="unit")["value"]) == pytest.approx(50)
    assert float(one(rows, measure="range", weighting="unit")["value"]) == 80
    resident = float(one(rows, measure="mean", weighting="resident")["value"])
    assert resident == pytest.approx((10 * 100 + 90 * 300 + 50 * 500) / 900)
    # Mean difference of all pairs, 2 (80 + 40 + 40) / 9, halved.
    assert float(one(rows, measure="absolute_gini", weighting="unit")["value"]) == pytest.approx(
        160 / 9
    )
    assert one(rows, measure="p90_p10", weighting="unit")["note"] == "too_few_for_percentiles"


def test_nested_groups_split_theil_without_a_rest(line: Line):
    rows = imbalance(line, "--group-by", "province,zone", "--node", "a")
    for weighting in ("unit", "resident"):
        mine = [r for r in rows if r["weighting"] == weighting and r["measure"] == "theil_t"]
        whole = float(one(mine, part="total")["value"])
        parts = [r for r in mine if r["group_by"] == "province,zone" and r["group"] == ""]
        assert [r["part"] for r in parts] == ["between_province", "between_zone", "within"]
        assert sum(float(r["value"]) for r in parts) == pytest.approx(whole)
    named = {r["group"] for r in rows if r["group_by"] and r["group"]}
    names = registry()
    assert {tuple(one_.split("/")) for one_ in named} == {
        (names.name(code, "en"), zone)
        for code, zone in (("440000", "north"), ("440000", "south"), ("360000", "north"))
    }


def test_groups_carry_the_names_of_the_language_asked_for(line: Line):
    rows = imbalance(line, "--group-by", "prefecture", "--language", "zh")
    assert {r["group"] for r in rows if r["group_by"] and r["group"]} == {"广州市", "赣州市"}


def test_residents_can_come_from_a_file_with_or_without_periods(line: Line):
    by_input = imbalance(line)
    people = {LIWAN: 100, YUEXIU: 300, ZHANGGONG: 500}
    plain = "".join(f"{unit},{n}\n" for unit, n in people.items())
    file = line.file("people.csv", f"unit,population\n{plain}")
    assert imbalance(line, "--population", file) == by_input
    dated = "".join(f"{unit},{p},{n}\n" for p in (2023, 2024) for unit, n in people.items())
    dated = dated.replace(",2023,", ",2023,9")
    file = line.file("dated.csv", f"unit,period,population\n{dated}")
    assert imbalance(line, "--population", file) == by_input


def test_another_input_can_count_the_residents(line: Line):
    rows = imbalance(line, "--population", "y", "--node", "a")
    mean = float(one(rows, measure="mean", weighting="resident")["value"])
    assert mean == pytest.approx((10 * 3 + 90 * 3 + 50 * 4) / 10)


def test_without_residents_only_units_count_and_it_is_said(line: Line):
    bare = line.file("bare.csv", f"code,a,x,y,c\n{LIWAN},10,1,3,30\n{YUEXIU},20,1,3,30\n")
    rows = imbalance(line, values=[bare])
    assert {row["weighting"] for row in rows} == {"unit"}
    assert one(rows, measure="mean")["note"] == "no_population"


def test_units_without_residents_are_counted_in_the_note(line: Line):
    file = line.file("people.csv", f"unit,population\n{LIWAN},100\n{YUEXIU},300\n")
    row = one(imbalance(line, "--population", file), measure="mean", weighting="resident")
    assert (row["n"], row["note"]) == ("2", "units_without_population=1")


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("code,people\n440103,1\n", "utf-8"),
        ("unit,population\n440103,many\n", "utf-8"),
        ("unit,population\n440103,-1\n", "utf-8"),
        pytest.param("", "utf-8"),
        pytest.param('unit,population\n"440103,1\n', "utf-8"),
    ],
    ids=["columns", "text", "negative", "empty", "quote"],
)
def test_a_population_file_that_cannot_be_used_is_at_fault(line: Line, content: str, encoding: str):
    file = line.file("people.csv", content, encoding)
    out = line.folder / "i.csv"
    ran = line.run("imbalance", line.framework, line.values, "-o", out, "--population", file)
    assert ran.code == 1
    assert "people.csv" in ran.err
    assert not out.exists()


def test_a_population_file_saved_by_a_chinese_excel_is_read(line: Line):
    file = line.file("people.csv", "区划代码,population,区县\n440103,1,荔湾区\n", "gb18030")
    out = line.folder / "i.csv"
    ran = line.run("imbalance", line.framework, line.values, "-o", out, "--population", file)
    assert ran.code == 0


def test_a_population_file_that_contradicts_itself_is_at_fault(line: Line):
    file = line.file("people.csv", f"unit,population\n{LIWAN},1\n{LIWAN},2\n")
    out = line.folder / "i.csv"
    ran = line.run("imbalance", line.framework, line.values, "-o", out, "--population", file)
    assert ran.code == 1
    assert "B2, B3" in ran.err


def test_imbalance_as_json_holds_the_same_rows(line: Line):
    rows = imbalance(line)
    line.run("imbalance", line.framework, line.values, "-o", line.folder / "i.json")
    found: list[dict[str, Any]] = json.loads((line.folder / "i.json").read_bytes())
    assert [{k: "" if v is None else str(v) for k, v in row.items()} for row in found] == rows


def test_units_that_are_not_assessed_do_not_count(line: Line):
    before = imbalance(line)
    file = line.file("j.csv", HEADER + ROWS + f"{JINMEN},2024,100,1,1,10,1,\n")
    assert imbalance(line, values=[file]) == before


# Templates -----------------------------------------------------------------------------------


def template(line: Line, *more: object, out: str = "t.xlsx") -> Ran:
    arguments = ("--units", f"{LIWAN},{YUEXIU}", "-o", line.folder / out, *more)
    return line.run("template", line.framework, *arguments)


def filled(path: Path, value: float) -> Path:
    """The template with one value in every cell of its data sheet."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    start = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "unit").row
    for row in sheet.iter_rows(min_row=start + 1, min_col=4):
        for cell in row:
            cell.value = value
    book.save(path)
    return path


def test_a_template_is_filled_checked_and_scored(line: Line):
    ran = template(line, "--period", "2024")
    assert (ran.code, ran.out) == (0, "")
    assert "2 units" in ran.err
    file = line.folder / "t.xlsx"
    untouched = line.run("check", line.framework, file)
    assert untouched.code == 1
    assert untouched.err.count("error: ") == 1
    filled(file, 20)
    assert line.run("check", line.framework, file).code == 0
    assert line.score(values=[file]).code == 0
    assert {row["period"] for row in line.table()} == {"2024"}
    assert {row["unit"] for row in line.table()} == {LIWAN, YUEXIU}


def test_a_template_for_another_period_is_refused_by_every_command(line: Line):
    template(line, "--period", "2023")
    file = filled(line.folder / "t.xlsx", 20)
    ran = line.run("check", line.framework, file, "--period", "2024", "--json")
    assert ran.code == 1
    assert [issue["code"] for issue in json.loads(ran.out)["issues"]] == ["template_other_period"]
    assert line.score("--period", "2024", values=[file]).code == 1


def test_the_same_template_has_the_same_bytes(line: Line):
    for name in ("t.xlsx", "u.xlsx"):
        template(line, "--period", "2025", "--last", line.values, "--language", "zh", out=name)
    assert (line.folder / "t.xlsx").read_bytes() == (line.folder / "u.xlsx").read_bytes()
    sheets = openpyxl.load_workbook(line.folder / "t.xlsx").sheetnames
    assert sheets[:3] == ["数据", "上期数", "填报说明"]


def test_units_of_a_template_can_come_from_a_csv(line: Line):
    units = line.file("units.csv", f"adcode,name\n{LIWAN},\nzone-1,A zone\n")
    out = line.folder / "t.xlsx"
    arguments = ("--units", units, "--period", "2024", "-o", out)
    assert line.run("template", line.framework, *arguments).code == 0
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert {"zone-1", "A zone"} <= {cell.value for row in sheet.iter_rows() for cell in row}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_first_ten_unknown_units_are_named(line: Line, language: str):
    unknown = ",".join(["440184", *(f"99{number:04}" for number in range(11))])
    more = ("--units", unknown, "--period", "2024", "--language", language)
    ran = template(line, *more)
    assert ran.code == 1
    assert "440117" in ran.err, "what became of an abolished code"
    assert "990008" in ran.err
    assert "990009" not in ran.err
    assert not (line.folder / "t.xlsx").exists()


def test_a_csv_without_a_column_of_units_is_at_fault(line: Line):
    ran = template(line, "--units", line.file("units.csv", "a,b\n1,2\n"), "--period", "2024")
    assert ran.code == 1
    assert "adcode" in ran.err


@pytest.mark.parametrize(
    "more",
    [
        ("--period", "24"),
        ("--period", "2024", "--reporter", "nobody"),
        ("--period", "2024", "--units", ""),
        ("--period", "2024", "-o", "t.csv"),
    ],
)
def test_a_wrong_use_of_template_ends_with_2(line: Line, more: Sequence[str]):
    assert template(line, *more).code == 2


def test_a_template_needs_a_period_where_the_framework_has_none(line: Line):
    without = {key: value for key, value in MADE.items() if key != "default_period"}
    line.framework = line.file("without.yaml", text_of(without))
    ran = template(line)
    assert ran.code == 2
    assert "--period" in ran.err


def test_last_values_with_an_error_make_no_template(line: Line):
    faulty = line.file("faulty.csv", HEADER + ROWS.replace(",90,", ",900,"))
    ran = template(line, "--period", "2025", "--last", faulty)
    assert ran.code == 1
    assert "C3" in ran.err


def test_last_values_of_no_earlier_period_are_told_of(line: Line):
    ran = template(line, "--period", "2024", "--last", line.values)
    assert ran.code == 0
    assert "no values of these units before 2024" in ran.err
    assert "Last values" not in openpyxl.load_workbook(line.folder / "t.xlsx").sheetnames


# The whole census ----------------------------------------------------------------------------


def test_all_counties_of_the_census_are_scored_without_an_error(line: Line, shared: Path):
    file = shared / "data" / "census2020_counties.csv"
    ran = line.run("check", CONDITIONS, file, "--json")
    found = json.loads(ran.out)
    assert (ran.code, found["rows"], found["blocking"]) == (0, 2834, 0)
    out = line.folder / "all.csv"
    assert line.run("score", CONDITIONS, file, "-o", out).code == 0
    rows = [row for row in line.table("all.csv") if row["node"] == "conditions"]
    assert len(rows) == 2834
    scores = [float(row["score"]) for row in rows if row["score"]]
    assert 0 <= min(scores) < 20
    assert 80 < max(scores) <= 100
    best = [row for row in rows if row["rank"] == "1"]
    assert float(best[0]["score"]) == max(scores)


def test_check_compares_with_earlier_values_given_beside(line: Line):
    header = "unit,period,population,mean_years_schooling\n"
    last = line.file("last.csv", f"{header}440106,2020,2241826,12.5\n")
    now = line.file("now.csv", f"{header}440106,2021,224.2,12.5\n")
    ran = line.run("check", CONDITIONS, now, "--json", "--last", last)
    found = {issue["code"]: issue for issue in json.loads(ran.out)["issues"]}
    assert ran.code == 0
    assert found["unit_mix_up"]["expected"] == "2242000"
    assert "unit_mix_up" not in line.run("check", CONDITIONS, now, "--json").out
    faulty = line.file("faulty.csv", f"{header}440106,2020,many,12.5\n")
    ran = line.run("check", CONDITIONS, now, "--last", faulty)
    assert ran.code == 1
    assert "C2" in ran.err


def test_imbalance_of_the_real_sample_has_intervals_space_and_sources(line: Line):
    out = line.folder / "i.csv"
    assert line.run("imbalance", CONDITIONS, CENSUS, "--draws", "50", "-o", out).code == 0
    rows = line.table("i.csv")
    gini = one(rows, measure="gini", weighting="unit", part="total")
    assert float(gini["low"]) < float(gini["value"]) < float(gini["high"])
    sources = [r for r in rows if (r["measure"], r["part"]) == ("gini", "child")]
    by_unit = [float(r["value"]) for r in sources if r["weighting"] == "unit"]
    assert sum(by_unit) == pytest.approx(float(gini["value"]))
    assert one(rows, measure="moran_i")["note"].startswith("p=0.")
    before = out.read_bytes()
    line.run("imbalance", CONDITIONS, CENSUS, "--draws", "50", "--seed", "1", "-o", out)
    other = one(line.table("i.csv"), measure="gini", weighting="unit", part="total")
    assert out.read_bytes() != before
    assert (other["value"], other["low"]) != (gini["value"], gini["low"])
    line.run("imbalance", CONDITIONS, CENSUS, "--draws", "0", "-o", out)
    assert one(line.table("i.csv"), measure="gini", weighting="unit", part="total")["low"] == ""


# Robustness ----------------------------------------------------------------------------------


def test_robustness_writes_the_columns_of_the_contract_for_every_group(line: Line):
    ran = line.run(
        "robustness", line.framework, line.values, "-o", line.folder / "r.csv", "--runs", 50
    )
    assert ran.code == 0
    assert "3 units of 2024, 50 runs" in ran.err
    header = (line.folder / "r.csv").read_text().splitlines()[0]
    assert header == (
        "unit,period,node,score,score_low,score_median,score_high,"
        "rank,rank_low,rank_median,rank_high,p_level_1,p_level_2,p_level_3"
    )
    rows = line.table("r.csv")
    assert [row["node"] for row in rows[:2]] == ["root", "g"]
    assert len(rows) == 3 * 2
    line.score()
    for row in rows:
        assert row["score"] == line.cell(row["unit"], row["node"], "score")
        low, middle, high = (float(row[f"score_{end}"]) for end in ("low", "median", "high"))
        assert low <= middle <= high


def test_robustness_gives_the_same_bytes_for_the_same_seed(line: Line):
    written = []
    for seed in (1, 1, 2):
        out = line.folder / "r.json"
        more = ("--vary", "all", "--runs", 40, "--seed", seed)
        assert line.run("robustness", line.framework, line.values, "-o", out, *more).code == 0
        written.append(out.read_bytes())
    assert written[0] == written[1]
    assert written[0] != written[2]


@pytest.mark.parametrize(("option", "value"), [("--runs", 0), ("--seed", -1), ("--vary", "some")])
def test_robustness_refuses_what_makes_no_sense(line: Line, option: str, value: object):
    out = line.folder / "r.csv"
    ran = line.run("robustness", line.framework, line.values, "-o", out, option, value)
    assert ran.code == 2
    assert not out.exists()


def test_robustness_marks_simulated_values(line: Line):
    out = line.folder / "r.csv"
    assert line.run("robustness", DIGITAL, SIMULATED, "-o", out, "--runs", 5).code == 0
    assert {row["data_note"] for row in line.table("r.csv")} == {"模拟数据 SIMULATED"}


def test_a_method_that_meets_a_value_it_cannot_take_is_told_in_the_language_asked_for(line: Line):
    made = data_of(group("root", leaf("a", 1, 100, normalise="log_goalposts")))
    framework = line.file("logs.yaml", text_of(made))
    values = line.file("low.csv", f"code,period,a\n{LIWAN},2024,-5\n")
    for language, words_ in (("en", "takes no value of -5"), ("zh", "不能处理-5这样的数值")):
        out = line.folder / "out.csv"
        ran = line.run("score", framework, values, "-o", out, "--language", language)
        assert ran.code == 1
        assert words_ in ran.err
        assert LIWAN in ran.err


def test_one_unit_is_written_as_a_workbook_with_formulas(line: Line):
    out = line.folder / "one.xlsx"
    ran = line.run("score", line.framework, line.values, "--workbook-of", LIWAN, "-o", out)
    assert ran.code == 0, ran.err
    assert str(out) in ran.err
    book = openpyxl.load_workbook(out)
    assert book.sheetnames[0] == "About"
    assert any(cell.data_type == "f" for cells in book["Results"] for cell in cells)
    figures = openpyxl.load_workbook(out, data_only=True)["Results"]
    told = {cells[0].value: cells[2].value for cells in figures.iter_rows(5)}
    assert told["root"] == pytest.approx((10 + (100 / 3 + 50) / 2) / 2)


def test_a_workbook_of_a_unit_that_is_not_there_or_in_another_format_is_wrong_use(line: Line):
    out = line.folder / "one.xlsx"
    ran = line.run("score", line.framework, line.values, "--workbook-of", "440104x", "-o", out)
    assert (ran.code, YUEXIU in ran.err, out.exists()) == (2, True, False)
    ran = line.run(
        "score", line.framework, line.values, "--workbook-of", LIWAN, "-o", out.with_suffix(".csv")
    )
    assert (ran.code, ".xlsx" in ran.err) == (2, True)


def test_check_framework_writes_the_method_card_in_either_language(line: Line):
    for language in ("zh", "en"):
        out = line.folder / f"{language}.pdf"
        ran = line.run("check-framework", line.framework, "--card", out, "--language", language)
        assert (ran.code, str(out) in ran.err) == (0, True)
        assert out.read_bytes().startswith(b"%PDF")
    ran = line.run("check-framework", line.framework, "--card", line.folder / "card.doc")
    assert (ran.code, ".pdf" in ran.err) == (2, True)


def test_robustness_without_ranks_tells_none(line: Line):
    out = line.folder / "r.csv"
    ran = line.run("robustness", line.framework, line.values, "-o", out, "--runs", 5, "--no-ranks")
    assert ran.code == 0
    columns = list(line.table("r.csv")[0])
    assert columns[3:7] == ["score", "score_low", "score_median", "score_high"]
    assert not any("rank" in column for column in columns)
