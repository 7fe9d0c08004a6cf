"""Stories: events that several articles tell of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from storage.models import ArticleRow, StoryRow
from storage.records import Article
from storage.repositories.article_rows import full_articles, read_articles

BATCH = 500
"""Articles that are read at once."""


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

    def recent(self, since: datetime, until: datetime | None = None) -> Iterator[Article]:
        """All articles of stories that were fetched since then (and before `until`), in the order in which they were
        stored; read in batches."""
        recent = full_articles().where(ArticleRow.story_id.is_not(None), ArticleRow.fetched_at >= since)
        if until:
            recent = recent.where(ArticleRow.fetched_at < until)
        query, last_id = recent.order_by(ArticleRow.id).limit(BATCH), 0
        while batch := read_articles(self._session, query.where(ArticleRow.id > last_id)):
            yield from batch
            last_id = batch[-1].id
