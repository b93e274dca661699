"""The tables. What a title is made of lies on its row, lists as JSON, so that the whole catalogue streams quickly;
references and aliases, which are looked up, have tables of their own.

Rows that belong to a member or a title go when it goes. Changes here need a migration in `migrations/versions`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
)

from adapters.storage.types import SafeText, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite fills a key on its own only when its type reads INTEGER.
_Key = BigInteger().with_variant(Integer(), "sqlite")


def _text(name: str, *, nullable: bool = False, primary_key: bool = False) -> Column[Any]:
    return Column(name, SafeText, nullable=nullable, primary_key=primary_key)


def _belongs_to(table: str, *, nullable: bool = False, primary_key: bool = False) -> Column[Any]:
    """A column such as `member_id` that refers to `members.id`."""
    name = {"members": "member_id", "titles": "title_id", "libraries": "library_id"}[table]
    target = ForeignKey(f"{table}.id", ondelete="CASCADE")
    return Column(name, BigInteger, target, nullable=nullable, primary_key=primary_key)


members = Table(
    "members",
    metadata,
    Column("id", _Key, primary_key=True),
    _text("name"),
    Column("name_key", SafeText, nullable=False, unique=True),  # case-folded
    _text("locale", nullable=True),
    Column("age_limit", BigInteger),
    Column("is_admin", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("history_version", BigInteger, nullable=False, default=0),
    sqlite_autoincrement=True,
)

linked_accounts = Table(
    "linked_accounts",
    metadata,
    _text("platform", primary_key=True),
    _text("account", primary_key=True),
    _belongs_to("members"),
    Column("linked_at", UtcDateTime, nullable=False),
    Index(None, "member_id"),
)

libraries = Table(
    "libraries",
    metadata,
    Column("id", _Key, primary_key=True),
    _text("source"),
    _text("key"),
    _text("name"),
    Column("public", Boolean, nullable=False),
    UniqueConstraint("source", "key"),
    sqlite_autoincrement=True,
)

library_access = Table(
    "library_access",
    metadata,
    _belongs_to("members", primary_key=True),
    _belongs_to("libraries", primary_key=True),
    Index(None, "library_id"),
)

# Ids come from the counter "title_id" and are never used twice: vectors and buttons may outlive a title.
titles = Table(
    "titles",
    metadata,
    Column("id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False),
    _text("kind"),
    _text("title"),
    Column("year", BigInteger),
    _text("original_title", nullable=True),
    Column("end_year", BigInteger),
    Column("released", Date),
    Column("runtime", BigInteger),
    Column("seasons", BigInteger),
    Column("episodes", BigInteger),
    _text("overview"),
    _text("tagline"),
    _text("genres"),  # JSON, as are keywords, credits and countries
    _text("keywords"),
    _text("credits"),
    _text("language", nullable=True),
    _text("countries"),
    Column("vote_average", Double),
    Column("vote_count", BigInteger),
    Column("popularity", Double),
    Column("minimum_age", BigInteger),
    _text("collection", nullable=True),
    Column("collection_order", BigInteger),
    Column("anime", Boolean, nullable=False),
    _text("poster_url", nullable=True),
    _text("page_url", nullable=True),
)

title_refs = Table(
    "title_refs",
    metadata,
    Column("id", _Key, primary_key=True),
    _text("kind"),
    _text("source"),
    _text("value"),
    _belongs_to("titles"),
    UniqueConstraint("value", "source", "kind"),  # what tells most apart first, for the planner
    Index(None, "title_id"),
)

title_aliases = Table(
    "title_aliases",
    metadata,
    Column("id", _Key, primary_key=True),
    _belongs_to("titles"),
    _text("name"),
    _text("locale"),
    UniqueConstraint("title_id", "name", "locale"),
)

library_titles = Table(
    "library_titles",
    metadata,
    _belongs_to("libraries", primary_key=True),
    _belongs_to("titles", primary_key=True),
    Column("added_at", UtcDateTime),
    Index(None, "title_id"),
)

watch_events = Table(
    "watch_events",
    metadata,
    Column("id", _Key, primary_key=True),
    _belongs_to("members"),
    _belongs_to("titles"),
    _text("source"),
    _text("key"),
    Column("watched_at", UtcDateTime, nullable=False),
    Column("completion", Double),
    Column("duration", BigInteger),
    _text("episode", nullable=True),
    Column("plays", BigInteger, nullable=False),
    UniqueConstraint("key", "source"),
    Index(None, "member_id", "watched_at"),
    Index(None, "title_id", "member_id"),
)

ratings = Table(
    "ratings",
    metadata,
    Column("id", _Key, primary_key=True),
    _belongs_to("members"),
    _belongs_to("titles"),
    _text("source"),
    Column("value", Double, nullable=False),
    Column("rated_at", UtcDateTime, nullable=False),
    UniqueConstraint("member_id", "title_id", "source"),
    Index(None, "title_id"),
)

feedback = Table(
    "feedback",
    metadata,
    _belongs_to("members", primary_key=True),
    _belongs_to("titles", primary_key=True),
    _text("verdict", primary_key=True),
    Column("given_at", UtcDateTime, nullable=False),
    Index(None, "title_id"),
)

hides = Table(
    "hides",
    metadata,
    _belongs_to("members", primary_key=True),
    _belongs_to("titles", primary_key=True),
    Column("hidden_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Index(None, "title_id"),
)

overrides = Table(
    "overrides",
    metadata,
    _belongs_to("members", primary_key=True),
    _text("subject", primary_key=True),
    _text("value", primary_key=True),
    _text("kind"),
)

# Titles picked in the taste quiz, and genres weighed there.
quiz_picks = Table(
    "quiz_picks",
    metadata,
    _belongs_to("members", primary_key=True),
    _belongs_to("titles", primary_key=True),
    Column("picked_at", UtcDateTime, nullable=False),
    Index(None, "title_id"),
)

quiz_genres = Table(
    "quiz_genres",
    metadata,
    _belongs_to("members", primary_key=True),
    _text("genre", primary_key=True),
    Column("weight", Double, nullable=False),
)

exposures = Table(
    "exposures",
    metadata,
    Column("id", _Key, primary_key=True),
    _belongs_to("members"),
    _belongs_to("titles"),
    Column("shown_at", UtcDateTime, nullable=False),
    Column("touched", Boolean, nullable=False),
    Index(None, "member_id", "shown_at"),
    Index(None, "title_id", "member_id"),
)

recommendation_log = Table(
    "recommendation_log",
    metadata,
    Column("id", _Key, primary_key=True),
    _belongs_to("members"),
    _belongs_to("titles"),
    _text("conversation"),
    _text("mode"),
    _text("pipeline"),
    Column("rank", BigInteger, nullable=False),
    Column("score", Double, nullable=False),
    _text("reasons"),  # JSON
    _text("explanation"),
    Column("shown_at", UtcDateTime, nullable=False),
    Index(None, "member_id", "title_id", "shown_at"),
    Index(None, "title_id"),
)

conversations = Table(
    "conversations",
    metadata,
    _text("key", primary_key=True),
    _belongs_to("members"),
    _text("state"),  # JSON
    Column("updated_at", UtcDateTime, nullable=False),
    Index(None, "updated_at"),
    Index(None, "member_id"),
)

action_tokens = Table(
    "action_tokens",
    metadata,
    _text("token", primary_key=True),
    _text("name"),
    _text("args"),  # JSON
    _text("place"),
    _belongs_to("members", nullable=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("spent_at", UtcDateTime),
    _text("spent_by", nullable=True),
    Column("once", Boolean, nullable=False),
    Index(None, "expires_at"),
    Index(None, "member_id"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", _Key, primary_key=True),
    _text("platform"),
    _text("incoming"),  # as the platform names it
    _text("place"),
    _text("state"),
    _text("payload", nullable=True),  # JSON; None once it is finished, as are the next two
    _text("envelope", nullable=True),
    _text("replies", nullable=True),
    Column("attempts", BigInteger, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    UniqueConstraint("platform", "incoming"),
    Index(None, "state"),
    Index(None, "received_at"),
)

import_checkpoints = Table(
    "import_checkpoints",
    metadata,
    _text("source", primary_key=True),
    _text("digest", primary_key=True),
    Column("rows", BigInteger, nullable=False),
    _text("note"),  # JSON
    Column("updated_at", UtcDateTime, nullable=False),
)

# "catalogue": the version of everything about titles and libraries; "title_id": the last title id given out.
counters = Table(
    "counters",
    metadata,
    _text("name", primary_key=True),
    Column("value", BigInteger, nullable=False),
)
