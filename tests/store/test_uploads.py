"""Kept uploads: by content, whole or not there, never outside their folder."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from govmaturity.store import uploads
from govmaturity.store.uploads import Upload, find, forget, keep, working_directory

CONTENT = b"code,a\n440103,10\n"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("GOVMATURITY_HOME", str(folder))
    return folder


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_is_kept_is_found_as_it_was(home: Path):
    kept = keep(CONTENT, "数据.csv", "small", skips_faulty=True)
    assert kept.id == sha256(CONTENT).hexdigest()
    assert find(kept.id) == Upload(kept.id, "数据.csv", "small", CONTENT, True)


def test_the_same_content_has_the_same_id_and_the_last_word_counts():
    first = keep(CONTENT, "a.csv", "small")
    second = keep(CONTENT, "b.csv", "other", skips_faulty=True)
    assert first.id == second.id
    assert find(first.id) == second
    assert keep(CONTENT + b"\n", "a.csv", "small").id != first.id


def test_an_upload_outlives_the_process(home: Path):
    code = (
        "from govmaturity.store.uploads import keep;"
        f"print(keep({CONTENT!r}, 'a.csv', 'small').id, end='')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "GOVMATURITY_HOME": str(home)},
    )
    found = find(ran.stdout.decode())
    assert found is not None
    assert found.content == CONTENT


def test_what_is_forgotten_is_gone_with_its_file(home: Path):
    kept = keep(CONTENT, "a.csv", "small")
    other = keep(b"other", "b.csv", "small")
    forget(kept.id)
    assert find(kept.id) is None
    assert not any(CONTENT in path.read_bytes() for path in files(home))
    assert find(other.id) == other
    forget(kept.id)


BAD_IDS = [
    "",
    "x",
    "..",
    "../../etc/passwd",
    "/etc/passwd",
    "A" * 64,
    "g" * 64,
    "0" * 63,
    "0" * 65,
    "0" * 64 + "\n",
    "0" * 32 + "/../" + "0" * 28,
    "\0" * 64,
    "０" * 64,
]


@pytest.mark.parametrize("id_", BAD_IDS)
def test_what_is_no_id_finds_and_deletes_nothing(id_: str, home: Path):
    home.mkdir()
    (home / "about.json").write_text("{}")
    (home / "content").write_text("secret")
    keep(CONTENT, "a.csv", "small")
    before = files(home)
    assert find(id_) is None
    forget(id_)
    assert files(home) == before


def test_an_id_that_nobody_kept_finds_nothing():
    assert find("0" * 64) is None


@pytest.mark.parametrize("name", ["../../evil", "/etc/passwd", "a\0b", "a" * 5000, "", "=1+1"])
def test_a_name_is_never_a_path(name: str, home: Path):
    kept = keep(CONTENT, name, "small")
    assert all((home / "uploads" / kept.id) == path.parent for path in files(home))
    assert {path.name for path in files(home)} == {"content", "about.json"}
    found = find(kept.id)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("content", [b"", b"\0", b"x" * 1_000_000])
def test_any_bytes_are_kept(content: bytes):
    found = find(keep(content, "a", "small").id)
    assert found is not None
    assert found.content == content


@pytest.mark.parametrize("stops_at", [1, 2])
def test_an_interrupted_write_leaves_nothing_that_can_be_found(
    stops_at: int, home: Path, monkeypatch: pytest.MonkeyPatch
):
    calls = 0

    def fail(handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls == stops_at:
            raise OSError("disk full")

    monkeypatch.setattr(uploads.os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        keep(CONTENT, "a.csv", "small")
    assert find(sha256(CONTENT).hexdigest()) is None
    assert not [path for path in files(home) if path.name.startswith(".part-")]
    assert keep(CONTENT, "a.csv", "small") == find(sha256(CONTENT).hexdigest())


def test_an_interrupted_second_write_leaves_the_first_whole(monkeypatch: pytest.MonkeyPatch):
    first = keep(CONTENT, "a.csv", "small")

    def fail(handle: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(uploads.os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        keep(CONTENT, "b.csv", "small")
    assert find(first.id) == first


def test_the_folder_is_the_settings_or_the_projects(home: Path, monkeypatch: pytest.MonkeyPatch):
    assert working_directory() == home
    for nothing in (None, ""):
        if nothing is None:
            monkeypatch.delenv("GOVMATURITY_HOME")
        else:
            monkeypatch.setenv("GOVMATURITY_HOME", nothing)
        assert working_directory() == ROOT / ".govmaturity"


def test_corrections_are_kept_and_change_the_version_but_not_the_id():
    plain = uploads.keep(b"a,b\n", "a.csv", "f")
    assert plain.version == plain.id
    typed = uploads.keep(b"a,b\n", "a.csv", "f", corrections=[("", "B2", "42.5")])
    assert (typed.id, uploads.find(typed.id)) == (plain.id, typed)
    assert typed.corrections == (("", "B2", "42.5"),)
    other = uploads.keep(b"a,b\n", "a.csv", "f", corrections=[("", "B2", "42")])
    assert len({plain.version, typed.version, other.version}) == 3
