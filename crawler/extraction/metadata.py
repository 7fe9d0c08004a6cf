"""What surrounds the article: canonical address, section, tags, picture, standfirst, name of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.extraction.document import Document
from crawler.extraction.jsonld import texts_of, urls_of
from crawler.extraction.lines import folded
from crawler.text.clean import one_line
from crawler.urls import canonical, same_site

MAX_TAGS = 20
MAX_TAG = 80
MAX_SECTION = 80
MAX_STANDFIRST = 600
MIN_STANDFIRST = 20
MAX_SITE_NAME = 80

_NOT_A_SECTION = re.compile(
    r"^(?:news|home|main|article|articles|all news|новости|главная|xəbərlər|ana səhifə|anasayfa|jaŋalyqtar)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """None and empty stand for what the page does not say."""

    url: str
    section: str | None = None
    tags: tuple[str, ...] = ()
    image_url: str | None = None
    site_name: str | None = None
    standfirst: str = ""


def read_surroundings(document: Document, *, title: str, text: str) -> Surroundings:
    """All of them, for an article with this title and text."""
    return Surroundings(
        url=_canonical(document),
        section=_section(document),
        tags=_tags(document, title),
        image_url=_image(document),
        site_name=_site_name(document),
        standfirst=_standfirst(document, title, text),
    )


def _canonical(document: Document) -> str:
    """The address that the page gives itself, when it is of the same site, not the home page, and can be fetched."""
    declared = [link.get("href") for link in document.tree.xpath("//link[@rel='canonical'][@href]")[:3]]
    for address in (*declared, document.first_meta("og:url")):
        if address and (found := _own_address(address, document.url)):
            return found
    return document.url


def _own_address(address: str, url: str) -> str | None:
    try:
        found = canonical(address, base=url)
        parts = urlsplit(found)
        if not same_site(found, url) or (parts.path.strip("/") == "" and not parts.query):
            return None
    except ValueError:
        return None
    # A front page of an edition ("/en/") named as canonical by all its articles.
    return found if len(parts.path.strip("/")) > 3 or urlsplit(url).path.strip("/") == parts.path.strip("/") else None


def _section(document: Document) -> str | None:
    sections = (
        *document.linked.texts("articleSection"),
        *document.meta.get("article:section", ()),
        *document.meta.get("section", ()),
    )
    for section in sections:
        text = one_line(section)
        if text and len(text) <= MAX_SECTION and not _NOT_A_SECTION.match(text):
            return text
    return None


def _tags(document: Document, title: str) -> tuple[str, ...]:
    tagged = [*document.meta.get("article:tag", ()), *document.meta.get("og:article:tag", ())]
    lists = (
        tagged
        or document.linked.texts("keywords")
        or [*document.meta.get("news_keywords", ()), *document.meta.get("keywords", ())]
    )
    found: dict[str, str] = {}
    for tag in (part for text in lists for part in re.split(r"[,;]", text)):
        name = one_line(tag).strip("#\"' ")
        if name and len(name) <= MAX_TAG and folded(name) != folded(title):
            found.setdefault(name.casefold(), name)
    return tuple(found.values())[:MAX_TAGS]


def _image(document: Document) -> str | None:
    linked = document.linked
    addresses: Iterable[str | None] = (
        *urls_of(linked.article.get("image"), linked.by_id),
        document.first_meta("og:image", "og:image:secure_url", "og:image:url"),
        document.first_meta("twitter:image", "twitter:image:src", "image"),
        *urls_of(linked.article.get("thumbnailUrl")),
    )
    return next((found for address in addresses if address and (found := _web_address(address, document.url))), None)


def _web_address(address: str, base: str) -> str | None:
    try:
        return canonical(address, base=base)
    except ValueError:
        return None


def _site_name(document: Document) -> str | None:
    linked = document.linked
    names = (
        document.first_meta("og:site_name"),
        *texts_of(linked.article.get("publisher"), linked.by_id),
        document.first_meta("application-name"),
    )
    return next((name for raw in names if raw and (name := one_line(raw)) and len(name) <= MAX_SITE_NAME), None)


def _standfirst(document: Document, title: str, text: str) -> str:
    """The publisher's own summary; empty when it only repeats the title or the beginning of the text."""
    described = (
        document.linked.text("description"),
        document.first_meta("og:description", "description", "twitter:description"),
    )
    known = folded(f"{title} {text[:3000]}")
    for raw in described:
        summary = one_line(re.sub(r"<[^<>]{1,200}>", " ", raw or ""), limit=MAX_STANDFIRST)
        words = folded(summary.rstrip("….").rsplit(" ", 1)[0])
        if len(summary) >= MIN_STANDFIRST and words and words not in known and words not in folded(title):
            return summary
    return ""
