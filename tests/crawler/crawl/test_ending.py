"""How a crawl ends before its time, by a signal, by bad arguments or without its database; and how it exports."""

from __future__ import annotations

import asyncio
import json
import signal
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from crawler.spiders.news import NewsSpider
from storage.records import Outcome
from tests.bench.answers import feed, page
from tests.bench.crawling import Bench
from tests.bench.web import Asked, Site, Web

ARTICLES = 15


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path, timeout_seconds=20)


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as web:
        yield web


def declare(bench: Bench, web: Web, count: int = ARTICLES) -> Site:
    site = web.site()
    bench.source("herald", site, "/rss")
    site.routes["/rss"] = feed(*(f"{site.url}/news/{number}" for number in range(count)))
    site.routes["*"] = lambda asked: page(asked.path)
    return site


def test_103_after_sigterm_it_reports_what_it_did_and_the_next_crawl_goes_on(bench: Bench, web: Web) -> None:
    site = declare(bench, web)

    def stop_at_five(asked: Asked) -> bytes:
        if asked.path == "/news/5" and asked.count == 0:
            process.send_signal(signal.SIGTERM)
            time.sleep(0.2)
        return page(asked.path)

    site.routes["*"] = stop_at_five
    process = bench.start()
    _, log = process.communicate(timeout=30)

    report = bench.reports()["herald"]
    assert "the crawl was ended" in report.detail
    assert "Traceback" not in log
    assert report.outcome is Outcome.OK
    stored = bench.articles()["herald"]
    assert len(stored) == report.stored < ARTICLES
    assert bench.run().finished_at
    assert bench.state("herald").next_check_at is None

    assert bench.crawl("-O", "out.jsonl", "-a", "since=48h").code == 0
    urls = [article.url for article in bench.articles()["herald"]]
    assert len(urls) == len(set(urls)) == ARTICLES
    exported = (bench.folder / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["source"] for line in exported} == {"herald"}
    assert len(exported) == ARTICLES - report.stored


@pytest.mark.parametrize(
    ("limit", "said"),
    [("RUN_SECONDS=1", "is ended after 1 s"), ("MEMUSAGE_WARNING_MB=1", "is ended for want of memory")],
)
def test_a_crawl_that_takes_too_much_is_ended_and_reported(bench: Bench, web: Web, limit: str, said: str) -> None:
    site = declare(bench, web)
    site.routes["/rss"] = lambda _: _silence()
    crawl = bench.crawl("-s", limit)
    assert said in crawl.log
    assert crawl.code == 0
    assert "the crawl was ended" in bench.reports()["herald"].detail
    assert bench.run().finished_at


async def _silence() -> AsyncIterator[bytes]:
    await asyncio.sleep(60)
    yield b""


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"since": "soon"}, "'soon' is not a duration"),
        ({"limit": "none"}, "limit=none: must be a number from 1"),
        ({"limit": "0"}, "limit=0: must be a number from 1"),
        ({"source": "herald"}, "source: no such argument"),
    ],
)
def test_bad_arguments_are_refused(arguments: dict[str, str], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        NewsSpider(**arguments)


def test_what_is_wrong_with_an_argument_is_told_in_one_line(bench: Bench, web: Web) -> None:
    declare(bench, web)
    crawl = bench.crawl("-a", "sources=herold")
    assert crawl.code == 1
    assert "herold: no such source" in crawl.log.splitlines()[-1]
    assert "Traceback" not in crawl.log


def test_without_its_database_a_crawl_fails_and_says_why_last(bench: Bench, web: Web) -> None:
    declare(bench, web)
    (bench.folder / "khabar.db").write_bytes(b"this is no database" * 1000)
    crawl = bench.crawl()
    assert crawl.code == 1
    assert "khabar.db" in crawl.log.splitlines()[-1]
    assert "Traceback" not in crawl.log
