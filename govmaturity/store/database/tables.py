"""The tables of the store.

What has happened is never changed: `APPEND_ONLY` tables refuse it. The state
of a submission is its latest decision. Times are UTC in ISO 8601; persons are
named by their id, and by the name they had then.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata: Final = MetaData()


def _key(name: str = "id") -> Column[int]:
    return Column(name, Integer, primary_key=True, autoincrement=True)


def _to(name: str, target: str, *, key: bool = False) -> Column[int]:
    return Column(name, ForeignKey(target), nullable=False, primary_key=key)


def _text(name: str, *, unique: bool = False) -> Column[str]:
    return Column(name, Text, nullable=False, unique=unique)


def _by() -> tuple[Column[str], ...]:
    """Who, as an id and as a name, and when."""
    return _text("by"), _text("by_name"), _text("at")


framework_text: Final = Table(
    "framework_text",
    metadata,
    Column("fingerprint", Text, primary_key=True),
    _text("framework"),
    _text("version"),
    _text("text"),
    _text("at"),
    UniqueConstraint("framework", "version"),
)

kept_file: Final = Table(
    "kept_file",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    _text("at"),
)

# One framework version and period for which units have to send their values.
collection: Final = Table(
    "collection",
    metadata,
    _key(),
    _text("framework"),
    _text("version"),
    _text("period"),
    Column("due", Text),
    Column("is_locked", Boolean, nullable=False),
    Column("units", JSON, nullable=False),
    UniqueConstraint("framework", "version", "period"),
)

# What has been prepared and not yet acknowledged: the only rows that may go.
draft: Final = Table(
    "draft",
    metadata,
    Column("id", Text, primary_key=True),
    *_by(),
    Column("units", JSON, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

receipt: Final = Table(
    "receipt",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    *_by(),
    Column("file_hash", ForeignKey("kept_file.hash"), nullable=False, index=True),
    _text("file_name"),
    Column("fingerprint", ForeignKey("framework_text.fingerprint"), nullable=False),
    # Compressed JSON: of a whole country it names every value once.
    Column("content", LargeBinary, nullable=False),
)

receipt_issue: Final = Table(
    "receipt_issue",
    metadata,
    _key(),
    Column("receipt_id", ForeignKey("receipt.id"), nullable=False, index=True),
    _text("severity"),
    _text("code"),
    _text("sheet"),
    Column("cells", JSON, nullable=False),
    _text("unit"),
    _text("indicator"),
    _text("found"),
    _text("expected"),
    _text("message_zh"),
    _text("message_en"),
    _text("justification"),
)

submission: Final = Table(
    "submission",
    metadata,
    _key(),
    _text("unit"),
    _text("framework"),
    _text("version"),
    _text("period"),
    UniqueConstraint("framework", "version", "period", "unit"),
)

revision: Final = Table(
    "revision",
    metadata,
    _key(),
    _to("submission_id", "submission.id"),
    Column("number", Integer, nullable=False),
    Column("receipt_id", ForeignKey("receipt.id"), nullable=False, index=True),
    *_by(),
    Column("attributes", JSON, nullable=False),
    UniqueConstraint("submission_id", "number"),
)

# The whole of a unit's values after this revision; what the file did not hold
# is carried over and says in which revision it was given.
revision_value: Final = Table(
    "revision_value",
    metadata,
    _to("revision_id", "revision.id", key=True),
    Column("indicator", Text, primary_key=True),
    Column("value", Float),
    _text("status"),
    _to("given_in", "revision.id"),
    _text("sheet"),
    _text("cell"),
    _text("kind"),
    _text("sent"),
    Column("typed", Text),
    Column("se", Float),
    Column("n", Float),
    _text("note"),
    _text("evidence"),
    _text("source"),
)

decision: Final = Table(
    "decision",
    metadata,
    _key(),
    Column("submission_id", ForeignKey("submission.id"), nullable=False, index=True),
    _to("revision_id", "revision.id"),
    _text("kind"),
    *_by(),
    _text("reason"),
    Column("is_second_person", Boolean, nullable=False),
)

comment: Final = Table(
    "comment",
    metadata,
    _key(),
    Column("submission_id", ForeignKey("submission.id"), nullable=False, index=True),
    _to("revision_id", "revision.id"),
    _text("indicator"),
    *_by(),
    _text("text"),
)

waiver: Final = Table(
    "waiver",
    metadata,
    _key(),
    _to("revision_id", "revision.id"),
    _text("indicator"),
    _text("code"),
    *_by(),
    _text("reason"),
    UniqueConstraint("revision_id", "indicator", "code"),
)

evidence: Final = Table(
    "evidence",
    metadata,
    _key(),
    Column("submission_id", ForeignKey("submission.id"), nullable=False, index=True),
    _text("indicator"),
    Column("file_hash", ForeignKey("kept_file.hash")),
    Column("link", Text),
    _text("name"),
    _text("media_type"),
    *_by(),
    # A row that names another one takes it back.
    Column("withdraws", ForeignKey("evidence.id")),
)

rating: Final = Table(
    "rating",
    metadata,
    _key(),
    Column("revision_id", ForeignKey("revision.id"), nullable=False, index=True),
    _text("indicator"),
    _text("role"),
    Column("value", Float, nullable=False),
    *_by(),
    _text("reason"),
)

release: Final = Table(
    "release",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    _text("framework"),
    _text("version"),
    Column("fingerprint", ForeignKey("framework_text.fingerprint"), nullable=False),
    Column("periods", JSON, nullable=False),
    _text("title_zh"),
    _text("title_en"),
    _text("note"),
    _text("licence"),
    *_by(),
    _text("code_version"),
    _text("content_hash"),
    UniqueConstraint("framework", "version", "number"),
)

release_revision: Final = Table(
    "release_revision",
    metadata,
    Column("release_id", ForeignKey("release.id"), primary_key=True),
    _to("revision_id", "revision.id", key=True),
)

release_unit: Final = Table(
    "release_unit",
    metadata,
    Column("release_id", ForeignKey("release.id"), primary_key=True),
    Column("unit", Text, primary_key=True),
    Column("about", JSON, nullable=False),
)

release_file: Final = Table(
    "release_file",
    metadata,
    Column("release_id", ForeignKey("release.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("file_hash", ForeignKey("kept_file.hash"), nullable=False),
    _text("media_type"),
)

unit_change: Final = Table(
    "unit_change",
    metadata,
    _key(),
    Column("rows", JSON, nullable=False),
    _text("reason"),
    *_by(),
)

unit_change_withdrawal: Final = Table(
    "unit_change_withdrawal",
    metadata,
    _to("change_id", "unit_change.id", key=True),
    _text("reason"),
    *_by(),
)

audit: Final = Table(
    "audit",
    metadata,
    _key(),
    *_by(),
    _text("action"),
    _text("subject"),
    Column("details", JSON, nullable=False),
)

Index("audit_by_subject", audit.c.subject)

MUTABLE: Final = frozenset({"draft", "collection"})
APPEND_ONLY: Final = tuple(
    table.name for table in metadata.sorted_tables if table.name not in MUTABLE
)
