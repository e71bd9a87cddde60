"""Changes of units in the store: recorded for good, withdrawn in the open, used from then on."""

from __future__ import annotations

import pytest

from govmaturity.store.errors import NotAllowedError, NotFoundError, RefusedError
from govmaturity.store.service import Store, open_store
from tests.store.making import (
    ADMINISTRATOR,
    HAIZHU,
    OFFICIAL,
    READER,
    TIANHE,
    YUEXIU,
    csv_of,
    small_framework,
)

JOINED = [
    {"code": TIANHE, "kind": "merged", "year": "2020", "successor": YUEXIU},
    {"code": YUEXIU, "kind": "merged", "year": "2020", "successor": YUEXIU},
]
WHY = "State Council 2020 no. 1 (made up)"


def test_what_is_recorded_is_read_by_everybody_with_names_filled_in(store: Store):
    store.units.record(ADMINISTRATOR, JOINED, WHY)
    (one,) = store.units.all(READER)
    assert (one.reason, one.by_name, one.withdrawn) == (WHY, "Zhao", None)
    assert [change.name.zh for change in one.changes] == ["天河区", "越秀区"]
    known = store.units.registry(READER)
    assert known.was(TIANHE, 2019.0)
    assert TIANHE not in known.descendants("440100")
    assert known.name(TIANHE, "zh") == "天河区"
    assert [entry.action for entry in store.audit(ADMINISTRATOR)] == ["unit_change"]


def test_a_change_of_a_year_to_come_does_not_hold_yet(store: Store):
    later = [row | {"year": "2999"} for row in JOINED]
    store.units.record(ADMINISTRATOR, later, WHY)
    assert store.units.registry(READER).old_code(TIANHE) is None


def test_a_file_is_read_by_the_units_of_its_period(store: Store):
    store.units.record(ADMINISTRATOR, JOINED, WHY)
    cells = {TIANHE: {"a": 10, "b": 20, "r": 2}}
    before = store.submissions.prepare(
        OFFICIAL, small_framework(), csv_of(cells, "2019"), "v.csv"
    ).receipt
    assert [part.unit for part in before.parts] == [TIANHE]
    with pytest.raises(RefusedError) as refused:
        store.submissions.prepare(OFFICIAL, small_framework(), csv_of(cells, "2021"), "v.csv")
    assert refused.value.code == "nothing_to_take"


def test_a_new_unit_has_to_be_named(store: Store):
    row = {"code": HAIZHU, "kind": "renamed", "year": "2021", "successor": "440199"}
    with pytest.raises(RefusedError, match="440199"):
        store.units.record(ADMINISTRATOR, [row], WHY)
    named = row | {"successor_zh": "海珠新区", "successor_en": "New Haizhu"}
    store.units.record(ADMINISTRATOR, [named], WHY)
    known = store.units.registry(READER)
    assert known.name("440199", "en") == "New Haizhu"
    assert known.prefecture_of("440199") == "440100"


def test_withdrawn_changes_stay_to_be_read_and_no_longer_count(store: Store):
    recorded = store.units.record(ADMINISTRATOR, JOINED, WHY)
    with pytest.raises(RefusedError) as twice:
        store.units.record(ADMINISTRATOR, JOINED, WHY)
    assert twice.value.code == "change_known"
    store.units.withdraw(ADMINISTRATOR, recorded.id, "wrong year")
    assert store.units.all(READER)[0].withdrawn == "wrong year"
    assert TIANHE in store.units.registry(READER).descendants("440100")
    with pytest.raises(RefusedError):
        store.units.withdraw(ADMINISTRATOR, recorded.id, "again")
    store.units.record(ADMINISTRATOR, JOINED, WHY)
    again = open_store(store.base.home)
    assert len(again.units.all(READER)) == 2
    again.close()


@pytest.mark.parametrize(
    ("rows", "reason", "code"),
    [
        ([], WHY, "no_change"),
        (JOINED, " ", "reason_missing"),
        (
            [{"code": TIANHE, "kind": "joined", "year": "2020", "successor": YUEXIU}],
            WHY,
            "bad_change",
        ),
        (
            [{"code": "440116", "kind": "renamed", "year": "2014", "successor": TIANHE}],
            WHY,
            "change_known",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_recorded(store: Store, rows, reason, code):
    with pytest.raises(RefusedError) as refused:
        store.units.record(ADMINISTRATOR, rows, reason)
    assert refused.value.code == code
    for language in ("zh", "en"):
        assert refused.value.message(language)
    assert store.units.all(READER) == ()


def test_only_administrators_record_and_withdraw(store: Store):
    with pytest.raises(NotAllowedError):
        store.units.record(OFFICIAL, JOINED, WHY)
    with pytest.raises(NotAllowedError):
        store.units.withdraw(OFFICIAL, 1, WHY)
    with pytest.raises(NotFoundError):
        store.units.withdraw(ADMINISTRATOR, 1, WHY)
