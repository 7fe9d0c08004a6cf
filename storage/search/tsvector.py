"""The search index of PostgreSQL: a tsvector an article, with GIN.

The words and their places are given to it ready-made, so that its own idea of a word does not count.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from storage.search.documents import TITLE_GAP, Document, in_title
from storage.search.matching import SPELLED, IndexQuery, Match, Row, conditions

MOST_PLACES = 255
"""Places of one word in an article that PostgreSQL keeps."""

_ADD = text("INSERT INTO article_search (article_id, words) VALUES (:article_id, CAST(:words AS tsvector))")
_REPLACE = text("UPDATE article_search SET words = CAST(:words AS tsvector) WHERE article_id = :article_id")
_REMOVE = text("DELETE FROM article_search WHERE article_id = :article_id")
_FIND = text(
    "SELECT article_id FROM article_search JOIN articles ON articles.id = article_id"
    " WHERE words @@ CAST(:words AS tsquery)"
    " AND (CAST(:since AS timestamptz) IS NULL OR known_at >= :since)"
    " ORDER BY known_at DESC, article_id DESC LIMIT :limit"
)
_FIND_AMONG = text(
    "SELECT article_id FROM article_search WHERE article_id = ANY(:among) AND words @@ CAST(:words AS tsquery)"
)
_COUNT = text("SELECT count(*) FROM article_search")


class TsvectorIndex:
    """The index within a transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, article_id: int, known_at: datetime, document: Document) -> None:
        """Indexes an article that is not in the index."""
        self._session.execute(_ADD, {"article_id": article_id, "words": _tsvector(document)})

    def replace(self, article_id: int, old: Document, new: Document) -> None:
        """Exchanges what is indexed of an article."""
        self._session.execute(_REPLACE, {"article_id": article_id, "words": _tsvector(new)})

    def remove(self, article_id: int, document: Document) -> None:
        """Forgets an article; `document` need not be known here."""
        self._session.execute(_REMOVE, {"article_id": article_id})

    def newest(self, query: IndexQuery, limit: int) -> dict[int, Match]:
        """The last articles that match, and how each of them does."""
        values = {"words": tsquery(query, Match.NAMES), "since": query.since, "limit": limit}
        found = list(self._session.execute(_FIND, values).scalars())
        matches = dict.fromkeys(found, Match.NAMES)
        for match in reversed(SPELLED) if query.terms else ():
            better = self._session.execute(_FIND_AMONG, {"words": tsquery(query, match), "among": found})
            matches |= dict.fromkeys(better.scalars(), match)
        return matches

    def count(self) -> int:
        """How many articles are indexed."""
        return int(self._session.execute(_COUNT).scalar_one())


def _tsvector(document: Document) -> str:
    """A document as PostgreSQL reads it: each word with its places. Indexed words hold no quote and no backslash."""
    places: dict[str, list[str]] = {}
    start_of_body = len(document.title) + TITLE_GAP
    placed = [*enumerate(document.title, start=1), *enumerate(document.body, start=start_of_body)]
    for place, (plain, name) in placed:
        marked = in_title(plain) if place < start_of_body else None
        for word in filter(None, (plain, name, marked)):
            places.setdefault(word, []).append(str(place))
    words = [f"'{word}':{','.join(of_word[:MOST_PLACES])}" for word, of_word in places.items()]
    return " ".join([*words, *(f"'{facet}'" for facet in document.facets)])


def tsquery(query: IndexQuery, match: Match) -> str:
    """`query` in the language of PostgreSQL."""
    return " & ".join(f"({' | '.join(map(_row, rows))})" for rows in conditions(query, match))


def _row(row: Row) -> str:
    if row.is_start:
        return f"'{row.words[0]}':*"
    in_a_row = " <-> ".join(f"'{word}'" for word in row.words)
    return f"({in_a_row})"
