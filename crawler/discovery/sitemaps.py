"""Sitemaps: lists of pages, of news, of further sitemaps; XML or plain text, gzipped or not (sitemaps.org)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo

from crawler.discovery.assembly import Assembly, first_usable
from crawler.discovery.languages import declared_language
from crawler.discovery.model import Further, Listing
from crawler.discovery.ranking import rank_sitemaps
from crawler.discovery.shape import Document, Shape, describe, look_at
from crawler.discovery.titles import plain_title
from crawler.discovery.xml_entries import Entry, read_entries
from crawler.errors import UnreadableEntryPoint
from crawler.text.feed_dates import parse_feed_date
from crawler.urls import canonical

LARGEST_SITEMAP = 50 * 2**20
"""Unpacked; the protocol's own limit, as is the next."""
MOST_LOCATIONS = 50_000

_FIELDS = ("loc", "lastmod", "news:title", "news:publication_date", "news:language")


def read_sitemap(body: bytes, *, url: str, now: datetime, zone: tzinfo = UTC) -> Listing:
    """What the sitemap in `body` lists; the sitemaps of an index are `further`, the newest first.

    A location that cannot be used costs only itself. Raises UnreadableEntryPoint when this is no sitemap.
    """
    document = look_at(body, url=url, limit=LARGEST_SITEMAP)
    return read_sitemap_document(document, url=url, now=now, zone=zone)


def read_sitemap_document(document: Document, *, url: str, now: datetime, zone: tzinfo) -> Listing:
    """`read_sitemap` for a body that was looked at."""
    if document.shape is Shape.SITEMAP:
        return _read_xml(document, url=url, now=now, zone=zone)
    if document.shape is Shape.TEXT and (listing := _read_lines(document, url)):
        return listing
    raise UnreadableEntryPoint(url, describe(document, "sitemap"))


def _read_xml(document: Document, *, url: str, now: datetime, zone: tzinfo) -> Listing:
    found = read_entries(document.text, base=url, names=("url", "sitemap"), fields=_FIELDS, most=MOST_LOCATIONS)
    if found.damage and not found.entries:
        raise UnreadableEntryPoint(url, f"damaged sitemap without a whole entry: {found.damage}")
    assembly = Assembly(url, most=MOST_LOCATIONS)
    assembly.report(*document.problems, *found.problems)
    children: list[Further] = []
    for number, entry in enumerate(found.entries, 1):
        try:
            location = first_usable(_locations(entry))
        except ValueError as error:
            assembly.skip(f"entry {number}", str(error))
            continue
        published_at, changed_at = (_date(entry, name, now, zone) for name in ("news:publication_date", "lastmod"))
        if entry.name == "sitemap":
            children.append(Further(location, changed_at))
        else:
            assembly.add(
                location,
                title=plain_title(next(entry.texts("news:title"), None)),
                published_at=published_at,
                modified_at=changed_at,
                lang=declared_language(next(entry.texts("news:language"), "")),
            )
    for child in rank_sitemaps(children):
        assembly.add_further(child)
    return assembly.listing("sitemap index" if children else "sitemap")


def _locations(entry: Entry) -> Iterator[tuple[str, str]]:
    # Only its own: those deeper down are of pictures and videos.
    return ((one.text, one.base) for one in entry.named("loc") if one.is_child)


def _date(entry: Entry, name: str, now: datetime, zone: tzinfo) -> datetime | None:
    return parse_feed_date(next(entry.texts(name), None), now=now, zone=zone)


def _read_lines(document: Document, url: str) -> Listing | None:
    """A text sitemap has one address a line; None when the first lines are none."""
    lines = [line.strip() for line in document.text.splitlines()[: MOST_LOCATIONS + 1] if line.strip()]
    if not any(line.lower().startswith(("http://", "https://")) for line in lines[:5]):
        return None
    assembly = Assembly(url, most=MOST_LOCATIONS)
    assembly.report(*document.problems)
    for number, line in enumerate(lines, 1):
        try:
            assembly.add(canonical(line))
        except ValueError as error:
            assembly.skip(f"line {number}", str(error))
    return assembly.listing("text sitemap")
