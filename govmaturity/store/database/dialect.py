"""What only SQLite understands: how it is opened, how it locks, what it refuses to change.

The one place to look at when another database is to be used: everything else
speaks through SQLAlchemy.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event

# What a statement may wait for another process that writes, in milliseconds.
_PATIENCE: Final = 30_000
_WRITES: Final = "govmaturity_writes"


def connect(file: Path) -> Engine:
    """Open a database file: write-ahead log, foreign keys, and patience with other writers.

    A transaction is begun by us and not by the driver, which would begin it at
    the first change only: two writers could then read the same state, and one
    of them fail when it writes.
    """
    engine = create_engine(f"sqlite:///{file}")

    @event.listens_for(engine, "connect")
    def _open(connection: SqliteConnection, _: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for setting in (
            f"busy_timeout = {_PATIENCE}",
            "journal_mode = WAL",
            # A commit is on the disk before anybody is told of it.
            "synchronous = FULL",
            "foreign_keys = ON",
            # Else INSERT OR REPLACE would delete rows past the triggers below.
            "recursive_triggers = ON",
        ):
            cursor.execute(f"PRAGMA {setting}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def writing(engine: Engine) -> Engine:
    """The same database for transactions that change it: only one at a time gets through."""
    return engine.execution_options(**{_WRITES: True})


def append_only(tables: Iterable[str]) -> tuple[str, ...]:
    """Statements that make a database refuse to change or delete rows of these tables."""
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table in tables
        for verb in ("update", "delete")
    )


def copy_to(engine: Engine, file: Path) -> None:
    """Write a whole and settled copy of the database, while others go on using it."""
    connection = engine.raw_connection()  # such a copy cannot be made inside a transaction
    try:
        connection.cursor().execute("VACUUM INTO ?", (str(file),))
    finally:
        connection.close()


def is_sound(engine: Engine) -> bool:
    """Whether the database finds itself whole, and every reference leads somewhere."""
    with engine.connect() as connection:
        whole = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
        loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return whole and not loose
