"""The archive as the crawl sees it: the same questions as `storage`, asked in a thread of its own.

One thread, so that transactions follow each other and a slow database never stops the event loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import TypeVar

from crawler.items import Draft
from crawler.placing import REMEMBERED, Placed, Placer
from storage.records import (
    Candidate,
    EntryPointState,
    RobotsFile,
    SourceReport,
    SourceState,
    UrlState,
    WaitingCandidate,
)
from storage.session import Storage, open_storage

T = TypeVar("T")

PASSED_OVER = "older than our first visit"
"""Why an address that an entry point listed, when we first met it, is not fetched."""
RETRY_AFTER = timedelta(minutes=10)
"""A page that did not come is asked for again in the next run, but not sooner than this, times its failures."""


class Archive:
    """Everything that a crawl reads from and writes to the database."""

    def __init__(self, url: str, placer: Placer) -> None:
        self._url = url
        self._placer = placer
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="archive")
        self._storage: Storage | None = None

    async def open(self, now: datetime) -> int:
        """Open the database, load what is needed to place articles, and begin a run. Returns the run's id."""

        def work() -> int:
            self._storage = open_storage(self._url)
            with self._storage.read() as db:
                self._placer.load(db, now - REMEMBERED)
            with self._storage.begin() as db:
                return db.runs.begin(now)

        return await self._run(work)

    async def close(self) -> None:
        """Close the database and end the thread."""
        if self._storage:
            await self._run(self._storage.close)
        self._thread.shutdown()

    async def robots(self, origin: str) -> RobotsFile | None:
        """The robots.txt of a host as last read."""

        def work() -> RobotsFile | None:
            with self._open.read() as db:
                return db.robots.get(origin)

        return await self._run(work)

    async def keep_robots(self, robots: RobotsFile) -> None:
        """Keep a robots.txt that was just read."""

        def work() -> None:
            with self._open.begin() as db:
                db.robots.put(robots)

        await self._run(work)

    async def source(self, source: str) -> tuple[SourceState | None, list[EntryPointState]]:
        """What we know of a source and of its entry points."""

        def work() -> tuple[SourceState | None, list[EntryPointState]]:
            with self._open.read() as db:
                return db.sources.state(source), db.sources.entry_points(source)

        return await self._run(work)

    async def unseen(self, candidates: Sequence[Candidate]) -> set[str]:
        """The keys of those candidates that were never listed before."""

        def work() -> set[str]:
            with self._open.read() as db:
                return db.frontier.unseen([candidate.key for candidate in candidates])

        return await self._run(work)

    async def admit(
        self,
        source: str,
        candidates: Sequence[Candidate],
        *,
        passed: Sequence[Candidate] = (),
        points: Sequence[EntryPointState],
        now: datetime,
    ) -> int:
        """Keep candidates, those passed over, and the state of the entry points that listed them, in one transaction.

        A crash after this loses nothing: the candidates wait, although the feed answers "unchanged" from now on.
        Returns how many were new.
        """

        def work() -> int:
            with self._open.begin() as db:
                new = db.frontier.admit(source, candidates, now)
                db.frontier.pass_over(source, passed, reason=PASSED_OVER, now=now)
                for point in points:
                    db.sources.record_entry_point(point)
                return new

        return await self._run(work)

    async def waiting(self, source: str, now: datetime, limit: int) -> list[WaitingCandidate]:
        """The candidates of a source to fetch now, the newest first."""

        def work() -> list[WaitingCandidate]:
            with self._open.read() as db:
                return db.frontier.waiting(source, now, limit)

        return await self._run(work)

    async def settle(self, key: str, state: UrlState, *, reason: str, now: datetime) -> None:
        """This candidate will not be fetched again."""

        def work() -> None:
            with self._open.begin() as db:
                db.frontier.settle(key, state, reason=reason, article=None, now=now)

        await self._run(work)

    async def retry(self, candidate: WaitingCandidate, *, reason: str, now: datetime) -> None:
        """This candidate did not come: ask again in a later run."""

        def work() -> None:
            with self._open.begin() as db:
                later = now + RETRY_AFTER * (candidate.attempts + 1)
                db.frontier.retry(candidate.key, reason=reason, now=now, not_before=later)

        await self._run(work)

    async def place(self, draft: Draft, now: datetime) -> Placed:
        """Store an article with its story, or find that we have it: one transaction."""

        def work() -> Placed:
            self._placer.prepare([draft])
            with self._open.begin() as db:
                return self._placer.place(db, draft, now)

        return await self._run(work)

    async def report(self, run: int, report: SourceReport, state: SourceState | None) -> None:
        """Keep how a source fares; `state` only when its turn is over."""

        def work() -> None:
            with self._open.begin() as db:
                db.runs.report(run, report)
                if state:
                    db.sources.record(state)

        await self._run(work)

    async def finish(self, run: int, now: datetime) -> None:
        """The run is over."""

        def work() -> None:
            with self._open.begin() as db:
                db.runs.finish(run, now)

        await self._run(work)

    @property
    def _open(self) -> Storage:
        assert self._storage is not None, "the archive is not open"
        return self._storage

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)
