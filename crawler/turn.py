"""One source's turn in a crawl: ask its entry points, keep what they list, fetch what is new."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crawler.archive import Archive
from crawler.clock import utc_now
from crawler.fetching import Fetched, Fetcher, FetchFailed
from crawler.items import Arrival, Page
from crawler.polling import next_check
from crawler.survey import Survey
from crawler.tally import Tally
from crawler.urls import canonical, identity
from storage.records import Outcome, SourceState, UrlState, WaitingCandidate

if TYPE_CHECKING:
    from crawler.sources import Source

logger = logging.getLogger(__name__)

FAILURES_IN_A_ROW = 3
"""Pages in a row that did not come: the host is in trouble, and the rest of its pages waits for the next run."""
WEIGHTS = {
    Outcome.HARD: 1.0,
    Outcome.TEMPORARY: 0.5,
    Outcome.SOFT: 0.5,
    Outcome.ROBOTS: 0.5,
    Outcome.DNS: 0.25,
}
"""How much one failure of each kind stretches the interval of a source."""
USUAL_INTERVAL = timedelta(hours=1)
UNREACHABLE = frozenset({Outcome.DNS, Outcome.ROBOTS})


@dataclass(frozen=True, slots=True)
class Orders:
    """What a run was told: `since` bounds listed dates (None: all), `limit` the pages of a source."""

    run: int
    started_at: datetime
    since: datetime | None
    limit: int
    seconds: float
    """Time that one source may take."""


class Turn:
    """The turn of `source`. `emit` hands a page on and waits while too many are on their way."""

    def __init__(self, source: Source, *, fetcher: Fetcher, archive: Archive, survey: Survey, orders: Orders) -> None:
        self.source = source
        self.tally = Tally(source.id)
        self._fetcher = fetcher
        self._archive = archive
        self._survey = survey
        self._orders = orders
        self.is_over = False
        self._retry_after: timedelta | None = None

    async def run(self, emit: Callable[[Arrival], Awaitable[None]]) -> None:
        """Take the turn, within its time. A cut turn loses nothing: what is not fetched stays in the frontier."""
        try:
            async with asyncio.timeout(self._orders.seconds):
                await self._find()
                await self._fetch_waiting(emit)
        except TimeoutError:
            self.tally.detail = f"stopped after {self._orders.seconds:.0f} s; the rest waits for the next run"
        self.tally.requests = self._fetcher.requests

    async def close(self) -> None:
        """Keep how it went, once the last of its pages is settled."""
        state, _ = await self._archive.source(self.source.id)
        await self._archive.report(self._orders.run, self.tally.report(), self._next_state(state))
        self.is_over = True

    async def _find(self) -> None:
        found = await self._survey.find(self.source, self._fetcher, self._orders)
        self.tally.outcome, self.tally.detail = found.outcome, found.detail
        self.tally.entry_point = found.entry_point
        self.tally.listed, self.tally.new = found.listed, found.new
        self._retry_after = found.retry_after

    async def _fetch_waiting(self, emit: Callable[[Arrival], Awaitable[None]]) -> None:
        if self.tally.outcome in UNREACHABLE or self._retry_after:
            return
        waiting = await self._archive.waiting(self.source.id, utc_now(), self._orders.limit)
        self.tally.planned = len(waiting)
        failures = 0
        for candidate in waiting:
            try:
                fetched = await self._fetcher.get(candidate.url)
            except FetchFailed as failure:
                if await self._failed(candidate, failure) or failures + 1 >= FAILURES_IN_A_ROW:
                    break
                failures += 1
            else:
                failures = 0
                self.tally.fetched += 1
                await self._arrived(candidate, fetched, emit)

    async def _failed(self, candidate: WaitingCandidate, failure: FetchFailed) -> bool:
        """Count and keep a failure. Returns whether the host wants to be left alone for now."""
        cause, now = failure.cause, utc_now()
        logger.info("%s: %s", failure.url, cause)
        if failure.retry_after is not None:
            self._retry_after = failure.retry_after
            self.tally.failed[cause] += 1
            self.tally.detail = f"asked to wait {failure.retry_after}; the rest waits"
            return True
        if failure.outcome is Outcome.ROBOTS or cause.startswith(("blocked", "moved", "too large")):
            reason = cause.split(":")[0]
            self.tally.refused[reason] += 1
            await self._archive.settle(candidate.key, UrlState.REFUSED, reason=cause, now=now)
        elif failure.outcome is Outcome.HARD and cause.startswith("HTTP"):
            self.tally.failed[cause] += 1
            await self._archive.settle(candidate.key, UrlState.FAILED, reason=cause, now=now)
        else:
            self.tally.failed[cause] += 1
            await self._archive.retry(candidate, reason=cause, now=now)
        return failure.outcome is Outcome.DNS

    async def _arrived(
        self, candidate: WaitingCandidate, fetched: Fetched, emit: Callable[[Arrival], Awaitable[None]]
    ) -> None:
        url = canonical(fetched.url)
        if identity(url) == identity(self.source.home) != candidate.key:
            self.tally.refused["redirected to the home page"] += 1
            await self._archive.settle(
                candidate.key, UrlState.REFUSED, reason="redirected to the home page", now=utc_now()
            )
            return
        page = Page(
            url=url,
            body=fetched.body,
            charset=fetched.charset,
            source=self.source.id,
            zone=self.source.zone,
            day_first=self.source.day_first,
            lang=candidate.lang,
            title=candidate.title,
            published_at=candidate.published_at,
            rules=self.source.rules,
            fetched_at=utc_now(),
        )
        await emit(Arrival(page=page, candidate=candidate))

    def _next_state(self, before: SourceState | None) -> SourceState:
        now, tally = utc_now(), self.tally
        reached = tally.outcome.reached
        failures = 0.0 if reached else (before.failures if before else 0.0) + WEIGHTS[tally.outcome]
        return SourceState(
            source=self.source.id,
            last_asked_at=self._orders.started_at,
            last_reached_at=now if reached else (before.last_reached_at if before else None),
            last_new_at=now if tally.stored else (before.last_new_at if before else None),
            failures=failures,
            next_check_at=next_check(
                now,
                every=self.source.every or USUAL_INTERVAL,
                failures=failures,
                retry_after=self._retry_after,
            ),
            outcome=tally.outcome,
            detail=tally.detail,
        )
