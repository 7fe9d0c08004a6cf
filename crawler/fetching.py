"""One request, through all of Scrapy's downloader middlewares, with a plain answer: `Fetched` or `FetchFailed`."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from crawler import outcomes
from crawler.clock import utc_now
from crawler.errors import CrawlerError
from crawler.net.guard import OWNS, PORTS
from crawler.net.identity import user_agent
from crawler.polling import parse_retry_after
from storage.records import EntryPointState, Outcome

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.sources import Source

PATIENCE = timedelta(seconds=15)
"""The longest Retry-After that a crawl waits for; a longer one ends the source's turn in this round."""
PAGE_BYTES = 5 * 1024 * 1024
SITEMAP_BYTES = 50 * 1024 * 1024
"""The limit of the sitemap protocol, uncompressed."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came. `unchanged` is a 304: the body is then empty."""

    url: str
    body: bytes = field(repr=False)
    content_type: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    unchanged: bool = False


class FetchFailed(CrawlerError):
    """Nothing came from `url`. `retry_after` is what the server asked for, None when it did not."""

    def __init__(self, url: str, outcome: Outcome, cause: str, *, retry_after: timedelta | None = None) -> None:
        super().__init__(f"{url}: {cause}")
        self.url, self.outcome, self.cause, self.retry_after = url, outcome, cause, retry_after


class Fetcher:
    """Fetches for one source. `requests` counts those that were sent for it, robots.txt apart."""

    def __init__(self, crawler: Crawler, source: Source) -> None:
        self._crawler = crawler
        self._source = source
        self._agent = user_agent(source.user_agent, crawler.settings["USER_AGENT"])
        self._ports = _declared_ports(source)
        self.requests = 0

    async def get(
        self,
        url: str,
        *,
        known: EntryPointState | None = None,
        agent: str | None = None,
        largest: int = PAGE_BYTES,
    ) -> Fetched:
        """Fetch `url`; conditionally when `known` has validators. Waits once for a short Retry-After.

        Raises FetchFailed.
        """
        try:
            return await self._try(url, known=known, agent=agent, largest=largest)
        except FetchFailed as failure:
            if failure.retry_after is None or failure.retry_after > PATIENCE:
                raise
            await asyncio.sleep(failure.retry_after.total_seconds())
            return await self._try(url, known=known, agent=agent, largest=largest)

    async def _try(self, url: str, *, known: EntryPointState | None, agent: str | None, largest: int) -> Fetched:
        try:
            request = self._request(url, known, agent or self._agent, largest)
        except ValueError as error:
            raise FetchFailed(url, Outcome.HARD, f"blocked: {error}") from error
        assert self._crawler.engine
        self.requests += 1
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:
            outcome, cause = outcomes.of_error(error)
            if outcome in {Outcome.ROBOTS, Outcome.DNS} or cause.startswith("blocked"):
                self.requests -= 1
            raise FetchFailed(url, outcome, cause) from error
        return self._read(url, response, conditional=known is not None)

    def _request(self, url: str, known: EntryPointState | None, agent: str, largest: int) -> Request:
        headers = {"User-Agent": agent}
        if known and known.etag:
            headers["If-None-Match"] = known.etag
        if known and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        meta = {OWNS: self._source.owns, PORTS: self._ports, "download_maxsize": largest}
        return Request(url, headers=headers, meta=meta, dont_filter=True, callback=NO_CALLBACK)

    def _read(self, url: str, response: Response, *, conditional: bool) -> Fetched:
        problem = outcomes.of_status(response.status)
        if problem:
            raise FetchFailed(url, *problem, retry_after=_retry_after(response))
        if "partial" in response.flags:
            raise FetchFailed(url, Outcome.TEMPORARY, "the answer was cut off")
        unchanged = response.status == 304
        if unchanged and not conditional:
            raise FetchFailed(url, Outcome.SOFT, "HTTP 304 although nothing was known of it")
        content_type = _header(response, "Content-Type")
        return Fetched(
            url=response.url,
            body=response.body,
            content_type=content_type,
            charset=_charset(content_type),
            etag=_header(response, "ETag"),
            last_modified=_header(response, "Last-Modified"),
            unchanged=unchanged,
        )


def _retry_after(response: Response) -> timedelta | None:
    value = _header(response, "Retry-After")
    return parse_retry_after(value, utc_now()) if value and response.status in {429, 503} else None


def _header(response: Response, name: str) -> str | None:
    value: bytes | None = response.headers.get(name)
    return value.decode("latin-1").strip()[:1000] if value else None


def _charset(content_type: str | None) -> str | None:
    if not content_type or "charset=" not in content_type.lower():
        return None
    name = content_type.lower().split("charset=", 1)[1].split(";")[0].strip(" \"'")
    return name[:40] or None


def _declared_ports(source: Source) -> frozenset[int]:
    urls = [source.home, *(point.url for point in source.entry_points(utc_now().date()))]
    return frozenset(port for port in (urlsplit(url).port for url in urls) if port)
