"""The tables of what people set, list and were shown; see `adapters.storage.tables` for the rest."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from adapters.storage.tables import metadata
from adapters.storage.types import SafeText, UtcDateTime


def _text(name: str, *, nullable: bool = False, primary_key: bool = False) -> Column[Any]:
    return Column(name, SafeText, nullable=nullable, primary_key=primary_key)


def _belongs_to(table: str, *, primary_key: bool = False) -> Column[Any]:
    name = {"members": "member_id", "titles": "title_id"}[table]
    return Column(
        name, BigInteger, ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False, primary_key=primary_key
    )


decks = Table(
    "decks",
    metadata,
    _text("key", primary_key=True),
    _belongs_to("members"),
    _text("state"),  # JSON
    Column("created_at", UtcDateTime, nullable=False),
    Index(None, "created_at"),
    Index(None, "member_id"),
)

preferences = Table(
    "preferences",
    metadata,
    _belongs_to("members", primary_key=True),
    Column("history_months", BigInteger),
    _text("domains_off"),  # JSON
    Column("notifications", Boolean, nullable=False),
    _text("timezone", nullable=True),
)

rooms = Table(
    "rooms",
    metadata,
    _text("key", primary_key=True),
    _text("libraries", nullable=True),  # JSON; NULL: all
    Column("age_limit", BigInteger),
    Column("private", Boolean, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

watchlists = Table(
    "watchlists",
    metadata,
    Column("id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True),
    _belongs_to("members"),
    _text("name"),
    _text("name_key"),  # case-folded
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("member_id", "name_key"),
    sqlite_autoincrement=True,
)

watchlist_titles = Table(
    "watchlist_titles",
    metadata,
    Column("list_id", BigInteger, ForeignKey("watchlists.id", ondelete="CASCADE"), primary_key=True),
    _belongs_to("titles", primary_key=True),
    Column("added_at", UtcDateTime, nullable=False),
    Index(None, "title_id"),
)
