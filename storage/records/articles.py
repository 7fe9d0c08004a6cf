"""Articles, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from storage.records.tagging import Mark, Relevance, Tagging


class ArticleKind(StrEnum):
    """What sort of text an article is."""

    ARTICLE = "article"
    LIVE = "live"
    """A page that grows while something happens: entries with times, the newest first."""
    ROUNDUP = "roundup"
    """Briefs that have nothing to do with each other: what one says is no tie of another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """An article as the crawler hands it over."""

    source: str
    url: str
    """Canonical form, as it can be fetched."""
    key: str
    """Identity of the article: the same for all addresses it goes by (``crawler.urls.identity``)."""
    title: str
    text: str = field(repr=False)
    """Clean text, paragraphs separated by a blank line; without the title."""
    standfirst: str = field(default="", repr=False)
    lang: str | None = None
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    """When the publisher says that it appeared. None when nothing on the page or in the feed could be trusted."""
    published_from: str | None = None
    """Where that comes from: ``json-ld``, ``meta``, ``page``, ``url`` or ``feed``."""
    published_is_sure: bool = False
    modified_at: datetime | None = None
    fetched_at: datetime
    section: str | None = None
    tags: tuple[str, ...] = ()
    image_url: str | None = None
    image_caption: str | None = None
    agency: str | None = None
    """The agency whose copy this is, as the text itself says; None when it claims none."""
    kind: ArticleKind = ArticleKind.ARTICLE
    extractor: str = ""
    """Which extractor won, and why."""
    origins: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Field to where its value was found: ``json-ld``, ``meta``, ``page``, ``feed``, ``text``, ``rule``, ..."""
    tagging: Tagging = field(repr=False)


@dataclass(frozen=True, slots=True)
class Copied:
    """What a text repeats: an article, and the share of the text that stands in it, from 0 to 1."""

    article: int
    shared: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(NewArticle):
    """A stored article."""

    id: int
    story_id: int | None = None
    """The story it belongs to; None for an article without a tie."""
    copy_of: int | None = None
    """The article whose text it repeats, the earliest one we know."""
    copied_share: float | None = None
    """How much of its text stands in that article, from 0 to 1. None without one, or when that was not measured."""
    removed_at: datetime | None = None
    """When it was confirmed that its publisher had taken it down; None while it is there, as far as we know."""
    mark: Mark | None = None
    """What the user says of it. Then `tagging` is what holds: that of the tagger, put right by the mark."""
    by_tagger: Tagging | None = field(default=None, repr=False)
    """What the tagger alone found, where there is a mark; None elsewhere: `tagging` is its own then."""

    @property
    def machine_tagging(self) -> Tagging:
        """What the tagger alone found."""
        return self.by_tagger or self.tagging


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A change of an article that its publisher made after we had stored it."""

    id: int
    article_id: int
    seen_at: datetime
    """When we saw it: it was made between then and the visit before."""
    changed: tuple[str, ...]
    """``title``, ``text`` or both: where words differ, not only spaces and signs."""
    old_title: str
    old_text: str = field(repr=False)
    new_title: str
    """As it became by this change, which later ones may have changed again."""
    new_text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCheck:
    """That an article is to be looked at again, and what is known of its page."""

    article_id: int
    source: str
    url: str
    """The address that the page came from; the article may go by another."""
    etag: str | None = None
    last_modified: str | None = None
    due_at: datetime
    failures: int = 0
    """Looks in a row that told nothing."""
    missing_at: datetime | None = None
    """When the page was first not found, with no success since; None while it is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A found article, with a passage in which the matched words stand between ``[[`` and ``]]``."""

    article: Article
    passage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """What to look for; an empty `words` lists the newest articles that pass the filters."""

    words: str = ""
    pair: str | None = None
    topic: str | None = None
    lang: str | None = None
    source: str | None = None
    relevance: Relevance | None = None
    since: datetime | None = None
    limit: int = 20
