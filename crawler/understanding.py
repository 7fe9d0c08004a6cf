"""What a worker process does with a page: extract it and tag it, in one trip."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.extraction.article import extract
from crawler.items import Extraction, Page
from crawler.tagging import tag_article
from crawler.ties.tagger import load_tagger
from storage.records import Relevance, Tagging


@dataclass(frozen=True, slots=True)
class Sides:
    """The countries whose ties are looked for."""

    home: tuple[str, ...]
    others: tuple[str, ...]


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
    extraction = extract(question.page)
    if extraction.refused:
        return Understood(extraction)
    tagger = load_tagger(question.sides.home, question.sides.others)
    published = extraction.published_at.date() if extraction.published_at else None
    tagging = tag_article(
        tagger,
        extraction.title,
        extraction.text,
        kind=extraction.kind,
        lang=extraction.lang,
        published=published,
        source_country=question.country,
    )
    return Understood(extraction, tagging)
