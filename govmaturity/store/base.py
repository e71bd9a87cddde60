"""The open store: its database, its folder of files, its clock, and its audit log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import DBAPIError

from govmaturity.store.database import tables as t
from govmaturity.store.database.dialect import connect, writing
from govmaturity.store.database.migrate import migrate
from govmaturity.store.files import file_path, keep_file
from govmaturity.store.people import Person

DATABASE: Final = "store.sqlite"
FILES: Final = "files"


def now() -> str:
    """The time in UTC, to the millisecond."""
    return as_kept(datetime.now(UTC))


def as_kept(at: datetime) -> str:
    """A time as the store writes it: UTC, to the millisecond.

    Examples
    --------
    >>> as_kept(datetime.fromisoformat("2025-01-01T00:00+08:00"))
    '2024-12-31T16:00:00.000Z'
    """
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True)
class Base:
    """What every part of the service layer works on.

    `reader` and `writer` are the same database: a transaction of the writer
    keeps other writers out from its first line on, so that what it has read
    is still so when it writes.
    """

    home: Path
    reader: Engine
    clock: Callable[[], str] = field(default=now)

    @property
    def writer(self) -> Engine:
        return writing(self.reader)

    @property
    def files(self) -> Path:
        return self.home / FILES

    def keep(self, content: bytes) -> str:
        """Put a file into the folder; call it before the transaction that refers to it."""
        return keep_file(self.files, content)

    def path_of(self, digest: str) -> Path:
        return file_path(self.files, digest)

    def name_file(self, connection: Connection, digest: str) -> None:
        """Note a kept file in the database, so that others can refer to it."""
        known = select(t.kept_file.c.hash).where(t.kept_file.c.hash == digest)
        if connection.execute(known).first() is None:
            size = self.path_of(digest).stat().st_size
            row = {"hash": digest, "size": size, "at": self.clock()}
            connection.execute(insert(t.kept_file).values(row))

    def by(self, person: Person) -> dict[str, str]:
        """Who and when, for the columns of a row."""
        return {"by": person.id, "by_name": person.name, "at": self.clock()}

    def log(
        self,
        connection: Connection,
        person: Person,
        action: str,
        subject: str,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """Write what was done into the audit log, in the transaction that does it."""
        row = self.by(person) | {
            "action": action,
            "subject": subject,
            "details": dict(details or {}),
        }
        connection.execute(insert(t.audit).values(row))


def open_base(home: Path, clock: Callable[[], str] = now) -> Base:
    """Open the store of a folder, making or migrating its database where needed.

    Raises
    ------
    LookupError
        If a later version of the product has used it.
    OSError
        If the folder cannot be written, or its database cannot be read.
    """
    home.mkdir(parents=True, exist_ok=True)
    engine = connect(home / DATABASE)
    try:
        migrate(engine)
    except DBAPIError as fault:
        raise OSError(f"{DATABASE}: {fault.orig}") from fault
    return Base(home, engine, clock)
