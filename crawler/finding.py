"""Which entry points of a source to ask, in which order: the decisions of discovery, without the network.

The way that worked last is tried first; then what the registry declares (feeds, sitemaps, listing pages); then what the
site itself tells (feed links of its home page, common paths, ``Sitemap:`` lines of robots.txt); unverified guesses and
the links of the home page come last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from crawler.discovery.autodiscovery import COMMON_FEED_PATHS
from crawler.sources import EntryPoint, Kind, Source
from storage.records import EntryPointState

ONE_DAY = timedelta(days=1)
MOST_COMMON_PATHS = 4
"""How many of the common feed paths are tried before giving up: each is a request to a site that may have none."""


class Trust(IntEnum):
    """How far we believe in a way to a source; lower is tried first."""

    REMEMBERED = 0
    DECLARED = 1
    HOME = 2
    """The home page, read for the feeds that it names."""
    FOUND = 3
    """Named by the site itself just now."""
    COMMON = 4
    ROBOTS = 5
    """The sitemaps that robots.txt names: looked up when it is their turn."""
    GUESSED = 6
    LAST = 7
    """The links of the home page."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to the articles of a source."""

    url: str
    kind: Kind
    lang: str | None
    trust: Trust
    is_dated: bool = False
    """Whether the address is that of one day: it is not remembered, since tomorrow's is another."""


def plan(source: Source, states: Sequence[EntryPointState], lang: str | None, now: datetime) -> list[Way]:
    """All ways known before anything is asked, for one edition (`lang`; None: the source has but one), in order."""
    declared = [way for way in _declared(source, now) if lang is None or way.lang in {lang, None}]
    remembered = _remembered(states, lang, rank={way.url: place for place, way in enumerate(declared)})
    ways = [*remembered, *declared, Way(source.home, Kind.LISTING, lang, Trust.HOME)]
    ways += [
        Way(urljoin(source.home, path), Kind.FEED, lang, Trust.COMMON) for path in COMMON_FEED_PATHS[:MOST_COMMON_PATHS]
    ]
    ways.append(Way(urljoin(source.home, "/robots.txt"), Kind.SITEMAP, lang, Trust.ROBOTS))
    ways.append(Way(source.home, Kind.LISTING, lang, Trust.LAST))
    return in_order(ways)


def in_order(ways: Iterable[Way]) -> list[Way]:
    """Sorted by trust, each address once for each kind; the home page may stand twice, as HOME and as LAST."""
    seen: set[tuple[str, Kind, bool]] = set()
    ordered = []
    for way in sorted(ways, key=lambda way: way.trust):
        key = (way.url, way.kind, way.trust is Trust.HOME)
        if key not in seen:
            seen.add(key)
            ordered.append(way)
    return ordered


def companion(ways: Sequence[Way], states: Mapping[str, EntryPointState], now: datetime) -> Way | None:
    """Of `ways`, the feed to ask besides the way that worked: the one that was not asked for the longest time.

    One that failed is asked again after a day.
    """
    rested = [way for way in ways if way.kind is Kind.FEED and not _failed_lately(states.get(way.url), now)]
    return min(rested, key=lambda way: _last_asked(states.get(way.url)), default=None)


def _failed_lately(state: EntryPointState | None, now: datetime) -> bool:
    return state is not None and state.problem is not None and _last_asked(state) > now - ONE_DAY


def _last_asked(state: EntryPointState | None) -> datetime:
    times = [time for time in (state.worked_at, state.failed_at) if time] if state else []
    return max(times, default=datetime.min.replace(tzinfo=UTC))


def _declared(source: Source, now: datetime) -> list[Way]:
    """What the registry says, for the day it is at the site.

    After the address of a day stands that of the day before: late articles are listed under their own day, and it is
    asked when all that today's lists is new to us.
    """
    today = now.astimezone(ZoneInfo(source.zone)).date()
    ways = []
    for point, before in zip(source.entry_points(today), source.entry_points(today - ONE_DAY), strict=True):
        is_dated = point.url != before.url
        ways.append(replace(_way(point, source), is_dated=is_dated))
        if is_dated:
            ways.append(replace(_way(before, source), is_dated=True))
    return ways


def _way(point: EntryPoint, source: Source) -> Way:
    is_home = point.url == source.home
    trust = Trust.LAST if is_home else Trust.DECLARED if point.verified else Trust.GUESSED
    return Way(point.url, point.kind, point.lang, trust)


def _remembered(states: Sequence[EntryPointState], lang: str | None, *, rank: Mapping[str, int]) -> list[Way]:
    """The ways that worked when last tried; a declared one before one that was found, a feed before a sitemap."""
    kinds = list(Kind)
    ways = [
        Way(state.url, Kind(state.kind), state.lang, Trust.REMEMBERED)
        for state in states
        if state.worked_at and not state.problem and state.kind in kinds and _is_of(state, lang)
    ]
    return sorted(ways, key=lambda way: (rank.get(way.url, len(rank)), kinds.index(way.kind)))


def _is_of(state: EntryPointState, lang: str | None) -> bool:
    return lang is None or state.lang in {lang, None}
