"""What people said in the taste quiz.

Revision ID: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of picked titles and weighed genres."""
    op.create_table(
        "quiz_picks",
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("title_id", sa.BigInteger(), nullable=False),
        sa.Column("picked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_quiz_picks_member_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["title_id"], ["titles.id"], name=op.f("fk_quiz_picks_title_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("member_id", "title_id", name=op.f("pk_quiz_picks")),
    )
    op.create_index(op.f("ix_quiz_picks_title_id"), "quiz_picks", ["title_id"], unique=False)
    op.create_table(
        "quiz_genres",
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("genre", sa.Text(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_quiz_genres_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "genre", name=op.f("pk_quiz_genres")),
    )
