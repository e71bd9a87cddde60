"""`store`: back up, restore, export, import and migrate what is kept in `GOVMATURITY_HOME`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from govmaturity.commands.errors import FaultError, UsageError
from govmaturity.store.archive import ArchiveError
from govmaturity.store.base import DATABASE, Base, open_base
from govmaturity.store.database.dialect import connect
from govmaturity.store.database.migrate import migrate
from govmaturity.store.errors import RefusedError
from govmaturity.store.moving import Moved, backup, export, import_, restore
from govmaturity.store.people import Person
from govmaturity.store.uploads import working_directory
from govmaturity.texts import Language, say

# Whoever may run commands on the machine may read the files there anyway.
_COMMAND: Final = Person("command-line", "command line", frozenset({"administrator"}), None)


def run(chosen: argparse.Namespace) -> None:
    """Do one of the five, and say what was done and the hash of what the store holds."""
    language: Language = chosen.language
    home = working_directory()
    try:
        if chosen.act == "migrate":
            print(_migrated(home, language), file=sys.stderr)
            return
        moved = _move(home, chosen.act, chosen.file, language)
    except LookupError as fault:
        raise UsageError(say("store.later_version", language, reason=fault)) from None
    except ArchiveError as fault:
        told = say(f"store.archive_{fault.code}", language, file=chosen.file, found=fault.found)
        raise FaultError([told]) from None
    except RefusedError as fault:
        if fault.code == "occupied":
            raise UsageError(fault.message(language)) from None
        raise FaultError([fault.message(language)]) from None
    print(
        say(
            f"store.done_{chosen.act}",
            language,
            file=chosen.file,
            submissions=moved.submissions,
            files=moved.files,
            hash=moved.content_hash,
        ),
        file=sys.stderr,
    )


def _move(home: Path, act: str, file: Path, language: Language) -> Moved:
    if act in ("restore", "import"):
        if not file.is_file():
            raise UsageError(say("store.no_such_file", language, file=file))
        return (restore if act == "restore" else import_)(home, _COMMAND, file)
    if not (home / DATABASE).is_file():
        raise UsageError(say("store.no_store", language, folder=home))
    base = open_base(home)
    try:
        write: Callable[[Base, Person, Path], Moved] = backup if act == "backup" else export
        return write(base, _COMMAND, file)
    finally:
        base.reader.dispose()


def _migrated(home: Path, language: Language) -> str:
    home.mkdir(parents=True, exist_ok=True)
    engine = connect(home / DATABASE)
    try:
        before, after = migrate(engine)
    finally:
        engine.dispose()
    if before == after:
        return say("store.migrated_already", language, step=after)
    return say("store.migrated", language, before=before or "-", step=after)
