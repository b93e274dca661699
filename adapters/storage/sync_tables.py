"""The tables of what servers and services told; see `adapters.storage.tables` for the rest."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Table

from adapters.storage.tables import metadata
from adapters.storage.types import SafeText, UtcDateTime


def _text(name: str, *, nullable: bool = False, primary_key: bool = False) -> Column[Any]:
    return Column(name, SafeText, nullable=nullable, primary_key=primary_key)


def _belongs_to(table: str, name: str, *, nullable: bool = False, primary_key: bool = False) -> Column[Any]:
    target = ForeignKey(f"{table}.id", ondelete="CASCADE")
    return Column(name, BigInteger, target, nullable=nullable, primary_key=primary_key)


server_items = Table(
    "server_items",
    metadata,
    _text("source", primary_key=True),
    _text("key", primary_key=True),
    _belongs_to("titles", "title_id"),
    _belongs_to("libraries", "library_id", nullable=True),
    _text("digest"),
    Column("added_at", UtcDateTime),
    Column("updated_at", UtcDateTime),
    _text("quality", nullable=True),  # JSON
    _text("page_url", nullable=True),
    Index(None, "title_id"),
    Index(None, "library_id"),
)

server_accounts = Table(
    "server_accounts",
    metadata,
    _text("source", primary_key=True),
    _text("account", primary_key=True),
    _belongs_to("members", "member_id"),
    _text("name"),
    Column("age_limit", BigInteger),
    Column("is_admin", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Index(None, "member_id"),
)

sync_states = Table(
    "sync_states",
    metadata,
    _text("source", primary_key=True),
    _text("stage", primary_key=True),
    Column("cursor", UtcDateTime),
    Column("done_at", UtcDateTime),
    Column("full_at", UtcDateTime),
    _text("note"),  # JSON
)

title_metadata = Table(
    "title_metadata",
    metadata,
    _belongs_to("titles", "title_id", primary_key=True),
    Column("fetched_at", UtcDateTime, nullable=False),
    _text("locales"),  # JSON, as are trailers, seasons and providers
    Column("found", Boolean, nullable=False),
    Column("linked", Boolean, nullable=False),
    _text("trailers"),
    _text("seasons"),
    _text("providers"),
)

title_links = Table(
    "title_links",
    metadata,
    _belongs_to("titles", "title_id", primary_key=True),
    _text("relation", primary_key=True),
    _belongs_to("titles", "other_id", primary_key=True),
    Column("rank", BigInteger, nullable=False),  # 1: the closest
    Index(None, "other_id"),
)

title_requests = Table(
    "title_requests",
    metadata,
    _belongs_to("titles", "title_id", primary_key=True),
    _text("source"),
    _text("state"),
    _text("requests"),  # JSON, as are seasons
    _text("seasons"),
    Column("changed_at", UtcDateTime),
    Index(None, "source"),
)

pending_plays = Table(
    "pending_plays",
    metadata,
    _text("source", primary_key=True),
    _text("key", primary_key=True),
    _text("items_of"),
    _text("watch"),  # JSON
)
