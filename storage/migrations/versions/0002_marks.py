"""The user's marks, which version made a tagging, and what a model makes of a text."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "marks",
        sa.Column("article_id", ID, autoincrement=False, nullable=False),
        sa.Column("relevance", sa.String(20), nullable=False),
        sa.Column("pairs", sa.JSON(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_marks"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_marks_article_id_articles", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "article_meanings",
        sa.Column("article_id", ID, autoincrement=False, nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_article_meanings"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_article_meanings_article_id_articles", ondelete="CASCADE"
        ),
    )
    # Taggings that are there already count as made by an unknown version: `khabar retag` makes them anew, once.
    op.add_column("articles", sa.Column("tagging_version", sa.Text(), nullable=True))
