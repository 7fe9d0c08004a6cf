"""Checks: which articles are to be looked at again, and when."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.models import ArticleCheckRow
from storage.plain_text import refuse_impossible
from storage.records import ArticleCheck
from storage.upsert import put


class Checks:
    """The articles that are to be looked at again."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def due(self, source: str, now: datetime, limit: int) -> list[ArticleCheck]:
        """What is to be looked at now of a source, the longest overdue first."""
        due = select(ArticleCheckRow).where(ArticleCheckRow.source == source, ArticleCheckRow.due_at <= now)
        rows = self._session.scalars(due.order_by(ArticleCheckRow.due_at, ArticleCheckRow.article_id).limit(limit))
        return [_check(row) for row in rows]

    def get(self, article_id: int) -> ArticleCheck | None:
        """The check of an article; None when it is not looked at any more."""
        row = self._session.get(ArticleCheckRow, article_id)
        return _check(row) if row else None

    def put(self, check: ArticleCheck) -> None:
        """Plans a look, in place of the one that was planned before."""
        refuse_impossible(check.url, check)
        put(self._session, ArticleCheckRow, asdict(check))

    def end(self, article_id: int) -> None:
        """The article is not looked at any more."""
        self._session.execute(delete(ArticleCheckRow).where(ArticleCheckRow.article_id == article_id))


def _check(row: ArticleCheckRow) -> ArticleCheck:
    return ArticleCheck(
        article_id=row.article_id,
        source=row.source,
        url=row.url,
        etag=row.etag,
        last_modified=row.last_modified,
        due_at=row.due_at,
        failures=row.failures,
        missing_at=row.missing_at,
    )
