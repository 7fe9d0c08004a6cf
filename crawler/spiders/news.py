"""The only spider: each source takes its turn, all at once, and the pages that come are handed to the pipelines.

scrapy crawl news -a sources=trend,kun -a since=48h -a limit=20
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, Self

from scrapy import Spider, signals

from crawler.archive import Archive
from crawler.clock import utc_now
from crawler.durations import parse_duration
from crawler.fetching import Fetcher
from crawler.items import Arrival, Draft
from crawler.net.proxies import ignored_proxies
from crawler.orders import Allowance, Orders
from crawler.outage import Fared, excused
from crawler.pipelines.drops import Dropped, Lost
from crawler.pipelines.understand import sides_of
from crawler.placing import Placed, Placer
from crawler.sources import Source, load_sources, select
from crawler.stories.meaning import Embedder, load_embedder
from crawler.ties.weights import read_weights
from crawler.turn import Turn
from crawler.workers import UNDERSTANDING, WorkerError, Workers
from storage.errors import DiskFull, KhabarError, StorageError
from storage.room import database_folders, demand_room

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure

logger = logging.getLogger(__name__)

ON_THE_WAY = 4
"""Pages that may wait in the pipelines for each worker process: enough to keep it busy, few enough to keep memory."""

CHATTY = ("alembic", "scrapy.addons", "scrapy.crawler", "scrapy.middleware")
"""Loggers whose INFO lines (all settings, all middlewares, the state of the schema) tell an operator nothing."""


class NewsSpider(Spider):
    """Crawls the sources named, or all that are in use."""

    name = "news"
    archive: Archive
    workers: Workers

    def __init__(self, sources: str = "", since: str = "", limit: str = "", **unknown: Any) -> None:
        super().__init__()
        if unknown:
            raise ValueError(f"{', '.join(unknown)}: no such argument; there are sources, since and limit")
        self._names = [name.strip() for name in sources.split(",") if name.strip()]
        self._since: timedelta | None = parse_duration(since) if since else None
        self._limit: int | None = _positive(limit) if limit else None
        self.sources: dict[str, Source] = {}
        self.turns: dict[str, Turn] = {}
        self.run_id: int | None = None
        self._arrivals: asyncio.Queue[Arrival | None] = asyncio.Queue()
        self._turning: asyncio.Task[None] | None = None
        self._is_ended = False
        self._room: asyncio.Semaphore
        self._failure: KhabarError | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Settings used: those of khabar.toml and RUN_SECONDS. Ends the program, with one line, for a bad argument."""
        settings = crawler.settings
        for chatty in CHATTY:
            logging.getLogger(chatty).setLevel(logging.WARNING)
        try:
            spider = super().from_crawler(crawler, *args, **kwargs)
            registry = load_sources([Path(path) for path in settings.getlist("SOURCES")])
            spider.sources = select(registry, spider._names) if spider._names else _in_use(registry)
            placer = Placer(_embedder(settings), revisit_after=_revisits(settings))
            _demand_weights(settings)
        except (KhabarError, ValueError) as error:
            sys.exit(f"scrapy crawl {cls.name}: {error}")
        spider.archive = Archive(settings["DATABASE_URL"], placer)
        spider.workers = Workers(settings.getint("WORKERS"), settings.getfloat("PAGE_SECONDS"), preloaded=UNDERSTANDING)
        spider._room = asyncio.Semaphore(ON_THE_WAY * spider.workers.count)
        for handler, event in (
            (spider._scraped, signals.item_scraped),
            (spider._dropped, signals.item_dropped),
            (spider._broke, signals.item_error),
            (spider._short_of_memory, signals.memusage_warning_reached),
            (spider._closed, signals.spider_closed),
            (spider._stopped, signals.engine_stopped),
        ):
            crawler.signals.connect(handler, signal=event)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Give every source its turn and yield the pages that come."""
        orders = await self._begin()
        if orders is None:
            return
        self.turns = {
            key: Turn(
                source,
                fetcher=Fetcher(self.crawler, source),
                archive=self.archive,
                workers=self.workers,
                orders=orders,
            )
            for key, source in self.sources.items()
        }
        if self._is_ended:
            return
        self._turning = asyncio.create_task(self._take_turns())
        self._end_on_signals()
        while (arrival := await self._arrivals.get()) is not None:
            yield arrival

    async def _begin(self) -> Orders | None:
        settings, now = self.crawler.settings, utc_now()
        if said := ignored_proxies(os.environ):
            logger.warning("%s", said)
        try:
            demand_room(database_folders(settings["DATABASE_URL"]), settings.getint("FREE_MB"))
            run = await self.archive.open(now)
            await asyncio.to_thread(self.workers.start)
        except (DiskFull, StorageError, WorkerError) as error:
            self._failure = error
            return None
        self.run_id = run
        return Orders(
            run=run,
            started_at=now,
            since=now - self._since if self._since else None,
            limit=self._limit or settings.getint("PAGES_PER_SOURCE"),
            first_visit=settings.getint("PAGES_PER_SOURCE"),
            seconds=settings.getfloat("SOURCE_SECONDS"),
            sides=sides_of(settings),
            revisit_after=_revisits(settings),
            revisits=Allowance(settings.getint("REVISITS_PER_RUN")),
        )

    def _end_on_signals(self) -> None:
        """End the turns on SIGTERM and SIGINT; a second one ends the process at once.

        Scrapy's own way waits for ever when pages from `start` are in the pipelines (2.19: only a page that came as the
        answer to a request makes it look whether it may close).
        """
        loop = asyncio.get_running_loop()

        def end(number: int, _frame: FrameType | None) -> None:
            signal.signal(number, signal.SIG_DFL)
            loop.call_soon_threadsafe(self._end)

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, end)

    async def _take_turns(self) -> None:
        seconds = self.crawler.settings.getfloat("RUN_SECONDS")
        try:
            async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
                for turn in self.turns.values():
                    group.create_task(self._take(turn))
        except TimeoutError:
            logger.warning("The crawl is ended after %.0f s; the rest waits for the next one", seconds)
        finally:
            for turn in self.turns.values():
                await turn.settled()
            self._arrivals.put_nowait(None)

    async def _take(self, turn: Turn) -> None:
        try:
            try:
                await turn.run(self._emit)
            except StorageError:
                raise
            except Exception as error:
                # One source must not cost the others their turn.
                logger.exception("%s: its turn is broken off", turn.source.id)
                turn.cut(f"an error of ours: {type(error).__name__}")
            await turn.close()
        except StorageError as error:
            self._fail(error)

    async def _emit(self, arrival: Arrival) -> None:
        await self._room.acquire()
        self._arrivals.put_nowait(arrival)

    def _scraped(self, item: Placed) -> None:
        self._room.release()
        self.turns[item.source].stored(item)

    def _dropped(self, item: Arrival | Draft, exception: Exception) -> None:
        self._room.release()
        turn = self.turns[item.source]
        reason = exception.reason if isinstance(exception, Dropped) else str(exception)
        if isinstance(exception, Lost):
            turn.broke(reason)
        else:
            turn.refused(reason)

    def _broke(self, item: Arrival | Draft, failure: Failure) -> None:
        self._room.release()
        self.turns[item.source].broke(f"error: {type(failure.value).__name__}")
        if isinstance(failure.value, StorageError):
            self._fail(failure.value)

    def _short_of_memory(self) -> None:
        logger.error("The crawl is ended for want of memory; the rest waits for the next one")
        self._end()

    def _fail(self, error: StorageError) -> None:
        """Without the database nothing goes on."""
        self._failure = self._failure or error
        self._end()

    def _end(self) -> None:
        self._is_ended = True
        if self._turning and not self._turning.cancelling():
            self._turning.cancel()

    async def _closed(self) -> None:
        """Close everything, in whatever way the crawl came to its end."""
        if self._turning:
            self._turning.cancel()
            await asyncio.wait([self._turning])
        self.workers.close()
        try:
            if self._failure is None:
                await self._finish()
        except StorageError as error:
            self._failure = error
        finally:
            await self.archive.close()

    async def _finish(self) -> None:
        for turn in self.turns.values():
            if not turn.is_over:
                turn.cut("the crawl was ended; the rest waits for the next one")
                await turn.close(was_whole=False)
        fared = [Fared(turn.before, turn.after) for turn in self.turns.values() if turn.before and turn.after]
        if states := excused(fared, utc_now()):
            logger.warning("No source was reached: is there a network? They are all asked again soon")
            await self.archive.put_off(states)
        if self.run_id is not None:
            await self.archive.finish(self.run_id, utc_now())

    def _stopped(self) -> None:
        """Say last what went wrong, where whoever started the crawl looks for it."""
        if self._failure:
            logger.error("%s", self._failure)
            # Without a spider `scrapy crawl` ends with 1; with one, with 0, whatever happened.
            self.crawler.spider = None


def _in_use(registry: dict[str, Source]) -> dict[str, Source]:
    return {key: source for key, source in registry.items() if not source.off}


def _revisits(settings: BaseSettings) -> tuple[timedelta, ...]:
    return tuple(timedelta(hours=float(hours)) for hours in settings.getlist("REVISIT_HOURS"))


def _embedder(settings: BaseSettings) -> Embedder | None:
    model = settings["STORIES_MODEL"]
    return load_embedder(is_wanted=settings.getbool("STORIES_SEMANTIC"), model=Path(model) if model else None)


def _demand_weights(settings: BaseSettings) -> None:
    """Raises WeightsFileError now, where else each page would fail by itself in a worker."""
    if path := settings["TIES_WEIGHTS"]:
        read_weights(Path(path))


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) == 0:
        raise ValueError(f"limit={text}: must be a number from 1")
    return int(text)
