"""The tables of requests; see `adapters.storage.tables` for the rest."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Table

from adapters.storage.tables import metadata
from adapters.storage.types import SafeText, UtcDateTime


def _belongs_to(*, primary_key: bool = False) -> Column[Any]:
    target = ForeignKey("members.id", ondelete="CASCADE")
    return Column("member_id", BigInteger, target, nullable=False, primary_key=primary_key)


filings = Table(
    "filings",
    metadata,
    Column("key", SafeText, primary_key=True),
    _belongs_to(),
    Column("source", SafeText, nullable=False),
    Column("account", SafeText, nullable=False),
    Column("ref", SafeText, nullable=False),
    Column("title", SafeText, nullable=False),
    Column("seasons", SafeText, nullable=False),  # JSON
    Column("state", SafeText, nullable=False),
    Column("request_id", SafeText),
    Column("words", SafeText, nullable=False),
    Column("reason", SafeText, nullable=False),
    Column("known", SafeText, nullable=False),  # JSON
    Column("place", SafeText, nullable=False),  # JSON
    Column("locale", SafeText, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("checked_at", UtcDateTime),
    Index(None, "member_id"),
    Index(None, "state"),
)

# What makes a second request impossible: a row for each film (season 0) or season that is being asked for.
filing_slots = Table(
    "filing_slots",
    metadata,
    Column("source", SafeText, primary_key=True),
    Column("ref", SafeText, primary_key=True),
    Column("season", BigInteger, primary_key=True),
    Column("filing", SafeText, ForeignKey("filings.key", ondelete="CASCADE"), nullable=False),
    Index(None, "filing"),
)

notices = Table(
    "notices",
    metadata,
    Column("key", SafeText, primary_key=True),
    _belongs_to(),
    Column("filing", SafeText, ForeignKey("filings.key", ondelete="CASCADE"), nullable=False),
    Column("kind", SafeText, nullable=False),
    Column("place", SafeText, nullable=False),  # JSON
    Column("locale", SafeText, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("tries", BigInteger, nullable=False),
    Column("told_at", UtcDateTime),
    Index(None, "filing"),
    Index(None, "member_id"),
    Index(None, "due_at"),
)

request_desks = Table(
    "request_desks",
    metadata,
    _belongs_to(primary_key=True),
    Column("place", SafeText, nullable=False),  # JSON
    Column("locale", SafeText, nullable=False),
)

request_accounts = Table(
    "request_accounts",
    metadata,
    Column("source", SafeText, primary_key=True),
    Column("account", SafeText, primary_key=True),
    Column("name", SafeText, nullable=False),
    Column("is_admin", Boolean, nullable=False),
    Column("plex_account", SafeText),
    Column("jellyfin_account", SafeText),
    Column("discord_ids", SafeText, nullable=False),  # JSON
    Column("telegram_id", SafeText),
)
