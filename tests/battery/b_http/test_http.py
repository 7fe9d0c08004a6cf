"""B. HTTP oddities, in one round."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from storage.records import Outcome
from tests.battery.conftest import Figure, crowding
from tests.bench import answers
from tests.bench.answers import page, redirect, reply, silence, status
from tests.bench.crawling import Bench
from tests.bench.rounds import Builder, Round
from tests.bench.web import Site, Web

TIMEOUT = round(4 * crowding())
SOURCE_SECONDS = round(14 * crowding())
HOUR = 3600
DAY = 24 * HOUR
WISHES = {
    "waitseconds": ("120", 120),
    "waitdate": (format_datetime(datetime.now(UTC) + timedelta(seconds=600), usegmt=True), 500),
    "waitages": ("1" + "0" * 12, HOUR),
    "waitpast": ("-5", 300),
    "waitwords": ("soon", 300),
}
"""Retry-After of each, and the seconds in which the host is left alone."""
EMPTY = {
    "errorpage": "<title>Error 404: page not found</title><h1>Page not found</h1><p>Sorry, there is nothing here.</p>",
    "parking": "<title>herald.example</title><h1>This domain is for sale</h1><p>Buy this domain today.</p>",
    "captcha": "<title>Just a moment...</title><p>Checking your browser before you go on. Verify you are human.</p>",
    "loginwall": "<title>Log in</title><form><p>Please log in or subscribe to read on.</p><input name=user></form>",
}
TEXT = "text/plain; charset=utf-8"


@pytest.fixture(scope="module")
def round_(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Round]:
    with Web() as web:
        bench = Bench(tmp_path_factory.mktemp("http"), timeout_seconds=TIMEOUT, source_seconds=SOURCE_SECONDS)
        made = Builder(bench, web)
        for add in (_add_waiting, _add_redirects, _add_pages_without_text, _add_types, _add_heads, _add_robots):
            add(made)
        yield made.hold(without=["elsewhere"])


def _add_waiting(made: Builder) -> None:
    for name, (value, _) in WISHES.items():
        made.add_pages(name, status("429 Slow", Retry_After=value))
    busy = made.add_pages("waitbusy", page("waitbusy"))
    busy.routes["/news/0"] = lambda asked: page("waitbusy") if asked.count else status("503 Busy", Retry_After="1")


def _add_redirects(made: Builder) -> None:
    loops = made.add_pages("loops", *[b""] * 4)
    loops.routes["/news/0"] = redirect("/news/0")
    loops.routes |= {"/news/1": redirect("/a"), "/a": redirect("/b"), "/b": redirect("/a")}
    loops.routes["*"] = lambda asked: redirect(f"{asked.path}&x={len(asked.path)}") if "?" in asked.path else NONE
    loops.routes["/news/2"] = lambda asked: redirect(f"/news/2?y={len(asked.path)}")
    loops.routes["/news/3"] = redirect("/step1")
    loops.routes |= {f"/step{n}": redirect(f"/step{n + 1}") for n in range(1, 21)}
    five = made.add_pages("fivesteps", redirect("/step1"))
    five.routes |= {f"/step{n}": redirect(f"/step{n + 1}") for n in range(1, 5)}
    five.routes["/step5"] = page("after five steps")
    made.sites["elsewhere"] = elsewhere = made.web.site({"*": page("under a foreign roof")})
    made.add("movedfeed", {"/rss": redirect(f"{elsewhere.url}/rss"), "*": redirect(f"{elsewhere.url}/")})
    made.add_pages("movedpage", redirect(f"{elsewhere.url}/stolen"))


NONE = status("404 No")


def _add_pages_without_text(made: Builder) -> None:
    for name, body in EMPTY.items():
        made.add_pages(name, reply(f"<!doctype html><html><body>{body}</body></html>"))
    made.add_pages("emptybody", reply(""))
    made.add_pages("nocontent", status("204 No Content"))


def _add_types(made: Builder) -> None:
    made.add_pages("textplain", reply(answers.article("a plain text"), "text/plain"))
    made.add_pages("octets", reply(answers.article("octets"), "application/octet-stream"))
    made.add_pages("untyped", reply(answers.article("untyped"), ""))
    made.add_pages(
        "binary",
        reply(b"%PDF-1.7\n" + bytes(range(256)) * 400),
        reply(b"PK\x03\x04" + os.urandom(50_000)),
        reply(b"\x00\x00\x00\x18ftypmp42" + os.urandom(50_000)),
    )


def _add_heads(made: Builder) -> None:
    body = answers.article("odd headers").encode()
    ok, length = b"HTTP/1.1 200 OK\r\n", b"Content-Length: %d\r\n" % len(body)
    made.add_pages("longheader", ok + b"X-Long: " + b"x" * 20_000 + b"\r\n" + length + b"\r\n" + body, page("after"))
    made.add_pages("manyheaders", ok + b"X-Many: 1\r\n" * 1000 + length + b"\r\n" + body)
    made.add_pages("cookies", ok + b"Set-Cookie: a=b\r\n" * 1000 + length + b"\r\n" + body)
    made.add_pages("twolengths", ok + length + b"Content-Length: 7\r\n\r\n" + body, page("after two lengths"))
    made.add_pages(
        "barelf",
        (ok + length + b"\r\n").replace(b"\r\n", b"\n") + answers.article("bare lf").encode(),
        page("after bare line ends"),
    )
    made.add_pages("garbage", b"SSH-2.0-OpenSSH_9.2\r\n", page("after garbage"))
    made.add_pages("oldest", b"<html>an answer of the year ninety-one</html>\r\n", page("after the oldest"))
    made.add_pages("nonascii", reply(answers.article("not ascii"), X_Words="жаңалық"))


def _add_robots(made: Builder) -> None:
    def add(name: str, robots: bytes | None) -> Site:
        site = made.add_pages(name, page(f"{name} a"), page(f"{name} b"))
        if robots is not None:
            site.routes["/robots.txt"] = robots
        return site

    add("robotsnone", None)
    add("robotsfails", status("500 Oops"))
    add("robotssilent", b"").routes["/robots.txt"] = lambda _: silence()
    add("robotshtml", reply("<!doctype html><html><body>Not found, sorry</body></html>"))
    add("robotslarge", reply("User-agent: *\nDisallow: /news/1\n" + "# padding\n" * 1_000_000, TEXT))
    add("robotsmark", reply("\ufeffUser-agent: *\nDisallow: /news/1\n", TEXT))
    add("robotscyrillic", reply("# привет\nUser-agent: *\nDisallow: /news/1\n".encode("cp1251"), "text/plain"))
    add("robotsall", reply("User-agent: *\nDisallow: /\n", TEXT))
    add("robotsslow", reply("User-agent: *\nCrawl-delay: 86400\n", TEXT))
    add("robotsbusy", status("503 Busy", Retry_After="7200"))


@pytest.mark.parametrize("name", list(WISHES))
def test_011_retry_after(round_: Round, figure: Figure, name: str) -> None:
    assert round_.sites[name].paths().count("/news/0") == 1
    assert round_.reports[name].failed == {"HTTP 429": 1}
    figure(f"{name}: asked again after s", round_.pauses[name], at_least=WISHES[name][1] - 30)
    figure(f"{name}: asked again after s", round_.pauses[name], at_most=DAY + HOUR)


def test_011_the_round_does_not_wait(round_: Round, figure: Figure) -> None:
    assert round_.stored("waitbusy") == 1
    figure("round s", round_.crawl.seconds, at_most=SOURCE_SECONDS + 30)


def test_013_redirect_loops_and_chains(round_: Round, figure: Figure) -> None:
    assert round_.reports["loops"].refused == {"too many redirects": 4}
    pages = [path for path in round_.sites["loops"].paths() if path not in {"/robots.txt", "/rss"}]
    figure("requests a loop", len(pages) / 4, at_most=6)
    assert round_.stored("fivesteps") == 1


def test_014_a_source_that_moved_to_a_new_host(round_: Round) -> None:
    assert f"moved to another site: {round_.sites['elsewhere'].address}" in round_.reports["movedfeed"].detail
    assert round_.reports["movedpage"].refused == {"moved to another site": 1}
    assert round_.sites["elsewhere"].connections == 0


@pytest.mark.parametrize("name", [*EMPTY, "emptybody", "nocontent"])
def test_015_pages_that_hold_no_article(round_: Round, name: str) -> None:
    assert round_.stored(name) == 0
    assert sum(round_.reports[name].refused.values()) == 1


@pytest.mark.parametrize("name", ["textplain", "octets", "untyped"])
def test_016_an_article_with_a_wrong_type(round_: Round, name: str) -> None:
    assert round_.stored(name) == 1


def test_016_binary_as_html(round_: Round) -> None:
    assert round_.stored("binary") == 0
    assert sum(round_.reports["binary"].refused.values()) == 3


@pytest.mark.parametrize("name", ["longheader", "twolengths", "garbage", "oldest", "barelf"])
def test_017_broken_headers_cost_their_page(round_: Round, name: str) -> None:
    assert set(round_.reports[name].failed) <= {"connection lost", "not a valid HTTP answer", "the answer was cut off"}
    assert sum(round_.reports[name].failed.values()) == 1
    assert round_.stored(name) == 1


@pytest.mark.parametrize("name", ["manyheaders", "cookies", "nonascii"])
def test_017_odd_headers_are_survived(round_: Round, name: str) -> None:
    assert round_.stored(name) == 1


@pytest.mark.parametrize("name", ["robotsnone", "robotshtml"])
def test_019_without_rules_all_is_allowed(round_: Round, name: str) -> None:
    assert round_.stored(name) == 2


@pytest.mark.parametrize("name", ["robotsfails", "robotssilent", "robotsbusy"])
def test_019_rules_that_cannot_be_read_forbid_the_host(round_: Round, name: str) -> None:
    assert set(round_.sites[name].paths()) == {"/robots.txt"}
    assert not round_.reports[name].outcome.reached


@pytest.mark.parametrize("name", ["robotslarge", "robotsmark", "robotscyrillic"])
def test_019_rules_are_read_whatever_stands_around_them(round_: Round, name: str) -> None:
    assert round_.reports[name].refused == {"forbidden by robots.txt": 1}
    assert "/news/1" not in round_.sites[name].paths()
    assert round_.stored(name) == 1


def test_019_disallow_is_honoured(round_: Round) -> None:
    assert round_.sites["robotsall"].paths() == ["/robots.txt"]
    assert round_.reports["robotsall"].outcome is Outcome.ROBOTS


def test_019_large_rules_are_parsed_in_time(round_: Round, figure: Figure) -> None:
    asked = {one.path: one.at for one in round_.sites["robotslarge"].asked}
    figure("to the first page s", asked["/rss"] - asked["/robots.txt"], at_most=5)
    assert round_.pauses["robotsbusy"] >= 7100


def test_020_crawl_delay_of_a_day(round_: Round) -> None:
    assert "Crawl-delay of 86400 s cut to 30 s" in round_.crawl.log
    assert "the rest waits for the next run" in round_.reports["robotsslow"].detail
