"""An article on its way: from a page to what is stored, and from there to what is grouped."""

from __future__ import annotations

from datetime import datetime

from crawler.items import Extraction
from crawler.stories.items import StoryItem
from crawler.urls import identity
from storage.records import Article, NewArticle, Tagging


def article_of(source: str, page: Extraction, tagging: Tagging, *, fetched_at: datetime) -> NewArticle:
    """What is stored of a page of `source`."""
    return NewArticle(
        source=source,
        url=page.url,
        key=identity(page.url),
        title=page.title,
        text=page.text,
        standfirst=page.standfirst,
        lang=page.lang,
        authors=page.authors,
        published_at=page.published_at,
        published_from=page.published_from,
        published_is_sure=page.published_is_sure,
        modified_at=page.modified_at,
        fetched_at=fetched_at,
        section=page.section,
        tags=page.tags,
        image_url=page.image_url,
        image_caption=page.image_caption,
        agency=page.agency,
        kind=page.kind,
        extractor="; ".join([page.extractor, *(f"doubtful: {doubt}" for doubt in page.doubts)]),
        origins=page.origins,
        tagging=tagging,
    )


def item_of(article: NewArticle) -> StoryItem:
    """What grouping needs of an article; its id is that in the archive, or the key of one not stored yet."""
    return StoryItem(
        id=article.id if isinstance(article, Article) else article.key,
        title=article.title,
        text=article.text,
        lang=article.lang,
        outlet=article.source,
        url=article.url,
        published_at=article.published_at,
        seen_at=article.fetched_at,
    )
