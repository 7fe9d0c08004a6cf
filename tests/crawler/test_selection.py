"""Which listed links are worth fetching."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.finding import Trust, Way
from crawler.selection import Choice, choose
from crawler.sources import Kind, Source, load_sources
from storage.records import Candidate

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
FEED = Way("https://herald.example/rss", Kind.FEED, None, Trust.DECLARED)
SITEMAP = Way("https://herald.example/sitemap.xml", Kind.SITEMAP, None, Trust.DECLARED)


@pytest.fixture
def herald(tmp_path: Path) -> Source:
    text = (
        '[herald]\nname = "The Herald"\nlanguage = "en"\nhome = "https://herald.example/"\narticle = "/news/[0-9]+"\n'
    )
    (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
    return load_sources([tmp_path])["herald"]


def candidates(*urls: str, age: timedelta | None = None) -> list[Candidate]:
    published = NOW - age if age is not None else None
    return [Candidate(url=url, published_at=published) for url in urls]


def chosen(source: Source, listed: list[Candidate], way: Way = FEED, **bounds: datetime | None) -> Choice:
    return choose(source, listed, way=way, lang=None, changed={}, since=bounds.get("since"), now=bounds.get("now"))


def test_links_to_other_sites_are_left_out(herald: Source) -> None:
    choice = chosen(herald, candidates("https://herald.example/news/1", "https://elsewhere.example/news/1"))
    assert [candidate.url for candidate in choice.candidates] == ["https://herald.example/news/1"]


def test_a_feed_of_other_sites_is_a_problem(herald: Source) -> None:
    choice = chosen(herald, candidates("https://elsewhere.example/news/1"))
    assert (choice.listed, choice.problem) == (0, "none of its 1 links belongs to the site")


def test_the_pattern_is_asked_of_sitemaps_and_not_of_feeds(herald: Source) -> None:
    listed = candidates("https://herald.example/about", "https://herald.example/news/7")
    assert len(chosen(herald, listed, FEED).candidates) == 2
    assert len(chosen(herald, listed, SITEMAP).candidates) == 1


def test_an_article_that_is_listed_twice_is_taken_once(herald: Source) -> None:
    twins = candidates("https://herald.example/news/7", "http://www.herald.example/news/7?utm_source=rss")
    assert len(chosen(herald, twins).candidates) == 1


@pytest.mark.parametrize(
    ("bounds", "taken"),
    [({}, 1), ({"now": NOW}, 0), ({"since": NOW - timedelta(days=99)}, 1), ({"since": NOW - timedelta(days=1)}, 0)],
)
def test_old_links_count_as_news_only_at_the_first_visit(
    herald: Source, bounds: dict[str, datetime], taken: int
) -> None:
    old = candidates("https://herald.example/news/1", age=timedelta(days=40))
    assert len(chosen(herald, old, **bounds).candidates) == taken


def test_links_without_a_date_are_taken(herald: Source) -> None:
    assert len(chosen(herald, candidates("https://herald.example/news/1"), now=NOW).candidates) == 1


def test_a_first_visit_takes_the_newest_only(herald: Source) -> None:
    listed = [
        Candidate(url=f"https://herald.example/news/{n}", published_at=NOW - timedelta(hours=n)) for n in range(9)
    ]
    choice = chosen(herald, listed)
    narrowed = choice.narrowed({c.key for c in choice.candidates}, most=2, is_first=True, changed={})
    assert [candidate.url[-1] for candidate in narrowed.candidates] == ["0", "1"]


def test_the_last_change_stands_in_for_a_date_that_is_not_told(herald: Source) -> None:
    old = candidates("https://herald.example/news/1")
    changed = {old[0].url: NOW - timedelta(days=40)}
    assert choose(herald, old, way=SITEMAP, lang=None, changed=changed, since=None, now=NOW).candidates == ()


@pytest.mark.parametrize(("unseen", "may_miss"), [(2, True), (1, False), (0, False)])
def test_only_where_nothing_was_known_something_may_be_missing(herald: Source, unseen: int, may_miss: bool) -> None:
    choice = chosen(herald, candidates("https://herald.example/news/1", "https://herald.example/news/2"))
    new = {candidate.key for candidate in choice.candidates[:unseen]}
    assert choice.narrowed(new, most=9, is_first=False, changed={}).may_miss is may_miss


def test_what_a_first_reading_leaves_is_passed_over(herald: Source) -> None:
    undated = candidates(*(f"https://herald.example/news/{n}" for n in range(9)))
    choice = chosen(herald, undated)
    narrowed = choice.narrowed({c.key for c in choice.candidates}, most=2, is_first=True, changed={})
    assert [candidate.url[-1] for candidate in narrowed.candidates] == ["0", "1"]
    assert [candidate.url[-1] for candidate in narrowed.passed] == ["2", "3", "4", "5", "6", "7", "8"]


def test_what_is_older_than_asked_for_is_passed_over_at_a_first_reading_only(herald: Source) -> None:
    old = candidates("https://herald.example/news/1", age=timedelta(days=3))
    choice = chosen(herald, old, since=NOW - timedelta(days=1))
    unseen = {candidate.key for candidate in choice.passed}
    passed = [choice.narrowed(unseen, most=9, is_first=first, changed={}).passed for first in (True, False)]
    assert [len(some) for some in passed] == [1, 0]


def test_later_all_that_is_dated_is_news_and_of_the_undated_only_some(herald: Source) -> None:
    listed = [
        *candidates(*(f"https://herald.example/news/{n}" for n in range(5))),
        *candidates(*(f"https://herald.example/news/{n}" for n in range(5, 9)), age=timedelta(days=1)),
    ]
    choice = chosen(herald, listed, now=NOW)
    narrowed = choice.narrowed({c.key for c in choice.candidates}, most=2, is_first=False, changed={})
    assert [candidate.url[-1] for candidate in narrowed.candidates] == ["5", "6", "7", "8", "0", "1"]
    assert len(narrowed.passed) == 3
