"""Bring a database to the shape that this version of the product expects."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from govmaturity.store.database.dialect import writing

_STEPS: Final = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> tuple[str | None, str]:
    """Run the steps that are still to be run, all in one transaction.

    Two processes that start at once take turns; the second finds nothing to do.

    Returns
    -------
    tuple of (str or None, str)
        The step that the database had reached before (None: it was new), and
        the one it has reached now.

    Raises
    ------
    LookupError
        If the database has been brought further by a later version of the product.
    """
    with writing(engine).begin() as connection:
        before = reached(connection)
        newest = _newest()
        if before not in (None, *_known()):
            raise LookupError(f"the database is at step {before}, this version knows {newest}")
        if before != newest:
            config = Config()
            config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    return before, newest


def reached(connection: Connection) -> str | None:
    """The last step that a database has gone through; None for a new one."""
    return MigrationContext.configure(connection).get_current_revision()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(_STEPS))


def _known() -> list[str]:
    return [script.revision for script in _scripts().walk_revisions()]


def _newest() -> str:
    newest = _scripts().get_current_head()
    if newest is None:
        raise LookupError(f"no steps in {_STEPS.name}")
    return newest
