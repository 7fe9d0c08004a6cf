"""Discovery: from the body of an entry point to candidates. Pure functions: bytes and `now` in, values out."""

from __future__ import annotations

from crawler.discovery.autodiscovery import COMMON_FEED_PATHS, feed_links, robots_sitemaps
from crawler.discovery.feeds import LARGEST_FEED, read_feed, read_feed_document
from crawler.discovery.listings import read_listing, read_page_document
from crawler.discovery.model import EntryPoint, Further, Listing
from crawler.discovery.page_links import LARGEST_PAGE
from crawler.discovery.shape import Document, Shape, look_at
from crawler.discovery.sitemaps import LARGEST_SITEMAP, read_sitemap, read_sitemap_document

__all__ = [
    "COMMON_FEED_PATHS",
    "EntryPoint",
    "Further",
    "Listing",
    "feed_links",
    "read_entry_point",
    "read_feed",
    "read_listing",
    "read_sitemap",
    "robots_sitemaps",
]

LARGEST = {"feed": LARGEST_FEED, "sitemap": LARGEST_SITEMAP, "listing": LARGEST_PAGE}
"""Kind of entry point to the size, in bytes and unpacked, above which it is not read."""

_TRUE_KINDS = {Shape.FEED: "feed", Shape.JSON: "feed", Shape.SITEMAP: "sitemap"}


def read_entry_point(kind: str, body: bytes, entry_point: EntryPoint) -> Listing:
    """What `body` lists; `kind` is ``feed``, ``sitemap`` or ``listing``.

    A feed that is registered as a sitemap, or the reverse, is read as what it is.
    Raises UnreadableEntryPoint with the cause when there is nothing to read.
    """
    at = entry_point
    document = look_at(body, url=at.url, content_type=at.content_type, limit=LARGEST[kind])
    return _READERS[_TRUE_KINDS.get(document.shape, kind)](document, at)


def _read_feed(document: Document, at: EntryPoint) -> Listing:
    return read_feed_document(document, url=at.url, now=at.now, zone=at.zone)


def _read_sitemap(document: Document, at: EntryPoint) -> Listing:
    return read_sitemap_document(document, url=at.url, now=at.now, zone=at.zone)


def _read_listing(document: Document, at: EntryPoint) -> Listing:
    return read_page_document(document, url=at.url, accepts=at.accepts, owns=at.owns)


_READERS = {"feed": _read_feed, "sitemap": _read_sitemap, "listing": _read_listing}
