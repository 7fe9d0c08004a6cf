"""The archive as the crawl sees it: the same questions as `storage`, asked in a thread of its own.

One thread, so that transactions follow each other and a slow database never stops the event loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import TypeVar

from crawler.extraction.repeated import FEWEST_TIMES
from crawler.items import Draft
from crawler.learning import is_repeating
from crawler.placing import REMEMBERED, Placed, Placer
from crawler.versions.schedule import Verdict
from storage.records import (
    Article,
    ArticleCheck,
    Candidate,
    EntryPointState,
    NewArticle,
    Poll,
    Relevance,
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
        self._knows_stories = False

    async def open(self, now: datetime) -> int:
        """Open the database and begin a run. Returns the run's id."""

        def work() -> int:
            self._storage = open_storage(self._url)
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

    async def polls(self, source: str, since: datetime) -> list[Poll]:
        """What a source listed whenever it was reached since then, the oldest first."""

        def work() -> list[Poll]:
            with self._open.read() as db:
                return db.runs.polls(source, since)

        return await self._run(work)

    async def put_off(self, states: Sequence[SourceState]) -> None:
        """Keep these states of sources instead of what was concluded from this run."""

        def work() -> None:
            with self._open.begin() as db:
                for state in states:
                    db.sources.record(state)

        await self._run(work)

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
            if draft.tagging.relevance is not Relevance.NONE:
                self._take_up_stories(now)
            self._placer.prepare([draft])
            with self._open.begin() as db:
                return self._placer.place(db, draft, now)

        return await self._run(work)

    async def repeated(self, source: str) -> frozenset[bytes]:
        """The lines that a source prints under many of its articles, as hashes."""

        def work() -> frozenset[bytes]:
            with self._open.read() as db:
                return frozenset(block.hash for block in db.blocks.of(source, FEWEST_TIMES) if is_repeating(block))

        return await self._run(work)

    async def due_checks(self, source: str, now: datetime, limit: int) -> list[tuple[ArticleCheck, Article]]:
        """The articles of a source to look at again now, the longest overdue first."""

        def work() -> list[tuple[ArticleCheck, Article]]:
            with self._open.read() as db:
                checks = db.checks.due(source, now, limit)
                articles = ((check, db.articles.get(check.article_id)) for check in checks)
                return [(check, article) for check, article in articles if article]

        return await self._run(work)

    async def conclude(
        self, article: Article, verdict: Verdict, *, revised: NewArticle | None, changed: Sequence[str], now: datetime
    ) -> None:
        """Keep what another look at an article showed, and when the next one is due: one transaction."""

        def work() -> None:
            if revised:
                self._take_up_stories(now)
            with self._open.begin() as db:
                if revised:
                    now_is = db.articles.revise(article.id, revised, changed=changed, seen_at=now)
                    self._placer.place_again(db, now_is, now)
                if verdict.is_removed is not None and verdict.is_removed != bool(article.removed_at):
                    db.articles.mark_removed(article.id, now if verdict.is_removed else None)
                if verdict.check:
                    db.checks.put(verdict.check)
                else:
                    db.checks.end(article.id)

        await self._run(work)

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

    def _take_up_stories(self, now: datetime) -> None:
        """Read the stories of the last days when the first article has to be compared with them.

        In a full archive that takes seconds, and many a crawl finds nothing to compare.
        """
        if not self._knows_stories:
            with self._open.read() as db:
                self._placer.load(db, now - REMEMBERED)
            self._knows_stories = True

    @property
    def _open(self) -> Storage:
        assert self._storage is not None, "the archive is not open"
        return self._storage

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)
