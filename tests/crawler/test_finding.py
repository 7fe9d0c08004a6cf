"""In which order the ways to a source are gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.finding import Trust, Way, companion, in_order, plan
from crawler.sources import Kind, Source, load_sources
from storage.records import EntryPointState

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
DECLARATION = """
[herald]
name = "The Herald"
language = "en"
home = "https://herald.example/"
feeds = ["https://herald.example/rss"]
sitemaps = ["https://herald.example/news-{today:%Y-%m-%d}.xml"]
listings = ["https://herald.example/politics/"]
unverified.feeds = ["https://herald.example/guess"]

[gazeta]
name = "Gazeta"
editions.ru.feeds = ["https://gazeta.example/ru/rss"]
editions.uz.feeds = ["https://gazeta.example/uz/rss"]
"""


@pytest.fixture
def sources(tmp_path: Path) -> dict[str, Source]:
    (tmp_path / "sources.toml").write_text(DECLARATION, encoding="utf-8")
    return load_sources([tmp_path])


def worked(url: str, kind: Kind, problem: str | None = None, hours_ago: int = 0) -> EntryPointState:
    at = NOW - timedelta(hours=hours_ago)
    return EntryPointState(source="herald", url=url, kind=kind, worked_at=at, problem=problem)


def test_declared_ways_come_before_found_ones_and_guesses_last(sources: dict[str, Source]) -> None:
    ways = [
        (way.trust, way.url.removeprefix("https://herald.example")) for way in plan(sources["herald"], [], None, NOW)
    ]
    assert [url for trust, url in ways if trust is Trust.DECLARED] == [
        "/rss",
        "/news-2026-11-21.xml",
        "/news-2026-11-20.xml",
        "/politics/",
    ]
    assert [trust for trust, _ in ways] == sorted(trust for trust, _ in ways)
    assert ways[-2:] == [(Trust.GUESSED, "/guess"), (Trust.LAST, "/")]
    assert (Trust.HOME, "/") in ways


def test_what_worked_last_is_tried_first(sources: dict[str, Source]) -> None:
    found = "https://herald.example/hidden.xml"
    assert plan(sources["herald"], [worked(found, Kind.FEED)], None, NOW)[0] == Way(
        found, Kind.FEED, None, Trust.REMEMBERED
    )


def test_of_two_that_worked_the_feed_comes_first(sources: dict[str, Source]) -> None:
    states = [
        worked("https://herald.example/news-2026-11-21.xml", Kind.SITEMAP),
        worked("https://herald.example/rss", Kind.FEED),
    ]
    assert [way.kind for way in plan(sources["herald"], states, None, NOW)][:2] == [Kind.FEED, Kind.SITEMAP]


def test_what_failed_last_is_not_preferred(sources: dict[str, Source]) -> None:
    states = [worked("https://herald.example/politics/", Kind.LISTING, problem="HTTP 500")]
    assert plan(sources["herald"], states, None, NOW)[0].url == "https://herald.example/rss"


def test_the_parts_of_a_sitemap_are_not_ways(sources: dict[str, Source]) -> None:
    part = EntryPointState(source="herald", url="https://herald.example/part1.xml", kind="part", worked_at=NOW)
    assert part.url not in {way.url for way in plan(sources["herald"], [part], None, NOW)}


def test_an_edition_has_only_its_own_ways(sources: dict[str, Source]) -> None:
    declared = [way.url for way in plan(sources["gazeta"], [], "uz", NOW) if way.trust is Trust.DECLARED]
    assert declared == ["https://gazeta.example/uz/rss"]


def test_each_way_is_gone_once() -> None:
    twice = [Way("https://a.example/rss", Kind.FEED, None, trust) for trust in (Trust.COMMON, Trust.DECLARED)]
    assert in_order(twice) == [twice[1]]


def test_after_the_address_of_today_stands_that_of_yesterday(sources: dict[str, Source]) -> None:
    late = datetime(2026, 11, 21, 23, tzinfo=UTC)
    dated = [way.url[-14:-4] for way in plan(sources["herald"], [], None, late) if way.is_dated]
    assert dated == ["2026-11-21", "2026-11-20"]


def test_the_day_is_the_one_at_the_site(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(
        DECLARATION.replace('language = "en"', 'language = "en"\nzone = "Asia/Baku"')
    )
    late = datetime(2026, 11, 21, 23, tzinfo=UTC)
    ways = plan(load_sources([tmp_path])["herald"], [], None, late)
    assert next(way.url[-14:-4] for way in ways if way.is_dated) == "2026-11-22"


def feed(name: str) -> Way:
    return Way(f"https://herald.example/{name}", Kind.FEED, None, Trust.DECLARED)


def test_the_companion_is_the_feed_that_was_not_asked_for_the_longest_time() -> None:
    states = {
        feed(name).url: worked(feed(name).url, Kind.FEED, hours_ago=hours) for name, hours in (("a", 2), ("b", 5))
    }
    assert companion([feed("a"), feed("b")], states, NOW) == feed("b")
    assert companion([feed("a"), feed("b"), feed("never")], states, NOW) == feed("never")


def test_a_feed_that_failed_rests_for_a_day() -> None:
    failed = {feed("a").url: worked(feed("a").url, Kind.FEED, problem="HTTP 404")}
    assert companion([feed("a")], failed, NOW + timedelta(hours=23)) is None
    assert companion([feed("a")], failed, NOW + timedelta(hours=25)) == feed("a")


def test_no_sitemap_is_a_companion() -> None:
    assert companion([Way("https://herald.example/map.xml", Kind.SITEMAP, None, Trust.DECLARED)], {}, NOW) is None
