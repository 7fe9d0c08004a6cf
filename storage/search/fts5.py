"""The search index of SQLite: FTS5 without content.

FTS5 reads its rows by number, from the last one backwards, and stops when it has enough. So the numbers follow the
time: each day has a range of its own (`article_search_places` says which article has which number), and a word that
stands in every second article is found as fast as a rare one. What was indexed cannot be read back: to forget a row,
FTS5 must be told it again.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

from sqlalchemy import text
from sqlalchemy.orm import Session

from storage.search.documents import Document, in_title
from storage.search.matching import SPELLED, IndexQuery, Match, Row, conditions

A_DAY = 1 << 24
"""Places of one day: more than articles that anybody stores with one date."""
_BEFORE_ALL = -(1 << 62)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_GAP = "¶"
"""Stands between title, text and names, and for what comes between two names, so that no phrase spans it."""

_ADD = text("INSERT INTO article_search (rowid, words) VALUES (:place, :words)")
_FORGET = text("INSERT INTO article_search (article_search, rowid, words) VALUES ('delete', :place, :words)")
_TAKE_PLACE = text(
    "INSERT INTO article_search_places (place, article_id) SELECT coalesce(max(place) + 1, :first), :article_id"
    " FROM article_search_places WHERE place BETWEEN :first AND :last RETURNING place"
)
_PLACE = text("SELECT place FROM article_search_places WHERE article_id = :article_id")
_LEAVE_PLACE = text("DELETE FROM article_search_places WHERE place = :place")
_FIND = text(
    # CROSS: the index must be asked first, and each article it finds looked up; never the other way round.
    "SELECT place, article_id FROM article_search CROSS JOIN article_search_places ON place = article_search.rowid"
    " WHERE article_search MATCH :words AND article_search.rowid >= :first"
    " ORDER BY article_search.rowid DESC LIMIT :limit"
)
# The lengths that FTS5 keeps of each row: an article counts if its place leads to one, since else no search shows it.
_COUNT = text("SELECT count(*) FROM article_search_places JOIN article_search_docsize ON id = place")


class Fts5Index:
    """The index within a transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, article_id: int, known_at: datetime, document: Document) -> None:
        """Indexes an article that is not in the index."""
        first = _first_place(known_at)
        range_ = {"first": first, "last": first + A_DAY - 1, "article_id": article_id}
        place = self._session.execute(_TAKE_PLACE, range_).scalar_one()
        self._session.execute(_ADD, {"place": place, "words": _words(document)})

    def replace(self, article_id: int, old: Document, new: Document) -> None:
        """Exchanges what is indexed of an article; `old` must be exactly what is indexed now."""
        place = self._session.execute(_PLACE, {"article_id": article_id}).scalar_one()
        self._session.execute(_FORGET, {"place": place, "words": _words(old)})
        self._session.execute(_ADD, {"place": place, "words": _words(new)})

    def remove(self, article_id: int, document: Document) -> None:
        """Forgets an article; `document` must be exactly what is indexed now."""
        place = self._session.execute(_PLACE, {"article_id": article_id}).scalar_one()
        self._session.execute(_FORGET, {"place": place, "words": _words(document)})
        self._session.execute(_LEAVE_PLACE, {"place": place})

    def newest(self, query: IndexQuery, limit: int) -> dict[int, Match]:
        """The last articles that match, to the day, and how each of them does."""
        first = _first_place(query.since) if query.since else _BEFORE_ALL
        found = self._find(query, Match.NAMES, first=first, limit=limit)
        matches = {article_id: Match.NAMES for _, article_id in found}
        if found and query.terms:
            # The worst first, so that the best is what remains.
            for match in reversed(SPELLED):
                better = self._find(query, match, first=found[-1][0], limit=limit)
                matches |= {article_id: match for _, article_id in better}
        return matches

    def count(self) -> int:
        """How many articles are indexed."""
        return int(self._session.execute(_COUNT).scalar_one())

    def _find(self, query: IndexQuery, match: Match, *, first: int, limit: int) -> list[tuple[int, int]]:
        """Places and articles, the last place first."""
        values = {"words": fts5_query(query, match), "first": first, "limit": limit}
        return [(place, article_id) for place, article_id in self._session.execute(_FIND, values)]


def _first_place(instant: datetime) -> int:
    """The first place of its day."""
    return (instant - _EPOCH).days * A_DAY


def _words(document: Document) -> str:
    """A document as FTS5 takes it: with its tokenizer a word is what stands between spaces."""
    names = [name or _GAP for _, name in (*document.title, ("", None), *document.body)]
    return " ".join(
        [
            *(in_title(plain) for plain, _ in document.title),
            *(_GAP, *(plain for plain, _ in document.title)),
            *(_GAP, *(plain for plain, _ in document.body)),
            *(name for before, name in pairwise([_GAP, _GAP, *names]) if not before == name == _GAP),
            *(_GAP, *document.facets),
        ]
    )


def fts5_query(query: IndexQuery, match: Match) -> str:
    """`query` in the language of FTS5. Indexed words hold no sign that means anything there."""
    return " AND ".join(f"({' OR '.join(map(_row, rows))})" for rows in conditions(query, match))


def _row(row: Row) -> str:
    return f'"{" ".join(row.words)}"{" *" if row.is_start else ""}'
