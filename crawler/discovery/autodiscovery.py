"""Finding entry points that nobody told us of: feeds that a page announces, usual paths, sitemaps of robots.txt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from crawler.discovery.encoding import decode
from crawler.discovery.page_links import LARGEST_PAGE, PageLinks, read_links
from crawler.urls import canonical, same_site

COMMON_FEED_PATHS = (
    "/rss", "/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/rss/", "/rss.php", "/feed.php",
    "/feeds/index.rss", "/news/rss", "/?feed=rss2",
)  # fmt: skip
"""Where feeds were found at sites of the region that announce none, the most frequent first."""
MOST_FOUND = 20

_FEED_TYPES = frozenset(
    {
        "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
        "application/x.atom+xml", "application/x-atom+xml", "text/rss+xml", "text/rss",
    }
)  # fmt: skip
_LOOSE_TYPES = frozenset({"application/json", "application/xml", "text/xml", "application/rss", "application/atom"})
_FEED_PATH = re.compile(r"(?:^|[/._?=-])(?:rss2?|feeds?|atom|rdf)(?:[/._?=&-]|$)", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|kommentar|rəy|şərh", re.IGNORECASE)
_SITEMAP_LINE = re.compile(r"[ \t]*sitemap[ \t]*:[ \t]*(\S{1,2083})", re.IGNORECASE)
_MOST_ROBOTS_CHARACTERS = 512_000


def feed_links(html: bytes | str, url: str) -> list[str]:
    """Feeds that the page at `url` announces (``rel=alternate``), then those it links to; canonical, each once.

    Feeds of comments are left out, and so are links to feeds of other sites.
    """
    text = decode(html)[0] if isinstance(html, bytes) else html
    found = read_links(text[:LARGEST_PAGE])
    return list(dict.fromkeys((*_announced(found, url), *_linked(found, url))))[:MOST_FOUND]


def robots_sitemaps(text: str, base: str) -> list[str]:
    """Addresses on the ``Sitemap:`` lines of a robots.txt that came from `base`, canonical, each once.

    Lines that name nothing to fetch (``file:``, a bad host) are passed over.
    """
    lines = text[:_MOST_ROBOTS_CHARACTERS].removeprefix("\ufeff").splitlines()
    named = (match[1] for line in lines if (match := _SITEMAP_LINE.match(line)))
    return list(dict.fromkeys(_usable(named, base)))[:MOST_FOUND]


def _announced(found: PageLinks, url: str) -> Iterator[str]:
    links = (
        one.href
        for one in found.alternates
        if not _COMMENTS.search(f"{one.href} {one.title}")
        and (one.type in _FEED_TYPES or (one.type in _LOOSE_TYPES and _FEED_PATH.search(one.href)))
    )
    return _usable(links, _base(found, url))


def _linked(found: PageLinks, url: str) -> Iterator[str]:
    links = (one.href for one in found.links if _FEED_PATH.search(one.href) and not _COMMENTS.search(one.href))
    return (link for link in _usable(links, _base(found, url)) if same_site(link, url))


def _base(found: PageLinks, url: str) -> str:
    return next(_usable([found.base], url), url)


def _usable(links: Iterable[str], base: str) -> Iterator[str]:
    for link in links:
        try:
            yield canonical(link, base=base)
        except ValueError:
            continue
