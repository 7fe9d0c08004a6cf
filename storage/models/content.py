"""Tables of what was published: articles and stories.

Texts and taggings are large and rarely read, so that each has a table of its own: a scan of articles stays small.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.models.types import Id
from storage.records import Relevance


class StoryRow(Base):
    """An event that articles tell of; it has no more than its members."""

    __tablename__ = "stories"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    opened_at: Mapped[datetime]


class ArticleRow(Base):
    """An article without its long parts."""

    __tablename__ = "articles"
    __table_args__ = (
        Index(None, "is_notable", "published_at"),
        Index(None, "is_notable", "fetched_at"),
        # The id of a deleted article must not come back: digests and the search index refer to it.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    source: Mapped[str]
    url: Mapped[str]
    key: Mapped[str]
    key_hash: Mapped[bytes] = mapped_column(unique=True)
    text_hash: Mapped[bytes | None] = mapped_column(index=True)
    title: Mapped[str]
    lang: Mapped[str | None]
    authors: Mapped[list[str]]
    published_at: Mapped[datetime | None]
    published_from: Mapped[str | None]
    published_is_sure: Mapped[bool]
    modified_at: Mapped[datetime | None]
    fetched_at: Mapped[datetime] = mapped_column(index=True)
    known_at: Mapped[datetime] = mapped_column(index=True)
    """When the world could first read it as far as we know: published, and never later than fetched."""
    section: Mapped[str | None]
    tags: Mapped[list[str]]
    image_url: Mapped[str | None]
    agency: Mapped[str | None]
    extractor: Mapped[str]
    tagging_version: Mapped[str | None]
    """Of the lexicon and weights that made its tagging; NULL for one of a time when that was not kept."""
    relevance: Mapped[Relevance]
    """As the user marked it, else as it was tagged; so are score, ties and topics."""
    score: Mapped[float]
    near_miss: Mapped[str | None]
    is_notable: Mapped[bool]
    """Whether a digest may mention it: it has a tie, or nearly."""
    story_id: Mapped[int | None] = mapped_column(ForeignKey("stories.id"), index=True)
    copy_of: Mapped[int | None] = mapped_column(ForeignKey("articles.id"), index=True)


class ArticleTextRow(Base):
    """The text of an article, as it was printed."""

    __tablename__ = "article_texts"

    article_id: Mapped[int] = mapped_column(
        Id, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    standfirst: Mapped[str]
    text: Mapped[str]


class ArticleTaggingRow(Base):
    """All that the tagger found in an article, as JSON; whatever the user says of it."""

    __tablename__ = "article_taggings"

    article_id: Mapped[int] = mapped_column(
        Id, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    tagging: Mapped[str]


class MeaningRow(Base):
    """What a model of meaning makes of an article: computing it takes longer than all the rest."""

    __tablename__ = "article_meanings"

    article_id: Mapped[int] = mapped_column(
        Id, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    model: Mapped[str]
    vector: Mapped[bytes]


class MarkRow(Base):
    """What the user says of an article."""

    __tablename__ = "marks"

    article_id: Mapped[int] = mapped_column(
        Id, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    relevance: Mapped[Relevance]
    pairs: Mapped[list[str]]
    topics: Mapped[list[str]]
    note: Mapped[str]
    marked_at: Mapped[datetime]


class TieRow(Base):
    """A pair of countries that an article connects: the part of its tagging that is filtered by."""

    __tablename__ = "article_ties"
    __table_args__ = (Index(None, "pair", "article_id"),)

    article_id: Mapped[int] = mapped_column(
        Id, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    pair: Mapped[str] = mapped_column(primary_key=True)
    score: Mapped[float]


class TopicRow(Base):
    """A topic of an article, or of one of its ties."""

    __tablename__ = "article_topics"
    __table_args__ = (Index(None, "topic", "article_id"),)

    article_id: Mapped[int] = mapped_column(
        Id, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    topic: Mapped[str] = mapped_column(primary_key=True)
