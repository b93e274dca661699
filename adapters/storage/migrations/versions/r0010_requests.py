"""Requests, who is told of them, and the accounts of the request service.

Revision ID: 0010
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "filings",
        *_texts("key", "source", "account", "ref", "title", "seasons", "state"),
        *_texts("words", "reason", "known", "place", "locale"),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        _member("filings"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_filings")),
    )
    op.create_index(op.f("ix_filings_member_id"), "filings", ["member_id"], unique=False)
    op.create_index(op.f("ix_filings_state"), "filings", ["state"], unique=False)
    op.create_table(
        "filing_slots",
        *_texts("source", "ref", "filing"),
        sa.Column("season", sa.BigInteger(), nullable=False),
        _filing("filing_slots"),
        sa.PrimaryKeyConstraint("source", "ref", "season", name=op.f("pk_filing_slots")),
    )
    op.create_index(op.f("ix_filing_slots_filing"), "filing_slots", ["filing"], unique=False)
    op.create_table(
        "notices",
        *_texts("key", "filing", "kind", "place", "locale"),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.BigInteger(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        _member("notices"),
        _filing("notices"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_notices")),
    )
    for column in ("filing", "member_id", "due_at"):
        op.create_index(op.f(f"ix_notices_{column}"), "notices", [column], unique=False)
    op.create_table(
        "request_desks",
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        *_texts("place", "locale"),
        _member("request_desks"),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_request_desks")),
    )
    op.create_table(
        "request_accounts",
        *_texts("source", "account", "name", "discord_ids"),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("plex_account", sa.Text(), nullable=True),
        sa.Column("jellyfin_account", sa.Text(), nullable=True),
        sa.Column("telegram_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("source", "account", name=op.f("pk_request_accounts")),
    )


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _member(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["member_id"], ["members.id"], name=op.f(f"fk_{table}_member_id"), ondelete="CASCADE"
    )


def _filing(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["filing"], ["filings.key"], name=op.f(f"fk_{table}_filing"), ondelete="CASCADE")
