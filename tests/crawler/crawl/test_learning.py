"""Crawls of small sites that print the same lines under all of their articles: the real spider over real sockets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.records import Article
from tests.bench.answers import feed, headline, reply, status
from tests.bench.crawling import Bench
from tests.bench.web import Asked, Site, Web

ABOUT = "The Herald has been printed in this town since 1919 and belongs to the people who write it."
HISTORY = "The old bridge was opened in 1871 and carried the road to the harbour until the flood of 1952."
MANY, FEW = 24, 6
SEEDS = "abcdefghijklmnopqrstuvwxyz"


def article(asked: Asked) -> bytes:
    """An article of its own; each fourth one with the history of the bridge, each with a line about the paper."""
    if not asked.path.startswith("/news/"):
        return status("404 Not Found")
    number = int(asked.path.rpartition("/")[2])
    paragraphs = [
        f"Story {SEEDS[number]}{line}: the {headline(f'{number} {line}').lower()}, as the council of the town said on "
        f"the {headline(f'day {number} {line}').lower()}, and nobody was hurt."
        for line in SEEDS[:5]
    ]
    lines = [*paragraphs, *([HISTORY] if number % 5 == 0 else []), ABOUT]
    title = headline(asked.path) + f" in {SEEDS[number]}"
    return reply(
        f'<!doctype html><html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1>'
        f"{''.join(f'<p>{line}</p>' for line in lines)}</article></body></html>"
    )


def publish(site: Site, count: int) -> None:
    site.routes["/rss"] = feed(*(f"{site.url}/news/{number}" for number in range(count)))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """After two crawls, with two more articles in the second."""
    made = Bench(tmp_path_factory.mktemp("learning"), timeout_seconds=10)
    with Web() as web:
        sites = {"large": MANY, "small": FEW}
        for name, count in sites.items():
            site = web.site({"*": article})
            publish(site, count)
            made.source(name, site, "/rss")
        assert made.crawl().code == 0
        for site, count in zip(web.sites, sites.values(), strict=True):
            publish(site, count + 2)
        assert made.crawl().code == 0
        yield made


def texts(bench: Bench, source: str) -> tuple[list[Article], list[Article]]:
    """The articles of the first crawl, and those of the second."""
    articles = bench.articles()[source]
    return articles[:-2], articles[-2:]


def test_what_is_learned_holds_for_the_next_crawl(bench: Bench) -> None:
    before, after = texts(bench, "large")
    assert len(before) == MANY
    assert all(ABOUT in each.text for each in before)
    assert not any(ABOUT in each.text for each in after)


def test_the_article_itself_stays_whole(bench: Bench) -> None:
    for each in texts(bench, "large")[1]:
        assert len([line for line in each.text.split("\n\n") if line.startswith("Story ")]) == 5


def test_a_paragraph_that_stands_under_some_articles_stays(bench: Bench) -> None:
    after = texts(bench, "large")[1]
    assert [HISTORY in each.text for each in after if each.url.endswith("/25")] == [True]


def test_nothing_is_concluded_from_few_articles(bench: Bench) -> None:
    assert all(ABOUT in each.text for each in texts(bench, "small")[1])
