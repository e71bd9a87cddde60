"""What shows that a value is right: files and links, given by officials, read by reviewers."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy import Connection, insert, select

from govmaturity.store.base import Base
from govmaturity.store.database import tables as t
from govmaturity.store.errors import NotFoundError, RefusedError
from govmaturity.store.people import Person, need
from govmaturity.store.states import Submission, submission

MAX_BYTES: Final = 20_000_000
MAX_FILES: Final = 200
_LONGEST_LINK: Final = 2_000
# By content and never by name; short on purpose: what cannot run, and can be read.
_STARTS: Final = {
    b"%PDF-": ("application/pdf", ("pdf",)),
    b"\x89PNG\r\n\x1a\n": ("image/png", ("png",)),
    b"\xff\xd8\xff": ("image/jpeg", ("jpg", "jpeg")),
}
_IN_ZIP: Final = {
    "word/document.xml": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ("docx",),
    ),
    "xl/workbook.xml": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ("xlsx",),
    ),
    "OFD.xml": ("application/ofd", ("ofd",)),
}
KINDS: Final = ("pdf", "png", "jpg", "docx", "xlsx", "ofd")


@dataclass(frozen=True)
class Evidence:
    """One file or link. Exactly one of `file_hash` and `link` is there."""

    id: int
    indicator: str
    name: str
    media_type: str
    file_hash: str | None
    link: str | None
    by_name: str
    at: str


class Evidences:
    """Evidence for the values of a submission, while it is open."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def add_file(
        self, person: Person, submission_id: int, indicator: str, content: bytes, name: str
    ) -> Evidence:
        """Keep a file as evidence.

        Raises
        ------
        RefusedError
            If it is empty, larger than 20 MB, or not one of `KINDS` by its
            content and its name alike, or if there are too many already.
        """
        media_type = kind_of(content, name)
        digest = self._base.keep(content)
        return self._add(person, submission_id, indicator, name, media_type, digest, None)

    def add_link(self, person: Person, submission_id: int, indicator: str, link: str) -> Evidence:
        """Keep a link as evidence; nothing is fetched from it."""
        address = link.strip()
        if not _is_link(address):
            raise RefusedError("bad_link")
        return self._add(person, submission_id, indicator, address, "", None, address)

    def _add(
        self,
        person: Person,
        submission_id: int,
        indicator: str,
        name: str,
        media_type: str,
        digest: str | None,
        link: str | None,
    ) -> Evidence:
        with self._base.writer.begin() as connection:
            found = _open(connection, person, submission_id)
            if len(_all(connection, found.id)) >= MAX_FILES:
                raise RefusedError("too_much_evidence", most=MAX_FILES)
            if digest is not None:
                self._base.name_file(connection, digest)
            by = self._base.by(person)
            row = by | {
                "submission_id": found.id,
                "indicator": indicator,
                "file_hash": digest,
                "link": link,
                "name": name,
                "media_type": media_type,
            }
            made = connection.execute(insert(t.evidence).values(row)).inserted_primary_key
            details = {"indicator": indicator, "file": digest, "link": link}
            self._base.log(connection, person, "evidence", f"submission {found.id}", details)
        id_ = int(made[0]) if made else 0
        return Evidence(id_, indicator, name, media_type, digest, link, by["by_name"], by["at"])

    def withdraw(self, person: Person, submission_id: int, evidence_id: int) -> None:
        """Take evidence back; that it was given stays in the record."""
        with self._base.writer.begin() as connection:
            found = _open(connection, person, submission_id)
            given = {one.id: one for one in _all(connection, found.id)}
            if evidence_id not in given:
                raise NotFoundError("file", evidence_id)
            one = given[evidence_id]
            row = self._base.by(person) | {
                "submission_id": found.id,
                "indicator": one.indicator,
                "name": one.name,
                "media_type": one.media_type,
                "withdraws": evidence_id,
            }
            connection.execute(insert(t.evidence).values(row))
            details = {"evidence": evidence_id}
            self._base.log(connection, person, "withdrew", f"submission {found.id}", details)

    def all(self, person: Person, submission_id: int) -> tuple[Evidence, ...]:
        """The evidence of a submission that was not taken back."""
        with self._base.reader.begin() as connection:
            _visible(connection, person, submission_id)
            return _all(connection, submission_id)

    def content(self, person: Person, submission_id: int, evidence_id: int) -> bytes:
        """A file as it was given: to be handed on as a download, and never shown in a page."""
        given = {one.id: one for one in self.all(person, submission_id)}
        one = given.get(evidence_id)
        if one is None or one.file_hash is None:
            raise NotFoundError("file", evidence_id)
        return self._base.path_of(one.file_hash).read_bytes()


def kind_of(content: bytes, name: str) -> str:
    """The media type of a file by its content; refuses what is not on the short list.

    Examples
    --------
    >>> kind_of(b"%PDF-1.7 ...", "report.pdf")
    'application/pdf'
    """
    if not content:
        raise RefusedError("evidence_empty", file=name)
    if len(content) > MAX_BYTES:
        raise RefusedError("evidence_large", file=name, most=MAX_BYTES // 1_000_000)
    ending = name.rsplit(".", 1)[-1].lower()
    for start, (media_type, endings) in _STARTS.items():
        if content.startswith(start) and ending in endings:
            return media_type
    if content.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(BytesIO(content)) as zipped:
                names = set(zipped.namelist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            names = set()
        has_macros = any(one.lower().endswith("vbaproject.bin") for one in names)
        for inside, (media_type, endings) in _IN_ZIP.items():
            if inside in names and ending in endings and not has_macros:
                return media_type
    raise RefusedError("evidence_kind", file=name, listed=KINDS)


def _is_link(address: str) -> bool:
    if len(address) > _LONGEST_LINK or any(not char.isprintable() for char in address):
        return False
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and parts.username is None


def _open(connection: Connection, person: Person, id_: int) -> Submission:
    found = submission(connection, id_)
    need(person, "official", units=[found.unit])
    if not found.is_open:
        raise RefusedError("closed", listed=[f"{found.unit} {found.period}"])
    return found


def _visible(connection: Connection, person: Person, id_: int) -> None:
    if not person.sees(submission(connection, id_).unit):
        raise NotFoundError("submission", id_)


def _all(connection: Connection, submission_id: int) -> tuple[Evidence, ...]:
    table = t.evidence
    rows = connection.execute(
        select(table).where(table.c.submission_id == submission_id).order_by(table.c.id)
    ).all()
    gone = {row.withdraws for row in rows}
    return tuple(
        Evidence(
            row.id,
            row.indicator,
            row.name,
            row.media_type,
            row.file_hash,
            row.link,
            row.by_name,
            row.at,
        )
        for row in rows
        if row.withdraws is None and row.id not in gone
    )
