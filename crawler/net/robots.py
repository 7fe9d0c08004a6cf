"""robots.txt as RFC 9309 wants it: 4xx allows all, 5xx or silence forbids the host for this round.

Scrapy's own middleware allows all when robots.txt cannot be read, reads it anew in every run, and ignores Crawl-delay.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol

from scrapy import Request, signals
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http.request import NO_CALLBACK

from crawler.clock import utc_now
from crawler.net.counting import SENT
from crawler.net.guard import OWNS, PORTS
from crawler.net.resolver import NonPublicAddress
from crawler.net.waiting import wished_pause
from crawler.urls import host_of, origin_of
from storage.records import RobotsFile

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)

KEPT = timedelta(hours=24)
"""How long a robots.txt that was read stays valid (RFC 9309, section 2.4)."""
LONGEST_DELAY = 30.0
"""Seconds. A Crawl-delay beyond this would keep a source from ever being read; it is cut and logged."""
LARGEST = 500 * 1024
"""Bytes of a robots.txt that are read (RFC 9309, section 2.5, asks for at least this much)."""
_RECEIVED = "robots_received"
"""Key of `Request.meta` of a request for robots.txt: bytes that came so far."""


class RobotsUnavailable(IgnoreRequest):
    """robots.txt answered with a server error, so the host must be left alone for now: for `pause`, if it said so."""

    def __init__(self, message: str, pause: timedelta | None) -> None:
        super().__init__(message)
        self.pause = pause


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
        self._answers: dict[str, RobotParser | Exception] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        crawler.signals.connect(self._stop_when_large, signal=signals.bytes_received)

    async def robot_parser(self, request: Request) -> RobotParser:
        """The rules of the request's host. Raises what kept us from reading them, the same for each later request."""
        origin = origin_of(request.url)
        async with self._locks[origin]:
            if origin not in self._answers:
                try:
                    self._answers[origin] = await self._read(origin, request)
                except Exception as error:
                    self._answers[origin] = error
        answer = self._answers[origin]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Raises RobotsForbidden where the rules say no; keeps to their Crawl-delay where they say yes."""
        assert rp is not None
        agent = self._agent(request)
        if not rp.allowed(request.url, agent):
            self._stats.inc_value("robotstxt/forbidden")
            raise RobotsForbidden("forbidden by robots.txt")
        self._slow_down(request, rp.crawl_delay(agent))

    async def _read(self, origin: str, request: Request) -> RobotParser:
        store: RobotsStore | None = getattr(self.crawler.spider, "archive", None)
        known = await store.robots(origin) if store else None
        # A clock that was ahead for a while must not keep a robots.txt of then for as long.
        if known is None or abs(utc_now() - known.fetched_at) > KEPT:
            known = await self._fetch(origin, request, now=utc_now())
            if store:
                await store.keep_robots(known)
        # Scrapy's parser takes a byte order mark for a part of the first rule, and one letter that is not UTF-8 for a
        # reason to allow everything.
        text = known.body.decode("utf-8-sig", "replace") if 200 <= known.status < 300 else ""
        parser: RobotParser = self._parserimpl.from_crawler(self.crawler, text.encode())
        return parser

    async def _fetch(self, origin: str, request: Request, *, now: datetime) -> RobotsFile:
        try:
            response = await self._ask(origin, request)
        except NonPublicAddress as error:
            if error.name == host_of(origin):
                raise
            return _none(origin, now)
        except IgnoreRequest:
            return _none(origin, now)
        if response.status >= 500 or response.status == HTTPStatus.TOO_MANY_REQUESTS:
            cause = f"robots.txt answered {response.status}: left alone in this round"
            raise RobotsUnavailable(cause, wished_pause(response))
        return RobotsFile(origin=origin, status=response.status, body=response.body[:LARGEST], fetched_at=now)

    async def _ask(self, origin: str, request: Request) -> Response:
        carried = {key: request.meta[key] for key in (OWNS, PORTS, SENT) if key in request.meta}
        robots_request = Request(
            f"{origin}/robots.txt",
            headers={"User-Agent": self._agent(request)},
            priority=self.DOWNLOAD_PRIORITY,
            meta={"dont_obey_robotstxt": True, "download_maxsize": 0, _RECEIVED: 0, **carried},
            callback=NO_CALLBACK,
        )
        self._stats.inc_value("robotstxt/request_count")
        return await self.crawler.engine.download_async(robots_request)

    def _stop_when_large(self, data: bytes, request: Request) -> None:
        """What is beyond `LARGEST` is not even received."""
        if _RECEIVED in request.meta:
            request.meta[_RECEIVED] += len(data)
            if request.meta[_RECEIVED] > LARGEST:
                raise StopDownload(fail=False)

    def _slow_down(self, request: Request, wish: float | None) -> None:
        """Let the host have the pause that it asks for, if that is longer than ours."""
        if not wish or wish <= self.crawler.settings.getfloat("DOWNLOAD_DELAY"):
            return
        request.meta["autothrottle_dont_adjust_delay"] = True
        downloader = self.crawler.engine.downloader
        slot = downloader.get_slot_key(request)
        if slot in downloader.per_slot_settings:
            return
        delay = min(wish, LONGEST_DELAY)
        if delay < wish:
            logger.warning("%s: Crawl-delay of %.0f s cut to %.0f s", host_of(request.url), wish, delay)
        # The first is for the slot as it is, the second for the one that Scrapy makes after the host was idle.
        if slot in downloader.slots:
            downloader.slots[slot].delay = delay
        downloader.per_slot_settings[slot] = {"delay": delay}

    def _agent(self, request: Request) -> bytes | str:
        agent: bytes | str | None = request.headers.get(b"User-Agent", self._default_useragent)
        return agent or self._default_useragent


def _none(origin: str, now: datetime) -> RobotsFile:
    """A robots.txt behind a redirect that must not be followed counts as none (RFC 9309, section 2.3.1.2)."""
    return RobotsFile(origin=origin, status=HTTPStatus.MOVED_PERMANENTLY, body=b"", fetched_at=now)
