"""Revisions: what publishers changed in articles after we had stored them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import ArticleRow, ArticleTextRow, RevisionRow
from storage.records import Revision

BATCH = 500
"""Parameters of one query."""


class Revisions:
    """What publishers changed. They are written by `Articles.revise`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, article_id: int) -> list[Revision]:
        """All changes of an article, in the order in which we saw them."""
        return self._of([article_id])

    def between(self, start: datetime, end: datetime) -> list[Revision]:
        """All changes that we saw from `start` until before `end`: article by article, each in its order."""
        in_time = (start <= RevisionRow.seen_at) & (RevisionRow.seen_at < end)
        ids = sorted(set(self._session.scalars(select(RevisionRow.article_id).where(in_time))))
        batches = (ids[first : first + BATCH] for first in range(0, len(ids), BATCH))
        return [each for batch in batches for each in self._of(batch) if start <= each.seen_at < end]

    def _of(self, articles: list[int]) -> list[Revision]:
        rows = select(RevisionRow).where(RevisionRow.article_id.in_(articles))
        by_article: defaultdict[int, list[RevisionRow]] = defaultdict(list)
        for row in self._session.scalars(rows.order_by(RevisionRow.article_id, RevisionRow.id)):
            by_article[row.article_id].append(row)
        today = (
            select(ArticleRow.id, ArticleRow.title, ArticleTextRow.text)
            .join(ArticleTextRow, ArticleTextRow.article_id == ArticleRow.id)
            .where(ArticleRow.id.in_(by_article))
        )
        texts = {article_id: (title, text) for article_id, title, text in self._session.execute(today)}
        return [each for article_id, old in by_article.items() for each in _chained(old, texts[article_id])]


def _chained(rows: list[RevisionRow], today: tuple[str, str]) -> Iterable[Revision]:
    """Each old version with the one that followed it."""
    following = [(row.title, row.text) for row in rows[1:]] + [today]
    for row, (title, text) in zip(rows, following, strict=True):
        yield Revision(
            id=row.id,
            article_id=row.article_id,
            seen_at=row.seen_at,
            changed=tuple(row.changed),
            old_title=row.title,
            old_text=row.text,
            new_title=title,
            new_text=text,
        )
