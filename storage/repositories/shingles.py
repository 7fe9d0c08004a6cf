"""Shingles: which articles have runs of words in common with a text, over the whole archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache

from sqlalchemy import TextClause, text
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
        asked = {f"key_{number}": key for number, key in enumerate(sorted(set(keys)))}
        if not asked:
            return []
        found = self._session.execute(_with_any_of(len(asked)), asked).scalars()
        shared = [(-count, article_id) for article_id, count in Counter(found).items() if count >= at_least]
        return [article_id for _, article_id in sorted(shared)[:limit]]


@cache
def _with_any_of(count: int) -> TextClause:
    """The articles of each of `count` keys. Made once: SQLAlchemy takes longer for it than a database to answer."""
    newest = "SELECT article_id FROM shingles WHERE key = :key_{0} ORDER BY article_id DESC LIMIT {1}"
    each = (f"SELECT article_id FROM ({newest.format(number, NEWEST)}) AS of_{number}" for number in range(count))
    return text(" UNION ALL ".join(each))
