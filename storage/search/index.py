"""The search index: what can be done with it, and where it is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from storage.search.documents import Document
from storage.search.fts5 import Fts5Index
from storage.search.matching import IndexQuery, Match
from storage.search.tsvector import TsvectorIndex


class SearchIndex(Protocol):
    """The words of all articles, within a transaction."""

    def add(self, article_id: int, known_at: datetime, document: Document) -> None:
        """Indexes an article that is not in the index."""

    def replace(self, article_id: int, old: Document, new: Document) -> None:
        """Exchanges what is indexed of an article; `old` must be exactly what is indexed now."""

    def remove(self, article_id: int, document: Document) -> None:
        """Forgets an article; `document` must be exactly what is indexed now."""

    def newest(self, query: IndexQuery, limit: int) -> dict[int, Match]:
        """The last articles that match, to the day, and how each of them does."""

    def count(self) -> int:
        """How many articles are indexed."""


def index_of(session: Session) -> SearchIndex:
    """The search index of the database that `session` works with."""
    return Fts5Index(session) if session.get_bind().dialect.name == "sqlite" else TsvectorIndex(session)
