"""What is kept of a tagging beside its JSON, to filter by: columns of the article, ties, topics, words of the index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from storage.models import ArticleRow, TieRow, TopicRow
from storage.records import Article, Relevance, Tagging
from storage.search.documents import document_of, facets_of, pairs_of, topics_of
from storage.search.index import index_of
from storage.upsert import table_of

_ADD_TIES = insert(table_of(TieRow))
_ADD_TOPICS = insert(table_of(TopicRow))


def tag_values(tagging: Tagging) -> dict[str, Any]:
    """The columns of an article that come from its tagging."""
    return {
        "tagging_version": tagging.version,
        "relevance": tagging.relevance,
        "score": tagging.score,
        "near_miss": tagging.near_miss,
        "is_notable": tagging.relevance is not Relevance.NONE or tagging.near_miss is not None,
    }


def add_tags(session: Session, article_id: int, tagging: Tagging) -> None:
    """Adds the ties and topics of an article that has none."""
    if ties := [{"article_id": article_id, "pair": pair, "score": score} for pair, score in pairs_of(tagging).items()]:
        session.execute(_ADD_TIES, ties)
    if topics := [{"article_id": article_id, "topic": topic} for topic in topics_of(tagging)]:
        session.execute(_ADD_TOPICS, topics)


def replace_tags(session: Session, before: Article, tagging: Tagging) -> None:
    """Exchanges all of it for an article that is stored as `before`."""
    set_values(session, before.id, tag_values(tagging))
    after = replace(before, tagging=tagging)
    if facets_of(before) != facets_of(after):
        index_of(session).replace(before.id, document_of(before), document_of(after))
    for row in (TieRow, TopicRow):
        session.execute(delete(row).where(row.article_id == before.id))
    add_tags(session, before.id, tagging)


def set_values(session: Session, article_id: int, values: Mapping[str, Any]) -> None:
    """Changes columns of an article."""
    session.execute(update(ArticleRow).where(ArticleRow.id == article_id).values(**values))
