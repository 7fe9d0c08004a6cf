from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from crawler.items import PageRules
from crawler.sources import EntryPoint, Kind, Owner, Source
from tests.crawler.sources.conftest import FIVE_LINES

Load = Callable[[str], Source]
DAY = date(2026, 3, 1)

EVERY_KIND = """\
[herald]
name = "The Herald"
language = "az"
home = "https://herald.example/"
feeds = ["https://herald.example/rss", "https://herald.example/rss2"]
sitemaps = ["https://herald.example/news-{today:%Y-%m-%d}.xml"]
listings = ["https://herald.example/politics/"]
unverified.feeds = ["https://herald.example/feed"]
unverified.sitemaps = ["https://herald.example/sitemap.xml"]
unverified.listings = ["https://herald.example/world/"]
"""
EDITIONS = """\
[herald]
name = "The Herald"
feeds = ["https://herald.example/all.rss"]
editions.az.home = "https://herald.example/"
editions.az.feeds = ["https://herald.example/rss"]
editions.en.home = "https://herald.example/en/"
editions.en.feeds = ["https://herald.example/en/rss"]
editions.ru.feeds = ["https://ru.herald.example/rss"]
editions.ru.under = ["https://herald.example/russian"]
editions.ru.unverified.listings = ["https://ru.herald.example/lenta/"]
"""


def urls_of(source: Source) -> list[str]:
    return [point.url.removeprefix("https://") for point in source.entry_points(DAY)]


def test_entry_points_stand_in_order_of_trust(load: Load) -> None:
    assert urls_of(load(EVERY_KIND)) == [
        "herald.example/rss",
        "herald.example/rss2",
        "herald.example/news-2026-03-01.xml",
        "herald.example/politics/",
        "herald.example/feed",
        "herald.example/sitemap.xml",
        "herald.example/world/",
        "herald.example/",
    ]


def test_guesses_are_marked_as_such(load: Load) -> None:
    points = load(EVERY_KIND).entry_points(DAY)
    assert [point.url for point in points if not point.verified] == [
        "https://herald.example/feed",
        "https://herald.example/sitemap.xml",
        "https://herald.example/world/",
    ]


def test_every_edition_is_asked_before_any_guess(load: Load) -> None:
    assert [(point.url.removeprefix("https://"), point.lang) for point in load(EDITIONS).entry_points(DAY)] == [
        ("herald.example/all.rss", None),
        ("herald.example/rss", "az"),
        ("herald.example/en/rss", "en"),
        ("ru.herald.example/rss", "ru"),
        ("ru.herald.example/lenta/", "ru"),
        ("herald.example/", "az"),
        ("herald.example/en/", "en"),
    ]


def test_editions_may_be_written_as_tables(load: Load) -> None:
    tables = '[herald]\nname = "H"\n[herald.editions.ru]\nfeeds = ["https://herald.example/rss"]\n'
    dotted = '[herald]\nname = "H"\neditions.ru.feeds = ["https://herald.example/rss"]\n'
    assert load(tables).declared == load(dotted).declared


def test_the_root_of_the_first_entry_point_is_the_home_page(load: Load) -> None:
    source = load(FIVE_LINES)
    assert source.home == "https://herald.example/"
    assert source.entry_points(DAY)[-1] == EntryPoint("https://herald.example/", Kind.LISTING, "az", verified=False)


def test_an_address_given_twice_is_asked_once(load: Load) -> None:
    twice = EVERY_KIND.replace("https://herald.example/world/", "https://herald.example/politics/")
    assert urls_of(load(twice)).count("herald.example/politics/") == 1


def test_the_day_is_filled_in_anew_each_time(load: Load) -> None:
    source = load(EVERY_KIND)
    assert source.entry_points(DAY + timedelta(days=1))[2].url == "https://herald.example/news-2026-03-02.xml"


def test_what_is_not_said_has_a_default(load: Load) -> None:
    source = load(FIVE_LINES)
    assert (source.kind, source.zone, source.day_first) == (Owner.PRIVATE, "UTC", True)
    assert (source.every, source.user_agent, source.off, source.article) == (None, None, None, None)
    assert source.rules == PageRules()


