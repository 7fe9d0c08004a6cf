"""E. Answers that unpack to far more than came over the wire, that never end, and sites without an end."""

from __future__ import annotations

import gzip
import struct
import zlib
from collections.abc import Iterator

import brotli
import pytest

from tests.battery.conftest import Figure
from tests.bench.answers import endless, page, reply, status
from tests.bench.crawling import Bench
from tests.bench.rounds import Builder, Round
from tests.bench.web import Asked, Web

MEGABYTE = 1024 * 1024
SIZE = 400 * MEGABYTE
ZEROS = bytes(SIZE)
MOST = 25
"""Pages of one source in this round."""
PAGES = 20
HONEST = ("honesta", "honestb", "honestc")


def zstd_bomb(size: int) -> bytes:
    """A Zstandard frame of blocks that each repeat one byte 128 kB long (RFC 8878, 3.1.1.2.2)."""
    block = 128 * 1024
    head = struct.pack("<I", 0xFD2FB528) + bytes([0b00000000, 0x40])
    count = size // block
    last = (block << 3) | 0b011
    blocks = struct.pack("<I", last & ~1)[:3] + b"x"
    return head + blocks * (count - 1) + struct.pack("<I", last)[:3] + b"x"


@pytest.fixture(scope="module")
def round_(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Round]:
    packed = gzip.compress(ZEROS, 1)
    bombs = {
        "gzip": (packed, "gzip"),
        "deflate": (zlib.compress(ZEROS, 1), "deflate"),
        "br": (brotli.compress(ZEROS, quality=1), "br"),
        "zstd": (zstd_bomb(SIZE), "zstd"),
        "twice": (gzip.compress(packed, 1), "gzip, gzip"),
    }
    with Web() as web:
        made = Builder(Bench(tmp_path_factory.mktemp("bombs"), pages_per_source=MOST, timeout_seconds=60), web)
        for name in HONEST:
            made.add_pages(name, *(page(f"{name} {number}") for number in range(PAGES)))
        for name, (body, encoding) in bombs.items():
            made.add_pages(name, reply(body, Content_Encoding=encoding), page(f"after the bomb {name}"))
        made.add_pages(
            "endless",
            lambda _: endless(),
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000000000000000\r\n\r\n<html>",
        )
        _add_traps(made)
        yield made.hold()


def _add_traps(made: Builder) -> None:
    """Sites that always have one more address."""
    links = "".join(
        f'<a href="/2026/a-{number}.html">The market near the old bridge, part {number}</a>'
        for number in range(100_000)
    )
    made.sites["manylinks"] = site = made.web.site({"/robots.txt": status("404 No"), "*": _below})
    made.bench.source("manylinks", site)
    site.routes["/"] = reply(f"<!doctype html><html><body>{links}</body></html>")
    made.sites["fewerlinks"] = site = made.web.site({"/robots.txt": status("404 No"), "*": _below})
    made.bench.source("fewerlinks", site)
    site.routes["/"] = reply(f"<!doctype html><html><body>{links[:250_000]}</body></html>")
    for name, form in {"calendar": "/2026/11/{}", "pages": "/?page={}", "session": "/s{}abcdef0123456789/news"}.items():
        made.sites[name] = site = made.web.site({"/robots.txt": status("404 No")})
        made.bench.source(name, site)
        site.routes["*"] = lambda asked, form=form: _trap(form, asked)


def _below(asked: Asked) -> bytes:
    return page(asked.path) if asked.path.startswith("/2026") else status("404 No")


def _trap(form: str, asked: Asked) -> bytes:
    number = sum(map(ord, asked.path)) * 1000
    links = "".join(
        f'<li><a href="{form.format(number + n)}">The next page of the long calendar, number {number + n}</a></li>'
        for n in range(200)
    )
    return reply(f"<!doctype html><html><body><ul>{links}</ul></body></html>")


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd", "twice"])
def test_042_packed_bombs(round_: Round, name: str) -> None:
    assert round_.reports[name].refused == {"too large": 1}
    assert round_.stored(name) == 1
    assert round_.sites[name].paths().count("/news/0") == 1


def test_042_memory_and_time_stay_bounded(round_: Round, figure: Figure) -> None:
    # A crawler's process of ours has 150 MB before it meets any site: half of that again may come from bombs.
    figure("memory MB", round_.crawl.watched.peak_mb, at_most=300)
    for name in ("gzip", "deflate", "br", "zstd", "twice"):
        times = {asked.path: asked.at for asked in round_.sites[name].asked}
        figure("a bomb s", abs(times["/news/1"] - times["/news/0"]), at_most=5)


def test_043_a_body_without_an_end_and_an_absurd_length(round_: Round) -> None:
    assert round_.reports["endless"].refused == {"too large": 2}


def test_047_sites_without_an_end(round_: Round, figure: Figure) -> None:
    assert "too large" in round_.reports["manylinks"].detail
    assert round_.reports["fewerlinks"].fetched == MOST
    for name in ("manylinks", "fewerlinks", "calendar", "pages", "session"):
        figure("pages of one site", round_.reports[name].fetched, at_most=MOST)
    for name in HONEST:
        figure("pages of others stored", round_.stored(name), at_least=PAGES)
    figure("round s", round_.crawl.seconds, at_most=300)


def test_048_nothing_listens(round_: Round) -> None:
    assert round_.crawl.watched.listening == set()
    assert round_.crawl.watched.most_descriptors > 0
