"""The tables of one-time codes and of what people allow; see `adapters.storage.tables` for the rest."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Table

from adapters.storage.tables import metadata
from adapters.storage.types import SafeText, UtcDateTime


def _belongs_to(*, primary_key: bool = False) -> Column[Any]:
    target = ForeignKey("members.id", ondelete="CASCADE")
    return Column("member_id", BigInteger, target, nullable=False, primary_key=primary_key)


link_codes = Table(
    "link_codes",
    metadata,
    Column("digest", SafeText, primary_key=True),
    _belongs_to(),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("claimed_by", SafeText),
    Index(None, "member_id"),
)

privacy = Table(
    "privacy",
    metadata,
    _belongs_to(primary_key=True),
    Column("name_watched", Boolean, nullable=False),
    Column("contribute", Boolean, nullable=False),
    Column("group_line", Boolean, nullable=False),
    Column("forgotten_at", UtcDateTime),
)
