"""A source as the rest of the crawler sees it: what to ask, and which addresses are its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from urllib.parse import urlsplit

from crawler.items import PageRules
from crawler.sources.addresses import host_key, is_below, parents
from crawler.sources.dated import fill_in
from crawler.sources.entry_points import EntryPoint
from crawler.sources.values import MAX_URL, Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One site. Made by `load_sources`; frozen, and can be pickled."""

    id: str
    name: str
    languages: tuple[str, ...]
    home: str
    country: str | None
    """Country of the owner, ISO 3166."""
    kind: Owner
    zone: str
    """IANA zone of dates that name none."""
    every: timedelta | None
    """How often to look; None: as the service decides."""
    user_agent: str | None
    """``browser``, ``feed`` or a literal; None: as configured for all."""
    day_first: bool
    off: str | None
    """Why it is not asked unless named; None for a source in use."""
    rules: PageRules
    where: str
    """``file:line`` of its declaration."""
    declared: tuple[EntryPoint, ...] = field(repr=False)
    """In order of trust; days not filled in yet."""
    article: re.Pattern[str] | None = field(repr=False)
    hosts: frozenset[str] = field(repr=False)
    below: tuple[tuple[str, str], ...] = field(repr=False)
    """Beginnings of addresses and the language of what is below them, the longest first."""

    def entry_points(self, today: date) -> tuple[EntryPoint, ...]:
        """In order of trust: feeds, sitemaps, listings, then the unverified ones, the home page last.

        `today` is the day in the zone of the source. A dated entry point lists that day alone: ask for
        the day before, too, to miss nothing of the evening.
        """
        return tuple(replace(point, url=fill_in(point.url, today)) for point in self.declared)

    def owns(self, url: str) -> bool:
        """Whether `url` is on a host of this source or below one; for IP addresses the port counts too."""
        key = host_key(url)
        return key is not None and not self.hosts.isdisjoint(parents(key))

    def accepts(self, url: str) -> bool:
        """Whether `url` can be an article. Scheme and ``www.`` need not be those of the pattern."""
        if len(url) > MAX_URL:
            return False
        return self.article is None or any(self.article.search(twin) for twin in _twins(url))

    def language_of(self, url: str) -> str | None:
        """The language of the edition that `url` belongs to; None when the address does not tell."""
        if len(self.languages) == 1:
            return self.languages[0]
        return next((lang for beginning, lang in self.below if is_below(url, beginning)), None)


def _twins(url: str) -> list[str]:
    """The same address with either scheme, with and without ``www.``; the one given comes first."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return []
    bare = parts.netloc.removeprefix("www.")
    hosts = (parts.netloc, bare if bare != parts.netloc else f"www.{bare}")
    schemes = (parts.scheme, "http" if parts.scheme == "https" else "https")
    return [parts._replace(scheme=scheme, netloc=host).geturl() for scheme in schemes for host in hosts]
