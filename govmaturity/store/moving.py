"""Backup and restore of a whole store, and export and import that know no kind of database."""

from __future__ import annotations

import base64
import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, insert, select

from govmaturity import __version__
from govmaturity.store.archive import ArchiveError, pieces, unpack, writing_archive
from govmaturity.store.base import DATABASE, FILES, Base, open_base
from govmaturity.store.database import tables as t
from govmaturity.store.database.dialect import connect, copy_to, is_sound
from govmaturity.store.database.migrate import reached
from govmaturity.store.errors import RefusedError
from govmaturity.store.files import file_path, is_whole
from govmaturity.store.people import Person, need

# Rows that one statement inserts.
_LOT: Final = 2_000


@dataclass(frozen=True)
class Moved:
    """What was written or read: counts, and one hash of all rows but the audit log's."""

    files: int
    submissions: int
    content_hash: str


def backup(base: Base, person: Person, path: Path) -> Moved:
    """Write the database and all files into one archive, while others go on.

    Raises
    ------
    RefusedError
        If a file that the database names is missing or spoilt: such a backup
        would hide it.
    """
    need(person, "administrator")
    _log(base, person, "backed_up", path)
    with tempfile.TemporaryDirectory(dir=base.home, prefix=".backup-") as folder:
        copy = Path(folder) / DATABASE
        copy_to(base.reader, copy)
        engine = connect(copy)
        try:
            with engine.begin() as connection:
                named = _files(base, connection)
                moved = _moved(connection, named)
                step = reached(connection)
        finally:
            engine.dispose()
        with writing_archive(path, _about("backup", step)) as writer:
            writer.add(DATABASE, pieces(copy))
            for digest in named:
                writer.add(f"{FILES}/{digest[:2]}/{digest}", pieces(base.path_of(digest)))
    return moved


def restore(home: Path, person: Person, path: Path) -> Moved:
    """Bring a backup back into a folder that holds no store.

    The database is moved into its place last: a restore that is cut off
    leaves no store, and can be begun again.

    Raises
    ------
    RefusedError
        If the folder holds a store.
    ArchiveError
        If the backup is not whole.
    """
    need(person, "administrator")
    _refuse_occupied(home)
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".restore-") as folder:
        unpacked = Path(folder)
        unpack(path, unpacked, "backup")
        database = unpacked / DATABASE
        if not database.is_file():
            raise ArchiveError("files_differ", DATABASE)
        engine = connect(database)
        try:
            if not is_sound(engine):
                raise ArchiveError("spoilt", DATABASE)
        finally:
            engine.dispose()
        _take_files(unpacked, home)
        database.replace(home / DATABASE)
    return _after(home, person, "restored", path)


def export(base: Base, person: Person, path: Path) -> Moved:
    """Write every table as JSON lines, and all files: for another kind of database, or for reading.

    Raises RefusedError as `backup` does.
    """
    need(person, "administrator")
    _log(base, person, "exported", path)
    with base.reader.begin() as connection:
        named = _files(base, connection)
        moved = _moved(connection, named)
        with writing_archive(path, _about("export", reached(connection))) as writer:
            for table in t.metadata.sorted_tables:
                writer.add(f"tables/{table.name}.jsonl", _lines(connection, table))
            for digest in named:
                writer.add(f"{FILES}/{digest[:2]}/{digest}", pieces(base.path_of(digest)))
    return moved


def import_(home: Path, person: Person, path: Path) -> Moved:
    """Fill an empty store from an export; all of it, or nothing.

    Raises
    ------
    RefusedError
        If the folder holds a store with anything in it, or the export is of
        another step of the database.
    ArchiveError
        If the export is not whole.
    """
    need(person, "administrator")
    _refuse_occupied(home)
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".import-") as folder:
        unpacked = Path(folder)
        manifest = unpack(path, unpacked, "export")
        base = open_base(unpacked / "made")
        try:
            with base.writer.begin() as connection:
                step = reached(connection)
                if manifest.get("step") != step:
                    raise RefusedError("other_step", found=manifest.get("step"), expected=step)
                for table in t.metadata.sorted_tables:
                    _fill(connection, table, unpacked / "tables" / f"{table.name}.jsonl")
            sound = is_sound(base.reader)
        finally:
            base.reader.dispose()
        if not sound:
            raise ArchiveError("spoilt", "tables")
        _take_files(unpacked, home)
        made = unpacked / "made" / DATABASE
        settled = unpacked / "settled.sqlite"
        engine = connect(made)
        copy_to(engine, settled)
        engine.dispose()
        settled.replace(home / DATABASE)
    return _after(home, person, "imported", path)


def content_hash(connection: Connection) -> str:
    """One hash of all rows, without the audit log, to which moving itself adds."""
    digest = sha256()
    for table in t.metadata.sorted_tables:
        if table.name != "audit":
            digest.update(table.name.encode())
            for line in _lines(connection, table):
                digest.update(line)
    return digest.hexdigest()


def _about(kind: str, step: str | None) -> dict[str, Any]:
    return {"kind": f"govmaturity {kind}", "code_version": __version__, "step": step}


def _log(base: Base, person: Person, action: str, path: Path) -> None:
    with base.writer.begin() as connection:
        base.log(connection, person, action, path.name)


def _after(home: Path, person: Person, action: str, path: Path) -> Moved:
    base = open_base(home)
    try:
        with base.reader.begin() as connection:
            moved = _moved(connection, _files(base, connection))
        _log(base, person, action, path)
    finally:
        base.reader.dispose()
    return moved


def _moved(connection: Connection, named: list[str]) -> Moved:
    submissions = len(connection.execute(select(t.submission.c.id)).all())
    return Moved(len(named), submissions, content_hash(connection))


def _files(base: Base, connection: Connection) -> list[str]:
    """The files that the database names; refuses where one is missing or spoilt."""
    named = sorted(connection.execute(select(t.kept_file.c.hash)).scalars())
    lost = [digest for digest in named if not is_whole(base.files, digest)]
    if lost:
        raise RefusedError("files_lost", n=len(lost), listed=[digest[:12] for digest in lost])
    return named


def _refuse_occupied(home: Path) -> None:
    if (home / DATABASE).exists():
        raise RefusedError("occupied", folder=home.name)


def _take_files(unpacked: Path, home: Path) -> None:
    source = unpacked / FILES
    for path in sorted(source.rglob("*")) if source.is_dir() else ():
        if path.is_file():
            target = file_path(home / FILES, path.name)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, target)


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    keys = list(table.primary_key.columns)
    rows = connection.execution_options(yield_per=_LOT).execute(select(table).order_by(*keys))
    for row in rows.mappings():
        said = {
            name: base64.b64encode(value).decode() if isinstance(value, bytes) else value
            for name, value in row.items()
        }
        yield (json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _fill(connection: Connection, table: Table, path: Path) -> None:
    binary = {column.name for column in table.columns if column.type.python_type is bytes}
    rows: list[dict[str, Any]] = []

    def flush() -> None:
        if rows:
            connection.execute(insert(table), rows)
            rows.clear()

    with path.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            rows.append(
                {name: base64.b64decode(v) if name in binary else v for name, v in row.items()}
            )
            if len(rows) >= _LOT:
                flush()
    flush()
