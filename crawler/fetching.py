"""One request, through all of Scrapy's downloader middlewares, with a plain answer: `Fetched` or `FetchFailed`."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from crawler import outcomes
from crawler.clock import utc_now
from crawler.errors import CrawlerError
from crawler.net.counting import SENT, Sent
from crawler.net.guard import OWNS, PORTS
from crawler.net.identity import user_agent
from crawler.net.robots import RobotsUnavailable
from crawler.net.waiting import wished_pause
from crawler.outcomes import Problem
from storage.records import Outcome

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.sources import Source

PATIENCE = timedelta(seconds=15)
"""The longest Retry-After that a crawl waits for; a longer one ends the source's turn in this round."""
PAGE_BYTES = 5 * 1024 * 1024
SITEMAP_BYTES = 20 * 1024 * 1024
"""Unpacked. The protocol allows 50 MB, which no news site needs and a hundred hostile ones could fill memory with."""
MOST_TIMEOUTS = 2
"""Requests in a row that a host lets time out before it is left alone: each costs the whole time of one request."""
_LOST = Problem(Outcome.TEMPORARY, "the answer was cut off")
_UNASKED = Problem(Outcome.SOFT, "HTTP 304 although nothing was known of it")


class Known(Protocol):
    """What was read before at an address, by the validators that came with it."""

    @property
    def etag(self) -> str | None:
        """The ETag, as it came."""

    @property
    def last_modified(self) -> str | None:
        """The Last-Modified, as it came."""


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
    """Nothing came from `url`. `pause` is how long the server wants to be left alone, None when it did not say."""

    def __init__(self, url: str, problem: Problem, *, pause: timedelta | None = None) -> None:
        super().__init__(f"{url}: {problem.cause}")
        self.url, self.problem, self.pause = url, problem, pause

    @property
    def cause(self) -> str:
        """Why, in a few words."""
        return self.problem.cause


class Fetcher:
    """Fetches for one source in one run, and knows which hosts are of no use in it."""

    def __init__(self, crawler: Crawler, source: Source) -> None:
        self._crawler = crawler
        self._source = source
        self._agent = user_agent(source.user_agent, crawler.settings["USER_AGENT"])
        self._ports = _declared_ports(source)
        self._sent = Sent()
        self._dead: set[str] = set()
        self._timeouts = Counter[str]()

    @property
    def requests(self) -> int:
        """How many were sent so far: redirected, repeated and robots.txt ones, too."""
        return self._sent.count

    def is_dead(self, url: str) -> bool:
        """Whether the host of `url` let us down in a way that all requests to it would share."""
        return _host(url) in self._dead

    async def get(
        self,
        url: str,
        *,
        known: Known | None = None,
        agent: str | None = None,
        largest: int = PAGE_BYTES,
    ) -> Fetched:
        """Fetch `url`; conditionally when `known` has validators. Waits once for a short Retry-After.

        Raises FetchFailed.
        """
        request = self._request(url, known, agent or self._agent, largest)
        try:
            return await self._send(request)
        except FetchFailed as failure:
            if failure.pause is None or failure.pause > PATIENCE or failure.problem.is_of_host:
                raise
            await asyncio.sleep(failure.pause.total_seconds())
            return await self._send(request.copy())

    def _request(self, url: str, known: Known | None, agent: str, largest: int) -> Request:
        headers = {"User-Agent": agent}
        if known and known.etag:
            headers["If-None-Match"] = known.etag
        if known and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        meta = {OWNS: self._source.owns, PORTS: self._ports, SENT: self._sent, "download_maxsize": largest}
        try:
            return Request(url, headers=headers, meta=meta, dont_filter=True, callback=NO_CALLBACK)
        except ValueError as error:
            raise FetchFailed(url, Problem(Outcome.HARD, f"blocked: {error}", is_final=True)) from error

    async def _send(self, request: Request) -> Fetched:
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:
            problem = outcomes.of_error(error)
            self._judge_host(request.url, problem)
            pause = error.pause if isinstance(error, RobotsUnavailable) else None
            raise FetchFailed(request.url, problem, pause=pause) from error
        self._timeouts.pop(_host(request.url), None)
        return _read(request, response)

    def _judge_host(self, url: str, problem: Problem) -> None:
        host = _host(url)
        if problem == outcomes.TIMEOUT:
            self._timeouts[host] += 1
        if problem.is_of_host or self._timeouts[host] >= MOST_TIMEOUTS:
            self._dead.add(host)


def _read(request: Request, response: Response) -> Fetched:
    """Raises FetchFailed for an answer that brings nothing."""
    if problem := outcomes.of_status(response.status):
        raise FetchFailed(request.url, problem, pause=wished_pause(response))
    if "partial" in response.flags:
        raise FetchFailed(request.url, _LOST)
    unchanged = response.status == 304
    if unchanged and not {b"If-None-Match", b"If-Modified-Since"} & set(request.headers):
        raise FetchFailed(request.url, _UNASKED)
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


def _header(response: Response, name: str) -> str | None:
    value: bytes | None = response.headers.get(name)
    return value.decode("latin-1").strip()[:1000] if value else None


def _charset(content_type: str | None) -> str | None:
    if not content_type or "charset=" not in content_type.lower():
        return None
    name = content_type.lower().split("charset=", 1)[1].split(";")[0].strip(" \"'")
    return name[:40] or None


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def _declared_ports(source: Source) -> frozenset[int]:
    urls = [source.home, *(point.url for point in source.entry_points(utc_now().date()))]
    return frozenset(port for port in (urlsplit(url).port for url in urls) if port)
