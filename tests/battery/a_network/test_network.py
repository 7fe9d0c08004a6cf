"""A. Network faults, in one round of twenty sources and a few more."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from crawler.config import CrawlConfig
from storage.records import Outcome
from tests.battery.conftest import Figure, crowding
from tests.bench import answers
from tests.bench.answers import drip, page, silence, status
from tests.bench.crawling import Bench
from tests.bench.rounds import Builder, Round
from tests.bench.web import Reset, Web

TIMEOUT = round(4 * crowding())
"""Seconds that one request may take in this round."""
PAGES = 4
SILENT = tuple(f"silent{letter}" for letter in "abcde")
HONEST = tuple(f"honest{letter}" for letter in "abcdefghijklmno")
FLAPPING = tuple(f"flapping{letter}" for letter in "abcde")
RETRIES = 2
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
HALF = answers.article("cut off").encode()[:900]
DRIPS = {"drip": b"Content-Type: text/xml\r\n\r\n", "dripheaders": b"X-Slow: "}
CUT = ("short", "chunk", "resethead", "resetbody")


@pytest.fixture(scope="module")
def round_(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Round]:
    with Web() as web:
        made = Builder(Bench(tmp_path_factory.mktemp("network"), timeout_seconds=TIMEOUT), web)
        for name in HONEST:
            made.add_pages(name, *(page(f"{name} {number}") for number in range(PAGES)))
        for name in SILENT:
            made.add(name, {"*": lambda _: silence()})
        for name, head in DRIPS.items():
            made.add(name, {"*": lambda _, head=head: drip(b"HTTP/1.1 200 OK\r\n" + head)})
            made.sites[name].routes["/robots.txt"] = status("404 No")
        _add_cut(made)
        for name in FLAPPING:
            _add_flapping(made, name)
        web.stop(made.add("refused"))
        proxy = web.site({"*": answers.reply("a proxy")})
        made.sites["proxy"] = proxy
        variables = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY"), proxy.url)
        yield made.hold(environment=variables, without=["proxy"])


def _add_cut(made: Builder) -> None:
    """Pages that do not come whole."""
    made.add_pages("short", OK + b"Content-Length: 5000\r\n\r\n" + HALF)
    made.add_pages("chunk", OK + b"Transfer-Encoding: chunked\r\n\r\n1000\r\n" + HALF)
    made.add_pages("resethead", lambda _: _reset(OK))
    made.add_pages("resetbody", lambda _: _reset(OK + b"Content-Length: 5000\r\n\r\n" + HALF))


async def _reset(head: bytes) -> AsyncIterator[bytes]:
    yield head
    raise Reset


def _add_flapping(made: Builder, name: str) -> None:
    site = made.add_pages(name, *(page(f"{name} {number}") for number in range(PAGES)))
    for path, answer in list(site.routes.items()):
        site.routes[path] = lambda asked, answer=answer: status("502 Bad") if asked.count % 2 == 0 else answer


def test_001_server_accepts_and_never_answers(round_: Round, figure: Figure) -> None:
    for name in SILENT:
        assert round_.reports[name].outcome is Outcome.TEMPORARY
        assert "no answer in time" in round_.reports[name].detail
        figure("longest wait s", max(round_.sites[name].held.values()), at_most=TIMEOUT + 1)
        figure("shortest wait s", min(round_.sites[name].held.values()), at_least=TIMEOUT - 1)
    assert {name: round_.stored(name) for name in HONEST} == dict.fromkeys(HONEST, PAGES)
    figure("round s", round_.crawl.seconds, at_most=TIMEOUT * (RETRIES + 1) + 30)


def test_002_slow_drip_of_body_and_of_headers(round_: Round, figure: Figure) -> None:
    for name in DRIPS:
        assert f"{round_.sites[name].url}/rss: no answer in time" in round_.reports[name].detail
        figure("wait s", round_.sites[name].held["/rss"], at_most=TIMEOUT + 1)
    figure("default wait s", CrawlConfig().timeout_seconds, at_most=30)
    figure("memory MB", round_.crawl.watched.peak_mb, at_most=300)


def test_004_reset_and_cut_answers(round_: Round, figure: Figure) -> None:
    for name in CUT:
        report = round_.reports[name]
        assert set(report.failed) <= {"the answer was cut off", "connection lost"}
        assert sum(report.failed.values()) == 1
        assert round_.stored(name) == 0
        figure("requests for a page", round_.sites[name].paths().count("/news/0"), at_most=RETRIES + 1)


def test_004_refused(round_: Round) -> None:
    assert "connection refused" in round_.reports["refused"].detail
    assert not round_.reports["refused"].outcome.reached


def test_008_half_the_requests_flap(round_: Round, figure: Figure) -> None:
    stored = sum(round_.stored(name) for name in FLAPPING)
    figure("stored %", 100 * stored / (PAGES * len(FLAPPING)), at_least=95)
    for name in FLAPPING:
        figure("requests for each page", len(round_.sites[name].asked) / (PAGES + 2), at_most=3)


def test_010_proxy_variables_in_the_environment(round_: Round) -> None:
    assert round_.sites["proxy"].connections == 0
    assert "http_proxy" in round_.crawl.log
    assert "not used" in round_.crawl.log
