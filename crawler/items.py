"""What flows through the crawl, one frozen value a stage: Candidate → Arrival → Draft → (storage) Article.

`Candidate`, the first, lives in `storage.records`, since the frontier keeps it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from storage.records import ArticleKind, Tagging, WaitingCandidate


@dataclass(frozen=True, slots=True)
class PageRules:
    """A source's own CSS selectors, for pages that the general extractor reads badly. Empty: not needed."""

    body: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    boilerplate: tuple[str, ...] = ()
    """Regular expressions; a line of the text that one of them matches as a whole is dropped."""


@dataclass(frozen=True, slots=True)
class Visit:
    """The address that a page came from, and what the server said for asking again."""

    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A fetched page with all that extraction may use. It can be pickled: extraction runs in another process."""

    url: str
    """Canonical form of the address it was fetched from (after redirects)."""
    body: bytes = field(repr=False)
    charset: str | None = None
    """From the Content-Type header; often wrong."""
    source: str = ""
    zone: str = "UTC"
    """IANA zone of the site, for dates without one."""
    day_first: bool = True
    """How ``03/04/2026`` is read."""
    lang: str | None = None
    """Language of the edition, as the registry says; only a hint."""
    title: str | None = None
    """Title in the feed."""
    published_at: datetime | None = None
    """Date in the feed, UTC."""
    rules: PageRules = PageRules()
    repeated: frozenset[bytes] = field(default=frozenset(), repr=False)
    """Lines that the source prints under many of its articles, as hashes (``crawler.extraction.repeated``)."""
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What a page says. `refused` is set when it holds no article; the other fields are then what could be read."""

    url: str
    """Canonical URL: the page's own ``rel=canonical`` when it is of the same site, else the address fetched."""
    title: str = ""
    text: str = field(default="", repr=False)
    """Paragraphs separated by a blank line, without the title."""
    repeated: tuple[str, ...] = field(default=(), repr=False)
    """Lines that were dropped from the text because the source prints them under many of its articles."""
    standfirst: str = field(default="", repr=False)
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    """UTC."""
    published_from: str | None = None
    """``json-ld``, ``meta``, ``page``, ``url`` or ``feed``; None without a date."""
    published_is_sure: bool = False
    """False for a date without a time zone, a guess, or a date that another place on the page contradicts."""
    published_offset: timedelta | None = None
    """From UTC, of the clock that the publisher goes by: it decides on which day the article appeared."""
    modified_at: datetime | None = None
    lang: str | None = None
    """ISO 639-1, from the text; the edition's language where the text is too short to tell."""
    section: str | None = None
    tags: tuple[str, ...] = ()
    image_url: str | None = None
    image_caption: str | None = None
    kind: ArticleKind = ArticleKind.ARTICLE
    site_name: str | None = None
    agency: str | None = None
    extractor: str = ""
    """Which extractor won, and why: ``trafilatura``, ``rules``, ``readability: resiliparse agrees, ...``."""
    doubts: tuple[str, ...] = ()
    """Why the text may be the wrong one; empty when nothing tells so."""
    origins: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Field to where its value was found: ``json-ld``, ``meta``, ``page``, ``feed``, ``text``, ``rule``, ..."""
    refused: str | None = None
    """Why this is not an article, in few countable words: ``no text``, ``paid``, ``listing``, ``too large``, ..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A page that came, with the candidate that it was fetched for."""

    page: Page
    candidate: WaitingCandidate
    visit: Visit

    @property
    def source(self) -> str:
        """Id of the source."""
        return self.candidate.source


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An extracted and tagged article, before it is compared with those we have."""

    candidate: WaitingCandidate
    """What it was listed as: that address stays seen even if the page names another."""
    extraction: Extraction
    tagging: Tagging
    visit: Visit
    fetched_at: datetime

    @property
    def source(self) -> str:
        """Id of the source."""
        return self.candidate.source
