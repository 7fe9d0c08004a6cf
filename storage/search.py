"""Which articles a search finds, best first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Float,
    Select,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

from storage.models import ArticleRow, TieRow, TopicRow
from storage.query import Term, read_query
from storage.records import SearchQuery
from storage.search_index import TABLE, fts5_query, tsquery

MOST_RANKED = 1_000
"""Of all that matches, the last so many stored are ranked: a word that stands in every second article costs no more."""


def find(session: Session, query: SearchQuery) -> list[int]:
    """Ids of the articles that pass the filters and hold every term of `query.words`, best first, then newest.

    Without words the newest first; with words of which nothing can be looked for (``%``) none.
    """
    terms = read_query(query.words)
    filters = _filters(query)
    if not query.words.strip():
        newest = select(ArticleRow.id).where(*filters).order_by(ArticleRow.known_at.desc(), ArticleRow.id.desc())
        return list(session.scalars(newest.limit(query.limit)))
    if not terms:
        return []
    matching = _matching(session.get_bind().dialect.name, terms)
    matching = matching.join(ArticleRow, ArticleRow.id == matching.selected_columns[0]).where(*filters)
    if query.since:
        matching = matching.where(matching.selected_columns[0] >= _first_id_since(query))
    last = matching.order_by(matching.selected_columns[0].desc()).limit(MOST_RANKED).subquery()
    ranked = (
        select(ArticleRow.id)
        .join(last, last.c.id == ArticleRow.id)
        .order_by(last.c.rank.desc(), ArticleRow.known_at.desc(), ArticleRow.id.desc())
    )
    return list(session.scalars(ranked.limit(query.limit)))


def _filters(query: SearchQuery) -> list[ColumnElement[bool]]:
    filters: list[ColumnElement[bool]] = []
    if query.pair:
        filters.append(ArticleRow.id.in_(select(TieRow.article_id).where(TieRow.pair == query.pair.upper())))
    if query.topic:
        filters.append(ArticleRow.id.in_(select(TopicRow.article_id).where(TopicRow.topic == query.topic)))
    if query.lang:
        filters.append(ArticleRow.lang == query.lang)
    if query.source:
        filters.append(ArticleRow.source == query.source)
    if query.relevance:
        filters.append(ArticleRow.relevance == query.relevance)
    if query.since:
        filters.append(ArticleRow.known_at >= query.since)
    return filters


def _first_id_since(query: SearchQuery) -> ColumnElement[int]:
    """None with a lower id was fetched, so none was published, since then: an old part of the index is skipped."""
    first = select(func.coalesce(func.min(ArticleRow.id), 0)).where(ArticleRow.fetched_at >= query.since)
    return first.scalar_subquery()


def _matching(dialect: str, terms: Sequence[Term]) -> Select[int, float]:
    """Ids and ranks, the higher the better, of all that holds `terms`."""
    return _in_fts5(terms) if dialect == "sqlite" else _in_tsvector(terms)


def _in_fts5(terms: Sequence[Term]) -> Select[int, float]:
    index = table(TABLE, column("rowid", BigInteger))
    # bm25 is the lower the better; the weights are those of title, text and names.
    rank: ColumnElement[float] = literal_column(f"-bm25({TABLE}, 4.0, 1.0, 0.5)", Float)
    matches = literal_column(TABLE).op("MATCH")(bindparam("words", fts5_query(terms)))
    return select(index.c.rowid.label("id"), rank.label("rank")).select_from(index).where(matches)


def _in_tsvector(terms: Sequence[Term]) -> Select[int, float]:
    index = table(TABLE, column("article_id", BigInteger), column("words", TSVECTOR))
    wanted = cast(bindparam("words", tsquery(terms)), TSQUERY)
    # The same weights, of text, names, nothing, title; divided by the logarithm of the length.
    weights: ColumnElement[Any] = literal_column("'{0.25, 0.125, 0, 1.0}'::float4[]")
    rank: ColumnElement[float] = func.ts_rank(weights, index.c.words, wanted, 1, type_=Float)
    matches = index.c.words.op("@@")(wanted)
    return select(index.c.article_id.label("id"), rank.label("rank")).select_from(index).where(matches)
