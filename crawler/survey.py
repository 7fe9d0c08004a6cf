"""Asks the entry points of a source until one works, and keeps what it listed in the frontier.

`crawler.finding` says which ways there are and in which order, `crawler.asking` goes one, and `crawler.selection` says
what to take of what it lists.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crawler.archive import Archive
from crawler.asking import Asker, AskFailed, Listed
from crawler.clock import utc_now
from crawler.discovery.autodiscovery import robots_sitemaps
from crawler.fetching import Fetcher
from crawler.finding import Trust, Way, companion, in_order, plan
from crawler.found import Found
from crawler.orders import Orders
from crawler.selection import Choice, choose
from crawler.sources import Kind, Source
from crawler.urls import origin_of
from storage.records import EntryPointState

if TYPE_CHECKING:
    from crawler.workers import Workers

logger = logging.getLogger(__name__)

MOST_ASKED = 25
"""Entry points asked of one source in one run: a site that answers nothing is not asked for ever."""
MOST_ROBOTS_SITEMAPS = 3
NOTHING = Choice((), 0)
"""What is chosen of an entry point that has not changed."""


@dataclass(slots=True)
class _Edition:
    """One edition in this run. `lang` is None when the source has but one."""

    lang: str | None
    is_first_visit: bool
    room: int
    """How many articles may still be taken of what it lists when we meet it."""


class Survey:
    """Finds the new articles of one source in one run; `found` tells what it brought so far."""

    def __init__(self, source: Source, *, fetcher: Fetcher, archive: Archive, workers: Workers, orders: Orders) -> None:
        self.found = Found()
        self._source = source
        self._fetcher = fetcher
        self._archive = archive
        self._orders = orders
        self._states: dict[str, EntryPointState] = {}
        self._asker = Asker(source, fetcher, workers, states=self._states, now=orders.started_at)
        self._asked: dict[tuple[str, Kind, bool], Choice | None] = {}
        """What each way gave, for further editions that share it."""

    async def run(self) -> None:
        """Ask the source, edition by edition, and admit what is new to the frontier."""
        _, states = await self._archive.source(self._source.id)
        self._states |= {state.url: state for state in states}
        languages: Sequence[str | None] = self._source.languages if len(self._source.languages) > 1 else [None]
        room = max(1, self._orders.first_visit // len(languages))
        for lang in languages:
            met = any(state.worked_at for state in states if lang is None or state.lang in {lang, None})
            await self._visit(_Edition(lang, is_first_visit=not met, room=room))

    async def _visit(self, edition: _Edition) -> None:
        """Go the ways of an edition until one works, then those that may tell what the first one left out.

        Nothing known in what it lists: something may have passed us by, and the other declared ways are asked until
        one lists what we know. Else one feed more, in turn, since a site may have feeds that complement each other;
        so a source in which nothing is new is asked twice.
        """
        ways = plan(self._source, list(self._states.values()), edition.lang, self._orders.started_at)
        asked_before = self._asker.asked
        choice = None
        while ways and choice is None and self._may_ask():
            way = ways.pop(0)
            choice, named = await self._go(way, edition)
            listed = {other.url for other in ways} | {way.url}
            ways = in_order([*(other for other in named if other.url not in listed), *ways])
        others = [way for way in ways if way.trust <= Trust.DECLARED and way.kind is not Kind.LISTING]
        while others and choice is not None and choice.may_miss and self._may_ask():
            another, _ = await self._go(others.pop(0), edition)
            choice = another or choice
        if choice is None or self._asker.asked > asked_before + 1 or not self._may_ask():
            return
        if way_besides := companion(others, self._states, self._orders.started_at):
            await self._go(way_besides, edition)

    def _may_ask(self) -> bool:
        return self._asker.asked < MOST_ASKED and self.found.pause is None

    async def _go(self, way: Way, edition: _Edition) -> tuple[Choice | None, list[Way]]:
        """What `way` listed (None: it did not work), and the ways that it names."""
        key = (way.url, way.kind, way.trust is Trust.HOME)
        if way.trust is Trust.ROBOTS:
            return None, await self._ways_of_robots(edition)
        if key in self._asked or self._fetcher.is_dead(way.url):
            return self._asked.get(key), []
        self._asked[key] = None
        try:
            if way.trust is Trust.HOME:
                return None, _feeds(await self._asker.feeds_of_home(), edition)
            self._asked[key] = await self._take(way, await self._asker.ask(way), edition)
        except AskFailed as failure:
            if way.trust is Trust.HOME:  # its links need not be asked for either
                self._asked.setdefault((way.url, way.kind, False), None)
            await self._failed(way, failure)
            return None, _feeds(failure.feeds, edition)
        return self._asked[key], []

    async def _take(self, way: Way, listed: Listed, edition: _Edition) -> Choice:
        """Choose of what was listed, and keep it. Raises AskFailed when nothing of it is an article of the source."""
        choice = NOTHING if listed.is_unchanged else await self._choose(way, listed, edition)
        new = await self._archive.admit(
            self._source.id,
            choice.candidates,
            passed=choice.passed,
            points=listed.states,
            now=self._orders.started_at,
        )
        edition.room = max(0, edition.room - new)
        self._states |= {state.url: state for state in listed.states}
        self.found.worked(way.url, _words(way, listed), listed=choice.listed, new=new)
        return choice

    async def _choose(self, way: Way, listed: Listed, edition: _Edition) -> Choice:
        # In a thread: an archive of 50,000 addresses would hold up all other sources for seconds.
        choice = await asyncio.to_thread(
            choose,
            self._source,
            listed.candidates,
            way=way,
            lang=edition.lang,
            changed=listed.changed,
            since=self._orders.since,
            now=None if edition.is_first_visit else self._orders.started_at,
        )
        if not choice.listed:
            raise AskFailed.of_content(way.url, choice.problem)
        before = self._states.get(way.url)
        is_first = edition.is_first_visit or not (way.is_dated or (before and before.worked_at))
        new = await self._archive.unseen([*choice.candidates, *choice.passed])
        return choice.narrowed(new, most=edition.room, is_first=is_first, changed=listed.changed)

    async def _ways_of_robots(self, edition: _Edition) -> list[Way]:
        """The sitemaps that robots.txt names; the file itself was read before the first request."""
        robots = await self._archive.robots(origin_of(self._source.home))
        if robots is None or robots.status != 200:
            return []
        text = robots.body.decode("utf-8-sig", "replace")
        urls = [url for url in robots_sitemaps(text, self._source.home) if self._source.owns(url)]
        return [Way(url, Kind.SITEMAP, edition.lang, Trust.FOUND) for url in urls[:MOST_ROBOTS_SITEMAPS]]

    async def _failed(self, way: Way, failure: AskFailed) -> None:
        cause = failure.problem.cause
        logger.info("%s: %s", way.url, cause)
        if way.trust is not Trust.COMMON:  # nobody said that there is one
            self.found.failed(way.url, cause, failure.problem.outcome)
        if failure.pause is not None:
            self.found.pause = failure.pause
        before = self._states.get(way.url)
        state = before or EntryPointState(source=self._source.id, url=way.url, kind=way.kind, lang=way.lang)
        self._states[way.url] = replace(state, failed_at=utc_now(), problem=cause)
        now = self._orders.started_at
        await self._archive.admit(self._source.id, [], points=[self._states[way.url]], now=now)


def _feeds(urls: Sequence[str], edition: _Edition) -> list[Way]:
    return [Way(url, Kind.FEED, edition.lang, Trust.FOUND) for url in urls]


def _words(way: Way, listed: Listed) -> str:
    """The way that worked, for the report: with what was wrong all the same."""
    if listed.is_unchanged:
        return f"{way.kind} {way.url} (unchanged)"
    if not listed.problems:
        return f"{way.kind} {way.url}"
    more = len(listed.problems) - 1
    return f"{way.kind} {way.url} ({listed.problems[0]}{f', and {more} more' if more else ''})"
