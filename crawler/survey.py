"""Asks the entry points of a source until one works, and keeps what it listed in the frontier.

`crawler.finding` says which ways there are and in which order; here they are gone.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crawler.archive import Archive
from crawler.clock import utc_now
from crawler.discovery import Listing
from crawler.discovery.autodiscovery import robots_sitemaps
from crawler.fetching import PAGE_BYTES, SITEMAP_BYTES, Fetched, Fetcher, FetchFailed
from crawler.finding import Trust, Way, in_order, plan
from crawler.net.identity import other_user_agent
from crawler.reading import Answer, Reading, read_answer
from crawler.selection import Choice, choose
from crawler.sources import Kind, Source
from crawler.urls import host_of, origin_of
from storage.records import Candidate, EntryPointState, Outcome

if TYPE_CHECKING:
    from crawler.turn import Orders
    from crawler.workers import Workers

logger = logging.getLogger(__name__)

MOST_ASKED = 25
"""Entry points asked of one source in one run: a site that answers nothing is not asked for ever."""
PART, DATED = "part", "dated"
"""Kinds of entry points that are not asked for their own sake again: a child sitemap, and the address of one day."""
FIRST_PARTS, LATER_PARTS = 8, 2
"""Child sitemaps read at the first visit, and later; the newest first."""


@dataclass(slots=True)
class Found:
    """What a survey brought; `problems` has one line for each way that did not work."""

    outcome: Outcome = Outcome.SOFT
    entry_point: str | None = None
    listed: int = 0
    new: int = 0
    retry_after: timedelta | None = None
    problems: list[str] = field(default_factory=list)
    ways: list[str] = field(default_factory=list)

    @property
    def detail(self) -> str:
        """One line: the ways that worked, or why none did."""
        if self.outcome.reached:
            return ", ".join(self.ways)
        return "; ".join(dict.fromkeys(self.problems))[:500] or "no entry point is known"


class Survey:
    """Finds the new articles of sources. One instance serves all turns of a run."""

    def __init__(self, archive: Archive, workers: Workers, *, most_waiting: int) -> None:
        self._archive = archive
        self._workers = workers
        self._most_waiting = most_waiting

    async def find(self, source: Source, fetcher: Fetcher, orders: Orders) -> Found:
        """Ask `source`, edition by edition, and admit what is new to the frontier."""
        _, states = await self._archive.source(source.id)
        search = _Search(self, source, fetcher, orders, {state.url: state for state in states})
        languages: Sequence[str | None] = source.languages if len(source.languages) > 1 else [None]
        for lang in languages:
            await search.edition(lang)
        return search.found


@dataclass(slots=True)
class _Search:
    """The survey of one source: what was asked, what is dead, what was found so far."""

    survey: Survey
    source: Source
    fetcher: Fetcher
    orders: Orders
    states: dict[str, EntryPointState]
    found: Found = field(default_factory=Found)
    dead: set[str] = field(default_factory=set)
    asked: int = 0
    home: Fetched | None = None
    worst: list[Outcome] = field(default_factory=list)

    async def edition(self, lang: str | None) -> None:
        """Go the ways of one edition until one works; further declared ones only while something may be missing."""
        ways = plan(self.source, list(self.states.values()), lang, self.orders.started_at)
        works = gap = False
        while ways and self.asked < MOST_ASKED and self.found.retry_after is None:
            way, ways = ways[0], ways[1:]
            if works and (not gap or way.trust > Trust.DECLARED or way.kind is Kind.LISTING):
                return
            if host_of(way.url) in self.dead:
                continue
            choice, feeds = await self._go(way, lang)
            if choice is not None:
                works, gap = True, choice.may_miss
            known = {other.url for other in ways} | {way.url}
            ways = in_order([*(Way(url, Kind.FEED, lang, Trust.FOUND) for url in feeds if url not in known), *ways])

    async def _go(self, way: Way, lang: str | None) -> tuple[Choice | None, tuple[str, ...]]:
        """What `way` listed (None: it did not work) and the feeds that its page names."""
        if way.trust is Trust.ROBOTS:
            return await self._robots(lang), ()
        known = self.states.get(way.url)
        try:
            fetched = await self._fetch(way, known)
        except FetchFailed as failure:
            await self._failed(way, failure)
            return None, ()
        if fetched.unchanged or (known and known.worked_at and known.body_hash == _hash(fetched.body)):
            await self._keep(way, [], [self._state(way, fetched, known)])
            return self._worked(way, Choice.nothing()), ()
        reading = await self._read(way, fetched)
        if way.trust is Trust.HOME:
            self.home = fetched
            return None, reading.feeds
        if reading.listing is None:
            await self._problem(way, reading.problem or "unreadable", Outcome.SOFT)
            return None, reading.feeds
        return await self._listed(way, fetched, reading, lang), reading.feeds

    async def _fetch(self, way: Way, known: EntryPointState | None) -> Fetched:
        if way.trust is Trust.LAST and self.home:
            return self.home
        self.asked += 1
        largest = SITEMAP_BYTES if way.kind is Kind.SITEMAP else PAGE_BYTES
        conditional = known if known and known.worked_at and not known.problem else None
        return await self.fetcher.get(way.url, known=conditional, largest=largest)

    async def _read(self, way: Way, fetched: Fetched) -> Reading:
        """Read an answer; where HTML came for a feed, ask once more with the other kind of User-Agent."""
        reading = await self._read_once(way, fetched)
        if way.kind is not Kind.FEED or reading.listing is not None or "HTML" not in (reading.problem or ""):
            return reading
        if way.trust > Trust.DECLARED:
            return reading
        try:
            self.asked += 1
            again = await self.fetcher.get(way.url, agent=other_user_agent(self.source.user_agent))
        except FetchFailed:
            return reading
        second = await self._read_once(way, again)
        return second if second.listing is not None else reading

    async def _read_once(self, way: Way, fetched: Fetched) -> Reading:
        answer = Answer(self.source, way.kind, fetched.url, fetched.body, fetched.content_type, self.orders.started_at)
        return await self.survey._workers.run(read_answer, answer)

    async def _listed(self, way: Way, fetched: Fetched, reading: Reading, lang: str | None) -> Choice | None:
        assert reading.listing is not None
        candidates, changed = list(reading.listing.candidates), dict(reading.listing.modified_at)
        states = [self._state(way, fetched, self.states.get(way.url))]
        if reading.listing.further:
            more, parts = await self._parts(way, reading.listing, changed)
            candidates += more
            states += parts
        if not candidates:
            await self._problem(way, "lists nothing", Outcome.SOFT)
            return None
        choice = await self._choose(way, candidates, lang, changed)
        if not choice.listed:
            await self._problem(way, choice.problem, Outcome.SOFT)
            return None
        await self._keep(way, choice.candidates, states)
        return self._worked(way, choice)

    async def _choose(
        self, way: Way, candidates: Sequence[Candidate], lang: str | None, changed: Mapping[str, datetime]
    ) -> Choice:
        first_visit = not any(state.worked_at for state in self.states.values())
        choice = choose(
            self.source,
            candidates,
            way=way,
            lang=lang,
            changed=changed,
            since=self.orders.since,
            now=None if first_visit else self.orders.started_at,
        )
        new = await self.survey._archive.unseen(choice.candidates)
        return choice.narrowed(new, most=self.survey._most_waiting, first_visit=first_visit, changed=changed)

    async def _parts(
        self, way: Way, index: Listing, changed: dict[str, datetime]
    ) -> tuple[list[Candidate], list[EntryPointState]]:
        """The candidates of a sitemap index: its newest parts, those that changed since they were read."""
        known = self.states.get(way.url)
        budget = LATER_PARTS if known and known.worked_at else FIRST_PARTS
        waiting = list(index.further)
        candidates: list[Candidate] = []
        states: list[EntryPointState] = []
        while waiting and budget > 0:
            part = waiting.pop(0)
            before = self.states.get(part.url)
            if before and before.worked_at and part.modified_at and part.modified_at < before.worked_at:
                continue
            budget -= 1
            part_way = Way(part.url, Kind.SITEMAP, way.lang, way.trust)
            try:
                fetched = await self.fetcher.get(part.url, known=before, largest=SITEMAP_BYTES)
            except FetchFailed as failure:
                self.found.problems.append(f"{part.url}: {failure.cause}")
                continue
            states.append(replace(self._state(part_way, fetched, before), kind=PART))
            inner = await self._read_once(part_way, fetched) if not fetched.unchanged else None
            if inner and inner.listing:
                candidates += inner.listing.candidates
                changed |= inner.listing.modified_at
                waiting = [*inner.listing.further[:budget], *waiting]
        return candidates, states

    async def _robots(self, lang: str | None) -> Choice | None:
        """Go the sitemaps that robots.txt names; the file itself was read before the first request."""
        robots = await self.survey._archive.robots(origin_of(self.source.home))
        if robots is None or robots.status != 200:
            return None
        text = robots.body.decode("utf-8-sig", "replace")
        for url in robots_sitemaps(text, self.source.home)[:3]:
            if not self.source.owns(url):
                continue
            choice, _ = await self._go(Way(url, Kind.SITEMAP, lang, Trust.FOUND), lang)
            if choice is not None:
                return choice
        return None

    async def _keep(self, way: Way, candidates: Sequence[Candidate], states: list[EntryPointState]) -> None:
        for state in states:
            self.states[state.url] = state
        now = self.orders.started_at
        self.found.new += await self.survey._archive.admit(self.source.id, candidates, states, now)

    def _worked(self, way: Way, choice: Choice) -> Choice:
        unchanged = not choice.listed
        if self.found.outcome is not Outcome.OK:
            self.found.outcome = Outcome.UNCHANGED if unchanged else Outcome.OK
        self.found.entry_point = self.found.entry_point or way.url
        self.found.ways.append(f"{way.kind} {way.url}{' (unchanged)' if unchanged else ''}")
        self.found.listed += choice.listed
        return choice

    async def _failed(self, way: Way, failure: FetchFailed) -> None:
        if failure.outcome in {Outcome.DNS, Outcome.ROBOTS} or failure.cause == "connection refused":
            self.dead.add(host_of(way.url))
        if failure.retry_after is not None:
            self.found.retry_after = failure.retry_after
        await self._problem(way, failure.cause, failure.outcome)

    async def _problem(self, way: Way, problem: str, outcome: Outcome) -> None:
        logger.info("%s: %s", way.url, problem)
        self.found.problems.append(f"{way.url}: {problem}")
        self.worst.append(outcome)
        if not self.found.outcome.reached:
            self.found.outcome = self.worst[0]
        before = self.states.get(way.url)
        state = EntryPointState(source=self.source.id, url=way.url, kind=way.kind, lang=way.lang)
        state = replace(before or state, failed_at=utc_now(), problem=problem[:500])
        self.states[way.url] = state
        await self.survey._archive.admit(self.source.id, [], [state], self.orders.started_at)

    def _state(self, way: Way, fetched: Fetched, before: EntryPointState | None) -> EntryPointState:
        return EntryPointState(
            source=self.source.id,
            url=way.url,
            kind=DATED if way.is_dated else way.kind,
            lang=way.lang,
            etag=fetched.etag or (before.etag if before and fetched.unchanged else None),
            last_modified=fetched.last_modified or (before.last_modified if before and fetched.unchanged else None),
            body_hash=before.body_hash if before and fetched.unchanged else _hash(fetched.body),
            worked_at=utc_now(),
            failed_at=before.failed_at if before else None,
        )


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
