"""What people set, list and were shown.

Revision ID: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0002"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of decks, preferences, rooms and watchlists."""
    op.create_table(
        "decks",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        _of("decks", "members"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_decks")),
    )
    op.create_index(op.f("ix_decks_created_at"), "decks", ["created_at"], unique=False)
    op.create_index(op.f("ix_decks_member_id"), "decks", ["member_id"], unique=False)
    op.create_table(
        "preferences",
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("history_months", sa.BigInteger(), nullable=True),
        sa.Column("domains_off", sa.Text(), nullable=False),
        sa.Column("notifications", sa.Boolean(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=True),
        _of("preferences", "members"),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_preferences")),
    )
    op.create_table(
        "rooms",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("libraries", sa.Text(), nullable=True),
        sa.Column("age_limit", sa.BigInteger(), nullable=True),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_rooms")),
    )
    _lists()


def _lists() -> None:
    op.create_table(
        "watchlists",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        _of("watchlists", "members"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watchlists")),
        sa.UniqueConstraint("member_id", "name_key", name=op.f("uq_watchlists_member_id_name_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "watchlist_titles",
        sa.Column("list_id", sa.BigInteger(), nullable=False),
        sa.Column("title_id", sa.BigInteger(), nullable=False),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["watchlists.id"], name=op.f("fk_watchlist_titles_list_id"), ondelete="CASCADE"
        ),
        _of("watchlist_titles", "titles"),
        sa.PrimaryKeyConstraint("list_id", "title_id", name=op.f("pk_watchlist_titles")),
    )
    op.create_index(op.f("ix_watchlist_titles_title_id"), "watchlist_titles", ["title_id"], unique=False)


def _of(table: str, other: str) -> sa.ForeignKeyConstraint:
    column = {"members": "member_id", "titles": "title_id"}[other]
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")
