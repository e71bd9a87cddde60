"""Releases: what was approved at that time, whatever is sent, returned or reopened later."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest
from frictionless import Package, system

from govmaturity.scoring import score
from govmaturity.store import unit_changes
from govmaturity.store.errors import NotAllowedError, NotFoundError, RefusedError
from govmaturity.store.release import Release
from govmaturity.store.service import Store
from govmaturity.units.registry import Registry
from govmaturity.values.table import SIMULATED
from tests.office import installed
from tests.store.making import (
    ADMINISTRATOR,
    OFFICIAL,
    READER,
    REVIEWER,
    TIANHE,
    YUEXIU,
    acknowledged,
    approve,
    send,
    small_framework,
    submission_of,
)

FULL = {"a": 40, "b": 60, "r": 2, "people": 100}


def publish(store: Store, periods=("2024",), note: str = "") -> Release:
    return store.releases.publish(
        ADMINISTRATOR,
        "made",
        "1",
        periods,
        title={"zh": "测试发布", "en": "Test release"},
        licence="CC-BY-4.0",
        note=note,
    )


def held(store: Store, id_: str) -> dict[tuple[str, str, str], float]:
    table = store.releases.values(READER, id_).table
    table = table[table["status"] == "reported"]
    keys = zip(table["unit"], table["period"], table["indicator"], strict=True)
    return dict(zip(keys, table["value"], strict=True))


def table_of(store: Store, id_: str, name: str) -> pd.DataFrame:
    content = store.releases.file(READER, id_, f"{name}.parquet").path.read_bytes()
    return pd.read_parquet(io.BytesIO(content))


def write_all(store: Store, id_: str, folder: Path) -> Path:
    for file in store.releases.files(READER, id_):
        (folder / file.name).write_bytes(file.path.read_bytes())
    return folder


@pytest.fixture
def released(store: Store) -> Release:
    send(store, {TIANHE: FULL, YUEXIU: FULL | {"a": 70}})
    approve(store, TIANHE)
    return publish(store)


def test_a_release_holds_what_is_approved_and_nothing_else(store: Store, released: Release):
    assert held(store, released.id) == {(TIANHE, "2024", id_): v for id_, v in FULL.items()}
    assert submission_of(store, TIANHE).state == "released"
    assert submission_of(store, YUEXIU).state == "submitted"
    for file in store.releases.files(READER, released.id):
        assert YUEXIU.encode() not in file.path.read_bytes(), file.name


def test_without_anything_approved_nothing_is_published(store: Store):
    send(store, {TIANHE: FULL})
    with pytest.raises(RefusedError) as refused:
        publish(store)
    assert refused.value.code == "nothing_approved"
    assert store.releases.all(READER) == ()


def test_only_administrators_publish(store: Store):
    for person in (OFFICIAL, REVIEWER, READER):
        with pytest.raises(NotAllowedError):
            store.releases.publish(
                person, "made", "1", ["2024"], title={"zh": "题", "en": "t"}, licence="CC0-1.0"
            )


def test_an_old_release_stays_as_it_was_and_can_be_compared(store: Store, released: Release):
    found = submission_of(store, TIANHE)
    store.reviews.reopen(REVIEWER, found.id, found.number, "corrected")
    send(store, {TIANHE: FULL | {"a": 55}})
    again = publish(store)
    assert held(store, again.id) == held(store, released.id)  # not approved yet
    approve(store, TIANHE)
    approve(store, YUEXIU)
    third = publish(store)
    assert held(store, released.id)[TIANHE, "2024", "a"] == 40
    assert held(store, third.id)[TIANHE, "2024", "a"] == 55
    assert store.releases.is_sound(released.id)
    difference = store.releases.difference(READER, released.id, third.id)
    changed = difference.values[difference.values["unit"] == TIANHE]
    assert changed[["indicator", "value_old", "value_new"]].to_numpy().tolist() == [["a", 40, 55]]
    assert set(difference.values["unit"]) == {TIANHE, YUEXIU}
    assert difference.same_framework
    scores = difference.scores.set_index(["unit", "node"])
    assert scores.loc[(TIANHE, "root"), "score_old"] == pytest.approx(50)
    assert scores.loc[(TIANHE, "root"), "rank_new"] == 2


def test_equal_content_has_an_equal_hash_and_other_content_another(store: Store, released: Release):
    assert publish(store).content_hash == released.content_hash
    approve(store, YUEXIU)
    assert publish(store).content_hash != released.content_hash


def test_the_published_scores_are_those_of_the_published_values(store: Store, released: Release):
    framework = store.releases.framework(READER, released.id)
    expected = score(framework, store.releases.values(READER, released.id)).table()
    table = table_of(store, released.id, "scores")
    assert table["score"].tolist() == expected["score"].tolist()
    assert table.loc[table["node"] == "root", "level"].tolist() == [2]


def test_the_latest_release_is_found_by_name(store: Store, released: Release):
    second = publish(store)
    assert (released.id, second.id) == ("made-1-r1", "made-1-r2")
    assert store.releases.get(READER, "latest") == second
    assert store.releases.get(READER, "made-latest") == second
    for unknown in ("other-latest", "made-1-r9", "../made-1-r1"):
        with pytest.raises(NotFoundError):
            store.releases.get(READER, unknown)


def test_it_says_how_values_came_in_without_naming_persons(store: Store, released: Release):
    row = table_of(store, released.id, "submissions").iloc[0]
    assert (row["unit"], row["revision"], row["second_person"]) == (TIANHE, 1, True)
    for file in store.releases.files(READER, released.id):
        assert not re.search(rb"\b(Wang|Li)\b", file.path.read_bytes())


def test_a_waiver_is_published_beside_its_figure(store: Store):
    send(store, {TIANHE: FULL})
    found = submission_of(store, TIANHE)
    store.reviews.waive(REVIEWER, found.id, 1, "a", "far_from_last", "the survey was redone")
    approve(store, TIANHE)
    release = publish(store)
    values = table_of(store, release.id, "values").set_index("indicator")
    assert values["waived"].to_dict() == {"a": "far_from_last", "b": "", "people": "", "r": ""}
    assert table_of(store, release.id, "waivers")["reason"].tolist() == ["the survey was redone"]
    with pytest.raises(RefusedError):
        store.reviews.waive(REVIEWER, found.id, 1, "b", "far_from_last", "too late")


def test_the_package_is_valid_and_its_checksums_are_right(store: Store, tmp_path: Path):
    send(store, {TIANHE: FULL | {"b": None}, YUEXIU: FULL})
    approve(store, TIANHE)
    approve(store, YUEXIU)
    folder = write_all(store, publish(store).id, tmp_path)
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])
    sums = dict(
        line.split("  ")[::-1] for line in (folder / "checksums.txt").read_text().splitlines()
    )
    assert sums == {
        path.name: sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name in sums
    }
    assert set(sums) == {path.name for path in folder.iterdir() if path.is_file()} - {
        "checksums.txt"
    }


def test_a_spoilt_table_is_found_by_the_package(store: Store, released: Release, tmp_path: Path):
    folder = write_all(store, released.id, tmp_path)
    path = folder / "scores.csv"
    path.write_bytes(path.read_bytes().replace(b"440106,2024,root", b"440199,2024,root"))
    with system.use_context(trusted=True):
        assert not Package(str(folder / "datapackage.json")).validate().valid


def test_the_sample_of_python_runs(store: Store, released: Release, tmp_path: Path):
    folder = write_all(store, released.id, tmp_path)
    ran = subprocess.run(
        [sys.executable, "example.py"],
        cwd=folder,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert TIANHE in ran.stdout
    (folder / "scores.csv").write_bytes(b"short")
    broken = subprocess.run(
        [sys.executable, "example.py"], cwd=folder, capture_output=True, check=False
    )
    assert broken.returncode == 1


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_the_sample_of_r_runs_and_reads_the_figures_in_any_locale(
    store: Store, released: Release, tmp_path: Path, locale: str
):
    folder = write_all(store, released.id, tmp_path)
    ran = subprocess.run(
        [installed("Rscript", "R"), "example.R"],
        cwd=folder,
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": locale},
    )
    rows = csv.DictReader((folder / "scores.csv").read_text("utf-8-sig").splitlines())
    root = next(row for row in rows if row["node"] == "root")
    rank, unit, *name, score, level = ran.stdout.splitlines()[1].split()
    assert (rank, unit, level) == (root["rank"], TIANHE, root["level"])
    assert float(score) == pytest.approx(float(root["score"]), abs=1e-4)
    assert name == (["天河区"] if locale == "C.UTF-8" else ["<U+5929><U+6CB3><U+533A>"])
    assert ran.stderr == ""


def test_values_lead_back_to_their_cell(store: Store, released: Release):
    found = store.provenance.of(READER, "made", "1", TIANHE, "2024", "a", release=released.id)
    step = found.steps[-1]
    assert (step.cell, step.sent, step.kind, step.figure.value) == ("C2", "40", "text", 40)
    # Who sent it, and a file with what was never approved, is not for everybody.
    assert (step.sent_by, step.approved_by, step.may_download) == (None, None, False)
    assert step.approved_at is not None
    with pytest.raises(NotAllowedError, match=YUEXIU):
        store.provenance.file(READER, step.file_hash)
    with pytest.raises(NotFoundError):
        store.provenance.of(READER, "made", "1", YUEXIU, "2024", "a")
    seen = store.provenance.of(REVIEWER, "made", "1", TIANHE, "2024", "a").steps[-1]
    assert (seen.sent_by, seen.approved_by, seen.may_download) == ("Wang", "Li", True)
    assert b"440106,2024,40" in store.provenance.file(REVIEWER, seen.file_hash)


def test_one_changed_cell_shows_both_revisions(store: Store, released: Release):
    found = submission_of(store, TIANHE)
    store.reviews.reopen(REVIEWER, found.id, 1, "corrected")
    send(store, {TIANHE: {"a": "41%"} | {"b": "６１"}})
    steps = store.provenance.of(OFFICIAL, "made", "1", TIANHE, "2024", "b").steps
    assert [(one.number, one.cell, one.sent, one.figure.value) for one in steps] == [
        (1, "D2", "60", 60),
        (2, "D2", "６１", 61),
    ]
    carried = store.provenance.of(OFFICIAL, "made", "1", TIANHE, "2024", "people").steps
    assert [one.is_restated for one in carried] == [True, False]
    assert carried[0].file_hash == carried[1].file_hash
    # To the public, only what is released.
    public = store.provenance.of(READER, "made", "1", TIANHE, "2024", "b").steps
    assert [one.number for one in public] == [1]


def test_simulated_values_say_so_in_every_table_and_in_the_name(store: Store):
    content = f"unit,period,a,b,r,data_note\n{TIANHE},2024,1,2,3,{SIMULATED}\n".encode()
    prepared = store.submissions.prepare(OFFICIAL, small_framework(), content, "v.csv")
    acknowledged(store, OFFICIAL, prepared.receipt)
    approve(store, TIANHE)
    release = publish(store)
    assert release.id == "SIMULATED-made-1-r1"
    assert store.releases.get(READER, "made-latest") == release
    for name in ("scores", "values"):
        assert set(table_of(store, release.id, name)["data_note"]) == {SIMULATED}
    assert store.releases.values(READER, release.id).is_simulated
    assert SIMULATED in store.releases.file(READER, release.id, "README.md").path.read_text("utf-8")


def test_a_unit_that_is_renamed_later_keeps_its_name_in_old_releases(
    store: Store, released: Release, monkeypatch: pytest.MonkeyPatch
):
    units = table_of(store, released.id, "units")
    assert units["name_zh"].tolist() == ["天河区"]
    monkeypatch.setattr(unit_changes, "registry", lambda: Registry([]))
    assert publish(store).content_hash != released.content_hash
    assert store.releases.is_sound(released.id)
