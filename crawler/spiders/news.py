"""The only spider: each source takes its turn, all at once, and the pages that come are handed to the pipelines.

scrapy crawl news -a sources=trend,kun -a since=48h -a limit=20
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scrapy import Spider, signals

from crawler.archive import Archive
from crawler.clock import utc_now
from crawler.durations import parse_duration
from crawler.fetching import Fetcher
from crawler.items import Arrival, Draft
from crawler.pipelines.drops import Dropped
from crawler.placing import Placed, Placer
from crawler.sources import Source, load_sources, select
from crawler.survey import Survey
from crawler.turn import Orders, Turn
from crawler.workers import Workers
from storage.records import Relevance

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

ON_THE_WAY = 4
"""Pages that may wait in the pipelines for each worker process: enough to keep it busy, few enough to keep memory."""


class NewsSpider(Spider):
    """Crawls the sources named, or all that are in use."""

    name = "news"

    def __init__(self, sources: str = "", since: str = "", limit: str = "", **arguments: Any) -> None:
        super().__init__(**arguments)
        self._names = [name.strip() for name in sources.split(",") if name.strip()]
        self._since: timedelta | None = parse_duration(since) if since else None
        self._limit = int(limit) if limit else None
        self.sources: dict[str, Source] = {}
        self.turns: dict[str, Turn] = {}
        self.run_id: int | None = None
        self._pending: dict[str, int] = {}
        self._settled = asyncio.Event()
        self._room: asyncio.Semaphore

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Settings used: SOURCES, DATABASE_URL, WORKERS, PAGE_SECONDS, PAGES_PER_SOURCE, SOURCE_SECONDS."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        settings = crawler.settings
        registry = load_sources([Path(path) for path in settings.getlist("SOURCES")])
        spider.sources = (
            select(registry, spider._names)
            if spider._names
            else {key: source for key, source in registry.items() if not source.off}
        )
        spider.archive = Archive(settings["DATABASE_URL"], Placer())
        spider.workers = Workers(settings.getint("WORKERS"), settings.getfloat("PAGE_SECONDS"))
        spider._room = asyncio.Semaphore(ON_THE_WAY * spider.workers.count)
        crawler.signals.connect(spider._scraped, signal=signals.item_scraped)
        crawler.signals.connect(spider._dropped, signal=signals.item_dropped)
        crawler.signals.connect(spider._broke, signal=signals.item_error)
        crawler.signals.connect(spider._closed, signal=signals.spider_closed)
        return spider

    archive: Archive
    workers: Workers

    async def start(self) -> AsyncIterator[Any]:
        """Give every source its turn and yield the pages that come."""
        self.run_id = await self.archive.open(utc_now())
        self.turns = {key: self._turn(source) for key, source in self.sources.items()}
        arrivals: asyncio.Queue[Arrival | None] = asyncio.Queue()
        turns = asyncio.create_task(self._take_turns(arrivals))
        try:
            while (arrival := await arrivals.get()) is not None:
                yield arrival
            await turns
        finally:
            turns.cancel()

    def _turn(self, source: Source) -> Turn:
        settings = self.crawler.settings
        orders = Orders(
            run=self.run_id or 0,
            started_at=utc_now(),
            since=utc_now() - self._since if self._since else None,
            limit=self._limit or settings.getint("PAGES_PER_SOURCE"),
            seconds=settings.getfloat("SOURCE_SECONDS"),
        )
        survey = Survey(self.archive, self.workers, most_waiting=settings.getint("PAGES_PER_SOURCE"))
        return Turn(
            source, fetcher=Fetcher(self.crawler, source), archive=self.archive, survey=survey, orders=orders
        )

    async def _take_turns(self, arrivals: asyncio.Queue[Arrival | None]) -> None:
        async def emit(arrival: Arrival) -> None:
            await self._room.acquire()
            self._pending[arrival.source] = self._pending.get(arrival.source, 0) + 1
            await arrivals.put(arrival)

        async def take(turn: Turn) -> None:
            await turn.run(emit)
            while self._pending.get(turn.source.id):
                self._settled.clear()
                await self._settled.wait()
            await turn.close()

        try:
            async with asyncio.TaskGroup() as group:
                for turn in self.turns.values():
                    group.create_task(take(turn))
        finally:
            await arrivals.put(None)

    def _scraped(self, item: Placed) -> None:
        tally = self._leave(item.source).tally
        tally.stored += 1
        tally.relevant += item.relevance is not Relevance.NONE

    def _dropped(self, item: Arrival | Draft, exception: Exception) -> None:
        reason = exception.reason if isinstance(exception, Dropped) else str(exception)
        self._leave(item.source).tally.refused[reason] += 1

    def _broke(self, item: Arrival | Draft, failure: Failure) -> None:
        self._leave(item.source).tally.failed[f"error: {type(failure.value).__name__}"] += 1

    def _leave(self, source: str) -> Turn:
        self._pending[source] -= 1
        self._room.release()
        self._settled.set()
        return self.turns[source]

    async def _closed(self) -> None:
        self.workers.close()
        if self.run_id is not None:
            await self.archive.finish(self.run_id, utc_now())
        await self.archive.close()
