"""Crawls over four days of sites that correct and take down: the real spider, with its clock moved."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest

from storage.records import Article, ArticleCheck, ArticleKind, Revision, SearchQuery
from storage.session import Storage, open_storage
from tests.bench.answers import feed, redirect, reply, status
from tests.bench.crawling import Bench
from tests.bench.web import Asked, Site, Web
from tests.clock import ahead

NEWS, WEATHER = "/news/ferry-line", "/news/weather"
FIRST, SIX, SEVEN, DAY, THREE_DAYS, LATER = HOURS = (0, 6.1, 7.2, 24.2, 72.2, 100)
"""When the crawls are, in hours after the first."""
SENTENCES = (
    "Azerbaijan and Kazakhstan have agreed on a ferry line between Alat and Kuryk, both ministries said.",
    "The ferries will carry {wagons} wagons a day across the Caspian Sea, and the first of them leaves on Monday.",
    "Transport ministers of Kazakhstan and Azerbaijan signed it in Baku after a year of talks about tariffs.",
    "Azerbaijan Railways expects that Kazakh grain and metals will make up most of what the line carries next year.",
)
TITLE = "Azerbaijan and Kazakhstan agree on a ferry line across the Caspian"
PUT_OFF = "Azerbaijan and Kazakhstan put off the ferry line across the Caspian"
DATE = "Fri, 20 Nov 2026 10:00:00 GMT"
BOX = "<h3>Most read</h3><ul><li>Snow closes the road to Quba</li><li>What the new pension means</li></ul>"


def ferry(*, title: str = TITLE, wagons: int = 52, views: int = 7, more: str = "", live: bool = False) -> str:
    kind = "LiveBlogPosting" if live else "NewsArticle"
    linked = json.dumps({"@type": kind, "headline": title})
    paragraphs = "".join(f"<p>{each.format(wagons=wagons)}</p>" for each in SENTENCES)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<script type="application/ld+json">{linked}</script></head><body><article>'
        f"<h1>{title}</h1>{paragraphs}{more}<p>{views} views</p></article></body></html>"
    )


USUAL = reply(ferry())
CORRECTED = reply(ferry(wagons=25), ETag='"2"')
NO_WIND = reply(
    "<html lang=en><head><title>Wind in Baku on Friday</title></head><body><article><h1>Wind in Baku on Friday</h1>"
    "<p>Strong wind is expected in Baku on Friday, and people are asked to keep away from the shore.</p>"
    "<p>Ferries to the islands stay in the port, and two bridges are closed to lorries until the evening.</p>"
    "</article></body></html>"
)

PAGES: Mapping[str, Mapping[float, bytes]] = {
    # What each source shows at the address of its article, from that crawl on.
    "same": {FIRST: reply(ferry(), ETag='"1"', Last_Modified=DATE), SIX: status("304 Not Modified")},
    "corrects": {FIRST: reply(ferry(), ETag='"1"', Last_Modified=DATE), SIX: CORRECTED},
    "retitles": {FIRST: USUAL, SIX: reply(ferry(title=PUT_OFF))},
    "twice": {FIRST: USUAL, SIX: CORRECTED, DAY: reply(ferry(wagons=25, title=PUT_OFF))},
    "counts": {FIRST: USUAL, SIX: reply(ferry(views=1204, more=BOX)), DAY: reply(ferry(views=2411))},
    "removes": {FIRST: USUAL, SIX: status("410 Gone")},
    "restores": {FIRST: USUAL, SIX: status("404 Not Found"), DAY: USUAL},
    "hiccups": {FIRST: USUAL, SIX: status("404 Not Found"), SEVEN: USUAL},
    "fails": {FIRST: USUAL, SIX: status("503 Busy"), SEVEN: CORRECTED},
    "forbids": {FIRST: USUAL, SIX: status("403 Forbidden"), SEVEN: CORRECTED},
    "grows": {FIRST: reply(ferry(live=True)), SIX: reply(ferry(live=True, wagons=60))},
    "leads-home": {FIRST: USUAL, SIX: redirect("/")},
    "leads-astray": {FIRST: USUAL, SIX: redirect(WEATHER)},
}


@dataclass
class Days:
    """What the crawls left behind. `asked` and `details` have an entry for each crawl."""

    sites: dict[str, Site]
    storage: Storage
    asked: dict[str, dict[float, list[Asked]]] = field(default_factory=dict)
    details: dict[str, dict[float, str]] = field(default_factory=dict)
    articles: dict[str, dict[float, Article]] = field(default_factory=dict)
    checks: dict[str, dict[float, ArticleCheck | None]] = field(default_factory=dict)

    def paths(self, source: str) -> list[list[str]]:
        """Pages that were asked for, crawl by crawl."""
        return [[one.path for one in self.asked[source][at]] for at in HOURS]

    def looks(self, source: str) -> list[float]:
        """The crawls in which the article was asked for, by their hours."""
        return [at for at in HOURS if any(one.path == NEWS for one in self.asked[source][at])]

    def revisions(self, source: str) -> list[Revision]:
        with self.storage.read() as db:
            return db.revisions.of(self.articles[source][FIRST].id)

    def note(self, source: str, at: float, bench: Bench) -> None:
        """Keep how things stand after a crawl."""
        self.details.setdefault(source, {})[at] = bench.reports()[source].detail
        with self.storage.read() as db:
            (number,) = [hit.article.id for hit in db.articles.search(SearchQuery(source=source, pair="AZ-KZ"))]
            article = db.articles.get(number)
            assert article
            self.articles.setdefault(source, {})[at] = article
            self.checks.setdefault(source, {})[at] = db.checks.get(number)


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Days]:
    bench = Bench(tmp_path_factory.mktemp("days"), timeout_seconds=10)
    with Web() as web:
        storage = open_storage(bench.database)
        made = Days({name: web.site() for name in PAGES}, storage)
        for name, site in made.sites.items():
            site.routes["/rss"] = feed(f"{site.url}{NEWS}", f"{site.url}{WEATHER}")
            site.routes["/"] = reply(f"<html><body><a href='{NEWS}'>Ferry</a></body></html>")
            site.routes[WEATHER] = NO_WIND
            bench.source(name, site, "/rss")
        for at in HOURS:
            before = {name: len(site.asked) for name, site in made.sites.items()}
            for name, site in made.sites.items():
                site.routes[NEWS] = PAGES[name].get(at) or site.routes[NEWS]
            done = bench.crawl(environment=ahead(at))
            assert done.code == 0, done.log
            for name, site in made.sites.items():
                pages = [asked for asked in site.asked[before[name] :] if asked.path not in {"/rss", "/robots.txt"}]
                made.asked.setdefault(name, {})[at] = pages
                made.note(name, at, bench)
        yield made
        storage.close()


def test_only_an_article_about_a_tie_is_looked_at_again_and_only_when_due(days: Days) -> None:
    assert sorted(days.paths("same")[0]) == [NEWS, WEATHER]
    assert days.paths("same")[1:] == [[NEWS], [], [NEWS], [NEWS], []]


def test_after_the_last_look_that_told_something_nothing_is_planned(days: Days) -> None:
    assert {name for name, checks in days.checks.items() if checks[LATER]} == {"leads-astray"}


def test_it_is_asked_for_with_its_own_validators(days: Days) -> None:
    for at in (SIX, DAY, THREE_DAYS):
        (asked,) = days.asked["same"][at]
        assert (asked.headers["if-none-match"], asked.headers["if-modified-since"]) == ('"1"', DATE)


def test_what_is_unchanged_is_no_revision(days: Days) -> None:
    assert days.revisions("same") == []
    assert days.articles["same"][LATER] == days.articles["same"][FIRST]


def test_a_correction_is_kept_with_what_was_said_before(days: Days) -> None:
    (revision,) = days.revisions("corrects")
    assert revision.changed == ("text",)
    assert revision.old_text == days.articles["corrects"][FIRST].text
    assert "52 wagons" in revision.old_text
    assert "25 wagons" in revision.new_text


def test_a_corrected_article_has_its_new_text_and_its_tie(days: Days) -> None:
    article = days.articles["corrects"][SIX]
    assert "25 wagons" in article.text
    assert [tie.pair for tie in article.tagging.ties] == ["AZ-KZ"]
    assert article.fetched_at == days.articles["corrects"][FIRST].fetched_at


def test_the_next_look_goes_by_the_validators_of_the_new_version(days: Days) -> None:
    (asked,) = days.asked["corrects"][DAY]
    assert asked.headers["if-none-match"] == '"2"'
    assert "if-modified-since" not in asked.headers


def test_a_report_tells_of_corrections_and_removals(days: Days) -> None:
    assert "1 changed" in days.details["corrects"][SIX]
    assert "1 taken down" in days.details["removes"][SEVEN]
    assert not any("changed" in detail for detail in days.details["counts"].values() if "unchanged" not in detail)


def test_another_headline_is_a_revision(days: Days) -> None:
    assert [(each.changed, each.old_title, each.new_title) for each in days.revisions("retitles")] == [
        (("title",), TITLE, PUT_OFF)
    ]
    assert days.articles["retitles"][LATER].title == PUT_OFF


def test_each_change_is_a_revision_of_its_own(days: Days) -> None:
    assert [each.changed for each in days.revisions("twice")] == [("text",), ("title",)]


def test_counters_and_what_else_there_is_to_read_are_no_revision(days: Days) -> None:
    assert days.looks("counts") == [FIRST, SIX, DAY, THREE_DAYS]
    assert days.revisions("counts") == []


def test_a_live_blog_that_has_grown_was_not_corrected(days: Days) -> None:
    article = days.articles["grows"][SIX]
    assert (article.kind, "60 wagons" in article.text) == (ArticleKind.LIVE, True)
    assert days.revisions("grows") == []


def test_a_page_that_is_gone_twice_is_taken_down(days: Days) -> None:
    states = [days.articles["removes"][at].removed_at is not None for at in HOURS]
    assert states == [False, False, True, True, True, True]


def test_what_was_taken_down_may_come_back(days: Days) -> None:
    states = [days.articles["restores"][at].removed_at is not None for at in HOURS]
    assert states == [False, False, True, False, False, False]


def test_a_hiccup_takes_nothing_down(days: Days) -> None:
    assert days.looks("hiccups") == [FIRST, SIX, SEVEN, DAY, THREE_DAYS]
    assert {article.removed_at for article in days.articles["hiccups"].values()} == {None}
    assert days.revisions("hiccups") == []


@pytest.mark.parametrize("source", ["fails", "forbids"])
def test_trouble_is_no_removal_and_is_asked_again_an_hour_later(days: Days, source: str) -> None:
    assert days.looks(source) == [FIRST, SIX, SEVEN, DAY, THREE_DAYS]
    assert {article.removed_at for article in days.articles[source].values()} == {None}
    assert len(days.revisions(source)) == 1


def test_a_page_that_leads_home_counts_as_missing(days: Days) -> None:
    assert days.articles["leads-home"][SIX].removed_at is None
    assert days.articles["leads-home"][SEVEN].removed_at is not None


def test_another_article_at_the_end_of_a_redirect_is_no_revision(days: Days) -> None:
    assert days.revisions("leads-astray") == []
    assert days.articles["leads-astray"][LATER].title == TITLE


def test_no_article_is_asked_for_twice_in_one_crawl(days: Days) -> None:
    for source in PAGES:
        assert max(paths.count(NEWS) for paths in days.paths(source)) == 1, source
