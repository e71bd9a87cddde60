"""The database: its shape comes from the steps, and what has happened cannot be changed."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from govmaturity.store.base import open_base
from govmaturity.store.database import tables as t
from govmaturity.store.database.migrate import migrate
from govmaturity.store.service import Store
from tests.store.making import TIANHE, approve, send


def test_the_steps_make_the_tables_that_the_code_expects(store: Store):
    with store.base.reader.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, t.metadata) == []


def test_a_second_migration_finds_nothing_to_do(store: Store):
    before, after = migrate(store.base.reader)
    assert before == after


def test_a_database_of_a_later_version_is_refused(store: Store):
    with store.base.writer.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(LookupError, match="9999"):
        open_base(store.base.home)


@pytest.mark.parametrize("table", sorted(t.APPEND_ONLY))
def test_what_has_happened_cannot_be_changed_or_deleted(table: str, store: Store):
    with store.base.reader.connect() as connection:
        found = set(connection.execute(sa.text("SELECT name FROM sqlite_master")).scalars())
    assert {f"{table}_no_update", f"{table}_no_delete"} <= found


def test_the_database_refuses_every_way_of_rewriting_history(store: Store):
    send(store, {TIANHE: {"a": 10, "b": 20, "r": 2, "people": 5}})
    approve(store, TIANHE)
    for statement in (
        "UPDATE revision_value SET value = 99",
        "DELETE FROM revision",
        "DELETE FROM decision",
        "UPDATE audit SET by = 'nobody'",
        "INSERT OR REPLACE INTO revision_value SELECT * FROM revision_value",
    ):
        refused = pytest.raises(sa.exc.IntegrityError, match="append-only")
        with refused, store.base.writer.begin() as connection:
            connection.execute(sa.text(statement))


def test_writers_take_turns_and_readers_do_not_wait(store: Store, tmp_path: Path):
    with store.base.writer.begin() as writing:
        writing.execute(
            sa.insert(t.audit).values(
                by="x", by_name="x", at="now", action="x", subject="x", details={}
            )
        )
        with store.base.reader.begin() as reading:
            assert reading.execute(sa.select(t.audit)).all() == []
