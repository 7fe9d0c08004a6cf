"""One source's turn in a crawl: ask its entry points, keep what they list, fetch what is new."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from crawler.archive import Archive
from crawler.clock import utc_now
from crawler.fetching import Fetched, Fetcher, FetchFailed
from crawler.items import Arrival, Visit
from crawler.orders import Orders
from crawler.pages import page_of
from crawler.placing import Placed
from crawler.polling import REMEMBERED, interval, next_check
from crawler.revisiting import Revisits
from crawler.survey import Survey
from crawler.tally import Tally
from crawler.urls import canonical, identity
from storage.records import Outcome, Poll, Relevance, SourceState, UrlState, WaitingCandidate

if TYPE_CHECKING:
    from crawler.sources import Source
    from crawler.workers import Workers

logger = logging.getLogger(__name__)

FAILURES_IN_A_ROW = 3
"""Pages in a row that did not come, though they may another time: the rest of the pages waits for the next run."""
WEIGHTS = {
    Outcome.HARD: 1.0,
    Outcome.TEMPORARY: 0.5,
    Outcome.SOFT: 0.5,
    Outcome.ROBOTS: 0.5,
    Outcome.DNS: 0.25,
}
"""How much one failure of each kind stretches the interval of a source."""
USUAL_INTERVAL = timedelta(hours=1)
TO_THE_HOME_PAGE = "redirected to the home page"


class Turn:
    """The turn of `source`. Whoever takes its pages on tells what became of each: `stored`, `refused` or `broke`."""

    def __init__(self, source: Source, *, fetcher: Fetcher, archive: Archive, workers: Workers, orders: Orders) -> None:
        self.source = source
        self.tally = Tally(source.id)
        self.is_over = False
        self.before: SourceState | None = None
        self.after: SourceState | None = None
        """What is known of the source since its turn was over; None when nothing was concluded from it."""
        self._fetcher = fetcher
        self._archive = archive
        self._orders = orders
        self._survey = Survey(source, fetcher=fetcher, archive=archive, workers=workers, orders=orders)
        self._revisits = Revisits(source, fetcher=fetcher, archive=archive, workers=workers, orders=orders)
        self._pause: timedelta | None = None
        self._note = ""
        self._repeated: frozenset[bytes] = frozenset()
        self._on_the_way = 0
        self._is_settled = asyncio.Event()
        self._is_settled.set()

    async def run(self, emit: Callable[[Arrival], Awaitable[None]]) -> None:
        """Take the turn, within its time; `emit` hands a page on and waits while too many are on their way.

        A turn that is cut loses nothing: what is not fetched stays in the frontier.
        """
        try:
            async with asyncio.timeout(self._orders.seconds):
                await self._survey.run()
                self._repeated = await self._archive.repeated(self.source.id)
                await self._fetch_waiting(emit)
                await self._revisit()
        except TimeoutError:
            self.cut(f"stopped after {self._orders.seconds:.0f} s; the rest waits for the next run")
        await self.settled()

    async def settled(self) -> None:
        """Wait until it is known what became of every page that was handed on."""
        await self._is_settled.wait()

    def cut(self, why: str) -> None:
        """Note that the turn could not be taken to its end."""
        self._note = why
        self._survey.found.is_cut = True

    async def close(self, *, was_whole: bool = True) -> None:
        """Keep how it went; of a turn that was not whole nothing is concluded for the time of the next."""
        self.before, _ = await self._archive.source(self.source.id)
        self._count()
        if was_whole:
            polls = await self._archive.polls(self.source.id, self._orders.started_at - REMEMBERED)
            self.after = self._next_state(polls)
        await self._archive.report(self._orders.run, self.tally.report(), self.after)
        self.is_over = True

    def stored(self, placed: Placed) -> None:
        """A page became an article."""
        self.tally.stored += 1
        self.tally.relevant += placed.relevance is not Relevance.NONE
        self._leave()

    def refused(self, reason: str) -> None:
        """A page holds no article that is new."""
        self.tally.refused[reason] += 1
        self._leave()

    def broke(self, reason: str) -> None:
        """A page was lost to an error of ours."""
        self.tally.failed[reason] += 1
        self._leave()

    def _leave(self) -> None:
        self._on_the_way -= 1
        if not self._on_the_way:
            self._is_settled.set()

    def _count(self) -> None:
        """Bring what the survey found, and what was sent, into the tally."""
        found, tally = self._survey.found, self.tally
        tally.outcome, tally.entry_point = found.outcome, found.entry_point
        parts = (self._note, found.detail, self._revisits.summary())
        tally.detail = "; ".join(dict.fromkeys(part for part in parts if part))
        tally.listed, tally.new = found.listed, found.new
        tally.requests = self._fetcher.requests

    async def _fetch_waiting(self, emit: Callable[[Arrival], Awaitable[None]]) -> None:
        self._count()
        self._pause = self._survey.found.pause
        if self._pause is not None or self._fetcher.is_dead(self.source.home):
            return
        waiting = await self._archive.waiting(self.source.id, utc_now(), self._orders.limit)
        self.tally.planned = len(waiting)
        failures = 0
        for candidate in waiting:
            if self._fetcher.is_dead(candidate.url):
                continue
            try:
                fetched = await self._fetcher.get(candidate.url)
            except FetchFailed as failure:
                await self._failed(candidate, failure)
                failures += not failure.problem.is_final
                if self._pause is not None or failures == FAILURES_IN_A_ROW:
                    return
            else:
                failures = 0
                self.tally.fetched += 1
                await self._arrived(candidate, fetched, emit)

    async def _failed(self, candidate: WaitingCandidate, failure: FetchFailed) -> None:
        """Count and keep a failure."""
        problem, now = failure.problem, utc_now()
        logger.info("%s: %s", failure.url, problem.cause)
        if failure.pause is not None:
            self._pause = failure.pause
            self._note = f"asked to wait {failure.pause}; the rest waits"
            self.tally.failed[problem.cause] += 1
        elif not problem.is_final:
            self.tally.failed[problem.cause] += 1
            await self._archive.retry(candidate, reason=problem.cause, now=now)
        elif problem.cause.startswith("HTTP"):
            self.tally.failed[problem.cause] += 1
            await self._archive.settle(candidate.key, UrlState.FAILED, reason=problem.cause, now=now)
        else:
            self.tally.refused[problem.cause.partition(":")[0]] += 1
            await self._archive.settle(candidate.key, UrlState.REFUSED, reason=problem.cause, now=now)

    async def _arrived(
        self, candidate: WaitingCandidate, fetched: Fetched, emit: Callable[[Arrival], Awaitable[None]]
    ) -> None:
        url = canonical(fetched.url)
        if identity(url) == identity(self.source.home) != candidate.key:
            self.tally.refused[TO_THE_HOME_PAGE] += 1
            await self._archive.settle(candidate.key, UrlState.REFUSED, reason=TO_THE_HOME_PAGE, now=utc_now())
            return
        visit = Visit(url, fetched.etag, fetched.last_modified)
        page = page_of(fetched, candidate, self.source, url=url, repeated=self._repeated)
        await emit(Arrival(page=page, candidate=candidate, visit=visit))
        self._on_the_way += 1
        self._is_settled.clear()

    async def _revisit(self) -> None:
        """Look again at articles, unless the source wants peace, or cannot be trusted to be itself now."""
        if self._pause is None and self._survey.found.outcome.reached:
            await self._revisits.run(self._repeated)
            self._pause = self._revisits.pause

    def _next_state(self, polls: list[Poll]) -> SourceState:
        now, tally, before = utc_now(), self.tally, self.before or SourceState(source=self.source.id)
        reached = tally.outcome.reached
        failures = 0.0 if reached else before.failures + WEIGHTS[tally.outcome]
        if reached and before.last_reached_at:
            polls = [*polls, Poll(at=self._orders.started_at, listed=tally.listed, new=tally.new)]
        every = interval(polls, every=self.source.every or USUAL_INTERVAL)
        return SourceState(
            source=self.source.id,
            last_asked_at=self._orders.started_at,
            last_reached_at=now if reached else before.last_reached_at,
            last_new_at=now if tally.stored else before.last_new_at,
            failures=failures,
            next_check_at=next_check(now, every=every, failures=failures, retry_after=self._pause),
            outcome=tally.outcome,
            detail=tally.detail,
        )
