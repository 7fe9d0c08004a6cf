"""Shingles: which articles have runs of words in common with a text, over the whole archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from storage.models import ShingleRow
from storage.upsert import insert_new

NEWEST = 200
"""Articles of one key that are looked at: one with more is a frame that stands under everything."""


class Shingles:
    """The keys of all texts that repeat no other: a few hashes of runs of words each, told by the caller."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, article_id: int, keys: Iterable[int]) -> None:
        """Notes the keys of an article."""
        insert_new(self._session, ShingleRow, [{"key": key, "article_id": article_id} for key in sorted(set(keys))])

    def sharing(self, keys: Iterable[int], *, at_least: int, limit: int) -> list[int]:
        """The articles that share most keys, and at least so many, best first, and among equals the first."""
        row = ShingleRow
        of_each = [
            select(row.article_id).where(row.key == key).order_by(row.article_id.desc()).limit(NEWEST).subquery()
            for key in set(keys)
        ]
        if not of_each:
            return []
        found = self._session.scalars(union_all(*(select(each.c.article_id) for each in of_each)))
        shared = [(-count, article_id) for article_id, count in Counter(found).items() if count >= at_least]
        return [article_id for _, article_id in sorted(shared)[:limit]]
