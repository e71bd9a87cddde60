"""Mergers, splits and renames of units, and their withdrawals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from govmaturity.store.database.dialect import append_only

revision = "0002"
down_revision = "0001"

_TABLES = ("unit_change", "unit_change_withdrawal")


def upgrade() -> None:
    """Make the two tables, of which nothing is changed or deleted."""
    op.create_table(
        "unit_change",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "unit_change_withdrawal",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["unit_change.id"],
        ),
        sa.PrimaryKeyConstraint("change_id"),
    )
    for statement in append_only(_TABLES):
        op.execute(statement)
