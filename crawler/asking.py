"""Asks one entry point of a source and reads what it answers: in a worker process, since published text is untrusted.

What to ask is decided in `crawler.finding`, what to take of the answer in `crawler.selection`.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Self

from crawler.clock import utc_now
from crawler.discovery import Listing
from crawler.errors import CrawlerError
from crawler.fetching import PAGE_BYTES, SITEMAP_BYTES, Fetched, Fetcher, FetchFailed
from crawler.finding import Trust, Way
from crawler.net.identity import other_user_agent
from crawler.outcomes import Problem
from crawler.parts import choose_parts
from crawler.reading import Answer, Reading, read_answer
from crawler.sources import Kind, Source
from crawler.workers import TaskFailed, WorkerError, Workers
from storage.records import Candidate, EntryPointState, Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from crawler.discovery import Further

logger = logging.getLogger(__name__)

PART, DATED = "part", "dated"
"""Kinds of entry points that are not asked for their own sake again: a child sitemap, and the address of one day."""
MOST_LINKS = 50_000
"""Links that are taken of one entry point with all its parts."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What an entry point lists: nothing when it `is_unchanged`."""

    candidates: tuple[Candidate, ...] = ()
    changed: Mapping[str, datetime] = field(default_factory=dict)
    """Address to the time of its last change, where that is told."""
    states: tuple[EntryPointState, ...] = ()
    """What is now known of the entry point and of its parts."""
    problems: tuple[str, ...] = ()
    """Damage of what came, and entries of it that could not be used."""
    is_unchanged: bool = False


class AskFailed(CrawlerError):
    """An entry point lists nothing for us. `feeds` are those that its page names, `pause` as in `FetchFailed`."""

    def __init__(
        self, url: str, problem: Problem, *, pause: timedelta | None = None, feeds: tuple[str, ...] = ()
    ) -> None:
        super().__init__(f"{url}: {problem.cause}")
        self.url, self.problem, self.pause, self.feeds = url, problem, pause, feeds

    @classmethod
    def of_content(cls, url: str, cause: str, feeds: tuple[str, ...] = ()) -> Self:
        """It answered, but not with what was asked for."""
        return cls(url, Problem(Outcome.SOFT, cause[:200]), feeds=feeds)


