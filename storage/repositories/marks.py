"""Marks: what the user says of articles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from storage.judging import put_right
from storage.models import ArticleRow, MarkRow
from storage.plain_text import refuse_impossible
from storage.records import Article, Mark
from storage.repositories.article_rows import full_articles, read_articles
from storage.repositories.article_tags import replace_tags
from storage.upsert import put

BATCH = 500


class Marks:
    """What the user says of articles: one mark an article."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, article_id: int, mark: Mark) -> None:
        """Marks an article; an earlier mark is replaced. Raises LookupError when there is no such article."""
        refuse_impossible(f"article {article_id}", mark)
        article = self._article(article_id)
        values = {
            "article_id": article_id,
            "relevance": mark.relevance,
            "pairs": list(mark.pairs),
            "topics": list(mark.topics),
            "note": mark.note,
            "marked_at": mark.marked_at,
        }
        put(self._session, MarkRow, values)
        replace_tags(self._session, article, put_right(article.machine_tagging, mark))

    def remove(self, article_id: int) -> None:
        """Takes the mark away: what the tagger found holds again. Raises LookupError when there is no such article."""
        article = self._article(article_id)
        self._session.execute(delete(MarkRow).where(MarkRow.article_id == article_id))
        replace_tags(self._session, article, article.machine_tagging)

    def articles(self, since: datetime | None = None) -> Iterator[Article]:
        """The marked articles, or those known since then, in the order in which they were stored."""
        query = full_articles().where(MarkRow.article_id.is_not(None)).order_by(ArticleRow.id).limit(BATCH)
        if since:
            query = query.where(ArticleRow.known_at >= since)
        last_id = 0
        while batch := read_articles(self._session, query.where(ArticleRow.id > last_id)):
            yield from batch
            last_id = batch[-1].id

    def count(self) -> int:
        """How many there are."""
        return self._session.scalar(select(func.count(MarkRow.article_id))) or 0

    def _article(self, article_id: int) -> Article:
        query = full_articles().where(ArticleRow.id == article_id)
        found = next(iter(read_articles(self._session, query)), None)
        if found is None:
            raise LookupError(f"there is no article {article_id}")
        return found
