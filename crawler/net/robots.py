"""robots.txt as RFC 9309 wants it: 4xx allows all, 5xx or silence forbids the host for this round.

Scrapy's own middleware allows all when robots.txt cannot be read, reads it anew in every run, and ignores Crawl-delay.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK

from crawler.clock import utc_now
from crawler.net.guard import OWNS, PORTS
from crawler.urls import host_of, origin_of
from storage.records import RobotsFile

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)

KEPT = timedelta(hours=24)
"""How long a robots.txt that was read stays valid (RFC 9309, section 2.4)."""
LONGEST_DELAY = 30.0
"""Seconds. A Crawl-delay beyond this would keep a source from ever being read; it is cut and logged."""
LARGEST = 500 * 1024
"""Bytes of a robots.txt that are read (RFC 9309, section 2.5, asks for at least this much)."""


class RobotsUnavailable(IgnoreRequest):
    """robots.txt answered with a server error, so the host must be left alone for now."""


class RobotsForbidden(IgnoreRequest):
    """robots.txt forbids this URL."""


class RobotsStore(Protocol):
    """Where robots files are kept between runs: `crawler.archive.Archive`."""

    async def robots(self, origin: str) -> RobotsFile | None: ...

    async def keep_robots(self, robots: RobotsFile) -> None: ...


class RobotsMiddleware(RobotsTxtMiddleware):
    """Asks each host once a day for its robots.txt and keeps the answer in the database."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._answers: dict[str, asyncio.Task[RobotParser]] = {}

    async def robot_parser(self, request: Request) -> RobotParser:
        """The rules of the request's host. Raises what kept us from reading them, the same for each later request."""
        origin = origin_of(request.url)
        if origin not in self._answers:
            self._answers[origin] = asyncio.create_task(self._read(origin, request))
        return await asyncio.shield(self._answers[origin])

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Raises RobotsForbidden where the rules say no."""
        agent = request.headers.get(b"User-Agent", self._default_useragent)
        if rp is not None and agent is not None and not rp.allowed(request.url, agent):
            self._stats.inc_value("robotstxt/forbidden")
            raise RobotsForbidden("forbidden by robots.txt")

    async def _read(self, origin: str, request: Request) -> RobotParser:
        store: RobotsStore | None = getattr(self.crawler.spider, "archive", None)
        known = await store.robots(origin) if store else None
        if known is None or utc_now() - known.fetched_at > KEPT:
            known = await self._fetch(origin, request, now=utc_now())
            if store:
                await store.keep_robots(known)
        body = known.body if 200 <= known.status < 300 else b""
        parser: RobotParser = self._parserimpl.from_crawler(self.crawler, body)
        self._slow_down(request, parser)
        return parser

    async def _fetch(self, origin: str, request: Request, *, now: datetime) -> RobotsFile:
        meta = {"dont_obey_robotstxt": True, "robots": True, PORTS: request.meta.get(PORTS, ())}
        if OWNS in request.meta:
            meta[OWNS] = request.meta[OWNS]
        robots_request = Request(
            f"{origin}/robots.txt",
            headers={"User-Agent": request.headers.get(b"User-Agent", self._default_useragent)},
            priority=self.DOWNLOAD_PRIORITY,
            meta=meta,
            callback=NO_CALLBACK,
        )
        assert self.crawler.engine
        response = await self.crawler.engine.download_async(robots_request)
        self._stats.inc_value("robotstxt/request_count")
        if response.status >= 500 or response.status == 429:
            raise RobotsUnavailable(f"robots.txt answered {response.status}: left alone in this round")
        return RobotsFile(origin=origin, status=response.status, body=response.body[:LARGEST], fetched_at=now)

    def _slow_down(self, request: Request, parser: RobotParser) -> None:
        agent = request.headers.get(b"User-Agent", self._default_useragent) or b"*"
        delay = parser.crawl_delay(agent)
        if not delay:
            return
        if delay > LONGEST_DELAY:
            logger.warning("%s: Crawl-delay of %s s cut to %s s", request.url, delay, LONGEST_DELAY)
            delay = LONGEST_DELAY
        assert self.crawler.engine
        usual = self.crawler.settings.getfloat("DOWNLOAD_DELAY")
        if delay > usual:
            self.crawler.engine.downloader.per_slot_settings.setdefault(host_of(request.url), {})["delay"] = (
                delay
            )
