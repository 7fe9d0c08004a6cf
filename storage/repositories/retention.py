"""Forgetting what is old: in small portions, each a transaction of its own, so that nobody waits long for its turn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session

from storage.models import (
    ArticleRow,
    ArticleTaggingRow,
    ArticleTextRow,
    DigestStoryRow,
    MarkRow,
    RunRow,
    SeenUrlRow,
    SourceReportRow,
    StoryRow,
    TieRow,
    TopicRow,
)
from storage.records import UrlState
from storage.repositories.article_rows import full_articles, read_articles
from storage.search.documents import document_of
from storage.search.index import index_of

_PARTS = (ArticleTextRow, ArticleTaggingRow, TieRow, TopicRow)


class Retention:
    """Forgets what is old. Each method deletes `limit` at most and tells how many; 0: there is no more."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def forget_articles(self, before: datetime, limit: int) -> int:
        """Articles fetched before then that no digest showed and nobody marked, with their texts and the words of
        theirs in the search index.

        That their addresses were seen is kept, so that they are not fetched again.
        """
        shown = select(DigestStoryRow.story_id)
        old = (
            ArticleRow.fetched_at < before,
            or_(ArticleRow.story_id.is_(None), ArticleRow.story_id.not_in(shown)),
            ArticleRow.id.not_in(select(MarkRow.article_id)),
        )
        chosen = full_articles().where(*old).order_by(ArticleRow.fetched_at, ArticleRow.id).limit(limit)
        articles = read_articles(self._session, chosen)
        index = index_of(self._session)
        for article in articles:
            index.remove(article.id, document_of(article))
        self._delete([article.id for article in articles])
        return len(articles)

    def forget_stories(self, before: datetime, limit: int) -> int:
        """Stories opened before then of which no article is left, and that no digest showed."""
        is_told = exists().where(ArticleRow.story_id == StoryRow.id)
        was_shown = exists().where(DigestStoryRow.story_id == StoryRow.id)
        empty = select(StoryRow.id).where(StoryRow.opened_at < before, ~is_told, ~was_shown).limit(limit)
        return self._count(delete(StoryRow).where(StoryRow.id.in_(empty)).returning(StoryRow.id))

    def forget_addresses(self, before: datetime, limit: int) -> int:
        """Addresses that are settled, hold no article, and were last listed before then.

        Whatever lists one of them again lists it with its old date, or again and again.
        """
        last_seen = or_(
            SeenUrlRow.last_listed_at < before, SeenUrlRow.last_listed_at.is_(None) & (SeenUrlRow.settled_at < before)
        )
        settled = SeenUrlRow.state != UrlState.WAITING, SeenUrlRow.article_id.is_(None), last_seen
        chosen = select(SeenUrlRow.key_hash).where(*settled).limit(limit)
        gone = delete(SeenUrlRow).where(SeenUrlRow.key_hash.in_(chosen))
        return self._count(gone.returning(SeenUrlRow.key_hash))

    def forget_runs(self, before: datetime, limit: int) -> int:
        """Runs that started before then, with their reports."""
        chosen = list(self._session.scalars(select(RunRow.id).where(RunRow.started_at < before).limit(limit)))
        self._session.execute(delete(SourceReportRow).where(SourceReportRow.run_id.in_(chosen)))
        self._session.execute(delete(RunRow).where(RunRow.id.in_(chosen)))
        return len(chosen)

    def _delete(self, ids: Sequence[int]) -> None:
        # What repeated a forgotten text stays, as an article of its own.
        self._session.execute(update(ArticleRow).where(ArticleRow.copy_of.in_(ids)).values(copy_of=None))
        for row in _PARTS:
            self._session.execute(delete(row).where(row.article_id.in_(ids)))
        self._session.execute(delete(ArticleRow).where(ArticleRow.id.in_(ids)))

    def _count(self, statement: object) -> int:
        return len(self._session.execute(statement).all())  # type: ignore[call-overload]
