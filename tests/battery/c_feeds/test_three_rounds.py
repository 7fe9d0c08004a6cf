"""B and C over three crawls of sites that change: what is known is not asked for again, what is new is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from storage.records import Article, Outcome, SourceReport, SourceState
from tests.bench.answers import feed, item, page, redirect, reply, rss, sitemap, status, xml
from tests.bench.crawling import Bench
from tests.bench.web import Asked, Site, Web

MOST_PAGES = 10
ROUNDS = 3


@dataclass(frozen=True)
class Rounds:
    """What the crawls left behind; lists have one entry a crawl."""

    reports: list[dict[str, SourceReport]]
    paths: list[dict[str, list[str]]]
    states: list[dict[str, SourceState]]
    articles: dict[str, list[Article]]
    sites: dict[str, Site]
    others: dict[str, Site]
    status: str

    def asked(self, name: str) -> list[list[str]]:
        """What was asked of a site in each crawl."""
        return [paths[name] for paths in self.paths]


class Changing:
    """Sites whose answers depend on the round."""

    def __init__(self, bench: Bench, web: Web) -> None:
        self.round = 1
        self.sites: dict[str, Site] = {}
        self.others: dict[str, Site] = {}
        self.bench = bench
        self.web = web

    def add(self, name: str, *feeds: str, **keys: object) -> Site:
        """A source with these feeds; every page below /news is an article."""
        self.sites[name] = site = self.web.site()
        self.bench.source(name, site, *feeds, **keys)
        site.routes["*"] = lambda asked: page(f"{name} {asked.path.partition('?')[0]}") if "/news" in asked.path else NO
        return site

    def feed(self, name: str, *by_round: tuple[int, ...]) -> None:
        """A source whose feed lists other articles in each round."""
        site = self.add(name, "/rss")
        site.routes["/rss"] = lambda _: feed(*(f"{site.url}/news/{number}" for number in by_round[self.round - 1]))


NO = status("404 No")
GONE = status("410 Gone")


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rounds]:
    bench = Bench(tmp_path_factory.mktemp("rounds"), timeout_seconds=30, page_seconds=60, pages_per_source=MOST_PAGES)
    with Web() as web:
        sites = Changing(bench, web)
        _declare(sites)
        reports, paths, states = [], [], []
        for number in range(1, ROUNDS + 1):
            sites.round = number
            before = {name: len(site.asked) for name, site in sites.sites.items()}
            crawl = bench.crawl()
            assert crawl.code == 0, crawl.log
            reports.append(bench.reports())
            paths.append({name: site.paths()[before[name] :] for name, site in sites.sites.items()})
            states.append({name: bench.state(name) for name in sites.sites})
        yield Rounds(reports, paths, states, bench.articles(), sites.sites, sites.others, bench.khabar("status").stdout)


def _declare(sites: Changing) -> None:
    def validated(asked: Asked) -> bytes:
        if asked.headers.get("if-none-match") == '"first"':
            return status("304 Not Modified")
        return feed(f"{unchanged.url}/news/1", ETag='"first"')

    unchanged = sites.add("unchanged", "/rss")
    unchanged.routes["/rss"] = validated
    sites.add("unasked", "/rss").routes["/rss"] = status("304 Not Modified")

    elsewhere = sites.web.site({"*": page("elsewhere")})
    moved = sites.add("etagmoved", "/rss", hosts=[elsewhere.address])
    moved.routes["/rss"] = lambda _: (
        feed(f"{moved.url}/news/1", ETag='"mine"') if sites.round == 1 else redirect(f"{elsewhere.url}/rss")
    )
    sites.bench.source("etagmoved", moved, "/rss", "/other.xml", hosts=[elsewhere.address])
    sites.others["elsewhere"] = elsewhere
    walled = sites.add("walled", "/rss")
    walled.routes["/rss"] = lambda _: feed(f"{walled.url}/news/{sites.round}")
    walled.routes["*"] = reply("<!doctype html><title>Log in</title><form><p>Please log in to read on.</p></form>")
    pair = sites.add("pair", "/index.xml", "/regional.xml", "/third.xml")
    pair.routes["/index.xml"] = feed(f"{pair.url}/news/1")
    pair.routes["/regional.xml"] = lambda _: feed(*(f"{pair.url}/news/{n}" for n in range(10, 11 + sites.round)))
    pair.routes["/third.xml"] = feed(f"{pair.url}/news/30")

    sites.feed("returning", (1, 2, 3), (), (1, 2, 3, 4))
    gone = sites.add("gone", "/rss")
    gone.routes["/rss"] = lambda _: GONE if sites.round == 2 else feed(f"{gone.url}/news/{sites.round}")
    gone.routes["/"] = NO

    undated = sites.add("undated")
    undated.routes["/sitemap.xml"] = lambda _: xml(
        sitemap(f"{undated.url}/news/{number}" for number in range(2000 if sites.round == 1 else 2001))
    )
    sites.bench.source("undated", undated, sitemaps=[f"{undated.url}/sitemap.xml"])
    _declare_games(sites)


def _declare_games(sites: Changing) -> None:
    titles = sites.add("newtitle", "/rss")
    titles.routes["/rss"] = lambda _: rss(item(f"{titles.url}/news/1", guid="1", title=f"A title of day {sites.round}"))
    guids = sites.add("newguid", "/rss")
    guids.routes["/rss"] = lambda _: rss(item(f"{guids.url}/news/1", guid=f"guid {sites.round}"))
    links = sites.add("newlink", "/rss")
    links.routes["/rss"] = lambda _: rss(
        item(f"{links.url}/news/1?utm_source=feed{sites.round}", guid=f"1 {sites.round}")
        + item(f"{links.url}/news/2;jsessionid=ABCDEF{sites.round}0123456789", guid=f"2 {sites.round}")
    )
    twins = sites.add("twins", "/rss")
    forms = ("/news/1", "/news/1/", "/news/1#comments", "/news/1?utm_medium=rss", "/news/1?fbclid=x")
    twins.routes["/rss"] = rss("".join(item(f"{twins.url}{form}", guid=form) for form in forms))
    for form in forms:
        twins.routes[form] = page("the same article")


def test_012_not_modified_is_unchanged_and_no_error(rounds: Rounds) -> None:
    assert [reports["unchanged"].outcome for reports in rounds.reports] == [
        Outcome.OK,
        Outcome.UNCHANGED,
        Outcome.UNCHANGED,
    ]
    assert rounds.asked("unchanged")[1:] == [["/rss"], ["/rss"]]


def test_012_not_modified_without_validators_is_an_error(rounds: Rounds) -> None:
    assert "HTTP 304 although nothing was known of it" in rounds.reports[0]["unasked"].detail


def test_012_validators_are_told_to_no_other_host(rounds: Rounds) -> None:
    asked = [one for one in rounds.others["elsewhere"].asked if one.path == "/rss"]
    assert all("if-none-match" not in one.headers for one in asked)


def test_015_a_source_whose_pages_hold_no_article_is_told_after_three_rounds(rounds: Rounds) -> None:
    line = next(line for line in rounds.status.splitlines() if line.startswith("walled"))
    assert "empty" in line
    assert "in its last 3 runs" in line


def test_019_robots_txt_is_read_once_a_day(rounds: Rounds) -> None:
    for name in rounds.sites:
        assert [paths.count("/robots.txt") for paths in rounds.asked(name)] == [1, 0, 0], name


@pytest.mark.parametrize(("name", "count"), [("newtitle", 1), ("newguid", 1), ("newlink", 2), ("twins", 1)])
def test_027_identifiers_and_links_that_change_with_every_visit(rounds: Rounds, name: str, count: int) -> None:
    assert len(rounds.articles[name]) == count
    assert [reports[name].fetched for reports in rounds.reports[1:]] == [0, 0]


def test_031_a_feed_that_empties_and_returns_brings_only_what_is_new(rounds: Rounds) -> None:
    assert [reports["returning"].stored for reports in rounds.reports] == [3, 0, 1]


def test_032_a_feed_that_is_gone_is_asked_less_often_and_recovers_by_itself(rounds: Rounds) -> None:
    assert [reports["gone"].outcome.reached for reports in rounds.reports] == [True, False, True]
    waits = [
        (state["gone"].next_check_at - state["gone"].last_asked_at).total_seconds()
        for state in rounds.states
        if state["gone"].next_check_at and state["gone"].last_asked_at
    ]
    assert waits[1] > 1.5 * waits[0]
    assert [state["gone"].failures for state in rounds.states] == [0, 1, 0]
    assert "HTTP 410" in rounds.reports[1]["gone"].detail
    assert [reports["gone"].stored for reports in rounds.reports] == [1, 0, 1]


def test_an_archive_does_not_trickle_in_as_news(rounds: Rounds) -> None:
    assert [reports["undated"].new for reports in rounds.reports] == [MOST_PAGES, 1, 0]
    assert [reports["undated"].stored for reports in rounds.reports] == [MOST_PAGES, 1, 0]


def test_feeds_that_complement_each_other_are_asked_in_turn(rounds: Rounds) -> None:
    first, second, third = rounds.asked("pair")
    assert {"/index.xml", "/regional.xml", "/third.xml"} <= set(first)
    assert [path for path in second if "xml" in path] == ["/index.xml", "/regional.xml"]
    assert [path for path in third if "xml" in path] == ["/index.xml", "/third.xml"]
    assert [reports["pair"].stored for reports in rounds.reports] == [4, 1, 0]


def test_a_source_in_which_nothing_is_new_is_asked_at_most_twice(rounds: Rounds) -> None:
    quiet = [
        name for name in rounds.sites if rounds.reports[2][name].outcome.reached and not rounds.reports[2][name].new
    ]
    assert len(quiet) >= 5
    assert {name: len(rounds.asked(name)[2]) for name in quiet if len(rounds.asked(name)[2]) > 2} == {}
