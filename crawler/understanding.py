"""What a worker process does with a page: extract it and tag it, in one trip.

The crawl's main process only names `understand`. So what that needs is imported when it runs, in a worker.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.items import Extraction, Page
from storage.records import NewArticle, Relevance, Tagging

if TYPE_CHECKING:
    from crawler.ties.tagger import Tagger


@dataclass(frozen=True, slots=True)
class Sides:
    """The countries whose ties are looked for."""

    home: tuple[str, ...]
    others: tuple[str, ...]
    weights: Path | None = None
    """File of the weights; None: those that come with the program."""


@dataclass(frozen=True, slots=True)
class Question:
    """A page, and what to look for in it."""

    page: Page
    sides: Sides
    country: str | None
    """Country of the source's owner."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What the page says, and which ties it is about. A refused page is not tagged."""

    extraction: Extraction
    tagging: Tagging = field(default=Tagging(Relevance.NONE, 0.0, None))


def understand(question: Question) -> Understood:
    """Extract and tag one page."""
    from crawler.extraction.article import extract
    from crawler.ties.tagger import load_tagger

    extraction = extract(question.page)
    if extraction.refused:
        return Understood(extraction)
    sides = question.sides
    tagger = load_tagger(sides.home, sides.others, sides.weights)
    return Understood(extraction, tag_article(tagger, extraction, question.country))


def tag_article(tagger: Tagger, article: Extraction | NewArticle, country: str | None) -> Tagging:
    """Tag what a crawl found, now or earlier; `country` is that of the source's owner."""
    from crawler.tagging import tag_by_kind

    return tag_by_kind(
        tagger,
        article.title,
        article.text,
        kind=article.kind,
        lang=article.lang,
        published=article.published_at.date() if article.published_at else None,
        source_country=country,
    )
