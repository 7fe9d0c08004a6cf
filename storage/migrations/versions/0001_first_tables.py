"""First tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _create_articles()
    _create_tagging()
    _create_search_index()
    _create_sources()
    _create_frontier()
    _create_runs()
    _create_digests()


def _column(name: str, kind: Any, *, may_be_null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=may_be_null)


def _text(name: str, *, may_be_null: bool = False) -> sa.Column[Any]:
    return _column(name, sa.Text(), may_be_null=may_be_null)


def _instant(name: str, *, may_be_null: bool = False) -> sa.Column[Any]:
    return _column(name, sa.DateTime(timezone=True), may_be_null=may_be_null)


def _key(table: str, *names: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*names, name=f"pk_{table}")


def _own_id(name: str = "id") -> sa.Column[Any]:
    return sa.Column(name, ID, nullable=False)


def _other_id(name: str) -> sa.Column[Any]:
    return sa.Column(name, ID, autoincrement=False, nullable=False)


def _reference(table: str, name: str, other: str, on_delete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{other}.id"], name=f"fk_{table}_{name}_{other}", ondelete=on_delete)


def _index(table: str, *names: str, unique: bool = False) -> None:
    op.create_index(f"ix_{table}_{'_'.join(names)}", table, list(names), unique=unique)


def _create_articles() -> None:
    op.create_table("stories", _own_id(), _instant("opened_at"), _key("stories", "id"), sqlite_autoincrement=True)
    op.create_table(
        "articles",
        _own_id(),
        _text("source"),
        _text("url"),
        _text("key"),
        _column("key_hash", sa.LargeBinary()),
        _column("text_hash", sa.LargeBinary(), may_be_null=True),
        _text("title"),
        _text("lang", may_be_null=True),
        _column("authors", sa.JSON()),
        _instant("published_at", may_be_null=True),
        _text("published_from", may_be_null=True),
        _column("published_is_sure", sa.Boolean()),
        _instant("modified_at", may_be_null=True),
        _instant("fetched_at"),
        _instant("known_at"),
        _text("section", may_be_null=True),
        _column("tags", sa.JSON()),
        _text("image_url", may_be_null=True),
        _text("agency", may_be_null=True),
        _text("extractor"),
        _column("relevance", sa.String(20)),
        _column("score", sa.Double()),
        _text("near_miss", may_be_null=True),
        _column("is_notable", sa.Boolean()),
        _column("story_id", ID, may_be_null=True),
        _column("copy_of", ID, may_be_null=True),
        _key("articles", "id"),
        sa.UniqueConstraint("key_hash", name="uq_articles_key_hash"),
        _reference("articles", "story_id", "stories"),
        _reference("articles", "copy_of", "articles"),
        sqlite_autoincrement=True,
    )
    for name in ("text_hash", "fetched_at", "known_at", "story_id", "copy_of"):
        _index("articles", name)
    _index("articles", "is_notable", "published_at")
    _index("articles", "is_notable", "fetched_at")
    op.create_table(
        "article_texts",
        _other_id("article_id"),
        _text("standfirst"),
        _text("text"),
        _key("article_texts", "article_id"),
        _reference("article_texts", "article_id", "articles", "CASCADE"),
    )


def _create_tagging() -> None:
    op.create_table(
        "article_taggings",
        _other_id("article_id"),
        _text("tagging"),
        _key("article_taggings", "article_id"),
        _reference("article_taggings", "article_id", "articles", "CASCADE"),
    )
    op.create_table(
        "article_ties",
        _other_id("article_id"),
        _text("pair"),
        _column("score", sa.Double()),
        _key("article_ties", "article_id", "pair"),
        _reference("article_ties", "article_id", "articles", "CASCADE"),
    )
    _index("article_ties", "pair", "article_id")
    op.create_table(
        "article_topics",
        _other_id("article_id"),
        _text("topic"),
        _key("article_topics", "article_id", "topic"),
        _reference("article_topics", "article_id", "articles", "CASCADE"),
    )
    _index("article_topics", "topic", "article_id")


def _create_search_index() -> None:
    if op.get_context().dialect.name == "sqlite":
        # The words come ready-made, with spaces between them. "=" marks those of titles.
        tokenizer = "tokenize=\"ascii tokenchars '='\""
        op.execute(f"CREATE VIRTUAL TABLE article_search USING fts5(words, content='', {tokenizer})")
        op.create_table(
            "article_search_places",
            _own_id("place"),
            _other_id("article_id"),
            _key("article_search_places", "place"),
            sa.UniqueConstraint("article_id", name="uq_article_search_places_article_id"),
            # An article cannot be deleted before the index has forgotten it: without its words it never could.
            _reference("article_search_places", "article_id", "articles"),
        )
    else:
        op.create_table(
            "article_search",
            _other_id("article_id"),
            _column("words", TSVECTOR()),
            _key("article_search", "article_id"),
            _reference("article_search", "article_id", "articles", "CASCADE"),
        )
        op.create_index("ix_article_search_words", "article_search", ["words"], postgresql_using="gin")


def _create_sources() -> None:
    op.create_table(
        "source_states",
        _text("source"),
        _instant("last_asked_at", may_be_null=True),
        _instant("last_reached_at", may_be_null=True),
        _instant("last_new_at", may_be_null=True),
        _column("failures", sa.Double()),
        _instant("next_check_at", may_be_null=True),
        _column("outcome", sa.String(20), may_be_null=True),
        _text("detail"),
        _key("source_states", "source"),
    )
    op.create_table(
        "entry_points",
        _text("source"),
        _column("url_hash", sa.LargeBinary()),
        _text("url"),
        _text("kind"),
        _text("lang", may_be_null=True),
        _text("etag", may_be_null=True),
        _text("last_modified", may_be_null=True),
        _text("body_hash", may_be_null=True),
        _instant("worked_at", may_be_null=True),
        _instant("failed_at", may_be_null=True),
        _text("problem", may_be_null=True),
        _key("entry_points", "source", "url_hash"),
    )
    op.create_table(
        "robots_files",
        _text("origin"),
        _column("status", sa.Integer()),
        _column("body", sa.LargeBinary()),
        _instant("fetched_at"),
        _key("robots_files", "origin"),
    )


def _create_frontier() -> None:
    op.create_table(
        "seen_urls",
        _column("key_hash", sa.LargeBinary()),
        _text("key"),
        _text("url"),
        _text("source", may_be_null=True),
        _column("state", sa.String(20)),
        _text("reason", may_be_null=True),
        _column("article_id", ID, may_be_null=True),
        _text("title", may_be_null=True),
        _instant("published_at", may_be_null=True),
        _text("lang", may_be_null=True),
        _text("via"),
        _column("attempts", sa.Integer()),
        _instant("due_at"),
        _instant("known_at"),
        _instant("last_listed_at", may_be_null=True),
        _instant("settled_at", may_be_null=True),
        _key("seen_urls", "key_hash"),
        _reference("seen_urls", "article_id", "articles", "SET NULL"),
    )
    _index("seen_urls", "article_id")
    is_waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_seen_urls_waiting",
        "seen_urls",
        ["source", "known_at"],
        sqlite_where=is_waiting,
        postgresql_where=is_waiting,
    )


def _create_runs() -> None:
    op.create_table(
        "runs",
        _own_id(),
        _instant("started_at"),
        _instant("finished_at", may_be_null=True),
        _key("runs", "id"),
        sqlite_autoincrement=True,
    )
    _index("runs", "started_at")
    op.create_table(
        "source_reports",
        _other_id("run_id"),
        _text("source"),
        _column("outcome", sa.String(20)),
        _text("detail"),
        _text("entry_point", may_be_null=True),
        *(_column(name, sa.Integer()) for name in ("requests", "listed", "new", "fetched", "stored", "relevant")),
        _column("refused", sa.JSON()),
        _column("failed", sa.JSON()),
        _key("source_reports", "run_id", "source"),
        _reference("source_reports", "run_id", "runs", "CASCADE"),
    )
    _index("source_reports", "source", "run_id")


def _create_digests() -> None:
    op.create_table(
        "digests",
        _own_id(),
        _text("profile"),
        _column("on", sa.Date()),
        _text("zone"),
        _instant("built_at"),
        _column("files", sa.JSON()),
        _key("digests", "id"),
        sqlite_autoincrement=True,
    )
    _index("digests", "profile", "on", unique=True)
    op.create_table(
        "digest_stories",
        _other_id("digest_id"),
        _other_id("story_id"),
        _column("position", sa.Integer()),
        _key("digest_stories", "digest_id", "story_id"),
        _reference("digest_stories", "digest_id", "digests", "CASCADE"),
        _reference("digest_stories", "story_id", "stories"),
    )
    _index("digest_stories", "story_id")
