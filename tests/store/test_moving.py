"""Backup, restore, export, import: what comes out is what went in, or nothing at all."""

from __future__ import annotations

import json
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from govmaturity.__main__ import main
from govmaturity.store.archive import ArchiveError
from govmaturity.store.errors import NotAllowedError, RefusedError
from govmaturity.store.moving import backup, content_hash, export, import_, restore
from govmaturity.store.people import LOCAL
from govmaturity.store.service import Store, open_store
from tests.store.making import (
    ADMINISTRATOR,
    OFFICIAL,
    READER,
    TIANHE,
    YUEXIU,
    acknowledged,
    approve,
    csv_of,
    send,
    small_framework,
)

WAYS = {"backup": (backup, restore), "export": (export, import_)}


@pytest.fixture
def full(store: Store) -> Store:
    send(store, {TIANHE: {"a": 40, "b": 60, "r": 2}, YUEXIU: {"a": 1, "b": 2, "r": 3}})
    approve(store, TIANHE)
    store.releases.publish(
        ADMINISTRATOR, "made", "1", ["2024"], title={"zh": "题", "en": "t"}, licence="CC0-1.0"
    )
    content = csv_of({YUEXIU: {"a": 7}})
    store.submissions.prepare(OFFICIAL, small_framework(), content, "waiting.csv")
    return store


def hash_of(store: Store) -> str:
    with store.base.reader.begin() as connection:
        return content_hash(connection)


def files_of(home: Path) -> dict[str, str]:
    return {
        path.name: sha256(path.read_bytes()).hexdigest()
        for path in (home / "files").rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("way", WAYS)
def test_what_comes_back_is_what_was_there(way: str, full: Store, tmp_path: Path):
    out, back = WAYS[way]
    archive, home = tmp_path / "kept.zip", tmp_path / "again"
    written = out(full.base, LOCAL, archive)
    read = back(home, LOCAL, archive)
    assert written == read
    assert read.content_hash == hash_of(full)
    again = open_store(home)
    assert hash_of(again) == hash_of(full)
    assert files_of(home) == files_of(full.base.home)
    assert all(name == digest for name, digest in files_of(home).items())
    assert again.submissions.receipts(OFFICIAL) == full.submissions.receipts(OFFICIAL)
    assert again.releases.is_sound(again.releases.get(READER, "latest").id)
    # Work goes on where it was: the prepared receipt can be acknowledged, rows stay append-only.
    acknowledged(again, OFFICIAL, again.submissions.drafts(OFFICIAL)[0])
    assert [path.name for path in home.iterdir() if path.name.startswith(".")] == []
    again.close()


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_restored_over_a_store(way: str, full: Store, tmp_path: Path):
    out, back = WAYS[way]
    out(full.base, LOCAL, tmp_path / "kept.zip")
    before = hash_of(full)
    with pytest.raises(RefusedError):
        back(full.base.home, LOCAL, tmp_path / "kept.zip")
    assert hash_of(full) == before


def spoilt(archive: Path, change: str) -> None:
    with zipfile.ZipFile(archive) as zipped:
        files = {name: zipped.read(name) for name in zipped.namelist()}
    manifest = json.loads(files["manifest.json"])
    first = next(name for name in files if name.startswith("files/"))
    if change == "content":
        files[first] += b" "
    elif change == "missing":
        del files[first]
    elif change == "outside":
        files["../outside"] = b"x"
        manifest["files"]["../outside"] = sha256(b"x").hexdigest()
    elif change == "kind":
        manifest["kind"] = "other"
    files["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(archive, "w") as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("change", ["content", "missing", "outside", "kind", "cut"])
def test_a_spoilt_archive_is_refused_and_leaves_nothing(
    way: str, change: str, full: Store, tmp_path: Path
):
    out, back = WAYS[way]
    archive, home = tmp_path / "kept.zip", tmp_path / "again"
    out(full.base, LOCAL, archive)
    if change == "cut":
        archive.write_bytes(archive.read_bytes()[:-200])
    else:
        spoilt(archive, change)
    with pytest.raises(ArchiveError):
        back(home, LOCAL, archive)
    assert not (home / "store.sqlite").exists()
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize("way", WAYS)
def test_a_lost_file_is_told_and_not_backed_up_over(way: str, full: Store, tmp_path: Path):
    digest = full.submissions.receipts(OFFICIAL)[0].file_hash
    full.base.path_of(digest).unlink()
    with pytest.raises(RefusedError, match=digest[:12]):
        WAYS[way][0](full.base, LOCAL, tmp_path / "kept.zip")
    assert list(tmp_path.glob("*.zip")) == []


def test_only_administrators_move_the_store(full: Store, tmp_path: Path):
    with pytest.raises(NotAllowedError):
        backup(full.base, OFFICIAL, tmp_path / "kept.zip")


# The command line ----------------------------------------------------------------------------


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch):
    return lambda home: monkeypatch.setenv("GOVMATURITY_HOME", str(home))


@pytest.mark.parametrize("acts", [("backup", "restore"), ("export", "import")])
def test_the_commands_say_the_same_hash(
    acts: tuple[str, str], full: Store, at, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    out, back = acts
    archive = str(tmp_path / "kept.zip")
    at(full.base.home)
    assert main(["store", out, archive]) == 0
    at(tmp_path / "again")
    assert main(["store", back, archive, "--language", "zh"]) == 0
    said = capsys.readouterr().err.splitlines()
    assert all(hash_of(full) in line for line in said)
    assert "恢复" in said[1] or "导入" in said[1]
    assert main(["store", "migrate"]) == 0


def test_wrong_uses_and_broken_archives_have_their_exit_codes(
    full: Store, at, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    archive = tmp_path / "kept.zip"
    at(tmp_path / "nothing")
    assert main(["store", "backup", str(archive)]) == 2
    assert main(["store", "restore", str(archive)]) == 2
    archive.write_bytes(b"PK")
    assert main(["store", "restore", str(archive)]) == 1
    at(full.base.home)
    assert main(["store", "backup", str(archive)]) == 0
    assert main(["store", "restore", str(archive)]) == 2
    assert main(["store", "backup", str(tmp_path / "no" / "such" / "folder.zip")]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_migrating_makes_a_store_where_there_is_none(at, tmp_path: Path):
    at(tmp_path / "new")
    assert main(["store", "migrate"]) == 0
    assert open_store(tmp_path / "new").submissions.all(ADMINISTRATOR) == ()
