"""The first tables.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables, and the counters from which the catalogue starts."""
    _people_and_libraries()
    _titles()
    _histories()
    _answers()
    _bookkeeping()


def _people_and_libraries() -> None:
    op.create_table(
        "members",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=True),
        sa.Column("age_limit", sa.BigInteger(), nullable=True),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("history_version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("name_key", name=op.f("uq_members_name_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "linked_accounts",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_linked_accounts_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("platform", "account", name=op.f("pk_linked_accounts")),
    )
    op.create_index(op.f("ix_linked_accounts_member_id"), "linked_accounts", ["member_id"], unique=False)
    op.create_table(
        "libraries",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_libraries")),
        sa.UniqueConstraint("source", "key", name=op.f("uq_libraries_source_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "library_access",
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("library_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["library_id"], ["libraries.id"], name=op.f("fk_library_access_library_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_library_access_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "library_id", name=op.f("pk_library_access")),
    )
    op.create_index(op.f("ix_library_access_library_id"), "library_access", ["library_id"], unique=False)


def _titles() -> None:
    op.create_table(
        "titles",
        sa.Column("id", _KEY, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=True),
        sa.Column("original_title", sa.Text(), nullable=True),
        sa.Column("end_year", sa.BigInteger(), nullable=True),
        sa.Column("released", sa.Date(), nullable=True),
        sa.Column("runtime", sa.BigInteger(), nullable=True),
        sa.Column("seasons", sa.BigInteger(), nullable=True),
        sa.Column("episodes", sa.BigInteger(), nullable=True),
        sa.Column("overview", sa.Text(), nullable=False),
        sa.Column("tagline", sa.Text(), nullable=False),
        sa.Column("genres", sa.Text(), nullable=False),
        sa.Column("keywords", sa.Text(), nullable=False),
        sa.Column("credits", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("countries", sa.Text(), nullable=False),
        sa.Column("vote_average", sa.Double(), nullable=True),
        sa.Column("vote_count", sa.BigInteger(), nullable=True),
        sa.Column("popularity", sa.Double(), nullable=True),
        sa.Column("minimum_age", sa.BigInteger(), nullable=True),
        sa.Column("collection", sa.Text(), nullable=True),
        sa.Column("collection_order", sa.BigInteger(), nullable=True),
        sa.Column("anime", sa.Boolean(), nullable=False),
        sa.Column("poster_url", sa.Text(), nullable=True),
        sa.Column("page_url", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_titles")),
    )
    op.create_table(
        "title_refs",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("title_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["title_id"], ["titles.id"], name=op.f("fk_title_refs_title_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_title_refs")),
        sa.UniqueConstraint("value", "source", "kind", name=op.f("uq_title_refs_value_source_kind")),
    )
    op.create_index(op.f("ix_title_refs_title_id"), "title_refs", ["title_id"], unique=False)
    op.create_table(
        "title_aliases",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("title_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["title_id"], ["titles.id"], name=op.f("fk_title_aliases_title_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_title_aliases")),
        sa.UniqueConstraint("title_id", "name", "locale", name=op.f("uq_title_aliases_title_id_name_locale")),
    )
    op.create_table(
        "library_titles",
        sa.Column("library_id", sa.BigInteger(), nullable=False),
        sa.Column("title_id", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["library_id"], ["libraries.id"], name=op.f("fk_library_titles_library_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["title_id"], ["titles.id"], name=op.f("fk_library_titles_title_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("library_id", "title_id", name=op.f("pk_library_titles")),
    )
    op.create_index(op.f("ix_library_titles_title_id"), "library_titles", ["title_id"], unique=False)


def _histories() -> None:
    op.create_table(
        "watch_events",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("title_id", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("watched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completion", sa.Double(), nullable=True),
        sa.Column("duration", sa.BigInteger(), nullable=True),
        sa.Column("episode", sa.Text(), nullable=True),
        sa.Column("plays", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_watch_events_member_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["title_id"], ["titles.id"], name=op.f("fk_watch_events_title_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_events")),
        sa.UniqueConstraint("key", "source", name=op.f("uq_watch_events_key_source")),
    )
    op.create_index(
        op.f("ix_watch_events_member_id_watched_at"), "watch_events", ["member_id", "watched_at"], unique=False
    )
    op.create_index(op.f("ix_watch_events_title_id_member_id"), "watch_events", ["title_id", "member_id"], unique=False)
    op.create_table(
        "ratings",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("title_id", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_ratings_member_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["title_id"], ["titles.id"], name=op.f("fk_ratings_title_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratings")),
        sa.UniqueConstraint("member_id", "title_id", "source", name=op.f("uq_ratings_member_id_title_id_source")),
    )
    op.create_index(op.f("ix_ratings_title_id"), "ratings", ["title_id"], unique=False)
    op.create_table(
        "feedback",
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("title_id", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_feedback_member_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["title_id"], ["titles.id"], name=op.f("fk_feedback_title_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("member_id", "title_id", "verdict", name=op.f("pk_feedback")),
    )
    op.create_index(op.f("ix_feedback_title_id"), "feedback", ["title_id"], unique=False)
    op.create_table(
        "hides",
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("title_id", sa.BigInteger(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_hides_member_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["title_id"], ["titles.id"], name=op.f("fk_hides_title_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("member_id", "title_id", name=op.f("pk_hides")),
    )
    op.create_index(op.f("ix_hides_title_id"), "hides", ["title_id"], unique=False)
    op.create_table(
        "overrides",
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_overrides_member_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("member_id", "subject", "value", name=op.f("pk_overrides")),
    )


def _answers() -> None:
    op.create_table(
        "exposures",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("title_id", sa.BigInteger(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_exposures_member_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["title_id"], ["titles.id"], name=op.f("fk_exposures_title_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exposures")),
    )
    op.create_index(op.f("ix_exposures_member_id_shown_at"), "exposures", ["member_id", "shown_at"], unique=False)
    op.create_index(op.f("ix_exposures_title_id_member_id"), "exposures", ["title_id", "member_id"], unique=False)
    op.create_table(
        "recommendation_log",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("title_id", sa.BigInteger(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("pipeline", sa.Text(), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_recommendation_log_member_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["title_id"], ["titles.id"], name=op.f("fk_recommendation_log_title_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_log")),
    )
    op.create_index(
        op.f("ix_recommendation_log_member_id_title_id_shown_at"),
        "recommendation_log",
        ["member_id", "title_id", "shown_at"],
        unique=False,
    )
    op.create_index(op.f("ix_recommendation_log_title_id"), "recommendation_log", ["title_id"], unique=False)
    op.create_table(
        "conversations",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_conversations_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_conversations")),
    )
    op.create_index(op.f("ix_conversations_member_id"), "conversations", ["member_id"], unique=False)
    op.create_index(op.f("ix_conversations_updated_at"), "conversations", ["updated_at"], unique=False)
    op.create_table(
        "action_tokens",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("args", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("once", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_action_tokens_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_action_tokens")),
    )
    op.create_index(op.f("ix_action_tokens_expires_at"), "action_tokens", ["expires_at"], unique=False)
    op.create_index(op.f("ix_action_tokens_member_id"), "action_tokens", ["member_id"], unique=False)


def _bookkeeping() -> None:
    op.create_table(
        "import_checkpoints",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source", "digest", name=op.f("pk_import_checkpoints")),
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counters")),
    )
    counters = sa.table("counters", sa.column("name", sa.Text()), sa.column("value", sa.BigInteger()))
    op.bulk_insert(counters, [{"name": "catalogue", "value": 0}, {"name": "title_id", "value": 0}])