def test_every_key_reaches_the_source(load: Load) -> None:
    source = load(
        FIVE_LINES
        + 'kind = "think-tank"\nzone = "Asia/Baku"\nevery = "90m"\n'
        + 'user_agent = "browser"\nday_first = false\n'
        + "page = {body = ['.b'], remove = ['.r'], date = ['.d'], author = ['.a'], boilerplate = ['-+']}\n"
    )
    assert (source.name, source.languages, source.country) == ("The Herald", ("az",), "AZ")
    assert (source.kind, source.zone, source.every) == (
        Owner.THINK_TANK,
        "Asia/Baku",
        timedelta(minutes=90),
    )
    assert (source.user_agent, source.day_first) == ("browser", False)
    assert source.rules == PageRules(body=(".b",), remove=(".r",), date=(".d",), author=(".a",), boilerplate=("-+",))


def test_a_source_says_where_it_was_declared(load: Load) -> None:
    assert load(f"\n\n{FIVE_LINES}").where.endswith("mine.toml:3")


def test_a_source_can_go_to_another_process(load: Load) -> None:
    source = load(EDITIONS + "article = '/a/'\n")
    assert pickle.loads(pickle.dumps(source)) == source


@pytest.mark.parametrize(
    ("url", "owned"),
    [
        ("https://herald.example/a", True),
        ("http://www.herald.example/a", True),
        ("https://HERALD.example./a", True),
        ("https://m.herald.example:8443/a", True),
        ("https://mirror.example/a", True),
        ("https://a.b.mirror.example/a", True),
        ("https://notherald.example/a", False),
        ("https://herald.example.evil.example/a", False),
        ("https://example/a", False),
        ("https://xn--xbr-dtbb.example/", True),
        ("https://xəbər.example/", True),
        ("mailto:desk@herald.example", False),
        ("https://[bad/", False),
        ("", False),
    ],
)
def test_a_source_owns_its_hosts_and_what_is_below_them(load: Load, url: str, owned: bool) -> None:
    source = load(FIVE_LINES + 'hosts = ["www.mirror.example", "xəbər.example"]\n')
    assert source.owns(url) is owned


@pytest.mark.parametrize(
    ("url", "owned"),
    [
        ("http://127.0.1.5:8000/a", True),
        ("http://127.0.1.5:8001/a", False),
        ("http://127.0.1.5/a", False),
        ("http://127.0.1.6:8000/a", False),
        ("http://x.127.0.1.5:8000/a", False),
        ("http://[::1]:8000/a", True),
        ("http://[::1]:8001/a", False),
    ],
)
def test_of_an_ip_address_a_source_owns_one_port(load: Load, url: str, owned: bool) -> None:
    feeds = '["http://127.0.1.5:8000/rss", "http://[::1]:8000/rss"]'
    assert load(f'[replica]\nname = "R"\nlanguage = "az"\nfeeds = {feeds}\n').owns(url) is owned


@pytest.mark.parametrize(
    ("url", "accepted"),
    [
        ("https://www.herald.example/news/12.html", True),
        ("https://herald.example/news/12.html", True),
        ("http://herald.example/news/12.html", True),
        ("http://www.herald.example/news/12.html", True),
        ("https://www.herald.example/news/", False),
        ("https://www.herald.example/news/12.html?print=1", False),
        ("https://other.example/news/12.html", False),
        ("https://www.herald.example/news/12.html" + "0" * 2083, False),
        ("https://[bad/news/12.html", False),
    ],
)
def test_a_pattern_decides_which_addresses_are_articles(load: Load, url: str, accepted: bool) -> None:
    source = load(FIVE_LINES + "article = '^https://www\\.herald\\.example/news/\\d+\\.html$'\n")
    assert source.accepts(url) is accepted


def test_without_a_pattern_every_address_may_be_an_article(load: Load) -> None:
    assert load(FIVE_LINES).accepts("https://herald.example/anything?id=1")


@pytest.mark.parametrize(
    ("url", "language"),
    [
        ("https://herald.example/siyaset/1", "az"),
        ("https://herald.example/en", "en"),
        ("http://www.herald.example/en/politics/1", "en"),
        ("https://herald.example/energy/1", "az"),
        ("https://herald.example/russian/1", "ru"),
        ("https://ru.herald.example/politics/1", "ru"),
        ("https://tr.herald.example/politics/1", None),
        ("https://[bad/", None),
    ],
)
def test_the_longest_beginning_tells_the_language(load: Load, url: str, language: str | None) -> None:
    assert load(EDITIONS).language_of(url) == language


def test_a_source_in_one_language_needs_no_telling(load: Load) -> None:
    assert load(FIVE_LINES).language_of("https://elsewhere.example/") == "az"
