"""Revisions of articles and when to look at them again, blocks that repeat on a source's pages, kinds and origins."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _extend_articles()
    _create_revisions()
    _create_checks()
    _create_blocks()
    _create_shingles()


def _extend_articles() -> None:
    op.add_column("articles", sa.Column("image_caption", sa.Text(), nullable=True))
    op.add_column("articles", sa.Column("kind", sa.String(20), nullable=True))
    op.add_column("articles", sa.Column("origins", sa.JSON(), nullable=True))
    op.add_column("articles", sa.Column("copied_share", sa.Double(), nullable=True))
    op.add_column("articles", sa.Column("removed_at", INSTANT, nullable=True))
    is_removed = sa.text("removed_at IS NOT NULL")
    op.create_index(
        "ix_articles_removed_at", "articles", ["removed_at"], sqlite_where=is_removed, postgresql_where=is_removed
    )


def _create_revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("changed", sa.JSON(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("title", "standfirst", "text")),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
        _of_article("revisions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_revisions_article_id_seen_at", "revisions", ["article_id", "seen_at"])
    op.create_index("ix_revisions_seen_at", "revisions", ["seen_at"])


def _create_checks() -> None:
    op.create_table(
        "article_checks",
        sa.Column("article_id", ID, autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("missing_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("article_id", name="pk_article_checks"),
        _of_article("article_checks"),
    )
    op.create_index("ix_article_checks_source_due_at", "article_checks", ["source", "due_at"])


def _create_blocks() -> None:
    op.create_table(
        "source_readings",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", "lang", name="pk_source_readings"),
    )
    op.create_table(
        "source_blocks",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("block_hash", sa.LargeBinary(), nullable=False),
        sa.Column("sample", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("times", "first_number", "last_number")),
        sa.PrimaryKeyConstraint("source", "lang", "block_hash", name="pk_source_blocks"),
    )


def _create_shingles() -> None:
    op.create_table(
        "shingles",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", ID, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "article_id", name="pk_shingles"),
        sqlite_with_rowid=False,
    )


def _of_article(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_article_id_articles"
    return sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=name, ondelete="CASCADE")