class Asker:
    """Asks the entry points of one source in one run. `states` is what is known of them; the owner keeps it current."""

    def __init__(
        self,
        source: Source,
        fetcher: Fetcher,
        workers: Workers,
        *,
        states: Mapping[str, EntryPointState],
        now: datetime,
    ) -> None:
        self.asked = 0
        """How many entry points were asked, their parts apart."""
        self._source = source
        self._fetcher = fetcher
        self._workers = workers
        self._states = states
        self._now = now
        self._home: Fetched | None = None

    async def ask(self, way: Way) -> Listed:
        """What `way` lists. Raises AskFailed."""
        known = self._states.get(way.url)
        fetched, reading = await self._answer(way, known)
        states = [_state(self._source, way, fetched, known)]
        if reading is None:
            return Listed(states=tuple(states), is_unchanged=True)
        if reading.listing is None:
            raise AskFailed.of_content(way.url, reading.problem or "unreadable", reading.feeds)
        candidates, changed = list(reading.listing.candidates), dict(reading.listing.modified_at)
        for state, part in await self._parts(way, reading.listing.further):
            states.append(state)
            candidates += part.candidates[: MOST_LINKS - len(candidates)]
            changed |= part.modified_at
        if not candidates:
            raise AskFailed.of_content(way.url, "lists nothing")
        return Listed(tuple(candidates), changed, tuple(states), reading.listing.problems)

    async def feeds_of_home(self) -> tuple[str, ...]:
        """The feeds that the home page names. Raises AskFailed."""
        if self._home is None:
            self.asked += 1
            self._home = await self._get(self._source.home, None, PAGE_BYTES)
        way = Way(self._source.home, Kind.LISTING, None, Trust.HOME)
        return (await self._read(way, self._home)).feeds

    async def _fetch(self, way: Way, known: EntryPointState | None) -> Fetched:
        if way.trust is Trust.LAST and self._home:
            return self._home
        self.asked += 1
        conditional = known if known and known.worked_at and not known.problem else None
        return await self._get(way.url, conditional, SITEMAP_BYTES if way.kind is Kind.SITEMAP else PAGE_BYTES)

    async def _get(self, url: str, known: EntryPointState | None, largest: int) -> Fetched:
        try:
            return await self._fetcher.get(url, known=known, largest=largest)
        except FetchFailed as failure:
            raise AskFailed(url, failure.problem, pause=failure.pause) from failure

    async def _answer(self, way: Way, known: EntryPointState | None) -> tuple[Fetched, Reading | None]:
        """What came, and what it says; None when that is what we know.

        Where a web page came for a feed, ask once more with the other kind of User-Agent: some sites answer XML only
        to feed readers, others only to browsers.
        """
        fetched = await self._fetch(way, known)
        if _is_known(fetched, known):
            return fetched, None
        reading = await self._read(way, fetched)
        if not (way.kind is Kind.FEED and way.trust <= Trust.DECLARED and reading.is_page):
            return fetched, reading
        self.asked += 1
        try:
            again = await self._fetcher.get(way.url, agent=other_user_agent(self._source.user_agent))
        except FetchFailed:
            return fetched, reading
        if _is_known(again, known):
            return again, None
        second = await self._read(way, again)
        return (again, second) if second.listing else (fetched, reading)

    async def _read(self, way: Way, fetched: Fetched) -> Reading:
        answer = Answer(self._source, way.kind, fetched.url, fetched.body, fetched.content_type, self._now)
        try:
            return await self._workers.run(read_answer, answer)
        except WorkerError as error:
            if isinstance(error, TaskFailed):
                logger.error("%s: reading it failed: %s", way.url, error)
            raise AskFailed.of_content(way.url, error.reason) from error

    async def _parts(self, way: Way, further: Sequence[Further]) -> list[tuple[EntryPointState, Listing]]:
        """The parts of a sitemap index that are worth a request, read. One that fails costs only itself."""
        index = self._states.get(way.url)
        is_first = index is None or index.worked_at is None
        waiting = list(choose_parts(further, self._states, is_first=is_first))
        budget = len(waiting)
        found = []
        while waiting and budget:
            part = waiting.pop(0)
            if self._fetcher.is_dead(part.url) or not self._source.owns(part.url):
                continue
            budget -= 1
            try:
                state, listing = await self._part(Way(part.url, Kind.SITEMAP, way.lang, way.trust))
            except AskFailed as failure:
                if failure.pause is not None:
                    raise
                logger.info("%s", failure)
                continue
            found.append((state, listing))
            waiting = [*choose_parts(listing.further, self._states, is_first=is_first), *waiting]
        return found

    async def _part(self, way: Way) -> tuple[EntryPointState, Listing]:
        before = self._states.get(way.url)
        fetched = await self._get(way.url, before, SITEMAP_BYTES)
        state = replace(_state(self._source, way, fetched, before), kind=PART)
        if fetched.unchanged:
            return state, Listing()
        return state, (await self._read(way, fetched)).listing or Listing()


def _is_known(fetched: Fetched, known: EntryPointState | None) -> bool:
    """Whether the answer is the one that was last read without an error."""
    return fetched.unchanged or (known is not None and bool(known.worked_at) and known.body_hash == _hash(fetched.body))


def _state(source: Source, way: Way, fetched: Fetched, before: EntryPointState | None) -> EntryPointState:
    """What is known of an entry point that was just read."""
    kept = before if fetched.unchanged else None
    return EntryPointState(
        source=source.id,
        url=way.url,
        kind=DATED if way.is_dated else way.kind,
        lang=way.lang,
        etag=fetched.etag or (kept.etag if kept else None),
        last_modified=fetched.last_modified or (kept.last_modified if kept else None),
        body_hash=kept.body_hash if kept else _hash(fetched.body),
        worked_at=utc_now(),
        failed_at=before.failed_at if before else None,
    )


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
