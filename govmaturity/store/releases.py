"""Releases: approved values frozen, published under a name, and never changed."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import pandas as pd
from sqlalchemy import select

from govmaturity.framework.model import Framework
from govmaturity.scoring import Scores
from govmaturity.store.base import Base
from govmaturity.store.database import tables as t
from govmaturity.store.difference import Difference, difference_of
from govmaturity.store.errors import NotFoundError
from govmaturity.store.figures import as_values
from govmaturity.store.frameworks import framework_text, kept_framework
from govmaturity.store.frozen import freeze, values_in_force
from govmaturity.store.people import ROLES, Person, need
from govmaturity.store.preview import Preview, preview
from govmaturity.store.publishing import publish
from govmaturity.store.release import (
    Release,
    ReleaseFile,
    fingerprint_of_release,
    held_revisions,
    held_units,
    release_of,
)
from govmaturity.store.rescoring import count_differing
from govmaturity.texts import Language
from govmaturity.values.table import Values

LATEST: Final = "latest"


@dataclass(frozen=True)
class Soundness:
    """What a check of a release found.

    content : bool
        Whether values, units, decisions and framework still give the hash that was published.
    spoilt : tuple of str
        Files that are missing or whose bytes have another hash than was published.
    """

    content: bool
    spoilt: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        return self.content and not self.spoilt


@dataclass(frozen=True)
class Step:
    """A release against the one before of the same framework, counted in units and periods.

    added, renewed, same, gone : new in it, with another revision, with the
        same one, and only in the one before (empty for the first).
    """

    release: Release
    before: str
    added: int
    renewed: int
    same: int
    gone: int

    @property
    def held(self) -> int:
        """How many units and periods it holds."""
        return self.added + self.renewed + self.same


class Releases:
    """Published by administrators, read by everybody."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def publish(
        self,
        person: Person,
        framework: str,
        version: str,
        periods: Collection[str],
        *,
        title: Mapping[Language, str],
        licence: str,
        note: str = "",
    ) -> Release:
        """Freeze what is approved now, and publish it (see `publishing.publish`)."""
        return publish(
            self._base,
            person,
            framework,
            version,
            periods,
            title=title,
            licence=licence,
            note=note,
        )

    def all(self, person: Person, framework: str | None = None) -> tuple[Release, ...]:
        """All releases, the latest first."""
        need(person, *ROLES)
        asked = select(t.release).order_by(t.release.c.at.desc(), t.release.c.number.desc())
        if framework is not None:
            asked = asked.where(t.release.c.framework == framework)
        with self._base.reader.begin() as connection:
            return tuple(release_of(row) for row in connection.execute(asked))

    def steps(self, person: Person, framework: str) -> tuple[Step, ...]:
        """The releases of a framework, the latest first, each against the one before."""
        found = self.all(person, framework)
        with self._base.reader.begin() as connection:
            held = {one.id: held_revisions(connection, one.id) for one in found}
        steps = []
        for place, one in enumerate(found):
            earlier = found[place + 1] if place + 1 < len(found) else None
            before = held[earlier.id] if earlier else {}
            now = held[one.id]
            both = now.keys() & before.keys()
            same = sum(now[key] == before[key] for key in both)
            steps.append(
                Step(
                    one,
                    earlier.id if earlier else "",
                    len(now) - len(both),
                    len(both) - same,
                    same,
                    len(before) - len(both),
                )
            )
        return tuple(steps)

    def get(self, person: Person, id_: str) -> Release:
        """One release; `latest` is the newest, `<framework>-latest` the newest of a framework.

        Simulated values are the latest only where there are no others. Raises
        NotFoundError.
        """
        framework = None
        if id_ != LATEST:
            found = next((one for one in self.all(person) if one.id == id_), None)
            if found is not None:
                return found
            if not id_.endswith(f"-{LATEST}"):
                raise NotFoundError("release", id_)
            framework = id_.removesuffix(f"-{LATEST}")
        newest = sorted(self.all(person, framework), key=lambda one: one.is_simulated)
        if not newest:
            raise NotFoundError("release", id_)
        return newest[0]

    def framework(self, person: Person, id_: str) -> Framework:
        """The framework that a release was scored by."""
        need(person, *ROLES)
        with self._base.reader.begin() as connection:
            return kept_framework(connection, fingerprint_of_release(connection, id_))

    def values(self, person: Person, id_: str) -> Values:
        """The values that a release holds."""
        need(person, *ROLES)
        with self._base.reader.begin() as connection:
            fingerprint_of_release(connection, id_)
            return as_values(values_in_force(connection, held_revisions(connection, id_)))

    def units(self, person: Person, id_: str) -> dict[str, dict[str, Any]]:
        """What was known of its units on the day of a release, by id: names, whether assessed."""
        need(person, *ROLES)
        with self._base.reader.begin() as connection:
            return held_units(connection, id_)

    def files(self, person: Person, id_: str) -> tuple[ReleaseFile, ...]:
        """The files of a release, by name."""
        need(person, *ROLES)
        table = t.release_file
        asked = (
            select(table, t.kept_file.c.size)
            .join(t.kept_file, t.kept_file.c.hash == table.c.file_hash)
            .where(table.c.release_id == id_)
            .order_by(table.c.name)
        )
        with self._base.reader.begin() as connection:
            rows = connection.execute(asked).all()
        return tuple(
            ReleaseFile(
                row.name, row.file_hash, row.size, row.media_type, self._base.path_of(row.file_hash)
            )
            for row in rows
        )

    def file(self, person: Person, id_: str, name: str) -> ReleaseFile:
        """One file of a release. Raises NotFoundError."""
        found = next((one for one in self.files(person, id_) if one.name == name), None)
        if found is None:
            raise NotFoundError("file", f"{id_}/{name}")
        return found

    def difference(self, person: Person, old: str, new: str) -> Difference:
        """Compare what two releases published, value by value and score by score."""
        before, after = self.get(person, old), self.get(person, new)
        tables = [
            {name: self.file(person, one.id, f"{name}.parquet") for name in ("values", "scores")}
            for one in (before, after)
        ]
        same = (before.framework, before.version) == (after.framework, after.version)
        return difference_of(tables[0], tables[1], same)

    def check(self, person: Person, id_: str) -> Soundness:
        """Work out anew what a release promises: its content hash, and the hash of each file.

        Raises NotFoundError.
        """
        spoilt = [
            one.name
            for one in self.files(person, id_)
            if not one.path.is_file() or sha256(one.path.read_bytes()).hexdigest() != one.hash
        ]
        return Soundness(self.is_sound(id_), tuple(spoilt))

    def preview(
        self, person: Person, framework: str, version: str, periods: Collection[str]
    ) -> Preview:
        """What `publish` would make now (see `preview.preview`)."""
        return preview(self._base, person, framework, version, periods)

    def rescored(self, person: Person, id_: str, scores: Scores) -> int:
        """Count the scores that differ from those that a release published.

        Parameters
        ----------
        scores : Scores
            Of its values, by its framework, made by this version of the program.

        Returns
        -------
        int
            Of units, periods and nodes: those whose scores differ by more than
            what adding in another order does, or that have one on one side only.
        """
        content = self.file(person, id_, "scores.parquet").path.read_bytes()
        return count_differing(pd.read_parquet(io.BytesIO(content)), scores)

    def is_sound(self, id_: str) -> bool:
        """Whether a release still holds what its content hash promises, scored anew or not.

        Raises NotFoundError.
        """
        with self._base.reader.begin() as connection:
            fingerprint = fingerprint_of_release(connection, id_)
            row = connection.execute(select(t.release).where(t.release.c.id == id_)).one()
            frozen = freeze(
                connection,
                kept_framework(connection, fingerprint),
                framework_text(connection, fingerprint),
                held_revisions(connection, id_),
                row.code_version,
                held_units(connection, id_),
            )
        return frozen.content_hash == row.content_hash
