"""Feeds: RSS 0.9 to 2.0, RDF, Atom, and (in `json_feeds`) JSON Feed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, tzinfo

from crawler.discovery.assembly import MOST_ENTRIES, Assembly, first_usable
from crawler.discovery.json_feeds import read_json_feed
from crawler.discovery.languages import declared_language, feed_language
from crawler.discovery.model import Further, Listing
from crawler.discovery.shape import Document, Shape, describe, look_at
from crawler.discovery.titles import plain_title
from crawler.discovery.xml_entries import XML_LANG, Entry, read_entries
from crawler.errors import UnreadableEntryPoint
from crawler.text.feed_dates import parse_feed_date

LARGEST_FEED = 5 * 2**20

_PUBLISHED = ("pubDate", "published", "issued", "dc:date", "dcterms:issued", "dcterms:created", "created", "date")
_MODIFIED = ("updated", "modified", "dcterms:modified")
_TITLES = ("title", "dc:title", "media:title")
_LANGUAGES = ("dc:language", "language")
_LINKS = ("feedburner:origLink", "link", "guid", "id")
_FIELDS = (*_PUBLISHED, *_MODIFIED, *_TITLES, *_LANGUAGES, *_LINKS)
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_KINDS = {"rss": "RSS", "channel": "RSS", "feed": "Atom", "rdf": "RDF"}


def read_feed(body: bytes, *, url: str, content_type: str | None = None, now: datetime, zone: tzinfo = UTC) -> Listing:
    """What the feed in `body` lists, in its order. `zone` is the site's, for dates without an offset.

    An entry is known by its link: guids are repeated by some sites and new on every visit at others. Bad entries
    and damage are problems of the listing. Raises UnreadableEntryPoint when this is no feed, and says what it is.
    """
    document = look_at(body, url=url, content_type=content_type, limit=LARGEST_FEED)
    return read_feed_document(document, url=url, now=now, zone=zone)


def read_feed_document(document: Document, *, url: str, now: datetime, zone: tzinfo) -> Listing:
    """`read_feed` for a body that was looked at."""
    if document.shape is Shape.FEED:
        return _read_xml(document, url=url, now=now, zone=zone)
    if document.shape is Shape.JSON and (listing := read_json_feed(document, url=url, now=now, zone=zone)):
        return listing
    raise UnreadableEntryPoint(url, describe(document, "feed"))


def _read_xml(document: Document, *, url: str, now: datetime, zone: tzinfo) -> Listing:
    found = read_entries(document.text, base=url, names=("item", "entry"), fields=_FIELDS, most=MOST_ENTRIES)
    if found.damage and not found.entries:
        raise UnreadableEntryPoint(url, f"damaged feed without a whole entry: {found.damage}")
    assembly = Assembly(url, most=MOST_ENTRIES)
    assembly.report(*document.problems, *found.problems)
    lang = feed_language(_language_tag(found.head))
    for number, entry in enumerate(found.entries, 1):
        published_at, modified_at = (_first_date(entry, names, now, zone) for names in (_PUBLISHED, _MODIFIED))
        try:
            link = first_usable(_links(entry))
        except ValueError as error:
            assembly.skip(f"entry {number}", str(error))
            continue
        assembly.add(
            link,
            title=next(filter(None, map(plain_title, entry.texts(*_TITLES))), None),
            published_at=published_at or modified_at,
            modified_at=modified_at,
            lang=declared_language(_language_tag(entry)) or lang,
        )
    for following in _next_pages(found.head):
        assembly.add_further(following)
    return assembly.listing(_KINDS[document.root])


def _links(entry: Entry) -> Iterator[tuple[str, str]]:
    """What may be the link of the article, each with its base, the best first."""
    yield from ((one.text, one.base) for one in entry.named("feedburner:origLink"))
    links = list(entry.named("link"))
    yield from ((one.text, one.base) for one in links if "href" not in one.attributes)
    alternates = [one for one in links if one.attributes.get("rel", "alternate") == "alternate"]
    for one in sorted(alternates, key=lambda link: "html" not in link.attributes.get("type", "html")):
        if "href" in one.attributes:
            yield one.attributes["href"], one.base
    for one in entry.named("guid", "id"):
        # Only what looks absolute: the permalink flag is the default, and stands on many ids that are no links.
        is_link = one.text.strip().lower().startswith(("http:", "https:"))
        if is_link and one.attributes.get("isPermaLink") != "false":
            yield one.text, one.base
    if _RDF_ABOUT in entry.attributes:
        yield entry.attributes[_RDF_ABOUT], entry.base


def _first_date(entry: Entry, names: Iterable[str], now: datetime, zone: tzinfo) -> datetime | None:
    dates = (parse_feed_date(text, now=now, zone=zone) for text in entry.texts(*names))
    return next(filter(None, dates), None)


def _language_tag(entry: Entry) -> str:
    return next(entry.texts(*_LANGUAGES), "") or entry.attributes.get(XML_LANG, "")


def _next_pages(head: Entry) -> Iterator[Further]:
    """The pages behind this one (RFC 5005)."""
    for one in head.named("link"):
        if one.attributes.get("rel") == "next" and "href" in one.attributes:
            try:
                yield Further(first_usable([(one.attributes["href"], one.base)]))
            except ValueError:
                # Only a further way to the same articles.
                continue
