"""C over twenty crawls: nothing grows that should not, and what was gone for ten rounds comes back by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from storage.records import SourceState
from tests.battery.conftest import Figure
from tests.bench.answers import item, page, reply, rss, status
from tests.bench.crawling import Bench
from tests.bench.web import Asked, Site, Web

ROUNDS = 20
GONE = range(3, 13)
FAILURES = {"gone": status("410 Gone"), "missing": status("404 No"), "page": reply("<!doctype html><html>Moved</html>")}


@dataclass(frozen=True)
class Long:
    """What twenty crawls left behind; lists have one entry a crawl."""

    counts: list[dict[str, int]]
    states: list[dict[str, SourceState]]
    told: list[str]


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Long]:
    bench = Bench(tmp_path_factory.mktemp("long"), timeout_seconds=10)
    with Web() as web:
        now = [1]
        games = web.site()
        bench.source("games", games, "/rss")
        games.routes |= {"/rss": lambda _: _games(games, now[0]), "*": _article}
        for name, failure in FAILURES.items():
            site = web.site()
            bench.source(name, site, "/rss")
            site.routes |= {"/rss": _failing(site, failure, now), "*": _article}
        counts, states, told = [], [], []
        for number in range(1, ROUNDS + 1):
            now[0] = number
            crawl = bench.crawl()
            assert crawl.code == 0, crawl.log
            counts.append({name: len(found) for name, found in bench.articles().items()})
            states.append({name: bench.state(name) for name in FAILURES})
            told.append(bench.khabar("status").stdout if number in {GONE.stop - 1, ROUNDS} else "")
        yield Long(counts, states, told)


def _games(site: Site, number: int) -> bytes:
    """Four articles, whose entries are others at every visit."""
    return rss(
        item(f"{site.url}/news/a", guid="1", title=f"A title of day {number}")
        + item(f"{site.url}/news/b", guid=f"guid {number}")
        + item(f"{site.url}/news/c?utm_source=feed{number}", guid=f"c{number}")
        + item(f"{site.url}/news/d;jsessionid=ABCDEF{number:02}0123456789", guid=f"d{number}")
    )


def _failing(site: Site, failure: bytes, now: list[int]) -> object:
    def answer(_: Asked) -> bytes:
        return failure if now[0] in GONE else rss(item(f"{site.url}/news/{now[0]}", guid=str(now[0])))

    return answer


def _article(asked: Asked) -> bytes:
    path = asked.path.partition("?")[0].partition(";")[0]
    return page(path) if path.startswith("/news") else status("404 No")


@pytest.mark.slow
def test_027_identifiers_that_change_for_twenty_rounds(long: Long, figure: Figure) -> None:
    figure("articles after 20 rounds", long.counts[-1]["games"], at_most=4)
    assert {count["games"] for count in long.counts} == {4}


@pytest.mark.slow
@pytest.mark.parametrize("name", list(FAILURES))
def test_032_a_feed_that_is_gone_for_ten_rounds(long: Long, name: str) -> None:
    waits = [(state[name].next_check_at - state[name].last_asked_at).total_seconds() for state in long.states]  # type: ignore[operator]
    assert waits[GONE.stop - 2] > 3 * waits[0]
    assert waits[-1] <= 1.1 * waits[0]
    assert name in long.told[GONE.stop - 2]
    assert name not in long.told[-1]
    assert long.counts[-1][name] == ROUNDS - len(GONE)
