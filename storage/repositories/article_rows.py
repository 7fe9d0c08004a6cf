"""Between the record of an article and its rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import to_json
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from storage.judging import put_right
from storage.keys import key_hash, text_hash
from storage.models import ArticleRow, ArticleTaggingRow, ArticleTextRow, MarkRow
from storage.records import Article, Mark, NewArticle, Tagging

_TAGGING = TypeAdapter(Tagging)

FullRows = Select[ArticleRow, ArticleTextRow, ArticleTaggingRow, MarkRow | None]


def article_values(article: NewArticle) -> dict[str, Any]:
    """The columns of an article but those that come from its tagging."""
    return {
        "source": article.source,
        "url": article.url,
        "key": article.key,
        "key_hash": key_hash(article.key),
        "text_hash": text_hash(article.text),
        "title": article.title,
        "lang": article.lang,
        "authors": list(article.authors),
        "published_at": article.published_at,
        "published_from": article.published_from,
        "published_is_sure": article.published_is_sure,
        "modified_at": article.modified_at,
        "fetched_at": article.fetched_at,
        "known_at": known_at(article),
        "section": article.section,
        "tags": list(article.tags),
        "image_url": article.image_url,
        "agency": article.agency,
        "extractor": article.extractor,
    }


def known_at(article: NewArticle) -> datetime:
    """When the world could first read it as far as we know: published, and never later than fetched."""
    return min(article.published_at, article.fetched_at) if article.published_at else article.fetched_at


def tagging_json(tagging: Tagging) -> str:
    """The whole tagging."""
    # An unbounded figure (10^999) must be readable again: by default it would be written as null.
    return to_json(tagging, inf_nan_mode="constants").decode()


def read_articles(session: Session, query: FullRows) -> list[Article]:
    """The articles of a query that starts with `full_articles`."""
    return [_article(row, texts, tagging, mark) for row, texts, tagging, mark in session.execute(query)]


def full_articles() -> FullRows:
    """All articles with all their parts, in no order."""
    return (
        select(ArticleRow, ArticleTextRow, ArticleTaggingRow, MarkRow)
        .join(ArticleTextRow, ArticleTextRow.article_id == ArticleRow.id)
        .join(ArticleTaggingRow, ArticleTaggingRow.article_id == ArticleRow.id)
        .outerjoin(MarkRow, MarkRow.article_id == ArticleRow.id)
    )


def _article(row: ArticleRow, texts: ArticleTextRow, tagging: ArticleTaggingRow, mark_row: MarkRow | None) -> Article:
    by_tagger = _TAGGING.validate_json(tagging.tagging)
    mark = _mark(mark_row) if mark_row else None
    return Article(
        id=row.id,
        source=row.source,
        url=row.url,
        key=row.key,
        title=row.title,
        text=texts.text,
        standfirst=texts.standfirst,
        lang=row.lang,
        authors=tuple(row.authors),
        published_at=row.published_at,
        published_from=row.published_from,
        published_is_sure=row.published_is_sure,
        modified_at=row.modified_at,
        fetched_at=row.fetched_at,
        section=row.section,
        tags=tuple(row.tags),
        image_url=row.image_url,
        agency=row.agency,
        extractor=row.extractor,
        tagging=put_right(by_tagger, mark),
        story_id=row.story_id,
        copy_of=row.copy_of,
        mark=mark,
        by_tagger=by_tagger if mark else None,
    )


def _mark(row: MarkRow) -> Mark:
    return Mark(
        relevance=row.relevance,
        pairs=tuple(row.pairs),
        topics=tuple(row.topics),
        note=row.note,
        marked_at=row.marked_at,
    )
