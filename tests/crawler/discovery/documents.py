"""Feeds and sitemaps for the tests: our own words in the frames that publishers use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from crawler.discovery import Listing, read_feed, read_sitemap
from crawler.errors import UnreadableEntryPoint

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
FEED = "https://herald.example/rss/"
SITEMAP = "https://herald.example/sitemap.xml"

ITEM = "<item><title>Cargo on the Caspian grows</title><link>https://herald.example/news/1</link></item>"


def rss(*items: str, head: str = "", encoding: str = "utf-8") -> str:
    """An RSS 2.0 document."""
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n'
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"'
        ' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">'
        f"<channel><title>The Herald</title><link>https://herald.example/</link>{head}{''.join(items)}</channel></rss>"
    )


def item(number: int, extra: str = "") -> str:
    """A good item of RSS."""
    return (
        f"<item><title>Ministers met for talk number {number}</title>"
        f"<link>https://herald.example/news/{number}</link>{extra}</item>"
    )


def atom(*entries: str, head: str = "", root: str = "") -> str:
    """An Atom document."""
    return (
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" {root}>'
        f"<title>The Herald</title>{head}{''.join(entries)}</feed>"
    )


def urlset(*entries: str) -> str:
    """A sitemap with the usual extensions declared."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
        ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">' + "".join(entries) + "</urlset>"
    )


def location(address: str, extra: str = "") -> str:
    """An entry of a sitemap."""
    return f"<url><loc>{address}</loc>{extra}</url>"


def read(document: str | bytes, *, url: str = FEED, content_type: str | None = None) -> Listing:
    """`document` read as a feed."""
    return read_feed(to_bytes(document), url=url, content_type=content_type, now=NOW)


def read_map(document: str | bytes, *, url: str = SITEMAP) -> Listing:
    """`document` read as a sitemap."""
    return read_sitemap(to_bytes(document), url=url, now=NOW)


def to_bytes(document: str | bytes) -> bytes:
    """`document` in UTF-8, lone surrogates and all."""
    return document if isinstance(document, bytes) else document.encode("utf-8", "surrogatepass")


def urls(listing: Listing) -> list[str]:
    """What was listed, in order."""
    return [candidate.url for candidate in listing.candidates]


def outcome_of(document: str | bytes, reader: Callable[[str | bytes], Listing] = read) -> tuple[str, Listing | None]:
    """Why `document` cannot be read (empty when it can), and what it lists."""
    try:
        return "", reader(document)
    except UnreadableEntryPoint as error:
        return error.problem, None
