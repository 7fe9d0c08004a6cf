"""What surrounds the article, and where it was found: address, section, tags, picture, standfirst, site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crawler.extraction.captions import read_caption
from crawler.extraction.document import Document, text_of
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
MAX_CRUMBS = 6
CUT_TITLE = 25
"""Characters from which the beginning of a title is one, too."""
_TRAIL = "//*[contains(@class, 'breadcrumb') or contains(@id, 'breadcrumb')][.//a]"
_TAG_LINKS = "//a[contains(concat(' ', normalize-space(@rel), ' '), ' tag ')]"

_NOT_A_SECTION = re.compile(
    r"^(?:news|home|main|article|articles|all news|новости|главная|xəbərlər|ana səhifə|anasayfa|jaŋalyqtar)$",
    re.IGNORECASE,
)


Found = tuple[str, str | None]
"""Where something may stand, and what stands there."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """None and empty stand for what the page does not say."""

    url: str
    section: str | None = None
    tags: tuple[str, ...] = ()
    image_url: str | None = None
    image_caption: str | None = None
    site_name: str | None = None
    standfirst: str = ""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Field to where its value was found: ``json-ld``, ``meta`` or ``page``."""


def read_surroundings(document: Document, *, title: str, text: str) -> Surroundings:
    """All of them, for an article with this title and text."""
    url = _canonical(document)
    section = _section(document, title)
    tags = _tags(document, title)
    image = _image(document)
    caption = read_caption(document, title=title)
    standfirst = _standfirst(document, title, text)
    found = {
        "section": section,
        "tags": tags,
        "image_url": image,
        "image_caption": caption,
        "standfirst": standfirst,
    }
    return Surroundings(
        url=url,
        section=section[1] if section else None,
        tags=tags[1] if tags else (),
        image_url=image[1] if image else None,
        image_caption=caption[1] if caption else None,
        site_name=_site_name(document),
        standfirst=standfirst[1] if standfirst else "",
        origins={name: value[0] for name, value in found.items() if value},
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


def _section(document: Document, title: str) -> tuple[str, str] | None:
    crumbs = [*document.linked.breadcrumbs, *_printed_crumbs(document)]
    places: tuple[tuple[str, Iterable[str]], ...] = (
        ("json-ld", document.linked.texts("articleSection")),
        ("meta", [*document.meta.get("article:section", ()), *document.meta.get("section", ())]),
        # The last one is the page itself, or the narrowest section that it is in.
        ("json-ld", reversed(document.linked.breadcrumbs)),
        ("page", reversed(crumbs[len(document.linked.breadcrumbs) :])),
    )
    for origin, names in places:
        for name in names:
            text = one_line(name)
            is_section = text and len(text) <= MAX_SECTION and not _NOT_A_SECTION.match(text)
            if is_section and not _is_title(text, title):
                return origin, text
    return None


def _is_title(text: str, title: str) -> bool:
    """Whether the last part of a trail is the page itself, perhaps cut short."""
    one, other = folded(text), folded(title)
    return one == other or (len(one) > CUT_TITLE and one.rsplit(" ", 1)[0] in other)


def _printed_crumbs(document: Document) -> list[str]:
    """The trail of links at the head of the page, without the first, which leads home."""
    for trail in document.tree.xpath(_TRAIL)[:1]:
        return [text_of(link) for link in trail.iter("a")][1:MAX_CRUMBS]
    return []


def _tags(document: Document, title: str) -> tuple[str, tuple[str, ...]] | None:
    meta = document.meta
    places = (
        ("meta", [*meta.get("article:tag", ()), *meta.get("og:article:tag", ())]),
        ("json-ld", document.linked.texts("keywords")),
        ("meta", [*meta.get("news_keywords", ()), *meta.get("keywords", ())]),
        ("page", [text_of(link) for link in document.tree.xpath(_TAG_LINKS)[:MAX_TAGS]]),
    )
    for origin, texts in places:
        found: dict[str, str] = {}
        for tag in (part for text in texts for part in re.split(r"[,;]", text)):
            name = one_line(tag).strip("#\"' ")
            if name and len(name) <= MAX_TAG and folded(name) != folded(title):
                found.setdefault(name.casefold(), name)
        if found:
            return origin, tuple(found.values())[:MAX_TAGS]
    return None


def _image(document: Document) -> tuple[str, str] | None:
    linked = document.linked
    places: list[Found] = [("json-ld", url) for url in urls_of(linked.article.get("image"), linked.by_id)]
    places += [
        ("meta", document.first_meta("og:image", "og:image:secure_url", "og:image:url")),
        ("meta", document.first_meta("twitter:image", "twitter:image:src", "image")),
    ]
    places += [("json-ld", url) for url in urls_of(linked.article.get("thumbnailUrl"))]
    for origin, address in places:
        if address and (found := _web_address(address, document.url)):
            return origin, found
    return None


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


def _standfirst(document: Document, title: str, text: str) -> tuple[str, str] | None:
    """The publisher's own summary; None when it only repeats the title or the beginning of the text."""
    described: tuple[Found, ...] = (
        ("json-ld", document.linked.text("description")),
        ("meta", document.first_meta("og:description", "description", "twitter:description")),
    )
    known = folded(f"{title} {text[:3000]}")
    for origin, raw in described:
        summary = one_line(re.sub(r"<[^<>]{1,200}>", " ", raw or ""), limit=MAX_STANDFIRST)
        words = folded(summary.rstrip("….").rsplit(" ", 1)[0])
        if len(summary) >= MIN_STANDFIRST and words and words not in known and words not in folded(title):
            return origin, summary
    return None
