"""Is it an article? Refused only on strong evidence: a wrong refusal loses a story, a wrong page costs a glance."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from urllib.parse import urlsplit

from crawler.extraction.document import Document, text_of
from crawler.extraction.phrases import phrases
from crawler.text.clean import one_line

SHORT = 800
"""Characters of a text that can consist of a wall, an error or the teaser of a paid story and little else."""
MIN_TEXT = 60
TEASER = 2
"""Paragraphs that are shown of a paid story."""
ERROR_WORDS = 7
ERROR_TEXT = 300
PARAGRAPH = 140
"""Characters that make a line a paragraph, not a headline or a teaser in a list."""
FEW_PARAGRAPHS = 3
MANY_LINKS = 8
LINKED_SHARE = 0.25
VISIBLE = 3000
FEW_CHARACTERS = 300
SENTENCE_ENDS = (".", "!", "?", "…", "»", "”", '"', ")")

_LISTING_PATH = re.compile(
    r"^/(?:[a-z]{2,3}/)?(?:tags?|teg|temy|topics?|authors?|avtor|muellif|yazar|categor(?:y|ies)|kateqoriya|kategori|rubrics?|rubrika|archives?|arxiv"
    r"|search|axtar|page|latest|all-?news|lenta)(?:/|$)",
    re.IGNORECASE,
)
_SECTION_PATH = re.compile(r"(?:/[a-z_]{2,20}(?:-[a-z_]{2,20})?){1,3}/?", re.IGNORECASE)
"""Addresses without a number and without the many hyphens of a headline."""
_WALLS = (
    ("captcha", "captcha"),
    ("parked", "parked"),
    ("paid", "paid"),
    ("consent", "consent or login wall"),
)


def refusal(document: Document, *, title: str, lines: Sequence[str], raw: Sequence[str], links: Set[str]) -> str | None:
    """Why the page holds no article, short enough to count by; None when it holds one, or may.

    `lines` are those of the article, `raw` those of the extractor before anything was dropped from them.
    """
    size = sum(len(line) for line in lines)
    if size <= SHORT:
        shown = [one_line(line) for line in raw] if size >= MIN_TEXT else _visible(document)
        if reason := _wall(document, title, shown, lines):
            return reason
    if _is_listing(document, lines, [one_line(line) for line in raw], links):
        # Little but links may be left of a page because a wall stands where its text was.
        return _wall(document, title, _visible(document), ()) or "listing"
    if size < MIN_TEXT:
        return "video only" if _is_video(document) else "no text"
    return None


def doubts_about(lines: Sequence[str]) -> tuple[str, ...]:
    """What is strange about an article that is not refused."""
    doubts = []
    size = sum(len(line) for line in lines)
    if size < FEW_CHARACTERS:
        doubts.append(f"only {size} characters")
    if not any(line.endswith(SENTENCE_ENDS) for line in lines):
        doubts.append("no line ends as a sentence does")
    return tuple(doubts)


def _wall(document: Document, title: str, shown: Sequence[str], lines: Sequence[str]) -> str | None:
    """What stands in the way of the article."""
    titles = [document.title_tag(), title]
    if any(_is_error(text, lines) for text in titles):
        return "error page"
    for kind, reason in _WALLS:
        if kind == "paid" and len(lines) > TEASER and document.linked.article.get("isAccessibleForFree") is not False:
            continue
        if any(phrases(kind).match(line) for line in (*titles, *shown)):
            return reason
    return None


def _is_error(title: str, lines: Sequence[str]) -> bool:
    """Whether a title is that of an error page: a long one only begins like it, unless there is hardly a text."""
    is_short = len(title.split()) <= ERROR_WORDS or sum(len(line) for line in lines) <= ERROR_TEXT
    return is_short and bool(phrases("error").match(title))


def _is_listing(document: Document, lines: Sequence[str], raw: Sequence[str], links: Set[str]) -> bool:
    """Whether it is a list of other pages, by its own word, its address or its links, and with hardly a paragraph."""
    paragraphs = sum(len(line) >= PARAGRAPH for line in lines)
    if document.linked.article or paragraphs >= FEW_PARAGRAPHS:
        return False
    path = urlsplit(document.url).path
    if document.linked.is_listing or _LISTING_PATH.match(path) or path in {"", "/"}:
        return True
    if paragraphs or "article" in document.meta.get("og:type", ()) or "article:published_time" in document.meta:
        return False
    linked = sum(line.removeprefix("- ") in links for line in raw)
    headings = sum(text_of(heading) in links for heading in document.tree.iter("h2", "h3", "h4"))
    return (linked >= MANY_LINKS and linked >= LINKED_SHARE * len(raw)) or (
        headings >= MANY_LINKS and bool(_SECTION_PATH.fullmatch(path))
    )


def _is_video(document: Document) -> bool:
    types = document.meta.get("og:type", ())
    return any(kind.lower().startswith("video") for kind in types) or "videoobject" in document.linked.types


def _visible(document: Document) -> list[str]:
    """The first words that the page shows, when no text was found in it."""
    shown: list[str] = []
    size = 0
    body = document.tree.find(".//body")
    for element in body.iter() if body is not None else ():
        if element.tag in {"script", "style", "noscript", "template"}:
            continue
        for part in (element.text, element.tail):
            if line := one_line((part or "")[:VISIBLE]):
                shown.append(line)
                size += len(line)
        if size > VISIBLE:
            break
    return shown
