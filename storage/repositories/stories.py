"""Stories: events that several articles tell of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from storage.models import ArticleRow, StoryRow
from storage.records import Article
from storage.repositories.article_rows import full_articles, read_articles


class Stories:
    """Events that several articles tell of."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open(self, now: datetime) -> int:
        """A new story, without members; returns its id."""
        return self._session.execute(insert(StoryRow).returning(StoryRow.id), {"opened_at": now}).scalar_one()

    def members(self, story_id: int) -> list[Article]:
        """The articles of a story, in the order in which the world could read them."""
        members = full_articles().where(ArticleRow.story_id == story_id)
        return read_articles(self._session, members.order_by(ArticleRow.known_at, ArticleRow.id))

    def recent(self, since: datetime) -> list[Article]:
        """All articles of stories that were fetched since then, in the order in which they were stored."""
        recent = full_articles().where(ArticleRow.story_id.is_not(None), ArticleRow.fetched_at >= since)
        return read_articles(self._session, recent.order_by(ArticleRow.id))
