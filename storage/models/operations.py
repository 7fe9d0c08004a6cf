"""Tables of what we did: URLs seen, sources asked, runs, digests written."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.models.types import Id
from storage.records import Outcome, UrlState

IS_WAITING = text("state = 'waiting'")


class SeenUrlRow(Base):
    """An address that was listed, or became an article, and what became of it.

    The primary key is an index of its own beside the rows: "which of these are new" reads only that.
    """

    __tablename__ = "seen_urls"
    __table_args__ = (
        # Nearly all rows are settled: only the few that wait are worth an index.
        # PostgreSQL has the same condition from the migration; to say it here would load its dialect at every start.
        Index("ix_seen_urls_waiting", "source", "known_at", sqlite_where=IS_WAITING),
    )

    key_hash: Mapped[bytes] = mapped_column(primary_key=True)
    key: Mapped[str]
    url: Mapped[str]
    source: Mapped[str | None]
    """Who listed it first; None for one that was settled without ever being listed."""
    state: Mapped[UrlState]
    reason: Mapped[str | None]
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id", ondelete="SET NULL"), index=True)
    title: Mapped[str | None]
    published_at: Mapped[datetime | None]
    lang: Mapped[str | None]
    via: Mapped[str]
    attempts: Mapped[int]
    due_at: Mapped[datetime]
    """Not to be fetched before."""
    known_at: Mapped[datetime]
    """When it was published as its entry point says, but never later than it was first listed."""
    last_listed_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]


class ArticleCheckRow(Base):
    """That an article is to be looked at again; without a row it is not."""

    __tablename__ = "article_checks"
    __table_args__ = (Index(None, "source", "due_at"),)

    article_id: Mapped[int] = mapped_column(
        Id, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    source: Mapped[str]
    url: Mapped[str]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    due_at: Mapped[datetime]
    failures: Mapped[int]
    missing_at: Mapped[datetime | None]


class SourceReadingRow(Base):
    """How many articles of a source, in one language, were read for lines that repeat."""

    __tablename__ = "source_readings"

    source: Mapped[str] = mapped_column(primary_key=True)
    lang: Mapped[str] = mapped_column(primary_key=True)
    articles: Mapped[int]


class SourceBlockRow(Base):
    """A line that was seen on pages of a source, and on how many articles. Articles are numbered as they came."""

    __tablename__ = "source_blocks"

    source: Mapped[str] = mapped_column(primary_key=True)
    lang: Mapped[str] = mapped_column(primary_key=True)
    """Empty for texts of no known language."""
    block_hash: Mapped[bytes] = mapped_column(primary_key=True)
    sample: Mapped[str]
    """How it begins, for people."""
    times: Mapped[int]
    first_number: Mapped[int]
    last_number: Mapped[int]


class SourceStateRow(Base):
    """What we know of a source over all runs."""

    __tablename__ = "source_states"

    source: Mapped[str] = mapped_column(primary_key=True)
    last_asked_at: Mapped[datetime | None]
    last_reached_at: Mapped[datetime | None]
    last_new_at: Mapped[datetime | None]
    failures: Mapped[float]
    next_check_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None]
    detail: Mapped[str]


class EntryPointRow(Base):
    """What we know of one entry point of a source."""

    __tablename__ = "entry_points"

    source: Mapped[str] = mapped_column(primary_key=True)
    url_hash: Mapped[bytes] = mapped_column(primary_key=True)
    url: Mapped[str]
    kind: Mapped[str]
    lang: Mapped[str | None]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    body_hash: Mapped[str | None]
    worked_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    problem: Mapped[str | None]


class RunRow(Base):
    """One crawl."""

    __tablename__ = "runs"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    started_at: Mapped[datetime] = mapped_column(index=True)
    finished_at: Mapped[datetime | None]


class SourceReportRow(Base):
    """How one source fared in one run."""

    __tablename__ = "source_reports"
    __table_args__ = (Index(None, "source", "run_id"),)

    run_id: Mapped[int] = mapped_column(
        Id, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    source: Mapped[str] = mapped_column(primary_key=True)
    outcome: Mapped[Outcome]
    detail: Mapped[str]
    entry_point: Mapped[str | None]
    requests: Mapped[int]
    listed: Mapped[int]
    new: Mapped[int]
    fetched: Mapped[int]
    stored: Mapped[int]
    relevant: Mapped[int]
    refused: Mapped[dict[str, Any]]
    failed: Mapped[dict[str, Any]]


class RobotsFileRow(Base):
    """A host's robots.txt as last read."""

    __tablename__ = "robots_files"

    origin: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[int]
    body: Mapped[bytes]
    fetched_at: Mapped[datetime]


class DigestRow(Base):
    """A digest that was written: one a profile and day."""

    __tablename__ = "digests"
    __table_args__ = (Index(None, "profile", "on", unique=True), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    profile: Mapped[str]
    on: Mapped[date]
    zone: Mapped[str]
    built_at: Mapped[datetime]
    window_start: Mapped[datetime | None]
    window_end: Mapped[datetime | None]
    files: Mapped[list[str]]


class DigestStoryRow(Base):
    """A story that a digest showed, at its place."""

    __tablename__ = "digest_stories"

    digest_id: Mapped[int] = mapped_column(
        Id, ForeignKey("digests.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    story_id: Mapped[int] = mapped_column(
        Id, ForeignKey("stories.id"), primary_key=True, autoincrement=False, index=True
    )
    position: Mapped[int]
    section: Mapped[str | None]
    facts: Mapped[dict[str, Any] | None]
    """`StoryFacts`; missing from rows that are older than the column."""
