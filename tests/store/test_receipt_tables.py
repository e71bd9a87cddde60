"""A receipt in words and tables: on a page, in a workbook, on paper."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from govmaturity.store.effect import moves_of
from govmaturity.store.listing import listed
from govmaturity.store.receipt import Counts, Part, Receipt, Standing
from govmaturity.store.receipt_tables import (
    changes_table,
    effects_table,
    facts,
    findings_table,
    left_out_table,
    receipt_file,
    removed_table,
    without_empty,
)
from govmaturity.store.receipt_words import sentence
from govmaturity.store.service import Store
from govmaturity.texts import LANGUAGES
from govmaturity.values.table import SIMULATED
from tests.store.making import (
    HAIZHU,
    NEIGHBOUR,
    OFFICIAL,
    TIANHE,
    YUEXIU,
    acknowledged,
    csv_of,
    send,
    small_framework,
)


def prepared(store: Store, cells, name: str = "second.csv") -> Receipt:
    content = csv_of(cells)
    return store.submissions.prepare(OFFICIAL, small_framework(), content, name).receipt


@pytest.fixture
def receipt(store: Store) -> Receipt:
    """Of one unit: a changed, b removed, r the same, people new; of another a faulty cell."""
    send(store, {TIANHE: {"a": 40, "b": 60, "r": 3}, YUEXIU: {"a": 10, "b": 30}})
    return prepared(
        store,
        {
            TIANHE: {"a": 50.5, "b": None, "r": 3, "people": 7},
            YUEXIU: {"a": 142, "b": 35},
        },
    )


def test_values_are_counted_by_what_becomes_of_them(receipt: Receipt):
    assert receipt.counts == Counts(new=1, changed=2, removed=1, same=1)
    assert receipt.counts.taken == 4


def test_every_change_stands_with_its_old_and_new_value_and_its_cell(receipt: Receipt):
    table = changes_table(receipt.parts, small_framework(), "en", str.lower)
    found = {
        (row.Code, row.Change): (row[8], row[9], row.Cell)
        for row in table[table["Unit id"] == TIANHE].itertuples()
    }
    assert found == {
        ("people", "New"): (None, 7, "F2"),
        ("a", "Changed"): (40, 50.5, "C2"),
        ("b", "Removed"): (60, None, "D2"),
    }


def test_what_would_be_deleted_is_listed_alone(receipt: Receipt):
    table = removed_table(receipt, small_framework(), "en", str)
    assert table[["Unit id", "Code", "Old value"]].values.tolist() == [[TIANHE, "b", 60]]


def test_what_cannot_be_taken_is_listed_with_its_cell(receipt: Receipt):
    table = left_out_table(receipt, "en", str)
    assert table.values.tolist() == [[YUEXIU, "2024", "a", "", "C3"]]


def test_effects_are_those_of_the_receipt_unrounded_unless_for_people(receipt: Receipt):
    table = effects_table(receipt, "en", str)
    part = receipt.parts[0]
    assert table["Score after"][list(table["Unit id"]).index(part.unit)] == part.after.score
    shown = effects_table(receipt, "en", str, width=100)
    assert all(one.count(".") == 1 and len(one.split(".")[1]) == 1 for one in shown["Score after"])


def test_findings_stand_with_their_answers(store: Store, receipt: Receipt):
    done = acknowledged(store, OFFICIAL, receipt, "seen by the bureau")
    table = findings_table(done, "en")
    asked = table[table["Kind"] == "To confirm"]
    assert len(asked) == len(done.to_justify) > 0
    assert set(asked["Sender's explanation"]) == {"seen by the bureau"}
    assert set(table[table["Kind"] == "Error"]["Sender's explanation"]) == {""}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_holds_number_hash_and_every_change(store: Store, receipt, language):
    done = acknowledged(store, OFFICIAL, receipt)
    book = openpyxl.load_workbook(
        io.BytesIO(receipt_file(done, small_framework(), language, str)), read_only=True
    )
    cells = [
        [cell for row in sheet.iter_rows(values_only=True) for cell in row]
        for sheet in book.worksheets
    ]
    assert {str(done.number), done.file_hash, done.acknowledged_at} <= set(cells[0])
    assert {50.5, 40, 60, 7} <= set(cells[2])
    assert SIMULATED not in cells[0]


def test_simulated_figures_say_so_in_the_receipt_and_on_every_sheet(store: Store):
    content = f"unit,period,a,b,data_note\n{TIANHE},2024,10,20,{SIMULATED}\n".encode()
    found = store.submissions.prepare(OFFICIAL, small_framework(), content, "s.csv").receipt
    assert found.is_simulated
    assert SIMULATED in [text for _, text in facts(found, small_framework(), "en")]
    book = openpyxl.load_workbook(io.BytesIO(receipt_file(found, small_framework(), "en", str)))
    assert all("data_note" in [cell.value for cell in sheet[1]] for sheet in book.worksheets)


def test_one_unit_is_told_with_its_scores(store: Store):
    send(store, {TIANHE: {"a": 40, "b": 60}})
    found = prepared(store, {TIANHE: {"a": 50, "b": 60}})
    told = sentence(found, small_framework(), "en", lambda _: "Tianhe")
    before, after = (
        f"{one.score:.1f}" for one in (found.parts[0].before, found.parts[0].after) if one.score
    )
    assert told == (
        f"2 values: 0 new, 1 changed, 0 removed. Tianhe, 2024: score {before} to {after}."
    )


def test_several_units_are_counted_by_where_their_scores_go(store: Store):
    send(store, {TIANHE: {"a": 40, "b": 60}, YUEXIU: {"a": 40, "b": 60}})
    found = prepared(
        store,
        {
            TIANHE: {"a": 50, "b": 60},
            YUEXIU: {"a": 30, "b": 60},
            HAIZHU: {"a": 30, "b": 60},
        },
    )
    told = sentence(found, small_framework(), "en", str)
    assert told.endswith("3 submissions: 1 rises, 1 falls, 1 scored for the first time.")


def part(unit: str, before: Standing, after: Standing) -> Part:
    return Part(unit, "2024", 1, (), 0, before, after)


def test_moves_leave_out_who_stood_nowhere_before():
    found = moves_of(
        [
            part("x", Standing(40.0, 2, 2, 2), Standing(60.0, 3, 1, 3)),
            part("y", Standing(), Standing(50.0, 2, 2, 3)),
        ]
    )
    assert found.units == ("x",)
    assert found.score.tolist() == [[40.0], [60.0]]
    assert found.rank.tolist() == [[2], [1]]
    assert found.lost == 1
    assert moves_of([]).units == ()


def test_columns_in_which_nothing_is_said_are_left_away_for_readers(receipt: Receipt):
    first = [replace(one, changes=one.new) for one in receipt.parts]
    table = without_empty(changes_table(first, small_framework(), "en", str))
    assert "Old value" not in table
    assert "New value" in table


def test_a_list_of_receipts_tells_them_apart_without_their_values(store: Store):
    first = send(store, {TIANHE: {"a": 1}, YUEXIU: {"a": 2}})
    second = send(store, {YUEXIU: {"a": 3}}, person=NEIGHBOUR)
    draft = prepared(store, {TIANHE: {"a": 4}})
    found = store.listed_receipts(OFFICIAL, "made", "1")
    assert found == (listed(second), listed(first))
    assert [(one.number, one.units, one.periods) for one in found] == [
        (2, 1, ("2024",)),
        (1, 2, ("2024",)),
    ]
    assert store.listed_receipts(NEIGHBOUR, "made", "1") == (listed(second),)
    assert store.listed_receipts(OFFICIAL, "made", "2") == ()
    assert listed(draft).number is None
    assert listed(draft).at == draft.prepared_at
