"""Publish a release: freeze what is approved now, and write it down once."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select

from govmaturity import __version__
from govmaturity.store.base import Base
from govmaturity.store.database import tables as t
from govmaturity.store.errors import RefusedError
from govmaturity.store.figures import Key
from govmaturity.store.frameworks import fingerprint_of, framework_text, kept_framework
from govmaturity.store.frozen import Frozen, freeze
from govmaturity.store.package import files_of, media_type
from govmaturity.store.people import Person, need
from govmaturity.store.release import SIMULATED_ID, Release
from govmaturity.store.states import submissions
from govmaturity.store.unit_changes import known_units
from govmaturity.texts import Language

_NOT_IN_IDS: Final = re.compile(r"[^A-Za-z0-9._-]+")


def publish(
    base: Base,
    person: Person,
    framework: str,
    version: str,
    periods: Collection[str],
    *,
    title: Mapping[Language, str],
    licence: str,
    note: str = "",
) -> Release:
    """Freeze what is approved now, and publish it.

    Parameters
    ----------
    person : Person
        An administrator.
    framework, version : str
    periods : collection of str
    title : mapping of language to str
        In both languages.
    licence : str
        Its SPDX name, such as `CC-BY-4.0`.
    note : str
        What a reader should know.

    Raises
    ------
    RefusedError
        If nothing is approved, or the title or the licence is missing.
    """
    need(person, "administrator")
    if not all(title.get(language, "").strip() for language in ("zh", "en")):
        raise RefusedError("title_missing")
    if not licence.strip():
        raise RefusedError("licence_missing")
    with base.writer.begin() as connection:
        approved = _approved(connection, framework, version, periods)
        fingerprint = fingerprint_of(connection, framework, version)
        if not approved or fingerprint is None:
            raise RefusedError("nothing_approved", framework=framework, version=version)
        frozen = freeze(
            connection,
            kept_framework(connection, fingerprint),
            framework_text(connection, fingerprint),
            approved,
            known=known_units(connection, base.clock()),
        )
        made = Release(
            *_next_id(connection, framework, version, frozen.is_simulated),
            framework,
            version,
            frozen.periods,
            {"zh": title["zh"].strip(), "en": title["en"].strip()},
            note.strip(),
            licence.strip(),
            base.clock(),
            person.name,
            __version__,
            frozen.content_hash,
        )
        _write(base, connection, person, made, frozen, fingerprint)
    return made


def _write(
    base: Base,
    connection: Connection,
    person: Person,
    made: Release,
    frozen: Frozen,
    fingerprint: str,
) -> None:
    row = {
        "id": made.id,
        "number": made.number,
        "framework": made.framework,
        "version": made.version,
        "fingerprint": fingerprint,
        "periods": list(made.periods),
        "title_zh": made.title["zh"],
        "title_en": made.title["en"],
        "note": made.note,
        "licence": made.licence,
        "by": person.id,
        "by_name": person.name,
        "at": made.published_at,
        "code_version": made.code_version,
        "content_hash": made.content_hash,
    }
    connection.execute(insert(t.release).values(row))
    held = [{"release_id": made.id, "revision_id": id_} for id_ in frozen.revisions.values()]
    connection.execute(insert(t.release_revision), held)
    units: list[dict[str, Any]] = [
        {"release_id": made.id, "unit": unit, "about": dict(about)}
        for unit, about in frozen.units.items()
    ]
    connection.execute(insert(t.release_unit), units)
    files = []
    for name, content in files_of(frozen, made.label).items():
        digest = base.keep(content)
        base.name_file(connection, digest)
        files.append(
            {
                "release_id": made.id,
                "name": name,
                "file_hash": digest,
                "media_type": media_type(name),
            }
        )
    connection.execute(insert(t.release_file), files)
    details = {"content": made.content_hash, "submissions": len(held)}
    base.log(connection, person, "released", made.id, details)


def _approved(
    connection: Connection, framework: str, version: str, periods: Collection[str]
) -> dict[Key, int]:
    return {
        (one.unit, one.period): one.approved
        for one in submissions(connection, framework, version, periods)
        if one.approved is not None
    }


def _next_id(
    connection: Connection, framework: str, version: str, is_simulated: bool
) -> tuple[str, int]:
    """The id names what it is; files are saved under it, so simulated data say so in it."""
    table = t.release
    asked = select(func.max(table.c.number)).where(
        table.c.framework == framework, table.c.version == version
    )
    number = (connection.execute(asked).scalar() or 0) + 1
    mark = SIMULATED_ID if is_simulated else ""
    return _NOT_IN_IDS.sub("-", f"{mark}{framework}-{version}-r{number}"), number
