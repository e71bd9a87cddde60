"""A release as the database knows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, select

from govmaturity.store.database import tables as t
from govmaturity.store.errors import NotFoundError
from govmaturity.store.figures import Key
from govmaturity.store.package import Label, citation
from govmaturity.texts import Language

SIMULATED_ID: Final = "SIMULATED-"


@dataclass(frozen=True)
class Release:
    """A published frozen set.

    `content_hash` is the SHA-256 of its values, units, decisions, framework
    and code version; `published_by` is a name.
    """

    id: str
    number: int
    framework: str
    version: str
    periods: tuple[str, ...]
    title: Mapping[Language, str]
    note: str
    licence: str
    published_at: str
    published_by: str
    code_version: str
    content_hash: str

    @property
    def is_simulated(self) -> bool:
        """Whether its values are simulated: then its id says so."""
        return self.id.startswith(SIMULATED_ID)

    @property
    def date(self) -> str:
        """The day it was published, UTC, like 2026-11-25."""
        return self.published_at[:10]

    @property
    def label(self) -> Label:
        return Label(
            self.id,
            self.title,
            self.note,
            self.licence,
            self.published_at,
            self.code_version,
            self.content_hash,
        )

    def citation(self, language: Language) -> str:
        """How to cite it."""
        return citation(self.label, language)


@dataclass(frozen=True)
class ReleaseFile:
    """One file of a release, and where its bytes lie; its name there is its hash."""

    name: str
    hash: str
    size: int
    media_type: str
    path: Path


def held_revisions(connection: Connection, release: str) -> dict[Key, int]:
    """The revisions that a release holds, by unit and period."""
    asked = (
        select(t.submission.c.unit, t.submission.c.period, t.revision.c.id)
        .join(t.revision, t.revision.c.submission_id == t.submission.c.id)
        .join(t.release_revision, t.release_revision.c.revision_id == t.revision.c.id)
        .where(t.release_revision.c.release_id == release)
    )
    return {(unit, period): id_ for unit, period, id_ in connection.execute(asked)}


def held_units(connection: Connection, release: str) -> dict[str, dict[str, Any]]:
    """What was known of its units on the day of a release, by id in order."""
    table = t.release_unit
    asked = (
        select(table.c.unit, table.c.about)
        .where(table.c.release_id == release)
        .order_by(table.c.unit)
    )
    return {unit: dict(about) for unit, about in connection.execute(asked)}


def fingerprint_of_release(connection: Connection, id_: str) -> str:
    """The fingerprint of its framework. Raises NotFoundError where there is no such release."""
    found = connection.execute(
        select(t.release.c.fingerprint).where(t.release.c.id == id_)
    ).scalar()
    if found is None:
        raise NotFoundError("release", id_)
    return found


def release_of(row: Any) -> Release:
    """A row of the table `release`."""
    return Release(
        row.id,
        row.number,
        row.framework,
        row.version,
        tuple(row.periods),
        {"zh": row.title_zh, "en": row.title_en},
        row.note,
        row.licence,
        row.at,
        row.by_name,
        row.code_version,
        row.content_hash,
    )
