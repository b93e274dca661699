"""What servers and services told.

Revision ID: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of items, accounts, states, metadata, links, requests and waiting plays."""
    _items_and_accounts()
    _titles()
    op.create_table(
        "sync_states",
        *_texts("source", "stage"),
        *_moments("cursor", "done_at", "full_at"),
        *_texts("note"),
        sa.PrimaryKeyConstraint("source", "stage", name=op.f("pk_sync_states")),
    )
    op.create_table(
        "pending_plays",
        *_texts("source", "key", "items_of", "watch"),
        sa.PrimaryKeyConstraint("source", "key", name=op.f("pk_pending_plays")),
    )


def _items_and_accounts() -> None:
    op.create_table(
        "server_items",
        *_texts("source", "key"),
        *_ids("title_id"),
        *_ids("library_id", nullable=True),
        *_texts("digest"),
        *_moments("added_at", "updated_at"),
        *_texts("quality", "page_url", nullable=True),
        _of("server_items", "title_id", "titles"),
        _of("server_items", "library_id", "libraries"),
        sa.PrimaryKeyConstraint("source", "key", name=op.f("pk_server_items")),
    )
    _index("server_items", "title_id")
    _index("server_items", "library_id")
    op.create_table(
        "server_accounts",
        *_texts("source", "account"),
        *_ids("member_id"),
        *_texts("name"),
        *_ids("age_limit", nullable=True),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        _of("server_accounts", "member_id", "members"),
        sa.PrimaryKeyConstraint("source", "account", name=op.f("pk_server_accounts")),
    )
    _index("server_accounts", "member_id")


def _titles() -> None:
    op.create_table(
        "title_metadata",
        *_ids("title_id"),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        *_texts("locales"),
        sa.Column("found", sa.Boolean(), nullable=False),
        sa.Column("linked", sa.Boolean(), nullable=False),
        *_texts("trailers", "seasons", "providers"),
        _of("title_metadata", "title_id", "titles"),
        sa.PrimaryKeyConstraint("title_id", name=op.f("pk_title_metadata")),
    )
    op.create_table(
        "title_links",
        *_ids("title_id"),
        *_texts("relation"),
        *_ids("other_id", "rank"),
        _of("title_links", "title_id", "titles"),
        _of("title_links", "other_id", "titles"),
        sa.PrimaryKeyConstraint("title_id", "relation", "other_id", name=op.f("pk_title_links")),
    )
    _index("title_links", "other_id")
    op.create_table(
        "title_requests",
        *_ids("title_id"),
        *_texts("source", "state", "requests", "seasons"),
        *_moments("changed_at"),
        _of("title_requests", "title_id", "titles"),
        sa.PrimaryKeyConstraint("title_id", name=op.f("pk_title_requests")),
    )
    _index("title_requests", "source")


def _texts(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]


def _ids(*names: str, nullable: bool = False) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger(), nullable=nullable) for name in names]


def _moments(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=True) for name in names]


def _of(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE")


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
