"""Which articles a search finds, best first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from storage.models import ArticleRow
from storage.records import SearchQuery
from storage.search.documents import wanted_facets
from storage.search.index import index_of
from storage.search.matching import IndexQuery, Match
from storage.search.query import read_query
from storage.upsert import table_of

MOST_RANKED = 1_000
"""Of all that matches the newest so many are ranked: so a word of every second article costs no more than others."""
CHUNK = 500
"""Parameters of one query."""

_ARTICLES = table_of(ArticleRow)
_TIMES = select(_ARTICLES.c.id, _ARTICLES.c.known_at).where(_ARTICLES.c.id.in_(bindparam("ids", expanding=True)))


def find(session: Session, query: SearchQuery) -> list[int]:
    """Ids of the articles that pass the filters of `query` and hold all its terms.

    Those with all terms in the title come first, those that spell a name in another way last; of equals the newest.
    (Both databases agree on that. Their own ranks, bm25 and ts_rank, do not, and count every match: at a million
    articles bm25 took 50 ms a common word.) Without words the newest come first; words of which nothing can be looked
    for (``%``) find none.
    """
    terms, facets = read_query(query.words), wanted_facets(query)
    if query.words.strip() and not terms:
        return []
    if not terms and not facets:
        return _newest(session, query)
    wanted = IndexQuery(terms, facets, query.since)
    matches = index_of(session).newest(wanted, max(MOST_RANKED, query.limit))
    return _in_order(matches, _times(session, list(matches)), query)


def _newest(session: Session, query: SearchQuery) -> list[int]:
    newest = select(ArticleRow.id).order_by(ArticleRow.known_at.desc(), ArticleRow.id.desc()).limit(query.limit)
    if query.since:
        newest = newest.where(ArticleRow.known_at >= query.since)
    return list(session.scalars(newest))


def _times(session: Session, ids: list[int]) -> dict[int, datetime]:
    times: dict[int, datetime] = {}
    for first in range(0, len(ids), CHUNK):
        found = session.execute(_TIMES, {"ids": ids[first : first + CHUNK]})
        times.update((article_id, known_at) for article_id, known_at in found)
    return times


def _in_order(matches: dict[int, Match], times: dict[int, datetime], query: SearchQuery) -> list[int]:
    """The index knows only the day, so what is too old on the first day is left out here."""
    found = [article_id for article_id in matches if query.since is None or times[article_id] >= query.since]
    found.sort(key=lambda article_id: (times[article_id], article_id), reverse=True)
    found.sort(key=lambda article_id: matches[article_id])
    return found[: query.limit]
